"""Puts a fact that an editor wrote into a draft of its bank, and takes its questions off the list."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.fact_form import FactForm, as_fact
from bot.core.unanswered import State
from bot.service.bank_ports import Draft
from bot.service.banks import Banks
from bot.service.ports import Work

ORIGIN = "unanswered"
"""Where the drafts come from that are begun for such facts."""


@dataclass(frozen=True, slots=True)
class Written:
    """Where a fact stands now."""

    fact: str
    draft: int
    pack: str


async def put_fact(banks: Banks, work: Work, form: FactForm, by: str) -> Written:
    """Write a fact into a draft; raise Refusal with what is wrong in it."""
    bound = banks.within(work)
    draft = await _draft(bound, work, form.pack, by)
    pack = (await bound.draft(draft.id)).pack
    plain = as_fact(form, [fact.id for fact in pack.facts])
    changed = await bound.put_fact(draft.id, draft.revision, by, plain)
    name = str(plain["id"])
    await work.flags.move_questions(form.questions, State.DRAFTED, form.pack, name)
    return Written(name, changed.id, form.pack)


async def _draft(banks: Banks, work: Work, pack: str, by: str) -> Draft:
    """Return the draft that such facts go into: an open one on what is published, or a new one."""
    published = (await work.banks.published()).get(pack, 0)
    open_ones: Sequence[Draft] = await banks.drafts(pack)
    fitting = [d for d in open_ones if d.base == published and d.origin == ORIGIN]
    return fitting[0] if fitting else await banks.open_draft(pack, by, origin=ORIGIN)
