"""Kills a process with live quizzes at random moments, and holds what is left against the history.

    python -m benchmarks.crash [--kills N] [--sessions N] [--seed N] [--url DATABASE_URL]

A worker (benchmarks/crash_worker.py) plays quizzes in which pupils answer all the time. It is
killed with SIGKILL, started again, and so on; when all are over and it was not killed often enough,
as many quizzes again are opened. The last worker may play to the end. Then it must hold: every confirmed answer stands there once and as it was given, no question was skipped, closed
twice or asked twice, and there is one standing for each quiz, with the points of the answers.
"""

import argparse
import asyncio
import json
import os
import signal
import sys
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from benchmarks.crash_worker import QUESTIONS, library
from bot.core.chance import Chance
from bot.core.live_cards import number
from bot.store.engine import opened

TOP = Path(__file__).parent.parent
LONGEST = 1.5
"""Seconds for which a worker lives, at most."""

Confirmed = tuple[str, int, str, str]
"""An answer: quiz, question, person, option."""


@dataclass
class History:
    """What the workers said before they died."""

    confirmed: list[Confirmed] = field(default_factory=list[Confirmed])
    kills: int = 0
    sessions: int = 0

    def note(self, line: bytes) -> None:
        """Note a line; the last one of a worker may have been cut off."""
        if line.endswith(b"]\n"):
            code, at, person, chosen = json.loads(line)
            self.confirmed.append((code, at, person, chosen))


async def play(url: str, kills: int, sessions: int, seed: int) -> History:
    """Let workers play until they were killed so often, and the quizzes are over."""
    history, chance = History(), Chance(seed)
    nursery = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "benchmarks.crash_worker", url),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        cwd=TOP,
    )
    while history.sessions == 0 or history.kills < kills:
        history.sessions += sessions
        while not await _lived(nursery, history, chance, kills):
            pass
    assert nursery.stdin  # noqa: S101 - it is a pipe
    nursery.stdin.close()
    await nursery.wait()
    return history


async def _lived(
    nursery: asyncio.subprocess.Process, history: History, chance: Chance, kills: int
) -> bool:
    """Let one worker live; return whether it has played to the end."""
    assert nursery.stdin  # noqa: S101 - they are pipes
    assert nursery.stdout  # noqa: S101
    nursery.stdin.write(b"%d\n" % history.sessions)
    born, over = 0, False
    while line := await nursery.stdout.readline():
        what, _, rest = line.decode().strip().partition(" ")
        match what:
            case "born":
                born = int(rest)
            case "ready" if history.kills < kills:
                history.kills += 1
                moment = chance.below(1000) / 1000 * LONGEST
                asyncio.get_running_loop().call_later(moment, _kill, born)
            case "over":
                over = True
            case "gone":
                if not over and rest != str(-signal.SIGKILL):
                    raise RuntimeError("a worker has ended by a fault of its own")
                return over
            case _:
                history.note(line)
    raise RuntimeError("no more workers are born")


def _kill(worker: int) -> None:
    with suppress(ProcessLookupError):  # it had played to the end
        os.kill(worker, signal.SIGKILL)


async def faults(url: str, history: History) -> list[str]:
    """Return what is wrong in the database, in words; nothing where all is well."""
    async with opened(url) as engine, engine.connect() as connection:
        return [
            *await _wrong_answers(connection, history),
            *await _wrong_questions(connection, history.sessions),
            *await _wrong_boards(connection, history.sessions),
        ]


async def _wrong_answers(connection: AsyncConnection, history: History) -> list[str]:
    rows = await connection.execute(
        text(
            "SELECT sessions.code, answers.position, people.key, answers.response FROM answers"
            " JOIN sessions ON sessions.id = answers.session"
            " JOIN participants ON participants.id = answers.participant"
            " JOIN people ON people.id = participants.person"
        )
    )
    kept = Counter((row[0], row[1], row[2], _chosen(row[3])) for row in rows)
    places = Counter(place for *place_, _ in kept for place in [tuple(place_)])
    return [
        *(f"confirmed twice: {one}" for one, n in Counter(history.confirmed).items() if n > 1),
        *(f"confirmed, but not there: {one}" for one in history.confirmed if kept[one] != 1),
        *(f"there twice: {place}" for place, n in places.items() if n > 1),
    ]


def _chosen(response: object) -> str:
    read = json.loads(response) if isinstance(response, str) else response
    assert isinstance(read, dict)  # noqa: S101 - so it is kept
    [chosen] = read["chosen"]
    return str(chosen)


async def _wrong_questions(connection: AsyncConnection, sessions: int) -> list[str]:
    rows = (
        await connection.execute(
            text(
                "SELECT sessions.code, sessions.phase, session_questions.position, opened, closed,"
                " skipped FROM sessions JOIN session_questions ON session = sessions.id"
            )
        )
    ).all()
    late = await connection.execute(
        text(
            "SELECT answers.id FROM answers JOIN session_questions ON session_questions.session ="
            " answers.session AND session_questions.position = answers.position"
            " WHERE answers.at > session_questions.closed"
        )
    )
    left = (await connection.execute(text("SELECT count(*) FROM deadlines"))).scalar_one()
    return [
        *([] if len(rows) == sessions * QUESTIONS else [f"{len(rows)} questions stand there"]),
        *(f"not over: {row}" for row in rows if row.phase != "over"),
        *(f"skipped: {row}" for row in rows if row.skipped or not row.opened or not row.closed),
        *(f"counted after the question was closed: {row}" for row in late),
        *([f"{left} deadlines are left"] if left else []),
    ]


async def _wrong_boards(connection: AsyncConnection, sessions: int) -> list[str]:
    """Hold what was posted, which nobody has sent here, against the answers."""
    posts = (
        await connection.execute(
            text("SELECT chat, card FROM outbox WHERE replaces IS NULL ORDER BY id")
        )
    ).all()
    shown = [(row[0], _page(row[1])) for row in posts]
    wrong: list[str] = []
    for at in range(QUESTIONS):
        asked = Counter(
            chat
            for chat, page in shown
            if f"Question {at + 1} of {QUESTIONS}</b>" in page
            or f"Question {at + 1} of {QUESTIONS} ·" in page
        )
        told = Counter(
            chat for chat, page in shown if f"Question {at + 1} of {QUESTIONS}: " in page
        )
        wrong += [f"question {at + 1} was asked {n} times" for n in asked.values() if n != 1]
        wrong += [f"question {at + 1} was told {n} times" for n in told.values() if n != 1]
        if len(asked) != sessions or len(told) != sessions:
            wrong.append(
                f"question {at + 1} stands in {len(asked)} rooms, its answer in {len(told)}"
            )
    return wrong + await _wrong_standings(connection, shown, sessions)


def _page(card: object) -> str:
    read = json.loads(card) if isinstance(card, str) else card
    assert isinstance(read, dict)  # noqa: S101 - so it is kept
    return str(read["pages"][0]["text"])


async def _wrong_standings(
    connection: AsyncConnection, shown: Sequence[tuple[int, str]], sessions: int
) -> list[str]:
    standings = [(chat, page) for chat, page in shown if "That was the live quiz." in page]
    if len(standings) != sessions or len({chat for chat, _ in standings}) != sessions:
        return [f"there are {len(standings)} standings of {sessions} quizzes"]
    rows = await connection.execute(
        text(
            "SELECT rooms.chat, participants.name, answers.response FROM answers"
            " JOIN participants ON participants.id = answers.participant"
            " JOIN rooms ON rooms.session = answers.session"
        )
    )
    right: Counter[tuple[int, str]] = Counter()
    for chat, name, response in rows:
        right[chat, name] += _chosen(response) == _KEY
    pages = dict(standings)
    return [
        f"{name} has {count} right, and the standing does not say so"
        for (chat, name), count in right.items()
        if f"{name}: {number(count)} point" not in pages[chat]
    ]


_KEY = next(o.id for o in library().shelves[0].pack.questions[0].options if o.fraction)


async def main(kills: int, sessions: int, seed: int, url: str) -> int:
    """Play, and print the outcome."""
    began = perf_counter()
    history = await play(url, kills, sessions, seed)
    found = await faults(url, history)
    print(
        f"{history.kills} kills, {history.sessions} live quizzes, {len(history.confirmed)} confirmed answers,"
        f" {perf_counter() - began:.0f} s (seed {seed}): "
        + (f"{len(found)} FAULTS" if found else "every confirmed answer stands there once, ")
        + ("" if found else "no question skipped, no standing wrong.")
    )
    for fault in found[:20]:
        print(f"  {fault}")
    return 1 if found else 0


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--sessions", type=int, default=12)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--url", default="")
    return parser.parse_args()


if __name__ == "__main__":
    asked = _asked()
    with TemporaryDirectory() as folder:
        address = asked.url or f"sqlite:///{folder}/crash.db"
        sys.exit(asyncio.run(main(asked.kills, asked.sessions, asked.seed, address)))
