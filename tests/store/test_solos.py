"""What is kept of quizzes alone, on both engines."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.core.solo_types import Given, Solo, Sort, Stage
from bot.service.ports import Missed, Retention
from bot.store.engine import opened
from bot.store.store import SqlStore
from tests.cast import ALICE, BOB, NOON, private_chat
from tests.forgetting import forget

STATE = Solo(
    step=7,
    stage=Stage.TOLD,
    seed="seed",
    pack="mill",
    topic="flood",
    count=2,
    sort=Sort.CHECKING,
    practice=True,
    questions=("a", "b"),
    at=1,
    partial=("0", "2"),
    given=(Given("a", 3, 0.5), Given("b", 6, skipped=True, scored=False)),
    typed=True,
)
HOME = private_chat(ALICE)
LATER = NOON + timedelta(hours=1)


def missed(question: str, hours: int = 0, memory: str = "{}") -> Missed:
    return Missed("mill", question, memory, NOON + timedelta(hours=hours))


async def test_a_quiz_is_kept_whole_and_found_again(store: SqlStore):
    async with store.work(NOON) as work:
        await work.quizzes.keep_solo(HOME, ALICE.key, STATE, NOON)

    async with store.work(LATER) as work:
        assert await work.quizzes.solo(HOME, ALICE.key) == (STATE, NOON)


async def test_the_newer_state_takes_the_place_of_the_older(store: SqlStore):
    async with store.work(NOON) as work:
        await work.quizzes.keep_solo(HOME, ALICE.key, STATE, NOON)
        await work.quizzes.keep_solo(HOME, ALICE.key, Solo(step=8), LATER)

        assert await work.quizzes.solo(HOME, ALICE.key) == (Solo(step=8), LATER)


async def test_everybody_and_every_chat_has_a_quiz_of_their_own(store: SqlStore):
    async with store.work(NOON) as work:
        await work.quizzes.keep_solo(HOME, ALICE.key, STATE, NOON)

        assert await work.quizzes.solo(HOME, BOB.key) is None
        assert await work.quizzes.solo(private_chat(BOB), ALICE.key) is None


async def test_two_presses_at_once_come_one_after_the_other(store: SqlStore):
    async with store.work(NOON) as work:
        await work.quizzes.keep_solo(HOME, ALICE.key, Solo(), NOON)

    async def press() -> None:
        async with store.work(NOON) as work:
            found = await work.quizzes.solo(HOME, ALICE.key)
            assert found
            await work.quizzes.keep_solo(HOME, ALICE.key, Solo(found[0].step + 1), NOON)

    await asyncio.gather(*(press() for _ in range(8)))

    async with store.work(NOON) as work:
        assert await work.quizzes.solo(HOME, ALICE.key) == (Solo(8), NOON)


async def test_what_fails_leaves_the_quiz_as_it_was(store: SqlStore):
    async def fail() -> None:
        async with store.work(NOON) as work:
            await work.quizzes.keep_solo(HOME, ALICE.key, STATE, NOON)
            raise RuntimeError("in the middle")

    with pytest.raises(RuntimeError):
        await fail()

    async with store.work(NOON) as work:
        assert await work.quizzes.solo(HOME, ALICE.key) is None


async def test_what_was_missed_comes_most_overdue_first(store: SqlStore):
    async with store.work(NOON) as work:
        for item in (missed("b", 2), missed("a", 3), missed("c", 1)):
            await work.quizzes.keep_missed(ALICE.key, item, NOON)
        await work.quizzes.keep_missed(ALICE.key, missed("a", 0, "{1}"), NOON)
        await work.quizzes.keep_missed(BOB.key, missed("z"), NOON)

        assert await work.quizzes.missed(ALICE.key) == [
            missed("a", 0, "{1}"),
            missed("c", 1),
            missed("b", 2),
        ]


async def test_what_is_learnt_is_forgotten_by_the_store(store: SqlStore):
    async with store.work(NOON) as work:
        await work.quizzes.keep_missed(ALICE.key, missed("a"), NOON)
        await work.quizzes.keep_missed(ALICE.key, missed("b"), NOON)
        await work.quizzes.drop_missed(ALICE.key, "mill", "a")

        assert await work.quizzes.missed(ALICE.key) == [missed("b")]


async def test_all_of_it_goes_when_its_time_has_passed(store: SqlStore, url: str):
    kept = Retention()
    async with store.work(NOON) as work:
        await work.quizzes.keep_solo(HOME, ALICE.key, STATE, NOON)
        await work.quizzes.keep_missed(ALICE.key, missed("a"), NOON)

    await forget(store, NOON + kept.receipts)
    async with store.work(NOON) as work:
        assert await work.quizzes.solo(HOME, ALICE.key)

    await forget(store, NOON + kept.receipts + timedelta(days=2))
    async with store.work(NOON) as work:
        assert await work.quizzes.solo(HOME, ALICE.key) is None
        assert await work.quizzes.missed(ALICE.key)

    await forget(store, NOON + kept.missed + timedelta(days=1))
    async with opened(url) as engine, engine.connect() as connection:
        for table in ("solos", "missed", "people", "chats"):
            assert await connection.scalar(text(f"SELECT count(*) FROM {table}")) == 0  # noqa: S608
