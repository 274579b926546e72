import asyncio
from datetime import timedelta

import pytest

from bot.store.store import SqlStore
from tests.cast import NOON

LATER = NOON + timedelta(seconds=5)


async def test_a_deadline_rings_when_it_is_due_and_once(store: SqlStore):
    async with store.work(NOON) as work:
        await work.deadlines.put("live", "1", 3, LATER)

    async with store.work(NOON) as work:
        assert await work.deadlines.claim(NOON) is None
        assert await work.deadlines.next_due() == LATER
        rung = await work.deadlines.claim(LATER)
        assert await work.deadlines.claim(LATER) is None

    assert rung
    assert (rung.kind, rung.subject, rung.epoch) == ("live", "1", 3)


async def test_a_deadline_that_was_not_dealt_with_rings_again(store: SqlStore):
    async with store.work(NOON) as work:
        await work.deadlines.put("live", "1", 3, NOON)

    async def die() -> None:
        async with store.work(NOON) as work:
            assert await work.deadlines.claim(NOON)
            raise KeyError

    with pytest.raises(KeyError):
        await die()

    async with store.work(NOON) as work:
        assert await work.deadlines.claim(NOON)


async def test_what_fails_rings_again_later(store: SqlStore):
    async with store.work(NOON) as work:
        await work.deadlines.put("live", "1", 3, NOON)
        [set_] = await work.deadlines.of("live", "1")
        await work.deadlines.again(set_, LATER)

    async with store.work(NOON) as work:
        assert await work.deadlines.claim(NOON) is None
        again = await work.deadlines.claim(LATER)

    assert again
    assert again.tries == 1


async def test_deadlines_of_a_subject_are_dropped_together(store: SqlStore):
    async with store.work(NOON) as work:
        for subject, epoch in (("1", 1), ("1", 2), ("2", 1)):
            await work.deadlines.put("live", subject, epoch, NOON)
        await work.deadlines.drop("live", "1")

    async with store.work(NOON) as work:
        assert await work.deadlines.of("live", "1") == []
        assert len(await work.deadlines.of("live", "2")) == 1


async def test_two_workers_share_what_is_due(url: str):
    async def ring(store: SqlStore) -> list[str]:
        rung: list[str] = []
        while True:
            async with store.work(NOON) as work:
                deadline = await work.deadlines.claim(NOON)
            if deadline is None:
                return rung
            rung.append(deadline.subject)

    async with SqlStore.open(url) as first, SqlStore.open(url) as second:
        async with first.work(NOON) as work:
            for subject in range(20):
                await work.deadlines.put("live", str(subject), 0, NOON)
        rung = await asyncio.gather(ring(first), ring(second))

    assert sorted(rung[0] + rung[1]) == sorted(map(str, range(20)))


async def test_a_beat_tells_when_the_last_one_was(store: SqlStore):
    async with store.work(NOON) as work:
        assert await work.deadlines.beat("live", NOON) is None
        assert await work.deadlines.beat("live", LATER) == NOON
        assert await work.deadlines.beat("live", NOON) == LATER
        assert await work.deadlines.beat("live", LATER) == LATER
