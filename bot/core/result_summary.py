"""A session summed up: from this its words, its picture and its page are made."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil

from bot.core.item_analysis import Analysis
from bot.core.question_looks import Look, Sign, looks
from bot.core.quiz import TYPED
from bot.core.results import Taken, analysis, rows


@dataclass(frozen=True, slots=True)
class Summary:
    """A session in numbers, from which its words and its picture are made."""

    taken: Taken
    joined: int
    took: int
    totals: tuple[float, ...]
    """By the attempts that count for the learners."""
    analysis: Analysis
    looks: tuple[Look, ...]

    @property
    def scored(self) -> tuple[Look, ...]:
        """Return the questions with marks."""
        return tuple(look for look in self.looks if look.statistics)

    @property
    def hardest(self) -> Look | None:
        """Return the question that went worst; None where all went right, or nothing has marks.

        One whose key is doubtful says nothing of the learners.
        """
        sure = [look for look in self.scored if Sign.KEY not in look.signs]
        worst = min(sure, key=lambda look: look.facility, default=None)
        return worst if worst and worst.facility < 1 else None

    @property
    def doubtful(self) -> tuple[Look, ...]:
        """Return the questions whose key should be checked."""
        return tuple(look for look in self.scored if Sign.KEY in look.signs)


def summary(taken: Taken) -> Summary:
    """Sum a session up."""
    totals = tuple(row.total for row in rows(taken, taken.which))
    joined = max(len(taken.learners), taken.invited)
    known = analysis(taken)
    return Summary(taken, joined, len(totals), totals, known, looks(taken, known))


def unquoted(summed: Summary) -> Summary:
    """Return a summary without what learners wrote in their own words: a group is shown none of it."""
    looks_without = (
        replace(look, chosen=(), instead=None) if look.item.question.kind in TYPED else look
        for look in summed.looks
    )
    return replace(summed, looks=tuple(looks_without))


_MOST_BINS = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """How many learners have a total from `low` up to `high`; both are the same for a whole score."""

    low: float
    high: float
    count: int


def bins(totals: Sequence[float], full: float) -> tuple[Bin, ...]:
    """Return the distribution of totals: a bin a point where there are few, else ten at most."""
    if full <= 0:
        return ()
    if full <= 2 * _MOST_BINS and float(full).is_integer():
        counted = Counter(min(int(full), max(0, int(total + 0.5))) for total in totals)
        return tuple(Bin(n, n, counted[n]) for n in range(int(full) + 1))
    width = ceil(full / _MOST_BINS) if full > _MOST_BINS else full / _MOST_BINS
    last = ceil(full / width) - 1
    places = Counter(min(last, max(0, int(total / width))) for total in totals)
    edges = [(n * width, min(full, (n + 1) * width)) for n in range(last + 1)]
    return tuple(Bin(low, high, places[n]) for n, (low, high) in enumerate(edges))
