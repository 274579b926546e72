"""The search over a pack: what the rest of the program calls."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.facts import Fact, Pack
from bot.core.library import Hit, Missing, Ranker
from bot.core.words import say
from bot.search import index as indexing
from bot.search.index import Index
from bot.search.question import Asked, Question, read
from bot.search.rank import Candidate, candidates
from bot.search.terms import NAME, Term
from bot.search.text import MONTHS, stem
from bot.search.trust import confidence
from bot.search.weights import BARE, CURATED, Weights

_DATE = re.compile(r"(\d{1,2})([a-z]{3})")
MONTH_STEMS = frozenset(stem(month) for month in MONTHS)


def build(pack: Pack) -> Ranker:
    """Build the search over a pack."""
    index = indexing.build(pack)
    weights = CURATED if index.curated else BARE
    claims = [_claimed(index, fact) for fact in pack.facts]
    corrections = [_corrected(index, fact) for fact in pack.facts]
    return _Search(index, weights, claims, corrections, _held_back(pack))


@dataclass(frozen=True)
class _Search:
    index: Index
    weights: Weights
    claims: Sequence[frozenset[str]]
    """The terms of what the source itself says in each fact."""
    corrections: Sequence[frozenset[str]]
    """The terms of what others say instead."""
    held_back: frozenset[str]
    """Terms that no reply repeats: the persons whom only restricted facts name."""

    def __call__(self, question: str, context: str = "", most: int = 10) -> Sequence[Hit]:
        asked = read(self.index, question, context)
        found = candidates(self.index, asked, self.weights)
        if not context:  # a wording to the word means its fact, whatever else comes near
            found.sort(key=lambda c: c.fact != asked.means)
        return [self._hit(asked, found, place) for place in range(min(most, len(found)))]

    def _hit(self, asked: Question, found: Sequence[Candidate], place: int) -> Hit:
        index, here = self.index, found[place]
        exact = here.fact == asked.means
        lacking = (a for n, a in enumerate(asked.asked) if n not in here.met and not a.soft)
        tested = (asked.asked[n] for n in sorted(here.met) if _testable(asked.asked[n].term))
        return Hit(
            fact=index.facts[here.fact],
            score=here.score,
            confidence=1.0 if exact else confidence(index, asked, found, place, self.weights),
            wording=index.rows[here.row].wording if here.row >= 0 else "",
            nearness=1.0 if exact else here.evidence.best,
            covered=here.evidence.bag,
            missing=() if exact else tuple(self._missing(a) for a in lacking),
            denied=tuple(a.term.raw for a in tested if self._denies(here.fact, a)),
            kindred=here.evidence.kindred,
            words=sum(not a.soft for a in asked.asked),
            rarest=self._rarest(asked),
            exact=exact,
            bare=asked.bare,
        )

    def _denies(self, fact: int, asked: Asked) -> bool:
        """Say whether the source has something else: another number, or the name that is right."""
        claimed = self.claims[fact]
        if _in(asked, claimed):
            return False
        if asked.term.number and not asked.soft and any(key[0].isdigit() for key in claimed):
            return True
        return _in(asked, self.corrections[fact])

    def _missing(self, asked: Asked) -> Missing:
        sort, raw = _sort(self.index, asked.term), self._shown(asked.term)
        return Missing(raw.title() if sort == "country" else raw, sort, known=asked.known)

    def _rarest(self, asked: Question) -> str:
        own = [a for a in asked.asked if not a.soft]
        return self._shown(max(own, key=lambda a: a.weight).term) if own else ""

    def _shown(self, term: Term) -> str:
        return say("decline.person") if term.key in self.held_back else _as_typed(term)


def _held_back(pack: Pack) -> frozenset[str]:
    free = {entity for fact in pack.facts if not fact.restricted for entity in fact.entities}
    held = {entity for fact in pack.facts if fact.restricted for entity in fact.entities} - free
    persons = {entity.id for entity in pack.entities.values() if entity.kind == "person"}
    return frozenset(NAME + entity for entity in held & persons)


def _claimed(index: Index, fact: Fact) -> frozenset[str]:
    """Return the terms of what the source itself says, without what others say."""
    values = (f"{v.value} {v.unit}" for v in fact.values)
    return _terms(index, [fact.claim, fact.answer, *values, *(p.text for p in fact.parts)])


def _corrected(index: Index, fact: Fact) -> frozenset[str]:
    """Return the terms of what others say instead of the source."""
    values = (f"{v.value} {v.unit}" for v in fact.correct_values)
    return _terms(index, [fact.correct, fact.correction, *values])


def _terms(index: Index, texts: Sequence[str]) -> frozenset[str]:
    terms = [t for text in texts for t in index.lexicon.terms(text)]
    return frozenset(key for t in terms for key in (t.key, *t.groups))


def _testable(term: Term) -> bool:
    return term.number or term.key.startswith(NAME)


def _in(asked: Asked, claimed: frozenset[str]) -> bool:
    return any(key in claimed for key, _ in asked.meets)


def _as_typed(term: Term) -> str:
    """Return a term to be named in a reply: names with capitals, dates as people write them."""
    found = _DATE.fullmatch(term.raw)
    if found:
        return f"{found[1]} {found[2].capitalize()}"
    return term.raw.title() if term.proper and term.raw.isalpha() else term.raw


def _sort(index: Index, term: Term) -> str:
    if term.number or term.key in MONTH_STEMS:
        return "number"
    if term.key.startswith(NAME):
        return index.kinds.get(term.key[1:], "name")
    if index.lexicon.is_country(term):
        return "country"
    return "name" if term.proper else ""
