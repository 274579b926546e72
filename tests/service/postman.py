"""A platform at whose door the outbox's deliveries arrive."""

import asyncio
from collections.abc import Sequence

from bot.service.ports import Outgoing


class Postman:
    """Takes deliveries; lets a test hold them back, or refuse them."""

    def __init__(self) -> None:
        self.taken: list[str] = []
        """The titles of what was delivered, in order."""
        self.flying = 0
        self.most = 0
        """How many deliveries were under way at the same time."""
        self.refusals: list[Exception] = []
        """Raised one after the other, before anything is taken."""
        self.door = asyncio.Event()
        """Closed, it lets nobody through."""
        self.door.set()
        self._arrived: asyncio.Queue[Outgoing] = asyncio.Queue()

    async def send(self, outgoing: Outgoing) -> Sequence[str]:
        self.flying += 1
        self.most = max(self.most, self.flying)
        self._arrived.put_nowait(outgoing)
        try:
            await self.door.wait()
            if self.refusals:
                raise self.refusals.pop(0)
        finally:
            self.flying -= 1
        self.taken.append(outgoing.card.title)
        return [f"m{outgoing.id}"]

    async def next(self, count: int = 1) -> list[str]:
        """Wait until so many more deliveries have come to the door."""
        return [(await self._arrived.get()).card.title for _ in range(count)]
