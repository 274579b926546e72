from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.answer import Caveat
from bot.core.polls import (
    DESCRIPTION_LIMIT,
    EXPLANATION_LIMIT,
    PollDraft,
    draft,
    poll_problem,
    written,
)
from bot.core.quiz import Option, Question, QuestionKind
from bot.core.words import say
from tests.quizzes import BUILT

CAVEAT = Caveat("Please double-check this with another source.", "Double-check this.")


def test_a_poll_carries_the_long_caveat_before_the_answer_and_the_short_one_after_it():
    poll = written(replace(draft(BUILT, CAVEAT, "7:0", "the leaflet"), heading="Question 1 of 3"))

    assert poll.question == BUILT.stem
    assert poll.description == f"Question 1 of 3\n\n{CAVEAT.long}"
    assert poll.explanation == f"The key is what the leaflet says. {CAVEAT.short}"
    assert (poll.options, poll.ids, poll.right) == (
        ("1820", "1850", "1790"),
        ("a", "b", "c"),
        (0,),
    )
    assert poll.subject == "7:0"


def test_without_a_source_and_a_heading_the_caveats_stand_alone():
    poll = written(draft(BUILT, CAVEAT, "7:0"))

    assert (poll.description, poll.explanation) == (CAVEAT.long, CAVEAT.short)


def test_several_right_options_make_a_poll_of_several_answers():
    options = (Option("a", "Oak", 0.5), Option("b", "Stone", 0.5), Option("c", "Glass", -0.5))
    several = replace(BUILT, kind=QuestionKind.SEVERAL, options=options)

    poll = written(draft(several, CAVEAT, "7:0"))

    assert poll.several
    assert poll.right == (0, 1)


@pytest.mark.parametrize(
    ("seconds", "open_for"), [(4, 0), (5, 5), (2_628_000, 2_628_000), (2_628_001, 0)]
)
def test_a_time_that_no_poll_can_have_is_left_to_whoever_closes_it(seconds: int, open_for: int):
    assert written(replace(draft(BUILT, CAVEAT, "7:0"), seconds=seconds)).seconds == open_for


@given(st.text(min_size=1), st.text())
def test_whatever_stands_before_it_the_caveat_is_never_cut(heading: str, source: str):
    poll = written(replace(draft(BUILT, CAVEAT, "7:0", source), heading=heading))

    assert poll.description.endswith(CAVEAT.long)
    assert poll.explanation.endswith(CAVEAT.short)
    for text, most in (
        (poll.description, DESCRIPTION_LIMIT),
        (poll.explanation, EXPLANATION_LIMIT),
    ):
        assert len(text.encode("utf-16-le")) // 2 <= most
    assert poll.explanation.count("\n") <= 2


LONG = "x" * 101


@pytest.mark.parametrize(
    ("question", "caveat", "why"),
    [
        (BUILT, CAVEAT, ""),
        (replace(BUILT, kind=QuestionKind.TEXT), CAVEAT, "poll.kind"),
        (replace(BUILT, sensitive=True), CAVEAT, "poll.no-key"),
        (replace(BUILT, options=(Option("a", "one"), Option("b", "two"))), CAVEAT, "poll.no-key"),
        (replace(BUILT, stem="😀" * 151), CAVEAT, "poll.question"),
        (replace(BUILT, options=(*BUILT.options, Option("d", LONG))), CAVEAT, "poll.options"),
        (BUILT, Caveat(CAVEAT.long, "x" * 201), "poll.caveat"),
        (BUILT, Caveat("x" * 1025, CAVEAT.short), "poll.caveat"),
    ],
)  # fmt: skip
def test_a_question_that_cannot_be_a_poll_says_why(question: Question, caveat: Caveat, why: str):
    assert poll_problem(question, caveat) == why
    assert not why or say(why)


def test_twelve_options_are_the_most():
    options = tuple(Option(str(n), f"option {n}", float(not n)) for n in range(13))

    assert poll_problem(replace(BUILT, options=options[:12]), CAVEAT) == ""
    assert poll_problem(replace(BUILT, options=options), CAVEAT) == "poll.options"


def test_a_draft_cannot_be_written_without_a_caveat():
    with pytest.raises(TypeError):
        PollDraft("When?", (("a", "1820"),), ("a",), subject="7:0")  # pyright: ignore[reportCallIssue]
    with pytest.raises(ValueError, match="empty"):
        draft(BUILT, Caveat("", ""), "7:0")
