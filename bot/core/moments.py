"""Moments in the words of people: reads "fri 18:00", writes "Fri 27 Nov, 18:00", "in 2 days". Pure."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, time, timedelta

from bot.core.words import say

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_UNITS: Mapping[str, timedelta] = {
    "min": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(days=7),
}
_LONGEST = 366 * 2
"""Days ahead that somebody can mean."""
_NOON, _HOURS = 12, 24
_CLOCK = re.compile(r"(?:^|\s|(?<=\d)t)(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm|h|o'?clock)?$")
_IN = re.compile(r"(?:in )?(\d{1,3}|an?|one|two|three)\s*(min|h|hour|day|week)(?:ute)?s?")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})t?")
_DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th|\.)?\s+([a-z]{3})[a-z]*\.?(?:\s+(\d{4}))?")
_MONTH_FIRST = re.compile(r"([a-z]{3})[a-z]*\.?\s+(\d{1,2})(?:st|nd|rd|th)?(?:\s+(\d{4}))?")
_WEEKDAY = re.compile(r"(?:on |next |this )?([a-z]{3})(?:s|nes|rs|r|ur)?(?:day)?")
_FEW = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3}


def read_moment(text: str, now: datetime, otherwise: time) -> datetime | None:
    """Return the moment that words name, in UTC, or None where they name none that is ahead.

    `now` is the present in the writer's own zone; `otherwise` is the hour where only a day is said.
    """
    words = " ".join(text.casefold().replace(",", " ").split())
    if words in {"now", "at once", "immediately"}:
        return now.astimezone(UTC)
    found = _span(words, now) or _date_and_hour(words, now, otherwise)
    if found is None or not now <= found <= now + timedelta(days=_LONGEST):
        return None
    return found.astimezone(UTC)


def _span(words: str, now: datetime) -> datetime | None:
    said = _IN.fullmatch(words)
    if said is None:
        return None
    many = _FEW.get(said[1]) or int(said[1])
    # Through UTC: over a change of the clocks an hour is still an hour, and a day the same hour.
    span = many * _UNITS[said[2]]
    if said[2] in {"day", "week"}:
        return now + span
    return (now.astimezone(UTC) + span).astimezone(now.tzinfo)


def _date_and_hour(words: str, now: datetime, otherwise: time) -> datetime | None:
    """Read a day, an hour, or both, the hour last."""
    whole = _on(words, now, otherwise)
    if whole:
        return whole
    said = _CLOCK.search(words)
    hour = _hour(said) if said else None
    if said is None or hour is None:
        return None
    rest = words[: said.start()].strip().removesuffix(" at").removesuffix(" by").strip()
    if rest not in {"", "at", "by"}:
        return _on(rest, now, hour)
    today = _at(now, 0, hour)
    return today if today > now else _at(now, 1, hour)


def _hour(said: re.Match[str]) -> time | None:
    hour, minute, half = int(said[1]), int(said[2] or 0), said[3] or ""
    if not (said[2] or half):
        return None  # a bare number is a day, or anything
    if half in {"am", "pm"}:
        if not 1 <= hour <= _NOON:
            return None
        hour = hour % _NOON + (_NOON if half == "pm" else 0)
    return time(hour, minute) if hour < _HOURS and minute < 60 else None  # noqa: PLR2004 - minutes


def _on(words: str, now: datetime, hour: time) -> datetime | None:
    """Return a day at that hour."""
    if words in {"today", "tonight", "tomorrow"}:
        return _at(now, int(words == "tomorrow"), hour)
    if said := _IN.fullmatch(words):
        many = _FEW.get(said[1]) or int(said[1])
        return _at(now, many * _UNITS[said[2]].days, hour) if _UNITS[said[2]].days else None
    for form, reader in _FORMS:
        if (said := form.fullmatch(words)) and (found := reader(said, now, hour)):
            return found
    return None


def _at(now: datetime, days: int, hour: time) -> datetime:
    day = now + timedelta(days=days)
    return day.replace(hour=hour.hour, minute=hour.minute, second=0, microsecond=0, fold=0)


def _iso(said: re.Match[str], now: datetime, hour: time) -> datetime | None:
    return _dated(now, (int(said[1]), int(said[2]), int(said[3])), hour)


def _day_first(said: re.Match[str], now: datetime, hour: time) -> datetime | None:
    return _named(said[2], said[1], said[3], now, hour)


def _month_first(said: re.Match[str], now: datetime, hour: time) -> datetime | None:
    return _named(said[1], said[2], said[3], now, hour)


def _named(month: str, day: str, year: str | None, now: datetime, hour: time) -> datetime | None:
    if month not in _MONTHS:
        return None
    number = _MONTHS.index(month) + 1
    if year:
        return _dated(now, (int(year), number, int(day)), hour)
    soon = _dated(now, (now.year, number, int(day)), hour)
    return soon if soon and soon >= now else _dated(now, (now.year + 1, number, int(day)), hour)


def _dated(now: datetime, day: tuple[int, int, int], hour: time) -> datetime | None:
    try:
        return datetime(*day, hour.hour, hour.minute, tzinfo=now.tzinfo)
    except ValueError:
        return None


def _weekday(said: re.Match[str], now: datetime, hour: time) -> datetime | None:
    if said[1] not in _DAYS:
        return None
    ahead = (_DAYS.index(said[1]) - now.weekday()) % 7
    found = _at(now, ahead, hour)
    return found if found > now else _at(now, 7, hour)


_FORMS: tuple[
    tuple[re.Pattern[str], Callable[[re.Match[str], datetime, time], datetime | None]], ...
] = ((_ISO, _iso), (_DAY_FIRST, _day_first), (_MONTH_FIRST, _month_first), (_WEEKDAY, _weekday))


def show_moment(at: datetime, zone: str) -> str:
    """Write a moment that is given in its reader's own zone, with the name of the zone."""
    name = zone.rpartition("/")[2].replace("_", " ")
    return say("moment", day=f"{at:%a} {at.day} {at:%b}", hour=f"{at:%H:%M}", zone=name)


_ROUGH = 0.1
"""The share by which a length may be rounded: 90 minutes are not 1 hour, and 71 hours are 3 days."""


def distance(at: datetime, now: datetime) -> str:
    """Say how far off a moment is: "in 2 days", "3 hours ago"."""
    far = abs(at - now)
    key = "moment.in" if at >= now else "moment.ago"
    return say(key, span=span(far))


def span(length: timedelta, *, exact: bool = False) -> str:
    """Return a length of time in words, in the largest unit that says it well, or exactly."""
    minutes = round(length.total_seconds() / 60)
    for unit, size in (("day", 1_440), ("hour", 60), ("minute", 1)):
        many = round(minutes / size)
        off = abs(minutes - many * size)
        if many and off <= (0 if exact else minutes * _ROUGH):
            return say(f"moment.{unit}" if many == 1 else f"moment.{unit}s", many=many)
    return say("moment.now")
