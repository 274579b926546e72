"""A desk that only takes note, for tests of how updates come in."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count

from bot.core.cards import Card
from bot.core.events import Event, Searched
from bot.core.library import Library
from bot.core.page import Page
from bot.frontends.telegram.markup import MARKUP
from bot.service.desk import Desk, Handled
from bot.service.ports import Store
from tests.cast import NOON


@dataclass
class NotingDesk(Desk):
    """Commits each update's number with an answer, and does nothing else."""

    kept: list[Event] = field(default_factory=list[Event])
    before: Callable[[Event], None] = lambda _: None
    """Called before anything is kept; may raise."""
    after: Callable[[Event], None] = lambda _: None
    """Called when everything is committed; may raise."""
    together: asyncio.Barrier | None = None
    """Where so many events wait until all of them have begun."""
    shows: Handled = field(default_factory=Handled)

    async def handle(self, event: Event, update: str = "", said: str = "") -> Handled:
        if self.together:
            await self.together.wait()
        self.before(event)
        async with self.store.work(self.clock()) as work:
            if not await work.first_time("telegram", update):
                return Handled(repeated=True)
            if not isinstance(event, Searched):
                await work.queue(event.place, Card((Page(f"to {update}"),)))
        self.kept.append(event)
        self.after(event)
        return self.shows


def noting_desk(store: Store) -> NotingDesk:
    """Return a desk that takes note in a store."""
    numbers = count()
    markups = {"telegram": MARKUP}
    return NotingDesk(store, Library(()), markups, lambda: NOON, lambda: str(next(numbers)))
