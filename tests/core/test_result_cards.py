"""How what was answered is told: in its own words, counted, without empty places."""

from dataclasses import replace

import pytest

from bot.core.picture_words import alt
from bot.core.question_looks import looks, pool
from bot.core.quiz import Pair, Question, QuestionKind, Response
from bot.core.result_cards import (
    all_items,
    in_words,
    looked,
    pooled_items,
    summarised,
)
from bot.core.result_summary import summary, unquoted
from bot.core.results import Item
from bot.core.results import in_words as said
from tests.held import BRIDGE, FLOOD, NONE, OPENER, RIVER, again, taken, text

ORDER = Question("o", QuestionKind.ORDER, "Order?", sequence=("one", "two", "three"))
PAIRS = Question(
    "m", QuestionKind.MATCHING, "Match?", pairs=(Pair("a", "1"), Pair("", "2"), Pair("c", "3"))
)
SEVERAL = replace(BRIDGE, kind=QuestionKind.SEVERAL)


@pytest.mark.parametrize(
    ("question", "response", "written"),
    [
        (BRIDGE, Response(("b",)), "1931"),
        (BRIDGE, Response(("gone",)), "?"),
        (SEVERAL, Response(("a", "c")), "1929; 1937"),
        (OPENER, Response(text=" the\n mayor "), "the mayor"),
        (ORDER, Response(("2", "0", "1")), "1. three, 2. one, 3. two"),
        (PAIRS, Response(("2", "1")), "a: 3; c: 2"),
        (BRIDGE, Response(), ""),
    ],
)
def test_an_answer_is_told_in_the_words_of_its_question(question, response, written):
    assert said(question, response) == written


def test_options_that_several_may_be_chosen_of_are_counted_each():
    item = Item(0, SEVERAL)
    session = taken([BRIDGE], "a", "b", "b")
    replies = tuple(replace(r, response=Response(("a", "b"))) for r in session.replies)

    [look] = looks(replace(session, items=(item,), replies=replies))

    assert [one.count for one in look.chosen] == [3, 3, 0, 0]


@pytest.mark.parametrize("wrong", [1, 8])
def test_a_group_is_shown_nothing_that_learners_wrote(wrong: int):
    session = taken([OPENER, BRIDGE], *again("rude a", wrong), *again("mayor b", 4))
    before = text(summarised(summary(session), NONE))

    shown = text(summarised(unquoted(summary(session)), NONE))

    assert "rude" in before
    assert "rude" not in shown
    assert "“”" not in shown
    assert "  " not in shown


def test_the_words_of_a_summary_never_hold_an_empty_place():
    session = taken([OPENER], *again("x", 5), *again("y", 5), *again("mayor", 2))

    assert all(line and "  " not in line for line in in_words(summary(session)))


def test_a_class_counts_whole_also_those_who_never_came():
    session = replace(taken([BRIDGE], "b", "a"), invited=26)

    assert "2 of 26 took part" in text(summarised(summary(session), NONE))


def test_partly_right_answers_are_counted_in():
    session = taken([BRIDGE], "b", "a", "a")
    half = tuple(replace(r, fraction=max(r.fraction, 0.5)) for r in session.replies)
    session = replace(session, replies=half)

    shown = text(looked(looks(session)[0], session, NONE))

    assert "1 of 3 had it right (33 %)." in shown
    assert "Partly right answers counted in, it went 67 % right." in shown


def test_a_question_that_was_only_left_out_has_no_wrong_answer():
    session = taken([BRIDGE, RIVER], "b a", "- a", "- a")

    assert "Question 1 was hardest (33 % right). Talk" in text(summarised(summary(session), NONE))


def test_nothing_to_talk_about_is_left_away():
    silent = replace(BRIDGE, feedback="")

    assert "right): 1 of 2 answered “1929”.\n" in text(
        summarised(summary(taken([silent], "b", "a")), NONE)
    )


def test_where_the_only_errors_are_doubtful_nobody_had_all_right():
    session = taken([BRIDGE, RIVER], *again("c a", 9), *again("b a", 3))

    shown = text(summarised(summary(replace(session, items=session.items[:1])), NONE))

    assert "hardest" not in shown
    assert "Everybody" not in shown


def test_many_different_words_are_counted_together_at_the_end():
    session = taken([OPENER], *(f"word{'x' * n}" for n in range(12)))

    assert "other answers: 4" in text(looked(looks(session)[0], session, NONE))


def test_a_hard_question_is_called_so():
    session = taken([BRIDGE], *again("b", 4), *again("a", 8), *again("c", 8))

    assert "Too hard for this group" in text(looked(looks(session)[0], session, NONE))


def test_who_all_did_the_same_cannot_be_told_apart():
    session = taken([BRIDGE], *again("b", 5), "a")

    assert "so it tells nobody apart" in text(looked(looks(session)[0], session, NONE))


@pytest.mark.parametrize(
    ("lines", "how"),
    [
        (["b a x"] * 8 + ["a b x"] * 8, "clearly better"),
        (["b a x"] * 9 + ["a b x"] * 9 + ["b b x"] * 6 + ["a a x"] * 6, "hardly better"),
        (["b a x", "b b x", "a a x", "a b x"] * 4, "no better"),
        (["b b x"] * 8 + ["a a x"] * 8, "worse"),
    ],
)
def test_how_well_a_question_tells_people_apart_is_said_in_words(lines, how):
    session = taken([BRIDGE, RIVER, OPENER], *lines)

    assert f"did {how} here" in text(looked(looks(session)[0], session, NONE))


def test_a_long_list_of_questions_says_how_many_more_there_are():
    many = [replace(BRIDGE, id=f"q{n}", hash=f"h{n}", stem="Why? " * 60) for n in range(30)]
    session = taken(many, " ".join("b" * 30), " ".join("a" * 30))

    shown = text(all_items(summary(session), NONE))

    assert "… and 5 more" in shown
    assert "Why? Why?…" in shown


def test_a_session_without_marks_is_no_measure():
    session = taken([FLOOD], "a", "b")

    assert "standard deviation" not in text(all_items(summary(session), NONE))
    assert "(for reflection): 2 answered" in text(pooled_items(pool([session]), [session], NONE))


def test_bins_of_several_scores_are_named_by_their_edges():
    many = [replace(BRIDGE, id=f"q{n}", hash=f"h{n}") for n in range(35)]
    session = taken(many, " ".join("b" * 35), " ".join("a" * 35))

    assert "0 to 4: 1; 32 to 35: 1." in alt(summary(session))


@pytest.mark.parametrize(("written", "meant"), [("?!", "?!"), ("The  Mayor", "the mayor")])
def test_what_was_written_is_counted_by_its_meaning(written, meant):
    session = taken([OPENER], "a", "b")
    texts = zip(session.replies, (written, meant), strict=True)
    replies = tuple(replace(r, response=Response(text=words)) for r, words in texts)

    [look] = looks(replace(session, replies=replies))

    assert [one.count for one in look.chosen] == [2]


NUMBER = Question("n", QuestionKind.NUMBER, "How many?", hash="n1")


def test_numbers_are_counted_by_value():
    session = taken([OPENER], "a", "b", "c")
    items = (replace(session.items[0], question=NUMBER),)
    texts = zip(session.replies, ("12", "twelve", "many"), strict=True)
    replies = tuple(replace(r, response=Response(text=words)) for r, words in texts)

    [look] = looks(replace(session, items=items, replies=replies))

    assert [(one.text, one.count) for one in look.chosen] == [("12", 2), ("many", 1)]
