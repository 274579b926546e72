import asyncio
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from typing_extensions import override

from bot.service.housekeeping import keep_house
from bot.service.ports import StoreProblem
from bot.service.waiting import pause
from bot.store.store import SqlStore
from tests.service.clocks import Time


class NotingStore(SqlStore):
    """Notes when it is told to forget; fails the first time."""

    forgot: tuple[datetime, ...] = ()

    @override
    async def forget(self, now: datetime) -> None:
        self.forgot = (*self.forgot, now)
        if len(self.forgot) == 1:
            raise StoreProblem("The database is locked by another program.")
        await super().forget(now)


async def test_the_store_forgets_at_the_start_and_every_hour(
    tmp_path: Path, time: Time, caplog: pytest.LogCaptureFixture
):
    stop, start = asyncio.Event(), time.now

    async def wait(until: asyncio.Event, seconds: float) -> None:
        time.pass_(seconds=seconds)
        if time.now == start + timedelta(hours=3):
            until.set()

    async with NotingStore.open(f"sqlite:///{tmp_path}/noting.db") as store:
        await keep_house(store, time.clock, stop, wait)

    assert store.forgot == tuple(start + timedelta(hours=hours) for hours in range(3))
    assert "housekeeping: The database is locked by another program." in caplog.text


async def test_it_does_nothing_when_the_end_has_come_already(tmp_path: Path, time: Time):
    stop = asyncio.Event()
    stop.set()

    async with NotingStore.open(f"sqlite:///{tmp_path}/noting.db") as store:
        await keep_house(store, time.clock, stop)

    assert store.forgot == ()


async def test_a_pause_ends_by_itself_or_when_something_happens():
    happened = asyncio.Event()
    await pause(happened, 0.001)
    happened.set()

    await pause(happened, 3600)
