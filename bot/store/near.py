"""A connection to SQLite that runs statements where they stand, and lets only what waits wait elsewhere.

A statement takes some hundredths of a millisecond. Handed to a thread and back, with one more trip
for each cursor and each fetch, it takes ten times as long; and while the program is busy, each row that
the thread steps to waits for its turn with the interpreter, so that a class that answers at the same
moment waits for seconds. Beginning and ending a transaction wait for other processes and for the
disk: those alone go to the thread.
"""

import asyncio
import sqlite3
from collections.abc import Callable
from functools import partial
from queue import SimpleQueue
from typing import Any

import aiosqlite
from typing_extensions import override

_QUICK = ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH")
_CHUNK = 64
"""Rows that are fetched together where a result is iterated over; the engine fetches results whole."""


class NearConnection(aiosqlite.Connection):
    """A connection that is used by one transaction at a time."""

    _tx: SimpleQueue[tuple[asyncio.Future[Any] | None, Callable[[], Any]]]

    def __init__(self, connector: Callable[[], sqlite3.Connection]) -> None:
        super().__init__(connector, _CHUNK)
        self._thread.daemon = True

    @override
    async def _execute(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        if self._connection and not self._waits(fn, args):
            return fn(*args, **kwargs)
        if not self._connection:
            raise ValueError("no active connection")
        done = asyncio.get_running_loop().create_future()
        self._tx.put_nowait((done, partial(fn, *args, **kwargs)))
        return await done

    def _waits(self, fn: Callable[..., Any], args: tuple[Any, ...]) -> bool:
        """Say whether something may wait for the disk, or for another process."""
        if fn in (self._conn.commit, self._conn.rollback, self._conn.close):
            return True
        return bool(args) and isinstance(args[0], str) and not args[0].startswith(_QUICK)


def near(*address: Any, **settings: Any) -> NearConnection:
    """Return a connection, which is opened when it is awaited."""
    settings["check_same_thread"] = False  # one thread after the other, never two at once
    return NearConnection(partial(sqlite3.connect, *address, **settings))
