"""Questions without content, such as "when was it?": what they may be about."""

import re
from collections.abc import Iterator

from bot.core.facts import Fact, Kind
from bot.core.library import Library, Shelf

_MEANT: tuple[tuple[re.Pattern[str], frozenset[Kind]], ...] = (
    (re.compile(r"\bwhen\b|\bdate\b", re.IGNORECASE), frozenset({Kind.DATE})),
    (re.compile(r"\bwhere\b|\bplace\b", re.IGNORECASE), frozenset({Kind.PLACE})),
    (re.compile(r"\bwho\b|\bby whom\b", re.IGNORECASE), frozenset({Kind.ORGANISATION})),
    (re.compile(r"\bhow many\b|\bhow much\b", re.IGNORECASE), frozenset({Kind.NUMBER})),
)

_NONE: frozenset[Kind] = frozenset()


def readings(question: str, library: Library) -> list[tuple[Shelf, Fact]]:
    """Return what a question without content may mean: the first fact of its sort in each topic."""
    kinds = next((kinds for pattern, kinds in _MEANT if pattern.search(question)), _NONE)
    return [found for shelf in library.shelves for found in _first(shelf, kinds)]


def _first(shelf: Shelf, kinds: frozenset[Kind]) -> Iterator[tuple[Shelf, Fact]]:
    topics: set[str] = set()
    for fact in shelf.pack.facts:
        if fact.kind in kinds and fact.topic not in topics:
            if fact.restricted or fact.sensitive or not fact.in_article:
                continue
            topics.add(fact.topic)
            yield shelf, fact
