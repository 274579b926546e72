"""Questions to begin with, taken from the packs' own wordings."""

import re
from collections.abc import Iterator

from bot.core.facts import Fact, Kind, Pack
from bot.core.library import Library

_FIRST_WORDS = frozenset("who what when where which how did was were is has have".split())
_LONGEST = 60
_WORD = re.compile(r"[^\W_]+")


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
    written = _as_written(pack)
    for fact in pack.facts:
        if fact.sensitive or fact.restricted or fact.kind is Kind.OMISSION:
            continue
        for wording in fact.asks:
            opener = wording.text.partition(" ")[0].lower()
            if opener in _FIRST_WORDS and len(wording.text) <= _LONGEST:
                yield fact, _sentence(wording.text, written)
                break


def _as_written(pack: Pack) -> dict[str, str]:
    """Return how the claims write words that they always write in one way: Iraq, US, F-16."""
    forms: dict[str, set[str]] = {}
    for fact in pack.facts:
        # A sentence's first word has its capital for another reason.
        for word in _WORD.findall(fact.claim)[1:]:
            forms.setdefault(word.lower(), set()).add(word)
    return {plain: form.pop() for plain, form in forms.items() if len(form) == 1}


def _sentence(text: str, written: dict[str, str]) -> str:
    """Write a wording as a person would on paper: names with capitals, a question mark."""
    text = _WORD.sub(lambda found: written.get(found[0].lower(), found[0]), text)
    return text[:1].upper() + text[1:].rstrip("?") + "?"
