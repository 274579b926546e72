import asyncio
from collections.abc import Sequence

import pytest

from bot.core.effects import Effect, Post
from bot.core.words import notice
from bot.service.deadlines import AWAY, Back, Ringer, Ringing
from bot.service.desk import Desk
from bot.service.ports import StoreProblem
from bot.store.store import SqlStore
from tests.cast import GROUP
from tests.service.clocks import Time
from tests.service.room import Room


class Bell:
    """Rings, and remembers for whom."""

    def __init__(self) -> None:
        self.rung: list[str] = []
        self.after: list[str] = []
        self.broken = False

    async def ring(self, ringing: Ringing) -> Sequence[Effect]:
        subject = ringing.deadline.subject
        self.rung.append(subject)
        ringing.after.append(lambda: self.after.append(subject))
        if self.broken:
            raise ValueError("a fault of ours")
        return (Post(GROUP, notice("cancelled"), ringing.token()),)


@pytest.fixture
def bell() -> Bell:
    return Bell()


async def put(desk: Desk, time: Time, *subjects: str, kind: str = "bell") -> None:
    async with desk.store.work(time.now) as work:
        for subject in subjects:
            await work.deadlines.put(kind, subject, 0, time.now)


async def test_what_is_due_rings_once_and_is_posted(desk: Desk, time: Time, bell: Bell):
    await put(desk, time, "a")
    ringer = Ringer(desk, {"bell": bell.ring})

    assert await ringer.ring_one()
    assert not await ringer.ring_one()

    assert (bell.rung, bell.after) == (["a"], ["a"])
    assert len(await Room(desk, time, GROUP).deliver()) == 1


async def test_two_workers_ring_each_deadline_once(desk: Desk, time: Time, bell: Bell):
    subjects = [str(number) for number in range(12)]
    await put(desk, time, *subjects)

    async def all_of(ringer: Ringer) -> None:
        while await ringer.ring_one():
            pass

    await asyncio.gather(*(all_of(Ringer(desk, {"bell": bell.ring})) for _ in range(2)))

    assert sorted(bell.rung) == sorted(subjects)
    assert len(await Room(desk, time, GROUP).deliver()) == 12


async def test_one_that_fails_rings_again_later_and_holds_up_nobody(
    desk: Desk, time: Time, bell: Bell
):
    await put(desk, time, "a", "b")
    ringer = Ringer(desk, {"bell": bell.ring})
    bell.broken = True
    await ringer.ring_one()
    bell.broken = False
    await ringer.ring_one()
    assert not await ringer.ring_one()
    time.pass_(seconds=1)

    assert await ringer.ring_one()

    assert bell.rung == ["a", "b", "a"]
    assert bell.after == ["b", "a"]
    assert len(await Room(desk, time, GROUP).deliver()) == 2


async def test_one_that_never_works_is_given_up(desk: Desk, time: Time, bell: Bell):
    await put(desk, time, "a")
    ringer = Ringer(desk, {"bell": bell.ring})
    bell.broken = True
    while await ringer.ring_one():
        time.pass_(minutes=11)

    assert len(bell.rung) == 20


async def test_a_kind_that_nobody_knows_is_dropped(desk: Desk, time: Time):
    await put(desk, time, "a", kind="unheard-of")
    ringer = Ringer(desk, {})

    assert await ringer.ring_one()
    assert not await ringer.ring_one()


async def test_it_runs_until_told_to_stop(desk: Desk, time: Time, bell: Bell):
    await put(desk, time, "a")
    stop = asyncio.Event()

    async def wait(_: asyncio.Event, seconds: float) -> None:
        assert 0 < seconds <= 0.25
        stop.set()

    await Ringer(desk, {"bell": bell.ring}, wait=wait).run(stop)

    assert bell.rung == ["a"]


async def test_a_store_out_of_reach_is_left_alone_for_a_while(desk: Desk, time: Time):
    waits: list[float] = []
    stop = asyncio.Event()

    async def trouble(back: Back) -> Sequence[Effect]:
        raise StoreProblem("gone")

    async def wait(_: asyncio.Event, seconds: float) -> None:
        waits.append(seconds)
        stop.set()

    await Ringer(desk, {}).beat()
    time.pass_(minutes=1)
    await Ringer(desk, {}, trouble, wait).run(stop)

    assert waits == [5.0]


async def test_an_outage_is_noticed_once_whoever_comes_back(desk: Desk, time: Time):
    lost: list[float] = []

    async def returned(back: Back) -> Sequence[Effect]:
        lost.append((back.now - back.since).total_seconds())
        return ()

    first, second = (Ringer(desk, {}, returned) for _ in range(2))
    await first.beat()
    await second.beat()
    time.pass_(seconds=40)
    await first.beat()
    await second.beat()

    assert lost == [40]


async def test_a_worker_that_begins_beside_another_sees_no_outage(desk: Desk, time: Time):
    lost: list[Back] = []

    async def returned(back: Back) -> Sequence[Effect]:
        lost.append(back)
        return ()

    running = Ringer(desk, {}, returned)
    for _ in range(10):
        await running.beat()
        time.pass_(seconds=1.6)
    await Ringer(desk, {}, returned).beat()
    assert lost == []

    time.pass_(seconds=AWAY.total_seconds() - 1)
    await Ringer(desk, {}, returned).beat()
    assert len(lost) == 1


async def test_what_came_due_while_nobody_was_there_waits_for_the_time_to_be_given_back(
    desk: Desk, time: Time, bell: Bell, store: SqlStore
):
    order: list[str] = []

    async def returned(back: Back) -> Sequence[Effect]:
        order.append("returned")
        await back.work.deadlines.drop("bell", "a")
        return ()

    await Ringer(desk, {}).beat()
    await put(desk, time, "a")
    time.pass_(seconds=30)
    stop = asyncio.Event()

    async def wait(_: asyncio.Event, seconds: float) -> None:
        stop.set()

    await Ringer(desk, {"bell": bell.ring}, returned, wait).run(stop)

    assert order == ["returned"]
    assert bell.rung == []
