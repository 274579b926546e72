"""A question as weighted terms, each with everything in the index by which it may be met."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.core.conversation import yes_no
from bot.search.index import Index
from bot.search.names import sound
from bot.search.shapes import asked_for
from bot.search.terms import NAME, Term

SAME = 1.0
SYNONYM = 0.8
TYPO = 0.85
KIN = 0.6
STEMMATE = 0.6
_SOFT = frozenset(
    "author writer report piece stori tell show claim describ state peopl thing exact kind type sort part "
    "piec account text anyth someth somebodi anybodi everyth accord realli true fals correct right wrong "
    "also even ever yet still us onli first hey hello hi ok fake confirm accur record believ check support "
    "statement truth prove proven verifi sure sorri kind brief broad chiefli total everyth altogeth list "
    "enumer overview summari summaris summar timelin chronolog toll number figur amount count".split()
)
"""Stems that say how something is asked rather than what about."""
_SOFTENED = 0.3

@dataclass(frozen=True, slots=True)
class Asked:
    """One term of a question with its weight and the keys that meet it, each with a strength."""

    term: Term
    weight: float
    meets: tuple[tuple[str, float], ...]
    known: bool
    """Whether anything in the pack meets it."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question, ready to be held against the index."""

    text: str
    asked: tuple[Asked, ...]
    wants: frozenset[str]
    """What sorts of things it asks for; see `shapes.asked_for`."""
    weight: float
    yes_no: bool
    context: Mapping[str, float]
    """What the conversation was about: terms with weights that add up to 1."""
    bare: bool
    """Whether it has no content of its own."""


def read(index: Index, text: str, context: str = "") -> Question:
    """Take a question apart; `context` is what the conversation was about."""
    terms = index.lexicon.terms(text, index.known)
    unique = {t.key: t for t in terms}.values()
    tested = yes_no(text)
    asked = tuple(_asked(index, term, tested=tested) for term in unique)
    return Question(
        text,
        asked,
        asked_for(text),
        sum(a.weight for a in asked) or 1.0,
        tested,
        _context(index, terms, context),
        all(a.term.key in _SOFT for a in asked),
    )


def _context(index: Index, terms: Iterable[Term], context: str) -> dict[str, float]:
    """Weigh the conversation's words; a name gives way to one of its sort in the question."""
    sorts = {index.kinds.get(t.key[1:]) for t in terms if t.key.startswith(NAME)}
    kept = {
        t.key: index.weights.get(t.key, 0.0)
        for t in index.lexicon.terms(context)
        if t.key not in _SOFT and not (t.key.startswith(NAME) and index.kinds.get(t.key[1:]) in sorts)
    }
    total = sum(kept.values()) or 1.0
    return {key: weight / total for key, weight in kept.items()}


def _asked(index: Index, term: Term, *, tested: bool) -> Asked:
    meets: dict[str, float] = {}
    for key, strength in _meeting(index, term):
        if key in index.facts_with and strength > meets.get(key, 0.0):
            meets[key] = strength
    # A rarer word tells more; one that the pack lacks tells most of all.
    weights = [index.weights[key] * (0.9 + 0.1 * s) for key, s in meets.items() if s >= KIN]
    weight = index.weights.get(term.key) or max(weights, default=index.heaviest)
    # "Did seven soldiers die?" is about the soldiers; the seven is what is to be tested.
    if term.key in _SOFT or (tested and term.number):
        weight *= _SOFTENED
    return Asked(term, weight, tuple(meets.items()), bool(meets))


def _meeting(index: Index, term: Term) -> Iterable[tuple[str, float]]:
    yield term.key, SAME
    if term.key.startswith(NAME):
        kin = index.lexicon.names.families.get(term.key[1:], frozenset())
        yield from ((NAME + key, KIN) for key in kin)
        return
    yield from ((group, SYNONYM) for group in term.groups)
    if term.number or term.key.startswith("~"):
        return
    if term.key not in index.facts_with:
        yield from _stemmates(index, term.key)
        if not any(group in index.facts_with for group in term.groups):
            yield from _misspelt(index, term)


def _stemmates(index: Index, stem: str) -> Iterable[tuple[str, float]]:
    """Yield words that share most of their beginning: Normandy and Norman."""
    if len(stem) < 5:  # noqa: PLR2004 - a short beginning says nothing
        return
    for other in index.beginning(stem[:5]):
        shared = next((n for n, (a, b) in enumerate(zip(stem, other, strict=False)) if a != b), min(len(stem), len(other)))
        if shared >= 0.6 * max(len(stem), len(other)):
            yield other, STEMMATE


def _misspelt(index: Index, term: Term) -> Iterable[tuple[str, float]]:
    """Yield what a word that is written nowhere may have been meant to be."""
    stem = term.key
    if len(stem) < 4 or index.lexicon.thesaurus.groups.get(stem):  # noqa: PLR2004
        return
    most = 1 if len(stem) < 6 else 2  # noqa: PLR2004 - letters that may be wrong
    for words in (index.vocabulary, index.spelt):
        close = process.extract(stem, words, scorer=OSA.distance, score_cutoff=most, limit=6)
        likely = [w for w, _, _ in close if w[0] == stem[0] or len(stem) > 5]  # noqa: PLR2004
        if likely:
            for other in likely:
                yield from _as_written(index, other)
            break
    heard = index.heard.get(sound(stem), ()) if len(stem) > 4 else ()  # noqa: PLR2004
    for other in heard:
        yield from _as_written(index, other)


def _as_written(index: Index, stem: str) -> Iterable[tuple[str, float]]:
    yield stem, TYPO
    yield from ((group, TYPO * SYNONYM) for group in index.lexicon.thesaurus.groups.get(stem, ()))
