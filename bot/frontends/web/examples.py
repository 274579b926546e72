"""Questions to begin with, taken from the packs' own wordings."""

import re
from collections.abc import Iterator

from bot.core.facts import Fact, Kind, Pack
from bot.core.library import Library

_FIRST_WORDS = frozenset("who what when where which how did was were is has have".split())
_LONGEST = 60


def examples(library: Library, most: int = 5) -> tuple[str, ...]:
    """Return a few questions, each on another topic of its pack; none on what is sensitive."""
    found: list[str] = []
    for shelf in library.shelves:
        topics: set[str] = set()
        for fact, question in _questions(shelf.pack):
            if fact.topic not in topics and question not in found:
                topics.add(fact.topic)
                found.append(question)
    return tuple(found[:most])


def _questions(pack: Pack) -> Iterator[tuple[Fact, str]]:
    for fact in pack.facts:
        if fact.sensitive or fact.restricted or fact.kind is Kind.OMISSION:
            continue
        for wording in fact.asks:
            first = wording.text.partition(" ")[0].lower()
            if first in _FIRST_WORDS and len(wording.text) <= _LONGEST:
                yield fact, _sentence(wording.text, pack)
                break


def _sentence(text: str, pack: Pack) -> str:
    """Write a wording as a person would on paper: names with capitals, a question mark."""
    for entity in pack.entities.values():
        text = re.sub(rf"\b{re.escape(entity.name)}\b", entity.name, text, flags=re.IGNORECASE)
    return text[:1].upper() + text[1:].rstrip("?") + "?"
