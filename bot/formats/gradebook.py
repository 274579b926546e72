"""The grades of a session as Moodle's gradebook imports them.

The bot knows neither names nor addresses: the teacher's own code stands as the ID number, or else
the pseudonym as the user name, for the teacher to put the right ones beside them.
"""

from collections.abc import Iterator

from bot.core.results import Row, Taken, Which, rows
from bot.core.words import say
from bot.formats.results_csv import Table, csv_of, tidy
from bot.formats.safe_csv import Cell

_WHO = ("Email address", "ID number", "Username")
"""As Moodle calls them, in whatever language; it guesses by them what is what."""


def gradebook(taken: Taken, which: Which) -> Table:
    """Return a row for each learner: the grade and, always beside it, the feedback."""
    heads = (*_WHO, taken.title, f"{taken.title} (feedback)")
    return Table(heads, (_row(taken, row) for row in rows(taken, which)))


def gradebook_csv(taken: Taken, which: Which) -> Iterator[bytes]:
    """Write the grades as CSV."""
    return csv_of(gradebook(taken, which))


def _row(taken: Taken, row: Row) -> tuple[Cell, ...]:
    learner, count = row.learner, len(taken.scored)
    right = sum(reply.right for place, reply in row.replies.items() if place in _places(taken))
    said = say("file.feedback", right=right, count=count)
    name = "" if learner.code else learner.pseudonym
    return "", learner.code, name, tidy(row.total), said


def _places(taken: Taken) -> frozenset[int]:
    return frozenset(item.position for item in taken.scored)
