"""Takes updates in, however they come: each is handled once, in order within its chat.

An update may be confirmed to Telegram as soon as `take` returns, because everything it caused is
committed by then. One that keeps failing is put aside, so that it does not block those behind it:
it is marked as seen, its kind and number are written to the log, and its chat is told. While the
store is out of reach nothing is put aside, and nothing is confirmed.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Mapping, Sequence
from typing import Any
from weakref import WeakValueDictionary

from telegram import Bot, Update, User

from bot.core.cards import notice_card
from bot.core.events import Changed, Event, Handed, Said, Searched, Voted
from bot.core.words import notice
from bot.frontends.telegram.at_once import AtOnce
from bot.frontends.telegram.completing import Completing
from bot.frontends.telegram.inbound import to_event
from bot.frontends.telegram.markup import MARKUP
from bot.frontends.telegram.names import PLATFORM
from bot.service.desk import Desk, Handled
from bot.service.faults import fault
from bot.service.ports import StoreProblem
from bot.service.waiting import pause

Raw = Mapping[str, Any]
"""An update as it came: `update_id`, and one more key that says what kind it is."""

PAUSES = (0.2, 1.0)
"""Seconds to wait before the second try, and before the third."""

_log = logging.getLogger(__name__)


class Reception:
    """Where updates come in."""

    def __init__(
        self, bot: Bot, me: User, desk: Desk, stop: asyncio.Event, pauses: Sequence[float] = PAUSES
    ) -> None:
        self._bot = bot
        self._me = me
        self._desk = desk
        self._stop = stop
        self._pauses = pauses
        self._at_once = AtOnce(bot)
        self._completing = Completing(bot, desk, stop)
        self._lanes: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._albums: deque[str] = deque(maxlen=100)

    async def take(self, raw: Raw) -> None:
        """Handle an update; raise only where not even its failure could be kept."""
        try:
            update = Update.de_json(dict(raw), self._bot)
            event = to_event(update, self._me)
        except (AttributeError, KeyError, TypeError, ValueError) as unreadable:
            await self._put_aside(raw, None, unreadable)
            return
        if isinstance(event, Handed) and not self._desk.takes(event):
            event = event.otherwise
        if event is None or self._is_rest_of_album(update, event):
            self._at_once.answer(update, Handled())
            return
        async with self._lanes.setdefault(self._lane(event), asyncio.Lock()):
            await self._handle(raw, update, event)

    async def finish(self) -> None:
        """Wait for the confirmations that are still on their way."""
        await self._at_once.finish()

    async def _handle(self, raw: Raw, update: Update, event: Event) -> None:
        problem = await self._tried(update, event)
        for seconds in self._pauses:
            if problem is None:
                return
            await pause(self._stop, seconds)
            problem = await self._tried(update, event)
        if isinstance(problem, StoreProblem):
            raise problem  # not this update's fault: it is worth bringing again, however often
        if problem:
            await self._put_aside(raw, event, problem)
            self._at_once.answer(update, Handled(toast=FAILED))

    async def _tried(self, update: Update, event: Event) -> Exception | None:
        try:
            whole = await self._completing.complete(event)
            handled = await self._desk.handle(whole, str(update.update_id)) if whole else Handled()
        except Exception as problem:  # noqa: BLE001 - one update must not stop the others
            return problem
        self._at_once.answer(update, handled)
        return None

    async def _put_aside(self, raw: Raw, event: Event | None, problem: Exception) -> None:
        number = str(raw["update_id"])
        async with self._desk.store.work(self._desk.clock()) as work:
            first = await work.first_time(PLATFORM, number)
            if first and event and not isinstance(event, Searched | Voted | Changed):
                await work.queue(event.place, FAILED, reply_to=event.message)
        kind = next((key for key in raw if key != "update_id"), "nothing")
        _log.error("telegram: put update %s (%s) aside: %s", number, kind, fault(problem))

    def _lane(self, event: Event) -> str:
        """Return within what events are handled one after the other."""
        # Answers of a class come all at once, and each is its own affair.
        if isinstance(event, Searched | Voted) or self._desk.hurries(event):
            return event.by.key
        return event.place.chat

    def _is_rest_of_album(self, update: Update, event: Event) -> bool:
        """Tell whether this is one more picture of an album that had its answer."""
        album = update.effective_message.media_group_id if update.effective_message else None
        if not album:
            return False
        known = album in self._albums
        self._albums.append(album)
        return known and isinstance(event, Said) and not event.text


FAILED = notice_card(notice("failed"), MARKUP)
