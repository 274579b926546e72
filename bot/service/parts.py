"""Parts of the conversation that need more than the store's background: quizzes with a class, banks.

The core decides questions from what the desk gathered beforehand (`bot.core.talk`). A part reads
and writes in the same transaction itself, and returns effects like the core's.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from bot.core.cards import read_action
from bot.core.effects import Effect
from bot.core.events import Changed, Commanded, Handed, PolledIn, Pressed, Said, Sent, Voted
from bot.core.library import Library
from bot.core.retention import Retention
from bot.service.ports import Receipt, Token, Work

Spoken = Said | Commanded | Pressed
"""The events that belong to a conversation."""
Given = Pressed | Voted
"""The events that may be an answer to a question that many people answer at once."""
Visiting = Spoken | Handed | Changed
"""Those that may come to a part."""


@dataclass(frozen=True, slots=True)
class Visit:
    """An event that belongs to a part, and what it takes to deal with it."""

    event: Visiting
    work: Work
    now: datetime
    library: Library
    token: Token
    expected: str = ""
    """What the person's words are for, where the part awaited them."""
    expected_for: str = ""
    """The receipt, or whatever else the part gave along when it awaited them."""
    about: Receipt | None = None
    """The card under which a button was pressed."""
    bot: str = ""
    """The bot's own name on the platform."""
    retention: Retention = field(default_factory=Retention)


class Part(Protocol):
    """One part of the conversation.

    A part that takes what people hand over in private says so: `takes_files = True`,
    `takes_polls = True`. One that has to know what becomes of chats says `watches = True`: every
    such part is told of each `Changed`.
    Where it matters to a part whether somebody runs the chat, it lists the commands, and the
    beginnings of verbs, for which the platform is to be asked: `controls = {"live", "l.c."}`.
    """

    @property
    def commands(self) -> Collection[str]:
        """The commands that it takes."""
        ...

    @property
    def verbs(self) -> str:
        """How the verbs of its buttons begin, such as `l.`; none is the beginning of another's."""
        ...

    @property
    def awaits(self) -> str:
        """How the sorts of words that it awaits begin, such as `class.`; see `Expect`."""
        ...

    @property
    def links(self) -> Collection[str]:
        """How the payloads of its links into the private chat begin, such as `c_`."""
        ...

    async def take(self, visit: Visit) -> Sequence[Effect]:
        """Deal with an event."""
        ...


def belongs(part: Part, event: Spoken | Handed, expected: str) -> bool:
    """Say whether an event is for a part."""
    match event:
        case Pressed():
            action = read_action(event.action)
            return bool(part.verbs) and action is not None and action.verb.startswith(part.verbs)
        case Commanded(name="start"):
            return bool(part.links) and event.argument.startswith(tuple(part.links))
        case Commanded():
            return event.name in part.commands
        case Said():
            return bool(part.awaits) and not event.edited and expected.startswith(part.awaits)
        case Sent():
            return _takes(part, "takes_files", event)
        case PolledIn():
            return _takes(part, "takes_polls", event)


def controls(part: Part, event: Spoken) -> bool:
    """Say whether it matters for an event that the person runs the chat."""
    listed: Collection[str] = getattr(part, "controls", ())
    match event:
        case Commanded(name="start"):
            return bool(listed) and event.argument.startswith(tuple(part.links))
        case Commanded():
            return event.name in listed
        case Pressed():
            action = read_action(event.action)
            return action is not None and action.verb.startswith(tuple(listed))
        case Said():
            return False


def watches(part: Part) -> bool:
    """Say whether a part has to know what becomes of chats."""
    return bool(getattr(part, "watches", False))


def _takes(part: Part, what: str, event: Handed) -> bool:
    """Say whether a part takes what was handed over; with a command, only that command's part."""
    under = event.otherwise
    return bool(getattr(part, what, False)) and (
        isinstance(under, Said) or under.name in part.commands
    )
