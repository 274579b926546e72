"""The store: everything that outlives the process, on SQLite or PostgreSQL."""

import asyncio
from collections.abc import AsyncGenerator, Collection, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from datetime import datetime
from typing import Any, Self

from sqlalchemy import desc, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.service.ports import Outgoing, Report, Retention, Work
from bot.store import deliveries
from bot.store.engine import opened
from bot.store.migrations import upgrade
from bot.store.problems import problems_in_words
from bot.store.rows import to_report
from bot.store.steady import Steady, whole
from bot.store.tables import people, reports
from bot.store.work import SqlWork


class SqlStore:
    """The store on either engine; see `bot.service.ports.Store`."""

    def __init__(
        self, engine: AsyncEngine, retention: Retention, owners: Sequence[str] = ()
    ) -> None:
        self._engine = engine
        self._retention = retention
        self._owners = owners
        # SQLite has one writer. A lock lets them in one after the other, in the order in which
        # they came; the pool would let each give up after half a minute.
        alone = engine.dialect.name == "sqlite"
        self._turn: AbstractAsyncContextManager[Any] = asyncio.Lock() if alone else nullcontext()

    @classmethod
    @asynccontextmanager
    async def open(
        cls, url: str, retention: Retention | None = None, owners: Sequence[str] = ()
    ) -> AsyncGenerator[Self]:
        """Open the database of that address, bring its tables up to date, and close it at the end.

        `owners` are the people who own the bot by its settings, such as `telegram:77`.
        """
        async with opened(url) as engine:
            store = cls(engine, retention or Retention(), owners)
            async with store._transaction() as connection:
                await connection.run_sync(upgrade)
            yield store

    @asynccontextmanager
    async def work(self, now: datetime) -> AsyncGenerator[Work]:
        """Begin a transaction; leaving the block commits, an exception rolls back."""
        async with self._transaction() as connection:
            work = SqlWork(connection, now, self._owners, self._retention)
            yield work
        if work.personal.erased:
            await self._forget_the_log()

    async def claim(
        self,
        platform: str,
        now: datetime,
        most: int,
        resting: Collection[str] = (),
        sparing: Collection[str] = (),
    ) -> Sequence[Outgoing]:
        """Return the deliveries that are due, oldest first, at most one per chat."""
        wanted = deliveries.Wanted(platform, resting, sparing)
        async with self._transaction() as connection:
            return await deliveries.claim(connection, now, most, wanted)

    async def progressed(self, outgoing: Outgoing, messages: Sequence[str]) -> None:
        """Note the messages that stand so far, so that a retry goes on after them."""
        async with self._transaction() as connection:
            await deliveries.progress(connection, outgoing, messages)

    async def delivered(self, outgoing: Outgoing, messages: Sequence[str]) -> None:
        """Strike a delivery off and note the messages in which it stands."""
        async with self._transaction() as connection:
            await deliveries.strike_off(connection, outgoing, messages)

    async def postponed(self, outgoing: Outgoing, until: datetime) -> None:
        """Try a delivery again at that moment, and the rest of its chat after it."""
        async with self._transaction() as connection:
            await deliveries.postpone(connection, outgoing, until)

    async def given_up(self, outgoing: Outgoing, why: str, now: datetime) -> None:
        """Keep a delivery aside that can never be made."""
        async with self._transaction() as connection:
            await deliveries.set_aside(connection, outgoing, why, now)

    async def reports(self, most: int) -> Sequence[Report]:
        """Return the newest problem reports, newest first."""
        query = (
            select(reports, people.c.key.label("person_key"))
            .join(people, reports.c.person == people.c.id, isouter=True)
            .order_by(desc(reports.c.number))
            .limit(most)
        )
        async with self._transaction() as connection:
            return [to_report(row) for row in await connection.execute(query)]

    async def _forget_the_log(self) -> None:
        """Let SQLite's log of changes, which still has what was erased, go into the file."""
        if self._engine.dialect.name != "sqlite":
            return
        async with self._turn, self._engine.connect() as connection:
            # Past SQLAlchemy, which would begin a transaction, in which there is no checkpoint.
            raw = await connection.get_raw_connection()
            driver: Any = raw.driver_connection
            await driver.execute_fetchall("PRAGMA wal_checkpoint(TRUNCATE)")

    @asynccontextmanager
    async def _transaction(self) -> AsyncGenerator[Steady]:
        with problems_in_words(self._engine.url):
            async with self._turn:
                connection = self._engine.connect()
                try:
                    await whole(connection.start())
                    yield Steady(connection)
                    await whole(connection.commit())
                finally:
                    if connection.sync_connection is not None:
                        # Rolls back what was not committed.
                        await whole(connection.close())
