"""Ranks the facts of a pack for a question, with the evidence for each."""

import heapq
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.search.index import Index
from bot.search.question import Question
from bot.search.shapes import agree, fit, unfit
from bot.search.weights import Weights

SHORTLIST = 32
"""How many facts are looked at closely."""
CENTRAL = 2.5
"""A word in two of five texts of a fact is what the fact is about."""
KINDRED = 0.4
"""How much it counts that a wording asks for the same sort of thing: when, who, how many."""
MET = 0.5
"""From this strength on a term counts as met."""


Meeting = dict[str, list[tuple[int, float]]]
"""For each key, the question's terms that it meets, by number, each with its weight there."""


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
    literal: float
    """How many words, small ones included, the question shares with one wording."""
    kindred: float
    """Whether that wording asks for the same sort of thing."""
    lacking: float
    """The weight of the heaviest word that the nearest wording does not have."""
    joint: float
    """Sameness and shared words with the nearest wording together, from 0 to 2."""
    silent: float
    """The same for the nearest question that the pack must decline."""
    central: float
    """The share of the question met in most texts of the fact, not only in one."""
    fit: float
    """How well the fact suits what sort of thing is asked for."""
    unfit: float
    """1 where the fact has nothing of the sort that is asked for."""
    heavy: float
    """The weight of the heaviest word that is not met."""


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
    """Return the facts that meet most of the question, best first."""
    in_facts = _met(asked, index.facts_with)
    bags = {
        fact: sum(asked.asked[n].weight * s for n, s in strengths.items())
        for fact, strengths in in_facts.items()
    }
    meeting: Meeting = {}
    for number, term in enumerate(asked.asked):
        for key, strength in term.meets:
            meeting.setdefault(key, []).append((number, term.weight * strength))
    silent = silence(index, asked, meeting)
    made: list[Candidate] = []
    shortlist = heapq.nlargest(SHORTLIST, bags, key=lambda f: (bags[f], -f))
    if asked.means is not None and asked.means not in shortlist:
        shortlist.append(asked.means)
    for fact in shortlist:
        strengths = in_facts.get(fact, {})
        near = _nearest(index, asked, fact, meeting)
        near.silent = silent
        evidence = _evidence(index, asked, fact, strengths, near)
        met = frozenset(t for t, s in strengths.items() if s >= MET)
        made.append(Candidate(fact, near.row, evidence, weights.score(evidence), met))
    return sorted(made, key=lambda c: (-c.score, c.fact))


@dataclass(slots=True)
class _Near:
    """The nearest texts of one fact."""

    best: float = 0.0
    second: float = 0.0
    cover: float = 0.0
    claim: float = 0.0
    literal: float = 0.0
    kindred: float = 0.0
    joint: float = 0.0
    silent: float = 0.0
    row: int = -1


def _nearest(index: Index, asked: Question, fact: int, meeting: Meeting) -> _Near:
    near = _Near()
    keys = meeting.keys()
    for number in index.rows_of[fact]:
        row = index.rows[number]
        common = row.posted & keys
        if not common or (row.denied and not asked.yes_no):
            continue
        covered = _covered(common, meeting)
        if not row.wording:
            near.claim = covered / asked.weight
        both = 2 * covered / (asked.weight + max(row.weight, covered))
        shared = len(row.words & asked.words)
        literal = 2 * shared / (len(row.words) + len(asked.words))
        kindred = agree(asked.sorts, row.wants)
        joint = both + literal + KINDRED * kindred
        if joint > near.joint:
            near.second, near.joint = near.joint, joint
            near.best, near.literal, near.kindred = both, literal, kindred
            near.cover, near.row = covered / asked.weight, number
        elif joint > near.second:
            near.second = joint
    return near


def _covered(common: Iterable[str], meeting: Meeting) -> float:
    """Return how much of the question's weight these keys of a text meet."""
    strongest: dict[int, float] = {}
    for key in common:
        for number, weight in meeting[key]:
            if weight > strongest.get(number, 0.0):
                strongest[number] = weight
    return sum(strongest.values())


def silence(index: Index, asked: Question, meeting: Meeting) -> float:
    """Return how near the question is to one that the pack must decline, as `joint` of a fact."""
    rows = {n for key in meeting for n in index.silent_with.get(key, ())}
    best = 0.0
    for number in rows:
        row = index.silent[number]
        covered = _covered(row.posted & meeting.keys(), meeting)
        both = 2 * covered / (asked.weight + max(row.weight, covered))
        literal = 2 * len(row.words & asked.words) / (len(row.words) + len(asked.words))
        best = max(best, both + literal + KINDRED * agree(asked.sorts, row.wants))
    return best


def _met(asked: Question, postings: Mapping[str, Sequence[int]]) -> dict[int, dict[int, float]]:
    """Return, for each fact, how strongly it meets each of the question's terms."""
    met: dict[int, dict[int, float]] = {}
    for number, term in enumerate(asked.asked):
        for key, strength in term.meets:
            for place in postings.get(key, ()):
                strengths = met.setdefault(place, {})
                if strength > strengths.get(number, 0.0):
                    strengths[number] = strength
    return met


def _evidence(
    index: Index,
    asked: Question,
    fact: int,
    strengths: Mapping[int, float],
    near: _Near,
) -> Evidence:
    missing = [
        a.weight for n, a in enumerate(asked.asked) if not a.soft and strengths.get(n, 0.0) < MET
    ]
    bag = sum(asked.asked[n].weight * s for n, s in strengths.items()) / asked.weight
    return Evidence(
        bag=bag,
        best=near.best,
        second=near.second,
        claim=near.claim,
        cover=near.cover,
        literal=near.literal,
        kindred=near.kindred,
        joint=near.joint,
        silent=near.silent,
        lacking=_lacking(index, asked, near.row) / index.heaviest,
        order=_order(index, asked, near.row),
        central=_central(index, asked, fact),
        fit=fit(asked.wants, index.facts[fact], index.shapes[fact]),
        unfit=float(not asked.yes_no and unfit(asked.wants, index.facts[fact])),
        heavy=max(missing, default=0.0) / index.heaviest,
    )


def _central(index: Index, asked: Question, fact: int) -> float:
    """Weigh each word of the question by how much of the fact turns on it."""
    total = 0.0
    for term in asked.asked:
        shares = (index.shares[k].get(fact, 0.0) * s for k, s in term.meets if k in index.shares)
        total += term.weight * min(1.0, CENTRAL * max(shares, default=0.0))
    return total / asked.weight


def _lacking(index: Index, asked: Question, row: int) -> float:
    there = index.rows[row].posted if row >= 0 else frozenset[str]()
    return max(
        (a.weight for a in asked.asked if not a.soft and not any(k in there for k, _ in a.meets)),
        default=0.0,
    )


def _order(index: Index, asked: Question, row: int) -> float:
    keys = [a.term.key for a in asked.asked]
    if row < 0 or len(keys) < 2:  # noqa: PLR2004 - one word has no neighbour
        return 0.0
    there = index.rows[row].keys
    beside = {frozenset(pair) for pair in pairwise(there)}
    weights = [a.weight for a in asked.asked]
    met = sum(
        weights[n] + weights[n + 1]
        for n in range(len(keys) - 1)
        if frozenset((keys[n], keys[n + 1])) in beside
    )
    return met / (2 * asked.weight)
