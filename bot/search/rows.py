"""Texts of a pack as rows of terms: claims, wordings, and questions that must be declined."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from bot.core.facts import Fact, Pack, Wording
from bot.search.shapes import sorts
from bot.search.terms import NAME, Lexicon, Term
from bot.search.text import words

_DENIED = re.compile(r"no\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Row:
    """One text of a fact: its claim, or one wording by which people ask for it."""

    keys: tuple[str, ...]
    posted: frozenset[str]
    """The keys and their groups: everything by which the text is met."""
    wording: str = ""
    """The wording as curated; empty for the claim."""
    weight: float = 0.0
    """The summed weight of its different terms."""
    words: frozenset[str] = frozenset()
    """Every stem of it, small words included."""
    denied: bool = False
    """Whether it asks for something that is not so; only a yes/no question can mean it."""

    @property
    def wants(self) -> frozenset[str]:
        """Return what sorts of things the text asks for."""
        return _sorts(self.wording)


@lru_cache(maxsize=32768)
def _sorts(wording: str) -> frozenset[str]:
    """Keep what curated wordings ask for; found out only for those that come near a question."""
    return sorts(wording)


@dataclass(frozen=True, slots=True)
class Read:
    """A text taken apart."""

    terms: tuple[Term, ...]
    words: frozenset[str]
    raw: tuple[str, ...]
    stems: tuple[str, ...]


Reader = Callable[[str], Read]


def reader(lexicon: Lexicon) -> Reader:
    """Return a reader that takes each text apart only once; to be dropped when the index is built."""
    known: dict[str, Read] = {}

    def read(text: str) -> Read:
        if text not in known:
            found = words(text)
            raw, stems = tuple(w.raw for w in found), tuple(w.stem for w in found)
            known[text] = Read(lexicon.of(found), frozenset(stems), raw, stems)
        return known[text]

    return read


def row(text: str, read: Reader, weights: Mapping[str, float], unknown: float = 0.0) -> Row:
    """Return a text as a row; words that no fact has weigh `unknown`."""
    found = read(text)
    keys = tuple(t.key for t in found.terms)
    weight = sum(weights.get(key, unknown) for key in set(keys))
    return Row(keys, frozenset(posted(found.terms)), text, weight, found.words)


def denied(wording: Wording) -> bool:
    """Say whether a wording asks for something that is not so."""
    return bool(_DENIED.match(wording.answer))


def posted(terms: Iterable[Term]) -> set[str]:
    """Return everything by which terms can be met: themselves, their groups, words in phrases."""
    return {key for t in terms for key in (t.key, *t.groups, *t.inner)}


def bag(fact: Fact, pack: Pack, read: Reader) -> set[str]:
    """Return everything a fact speaks of."""
    values = (v for v in (*fact.values, *fact.correct_values) if v.type != "place")
    texts = (
        *(fact.claim, fact.answer, fact.correct, fact.correction, fact.evidence, fact.attribution),
        *(p.text for p in fact.parts),
        *(f"{v.value} {v.unit}" for v in values),
        *(pack.places.get(fact.place, ""), pack.topics.get(fact.topic, "")),
        # What is asked only to be denied ("was it in Yemen": no) is not what the fact speaks of.
        *(w.text for w in fact.asks if not denied(w)),
    )
    found = {key for text in texts for key in posted(read(text).terms)}
    return found | {NAME + entity for entity in fact.entities}
