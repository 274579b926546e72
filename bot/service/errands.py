"""What takes too long for a transaction: files and pictures are made aside, and sent when ready."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from bot.core.effects import Post
from bot.core.events import Place
from bot.core.words import notice
from bot.service.desk import Desk
from bot.service.faults import fault
from bot.service.keeping import NOBODY, Posting

_log = logging.getLogger(__name__)

Making = Callable[[], Awaitable[Sequence[Post]]]
"""Makes something, outside of any transaction, and returns how it is to be sent."""


@dataclass
class Errands:
    """Runs errands; those underway when the process ends are lost, and the button is pressed again."""

    desk: Desk
    _running: set[asyncio.Task[None]] = field(default_factory=set[asyncio.Task[None]])

    def begin(self, making: Making, place: Place | None = None, person: str = NOBODY) -> None:
        """Begin an errand, for a person in a place or by ourselves; nobody waits for it."""
        task = asyncio.create_task(self._run(making, place, person))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def finish(self) -> None:
        """Wait for everything that was begun."""
        while self._running:
            await asyncio.wait(self._running)

    async def _run(self, making: Making, place: Place | None, person: str) -> None:
        try:
            await self._send(await making(), person)
        except Exception as problem:  # noqa: BLE001 - whatever it was, the person is told
            _log.error("an errand failed: %s", fault(problem))
            if place:
                failed = Post(place, notice("file.failed"), self.desk.token())
                await self._send([failed], person)

    async def _send(self, posts: Sequence[Post], person: str) -> None:
        if not posts:
            return
        now = self.desk.clock()
        async with self.desk.store.work(now) as work:
            posting = Posting(self.desk, work, now, person)
            await posting.keep(posts)
        for platform in posting.queued:
            self.desk.wake(platform)
