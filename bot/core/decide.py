"""Decides by evidence whether a ranked fact answers a question, and how directly."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.answer import Outcome
from bot.core.conversation import yes_no
from bot.core.facts import Fact, Kind
from bot.core.library import Hit, Library, Missing, Shelf

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_DATE = re.compile(rf"\b\d{{1,2}} (?:of )?{_MONTH}\b|\b{_MONTH} \d{{1,2}}\b", re.IGNORECASE)
_LONG_WORD = re.compile(r"\b(?!what|when|where|which|there|their|about|happen)\w{4,}")

SURE = 0.12
"""From this confidence on a fact is given as the answer."""
LIKELY = 0.06
"""From this confidence on a fact is worth offering."""
LEVEL = 0.07
"""Two facts whose scores differ by less than this share are equally likely."""
TIE = 0.01
"""The same for a question of many words, which must be as good as equal."""
VAGUE = 0.15
"""The same for a question of a single word, which may mean many things."""
PLAIN = 0.75
"""A question as near as this to a curated wording means that wording's fact."""
FEW = 2
"""Content words of a question that may be too vague to be answered."""
GOOD = 0.8
"""The share of the best score from which another fact may take its place."""
NEARLY = 0.5
"""A fact that has this share of the question is worth offering instead of an answer."""
NAMED = 0.7
"""A few words must come this near to a wording before they bring up one of the dead."""
BRIEF = 4
"""So many words are few."""
MOST_ASKED = 3


@dataclass(frozen=True, slots=True)
class Found:
    """A hit with the shelf it stands on."""

    shelf: Shelf
    hit: Hit

    @property
    def fact(self) -> Fact:
        """Return the fact found."""
        return self.hit.fact


@dataclass(frozen=True, slots=True)
class Decision:
    """How a question is to be met, and with what."""

    outcome: Outcome
    chosen: Found | None = None
    options: tuple[Found, ...] = ()
    """What to offer: readings to choose from, or what the pack has instead."""
    missing: tuple[Missing, ...] = ()
    """What of the question the pack does not have."""
    about: str = ""
    """The most telling word of the question."""
    negative: bool = False
    """Whether a yes/no question tests for something that the fact does not have."""


def find(question: str, context: str, library: Library) -> tuple[Found, ...]:
    """Return the facts of all packs nearest to a question, best first."""
    found = [
        Found(shelf, hit) for shelf in library.shelves for hit in shelf.rank(question, context)
    ]
    if len(library.shelves) > 1:
        found.sort(key=lambda f: -f.hit.confidence)
    return tuple(found)


def decide(question: str, found: Sequence[Found]) -> Decision:
    """Decide between an answer, asking back, and saying that the pack does not have it."""
    if not found:
        return Decision(Outcome.DECLINED, about=_telling(question))
    tested = yes_no(question)
    best = found[0]
    if best.hit.exact:
        return Decision(Outcome.ANSWERED, best)
    odd = strange(best.hit, tested=tested)
    if odd:
        other = next((f for f in found[1:5] if _as_good(f, best, tested=tested)), None)
        if other is None:
            return _declined(found, odd)
        best = other
    if best.hit.confidence < SURE or _off(best.hit) or _stray(question, best.hit):
        return _declined(found, best.hit.missing)
    level = _level(best, found)
    if level:
        return Decision(Outcome.ASKED, options=(best, *level)[:MOST_ASKED])
    negative = tested and any(m.sort for m in best.hit.missing)
    return Decision(Outcome.ANSWERED, best, negative=negative)


def _stray(question: str, hit: Hit) -> bool:
    """Say whether a word or a pronoun came upon the dead by chance: "soldiers", "how old was he"."""
    few = hit.words <= 1 and len(question.split()) <= BRIEF
    return hit.fact.restricted and few and hit.nearness < NAMED


def _telling(question: str) -> str:
    """Return what a question of which the pack has no word seems to be about."""
    dated = _DATE.search(question)
    words = sorted(_LONG_WORD.findall(question), key=len)
    return dated[0] if dated else words[-1] if words else ""


def strange(hit: Hit, *, tested: bool) -> tuple[Missing, ...]:
    """Return the names and numbers of a question that rule this fact out as its answer."""
    named = tuple(m for m in hit.missing if m.sort)
    if not tested:
        return named
    return tuple(m for m in named if not _comparable(m, hit.fact))


def _comparable(missing: Missing, fact: Fact) -> bool:
    """Say whether a fact settles that something is not so, by having another of the same sort."""
    if missing.sort == "number":
        return any(c.isdigit() for c in fact.answer) or any(
            v.type in {"number", "age", "date"} for v in fact.values
        )
    return missing.sort in {
        "country",
        "place",
        "base",
        "equipment",
        "region",
        "organisation",
        "group",
    } and (fact.kind in {Kind.PLACE, Kind.EQUIPMENT, Kind.ORGANISATION, Kind.PERSON, Kind.LIST})


def _off(hit: Hit) -> bool:
    """Say whether the fact has nothing at all of what the question is about: "tell me a joke"."""
    return 0 < hit.words <= len(hit.missing)


def _as_good(other: Found, best: Found, *, tested: bool) -> bool:
    return (
        other.shelf is best.shelf
        and other.hit.score >= GOOD * best.hit.score
        and other.hit.confidence >= SURE
        and not strange(other.hit, tested=tested)
    )


def _declined(found: Sequence[Found], missing: Sequence[Missing]) -> Decision:
    worth = [
        f
        for f in found[:MOST_ASKED]
        if f.hit.covered >= NEARLY and not (f.fact.restricted or f.fact.sensitive)
    ]
    return Decision(
        Outcome.DECLINED, options=tuple(worth), missing=tuple(missing), about=found[0].hit.rarest
    )


def _level(best: Found, found: Sequence[Found]) -> tuple[Found, ...]:
    """Return the other readings that are as likely as the best one."""
    hit = best.hit
    if best.fact.restricted:
        return ()
    plain = hit.nearness >= PLAIN or hit.words > FEW
    apart = TIE if plain else VAGUE if hit.words <= 1 else LEVEL
    least = (1 - apart) * hit.score
    return tuple(
        f
        for f in found
        # Scores of different packs cannot be compared.
        if f.shelf is best.shelf
        and f.fact.id != best.fact.id
        and f.hit.score >= least
        and (f.hit.kindred == hit.kindred or (hit.words <= 1 and f.hit.kindred and hit.kindred))
        and (not plain or f.hit.nearness >= hit.nearness - TIE)
        and f.hit.confidence >= SURE
        and not (f.hit.missing or f.fact.restricted or _akin(f.fact, best.fact))
    )


def _akin(one: Fact, other: Fact) -> bool:
    """Say whether two facts answer alike: one rests on the other, or names it as close."""
    return (
        one.id in {*other.derived_from, *other.related}
        or other.id in {*one.derived_from, *one.related}
        or bool(set(one.derived_from) & set(other.derived_from))
    )
