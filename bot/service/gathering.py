"""Gathers what has to be known about a conversation before an event in it can be decided."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.core.answer import FactKey
from bot.core.cards import read_action
from bot.core.events import Commanded, Handed, Person, Place, Pressed, Said
from bot.core.quizzing import PRESSED
from bot.core.roles import Role
from bot.core.solo_types import Practice, Solo
from bot.core.talk import is_question
from bot.core.turn import QUIZ, RUN
from bot.service import live_writing
from bot.service.parts import Spoken
from bot.service.ports import Receipt, Work
from bot.service.practice import practice

MINUTE = timedelta(minutes=1)
QUIZ_COMMANDS = frozenset({"start", "quiz", "missed", "stop", "cancel"})
"""The commands that may be about a quiz alone."""
_LAST = 10
"""How many answers back a follow-up may reach."""


@dataclass(frozen=True, slots=True)
class Background:
    """What the store knows about a conversation."""

    previous: tuple[FactKey, ...] = ()
    """The facts of the person's last answers here, newest first."""
    about: Receipt | None = None
    """The answer that the event is about."""
    expected: str = ""
    """What the person's next words are for."""
    expected_for: str = ""
    """What was given along when they were awaited: a receipt, as a rule."""
    earlier: str = ""
    """For an edited message: the receipt of what its earlier wording led to."""
    waiting: float = 0.0
    """Seconds that the person must wait."""
    crowded: bool = False
    """Whether it is the group that asked too much, not the person."""
    solo: Solo | None = None
    """Where the person is in their quiz alone; None where the event has nothing to do with it."""
    practice: Practice = field(default_factory=Practice)
    """What the person missed."""
    role: Role | None = None
    """The role of somebody who asks for help in private."""


@dataclass(frozen=True, slots=True)
class Minute:
    """How many questions may be asked within a minute."""

    each: int = 30
    """By one person."""
    here: int = 60
    """In one group, by all of them together."""


async def gather(
    happened: Spoken | Handed, work: Work, now: datetime, follow_up: timedelta, limits: Minute
) -> Background:
    """Look up what is known, and count the event where it is a question."""
    event = happened.otherwise if isinstance(happened, Handed) else happened
    place, person = event.place, event.by.key
    expected, reported = await work.expected(place, person, now) or ("", "")
    solo = await _solo(event, work, now - follow_up)
    expected = expected or await _awaited(event, work, solo, now, follow_up)
    earlier = await _earlier(event, work)
    last = [
        receipt
        for receipt in await work.last_receipts(place, person, now - follow_up, _LAST)
        # An edited question does not follow up itself.
        if not earlier or receipt.question != earlier.question
    ]
    counts = event is happened and is_question(event, expected)
    group = None if place.private else place
    crowded = await work.crowded(group, now, limits.here, MINUTE) if counts and group else 0.0
    asks = counts and not crowded
    alone = await work.may_ask(person, now, limits.each, MINUTE, group) if asks else 0.0
    return Background(
        previous=tuple(dict.fromkeys(key for receipt in last for key in receipt.facts)),
        about=await _about(event, work, reported, last),
        expected=expected,
        expected_for=reported,
        earlier=earlier.token if earlier else "",
        waiting=crowded or alone,
        crowded=crowded > 0,
        solo=solo,
        practice=await practice(work.quizzes, person, now) if solo else Practice(),
        role=await work.roles.role_of(person) if _asks_for_help(event) else None,
    )


async def awaited(place: Place, by: Person, work: Work, now: datetime, fresh: timedelta) -> str:
    """Return what a person's next words in a place are for; "" where they are a question."""
    event = Said(place, by, "")
    expected, _ = await work.expected(place, by.key, now) or ("", "")
    solo = await _solo(event, work, now - fresh)
    return expected or await _awaited(event, work, solo, now, fresh)


async def _awaited(
    event: Spoken, work: Work, solo: Solo | None, now: datetime, fresh: timedelta
) -> str:
    """Return which quiz a person's words answer: a live one, or alone or at an assignment.

    Of the last two it is the one that was touched last.
    """
    since = now - fresh
    alone = QUIZ if solo and solo.awaits_words else ""
    if not isinstance(event, Said) or event.edited or not event.place.private:
        return alone
    # A class is waiting: its question comes before what one can do at any time.
    if live := await live_writing.awaited(work, event.place, event.by, event.text, now):
        return live
    run = await work.assignments.awaiting(event.place)
    if run is None or run.since < since or run.person != await work.roles.acting(event.by.key):
        return alone
    touched = await work.quizzes.solo(event.place, event.by.key) if alone else None
    return alone if touched and touched[1] > run.since else f"{RUN}{run.run}"


def _asks_for_help(event: Spoken | Handed) -> bool:
    return isinstance(event, Commanded) and event.name == "help" and event.place.private


async def _solo(event: Spoken, work: Work, since: datetime) -> Solo | None:
    """Return the quiz that an event may be about; words answer only one that is still fresh."""
    if not event.place.private or not _may_be_quiz(event):
        return None
    found = await work.quizzes.solo(event.place, event.by.key)
    if isinstance(event, Said):
        return found[0] if found and found[0].awaits_words and found[1] >= since else None
    return found[0] if found else Solo()


def _may_be_quiz(event: Spoken) -> bool:
    match event:
        case Said():
            return not event.edited
        case Commanded():
            return event.name in QUIZ_COMMANDS
        case Pressed():
            action = read_action(event.action)
            return action is not None and action.verb.startswith(PRESSED)


async def _earlier(event: Spoken, work: Work) -> Receipt | None:
    if isinstance(event, Pressed) or not event.edited:
        return None
    return await work.receipt_of(event.place, event.message)


async def _about(
    event: Spoken, work: Work, reported: str, last: Sequence[Receipt]
) -> Receipt | None:
    """Return the answer that an event is about: pressed, quoted, being reported, or the last."""
    if isinstance(event, Pressed):
        return await _pressed(event, work)
    if isinstance(event, Said) and reported:
        return await work.receipt(reported)
    if event.quoted:
        return await work.receipt_of(event.place, event.quoted)
    if isinstance(event, Commanded) and event.name == "report":
        return last[0] if last else None
    return None


async def _pressed(event: Pressed, work: Work) -> Receipt | None:
    """Return the answer under which a button was pressed, unless it stands in another chat."""
    action = read_action(event.action)
    receipt = await work.receipt(action.receipt) if action else None
    return receipt if receipt and receipt.place.chat == event.place.chat else None
