"""Reported problems: what may become of them, in which order they are looked at, what changed since."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.core.answer import FactKey
from bot.core.bank_diff import Diff, Sort, compare
from bot.core.facts import Fact, Pack
from bot.core.quiz import Question
from bot.core.quiz_cards import QUESTION as QUESTION

LONGEST_REASON = 500

Content = Fact | Question


class State(StrEnum):
    """What has become of a report."""

    OPEN = "open"
    MENDING = "mending"
    """An editor wants to mend what it is about; it is settled when that is published."""
    MENDED = "mended"
    DECLINED = "declined"
    DUPLICATE = "duplicate"
    """It says the same as another one, and shares what comes of that."""


WAITING = frozenset({State.OPEN, State.MENDING})
"""The states of which something may still come."""
_NEXT: Mapping[State, Collection[State]] = {
    State.OPEN: frozenset({State.MENDING, State.DECLINED, State.DUPLICATE}),
    State.MENDING: frozenset({State.MENDED, State.DECLINED, State.DUPLICATE, State.OPEN}),
}


@dataclass(frozen=True, slots=True)
class Flag:
    """A reported problem, and what has become of it."""

    number: int
    facts: tuple[FactKey, ...]
    """What it is about, in the version that was shown; the first is the thing itself."""
    words: str
    at: datetime
    state: State = State.OPEN
    reason: str = ""
    of: int = 0
    """The report that says the same, where it is a duplicate."""
    version: int = 0
    """The version in which it was mended."""
    by: str = ""
    """Who decided."""
    person: str = ""
    """Who reported it: to be told, and never shown."""
    language: str = "en"
    told: bool = False

    @property
    def item(self) -> FactKey | None:
        """Return what it is about."""
        return self.facts[0] if self.facts else None

    @property
    def several(self) -> bool:
        """Say whether it is about an answer in which several questions stood."""
        return sum(key.fact.startswith(QUESTION) for key in self.facts) > 1

    @property
    def about(self) -> tuple[str, str]:
        """Return the pack and the id of what it is about, whatever the version."""
        return (self.item.pack, self.item.fact) if self.item else ("", f"#{self.number}")


def may_become(before: State, after: State) -> bool:
    """Say whether a report in one state may be put into another."""
    return after in _NEXT.get(before, ())


def in_order(flags: Sequence[Flag]) -> tuple[Flag, ...]:
    """Return reports newest first, those about the same thing together."""
    newest: dict[tuple[str, str], int] = {}
    for flag in flags:
        newest[flag.about] = max(newest.get(flag.about, 0), flag.number)
    return tuple(sorted(flags, key=lambda flag: (-newest[flag.about], flag.about, -flag.number)))


def same(flag: Flag, flags: Sequence[Flag]) -> tuple[Flag, ...]:
    """Return the other reports about the same thing."""
    if flag.item is None:
        return ()
    return tuple(one for one in flags if one.about == flag.about and one.number != flag.number)


def after(number: int, flags: Sequence[Flag]) -> Flag | None:
    """Return the report that is looked at next; None where there is no further one."""
    ordered = in_order(flags)
    places = {flag.number: place for place, flag in enumerate(ordered)}
    following = places.get(number, -1) + 1
    return ordered[following] if following < len(ordered) else None


def root(number: int, flags: Mapping[int, Flag]) -> Flag | None:
    """Return the report that a duplicate comes down to, or that one itself; None where it is gone."""
    seen: set[int] = set()
    found = flags.get(number)
    while found and found.state is State.DUPLICATE:
        if found.number in seen:
            return None
        seen.add(found.number)
        found = flags.get(found.of)
    return found


def may_join(flag: Flag, other: int, flags: Mapping[int, Flag]) -> Flag | None:
    """Return the report that this one can be called a duplicate of, if the other leads to one."""
    found = root(other, flags)
    return None if found is None or found.number == flag.number else found


def followers(number: int, flags: Mapping[int, Flag]) -> tuple[Flag, ...]:
    """Return the duplicates that come down to a report."""
    duplicates = (flag for flag in flags.values() if flag.state is State.DUPLICATE)
    return tuple(
        flag for flag in duplicates if (own := root(flag.number, flags)) and own.number == number
    )


def outcome(flag: Flag, flags: Mapping[int, Flag]) -> Flag | None:
    """Return the report whose end is also this one's; None where there is no end yet."""
    found = root(flag.number, flags)
    return found if found and found.state not in WAITING else None


def item_of(pack: Pack, name: str) -> Content | None:
    """Return the fact, or the quiz question, that a report names."""
    if name.startswith(QUESTION):
        return pack.question(name.removeprefix(QUESTION))
    return pack.fact(name)


def changed(diff: Diff) -> frozenset[str]:
    """Return the names of what is another one than before, as reports have them."""
    facts = {item.id for item in diff.of(Sort.FACT)}
    questions = {QUESTION + item.id for item in diff.of(Sort.QUESTION)}
    return frozenset(facts | questions)


def mended_by(names: Collection[str], pack: str, flags: Sequence[Flag]) -> tuple[Flag, ...]:
    """Return the reports that were to be mended and are about something that has changed."""
    return tuple(
        flag
        for flag in flags
        if flag.state is State.MENDING
        and any(key.pack == pack and key.fact in names for key in flag.facts)
    )


def parts_changed(then: Content, now: Content) -> tuple[str, ...]:
    """Return the names of what differs between two versions of one thing."""
    old, new = _alone(then), _alone(now)
    return tuple(part for item in compare(old, new).items for part in item.parts)


def _alone(item: Content) -> Pack:
    facts = (item,) if isinstance(item, Fact) else ()
    questions = (item,) if isinstance(item, Question) else ()
    return Pack("", "", "en", facts, questions=questions)
