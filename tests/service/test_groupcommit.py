import asyncio
from collections.abc import Sequence

import pytest

from bot.service.groupcommit import GroupCommit
from bot.service.ports import StoreProblem, Work
from bot.store.store import SqlStore
from tests.service.clocks import Time


class Counter:
    """Does jobs, and remembers which of them went together."""

    def __init__(self) -> None:
        self.batches: list[list[int]] = []
        self.begun = asyncio.Event()

    async def do(self, work: Work, jobs: Sequence[int]) -> Sequence[int]:
        self.batches.append(list(jobs))
        self.begun.set()
        for job in jobs:
            await work.first_time("job", str(job))
            if job < 0:
                raise ValueError("poisoned")
        return [job * 2 for job in jobs]


@pytest.fixture
def counter() -> Counter:
    return Counter()


@pytest.fixture
def together(store: SqlStore, time: Time, counter: Counter) -> GroupCommit[int, int]:
    return GroupCommit(store, time.clock, counter.do)


async def kept(store: SqlStore, time: Time, *jobs: int) -> list[bool]:
    async with store.work(time.now) as work:
        new = await work.first_times([("job", str(job)) for job in jobs])
    return [("job", str(job)) not in new for job in jobs]


async def test_what_arrives_while_one_commit_runs_goes_into_the_next(
    together: GroupCommit[int, int], counter: Counter
):
    first = asyncio.create_task(together.take(0))
    await counter.begun.wait()
    rest = await asyncio.gather(*(together.take(job) for job in range(1, 30)))

    assert await first == 0
    assert rest == [job * 2 for job in range(1, 30)]
    assert counter.batches == [[0], list(range(1, 30))]


async def test_one_bad_job_does_not_take_the_others_with_it(
    together: GroupCommit[int, int], store: SqlStore, time: Time
):
    results = await asyncio.gather(
        *(together.take(job) for job in (1, -2, 3)), return_exceptions=True
    )

    assert results[0::2] == [2, 6]
    assert isinstance(results[1], ValueError)
    assert await kept(store, time, 1, -2, 3) == [True, False, True]


async def test_who_gives_up_waiting_undoes_nothing(
    together: GroupCommit[int, int], store: SqlStore, time: Time
):
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(together.take(5), 0.0001)
    assert await together.take(6) == 12

    assert await kept(store, time, 5, 6) == [True, True]


async def test_a_store_out_of_reach_fails_all_at_once(store: SqlStore, time: Time):
    tries: list[int] = []

    async def unreachable(work: Work, jobs: Sequence[int]) -> Sequence[int]:
        tries.append(len(jobs))
        raise StoreProblem("gone")

    together = GroupCommit(store, time.clock, unreachable)

    results = await asyncio.gather(
        *(together.take(job) for job in range(5)), return_exceptions=True
    )

    assert all(isinstance(result, StoreProblem) for result in results)
    assert tries == [5]
