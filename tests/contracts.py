"""What the contracts of all platforms have in common: what is published, and what needs no caveat."""

import re
from collections.abc import Collection, Iterator

from bot.core.facts import Fact, Pack
from bot.core.library import Library
from bot.core.words import EXEMPT, WORDS


def published(library: Library) -> list[tuple[Pack, Fact]]:
    """Return every fact with its pack."""
    return [(shelf.pack, fact) for shelf in library.shelves for fact in shelf.pack.facts]


def persons_unnamed(pack: Pack) -> Iterator[str]:
    """Return how the people are called who are known to restricted facts alone."""
    free = {e for fact in pack.facts if not fact.restricted for e in fact.entities}
    held = {e for fact in pack.facts if fact.restricted for e in fact.entities} - free
    for person in (pack.entities[e] for e in held):
        if person.kind == "person":
            yield from (person.name, *(s for s in person.spellings if " " in s))


def without_claims(more: Collection[str] = ()) -> list[re.Pattern[str]]:
    """Return what our sentences look like that need no caveat, whatever is put into them."""
    keys = {*EXEMPT, *more}
    return [template(WORDS["en"][key]) for key in keys if says_something(WORDS["en"][key])]


def says_something(sentence: str) -> bool:
    """Tell whether a sentence is more than what is put into it, which would fit everything."""
    return bool(re.search(r"\w{3}", re.sub(r"\{\w+\}", "", sentence)))


def template(sentence: str) -> re.Pattern[str]:
    """Return what a sentence looks like, whatever is put into it; some platforms fold its lines."""
    own = re.sub(r"\\\{\w+\\\}", ".*", re.escape(sentence))
    return re.compile(re.sub(r"(?:\\\n)+", r"\\n+", own), re.DOTALL)
