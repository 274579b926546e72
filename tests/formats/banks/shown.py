"""What tests look at in a draft."""

from collections.abc import Callable

from bot.core.quiz import Question
from bot.formats.banks.draft import Draft

Reader = Callable[[bytes, str], Draft]


def of(read: Reader, text: str | bytes) -> Draft:
    return read(text.encode() if isinstance(text, str) else text, "bank.txt")


def only(read: Reader, text: str | bytes) -> Question:
    """Return the one question of a text, which must be without any problem."""
    draft = of(read, text)
    assert [str(problem) for problem in draft.problems] == []
    (question,) = draft.questions
    return question


def said(read: Reader, text: str | bytes) -> list[str]:
    """Return every problem of a text in one line."""
    draft = of(read, text)
    return [f"{p.severity} {p.place}: {p.cause}; {p.cure}" for p in draft.problems]


def causes(read: Reader, text: str | bytes) -> list[str]:
    return [problem.cause for problem in of(read, text).problems]


def choices(question: Question) -> list[tuple[str, float]]:
    return [(option.text, round(option.fraction, 7)) for option in question.options]
