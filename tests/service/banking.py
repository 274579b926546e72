"""A bank about a harbour, and people who may work on it."""

from collections.abc import Mapping

from bot.core.roles import LOCAL_OWNER, Role
from bot.service.banks import Banks
from bot.store.store import SqlStore
from tests.cast import ALICE, BOB, NOON, TEACHER
from tests.service.clocks import Time

PACK = "id: ports\ntitle: Ports\nlanguage: en\ntopics: {depths: Depths}\n"
FACTS = """\
# Facts about the harbour.
- id: opened
  claim: The harbour opened in 1905.
  answer: "1905"
  asks: [when did the harbour open]

# How deep it is.
- id: depth
  claim: The harbour is 12 metres deep.
  answer: 12 metres
  topic: depths
  asks: [how deep is the harbour]
- id: drowned
  claim: Two divers drowned while the harbour was built.
  answer: Two divers
  sensitive: true
  asks: [how many divers drowned]
"""
QUIZ = """\
- id: when
  kind: single
  stem: When did the harbour open?
  options: ["*1905", "1950", "1995"]
  feedback: The register says so.
  facts: [opened]
"""
CHECKS = """\
- {id: c-1, question: when did the harbour open, expect: {facts: [opened]}}
- {id: c-2, question: how deep is the harbour, expect: {facts: [depth]}}
"""
TEXTS: Mapping[str, str] = {
    "pack.yaml": PACK,
    "facts.yaml": FACTS,
    "quiz.yaml": QUIZ,
    "checks.yaml": CHECKS,
}


def banks_in(store: SqlStore, time: Time) -> Banks:
    return Banks(store, time.clock)


async def grant(store: SqlStore) -> None:
    """Make the teacher an admin, Alice and Bob editors; strangers may do nothing."""
    async with store.work(NOON) as work:
        await work.roles.grant(TEACHER.key, Role.ADMIN, LOCAL_OWNER)
        await work.roles.grant(ALICE.key, Role.EDITOR, LOCAL_OWNER)
        await work.roles.grant(BOB.key, Role.EDITOR, LOCAL_OWNER)
