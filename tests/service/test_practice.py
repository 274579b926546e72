"""When what was missed is asked again."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.core.solo_types import Recalled
from bot.service.ports import Quizzes
from bot.service.practice import LEARNT, practice, recall
from bot.store.store import SqlStore
from tests.cast import ALICE, NOON

WRONG, RIGHT = Recalled("mill", "built-1", False), Recalled("mill", "built-1", True)
TEN_MINUTES = timedelta(minutes=10)


@pytest.fixture
async def quizzes(store: SqlStore) -> AsyncIterator[Quizzes]:
    async with store.work(NOON) as work:
        yield work.quizzes


async def test_what_was_never_missed_is_not_practised(quizzes: Quizzes):
    await recall(quizzes, ALICE.key, RIGHT, NOON)

    assert await quizzes.missed(ALICE.key) == []


async def test_what_was_missed_is_due_after_ten_minutes(quizzes: Quizzes):
    await recall(quizzes, ALICE.key, WRONG, NOON)

    now = await practice(quizzes, ALICE.key, NOON)
    assert (now.due, now.later) == ((), (("mill", "built-1"),))
    assert now.next_due == "23 Nov 2026, 12:10 UTC"
    then = await practice(quizzes, ALICE.key, NOON + TEN_MINUTES)
    assert then.due == (("mill", "built-1"),)


async def test_each_right_answer_puts_it_off_for_longer_until_it_is_learnt(quizzes: Quizzes):
    await recall(quizzes, ALICE.key, WRONG, NOON)
    now, waits = NOON, list[timedelta]()
    while missed := await quizzes.missed(ALICE.key):
        waits.append(missed[0].due - now)
        now = missed[0].due
        await recall(quizzes, ALICE.key, RIGHT, now)

    assert waits == sorted(waits)
    assert waits[0] == TEN_MINUTES
    assert 2 < len(waits) < 12
    assert max(waits) <= LEARNT


async def test_a_wrong_answer_brings_it_back_soon(quizzes: Quizzes):
    await recall(quizzes, ALICE.key, WRONG, NOON)
    now = NOON
    for _ in range(3):
        [item] = await quizzes.missed(ALICE.key)
        now = item.due
        await recall(quizzes, ALICE.key, RIGHT, now)
    [before] = await quizzes.missed(ALICE.key)
    await recall(quizzes, ALICE.key, WRONG, before.due)
    [after] = await quizzes.missed(ALICE.key)

    assert after.due - before.due <= timedelta(days=1)


async def test_the_same_answers_lead_to_the_same_day(quizzes: Quizzes):
    for person in ("telegram:1", "telegram:2"):
        for answer, minutes in ((WRONG, 0), (RIGHT, 10), (RIGHT, 4000)):
            await recall(quizzes, person, answer, NOON + timedelta(minutes=minutes))

    assert await quizzes.missed("telegram:1") == await quizzes.missed("telegram:2")
