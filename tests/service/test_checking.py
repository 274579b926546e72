"""What a check accepts, and what it does not."""

import pytest

from bot.core.answer import Answer, Block, Caveat, FactKey, Outcome, Text
from bot.core.words import notice
from bot.formats.checks import Expect
from bot.service.checking import meets

RESTS = {"sum": {"north", "south"}, "all": {"sum"}, "north": set[str](), "south": set[str]()}


def said(outcome: Outcome, *facts: str, offers: tuple[str, ...] = ()) -> Answer:
    def keys(names: tuple[str, ...]) -> tuple[FactKey, ...]:
        return tuple(FactKey("pack", name, "hash") for name in names)

    block = Block((Text("something"),))
    return Answer((block,), Caveat("long", "short"), outcome, keys(facts), offers=keys(offers))


ANSWERED, ASKED, DECLINED = Outcome.ANSWERED, Outcome.ASKED, Outcome.DECLINED


@pytest.mark.parametrize(
    ("answer", "expect", "met"),
    [
        (said(ANSWERED, "north"), Expect(facts=(("north",),)), True),
        (said(ANSWERED, "south"), Expect(facts=(("north",),)), False),
        (said(ANSWERED, "south"), Expect(facts=(("north", "south"),)), True),
        (said(ANSWERED, "south"), Expect(facts=(("north",), ("south",))), False),
        (said(ANSWERED, "sum"), Expect(facts=(("north",), ("south",))), True),
        (said(ANSWERED, "all"), Expect(facts=(("north",),)), True),
        (said(ANSWERED, "north"), Expect(facts=(("sum",),)), False),
        (said(ASKED, offers=("north",)), Expect(facts=(("north",),)), False),
        (said(DECLINED), Expect(decline=True), True),
        (said(ANSWERED, "north"), Expect(decline=True), False),
        (said(ASKED, offers=("north",)), Expect(decline=True), False),
        (said(ASKED, offers=("north", "south")), Expect(ask=(("north",), ("south",))), True),
        (said(ASKED, offers=("north",)), Expect(ask=(("north",), ("south",))), False),
        (said(ANSWERED, "north", offers=("north",)), Expect(ask=(("north",),)), False),
        (notice("kind"), Expect(decline=True), True),
        (notice("kind"), Expect(facts=(("north",),)), False),
    ],
)
def test_what_comes_is_compared_with_what_must(answer, expect, met):
    assert meets(answer, expect, RESTS) is met
