"""How a pupil's answer is read from a form, and said again."""

import pytest

from bot.core.live_types import Already, Counted, Late, Mine, Missed, OptionShown, QuestionShown
from bot.core.quiz import QuestionKind, Response
from bot.core.words import say
from bot.frontends.web.live_play import answer_words, read_response, verdict_words
from bot.frontends.web.live_scene import form_of, outcome

OPTIONS = tuple(OptionShown(str(n), "ABC"[n], text) for n, text in enumerate(("x", "y", "z")))


def asked(kind: QuestionKind, *lefts: str) -> QuestionShown:
    return QuestionShown(0, 1, kind, "What?", OPTIONS, lefts=lefts)


@pytest.mark.parametrize(
    ("question", "response", "words", "form"),
    [
        (asked(QuestionKind.SINGLE), Response(("1",)), "B", "one"),
        (asked(QuestionKind.SEVERAL), Response(("2", "0")), "A, C", "several"),
        (asked(QuestionKind.ORDER), Response(("2", "0", "1")), "1. z, 2. x, 3. y", "order"),
        (asked(QuestionKind.MATCHING, "l", "m"), Response(("1", "1")), "l: y; m: y", "matching"),
        (asked(QuestionKind.NUMBER), Response((), "12"), "12", "number"),
        (asked(QuestionKind.TEXT), Response((), "a mill"), "“a mill”", "text"),
    ],
)
def test_an_answer_is_said_as_it_was_given(
    question: QuestionShown, response: Response, words: str, form: str
) -> None:
    assert answer_words(question, response) == words
    assert form_of(question) == form


def test_true_and_false_are_said_in_words() -> None:
    options = (OptionShown("true", "", "True"), OptionShown("false", "", "False"))
    question = QuestionShown(0, 1, QuestionKind.TRUE_FALSE, "Is it?", options)
    assert answer_words(question, Response(("false",))) == "False"


def test_a_form_is_read_in_its_order_and_cut_to_size() -> None:
    assert read_response({"choose": ["b", "a"]}) == Response(("b", "a"))
    assert read_response({"text": ["  a\n mill "]}) == Response((), "a mill")
    assert len(read_response({"text": ["x" * 9_000]}).text) == 400


@pytest.mark.parametrize("missed", Missed)
def test_whatever_an_answer_missed_is_said(missed: Missed) -> None:
    assert verdict_words(missed, None)


def test_who_is_late_is_told_by_how_much() -> None:
    assert verdict_words(Late(1.2), None) == say("web.play.late", seconds=2)
    assert verdict_words(Late(0.2), None) == say("web.play.late.just")
    assert verdict_words(Counted(1.0), None) == ""


def test_an_earlier_answer_is_named_as_long_as_its_question_stands() -> None:
    before = Already(Response(("0",)))
    assert "You answered A." in verdict_words(before, asked(QuestionKind.SINGLE))
    assert verdict_words(before, None) == say("web.play.closed")


def test_what_is_not_scored_is_neither_right_nor_wrong() -> None:
    question = asked(QuestionKind.SINGLE)
    said = [outcome(question, Mine("Owl", 1, fraction=f)) for f in (1.0, 0.5, 0.0, None)]
    keys = ("right", "partly", "wrong", "reflected")
    assert said == [say(f"web.play.{key}") for key in keys]
