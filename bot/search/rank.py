"""Ranks the facts of a pack for a question, with the evidence for each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.search.index import Index
from bot.search.question import Question
from bot.search.shapes import fit
from bot.search.weights import Weights

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
    """The same for the second nearest."""
    claim: float
    """The share of the question met in the claim alone."""
    cover: float
    """The share of the question met in the nearest wording."""
    order: float
    """The share of neighbouring words of the question that are neighbours there too."""
    fit: float
    """How well the fact suits what sort of thing is asked for."""
    heavy: float
    """The weight of the heaviest word that is not met."""
    context: float
    """The share of the conversation's words that the fact has."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One fact under consideration."""

    fact: int
    row: int
    evidence: Evidence
    score: float
    met: frozenset[int]
    """Which of the question's terms the fact meets anywhere."""


def candidates(index: Index, asked: Question, weights: Weights) -> list[Candidate]:
    """Return every fact that meets anything of the question, best first."""
    in_facts = _met(asked, index.facts_with)
    near = _nearest(index, asked, in_facts)
    made: list[Candidate] = []
    for fact, strengths in in_facts.items():
        evidence, row = _evidence(index, asked, fact, strengths, near.get(fact, _NOWHERE))
        score = weights.score(evidence)
        met = frozenset(t for t, s in strengths.items() if s >= MET)
        made.append(Candidate(fact, row, evidence, score, met))
    return sorted(made, key=lambda c: (-c.score, c.fact))


@dataclass(slots=True)
class _Near:
    """The nearest texts of one fact."""

    best: float = 0.0
    second: float = 0.0
    cover: float = 0.0
    claim: float = 0.0
    row: int = -1


_NOWHERE = _Near()


def _nearest(index: Index, asked: Question, facts: Mapping[int, object]) -> dict[int, _Near]:
    near: dict[int, _Near] = {}
    for number, strengths in _met(asked, index.rows_with).items():
        row = index.rows[number]
        covered = sum(asked.asked[n].weight * s for n, s in strengths.items())
        both = 2 * covered / (asked.weight + max(row.weight, covered))
        found = near.setdefault(row.fact, _Near())
        if not row.wording:
            found.claim = covered / asked.weight
        if both > found.best:
            found.second, found.best = found.best, both
            found.cover, found.row = covered / asked.weight, number
        elif both > found.second:
            found.second = both
    return near


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


def _evidence(
    index: Index, asked: Question, fact: int, strengths: Mapping[int, float], near: _Near
) -> tuple[Evidence, int]:
    missing = [a.weight for n, a in enumerate(asked.asked) if strengths.get(n, 0.0) < MET]
    bag = sum(asked.asked[n].weight * s for n, s in strengths.items()) / asked.weight
    context = sum(w for key, w in asked.context.items() if fact in index.holders.get(key, ()))
    evidence = Evidence(
        bag=bag,
        best=near.best,
        second=near.second,
        claim=near.claim,
        cover=near.cover,
        order=_order(index, asked, near.row),
        fit=fit(asked.wants, index.facts[fact], index.shapes[fact]),
        heavy=max(missing, default=0.0) / index.heaviest,
        context=context,
    )
    return evidence, near.row


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
