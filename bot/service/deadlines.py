"""Lets deadlines ring: each once, in the transaction in which it has its effect.

A deadline is a row. It outlives the process, and whichever worker claims it first holds it until
its effect is committed; where that worker dies before, the next one finds it again. How long
nobody was there to answer is known by a moment that is written every few seconds.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.core.effects import Effect
from bot.core.library import Library
from bot.service.desk import Desk
from bot.service.faults import fault
from bot.service.keeping import Posting
from bot.service.live_ports import Deadline
from bot.service.ports import StoreProblem, Token, Work
from bot.service.waiting import Wait, pause

POLL = timedelta(seconds=0.25)
"""How often to look for deadlines that another process has set."""
BEAT = timedelta(seconds=1.5)
"""How often to write that we are alive."""
AWAY = timedelta(seconds=5)
"""After so long without a beat of any worker, nobody was there."""
AWAY_AT_START = timedelta(seconds=2)
"""Who begins was not there before: another worker's beat would be newer."""
TROUBLE = timedelta(seconds=5)
LONGEST = timedelta(minutes=10)
MOST_TRIES = 20
"""Tries of a handler that fails, before its deadline is given up."""
NAME = "deadlines"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Ringing:
    """A deadline that rings, and what it takes to deal with it."""

    deadline: Deadline
    work: Work
    now: datetime
    library: Library
    token: Token
    after: list[Callable[[], None]] = field(default_factory=list[Callable[[], None]])
    """What is to be called once all of it is committed."""


Handler = Callable[[Ringing], Awaitable[Sequence[Effect]]]
"""Deals with a deadline; what it returns is kept in the same transaction (see `Posting`)."""


@dataclass(frozen=True, slots=True)
class Back:
    """We are back after an outage."""

    work: Work
    since: datetime
    now: datetime
    library: Library
    token: Token
    after: list[Callable[[], None]] = field(default_factory=list[Callable[[], None]])
    """What is to be called once all of it is committed."""


Returned = Callable[[Back], Awaitable[Sequence[Effect]]]
"""Deals with an outage, in the transaction that notes that it is over."""


async def _nothing_running(back: Back) -> Sequence[Effect]:
    """Give no time back, where nothing can be running."""
    del back
    return ()


class Ringer:
    """Lets the deadlines of all kinds ring."""

    def __init__(
        self,
        desk: Desk,
        handlers: Mapping[str, Handler],
        returned: Returned = _nothing_running,
        wait: Wait = pause,
    ) -> None:
        self._desk = desk
        self._handlers = handlers
        self._returned = returned
        self._wait = wait
        self._beat_at: datetime | None = None

    async def run(self, stop: asyncio.Event) -> None:
        """Ring until told to stop."""
        while not stop.is_set():
            rest = await self._round()
            if not stop.is_set():
                await self._wait(stop, rest.total_seconds())

    async def _round(self) -> timedelta:
        """Let everything ring that is due; return how long to rest."""
        try:
            # Before anything rings: what came due while nobody was there gets its time back.
            await self.beat()
            while await self.ring_one():
                await self.beat()
            return await self._until_next()
        except StoreProblem as problem:
            _log.error("deadlines: %s", problem)
            return TROUBLE

    async def _until_next(self) -> timedelta:
        now = self._desk.clock()
        async with self._desk.store.work(now) as work:
            due = await work.deadlines.next_due()
        return min(max(due - now, timedelta()), POLL) if due else POLL

    async def beat(self) -> None:
        """Write that we are alive, every few seconds; where nobody was, give the time back."""
        now = self._desk.clock()
        if self._beat_at and timedelta() <= now - self._beat_at < BEAT:
            return
        after: list[Callable[[], None]] = []
        async with self._desk.store.work(now) as work:
            last = await work.deadlines.beat(NAME, now)
            posting = Posting(self._desk, work, now)
            if last and now - last > (AWAY if self._beat_at else AWAY_AT_START):
                _log.warning("deadlines: nobody was there for %d s", (now - last).total_seconds())
                back = Back(work, last, now, self._desk.library, self._desk.token, after)
                await posting.keep(await self._returned(back))
        self._beat_at = now
        self._wake(posting, after)

    async def ring_one(self) -> bool:
        """Let the first deadline ring that is due; return whether there was one."""
        now, claimed = self._desk.clock(), list[Deadline]()
        try:
            async with self._desk.store.work(now) as work:
                posting = Posting(self._desk, work, now)
                ringing = await self._claimed(work, now, claimed, posting)
        except StoreProblem:
            raise
        except Exception as problem:
            if not claimed:
                raise
            await self._put_off(claimed[0], problem)
            return True
        self._wake(posting, ringing.after if ringing else ())
        return ringing is not None

    async def _claimed(
        self, work: Work, now: datetime, claimed: list[Deadline], posting: Posting
    ) -> Ringing | None:
        deadline = await work.deadlines.claim(now)
        if deadline is None:
            return None
        claimed.append(deadline)
        ringing = Ringing(deadline, work, now, self._desk.library, self._desk.token)
        if handler := self._handlers.get(deadline.kind):
            await posting.keep(await handler(ringing))
        else:
            _log.error("deadlines: nobody here deals with %s", deadline.kind)
        return ringing

    async def _put_off(self, deadline: Deadline, problem: Exception) -> None:
        """Let a deadline whose handler failed ring again, later and later; in the end, no more."""
        _log.error("deadlines: %s %s failed: %s", deadline.kind, deadline.subject, fault(problem))
        now = self._desk.clock()
        wait = min(timedelta(seconds=2 ** min(deadline.tries, 16)), LONGEST)
        async with self._desk.store.work(now) as work:
            if deadline.tries + 1 < MOST_TRIES:
                await work.deadlines.again(deadline, now + wait)
            else:
                await work.deadlines.give_up(deadline)

    def _wake(self, posting: Posting, after: Sequence[Callable[[], None]]) -> None:
        for platform in posting.queued:
            self._desk.wake(platform)
        for call in after:
            call()
