import asyncio
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from typing_extensions import override

from bot.core.events import Place
from bot.service.outbox import LONGEST, MOST_TRIES, POLL, TROUBLE, Outbox, backoff
from bot.service.ports import NotDelivered, Outgoing, StoreProblem
from bot.store.deliveries import LEASE
from bot.store.store import SqlStore
from tests.cast import ALICE, BOB, GROUP, NOON, private_chat
from tests.service.clocks import Time
from tests.service.postman import Postman
from tests.store.things import card, keep, queue, receipt, sent, texts

HOME, OTHER = private_chat(ALICE), private_chat(BOB)


@pytest.fixture
def postman() -> Postman:
    return Postman()


@pytest.fixture
def outbox(store: SqlStore, postman: Postman, time: Time) -> Outbox:
    return Outbox("telegram", store, postman, time.clock, time.until_rung)


@asynccontextmanager
async def running(outbox: Outbox) -> AsyncIterator[None]:
    """Run an outbox; at the end let it finish what it began."""
    task = asyncio.create_task(outbox.run())
    try:
        yield
    finally:
        outbox.stop()
        await task


async def left(store: SqlStore, time: Time) -> list[str]:
    """Return what could be claimed a day later."""
    return texts(await store.claim("telegram", time.now + timedelta(days=1), 99))


async def test_what_is_queued_is_delivered_and_struck_off(
    outbox: Outbox, store: SqlStore, postman: Postman, time: Time
):
    await keep(store, receipt("a"))
    await queue(store, "answer", receipt="a")

    async with running(outbox):
        await postman.next()

    assert postman.taken == ["answer"]
    assert len(await sent(store, "a")) == 1
    assert await left(store, time) == []


async def test_what_is_queued_later_is_sent_as_soon_as_the_bell_rings(
    outbox: Outbox, store: SqlStore, postman: Postman
):
    async with running(outbox):
        await queue(store, "answer")
        outbox.wake()

        assert await postman.next() == ["answer"]


async def test_what_another_process_queues_is_found_within_a_quarter_of_a_second(
    store: SqlStore, postman: Postman, time: Time
):
    rests: list[float] = []

    async def wait(bell: asyncio.Event, seconds: float) -> None:
        rests.append(seconds)
        if len(rests) > 1:
            await bell.wait()
        else:
            await queue(store, "from elsewhere")

    async with running(Outbox("telegram", store, postman, time.clock, wait)):
        assert await postman.next() == ["from elsewhere"]

    assert rests[0] == POLL.total_seconds()


async def test_messages_into_one_chat_go_out_in_order_one_a_second(
    outbox: Outbox, store: SqlStore, postman: Postman, time: Time
):
    for words in ("first", "second", "third"):
        await queue(store, words)

    async with running(outbox):
        for words in ("first", "second", "third"):
            assert await postman.next() == [words]
            time.pass_(seconds=1)
            outbox.wake()

    assert postman.taken == ["first", "second", "third"]


async def test_at_most_four_are_under_way_and_none_twice_in_a_chat(
    outbox: Outbox, store: SqlStore, postman: Postman, time: Time
):
    postman.door.clear()
    for n in range(6):
        await queue(store, f"to {n}", Place("telegram", f"telegram:{n}"))
        await queue(store, f"again to {n}", Place("telegram", f"telegram:{n}"))

    async with running(outbox):
        first = await postman.next(4)
        time.pass_(seconds=5)
        outbox.wake()
        postman.door.set()
        others = await postman.next(4)

    assert first == ["to 0", "to 1", "to 2", "to 3"]
    assert sorted(others) == ["again to 0", "again to 1", "again to 2", "again to 3"]
    assert postman.most == 4


async def test_retry_after_postpones_that_chat_only(
    outbox: Outbox, store: SqlStore, postman: Postman, time: Time
):
    postman.refusals = [NotDelivered("flood control", permanent=False, retry_after=30)]
    await queue(store, "to Alice")
    await queue(store, "again to Alice")

    async with running(outbox):
        assert await postman.next() == ["to Alice"]
        await queue(store, "to Bob", OTHER)
        outbox.wake()
        assert await postman.next() == ["to Bob"]
        time.pass_(seconds=29)
        await queue(store, "again to Bob", OTHER)
        outbox.wake()
        assert await postman.next() == ["again to Bob"]
        time.pass_(seconds=1)
        outbox.wake()
        assert await postman.next() == ["to Alice"]

    assert postman.taken == ["to Bob", "again to Bob", "to Alice"]


@pytest.mark.parametrize(
    "refusal", [NotDelivered("bad gateway", permanent=False), TimeoutError("slow")]
)
async def test_a_passing_failure_is_tried_again_a_little_later(
    outbox: Outbox, store: SqlStore, postman: Postman, time: Time, refusal: Exception
):
    postman.refusals = [refusal]
    await queue(store, "answer")

    async with running(outbox):
        await postman.next()
    assert await store.claim("telegram", time.now, 1) == ()

    time.pass_(seconds=1)
    [again] = await store.claim("telegram", time.now, 1)
    assert again.tries == 1


def test_the_pauses_between_tries_double_up_to_ten_minutes():
    assert [backoff(tries).total_seconds() for tries in range(4)] == [1, 2, 4, 8]
    assert backoff(50) == LONGEST


async def test_what_can_never_arrive_is_set_aside_without_its_text_in_the_log(
    outbox: Outbox,
    store: SqlStore,
    postman: Postman,
    time: Time,
    caplog: pytest.LogCaptureFixture,
):
    postman.refusals = [NotDelivered('can\'t parse "a secret answer"', permanent=True)]
    await queue(store, "a secret answer")
    await queue(store, "next")

    async with running(outbox):
        await postman.next()
        time.pass_(seconds=1)
        outbox.wake()
        assert await postman.next() == ["next"]

    assert postman.taken == ["next"]
    assert "gave up delivery 1" in caplog.text
    assert "secret" not in caplog.text


async def test_after_many_tries_a_delivery_is_given_up(
    outbox: Outbox, store: SqlStore, postman: Postman, time: Time
):
    await queue(store, "answer")
    for _ in range(MOST_TRIES):
        [claimed] = await store.claim("telegram", time.now, 1)
        await store.postponed(claimed, time.now)

    async with running(outbox):
        await queue(store, "to Bob", OTHER)
        outbox.wake()
        await postman.next()

    assert postman.taken == ["to Bob"]
    assert await left(store, time) == []


async def board(store: SqlStore, text: str, token: str, *, passing: bool = True) -> None:
    """Queue the next state of a board that stands in the class's group."""
    await keep(store, receipt(token, GROUP))
    async with store.work(NOON) as work:
        shown = replace(card(text), passing=passing)
        await work.queue(GROUP, shown, receipt=token)


async def test_a_board_that_cannot_be_written_is_left_out_and_its_chat_rests(
    outbox: Outbox, store: SqlStore, postman: Postman, time: Time
):
    postman.refusals = [NotDelivered("flood control", permanent=False, retry_after=7)]
    await board(store, "3 answered", "a")
    await queue(store, "closed", GROUP)

    async with running(outbox):
        assert await postman.next() == ["3 answered"]
        time.pass_(seconds=6.9)
        await queue(store, "to Bob", OTHER)
        outbox.wake()
        assert await postman.next() == ["to Bob"]
        time.pass_(seconds=0.1)
        outbox.wake()
        assert await postman.next() == ["closed"]

    assert await left(store, time) == []


async def test_what_must_be_said_overtakes_a_board_that_may_be_left_out(
    outbox: Outbox, store: SqlStore, postman: Postman, time: Time
):
    await queue(store, "question", GROUP)
    await board(store, "3 answered", "a")
    await queue(store, "next question", GROUP)

    async with running(outbox):
        assert await postman.next() == ["question"]
        for seconds, title in ((1, "next question"), (3, "3 answered")):
            time.pass_(seconds=seconds)
            outbox.wake()
            assert await postman.next() == [title]


async def test_who_asks_is_told_of_what_can_never_arrive(
    outbox: Outbox, store: SqlStore, postman: Postman
):
    told = asyncio.Queue[str]()

    async def note(outgoing: Outgoing) -> None:
        told.put_nowait(outgoing.receipt)

    outbox.unreachable = note
    postman.refusals = [NotDelivered("blocked", permanent=True)]
    await keep(store, receipt("a"))
    await queue(store, "answer", receipt="a")

    async with running(outbox):
        assert await told.get() == "a"


async def test_a_fault_of_the_sender_is_named_without_the_text_and_tried_again(
    outbox: Outbox,
    store: SqlStore,
    postman: Postman,
    time: Time,
    caplog: pytest.LogCaptureFixture,
):
    postman.refusals = [RuntimeError("a secret answer")]
    await queue(store, "answer")

    async with running(outbox):
        await postman.next()
        await queue(store, "to Bob", OTHER)
        outbox.wake()
        await postman.next()
        time.pass_(seconds=LEASE.total_seconds())
        outbox.wake()
        await postman.next()

    assert postman.taken == ["to Bob", "answer"]
    assert "RuntimeError at " in caplog.text
    assert "secret" not in caplog.text


async def test_stopping_waits_for_what_is_under_way_and_begins_nothing_more(
    outbox: Outbox, store: SqlStore, postman: Postman, time: Time
):
    postman.door.clear()
    await queue(store, "answer")
    task = asyncio.create_task(outbox.run())
    await postman.next()

    await queue(store, "to Bob", OTHER)
    outbox.stop()
    postman.door.set()
    await task

    assert postman.taken == ["answer"]
    assert await left(store, time) == ["to Bob"]


async def test_two_outboxes_deliver_each_message_once(
    outbox: Outbox, store: SqlStore, postman: Postman, time: Time
):
    for n in range(20):
        await queue(store, f"to {n}", Place("telegram", f"telegram:{n}"))
    twin = Outbox("telegram", store, postman, time.clock, time.until_rung)

    async with running(outbox), running(twin):
        for _ in range(5):
            await postman.next(4)
            time.pass_(seconds=1)
            outbox.wake()
            twin.wake()

    assert sorted(postman.taken) == sorted(f"to {n}" for n in range(20))


class MoodyStore(SqlStore):
    """A store that is out of order the first time."""

    moods = 0

    @override
    async def claim(
        self,
        platform: str,
        now: datetime,
        most: int,
        resting: Collection[str] = (),
        sparing: Collection[str] = (),
    ) -> Sequence[Outgoing]:
        self.moods += 1
        if self.moods == 1:
            raise StoreProblem("The database is locked by another program.")
        return await super().claim(platform, now, most, resting, sparing)


async def test_a_store_that_fails_is_complained_of_and_tried_again_later(
    tmp_path: Path, postman: Postman, time: Time, caplog: pytest.LogCaptureFixture
):
    rests: list[float] = []

    async def wait(bell: asyncio.Event, seconds: float) -> None:
        rests.append(seconds)
        if len(rests) > 1:
            await bell.wait()

    async with MoodyStore.open(f"sqlite:///{tmp_path}/moody.db") as store:
        await queue(store, "answer")
        async with running(Outbox("telegram", store, postman, time.clock, wait)):
            assert await postman.next() == ["answer"]

    assert rests[0] == TROUBLE.total_seconds()
    assert "The database is locked by another program." in caplog.text
