"""Live quizzes over Telegram: many answers at once, through the bot as a process and real sockets.

    python -m benchmarks.live [--times N]

Everything runs on this machine: the bot, a Bot API that only takes calls, and the people who press.
Beside each figure stand the limits in the same run: the store alone, and a bot that only confirms.
It must hold: 500 answers to one question at the same instant are done within one second; of 500
within one second, 99 of 100 are confirmed within half a second, and so it is with 200 quizzes at
once; and each answer is counted once, for its quiz, with the right mark.
"""

import argparse
import asyncio
import sqlite3
import sys
from collections.abc import Sequence
from contextlib import AsyncExitStack, closing
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from time import perf_counter, process_time

from benchmarks.botapi import KEY, Api, Hooking, Polling, Update, process, serving, used, workplace
from bot.config import packs_folder
from bot.core.events import Place
from bot.core.live_types import Act, Setup
from bot.core.quiz import Response, mark
from bot.frontends.telegram.markup import MARKUP
from bot.service.desk import Desk
from bot.service.live import Live
from bot.service.live_ports import Sent
from bot.service.shelves import find_packs, open_library
from bot.store.store import SqlStore

CLASS, QUIZZES, EACH = 500, 200, 10
SCENES = ((1, CLASS, 0.0), (1, CLASS, 1.0), (QUIZZES, EACH, 5.0))
"""How many quizzes, how many people answer in each, and within how many seconds they do."""
MOST_SECONDS, MOST_P99 = 1.0, 0.5
HOST = "telegram:7"
WARM, GROUPS = -9, -100
"""The group in which the bot warms up, and the first of the others."""
_tokens = count()
FIRST = 10_000
"""The number of the first person."""


@dataclass(frozen=True)
class Measured:
    """One measurement."""

    name: str
    seconds: float
    presses: int
    waits: Sequence[float] = ()
    over: float = 0.0
    """Within how many seconds the presses came; 0 for all at once."""
    used: float = 0.0
    """Seconds of processor time that the bot used."""
    counted: int = -1
    """Answers that stand in the store, each with the right mark; -1 where nothing is kept."""

    @property
    def rate(self) -> float:
        """Presses a second."""
        return self.presses / self.seconds

    @property
    def p99(self) -> float:
        """What 99 of 100 waited at most."""
        return self.waits[int(len(self.waits) * 0.99)] if self.waits else 0.0

    def line(self, echo: float, store: float) -> str:
        """Write it, with its share of what the limits would allow."""
        middle = self.waits[len(self.waits) // 2] if self.waits else 0.0
        counted = f"{self.counted:>8}" if self.counted >= 0 else f"{'-':>8}"
        return (
            f"{self.name:<34}{self.presses:>7}{self.seconds:>8.2f}{self.rate:>9,.0f}"
            f"{middle * 1000:>8.0f}{self.p99 * 1000:>8.0f}{self.used / self.presses * 1000:>9.2f}{counted}"
            f"{self.rate / echo:>8.2f}{self.rate / store:>8.2f}"
        )


HEAD = f"{'':<34}{'presses':>7}{'s':>8}{'a second':>9}{'p50 ms':>8}{'p99 ms':>8}{'cpu ms':>9}{'counted':>8}{'of echo':>8}{'of store':>8}"


@dataclass(frozen=True)
class Quiz:
    """A quiz whose first question is open, and what is right there."""

    code: str
    right: frozenset[int]
    """The numbers of the right options."""
    options: tuple[str, ...]


async def opened(store: SqlStore, many: int, first: int = -9) -> list[Quiz]:
    """Begin quizzes, each in a group, with its first question open and without a limit of time."""
    desk = the_desk(store)
    live = Live(desk)
    quizzes: list[Quiz] = []
    for number in range(many):
        pack = desk.library.shelves[0].pack.id
        group = Place("telegram", f"telegram:{first - number}")
        code = await live.create(HOST, Setup(pack, length=1, seconds=0.0), group)
        await live.control(code, HOST, Act.START, may=True)
        async with store.work(datetime.now(UTC)) as work:  # noqa: TID251 - it measures
            session = await work.sessions.by_code(code)
            if session is None:
                raise LookupError(code)
            [asked] = await work.sessions.questions(session.id)
        board = await live.board(code)
        if board is None or board.question is None:
            raise LookupError(code)
        shown = [option.id for option in board.question.options]
        whole = (mark(asked.question, Response((name,))).right for name in shown)
        right = frozenset(n for n, good in enumerate(whole) if good)
        quizzes.append(Quiz(code, right, tuple(shown)))
    return quizzes


def the_desk(store: SqlStore) -> Desk:
    """Return a desk like the bot's own."""
    return Desk(
        store=store,
        library=open_library(find_packs(packs_folder())),
        markups={"telegram": MARKUP},
        clock=lambda: datetime.now(UTC),  # noqa: TID251 - it measures
        token=lambda: f"token{next(_tokens):017}",
    )


def press_of(api: Api, quiz: Quiz, person: int, chat: int) -> Update:
    """Let a person choose one of the options, each in turn."""
    choice = person % len(quiz.options)
    return api.press(person, chat, f"1|l.a.{quiz.code}.0|t|{choice}")


def counted(database: Path, quizzes: Sequence[Quiz]) -> int:
    """Return how many answers stand in the store, each once, to its quiz, and rightly marked."""
    query = (
        "SELECT s.code, p.key, a.correct FROM answers a JOIN sessions s ON s.id = a.session "
        "JOIN participants t ON t.id = a.participant JOIN people p ON p.id = t.person"
    )
    with closing(sqlite3.connect(database)) as opened_file:
        rows = opened_file.execute(query).fetchall()
    known = {quiz.code: quiz for quiz in quizzes}
    good = {
        (code, person)
        for code, person, correct in rows
        if code in known and right(known[code], person) == bool(correct)
    }
    return len(good) if len({row[:2] for row in rows}) == len(rows) else 0


def right(quiz: Quiz, person: str) -> bool:
    """Say whether a person chose a right option."""
    number = int(person.removeprefix("telegram:"))
    return number % len(quiz.options) in quiz.right


async def through_the_bot(
    way: type[Polling | Hooking], quizzes: int, people: int, over: float = 0.0
) -> Measured:
    """Let people answer through the bot."""
    api = Api()
    people_numbers = count(FIRST)
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(workplace()))
        database = folder / "doublecheck.db"
        async with SqlStore.open(f"sqlite:///{database}") as store:
            [warm] = await opened(store, 1, WARM)
            open_ = await opened(store, quizzes, GROUPS)
        address = await stack.enter_async_context(serving(api))
        line = way(api)
        settings = {
            "TELEGRAM_TOKEN": KEY,
            "TELEGRAM_API_URL": address,
            "DATABASE_URL": f"sqlite:///{database}",
            "WEB": "off",
            **line.settings,
        }
        pid = await stack.enter_async_context(process("-m", "bot", folder=folder, **settings))
        await asyncio.wait_for(api.ready.wait(), 60)
        # A bot has been running for a while when a class answers.
        await line.bring([press_of(api, warm, n, WARM) for n in range(1, 101)])
        presses = [
            press_of(api, quiz, next(people_numbers), GROUPS - number)
            for _ in range(people)
            for number, quiz in enumerate(open_)
        ]
        begin, used_before = perf_counter(), used(pid)
        await line.bring(presses, over)
        seconds, cost = perf_counter() - begin, used(pid) - used_before
        found = counted(database, open_)
    when = f"within {over:g} s" if over else "at once"
    name = f"{'polling' if way is Polling else 'webhook'}, {quizzes} x {people} {when}"
    return Measured(name, seconds, len(presses), api.waited(presses), over, cost, found)


async def echo(people: int) -> Measured:
    """Let a bot that only confirms take the same presses."""
    api = Api()
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(workplace()))
        address = await stack.enter_async_context(serving(api))
        program = process("-m", "benchmarks.echo_bot", address, folder=folder)
        pid = await stack.enter_async_context(program)
        await asyncio.wait_for(api.ready.wait(), 60)
        line = Polling(api)
        await line.bring([api.press(n, -9, "x") for n in range(1, 101)])
        presses = [api.press(FIRST + n, -100, "x") for n in range(people)]
        begin, used_before = perf_counter(), used(pid)
        await line.bring(presses)
        seconds, cost = perf_counter() - begin, used(pid) - used_before
    return Measured("a bot that only confirms", seconds, people, api.waited(presses), 0.0, cost)


async def bare_store(people: int) -> Measured:
    """Give the same answers to the store itself."""
    with workplace() as folder:
        async with SqlStore.open(f"sqlite:///{folder}/doublecheck.db") as store:
            [quiz] = await opened(store, 1)
            live = Live(the_desk(store))
            begin, used_before = perf_counter(), process_time()
            await asyncio.gather(
                *(
                    live.answer(
                        Sent(
                            quiz.code,
                            0,
                            f"telegram:{FIRST + n}",
                            Response((quiz.options[n % len(quiz.options)],)),
                            "telegram",
                            str(n),
                            f"P{n}",
                        )
                    )
                    for n in range(people)
                )
            )
            seconds, cost = perf_counter() - begin, process_time() - used_before
    return Measured("the store alone", seconds, people, used=cost)


async def measure(times: int) -> int:
    """Measure and print; return 1 where a limit was missed."""
    limits = [await echo(CLASS), await bare_store(CLASS)]
    ours = [
        min(
            [await through_the_bot(way, *scene) for _ in range(times)],
            key=lambda measured: measured.p99,
        )
        for way in (Polling, Hooking)
        for scene in SCENES
    ]
    print(HEAD)
    for measured in (*limits, *ours):
        print(measured.line(limits[0].rate, limits[1].rate))
    missed = [line for one in ours for line in complaints(one)]
    print("\n".join(missed) or "Every limit was kept.")
    return int(bool(missed))


def complaints(one: Measured) -> list[str]:
    """Return what is wrong with a measurement."""
    wrong = []
    if one.counted != one.presses:
        wrong.append(f"{one.name}: {one.counted} of {one.presses} answers are counted rightly")
    if not one.over and one.seconds > MOST_SECONDS:
        wrong.append(f"{one.name}: {one.seconds:.2f} s, and {MOST_SECONDS} s is the limit")
    if one.over and one.p99 > MOST_P99:
        wrong.append(
            f"{one.name}: p99 {one.p99 * 1000:.0f} ms, and {MOST_P99 * 1000:.0f} ms is the limit"
        )
    return wrong


def main() -> int:
    """Read the options and measure."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--times", type=int, default=1, help="measure so often, take the best")
    return asyncio.run(measure(parser.parse_args().times))


if __name__ == "__main__":
    sys.exit(main())
