"""Tells who watches a live quiz that it has changed, also where another worker changed it.

All who watch the same quiz share one look at the store: after a ring of our own at once, and
otherwise every second.
"""

import asyncio
import logging
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from bot.service.live_ports import Pulse
from bot.service.ports import Clock, Store, StoreProblem
from bot.service.waiting import Wait, pause

EVERY = 1.0
"""Seconds between two looks at what other workers did."""
REST = 0.25
"""Seconds between two news of one quiz, however many presses there are."""

_log = logging.getLogger(__name__)


@dataclass
class _Channel:
    """One quiz that is watched."""

    watchers: int = 0
    pulse: Pulse | None = None
    news: int = 0
    """How often the pulse has changed; 0 before the first look."""
    changed: asyncio.Condition = field(default_factory=asyncio.Condition)
    bell: asyncio.Event = field(default_factory=asyncio.Event)
    looking: asyncio.Task[None] | None = None

    async def newer(self, than: int) -> int:
        """Wait for news that are newer than those; return how many there are."""
        async with self.changed:
            await self.changed.wait_for(lambda: self.news > than)
            return self.news


class Hub:
    """The quizzes that are watched here."""

    def __init__(self, store: Store, clock: Clock, wait: Wait = pause) -> None:
        self._store = store
        self._clock = clock
        self._wait = wait
        self._channels: dict[str, _Channel] = {}

    def ring(self, code: str) -> None:
        """Say that a quiz has changed."""
        if channel := self._channels.get(code):
            channel.bell.set()

    def news(self, code: str) -> int:
        """Return how much news there was of a quiz that is watched here; 0 where none is known."""
        channel = self._channels.get(code)
        return channel.news if channel else 0

    def epoch(self, code: str) -> int | None:
        """Return the epoch that the watch saw last; None where nobody watches."""
        channel = self._channels.get(code)
        return channel.pulse.epoch if channel and channel.pulse else None

    async def pulse(self, code: str) -> Pulse | None:
        """Return how far a quiz is; None where there is none of that code."""
        channel = self._channels.get(code)
        if channel and channel.news and not channel.bell.is_set():
            return channel.pulse  # seen a moment ago, for all who watch
        return await self._looked(code)

    async def _looked(self, code: str) -> Pulse | None:
        async with self._store.work(self._clock()) as work:
            return (await work.sessions.pulses([code])).get(code)

    async def watch(self, code: str) -> AsyncIterator[Pulse]:
        """Yield how far a quiz is: now, and each time that it has changed."""
        async with self._watched(code) as channel:
            news = 0
            while True:
                news = await channel.newer(news)
                if channel.pulse is None:
                    return
                yield channel.pulse

    @asynccontextmanager
    async def _watched(self, code: str) -> AsyncGenerator[_Channel]:
        channel = self._channels.setdefault(code, _Channel())
        channel.watchers += 1
        if channel.looking is None:
            channel.looking = asyncio.create_task(self._look(code, channel))
        try:
            yield channel
        finally:
            channel.watchers -= 1
            if not channel.watchers:
                channel.looking.cancel()
                self._channels.pop(code, None)

    async def _look(self, code: str, channel: _Channel) -> None:
        never = asyncio.Event()
        while True:
            channel.bell.clear()
            await self._compare(code, channel)
            await self._wait(never, REST)
            await self._wait(channel.bell, EVERY - REST)

    async def _compare(self, code: str, channel: _Channel) -> None:
        try:
            pulse = await self._looked(code)
        except StoreProblem as problem:
            _log.warning("live: %s", problem)  # and look again in a second
            return
        async with channel.changed:
            if pulse != channel.pulse or not channel.news:
                channel.pulse, channel.news = pulse, channel.news + 1
                channel.changed.notify_all()
