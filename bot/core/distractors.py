"""Gaps in a claim, and what else might plausibly stand in one but does not."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from bot.core.chance import Chance
from bot.core.facts import Entity, Fact, Pack
from bot.core.spelling import one_number, words_of

_TOKEN = re.compile(r"(?<![\w-])(?:\d+(?:[.,]\d+)*|[A-Za-z]+)(?![\w-])")
_DATE = re.compile(r"\b(\d{1,2}) ([A-Z][a-z]+) (\d{4})\b")
_MONTHS: tuple[str, ...] = tuple(
    "January February March April May June July August September October November December".split()
)
_COUNTED = frozenset({"number", "age", "duration"})
_FACTORS = (2, 3, 0.5, 1.5, 4, 0.25, 5, 0.75, 6, 8)
_DAYS = (-1, 1, 7, -7, 3, -3, 14, -14, 30, -30)
APART = 0.2
"""Numbers that can be chosen lie at least this share of the greater one apart."""


@dataclass(frozen=True, slots=True)
class Blank:
    """A stretch of a claim that can be left out, and what is meant by it."""

    claim: str
    spans: tuple[tuple[int, int], ...]
    text: str
    """How it stands among the options."""
    number: float | None = None
    unit: str = ""
    day: date | None = None
    entity: str = ""

    def filled(self, text: str) -> str:
        """Return the claim with something else in all its places."""
        claim = self.claim
        for start, end in reversed(self.spans):
            claim = claim[:start] + text + claim[end:]
        return claim


def blanks(fact: Fact, pack: Pack) -> tuple[Blank, ...]:
    """Return what can be left out of a claim: typed values first, then named things."""
    found = (*_numbers(fact), *_days(fact), *_names(fact, pack))
    return tuple(blank for blank in found if blank.spans)


def distractors(blank: Blank, fact: Fact, pack: Pack, chance: Chance) -> tuple[str, ...]:
    """Return what could stand in a gap and does not, the pack's own things first."""
    if blank.number is not None:
        return _other_numbers(blank.number, blank, fact, pack, chance)
    if blank.day is not None:
        return _other_days(blank.day, fact, pack, chance)
    return _other_names(blank, fact, pack, chance)


def far_apart(one: float, other: float) -> bool:
    """Say whether two numbers cannot be taken for each other."""
    return abs(one - other) >= max(1.0, APART * max(abs(one), abs(other)))


def _numbers(fact: Fact) -> Iterator[Blank]:
    for value in fact.values:
        if value.type in _COUNTED:
            number = float(value.value)
            # A part of a date or of another number is not meant.
            dates = [match.span() for match in _DATE.finditer(fact.claim)]
            spans = tuple(
                match.span()
                for match in _TOKEN.finditer(fact.claim)
                if one_number(match[0]) == number
                and not any(start <= match.start() < end for start, end in dates)
            )
            if len(spans) == 1:
                yield Blank(fact.claim, spans, f"{number:g}", number=number, unit=value.unit)


def _days(fact: Fact) -> Iterator[Blank]:
    known = {value.value for value in fact.values if value.type == "date"}
    for match in _DATE.finditer(fact.claim):
        day = _day(match)
        if day and day.isoformat() in known:
            yield Blank(fact.claim, (match.span(),), written(day), day=day)


def _day(match: re.Match[str]) -> date | None:
    try:
        return date(int(match[3]), _MONTHS.index(match[2]) + 1, int(match[1]))
    except ValueError:
        return None


def written(day: date) -> str:
    """Return a day as claims write it."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _names(fact: Fact, pack: Pack) -> Iterator[Blank]:
    for entity in _named(fact, pack):
        spans = tuple(match.span() for match in _mention(entity).finditer(fact.claim))
        if spans:
            yield Blank(fact.claim, spans, entity.name, entity=entity.id)


def _named(fact: Fact, pack: Pack) -> list[Entity]:
    return [pack.entities[name] for name in fact.entities if name in pack.entities]


@lru_cache(maxsize=512)
def _mention(entity: Entity) -> re.Pattern[str]:
    """Match the name of a thing as a whole; a possessive or a longer name is not it."""
    names = sorted({entity.name, *entity.spellings}, key=len, reverse=True)
    whole = "|".join(
        re.escape(name) for name in names if name[:1].isupper() or name == entity.name
    )
    return re.compile(rf"(?<![\w-])(?:{whole})(?![\w’'-])")


def _other_numbers(
    key: float, blank: Blank, fact: Fact, pack: Pack, chance: Chance
) -> tuple[str, ...]:
    theirs = {
        float(value.value)
        for other in pack.facts
        if not (other.sensitive or other.restricted)
        for value in other.values
        if value.type in _COUNTED and not (blank.unit == "" and value.unit)
    }
    near = [number for number in sorted(theirs) if key / 5 <= number <= key * 5]
    made = [round(key * factor) for factor in _FACTORS]
    true = [float(v.value) for v in fact.correct_values if v.type in _COUNTED]
    stated = [
        number
        for match in _TOKEN.finditer(fact.claim)
        if (number := one_number(match[0])) is not None
    ]
    chosen = [key]
    for number in (*chance.shuffled(near), *chance.shuffled(made)):
        apart = all(far_apart(number, other) for other in (*chosen, *true))
        if number > 0 and apart and number not in stated:
            chosen.append(number)
    return tuple(f"{number:g}" for number in chosen[1:])


def _other_days(key: date, fact: Fact, pack: Pack, chance: Chance) -> tuple[str, ...]:
    theirs = {
        date.fromisoformat(value.value)
        for other in pack.facts
        if not (other.sensitive or other.restricted)
        for value in other.values
        if value.type == "date" and len(value.value) == len("2024-01-28")
    }
    made = [key + timedelta(days=days) for days in _DAYS]
    kept_out = {value.value for value in (*fact.values, *fact.correct_values)}
    chosen: list[date] = []
    for day in (*chance.shuffled(sorted(theirs)), *chance.shuffled(made)):
        near = abs((day - key).days) <= 366  # noqa: PLR2004 - farther away nobody would look
        if near and day not in chosen and day.isoformat() not in kept_out and day != key:
            chosen.append(day)
    return tuple(map(written, chosen))


def _other_names(blank: Blank, fact: Fact, pack: Pack, chance: Chance) -> tuple[str, ...]:
    key = pack.entities[blank.entity]
    # Only those in the sentence itself: they are the company in which it says something.
    beside = {e.id for e in _named(fact, pack) if _mention(e).search(fact.claim)} - {key.id}
    same = [
        entity
        for entity in pack.entities.values()
        if entity.kind == key.kind and entity.id not in {key.id, *fact.entities}
    ]
    fit = [
        other for other in same if _differs(other, key) and alike_in_length(other.name, key.name)
    ]
    false = [other for other in fit if not _may_be_true(other, beside, fact, pack)]
    # Not only those near to it: chance decides which of them are shown.
    return tuple(entity.name for entity in chance.shuffled(false) if _unheard(entity, fact))


def alike_in_length(one: str, other: str) -> bool:
    """Say whether neither text stands out by its length."""
    short, long = sorted((len(one), len(other)))
    return long <= 2 * short + 6


def _differs(other: Entity, key: Entity) -> bool:
    """Say whether two things are not part of each other, nor called alike."""
    related = other.part_of in {key.id, *filter(None, [key.part_of])} or key.part_of == other.id
    inside = other.country == key.id or key.country == other.id
    shared = set(words_of(other.name)) & set(words_of(key.name))
    return not (related or inside or shared)


def _may_be_true(other: Entity, beside: set[str], fact: Fact, pack: Pack) -> bool:
    """Say whether the same may hold of another thing: some fact has it in the same company."""
    for one in pack.facts:
        company = set(one.entities)
        if other.id in company and (
            beside <= company if beside else bool(fact.topic) and one.topic == fact.topic
        ):
            return True
    return False


def _unheard(entity: Entity, fact: Fact) -> bool:
    """Say whether the correction does not name a thing: what others say is defensible too."""
    said = f"{fact.correct} {fact.correction} {fact.evidence} {fact.claim}"
    return not _mention(entity).search(said)
