"""The packs that are open for questions, each with its search; an immutable snapshot, swapped whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.core.answer import FactKey
from bot.core.facts import Fact, Pack


@dataclass(frozen=True, slots=True)
class Hit:
    """One fact that may answer a question, with the evidence for and against it."""

    fact: Fact
    score: float
    """Comparable between the hits of one question only."""
    confidence: float
    """The chance, from 0 to 1, that this fact answers the question."""
    wording: str = ""
    """The curated wording that came closest, if one did."""
    missing: tuple[str, ...] = ()
    """Content words of the question, as typed, that neither the fact nor its wordings have."""
    unknown: tuple[str, ...] = ()
    """Those of `missing` that stand nowhere in the pack."""


class Ranker(Protocol):
    """The search over one pack."""

    def __call__(self, question: str, most: int = 10) -> Sequence[Hit]:
        """Return the facts nearest to a question, best first."""
        ...


@dataclass(frozen=True, slots=True)
class Shelf:
    """A pack with its search."""

    pack: Pack
    rank: Ranker


@dataclass(frozen=True, slots=True)
class Library:
    """All packs that are open for questions."""

    shelves: tuple[Shelf, ...]

    def find(self, key: FactKey) -> tuple[Shelf, Fact] | None:
        """Return the present version of a fact that was shown, or None where it is gone."""
        for shelf in self.shelves:
            if shelf.pack.id == key.pack and (fact := shelf.pack.fact(key.fact)):
                return shelf, fact
        return None
