"""Facts as rows of terms, with postings: what the ranking reads. Built once per pack, never changed."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from bot.core.facts import Fact, Pack, Wording
from bot.search import names, thesaurus
from bot.search.names import sound
from bot.search.shapes import shapes, sorts
from bot.search.terms import NAME, Lexicon, Term
from bot.search.text import words

Postings = Mapping[str, Sequence[int]]


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
    wants: frozenset[str] = frozenset()
    """What sorts of things the text asks for."""
    denied: bool = False
    """Whether it asks for something that is not so; only a yes/no question can mean it."""


@dataclass(frozen=True)
class Index:
    """All rows of a pack, what each fact speaks of, and where each term stands."""

    facts: Sequence[Fact]
    lexicon: Lexicon
    rows: Sequence[Row]
    rows_of: Sequence[Sequence[int]]
    facts_with: Postings
    """By terms of the whole fact: claim, wordings, answer, correction, evidence, names."""
    shares: Mapping[str, Mapping[int, float]]
    """For each term, in what share of a fact's texts it stands."""
    silent: Sequence[Row]
    """Questions that the pack must decline."""
    silent_with: Postings
    weights: Mapping[str, float]
    heaviest: float
    shapes: Sequence[frozenset[str]]
    """What sorts of things each claim holds: number, date, name, place, reason."""
    curated: bool
    """Whether the facts come with wordings; bare claims are weighed in another way."""
    known: frozenset[str]
    """Stems of the pack and of the thesaurus: words that are not misspelt names."""
    vocabulary: tuple[str, ...]
    """The pack's stems of four letters or more: what a misspelt word was most likely meant to be."""
    spelt: tuple[str, ...]
    """Those and the thesaurus'."""
    heard: Mapping[str, Sequence[str]]
    """Those stems by how they sound."""
    beginnings: Mapping[str, Sequence[str]]
    kinds: Mapping[str, str]
    """The kind of each named thing."""

    def beginning(self, letters: str) -> Sequence[str]:
        """Return the pack's stems that begin with these five letters."""
        return self.beginnings.get(letters, ())


def build(pack: Pack) -> Index:
    """Index a pack."""
    lexicon = Lexicon(names.build(pack.entities), thesaurus.build(pack.synonyms))
    bags = [_bag(fact, pack, lexicon) for fact in pack.facts]
    weights, heaviest = _weights(bags)
    rows: list[Row] = []
    rows_of: list[list[int]] = []
    for number, fact in enumerate(pack.facts):
        rows_of.append([])
        texts = [(fact.claim, "", False), *((w.text, w.text, denied(w)) for w in fact.asks)]
        for text, wording, no in texts:
            terms = lexicon.terms(text)
            keys = tuple(t.key for t in terms)
            rows_of[number].append(len(rows))
            every = frozenset(w.stem for w in words(text))
            rows.append(
                Row(keys, frozenset(_posted(terms)), wording, _weight(terms, weights), every, sorts(text), no)
            )
    shares: dict[str, dict[int, float]] = defaultdict(dict)
    for number, own in enumerate(rows_of):
        times = Counter(key for row in own for key in rows[row].posted)
        for key, count in times.items():
            shares[key][number] = count / len(own)
    silent = [_silent(text, lexicon, weights, heaviest) for text in pack.unanswered]
    silent_with = _grouped((key, n) for n, row in enumerate(silent) for key in row.posted)
    facts_with: dict[str, list[int]] = defaultdict(list)
    for number, bag in enumerate(bags):
        for key in bag:
            facts_with[key].append(number)
    vocabulary = sorted(k for k in facts_with if k[0] not in "@~" and not k[0].isdigit())
    spelt = [k for k in {*vocabulary, *lexicon.thesaurus.groups} if len(k) > 3]  # noqa: PLR2004
    return Index(
        pack.facts,
        lexicon,
        rows,
        rows_of,
        facts_with,
        shares,
        silent,
        silent_with,
        weights,
        heaviest,
        [shapes(fact.claim) for fact in pack.facts],
        any(fact.asks for fact in pack.facts),
        frozenset({*vocabulary, *lexicon.thesaurus.groups}),
        tuple(k for k in vocabulary if len(k) > 3),  # noqa: PLR2004
        tuple(sorted(spelt)),
        _grouped((sound(k), k) for k in spelt),
        _grouped((k[:5], k) for k in vocabulary if len(k) > 4),  # noqa: PLR2004
        {entity.id: entity.kind for entity in pack.entities.values()},
    )


def _silent(
    text: str, lexicon: Lexicon, weights: Mapping[str, float], heaviest: float
) -> Row:
    terms = lexicon.terms(text)
    weight = sum(weights.get(key, heaviest) for key in {t.key for t in terms})
    every = frozenset(w.stem for w in words(text))
    keys = tuple(t.key for t in terms)
    return Row(keys, frozenset(_posted(terms)), text, weight, every, sorts(text))


T = TypeVar("T")


def _grouped(pairs: Iterable[tuple[str, T]]) -> dict[str, list[T]]:
    grouped: dict[str, list[T]] = defaultdict(list)
    for key, value in pairs:
        grouped[key].append(value)
    return grouped


def denied(wording: Wording) -> bool:
    """Say whether a wording asks for something that is not so."""
    return wording.answer.lower().startswith("no")


def _posted(terms: Iterable[Term]) -> set[str]:
    """Return everything by which terms can be met: themselves and their groups."""
    return {key for t in terms for key in (t.key, *t.groups, *t.inner)}


def _bag(fact: Fact, pack: Pack, lexicon: Lexicon) -> set[str]:
    texts = [fact.claim, fact.answer, fact.correct, fact.correction, fact.evidence, fact.attribution]
    texts += [p.text for p in fact.parts]
    texts += [f"{v.value} {v.unit}" for v in (*fact.values, *fact.correct_values) if v.type != "place"]
    texts += [pack.places.get(fact.place, ""), pack.topics.get(fact.topic, "")]
    bag = {key for text in texts for key in _posted(lexicon.terms(text))}
    for wording in fact.asks:
        # What is asked only to be denied ("was it in Yemen": no) is not what the fact speaks of.
        if not denied(wording):
            bag |= _posted(lexicon.terms(wording.text))
    return bag | {NAME + entity for entity in fact.entities}


def _weights(bags: Sequence[set[str]]) -> tuple[dict[str, float], float]:
    count: dict[str, int] = defaultdict(int)
    for bag in bags:
        for key in bag:
            count[key] += 1
    total = len(bags)
    weights = {key: math.log(1 + total / (n + 0.5)) for key, n in count.items()}
    return weights, math.log(1 + total / 0.5)


def _weight(terms: Iterable[Term], weights: Mapping[str, float]) -> float:
    return sum(weights.get(key, 0.0) for key in {t.key for t in terms})
