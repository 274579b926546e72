"""Facts as rows of terms, with postings: what the ranking reads. Built once per pack, never changed."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from bot.core.facts import Fact, Pack
from bot.search import names, spelling, thesaurus
from bot.search.rows import Reader, Row, bag, denied, reader, row
from bot.search.shapes import shapes
from bot.search.spelling import Speller
from bot.search.terms import Lexicon

T = TypeVar("T")
Postings = Mapping[str, Sequence[int]]

BEGINNING = 5
"""How many letters words must share to be taken for kin."""


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
    speller: Speller
    exact: Mapping[tuple[str, ...], int]
    """The stems of each wording that points to one fact, with that fact's number."""
    beginnings: Mapping[str, Sequence[str]]
    kinds: Mapping[str, str]
    """The kind of each named thing."""

    def beginning(self, letters: str) -> Sequence[str]:
        """Return the pack's stems that begin with these five letters."""
        return self.beginnings.get(letters, ())


def build(pack: Pack) -> Index:
    """Index a pack."""
    lexicon = Lexicon(names.build(pack.entities), thesaurus.build(pack.synonyms))
    read = reader(lexicon)
    bags = [bag(fact, pack, read) for fact in pack.facts]
    weights, heaviest = _weights(bags)
    texts = [_texts(fact, read, weights) for fact in pack.facts]
    rows, rows_of = _numbered(texts)
    facts_with = _grouped((key, n) for n, found in enumerate(bags) for key in found)
    silent = [row(text, read, weights, heaviest) for text in pack.unanswered]
    vocabulary = sorted(k for k in facts_with if k[0] not in "@~" and not k[0].isdigit())
    return Index(
        facts=pack.facts,
        lexicon=lexicon,
        rows=rows,
        rows_of=rows_of,
        facts_with=facts_with,
        shares=_shares(texts),
        silent=silent,
        silent_with=_grouped((key, n) for n, s in enumerate(silent) for key in s.posted),
        weights=weights,
        heaviest=heaviest,
        shapes=[shapes(fact.claim) for fact in pack.facts],
        curated=any(fact.asks for fact in pack.facts),
        speller=_speller(pack, read, lexicon),
        exact=_exact(pack, read),
        beginnings=_grouped((k[:BEGINNING], k) for k in vocabulary if len(k) >= BEGINNING),
        kinds={entity.id: entity.kind for entity in pack.entities.values()},
    )


def _speller(pack: Pack, read: Reader, lexicon: Lexicon) -> Speller:
    """Learn to spell from everything that stands in the pack or is asked of it."""
    texts = [fact.claim for fact in pack.facts]
    texts += [wording.text for fact in pack.facts for wording in fact.asks]
    texts += [text for fact in pack.facts for text in (fact.evidence, fact.correction)]
    return spelling.build(
        (read(text).raw for text in (*texts, *pack.unanswered)), lexicon.thesaurus.words
    )


def _exact(pack: Pack, read: Reader) -> dict[tuple[str, ...], int]:
    meant: dict[tuple[str, ...], set[int]] = defaultdict(set)
    for number, fact in enumerate(pack.facts):
        for wording in fact.asks:
            meant[read(wording.text).stems].add(number)
    return {stems: facts.pop() for stems, facts in meant.items() if stems and len(facts) == 1}


def _texts(fact: Fact, read: Reader, weights: Mapping[str, float]) -> list[Row]:
    claim = replace(row(fact.claim, read, weights), wording="")
    asks = (replace(row(w.text, read, weights), denied=denied(w)) for w in fact.asks)
    return [claim, *asks]


def _numbered(texts: Sequence[Sequence[Row]]) -> tuple[list[Row], list[range]]:
    """Return all rows in one list, and which of them are each fact's."""
    rows: list[Row] = []
    rows_of: list[range] = []
    for own in texts:
        rows_of.append(range(len(rows), len(rows) + len(own)))
        rows += own
    return rows, rows_of


def _shares(texts: Sequence[Sequence[Row]]) -> dict[str, dict[int, float]]:
    shares: dict[str, dict[int, float]] = defaultdict(dict)
    for number, own in enumerate(texts):
        times = Counter(key for row in own for key in row.posted)
        for key, count in times.items():
            shares[key][number] = count / len(own)
    return shares


def _grouped(pairs: Iterable[tuple[str, T]]) -> dict[str, list[T]]:
    grouped: dict[str, list[T]] = defaultdict(list)
    for key, value in pairs:
        grouped[key].append(value)
    return grouped


def _weights(bags: Sequence[set[str]]) -> tuple[dict[str, float], float]:
    count: dict[str, int] = defaultdict(int)
    for found in bags:
        for key in found:
            count[key] += 1
    total = len(bags)
    weights = {key: math.log(1 + total / (n + 0.5)) for key, n in count.items()}
    return weights, math.log(1 + total / 0.5)
