"""How a teacher sets an assignment up: a form, its fields, and what each press and word does. Pure."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time
from enum import StrEnum
from typing import Any

from bot.core.assignment_types import Counts, Group, Reveal
from bot.core.chance import Chance
from bot.core.facts import Pack
from bot.core.library import Library
from bot.core.moments import read_moment
from bot.core.quiz import Question
from bot.core.solo import packs

LENGTHS = (5, 8, 10, 20)
MOST = 100
"""Questions in an assignment."""
ATTEMPTS = (1, 2, 3, 5)
LIMITS = (0, 10, 20, 30, 45, 60, 90)
LONGEST_LIMIT = 600
MORNING, END_OF_DAY = time(8), time(23, 59)
_FEWEST_TO_CHOOSE = 2


class Field(StrEnum):
    """What a teacher decides."""

    GROUP = "group"
    PACK = "pack"
    TOPICS = "topics"
    PICKED = "picked"
    LENGTH = "length"
    SENSITIVE = "sensitive"
    OPENS = "opens"
    DUE = "due"
    ATTEMPTS = "attempts"
    COUNTS = "counts"
    REVEAL = "reveal"
    LIMIT = "limit"
    LATE = "late"


TYPED = frozenset({Field.PICKED, Field.LENGTH, Field.OPENS, Field.DUE, Field.LIMIT})
"""The fields that can be filled by writing as well."""


@dataclass(frozen=True, slots=True)
class Draft:
    """An assignment that is being set up; it outlives the process."""

    step: int = 0
    field: Field | None = None
    """What is being chosen; None while the whole form stands there."""
    group: int = 0
    pack: str = ""
    topics: tuple[str, ...] = ()
    picked: tuple[str, ...] = ()
    """The questions that were picked by hand; empty where they are drawn."""
    length: int = 8
    sensitive: bool = False
    opens: datetime | None = None
    """None for at once."""
    due: datetime | None = None
    attempts: int = 1
    counts: Counts = Counts.BEST
    reveal: Reveal = Reveal.NOW
    minutes: int = 0
    late: bool = True
    chat: str = ""
    """The group in which it was begun, and is to be posted."""
    thread: str = ""
    seed: str = ""
    line: str = ""
    """What was written at once, as long as it cannot be read for want of a time zone."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What there is to choose from."""

    library: Library
    groups: Sequence[Group]
    now: datetime
    """The present in the teacher's own zone."""


@dataclass(frozen=True, slots=True)
class Option:
    """Something that can be chosen for a field: its name, and the draft with it."""

    label: str
    draft: Draft
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Drafted:
    """What a press or a word leads to."""

    draft: Draft
    problem: str = ""
    """The key of a sentence that says why nothing came of it."""


def pack_of(draft: Draft, desk: Desk) -> Pack | None:
    """Return the pack that is asked about: the chosen one, or the only one."""
    known = packs(desk.library)
    return next((pack for pack in known if pack.id == draft.pack), next(iter(known), None))


def pool(draft: Draft, desk: Desk) -> tuple[Question, ...]:
    """Return the questions that fit, in the order of the pack; they are picked by their number."""
    pack = pack_of(draft, desk)
    return tuple(
        question
        for question in (pack.questions if pack else ())
        if (not draft.topics or question.topic in draft.topics)
        and (draft.sensitive or not question.sensitive)
    )


def questions(draft: Draft, desk: Desk) -> tuple[Question, ...]:
    """Return what is asked, from easy to hard where it was not picked by hand."""
    fitting = pool(draft, desk)
    if draft.picked:
        known = {question.id: question for question in fitting}
        return tuple(known[name] for name in draft.picked if name in known)
    drawn = Chance(draft.seed).shuffled(fitting)[: draft.length]
    return tuple(sorted(drawn, key=lambda question: question.difficulty))


def fields(draft: Draft, desk: Desk) -> tuple[Field, ...]:
    """Return the fields of the form, in order, without those that decide nothing."""
    pack = pack_of(draft, desk)
    needless = {
        Field.GROUP: not desk.groups,
        Field.PACK: len(packs(desk.library)) < _FEWEST_TO_CHOOSE,
        Field.TOPICS: pack is None or len(_topics(pack)) < _FEWEST_TO_CHOOSE,
        Field.LENGTH: bool(draft.picked),
        Field.SENSITIVE: pack is None or not any(q.sensitive for q in pack.questions),
        Field.COUNTS: draft.attempts == 1,
        Field.LATE: draft.due is None,
    }
    return tuple(field for field in Field if not needless.get(field))


def _topics(pack: Pack) -> tuple[str, ...]:
    used = {question.topic for question in pack.questions}
    return tuple(topic for topic in pack.topics if topic in used)


def press_field(draft: Draft, number: int, desk: Desk) -> Drafted:
    """Press a field of the form: a short list goes on to its next value, a long one opens."""
    shown = fields(draft, desk)
    if draft.field is not None or not 0 <= number < len(shown):
        return Drafted(draft, "assign.old")
    field = shown[number]
    turned = _TURNED[field](draft) if field in _TURNED else replace(draft, field=field)
    return Drafted(_stepped(turned))


def press_option(draft: Draft, number: int, desk: Desk) -> Drafted:
    """Choose one of the options of the open field."""
    listed = options(draft, desk)
    if not 0 <= number < len(listed):
        return Drafted(draft, "assign.old")
    chosen = listed[number].draft
    # Of topics there may be several: the list stays open.
    stays = draft.field is Field.TOPICS
    return Drafted(_stepped(replace(chosen, field=draft.field if stays else None)))


def back(draft: Draft) -> Draft:
    """Go back to the whole form."""
    return _stepped(replace(draft, field=None))


def write(draft: Draft, text: str, desk: Desk) -> Drafted:
    """Fill the open field with words."""
    if draft.field not in TYPED:
        return Drafted(draft, "assign.form.press")
    filled = _WRITTEN[draft.field](draft, text, desk)
    if filled is None:
        return Drafted(_stepped(draft), f"assign.form.unread.{draft.field}")
    return Drafted(_stepped(replace(filled, field=None)))


def _stepped(draft: Draft) -> Draft:
    return replace(draft, step=draft.step + 1)


def options(draft: Draft, desk: Desk) -> tuple[Option, ...]:
    """Return what the open field can be set to by a button."""
    return _OPTIONS[draft.field](draft, desk) if draft.field in _OPTIONS else ()


def _groups(draft: Draft, desk: Desk) -> tuple[Option, ...]:
    listed = [(group.name, group.number) for group in desk.groups]
    return tuple(
        Option(name, replace(draft, group=number), number == draft.group)
        for name, number in [("", 0), *listed]
    )


def _packs(draft: Draft, desk: Desk) -> tuple[Option, ...]:
    return tuple(
        Option(pack.title, replace(draft, pack=pack.id, topics=(), picked=()))
        for pack in packs(desk.library)
    )


def _topic_options(draft: Draft, desk: Desk) -> tuple[Option, ...]:
    pack = pack_of(draft, desk)
    everything = Option("", replace(draft, topics=(), picked=()), not draft.topics)
    return (
        everything,
        *(
            Option(
                pack.topics[topic],
                replace(draft, topics=_toggled(draft.topics, topic), picked=()),
                topic in draft.topics,
            )
            for topic in (_topics(pack) if pack else ())
            if pack
        ),
    )


def _toggled(chosen: tuple[str, ...], topic: str) -> tuple[str, ...]:
    if topic in chosen:
        return tuple(other for other in chosen if other != topic)
    return (*chosen, topic)


def _lengths(draft: Draft, desk: Desk) -> tuple[Option, ...]:
    most = min(len(pool(draft, desk)), MOST)
    return tuple(
        Option(str(many), replace(draft, length=many))
        for many in (*(length for length in LENGTHS if length < most), most)
    )


def _picks(draft: Draft, _desk: Desk) -> tuple[Option, ...]:
    return (Option("", replace(draft, picked=()), not draft.picked),)


def _opening(draft: Draft, desk: Desk) -> tuple[Option, ...]:
    tomorrow = read_moment("tomorrow", desk.now, MORNING)
    monday = read_moment("monday", desk.now, MORNING)
    return tuple(
        Option(label, replace(draft, opens=at))
        for label, at in (("now", None), ("tomorrow", tomorrow), ("monday", monday))
    )


def _dues(draft: Draft, desk: Desk) -> tuple[Option, ...]:
    start = max(desk.now, draft.opens or desk.now).astimezone(desk.now.tzinfo)
    named = (("tomorrow", "tomorrow 18:00"), ("days", "in 3 days"), ("week", "in 7 days"))
    listed = [(name, read_moment(words, start, END_OF_DAY)) for name, words in named]
    return tuple(
        Option(name, replace(draft, due=_evening(at, desk) if name != "tomorrow" else at))
        for name, at in [("none", None), *listed]
    )


def _evening(at: datetime | None, desk: Desk) -> datetime | None:
    """Return the end of a day in the teacher's zone."""
    if at is None:
        return None
    local = at.astimezone(desk.now.tzinfo)
    return local.replace(hour=23, minute=59, second=0, microsecond=0).astimezone(at.tzinfo)


def _limits(draft: Draft, _desk: Desk) -> tuple[Option, ...]:
    return tuple(
        Option(str(minutes or ""), replace(draft, minutes=minutes), minutes == draft.minutes)
        for minutes in LIMITS
    )


_OPTIONS: Mapping[Field | None, Callable[[Draft, Desk], tuple[Option, ...]]] = {
    Field.GROUP: _groups,
    Field.PACK: _packs,
    Field.TOPICS: _topic_options,
    Field.PICKED: _picks,
    Field.LENGTH: _lengths,
    Field.OPENS: _opening,
    Field.DUE: _dues,
    Field.LIMIT: _limits,
}


def _next(items: Sequence[Any], present: object) -> Any:
    """Return the item after the present one; after the last, the first."""
    return items[(items.index(present) + 1) % len(items)] if present in items else items[0]


def _turn_attempts(draft: Draft) -> Draft:
    return replace(draft, attempts=_next(ATTEMPTS, draft.attempts))


def _turn_counts(draft: Draft) -> Draft:
    return replace(draft, counts=_next(list(Counts), draft.counts))


def _turn_reveal(draft: Draft) -> Draft:
    return replace(draft, reveal=_next(list(Reveal), draft.reveal))


def _turn_late(draft: Draft) -> Draft:
    return replace(draft, late=not draft.late)


def _turn_sensitive(draft: Draft) -> Draft:
    # The numbers by which questions were picked mean others now.
    return replace(draft, sensitive=not draft.sensitive, picked=())


_TURNED: Mapping[Field, Callable[[Draft], Draft]] = {
    Field.ATTEMPTS: _turn_attempts,
    Field.COUNTS: _turn_counts,
    Field.REVEAL: _turn_reveal,
    Field.LATE: _turn_late,
    Field.SENSITIVE: _turn_sensitive,
}


def _write_picked(draft: Draft, text: str, desk: Desk) -> Draft | None:
    fitting = pool(draft, desk)
    numbers = read_numbers(text, len(fitting))
    if not numbers:
        return None
    return replace(draft, picked=tuple(fitting[number - 1].id for number in numbers))


def read_numbers(text: str, most: int) -> tuple[int, ...]:
    """Read "1 4 7-9" as numbers up to that one; nothing where one of them is none of these."""
    found: dict[int, None] = {}
    for piece in re.sub(r"\s*[-–]\s*", "-", text).replace(",", " ").split():
        said = re.fullmatch(r"(\d{1,3})(?:-(\d{1,3}))?", piece, re.ASCII)
        first, last = (int(said[1]), int(said[2] or said[1])) if said else (0, 0)
        if not 1 <= first <= last <= most:
            return ()
        found.update(dict.fromkeys(range(first, last + 1)))
    return tuple(found)[:MOST]


def _write_length(draft: Draft, text: str, desk: Desk) -> Draft | None:
    numbers = read_numbers(text.strip(), min(len(pool(draft, desk)), MOST))
    return replace(draft, length=numbers[0]) if len(numbers) == 1 else None


def _write_opens(draft: Draft, text: str, desk: Desk) -> Draft | None:
    at = read_moment(text, desk.now, MORNING)
    if at is None:
        return None
    return replace(draft, opens=at if at > desk.now else None)


def _write_due(draft: Draft, text: str, desk: Desk) -> Draft | None:
    if text.strip().casefold() in {"none", "never", "no"}:
        return replace(draft, due=None)
    at = read_moment(text, desk.now, END_OF_DAY)
    return replace(draft, due=at) if at and at > desk.now else None


def _write_limit(draft: Draft, text: str, _desk: Desk) -> Draft | None:
    said = re.fullmatch(r"(\d{1,3})\s*(?:m|min|minutes?)?", text.strip().casefold(), re.ASCII)
    if said is None or int(said[1]) > LONGEST_LIMIT:
        return None
    return replace(draft, minutes=int(said[1]))


_WRITTEN: Mapping[Field | None, Callable[[Draft, str, Desk], Draft | None]] = {
    Field.PICKED: _write_picked,
    Field.LENGTH: _write_length,
    Field.OPENS: _write_opens,
    Field.DUE: _write_due,
    Field.LIMIT: _write_limit,
}


def problem(draft: Draft, desk: Desk) -> str:
    """Return the key of what stands in the way of publishing; empty where nothing does."""
    opens = draft.opens or desk.now
    if not questions(draft, desk):
        return "assign.form.empty"
    if draft.due is not None and draft.due <= max(opens, desk.now):
        return "assign.form.early"
    if draft.group and draft.group not in {group.number for group in desk.groups}:
        return "assign.form.no-class"
    if draft.reveal is Reveal.DUE and draft.due is None:
        return "assign.form.no-due"
    if draft.minutes and any(question.sensitive for question in questions(draft, desk)):
        return "assign.form.timed"
    return ""


# In "reveal due" and "after due" a due day is no field of its own.
_LINE = re.compile(
    r"(?:^|(?<!reveal)(?<!reveal:)(?<!after)\s)(due|opens?|topic|reveal|limit|attempts)(?::|\s)\s*",
    re.IGNORECASE,
)


def read_line(line: str, seed: str, desk: Desk, begun: Draft | None = None) -> Drafted:
    """Read "7B 8 due fri 18:00 attempts 2": the class, how many, then fields by their names."""
    draft = replace(begun or Draft(), seed=seed)
    head, *pieces = _LINE.split(line)
    named = list(zip(pieces[::2], pieces[1::2], strict=True))
    words = head.split()
    if words and words[-1].isascii() and words[-1].isdecimal() and not _group(head, desk):
        draft = replace(draft, length=max(1, min(int(words[-1][:4]), MOST)))
        words = words[:-1]
    if words:
        group = _group(" ".join(words), desk)
        if group is None:
            return Drafted(draft, "assign.form.unread.group")
        draft = replace(draft, group=group.number)
    for name, value in named:
        filled = _NAMED[name.lower().removesuffix("s")](draft, value.strip(), desk)
        if filled is None:
            return Drafted(
                draft, f"assign.form.unread.{_FIELD_OF[name.lower().removesuffix('s')]}"
            )
        draft = filled
    return Drafted(draft)


def _group(name: str, desk: Desk) -> Group | None:
    wanted = name.strip().casefold()
    return next((group for group in desk.groups if group.name.casefold() == wanted), None)


def _write_topic(draft: Draft, text: str, desk: Desk) -> Draft | None:
    pack, wanted = pack_of(draft, desk), text.casefold()
    for topic in _topics(pack) if pack else ():
        if pack and (wanted == topic.casefold() or wanted in pack.topics[topic].casefold()):
            return replace(draft, topics=(topic,))
    return None


def _write_reveal(draft: Draft, text: str, _desk: Desk) -> Draft | None:
    named = {"now": Reveal.NOW, "due": Reveal.DUE, "after due": Reveal.DUE, "never": Reveal.NEVER}
    found = named.get(" ".join(text.casefold().split()))
    return replace(draft, reveal=found) if found else None


def _write_attempts(draft: Draft, text: str, _desk: Desk) -> Draft | None:
    numbers = read_numbers(text, 20)
    return replace(draft, attempts=numbers[0]) if len(numbers) == 1 else None


_NAMED: Mapping[str, Callable[[Draft, str, Desk], Draft | None]] = {
    "due": _write_due,
    "open": _write_opens,
    "topic": _write_topic,
    "reveal": _write_reveal,
    "limit": _write_limit,
    "attempt": _write_attempts,
}
_FIELD_OF = {
    "due": "due",
    "open": "opens",
    "topic": "topics",
    "reveal": "reveal",
    "limit": "limit",
    "attempt": "attempts",
}
