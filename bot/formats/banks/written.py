"""What came of writing a bank: the file, what it could not hold, and what is common to all writers."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from typing_extensions import override

from bot.core.quiz import Question, QuestionKind
from bot.formats.banks.refusing import Refused
from bot.formats.banks.weights import weight

_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Loss:
    """One thing that a format cannot hold, and the questions that have it."""

    what: str
    questions: tuple[str, ...]

    @override
    def __str__(self) -> str:
        """Say it in one line."""
        named = ", ".join(self.questions[:_SHOWN])
        more = f" and {len(self.questions) - _SHOWN} more" if len(self.questions) > _SHOWN else ""
        return f"{self.what} ({named}{more})"


@dataclass(frozen=True, slots=True)
class Written:
    """A file, and what is not in it."""

    data: bytes
    lost: tuple[Loss, ...] = ()
    left_out: tuple[Loss, ...] = ()
    """The questions that are not in it at all."""


class Writing:
    """Collects what a format cannot hold."""

    def __init__(self) -> None:
        self._lost: dict[str, list[str]] = {}
        self._left_out: dict[str, list[str]] = {}

    def lose(self, question: Question, what: str) -> None:
        """Keep that something of a question is lost."""
        self._lost.setdefault(what, []).append(question.id)

    def each(self, questions: Iterable[Question], write: Callable[[Question], str]) -> list[str]:
        """Write each question; leave out those that the format cannot hold."""
        found: list[str] = []
        for question in questions:
            try:
                found.append(write(question))
            except Refused as refused:
                self._left_out.setdefault(refused.cause, []).append(question.id)
        return found

    def done(self, data: bytes) -> Written:
        """Return the file."""
        return Written(data, _losses(self._lost), _losses(self._left_out))

    def lose_common(self, question: Question, kept: frozenset[str] = frozenset()) -> None:
        """Keep what no format but our own holds, but for what this one does."""
        for name, what in _OURS.items():
            if name not in kept and getattr(question, name) != getattr(_EMPTY, name):
                self.lose(question, what)
        if any(name != name.strip("/ ") for name in question.category):
            self.lose(question, "the / at the edge of a category's name")
        if question.kind is QuestionKind.DOUBLE_CHECK and "kind" not in kept:
            self.lose(question, "that it is a double-check question: it becomes single choice")


def _losses(found: dict[str, list[str]]) -> tuple[Loss, ...]:
    return tuple(Loss(what, tuple(ids)) for what, ids in found.items())


_EMPTY = Question("", QuestionKind.SINGLE, "")
_OURS = {
    "sensitive": "that it is sensitive and must not be scored",
    "facts": "the facts that it rests on",
    "topic": "the topic",
    "difficulty": "the difficulty",
    "points": "the points",
    "tags": "the tags",
    "category": "the category",
    "title": "the title",
    "feedback": "the feedback for everybody",
    "feedback_right": "the feedback for a right answer",
    "feedback_wrong": "the feedback for a wrong answer",
    "feedback_partial": "the feedback for a partly right answer",
}


def moodle_shares(question: Question) -> tuple[float, ...]:
    """Return the shares of a question's options as Moodle wants them, which mark the same.

    Where several are marked right or wrong without shares, ticking everything must gain nothing.
    """
    options = question.options
    shares = tuple(option.fraction for option in options)
    rights = sum(shares)
    if question.kind is QuestionKind.SEVERAL and rights > 1 and set(shares) <= {0.0, 1.0}:
        wrongs = len(shares) - rights
        shares = tuple(1 / rights if share else -1 / wrongs for share in shares)
    return tuple(known_share(share) for share in shares)


def known_share(share: float) -> float:
    """Return the share that Moodle knows for this one."""
    try:
        return weight(f"{share * 100:.5f}")[0]
    except Refused:
        cause = f"a share of {share:.4g}, which Moodle does not know"
        raise Refused(cause, "change it") from None
