"""Two workers on one database, on either engine: presses, controls and deadlines all at once."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import replace
from itertools import count

import pytest

from bot.core.live_types import LIVE, Act, Already, Counted, Judged, Late, Missed, Phase, Setup
from bot.core.quiz import Response
from bot.frontends.telegram.markup import MARKUP as TELEGRAM
from bot.service.deadlines import Ringer
from bot.service.desk import Desk
from bot.service.live import Live
from bot.service.live_ports import Sent
from bot.store.store import SqlStore
from tests.cast import GROUP, NOON, TEACHER
from tests.quizzes import BUILT, TRUE, WHEELS, YEAR, library
from tests.service.clocks import Time

SETUP = Setup("mill", seconds=20.0)
PUPILS = [f"telegram:{7000 + number}" for number in range(40)]


class Worker:
    """One process with the bot, as far as the store is concerned."""

    def __init__(self, store: SqlStore, time: Time, tokens: "count[int]") -> None:
        markups = {"telegram": TELEGRAM}
        token = lambda: f"token{next(tokens):05}"  # noqa: E731 - shared by both workers
        desk = Desk(store, library(BUILT, TRUE, WHEELS), markups, time.clock, token)
        self.desk = desk
        self.store = store
        self.live = Live(desk, time.until_rung)
        self.ringer = Ringer(desk, {LIVE: self.live.time_up}, self.live.returned)


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
async def workers(url: str, time: Time) -> AsyncIterator[list[Worker]]:
    tokens = count()
    async with AsyncExitStack() as stack:
        stores = [await stack.enter_async_context(SqlStore.open(url)) for _ in range(2)]
        yield [Worker(store, time, tokens) for store in stores]


async def test_every_pupil_counts_once_whichever_worker_hears_them(workers: list[Worker]):
    code = await workers[0].live.create(TEACHER.key, SETUP, GROUP)
    await workers[1].live.control(code, TEACHER.key, Act.START)

    answers = [
        worker.live.answer(Sent(code, 0, pupil, Response((option,)), name="Bird"))
        for pupil in PUPILS
        for worker, option in zip(workers, ("true", "a"), strict=True)
    ]
    judged = await asyncio.gather(*answers)

    board = await workers[0].live.board(code)
    assert board
    assert board.answered == len({*PUPILS}) == sum(isinstance(one, Counted) for one in judged)
    assert len({*board.names}) == len(PUPILS)


async def write(worker: Worker, code: str, pupil: str, words: str) -> Judged:
    """Answer by words in private, in the transaction of their message."""
    async with worker.store.work(NOON) as work:
        sent = Sent(code, 0, pupil, Response((), words))
        judged, _ = await worker.live.written(work, sent)
    return judged


async def test_words_in_private_and_in_fields_count_once_and_close_the_question_once(
    workers: list[Worker],
):
    for worker in workers:
        worker.desk.library = library(YEAR)
    setup, pupils = replace(SETUP, writing=True, early=True), PUPILS[:12]
    code = await workers[0].live.create(TEACHER.key, setup, GROUP)
    for pupil in pupils:
        await workers[0].live.join(code, pupil, "Bird")
    await workers[1].live.control(code, TEACHER.key, Act.START)

    judged = await asyncio.gather(
        *(write(workers[n % 2], code, pupil, "1820") for n, pupil in enumerate(pupils)),
        *(
            worker.live.answer(Sent(code, 0, pupil, Response((), "1850")))
            for worker in workers
            for pupil in pupils
        ),
    )

    board = await workers[0].live.board(code)
    assert board
    assert sum(isinstance(one, Counted) for one in judged) == len(pupils) == board.answered
    assert all(isinstance(one, Counted | Already | Late) for one in judged)
    assert board.phase is Phase.SHOWN


async def press(worker: Worker, code: str) -> None:
    for at in range(3):
        for pupil in PUPILS[:8]:
            sent = Sent(code, at, pupil, Response(("a",)), name="Bird")
            judged = await worker.live.answer(sent)
            assert isinstance(judged, Counted | Already | Late | Missed)


async def lead(worker: Worker, code: str) -> None:
    for act in (Act.PAUSE, Act.RESUME, Act.EXTEND, Act.NEXT, Act.NEXT, Act.PAUSE, Act.RESUME):
        await worker.live.control(code, TEACHER.key, act)


async def ring(worker: Worker, time: Time) -> None:
    for _ in range(6):
        time.pass_(seconds=11)
        await worker.ringer.beat()
        while await worker.ringer.ring_one():
            pass


async def all_is_over(worker: Worker, code: str) -> bool:
    async with worker.store.work(NOON) as work:
        session = await work.sessions.by_code(code)
        assert session
        asked = await work.sessions.questions(session.id)
        left = await work.deadlines.of(LIVE, str(session.id))
    ended = all((one.opened is None) == (one.closed is None) for one in asked)
    return ended and not left and session.phase == "over"


async def test_whatever_comes_together_nothing_locks_up_and_one_standing_is_given(
    workers: list[Worker], time: Time
):
    codes = [await workers[0].live.create(TEACHER.key, SETUP, GROUP) for _ in range(3)]
    for code in codes:
        await workers[1].live.control(code, TEACHER.key, Act.START)

    both = [(worker, code) for worker in workers for code in codes]
    await asyncio.gather(
        *(press(*one) for one in both),
        *(lead(*one) for one in both),
        *(ring(worker, time) for worker in workers),
    )
    for code in codes:
        await workers[0].live.control(code, TEACHER.key, Act.STOP)

    assert all([await all_is_over(workers[0], code) for code in codes])
    posted = [one async for one in _posted(workers[0])]
    assert sum("That was the live quiz." in text for text in posted) == len(codes)


async def _posted(worker: Worker) -> AsyncIterator[str]:
    while claimed := await worker.store.claim("telegram", NOON.replace(year=2030), 9):
        for outgoing in claimed:
            yield outgoing.card.pages[0].text
            await worker.store.delivered(outgoing, outgoing.edits or [str(outgoing.id)])
