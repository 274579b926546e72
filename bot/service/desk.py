"""The desk: takes events, keeps what they cause in one transaction, hands out what is to be shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.core.cards import Card
from bot.core.events import Event
from bot.core.library import Library
from bot.core.page import Markup
from bot.service.ports import Clock, Store, Token


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one person may ask, how long things are kept."""

    questions_a_minute: int = 30
    follow_up_minutes: int = 30


@dataclass(frozen=True, slots=True)
class Handled:
    """What an event led to, for front ends that show it at once."""

    cards: tuple[Card, ...] = ()
    """What is to be said; empty where it went into the outbox."""
    toast: Card | None = None
    """The private confirmation of a press."""
    offers: tuple[Card, ...] = ()
    """Inline results."""
    repeated: bool = False
    """The update had been handled before; nothing was done."""


@dataclass
class Desk:
    """Where every front end brings its events."""

    store: Store
    library: Library
    markups: Mapping[str, Markup]
    """The markup of each platform, by its name."""
    clock: Clock
    token: Token
    limits: Limits = field(default_factory=Limits)
    outbox: frozenset[str] = frozenset({"telegram"})
    """The platforms whose messages go out through the outbox; the others get them back at once."""
    admins: tuple[str, ...] = ()
    """The chats to alert of a report, such as `telegram:77`."""

    async def handle(self, event: Event, update: str = "", said: str = "") -> Handled:
        """Decide an event and keep all of its effects in one transaction with the update's id.

        When this returns, everything is committed: only then may the update be confirmed.
        `said` is for pages that show their own past: with it, the exchange (the cards, or the
        toast where there are none) goes into the transcript in the same transaction.
        """
        raise NotImplementedError
