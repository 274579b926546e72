"""Results as tables: a row an answer, a row a learner, a row a question; and as CSV of each.

Learners stand there by the teacher's code or their pseudonym, never by a platform's id. Answers to
questions for reflection are only counted, so they stand in the table of questions alone.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.core.item_analysis import FEWEST
from bot.core.question_looks import Look
from bot.core.result_cards import counts, signs
from bot.core.result_summary import Summary
from bot.core.results import Item, Reply, Taken, in_words, key_of, rows
from bot.core.words import say
from bot.formats.safe_csv import Cell, safe_blocks

_ANSWER = (
    "session", "question", "version", "stem", "kind", "topic", "learner", "attempt", "response",
    "key", "right", "fraction", "mark", "points", "seconds", "late", "at",
)  # fmt: skip
_LEARNER = ("learner", "attempt", "answered", "total", "maximum", "share")
_QUESTION = (
    "number", "question", "version", "stem", "kind", "topic", "key", "learners", "answered", "facility",
    "low", "high", "sd", "discrimination", "efficiency", "intended", "effective", "counts", "signs",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Table:
    """Headings, and rows of as many cells; the rows can be gone through once."""

    heads: tuple[str, ...]
    rows: Iterable[Sequence[Cell]]


def csv_of(table: Table) -> Iterator[bytes]:
    """Write a table as CSV, block by block."""
    return safe_blocks(table.heads, table.rows)


def answers(taken: Taken) -> Table:
    """Return a row for each answer, in the order in which they came."""
    items = {item.position: item for item in taken.items if not item.question.sensitive}
    names = {learner.number: learner.name for learner in taken.learners}
    found = (r for r in taken.replies if r.position in items and r.learner in names)
    listed = (_answer(taken, items[r.position], names[r.learner], r) for r in found)
    return Table(_heads(_ANSWER), listed)


def _heads(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(say(f"file.col.{name}") for name in names)


def _answer(taken: Taken, item: Item, learner: str, reply: Reply) -> tuple[Cell, ...]:
    question = item.question
    return (
        taken.title,
        question.id,
        question.hash,
        question.stem,
        str(question.kind),
        question.topic,
        learner,
        reply.attempt,
        in_words(question, reply.response),
        key_of(question),
        reply.right,
        tidy(reply.fraction),
        tidy(reply.fraction * item.points) if item.scored else None,
        tidy(reply.points),
        tidy(reply.took),
        reply.late,
        reply.at,
    )


def learners(taken: Taken) -> Table:
    """Return a row for each learner who took part, by the attempt that counts."""
    marked = tuple(
        say("file.col.item", number=item.number, points=f"{item.points:g}")
        for item in taken.scored
    )
    scored = {item.position for item in taken.scored}
    listed = (
        (
            row.learner.name,
            row.attempt,
            sum(reply.given for place, reply in row.replies.items() if place in scored),
            tidy(row.total),
            tidy(taken.full),
            tidy(row.total / taken.full) if taken.full else None,
            *(tidy(mark) for mark in row.marks),
        )
        for row in rows(taken, taken.which)
    )
    return Table((*_heads(_LEARNER), *marked), listed)


def questions(summary: Summary) -> Table:
    """Return a row for each question that was answered, with its statistics."""
    return Table(_heads(_QUESTION), (_question(look) for look in summary.looks))


def _question(look: Look) -> tuple[Cell, ...]:
    question = look.item.question
    return (
        look.item.number,
        question.id,
        question.hash,
        question.stem,
        str(question.kind),
        question.topic,
        key_of(question),
        look.learners,
        look.answered,
        *_numbers(look),
        "; ".join(counts(look)),
        " ".join(signs(look)),
    )


def _numbers(look: Look) -> tuple[Cell, ...]:
    own = look.statistics
    if own is None:
        return (None,) * 8
    low, high = own.interval or (None, None)
    # Of so few learners nothing is said, not even where no words stand beside it.
    telling = (own.discrimination, own.efficiency) if own.count >= FEWEST else (None, None)
    found = (own.facility, low, high, own.sd, *telling, own.intended_weight, own.effective_weight)
    return tuple(None if value is None else tidy(value) for value in found)


def tidy(value: float) -> float | int:
    """Return a number without the dust of reckoning, as a whole one where it is."""
    rounded = round(value, 5)
    return int(rounded) if rounded.is_integer() else rounded
