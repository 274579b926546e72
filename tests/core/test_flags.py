"""The rules of reports: what may become of them, in which order, who is told of what."""

from dataclasses import replace

import pytest

from bot.core.answer import FactKey
from bot.core.bank_diff import compare
from bot.core.flags import (
    Flag,
    State,
    after,
    changed,
    followers,
    in_order,
    item_of,
    may_become,
    may_join,
    mended_by,
    outcome,
    parts_changed,
    root,
    same,
)
from bot.core.quiz import Option, Question, QuestionKind
from tests.bridge import ARCHES, OPENED, PACK
from tests.cast import NOON

RIVER = Question(
    "river", QuestionKind.SINGLE, "Which river?", (Option("a", "Old", 1.0),), hash="1"
)
BANK = replace(PACK, questions=(RIVER,))


def flag(number: int, state: State = State.OPEN, of: int = 0, *facts: FactKey) -> Flag:
    return Flag(number, facts or (OPENED,), "words", NOON, state, of=of)


def by_number(*flags: Flag) -> dict[int, Flag]:
    return {one.number: one for one in flags}


@pytest.mark.parametrize("before", [State.MENDED, State.DECLINED, State.DUPLICATE])
@pytest.mark.parametrize("now", State)
def test_what_is_settled_stays_settled(before: State, now: State):
    assert not may_become(before, now)


def test_nothing_is_mended_that_nobody_meant_to_mend():
    assert not may_become(State.OPEN, State.MENDED)
    assert may_become(State.MENDING, State.MENDED)
    assert not may_become(State.MENDING, State.MENDING)


def test_the_newest_comes_first_with_all_about_the_same_thing():
    flags = [
        flag(1),
        flag(2, State.OPEN, 0, ARCHES),
        flag(3),
        Flag(4, (), "none", NOON),
        Flag(5, (), "none", NOON),
    ]

    assert [one.number for one in in_order(flags)] == [5, 4, 3, 1, 2]
    assert [one.number for one in same(flags[0], flags)] == [3]
    assert same(flags[3], flags) == ()


def test_the_next_one_is_the_one_behind_and_then_none():
    flags = [flag(1), flag(2), flag(3)]

    assert [found.number if (found := after(n, flags)) else None for n in (3, 2, 1)] == [
        2,
        1,
        None,
    ]
    assert after(9, flags) == flags[2]
    assert after(1, []) is None


def test_duplicates_come_down_to_one_report():
    flags = by_number(flag(1), flag(2, State.DUPLICATE, 1), flag(3, State.DUPLICATE, 2))

    assert root(3, flags) == flags[1]
    assert {one.number for one in followers(1, flags)} == {2, 3}
    assert outcome(flags[3], flags) is None


def test_a_duplicate_shares_what_comes_of_the_other():
    declined = replace(flag(1, State.DECLINED), reason="No.")
    flags = by_number(declined, flag(2, State.DUPLICATE, 1))

    assert outcome(flags[2], flags) == declined


def test_duplicates_that_go_round_or_lead_nowhere_come_down_to_none():
    flags = by_number(
        flag(1, State.DUPLICATE, 2), flag(2, State.DUPLICATE, 1), flag(3, State.DUPLICATE, 9)
    )

    assert root(1, flags) is None
    assert root(3, flags) is None
    assert outcome(flags[1], flags) is None


def test_a_report_joins_no_other_that_comes_down_to_itself():
    flags = by_number(flag(1), flag(2, State.DUPLICATE, 1), flag(3))

    assert may_join(flags[1], 1, flags) is None
    assert may_join(flags[1], 2, flags) is None
    assert may_join(flags[1], 9, flags) is None
    assert may_join(flags[3], 2, flags) == flags[1]


def test_a_report_names_facts_and_questions():
    assert item_of(BANK, "opened") == BANK.facts[0]
    assert item_of(BANK, "q/river") == RIVER
    assert item_of(BANK, "river") is None


def test_only_what_was_to_be_mended_is_mended_by_a_change_of_what_it_is_about():
    new = replace(
        BANK,
        facts=(replace(BANK.facts[0], claim="It never opened.", hash="9"), *BANK.facts[1:]),
        questions=(replace(RIVER, stem="Which stream?", hash="2"),),
    )
    names = changed(compare(BANK, new))
    flags = [
        flag(1, State.MENDING),
        flag(2, State.OPEN),
        flag(3, State.MENDING, 0, ARCHES),
        flag(4, State.MENDING, 0, FactKey("town", "q/river", "1"), ARCHES),
    ]

    assert names == {"opened", "q/river"}
    assert [one.number for one in mended_by(names, "town", flags)] == [1, 4]
    assert mended_by(names, "village", flags) == ()
    assert parts_changed(BANK.facts[0], new.facts[0]) == ("claim",)
    assert parts_changed(RIVER, new.questions[0]) == ("stem",)
