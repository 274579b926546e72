"""What a quiz session has come to: what was asked, who took part, what each attempt is worth.

Marks are what an answer is worth, without any bonus for speed: `fraction` times the points of the
question. Questions marked sensitive have no marks; of them it is only counted what was answered.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from math import fsum

from bot.core.item_analysis import Analysis, analyse
from bot.core.quiz import Question, QuestionKind, Response, key_text, lefts

RIGHT = 1 - 1e-9
"""The fraction from which an answer is whole."""


@dataclass(frozen=True, slots=True)
class Item:
    """One question of a session, in the version that was asked."""

    position: int
    question: Question
    points: float = 1.0
    skipped: bool = False
    """Whether the teacher went past it, so that it counts for nobody."""

    @property
    def number(self) -> int:
        """Return its number, as people count."""
        return self.position + 1

    @property
    def scored(self) -> bool:
        """Tell whether it has marks at all."""
        return not (self.question.sensitive or self.skipped) and self.points > 0


@dataclass(frozen=True, slots=True)
class Learner:
    """Somebody who joined."""

    number: int
    pseudonym: str
    code: str = ""
    """The teacher's own for them, where there is one."""

    @property
    def name(self) -> str:
        """Return what the teacher knows them by."""
        return self.code or self.pseudonym


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer that was given."""

    number: int
    learner: int
    position: int
    response: Response
    fraction: float
    right: bool
    points: float
    """With the bonus for speed, where the session has one: for the standing only."""
    at: datetime
    attempt: int = 1
    took: float = 0.0
    late: bool = False

    @property
    def given(self) -> bool:
        """Tell whether it is an answer at all: who left the question out has an empty one."""
        return bool(self.response.chosen or self.response.text) or self.fraction > 0


class Which(StrEnum):
    """Which of a learner's attempts counts."""

    FIRST = "first"
    BEST = "best"
    LAST = "last"


@dataclass(frozen=True)
class Taken:
    """A session with everything that was answered in it."""

    session: int
    title: str
    pack: str
    at: datetime
    items: tuple[Item, ...]
    learners: tuple[Learner, ...]
    replies: tuple[Reply, ...]
    assignment: bool = False
    invited: int = 0
    """How many are in the class that it was set for; 0 where it was for whoever came."""
    which: Which = Which.FIRST
    """Which attempt counts for the learners; statistics always take the first."""

    @cached_property
    def asked(self) -> frozenset[int]:
        """Return the positions of the questions that anybody answered, and that count."""
        skipped = {item.position for item in self.items if item.skipped}
        return frozenset(r.position for r in self.replies if r.given) - skipped

    @cached_property
    def scored(self) -> tuple[Item, ...]:
        """Return the questions that have marks and came up."""
        return tuple(i for i in self.items if i.scored and i.position in self.asked)

    @cached_property
    def taking(self) -> tuple[Learner, ...]:
        """Return the learners who answered anything."""
        present = {reply.learner for reply in self.replies}
        return tuple(learner for learner in self.learners if learner.number in present)

    @cached_property
    def full(self) -> float:
        """Return the greatest total."""
        return fsum(item.points for item in self.scored)


@dataclass(frozen=True, slots=True)
class Row:
    """What one learner's counting attempt is worth."""

    learner: Learner
    attempt: int
    replies: Mapping[int, Reply]
    """By position."""
    marks: tuple[float, ...]
    """For each scored item in order; what is missing is a zero."""
    total: float
    """The sum of the marks."""


def rows(taken: Taken, which: Which = Which.FIRST) -> tuple[Row, ...]:
    """Return a row for each learner who took part."""
    attempts: dict[int, dict[int, dict[int, Reply]]] = {}
    for reply in taken.replies:
        own = attempts.setdefault(reply.learner, {}).setdefault(reply.attempt, {})
        own[reply.position] = reply
    return tuple(
        _counting([_row(taken, learner, *one) for one in sorted(found.items())], which)
        for learner in taken.taking
        if (found := attempts[learner.number])
    )


def _row(taken: Taken, learner: Learner, attempt: int, replies: Mapping[int, Reply]) -> Row:
    marks = tuple(_mark(item, replies.get(item.position)) for item in taken.scored)
    return Row(learner, attempt, replies, marks, fsum(marks))


def _mark(item: Item, reply: Reply | None) -> float:
    return reply.fraction * item.points if reply else 0.0


def _counting(found: Sequence[Row], which: Which) -> Row:
    match which:
        case Which.FIRST:
            return found[0]
        case Which.LAST:
            return found[-1]
        case _:
            return max(found, key=lambda row: row.total)


def analysis(taken: Taken) -> Analysis:
    """Return the statistics of the session; its items are the scored ones, in order."""
    marks = [row.marks for row in rows(taken)]
    return analyse(marks, [item.points for item in taken.scored])


def in_words(question: Question, response: Response) -> str:
    """Return an answer in the words of the question; empty where it was left out."""
    match question.kind:
        case QuestionKind.NUMBER | QuestionKind.TEXT:
            return " ".join(response.text.split())[:200]
        case QuestionKind.ORDER:
            things = _picked(question.sequence, response.chosen)
            return ", ".join(f"{n}. {thing}" for n, thing in enumerate(things, 1))
        case QuestionKind.MATCHING:
            rights = _picked([pair.right for pair in question.pairs], response.chosen)
            asked = zip(lefts(question), rights, strict=False)
            return "; ".join(f"{pair.left}: {right}" for pair, right in asked)
        case _:
            names = {option.id: option.text for option in question.options}
            return "; ".join(names.get(option, "?") for option in response.chosen)


def _picked(things: Sequence[str], places: Sequence[str]) -> list[str]:
    known = {str(n): thing for n, thing in enumerate(things)}
    return [known.get(place, "?") for place in places]


def key_of(question: Question) -> str:
    """Return the key in words; a question for reflection has none."""
    return "" if question.sensitive else key_text(question).rstrip(".")
