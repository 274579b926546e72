"""Marking anew under a mended key: whose mark changes, by how much, and what cannot be marked."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.answer import Text
from bot.core.library import Library
from bot.core.quiz import Accepted, NumberKey, Option, Pair, Question, QuestionKind, Response
from bot.core.regrade import key_changed, places, regrade, translate
from bot.core.regrade_cards import applied, decided, offered, previewed, to_learner, undone
from bot.core.results import rows
from tests.held import BRIDGE, FLOOD, OPENER, RIVER, mended, taken

NONE = Library(())
NOW_1929 = mended(BRIDGE, "a")


def text(answer) -> str:
    return "\n".join(
        "".join(span.text for span in block.spans if isinstance(span, Text))
        for block in answer.blocks
    )


def test_marks_totals_and_places_change_with_the_key():
    session = taken([BRIDGE, RIVER], "b a", "a a", "c b")

    found = regrade(session, {BRIDGE.hash: NOW_1929})

    assert [(c.reply.learner, c.reply.fraction, c.fraction) for c in found.changes] == [
        (1, 1.0, 0.0),
        (2, 0.0, 1.0),
    ]
    assert [(s.learner.number, s.before, s.after, s.was, s.now) for s in found.shifts] == [
        (1, 2.0, 1.0, 1, 2),
        (2, 1.0, 2.0, 2, 1),
    ]
    assert found.concerned == {1, 2, 3}
    assert [row.total for row in rows(found.after)] == [1.0, 2.0, 0.0]
    assert found.after.items[0].question is NOW_1929


def test_a_bonus_for_speed_stays_in_proportion():
    session = taken([BRIDGE], "b", "a")
    fast = replace(session.replies[0], points=0.8)
    half = replace(
        BRIDGE,
        options=(*BRIDGE.options[:1], Option("b", "1931", 0.5), *BRIDGE.options[2:]),
        hash="h",
    )

    found = regrade(replace(session, replies=(fast, session.replies[1])), {BRIDGE.hash: half})

    assert [c.points for c in found.changes] == [0.4]


def test_who_had_nothing_gets_what_the_answer_is_worth():
    found = regrade(taken([BRIDGE], "a", points=2.0), {BRIDGE.hash: NOW_1929})

    assert [c.points for c in found.changes] == [2.0]


def test_options_are_found_by_their_words_when_their_letters_moved():
    moved = replace(
        BRIDGE,
        options=(Option("a", "1925"), Option("b", "1929", 1.0), Option("c", "1931")),
        hash="h",
    )

    found = regrade(taken([BRIDGE], "a", "b", "c"), {BRIDGE.hash: moved})

    assert [(c.reply.learner, c.fraction) for c in found.changes] == [(1, 1.0), (2, 0.0)]
    assert found.unreadable == 1  # 1937 is no option any more


def test_an_option_that_was_reworded_keeps_its_letter():
    reworded = replace(
        BRIDGE,
        options=(Option("a", "1929", 1.0), Option("b", "in 1931"), *BRIDGE.options[2:]),
        hash="h",
    )

    assert translate(Response(("b",)), BRIDGE, reworded) == Response(("b",))


def test_letters_that_changed_places_are_not_mistaken():
    swapped = replace(
        BRIDGE,
        options=(Option("a", "1931", 1.0), Option("b", "1929"), *BRIDGE.options[2:]),
        hash="h",
    )

    assert not key_changed(BRIDGE, swapped)
    assert regrade(taken([BRIDGE], "a", "b"), {BRIDGE.hash: swapped}).changes == ()


@pytest.mark.parametrize(
    "other",
    [
        replace(BRIDGE, stem="Asked otherwise?"),
        replace(BRIDGE, feedback="Said otherwise."),
        replace(BRIDGE, options=BRIDGE.options[::-1]),
    ],
)
def test_what_decides_no_mark_is_no_mended_key(other):
    assert not key_changed(BRIDGE, other)


NUMBER = Question("n", QuestionKind.NUMBER, "How many?", numbers=(NumberKey(4.0),), hash="n1")
ORDER = Question("o", QuestionKind.ORDER, "Order?", sequence=("one", "two", "three"), hash="o1")
PAIRS = Question(
    "m", QuestionKind.MATCHING, "Match?",
    pairs=(Pair("a", "x"), Pair("b", "y"), Pair("", "z")), hash="m1",
)  # fmt: skip
TRUTH = Question(
    "t", QuestionKind.TRUE_FALSE, "True?",
    options=(Option("true", "True", 1.0), Option("false", "False")), hash="t1",
)  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "response", "fraction"),
    [
        (NUMBER, replace(NUMBER, numbers=(NumberKey(5.0),), hash="n2"), Response(text="five"), 1.0),
        (OPENER, replace(OPENER, accepted=(Accepted("a bishop"),), hash="x"), Response(text="bishop"), 1.0),
        (ORDER, replace(ORDER, sequence=("two", "one", "three"), hash="o2"), Response(("1", "0", "2")), 1.0),
        (
            PAIRS,
            replace(PAIRS, pairs=(Pair("b", "x"), Pair("a", "y"), Pair("", "z")), hash="m2"),
            Response(("1", "0")),
            1.0,
        ),
        (TRUTH, replace(TRUTH, options=(Option("true", "True"), Option("false", "False", 1.0)), hash="t2"), Response(("false",)), 1.0),
    ],
    ids=["number", "text", "order", "matching", "true-false"],
)  # fmt: skip
def test_every_kind_is_marked_anew(old, new, response, fraction):
    session = taken([BRIDGE], "a")
    items = (replace(session.items[0], question=old),)
    replies = (replace(session.replies[0], response=response, fraction=0.0),)

    found = regrade(replace(session, items=items, replies=replies), {old.hash: new})

    assert key_changed(old, new)
    assert [change.fraction for change in found.changes] == [fraction]


@pytest.mark.parametrize(
    ("old", "new", "response"),
    [
        (ORDER, replace(ORDER, sequence=("one", "two", "four")), Response(("0", "1", "2"))),
        (PAIRS, replace(PAIRS, pairs=(Pair("a", "x"), Pair("c", "y"))), Response(("0", "1"))),
        (BRIDGE, OPENER, Response(("a",))),
        (OPENER, OPENER, Response(text="")),
        (BRIDGE, BRIDGE, Response(("q",))),
    ],
    ids=["order", "matching", "another kind", "erased", "unknown"],
)
def test_what_the_new_version_cannot_mark_keeps_its_mark(old, new, response):
    assert translate(response, old, new) is None


def test_a_question_that_became_one_for_reflection_has_no_marks_left():
    reflected = replace(BRIDGE, sensitive=True, hash="h")

    found = regrade(taken([BRIDGE, RIVER], "b a"), {BRIDGE.hash: reflected})

    assert [(s.before, s.after) for s in found.shifts] == [(2.0, 1.0)]


def test_equal_totals_share_a_place():
    session = taken([BRIDGE, RIVER], "b a", "b b", "a a", "c c")

    assert places(rows(session)) == [1, 2, 2, 4]


@given(st.lists(st.sampled_from("abcd"), min_size=1, max_size=12), st.sampled_from("abcd"))
def test_regrading_there_and_back_changes_nothing(answers, key):
    session = taken([BRIDGE], *answers)
    new = mended(BRIDGE, key)

    there = regrade(session, {BRIDGE.hash: new})
    back = regrade(there.after, {new.hash: BRIDGE})

    assert [r.fraction for r in back.after.replies] == [r.fraction for r in session.replies]
    assert [(s.before, s.after) for s in back.shifts] == [
        (s.after, s.before) for s in there.shifts
    ]


@given(st.lists(st.sampled_from("abcd"), min_size=1, max_size=12), st.sampled_from("abcd"))
def test_a_session_that_was_regraded_once_is_not_changed_again(answers, key):
    new = mended(BRIDGE, key)
    there = regrade(taken([BRIDGE], *answers), {BRIDGE.hash: new})

    assert regrade(there.after, {new.hash: new}).changes == ()


def test_the_offer_says_both_keys_and_how_many_gain_and_lose():
    found = regrade(taken([RIVER, BRIDGE], "a b", "a a", "a a"), {BRIDGE.hash: NOW_1929})

    shown = offered(4, BRIDGE, NOW_1929, found, NONE)

    assert text(shown).splitlines() == [
        "A key was mended: question 2 of “7B · Bridges”",
        BRIDGE.stem,
        "The key was “1931” and is now “1929”.",
        "Answers that would be marked anew: 3, of 3 learners. 2 would gain, 1 would lose.",
        "Nothing was changed yet.",
    ]
    assert [choice.action for choice in shown.choices] == ["res.r.4", "res.a.4", "res.v.4"]


def test_the_preview_has_a_line_for_each_learner_and_says_how_many_more():
    found = regrade(taken([BRIDGE], *("a" * 60), "b"), {BRIDGE.hash: NOW_1929})

    lines = text(previewed(4, found, NONE)).splitlines()

    assert "Fox 1: 0 → 1 of 1, place 2 → 1" in lines
    assert "… and 21 more." in lines


def test_a_mended_key_that_moves_no_mark_says_so():
    found = regrade(taken([BRIDGE], "c"), {BRIDGE.hash: NOW_1929})

    assert "No mark would change." in text(previewed(4, found, NONE))
    assert "No mark would change." in text(offered(4, BRIDGE, NOW_1929, found, NONE))


def test_what_cannot_be_marked_anew_is_said():
    shorter = replace(NOW_1929, options=NOW_1929.options[:2], hash="h")

    shown = offered(
        4, BRIDGE, shorter, regrade(taken([BRIDGE], "c"), {BRIDGE.hash: shorter}), NONE
    )

    assert "would keep their marks: 1." in text(shown)
    assert "No mark would change." in text(shown)


def test_what_was_applied_can_be_undone():
    found = regrade(taken([BRIDGE], "a"), {BRIDGE.hash: NOW_1929})

    assert [c.action for c in applied(4, found, 1, NONE).choices] == ["res.u.4", "res.o.1"]


def test_what_was_decided_already_is_told_with_both_keys():
    session = taken([BRIDGE], "a")

    assert "has the marks that it had before" in text(undone(session, 2, NONE))
    assert "The key was “1931” and is now “1929”." in text(
        decided(BRIDGE, NOW_1929, session, NONE)
    )


def test_a_learner_is_told_the_new_key_and_their_mark():
    session = taken([BRIDGE], "a")
    found = regrade(session, {BRIDGE.hash: NOW_1929})

    shown = text(to_learner(BRIDGE, NOW_1929, found.shifts[0], session, []))
    same = text(to_learner(BRIDGE, NOW_1929, None, session, []))

    assert "The key was “1931”; it is now “1929”." in shown
    assert "Your mark in this quiz: 0 → 1 of 1." in shown
    assert "Your mark stays the same." in same


def test_reflection_is_never_regraded_into_marks():
    other = mended(FLOOD, "b")

    assert regrade(taken([FLOOD], "a", "b"), {FLOOD.hash: other}).changes == ()
