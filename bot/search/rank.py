"""Ranks the facts of a pack for a question, with the evidence for each."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

from bot.core.facts import Pack
from bot.core.library import Hit, Ranker
from bot.search import index as indexing
from bot.search import question as questions
from bot.search.index import Index
from bot.search.question import Question
from bot.search.shapes import fit
from bot.search.weights import BARE, CURATED, Weights

MET = 0.5
"""From this strength on a term counts as met."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for one fact, each from 0 to about 1."""

    bag: float
    """The share of the question's weight met anywhere in the fact."""
    best: float
    """How far the nearest wording and the question are the same, both ways."""
    second: float
    claim: float
    """The share of the question met in the claim alone."""
    cover: float
    """The share of the question met in the nearest wording."""
    order: float
    """The share of neighbouring words of the question that are neighbours there too."""
    fit: float
    heavy: float
    """The weight of the heaviest word that is not met."""
    length: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """One fact under consideration."""

    fact: int
    row: int
    evidence: Evidence
    score: float
    met: frozenset[int]
    """Which of the question's terms the fact meets anywhere."""


def build(pack: Pack) -> Ranker:
    """Build the search over a pack."""
    index = indexing.build(pack)
    weights = CURATED if index.curated else BARE

    def rank(question: str, most: int = 10) -> Sequence[Hit]:
        asked = questions.read(index, question)
        found = candidates(index, asked, weights)
        return hits(index, asked, found, weights, most)

    return rank


def candidates(index: Index, asked: Question, weights: Weights) -> list[Candidate]:
    """Return every fact that meets anything of the question, best first."""
    in_rows = _met(asked, index.rows_with)
    in_facts = _met(asked, index.facts_with)
    rows: dict[int, list[tuple[float, float, int]]] = {}
    claims: dict[int, float] = {}
    for number, strengths in in_rows.items():
        row = index.rows[number]
        covered = _weighed(asked, strengths)
        share = covered / asked.weight
        if not row.wording:
            claims[row.fact] = share
        both = 2 * covered / (asked.weight + max(row.weight, covered))
        rows.setdefault(row.fact, []).append((both, share, number))
    made: list[Candidate] = []
    for fact, strengths in in_facts.items():
        nearest = sorted(rows.get(fact, [(0.0, 0.0, -1)]), reverse=True)
        evidence = _evidence(index, asked, fact, strengths, nearest, claims.get(fact, 0.0))
        score = sum(getattr(evidence, f) * w for f, w in weights.rank.items())
        met = frozenset(t for t, s in strengths.items() if s >= MET)
        made.append(Candidate(fact, nearest[0][2], evidence, score, met))
    return sorted(made, key=lambda c: (-c.score, c.fact))


def _met(asked: Question, postings: Mapping[str, Sequence[int]]) -> dict[int, dict[int, float]]:
    """Return, for each row (or fact), how strongly it meets each of the question's terms."""
    met: dict[int, dict[int, float]] = {}
    for number, term in enumerate(asked.asked):
        for key, strength in term.meets:
            for place in postings.get(key, ()):
                strengths = met.setdefault(place, {})
                if strength > strengths.get(number, 0.0):
                    strengths[number] = strength
    return met


def _weighed(asked: Question, strengths: Mapping[int, float]) -> float:
    return sum(asked.asked[number].weight * strength for number, strength in strengths.items())


def _evidence(
    index: Index,
    asked: Question,
    fact: int,
    strengths: Mapping[int, float],
    nearest: Sequence[tuple[float, float, int]],
    claim: float,
) -> Evidence:
    missing = [a.weight for n, a in enumerate(asked.asked) if strengths.get(n, 0.0) < MET]
    best, cover, row = nearest[0]
    return Evidence(
        bag=_weighed(asked, strengths) / asked.weight,
        best=best,
        second=nearest[1][0] if len(nearest) > 1 else best,
        claim=claim,
        cover=cover,
        order=_order(index, asked, row),
        fit=fit(asked.wants, index.facts[fact], index.shapes[fact]),
        heavy=max(missing, default=0.0) / index.heaviest,
        length=math.log1p(len(index.rows[row].keys) if row >= 0 else 0) / 3,
    )


def _order(index: Index, asked: Question, row: int) -> float:
    keys = [a.term.key for a in asked.asked]
    if row < 0 or len(keys) < 2:  # noqa: PLR2004 - one word has no neighbour
        return 0.0
    there = index.rows[row].keys
    beside = {frozenset(pair) for pair in zip(there, there[1:], strict=False)}
    weights = [a.weight for a in asked.asked]
    met = sum(
        weights[n] + weights[n + 1]
        for n in range(len(keys) - 1)
        if frozenset((keys[n], keys[n + 1])) in beside
    )
    return met / (2 * asked.weight)


def hits(
    index: Index, asked: Question, found: Sequence[Candidate], weights: Weights, most: int
) -> list[Hit]:
    """Return the best candidates as hits, with the chance that each answers the question."""
    made: list[Hit] = []
    for place, candidate in enumerate(found[:most]):
        fact = index.facts[candidate.fact]
        missing = [n for n in range(len(asked.asked)) if n not in candidate.met]
        made.append(
            Hit(
                fact,
                candidate.score,
                confidence(asked, found, place, weights),
                index.rows[candidate.row].wording if candidate.row >= 0 else "",
                tuple(asked.asked[n].term.raw for n in missing),
                tuple(asked.asked[n].term.raw for n in missing if not asked.asked[n].known),
            )
        )
    return made


def confidence(
    asked: Question, found: Sequence[Candidate], place: int, weights: Weights
) -> float:
    """Return the chance, from 0 to 1, that a candidate answers the question."""
    features = signs(asked, found, place)
    total = weights.bias + sum(features[name] * w for name, w in weights.trust.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def signs(asked: Question, found: Sequence[Candidate], place: int) -> dict[str, float]:
    """Return what tells whether a candidate answers the question at all."""
    here = found[place]
    rival = found[1] if place == 0 and len(found) > 1 else found[0]
    fifth = found[min(4, len(found) - 1)]
    missing = [a for n, a in enumerate(asked.asked) if n not in here.met]
    strange = [a for a in missing if not a.known]
    proper = [a for a in missing if a.term.proper]
    folded = f" {asked.text.lower()} ".replace("n't ", " not ")
    return {
        **{f.name: getattr(here.evidence, f.name) for f in fields(Evidence)},
        "score": here.score,
        "margin": here.score - rival.score,
        "fifth": here.score - fifth.score,
        "missing": len(missing) / 5,
        "proper": len(proper) / 3,
        "proper_weight": sum(a.weight for a in proper) / asked.weight,
        "numbers": float(sum(a.term.number for a in missing)),
        "strange": len(strange) / 3,
        "strange_weight": sum(a.weight for a in strange) / asked.weight,
        "terms": len(asked.asked) / 8,
        "not": float(" not " in folded or " never " in folded),
    }
