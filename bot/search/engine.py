"""The search over a pack: what the rest of the program calls."""

from collections.abc import Sequence

from bot.core.facts import Fact, Pack
from bot.core.library import Hit, Missing, Ranker
from bot.search import index as indexing
from bot.search.index import Index
from bot.search.question import Asked, Question, read
from bot.search.rank import Candidate, candidates
from bot.search.terms import NAME, Term
from bot.search.text import MONTHS, stem
from bot.search.trust import confidence
from bot.search.weights import BARE, CURATED, Weights


MONTH_STEMS = frozenset(stem(month) for month in MONTHS)


def build(pack: Pack) -> Ranker:
    """Build the search over a pack."""
    index = indexing.build(pack)
    weights = CURATED if index.curated else BARE
    claims = [_claimed(index, fact) for fact in pack.facts]

    def rank(question: str, context: str = "", most: int = 10) -> Sequence[Hit]:
        asked = read(index, question, context)
        found = candidates(index, asked, weights)
        return [
            _hit(index, asked, found, place, weights, claims) for place in range(min(most, len(found)))
        ]

    return rank


def _claimed(index: Index, fact: Fact) -> frozenset[str]:
    """Return the terms of what the source itself says, without what others say."""
    values = (f"{v.value} {v.unit}" for v in fact.values)
    texts = [fact.claim, fact.answer, *values, *(p.text for p in fact.parts)]
    terms = [t for text in texts for t in index.lexicon.terms(text)]
    return frozenset(key for t in terms for key in (t.key, *t.groups))


def _hit(
    index: Index,
    asked: Question,
    found: Sequence[Candidate],
    place: int,
    weights: Weights,
    claims: Sequence[frozenset[str]],
) -> Hit:
    here = found[place]
    met = [asked.asked[n] for n in sorted(here.met)]
    return Hit(
        fact=index.facts[here.fact],
        score=here.score,
        confidence=confidence(index, asked, found, place, weights),
        wording=index.rows[here.row].wording if here.row >= 0 else "",
        nearness=here.evidence.best,
        covered=here.evidence.bag,
        missing=tuple(
            _missing(index, a)
            for n, a in enumerate(asked.asked)
            if n not in here.met and not a.soft
        ),
        denied=tuple(a.term.raw for a in met if _testable(a.term) and not _in(a, claims[here.fact])),
        kindred=here.evidence.kindred,
        words=sum(not a.soft for a in asked.asked),
        bare=asked.bare,
    )


def _testable(term: Term) -> bool:
    return term.number or term.key.startswith(NAME)


def _in(asked: Asked, claimed: frozenset[str]) -> bool:
    return any(key in claimed for key, _ in asked.meets)


def _missing(index: Index, asked: Asked) -> Missing:
    return Missing(asked.term.raw, _sort(index, asked.term), known=asked.known)


def _sort(index: Index, term: Term) -> str:
    if term.number or term.key in MONTH_STEMS:
        return "number"
    if term.key.startswith(NAME):
        return index.kinds.get(term.key[1:], "name")
    if index.lexicon.is_country(term):
        return "country"
    return "name" if term.proper else ""
