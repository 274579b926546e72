"""A connection whose statements are finished even where the task that waits for them is cancelled.

A statement that is cut off leaves its connection in the middle of a transaction, and on SQLite
with the lock that every other writer needs. So a cancellation waits for the end of the
statement; then it takes its course, and the transaction is rolled back in order.
"""

import asyncio
from collections.abc import Callable, Coroutine, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import Connection, CursorResult, Dialect, Executable, ScalarResult
from sqlalchemy.ext.asyncio import AsyncConnection

T = TypeVar("T")
Values = Mapping[str, Any] | Sequence[Mapping[str, Any]]


class Steady:
    """An open transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    @property
    def dialect(self) -> Dialect:
        """Which engine this is."""
        return self._connection.dialect

    async def execute(
        self, statement: Executable, values: Values | None = None
    ) -> CursorResult[Any]:
        """Run a statement and fetch what it returns."""
        return await whole(self._connection.execute(statement, values))

    async def scalars(self, statement: Executable) -> ScalarResult[Any]:
        """Run a statement and fetch the first column of what it returns."""
        return await whole(self._connection.scalars(statement))

    async def run_sync(self, work: Callable[[Connection], T]) -> T:
        """Run what knows nothing of waiting."""
        return await whole(self._connection.run_sync(work))


async def whole(step: Coroutine[Any, Any, T]) -> T:
    """Finish a step, and only then let a cancellation through."""
    doing = asyncio.create_task(step)
    cancelled: asyncio.CancelledError | None = None
    while not doing.done():
        try:
            await asyncio.wait({doing})
        except asyncio.CancelledError as cancellation:
            cancelled = cancellation
    if cancelled:
        doing.exception()  # looked at, so that asyncio does not complain of it
        raise cancelled
    return doing.result()
