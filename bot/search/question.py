"""A question as weighted terms, each with everything in the index by which it may be met."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from bot.core.conversation import yes_no
from bot.search.index import BEGINNING, Index
from bot.search.shapes import asked_for, sorts
from bot.search.terms import NAME, Term
from bot.search.text import words

SAME = 1.0
SYNONYM = 0.8
KIN = 0.6
STEMMATE = 0.6
PARTLY = 0.45
"""A word inside a phrase is not yet the phrase: a nuclear bomb is no bomb at Deir Ezzor."""
_SOFT = frozenset(
    "author writer report piece stori tell show claim describ state peopl thing exact kind type sort part "
    "piec account text anyth someth somebodi anybodi everyth accord realli true fals correct right wrong "
    "also even ever yet still us onli first hey hello hi ok fake confirm accur record believ check support "
    "statement truth prove proven verifi sure sorri kind brief broad chiefli total everyth altogeth list "
    "say said tell told articl text enumer overview summari summaris summar timelin chronolog toll number figur amount count".split()
)
"""Stems that say how something is asked rather than what about."""
_SOFT_GROUPS = frozenset({"~number", "~list", "~summary", "~article"})
_SOFTENED = 0.3
_FAINT = 0.4
"""How much a word from before counts against one of the question."""
_MOST_BEFORE = 7


@dataclass(frozen=True, slots=True)
class Asked:
    """One term of a question with its weight and the keys that meet it, each with a strength."""

    term: Term
    weight: float
    meets: tuple[tuple[str, float], ...]
    known: bool
    """Whether anything in the pack meets it."""
    soft: bool = False
    """Whether it says how something is asked, or comes from what was said before: never missed."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question, ready to be held against the index."""

    text: str
    asked: tuple[Asked, ...]
    wants: frozenset[str]
    """What sorts of things it asks for; see `shapes.asked_for`."""
    weight: float
    yes_no: bool
    bare: bool
    """Whether it has no content of its own."""
    words: frozenset[str]
    """Every stem of it, small words included."""
    sorts: frozenset[str]
    """What it wants, of the sorts that exclude each other."""
    means: int | None
    """The number of the fact one of whose wordings it is, to the word."""


def read(index: Index, text: str, context: str = "") -> Question:
    """Take a question apart; `context` is what the conversation was about."""
    found = index.lexicon.mended(words(text), index.speller)
    terms = index.lexicon.of(found, index.speller.known)
    unique = {t.key: t for t in terms}
    tested = yes_no(text)
    own = [_asked(index, term, tested=tested) for term in unique.values()]
    if all(a.soft for a in own):  # "tldr" is all there is
        own = [replace(a, soft=False) for a in own]
    asked = (*own, *_said_before(index, unique, context))
    weight = sum(a.weight for a in asked) or 1.0
    every = frozenset(w.stem for w in found)
    bare = all(_is_soft(index, t) for t in terms)
    means = index.exact.get(tuple(w.stem for w in found))
    return Question(text, asked, asked_for(text), weight, tested, bare, every, sorts(text), means)


def _said_before(index: Index, terms: Mapping[str, Term], context: str) -> list[Asked]:
    """Return what the conversation keeps coming back to; a name gives way to one of its sort."""
    if not context:
        return []
    sorts = {index.kinds.get(key[1:]) for key in terms if key.startswith(NAME)}
    before = index.lexicon.terms(context)
    times = Counter(t.key for t in before)
    kept = [
        _asked(index, term, tested=False)
        for term in {t.key: t for t in before}.values()
        if term.key not in terms
        and term.key not in _SOFT
        and not (term.key.startswith(NAME) and index.kinds.get(term.key[1:]) in sorts)
    ]
    kept.sort(key=lambda a: -times[a.term.key] * a.weight)
    return [
        replace(a, weight=a.weight * _FAINT, soft=True, meets=((a.term.key, SAME),))
        for a in kept[:_MOST_BEFORE]
        if a.term.key in index.facts_with
    ]


def _asked(index: Index, term: Term, *, tested: bool) -> Asked:
    meets: dict[str, float] = {}
    for key, strength in _meeting(index, term):
        if (key in index.facts_with or key in index.silent_with) and strength > meets.get(
            key, 0.0
        ):
            meets[key] = strength
    # A rarer word tells more; one that the pack lacks tells most of all.
    weights = [
        index.weights[key] * (0.9 + 0.1 * s)
        for key, s in meets.items()
        if s >= KIN and key in index.weights
    ]
    weight = index.weights.get(term.key) or max(weights, default=index.heaviest)
    soft = _is_soft(index, term)
    # "Did seven soldiers die?" is about the soldiers; the seven is what is to be tested.
    if soft or (tested and term.number):
        weight *= _SOFTENED
    known = any(key in index.facts_with for key in meets)
    return Asked(term, weight, tuple(meets.items()), known, soft)


def _is_soft(index: Index, term: Term) -> bool:
    if term.key.startswith(NAME):
        return index.kinds.get(term.key[1:]) == "publication"
    return term.key in _SOFT or term.key in {"1", "2"} or bool(term.groups & _SOFT_GROUPS)


def _meeting(index: Index, term: Term) -> Iterable[tuple[str, float]]:
    yield term.key, SAME
    if term.key.startswith(NAME):
        kin = index.lexicon.names.families.get(term.key[1:], frozenset())
        yield from ((NAME + key, KIN) for key in kin)
        return
    yield from ((group, SYNONYM) for group in term.groups)
    yield from ((stem, PARTLY) for stem in term.inner)
    if term.number or term.key.startswith("~"):
        return
    if term.key not in index.facts_with:
        yield from _stemmates(index, term.key)


def _stemmates(index: Index, stem: str) -> Iterable[tuple[str, float]]:
    """Yield words that share most of their beginning: Normandy and Norman."""
    if len(stem) < BEGINNING:
        return
    for other in index.beginning(stem[:BEGINNING]):
        shared = next(
            (n for n, (a, b) in enumerate(zip(stem, other, strict=False)) if a != b),
            min(len(stem), len(other)),
        )
        if shared >= 0.6 * max(len(stem), len(other)):
            yield other, STEMMATE
