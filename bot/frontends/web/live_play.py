"""A pupil's answer: read from the form of the question, and said again in words."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import ceil

from bot.core.live_types import (
    Already,
    Counted,
    Judged,
    Late,
    Missed,
    QuestionShown,
)
from bot.core.live_written import LONGEST, in_words, repeated
from bot.core.quiz import TYPED, QuestionKind, Response
from bot.core.words import say

MOST_FIELDS = 32
MOST_LETTERS = LONGEST

_MISSED: Mapping[Missed, str] = {
    Missed.NOT_YET: "web.play.not-yet",
    Missed.CLOSED: "web.play.closed",
    Missed.PAUSED: "web.play.held",
    Missed.UNREADABLE: "web.play.unreadable",
    Missed.UNKNOWN: "web.join.unknown",
    Missed.STRANGER: "web.play.stranger",
}


def read_response(fields: Mapping[str, Sequence[str]]) -> Response:
    """Read an answer; whether it is one to the question is judged elsewhere."""
    written = in_words(fields.get("text", ("",))[-1])
    return replace(written, chosen=tuple(fields.get("choose", ())))


def answer_words(question: QuestionShown, response: Response) -> str:
    """Say what was answered: the letters where there are any, else the words."""
    if question.kind in TYPED:
        return repeated(question.kind, response)
    shown = {option.id: option for option in question.options}
    chosen = [shown[place] for place in response.chosen if place in shown]
    if question.kind is QuestionKind.MATCHING:
        pairs = zip(question.lefts, chosen, strict=False)
        return "; ".join(f"{left}: {option.text}" for left, option in pairs)
    if question.kind is QuestionKind.ORDER:
        return ", ".join(f"{place}. {option.text}" for place, option in enumerate(chosen, 1))
    return ", ".join(sorted(option.letter or option.text for option in chosen))


def verdict_words(judged: Judged, question: QuestionShown | None) -> str:
    """Say why an answer did not count; "" where it did."""
    match judged:
        case Counted():
            return ""
        case Late(by):
            return say("web.play.late", seconds=ceil(by)) if by >= 1 else say("web.play.late.just")
        case Already(response):
            if question is None:
                return say("web.play.closed")
            return say("web.play.first", answer=answer_words(question, response))
        case Missed.UNREADABLE if question and question.kind in TYPED:
            return say(f"web.play.unreadable.{question.kind}")
        case Missed():
            return say(_MISSED[judged])
