"""The packs that are open for questions, each with its search; an immutable snapshot, swapped whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.core.answer import FactKey
from bot.core.facts import Fact, Pack


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing in a question that a fact does not have."""

    raw: str
    """As typed."""
    sort: str = ""
    """`number`, or what sort of name it is (`country`, `place`, `equipment`, ...); "" for a word."""
    known: bool = False
    """Whether it stands elsewhere in the pack."""


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
    nearness: float = 0.0
    """How far that wording and the question are the same, from 0 to 1."""
    covered: float = 1.0
    """The share of the question's weight that the fact meets at all."""
    missing: tuple[Missing, ...] = ()
    """What the fact does not have of the question."""
    denied: tuple[str, ...] = ()
    """Names of the question that only the correction has, not the claim, and other numbers."""
    kindred: float = 1.0
    """Whether that wording asks for the same sort of thing: 1, or 0 where for another."""
    words: int = 0
    """How many words of content the question has."""
    rarest: str = ""
    """The most telling word of the question, as typed."""
    exact: bool = False
    """Whether the question is one of the fact's wordings to the word."""
    bare: bool = False
    """Whether the question has no content of its own ("what was the date?")."""


class Ranker(Protocol):
    """The search over one pack."""

    def __call__(self, question: str, context: str = "", most: int = 10) -> Sequence[Hit]:
        """Return the facts nearest to a question, best first.

        `context` is what the conversation was about; it helps to choose, and is never missed.
        """
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
