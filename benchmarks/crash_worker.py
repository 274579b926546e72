"""Plays live quizzes on a database until it is killed, and prints what was confirmed, line by line.

    python -m benchmarks.crash_worker DATABASE_URL

For each line of its input a new process is born, which has loaded everything already; its number
is printed, so that it can be killed. It goes on with the quizzes that it finds, and opens those
that are missing to the number in the line. An answer is printed only after it was confirmed to whoever gave it.
"""

import asyncio
import json
import os
import secrets
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from time import time

from bot.core.chance import Chance
from bot.core.events import Place
from bot.core.facts import Pack
from bot.core.library import Hit, Library, Shelf
from bot.core.live_types import LIVE, Act, Asking, Counted, Lobby, Setup
from bot.core.quiz import Option, Question, QuestionKind, Response
from bot.frontends.telegram.markup import MARKUP as TELEGRAM
from bot.frontends.web.markup import MARKUP as WEB
from bot.service.deadlines import Ringer
from bot.service.desk import Desk
from bot.service.live import Live
from bot.service.live_codes import LETTERS
from bot.service.live_ports import Sent
from bot.service.live_stage import Stage, staged
from bot.service.waiting import pause
from bot.store.store import SqlStore

QUESTIONS, PUPILS = 4, 5
HOST = "telegram:1"
SETUP = Setup("town", length=QUESTIONS, seconds=0.4, grace=0.05, onward=0.15)


def _question(number: int) -> Question:
    options = tuple(Option(letter, letter.upper(), float(letter == "a")) for letter in "abc")
    return Question(
        f"q{number}",
        QuestionKind.SINGLE,
        f"What does the leaflet say in line {number}?",
        options,
        hash=f"{number:016x}",
    )


def _nothing(question: str, context: str = "", most: int = 10) -> Sequence[Hit]:
    del question, context, most
    return ()


def library() -> Library:
    """Return a small pack of which every quiz asks all."""
    questions = tuple(_question(number) for number in range(QUESTIONS))
    pack = Pack(
        "town",
        "A town",
        "en",
        (),
        caveat_long="Please double-check this with another source.",
        caveat_short="Double-check this.",
        questions=questions,
    )
    return Library((Shelf(pack, _nothing),))


class Worker:
    """One process, as the bot would be, with pupils who answer at random."""

    def __init__(self, store: SqlStore, sessions: int) -> None:
        self._sessions = sessions
        self._chance = Chance(secrets.token_hex(8))
        markups = {"telegram": TELEGRAM, "web": WEB}
        token = partial(secrets.token_urlsafe, 16)
        self._desk = Desk(
            store, library(), markups, lambda: datetime.fromtimestamp(time(), UTC), token
        )
        self._live = Live(self._desk)

    async def run(self) -> None:
        """Play until every quiz is over."""
        stop = asyncio.Event()
        ringer = Ringer(self._desk, {LIVE: self._live.time_up}, self._live.returned)
        # Before a quiz goes on, the time is given back that it has lost.
        await ringer.beat()
        ringing = asyncio.create_task(ringer.run(stop))
        await self._open_missing()
        _tell("ready")
        while codes := await self._underway():
            await asyncio.gather(*(self._answers(code, at) for code, at in codes))
            await pause(stop, 0.01)
        stop.set()
        await ringing
        _tell("over")

    async def _open_missing(self) -> None:
        """Open the quizzes that are missing, each under a code of its own that tells which it is."""
        for number in range(self._sessions):
            code = LETTERS[number // len(LETTERS)] + LETTERS[number % len(LETTERS)] + "AAAA"
            async with self._desk.store.work(self._desk.clock()) as work:
                known = await work.sessions.by_code(code)
            if known is None:
                room = Place("telegram", f"telegram:-{1000 + number}", private=False)
                live = Live(self._desk, code=lambda code=code: code)
                await live.create(HOST, SETUP, room)

    async def _underway(self) -> list[tuple[str, int]]:
        """Start what waits in its lobby; return the quizzes underway, with the open question."""
        async with self._desk.store.work(self._desk.clock()) as work:
            numbers = await work.sessions.underway()
            stages = [
                await staged(work, n, self._desk.library, self._desk.clock()) for n in numbers
            ]
        found: list[tuple[str, int]] = []
        for stage in filter(None, stages):
            if isinstance(stage.state, Lobby):
                await self._live.control(stage.session.code, HOST, Act.START)
            found.append((stage.session.code, _open(stage)))
        return found

    async def _answers(self, code: str, at: int) -> None:
        some = self._chance.shuffled(range(PUPILS))[:2] if at >= 0 else ()
        await asyncio.gather(*(self._answer(code, at, pupil) for pupil in some))

    async def _answer(self, code: str, at: int, pupil: int) -> None:
        person, chosen = f"telegram:{100 + pupil}", "aabc"[self._chance.below(4)]
        sent = Sent(code, at, person, Response((chosen,)), name=f"Pupil {pupil}")
        if isinstance(await self._live.answer(sent), Counted):
            _tell(json.dumps([code, at, person, chosen]))


def _open(stage: Stage) -> int:
    return stage.state.at if isinstance(stage.state, Asking) else -1


def _tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


async def play(url: str, sessions: int) -> None:
    """Play on that database."""
    async with SqlStore.open(url) as store:
        await Worker(store, sessions).run()


def be_born(url: str) -> None:
    """Let one process live after the other, each when a line comes in."""
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            asyncio.run(play(url, int(line)))
            os._exit(0)
        _tell(f"born {child}")
        _, status = os.waitpid(child, 0)
        _tell(f"gone {os.waitstatus_to_exitcode(status)}")


if __name__ == "__main__":
    be_born(sys.argv[1])
