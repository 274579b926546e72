"""Opens a database: SQLite with one careful writer, or PostgreSQL with a pool."""

import asyncio
import threading
from collections.abc import AsyncGenerator, Collection
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from bot.service.ports import StoreProblem
from bot.store.near import near
from bot.store.problems import problems_in_words

_WORKER = "(_connection_worker_thread)"
"""How aiosqlite's threads are called."""
_PATIENCE = 2.0
"""Seconds; a thread that is stopping takes a few thousandths."""
_DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg"}
# How long to wait for a lock is the driver's business: 5 s, or `?timeout=` in the address.
_PRAGMAS = (
    "journal_mode = WAL",
    # NORMAL may lose the last commits at a power cut, and they were confirmed already.
    "synchronous = FULL",
    "foreign_keys = ON",
    # What was deleted is overwritten: the privacy page promises that it is gone.
    "secure_delete = ON",
)


@asynccontextmanager
async def opened(url: str) -> AsyncGenerator[AsyncEngine]:
    """Open the database of that address, and let go of it however the block ends."""
    address = _address(url)
    others = {*threading.enumerate()}
    engine = _engine(address)
    try:
        # aiosqlite's threads keep a process alive until the engine is disposed of.
        yield engine
    finally:
        await engine.dispose()
        await _threads_ended(others)


async def _threads_ended(others: Collection[threading.Thread]) -> None:
    """Wait for aiosqlite's threads: one that outlives the loop fails when it reports to it."""
    for thread in threading.enumerate():
        if thread not in others and thread.name.endswith(_WORKER):
            await asyncio.to_thread(thread.join, _PATIENCE)


def _address(url: str) -> URL:
    try:
        address = make_url(url)
    except ArgumentError:
        raise StoreProblem(
            "DATABASE_URL is no address of a database. Write sqlite:///FILE or postgresql://…"
        ) from None
    if driver := _DRIVERS.get(address.get_backend_name()):
        return address.set(drivername=driver)
    raise StoreProblem(
        f"{address.get_backend_name()} is no database that this program knows. "
        "Set DATABASE_URL to sqlite:///FILE or postgresql://…"
    )


def _engine(address: URL) -> AsyncEngine:
    with problems_in_words(address):
        if address.get_backend_name() == "sqlite":
            return _sqlite(address)
        return _postgresql(address)


def _sqlite(address: URL) -> AsyncEngine:
    if not address.database or ":memory:" in address.database:
        raise StoreProblem(
            "A database in memory forgets everything at the end. Set DATABASE_URL to sqlite:///FILE."
        )
    if not address.database.startswith("file:"):
        Path(address.database).parent.mkdir(parents=True, exist_ok=True)
    # hide_parameters: what people wrote must not come to the log with an error.
    # One connection: two would only wait for each other, since SQLite has one writer.
    engine = create_async_engine(
        address,
        pool_size=1,
        max_overflow=0,
        hide_parameters=True,
        connect_args={"async_creator_fn": near},
    )
    event.listen(engine.sync_engine, "connect", _prepare)
    event.listen(engine.sync_engine, "begin", _begin)
    return engine


def _postgresql(address: URL) -> AsyncEngine:
    try:
        return create_async_engine(
            address,
            pool_size=8,
            max_overflow=0,
            pool_pre_ping=True,
            hide_parameters=True,
            connect_args={"command_timeout": 60},
        )
    except (ImportError, NoSuchModuleError):
        raise StoreProblem(
            "PostgreSQL needs one more package: pip install 'doublecheck[postgres]'."
        ) from None


def _prepare(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    # Any: the standard's interface of a connection does not know SQLite's own settings.
    sqlite: Any = connection
    sqlite.isolation_level = None  # the driver begins no transactions of its own
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    # IMMEDIATE waits for the other writer now; a transaction that reads first and writes later
    # would find the database changed under it, and fail at once.
    connection.exec_driver_sql("BEGIN IMMEDIATE")
