"""Group commit: what arrives while one commit runs goes into the next, all of it in one transaction.

Each is acknowledged after the commit that holds it. While many come, two commits rest for a moment
between them: a commit of twenty costs little more than a commit of two. A batch that fails is tried
again row by row, so that one bad answer does not take five hundred others with it.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

from bot.service.ports import Clock, Store, StoreProblem, Work
from bot.service.waiting import Wait, pause

MOST = 500
"""Jobs of one transaction."""
REST = 0.02
"""Seconds between two transactions, where jobs came during the first of them."""

J = TypeVar("J")
R = TypeVar("R")
Batch = Callable[[Work, Sequence[J]], Awaitable[Sequence[R]]]
"""Does jobs in one transaction, and returns a result for each of them."""


class GroupCommit(Generic[J, R]):
    """Does the jobs of many who wait, together."""

    def __init__(self, store: Store, clock: Clock, batch: Batch[J, R], wait: Wait = pause) -> None:
        self._store = store
        self._clock = clock
        self._batch = batch
        self._wait = wait
        self._waiting: deque[tuple[J, asyncio.Future[R]]] = deque()
        self._running: asyncio.Task[None] | None = None

    async def take(self, job: J) -> R:
        """Do a job; when this returns, it is committed."""
        done: asyncio.Future[R] = asyncio.get_running_loop().create_future()
        self._waiting.append((job, done))
        if self._running is None or self._running.done():
            self._running = asyncio.create_task(self._run())
        # Who gives up waiting cancels nothing: the job is done all the same.
        return await asyncio.shield(done)

    async def _run(self) -> None:
        while self._waiting:
            some = [self._waiting.popleft() for _ in range(min(MOST, len(self._waiting)))]
            await self._together(some)
            if self._waiting:
                await self._wait(asyncio.Event(), REST)

    async def _together(self, some: Sequence[tuple[J, asyncio.Future[R]]]) -> None:
        try:
            results = await self._committed([job for job, _ in some])
        except StoreProblem as problem:
            _fail(some, problem)  # the store is out of reach: for one alone as well
        except Exception as problem:  # noqa: BLE001 - whatever it was, who waits is told
            if len(some) == 1:
                _fail(some, problem)
            else:
                for one in some:
                    await self._together([one])
        else:
            for (_, done), result in zip(some, results, strict=True):
                if not done.done():
                    done.set_result(result)

    async def _committed(self, jobs: Sequence[J]) -> Sequence[R]:
        async with self._store.work(self._clock()) as work:
            return await self._batch(work, jobs)


def _fail(some: Sequence[tuple[J, asyncio.Future[R]]], problem: Exception) -> None:
    for _, done in some:
        if not done.done():
            done.set_exception(problem)
