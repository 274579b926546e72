"""How a pack writes its words: with a capital or not, inside a sentence and at its beginning."""

import re
from collections.abc import Mapping
from functools import lru_cache

from bot.core.facts import Pack

_WORD = re.compile(r"[^\W_]+")
_LEADING = frozenset(
    "The A An In On At It They There Its These Those This That One Two Three Four Five Six Seven "
    "Eight Nine Ten Some Most Only No Neither Nobody Nothing Several Many Much Both Other More "
    "Until Before After Once Here All Each".split()
)


def capital(text: str) -> str:
    """Return a text with its first letter as a capital."""
    return text[:1].upper() + text[1:]


def inside(claim: str, pack: Pack) -> str:
    """Return a claim as it stands after "According to the article, "."""
    first = _WORD.match(claim)
    if not first or _is_name(first[0], pack):
        return claim
    return first[0].lower() + claim[first.end() :]


def _is_name(word: str, pack: Pack) -> bool:
    if word in _LEADING or word[1:] != word[1:].lower():
        return word not in _LEADING
    named = _named(tuple(entity.name for entity in pack.entities.values()))
    # Of a pack without named things nothing is known: better a capital too many.
    return word in named or not named


@lru_cache(maxsize=16)
def _named(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(w for name in names for w in _WORD.findall(name) if w[0].isupper())


def as_written(pack: Pack) -> Mapping[str, str]:
    """Return how the claims write words that they always write in one way: Iraq, US, F-16."""
    return _forms(tuple(fact.claim for fact in pack.facts))


@lru_cache(maxsize=16)
def _forms(claims: tuple[str, ...]) -> Mapping[str, str]:
    forms: dict[str, set[str]] = {}
    for claim in claims:
        # A sentence's first word has its capital for another reason.
        for word in _WORD.findall(claim)[1:]:
            forms.setdefault(word.lower(), set()).add(word)
    return {plain: form.pop() for plain, form in forms.items() if len(form) == 1}


def sentence(text: str, pack: Pack) -> str:
    """Write a wording as a person would on paper: names with capitals."""
    written = as_written(pack)
    return capital(_WORD.sub(lambda found: written.get(found[0].lower(), found[0]), text))
