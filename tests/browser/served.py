"""A real server for a real browser, on this machine."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from secrets import token_urlsafe

from bot.core.library import Library
from bot.core.live_types import LIVE
from bot.frontends.web.markup import MARKUP
from bot.frontends.web.run import Address, WebFrontEnd
from bot.service.banks import Banks
from bot.service.deadlines import Ringer
from bot.service.desk import Desk
from bot.service.librarian import Librarian
from bot.service.live import Live
from bot.service.signing import owners_link
from bot.store.store import SqlStore
from tests.cast import NOON


class Served:
    """The bot with its page; it can be stopped, and started again at the same address."""

    def __init__(
        self, library: Library, database: Path, clock: Callable[[], datetime] | None = None
    ) -> None:
        seconds = count()
        self._clock = clock or (lambda: NOON + timedelta(seconds=next(seconds) / 10))
        self._store: SqlStore | None = None
        self._desk: Desk | None = None
        self._library = library
        self._database = f"sqlite+aiosqlite:///{database}"
        self._port = 0
        self._stop = asyncio.Event()
        self._running: asyncio.Task[None] | None = None
        self.url = ""

    async def start(self) -> None:
        """Start, and return as soon as the page can be opened."""
        self._stop = asyncio.Event()
        ready = asyncio.get_running_loop().create_future()
        self._running = asyncio.create_task(self._run(ready))
        self.url = await ready
        self._port = int(self.url.rpartition(":")[2])

    async def stop(self) -> None:
        """Stop, and close the database."""
        self._stop.set()
        if self._running:
            await self._running
            self._running = None

    async def sign_in_link(self) -> str:
        """Return where whoever started the bot signs in."""
        assert self._store
        return await owners_link(self._store, self._clock())

    async def look(self) -> None:
        """Answer from what is published, as the librarian does by itself before long."""
        assert self._desk
        librarian = Librarian(Banks(self._desk.store, self._clock))
        await librarian.look()
        self._desk.library = librarian.library

    async def _run(self, ready: "asyncio.Future[str]") -> None:
        async with SqlStore.open(self._database) as store:
            desk = Desk(
                store, self._library, {"web": MARKUP}, self._clock, lambda: token_urlsafe(12)
            )
            self._store, self._desk = store, desk
            live = Live(desk)
            ringer = Ringer(desk, {LIVE: live.time_up}, live.returned)
            page = WebFrontEnd(desk, Address(port=self._port))
            page.live = live
            async with asyncio.TaskGroup() as group:
                group.create_task(page.run(self._stop))
                group.create_task(ringer.run(self._stop))
                await page.ready.wait()
                ready.set_result(page.url)


@asynccontextmanager
async def serving(
    library: Library, database: Path, clock: Callable[[], datetime] | None = None
) -> AsyncGenerator[Served]:
    """Serve a library from a database."""
    server = Served(library, database, clock)
    await server.start()
    try:
        yield server
    finally:
        await server.stop()
