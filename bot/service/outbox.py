"""Delivers what the outbox holds: one sender for each platform, in order within each chat.

What was claimed and not struck off is claimed again after its lease, by this process or the
next. So nothing is lost, and a message may be repeated where the process died between the
platform's "yes" and our striking it off.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta

from bot.service.faults import fault
from bot.service.pace import Pace
from bot.service.ports import Clock, NotDelivered, Outgoing, Sender, Store, StoreProblem
from bot.service.waiting import Wait, pause

IN_FLIGHT = 4
"""Requests at the same time: more of them slow each other down."""
POLL = timedelta(seconds=0.25)
"""How often to look for what another process has queued."""
TROUBLE = timedelta(seconds=5)
"""How long to leave a store alone that cannot be used."""
SENDING = timedelta(seconds=45)
"""How long a delivery may take; shorter than the store's lease."""
LONGEST = timedelta(minutes=10)
MOST_TRIES = 60
"""Tries before a delivery is given up: with pauses of up to ten minutes, most of a night."""

Unreachable = Callable[[Outgoing], Awaitable[None]]
"""Told of a delivery that can never be made."""

_log = logging.getLogger(__name__)


async def _nobody(outgoing: Outgoing) -> None:
    """Tell nobody."""
    del outgoing


class Outbox:
    """The deliveries of one platform."""

    def __init__(
        self, platform: str, store: Store, sender: Sender, clock: Clock, wait: Wait = pause
    ) -> None:
        self._platform = platform
        self._store = store
        self._sender = sender
        self._clock = clock
        self._wait = wait
        self.unreachable: Unreachable = _nobody
        """Who is told where a chat takes nothing from us any more."""
        self._pace = Pace()
        self._sending: set[asyncio.Task[None]] = set()
        self._bell = asyncio.Event()
        self._stopped = False

    def wake(self) -> None:
        """Say that something was queued: it is sent now, and not at the next look."""
        self._bell.set()

    def stop(self) -> None:
        """Claim nothing more; `run` ends when what is on its way has arrived."""
        self._stopped = True
        self._bell.set()

    async def run(self) -> None:
        """Deliver until told to stop."""
        try:
            while not self._stopped:
                # Cleared before looking: what is queued while we look rings for the next round.
                self._bell.clear()
                rest = await self._round()
                if not self._stopped:
                    await self._wait(self._bell, rest.total_seconds())
        finally:
            if self._sending:
                await asyncio.wait(self._sending)

    async def _round(self) -> timedelta:
        """Begin the deliveries that may go out now; return how long to rest afterwards."""
        try:
            await self._begin()
        except StoreProblem as problem:
            _log.error("outbox %s: %s", self._platform, problem)
            return TROUBLE
        return min(self._pace.wait(self._clock()) or POLL, POLL)

    async def _begin(self) -> None:
        now = self._clock()
        most = min(IN_FLIGHT - len(self._sending), self._pace.room(now))
        if most <= 0:
            return
        resting, sparing = self._pace.resting(now), self._pace.sparing(now)
        for outgoing in await self._store.claim(self._platform, now, most, resting, sparing):
            self._pace.sent(outgoing.place.chat, calls(outgoing), now)
            task = asyncio.create_task(self._deliver(outgoing))
            self._sending.add(task)
            task.add_done_callback(self._landed)

    def _landed(self, task: asyncio.Task[None]) -> None:
        self._sending.discard(task)
        self._bell.set()
        problem = None if task.cancelled() else task.exception()
        if problem:
            # The row stays leased for a while: that is its pause before the next try.
            _log.error("outbox %s: a delivery failed: %s", self._platform, fault(problem))

    async def _deliver(self, outgoing: Outgoing) -> None:
        if outgoing.tries >= MOST_TRIES:  # it ended each of them without a word: a fault of ours
            await self._failed(outgoing, NotDelivered("tried too often", permanent=True))
            return
        try:
            async with asyncio.timeout(SENDING.total_seconds()):
                messages = await self._sender.send(outgoing)
        except NotDelivered as failure:
            await self._failed(outgoing, failure)
        except TimeoutError:
            await self._failed(outgoing, NotDelivered("no answer in time", permanent=False))
        else:
            await self._store.delivered(outgoing, messages)

    async def _failed(self, outgoing: Outgoing, failure: NotDelivered) -> None:
        now = self._clock()
        if failure.permanent or outgoing.tries + 1 >= MOST_TRIES:
            await self._store.given_up(outgoing, str(failure), now)
            # The reason is kept with it; here it could hold a piece of what somebody wrote.
            _log.warning("outbox %s: gave up delivery %d", self._platform, outgoing.id)
            await self.unreachable(outgoing)
            return
        until = now + (timedelta(seconds=failure.retry_after) or backoff(outgoing.tries))
        self._pace.rest(outgoing.place.chat, until)
        if outgoing.card.passing:
            # What stood there before goes on standing, until the next one takes its place.
            await self._store.delivered(outgoing, outgoing.edits)
        else:
            await self._store.postponed(outgoing, until)


def calls(outgoing: Outgoing) -> int:
    """Return how many messages are sent, edited, ended or deleted for a delivery, at most."""
    card = outgoing.card
    pieces = 1 if card.poll else len(card.pages) + bool(card.file)
    earlier = len(outgoing.edits)
    return max(1, pieces - len(outgoing.done)) + (
        earlier if card.closes else max(0, earlier - pieces)
    )


def backoff(tries: int) -> timedelta:
    """Return how long to wait after so many tries before this one: 1 s, 2 s, 4 s, up to ten minutes."""
    return min(timedelta(seconds=2 ** min(tries, 16)), LONGEST)
