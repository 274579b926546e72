"""Takes updates in, however they come: each is handled once, in order within its chat.

An update may be confirmed to Telegram as soon as `take` returns, because everything it caused is
committed by then. One that keeps failing is put aside, so that it does not block those behind it:
it is marked as seen, its kind and number are written to the log, and its chat is told. While the
store is out of reach nothing is put aside, and nothing is confirmed.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeGuard
from weakref import WeakValueDictionary

from telegram import Bot, Update, User

from bot.core.cards import notice_card
from bot.core.events import Event, Handed, Said, Searched, Voted
from bot.core.words import notice
from bot.frontends.telegram.at_once import AtOnce, Confirmation, confirmation
from bot.frontends.telegram.completing import Completing
from bot.frontends.telegram.inbound import pressed_plainly, to_event
from bot.frontends.telegram.markup import MARKUP
from bot.frontends.telegram.names import PLATFORM
from bot.service.desk import Desk, Handled
from bot.service.faults import fault
from bot.service.parts import Spoken
from bot.service.ports import StoreProblem
from bot.service.waiting import pause

Raw = Mapping[str, Any]
"""An update as it came: `update_id`, and one more key that says what kind it is."""

Confirm = Callable[[Confirmation], None]

PAUSES = (0.2, 1.0)
"""Seconds to wait before the second try, and before the third."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Arrival:
    """An update that came."""

    raw: Raw
    event: Event | None
    """What it means; None where it is not for the bot."""
    answer: Callable[[Handled], None]
    """Lets Telegram know what it led to, where it waits for that."""
    hurries: bool = False
    """Whether it is an answer to a live quiz."""


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

    async def take(self, raw: Raw, confirm: Confirm | None = None) -> None:
        """Handle an update; raise only where not even its failure could be kept.

        `confirm` takes the confirmation of an answer to a live quiz back the way that the update
        came; without it, and for everything else, Telegram is called.
        """
        try:
            arrival = self._hurried(raw, confirm) or self._read(raw)
        except (AttributeError, KeyError, TypeError, ValueError) as unreadable:
            await self._put_aside(raw, None, unreadable)
            return
        if arrival.event is None:
            arrival.answer(Handled())
            return
        lane = self._lane(arrival.event, hurries=arrival.hurries)
        async with self._lanes.setdefault(lane, asyncio.Lock()):
            await self._handle(arrival, arrival.event)

    async def finish(self) -> None:
        """Wait for the confirmations that are still on their way."""
        await self._at_once.finish()

    def _hurried(self, raw: Raw, confirm: Confirm | None) -> Arrival | None:
        """Return a press that answers a question of a live quiz; they come by the hundred."""
        press = pressed_plainly(raw)
        if press is None or not self._desk.hurries(press):
            return None
        said = confirm or self._at_once.confirm

        def answer(handled: Handled) -> None:
            said(confirmation(press.press, handled))

        return Arrival(raw, press, answer, hurries=True)

    def _read(self, raw: Raw) -> Arrival:
        update = Update.de_json(dict(raw), self._bot)
        event = to_event(update, self._me)
        if isinstance(event, Handed) and not self._desk.takes(event):
            event = event.otherwise
        if event and self._is_rest_of_album(update, event):
            event = None
        return Arrival(raw, event, partial(self._at_once.answer, update))

    async def _handle(self, arrival: Arrival, event: Event) -> None:
        problem = await self._tried(arrival, event)
        for seconds in self._pauses:
            if problem is None:
                return
            await pause(self._stop, seconds)
            problem = await self._tried(arrival, event)
        if isinstance(problem, StoreProblem):
            raise problem  # not this update's fault: it is worth bringing again, however often
        if problem:
            await self._put_aside(arrival.raw, event, problem)
            arrival.answer(Handled(toast=FAILED))

    async def _tried(self, arrival: Arrival, event: Event) -> Exception | None:
        try:
            whole = event if arrival.hurries else await self._completing.complete(event)
            number = str(arrival.raw["update_id"])
            handled = await self._desk.handle(whole, number) if whole else Handled()
        except Exception as problem:  # noqa: BLE001 - one update must not stop the others
            return problem
        arrival.answer(handled)
        return None

    async def _put_aside(self, raw: Raw, event: Event | None, problem: Exception) -> None:
        number = str(raw["update_id"])
        async with self._desk.store.work(self._desk.clock()) as work:
            first = await work.first_time(PLATFORM, number)
            if first and event and self._may_be_told(event):
                await work.queue(event.place, FAILED, reply_to=event.message)
        kind = next((key for key in raw if key != "update_id"), "nothing")
        _log.error("telegram: put update %s (%s) aside: %s", number, kind, fault(problem))

    def _may_be_told(self, event: Event) -> TypeGuard[Spoken | Handed]:
        """Say whether the chat is told that an update failed; of an answer, its confirmation is enough."""
        return isinstance(event, Spoken | Handed) and not self._desk.hurries(event)

    def _lane(self, event: Event, *, hurries: bool) -> str:
        """Return within what events are handled one after the other."""
        # Answers of a class come all at once, and each is its own affair.
        if hurries or isinstance(event, Searched | Voted) or self._desk.hurries(event):
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
