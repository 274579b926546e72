"""Questions to begin with, taken from the packs' own wordings."""

from collections.abc import Iterator

from bot.core.facts import Fact, Kind, Pack
from bot.core.library import Library
from bot.core.writing import sentence

_FIRST_WORDS = frozenset("who what when where which how did was were is has have".split())
_LONGEST = 60


def examples(library: Library, most: int = 5) -> tuple[str, ...]:
    """Return a few questions, if possible each on another topic; none on what is sensitive."""
    first: list[str] = []
    more: list[str] = []
    for shelf in library.shelves:
        topics: set[str] = set()
        for fact, question in _questions(shelf.pack):
            (more if fact.topic in topics else first).append(question)
            topics.add(fact.topic)
    return tuple(dict.fromkeys(first + more))[:most]


def _questions(pack: Pack) -> Iterator[tuple[Fact, str]]:
    for fact in pack.facts:
        if fact.sensitive or fact.restricted or fact.kind is Kind.OMISSION:
            continue
        for wording in fact.asks:
            opener = wording.text.partition(" ")[0].lower()
            if opener in _FIRST_WORDS and len(wording.text) <= _LONGEST:
                yield fact, sentence(wording.text, pack).rstrip("?") + "?"
                break
