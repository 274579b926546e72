"""What takes too long for a transaction: files and pictures are made aside, and sent when ready."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from bot.core.answer import Notice
from bot.core.effects import Post
from bot.core.events import Place
from bot.core.words import notice
from bot.service.desk import Desk
from bot.service.faults import fault
from bot.service.keeping import Posting

_log = logging.getLogger(__name__)

Making = Callable[[], Awaitable[Sequence[Post]]]
"""Makes something, outside of any transaction, and returns how it is to be sent."""


@dataclass
class Errands:
    """Runs errands; those underway when the process ends are lost, and the button is pressed again."""

    desk: Desk
    _running: set[asyncio.Task[None]] = field(default_factory=set[asyncio.Task[None]])

    def begin(self, making: Making, place: Place, person: str) -> None:
        """Begin an errand for a person; nobody waits for it."""
        task = asyncio.create_task(self._run(making, place, person))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def finish(self) -> None:
        """Wait for everything that was begun."""
        while self._running:
            await asyncio.wait(self._running)

    async def _run(self, making: Making, place: Place, person: str) -> None:
        try:
            await self._send(await making(), person)
        except Exception as problem:  # noqa: BLE001 - whatever it was, the person is told
            _log.error("an errand failed: %s", fault(problem))
            await self._send([self._failed(place)], person)

    def _failed(self, place: Place) -> Post:
        what: Notice = notice("file.failed")
        return Post(place, what, self.desk.token())

    async def _send(self, posts: Sequence[Post], person: str) -> None:
        now = self.desk.clock()
        async with self.desk.store.work(now) as work:
            posting = Posting(self.desk, work, now, person)
            await posting.keep(posts)
        for platform in posting.queued:
            self.desk.wake(platform)
