"""A live quiz in a bot that is killed in the middle: over real HTTP, with a database of its own."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from itertools import count
from pathlib import Path

import pytest

from tests.frontends.telegram.fake import TOKEN, Call, FakeTelegram
from tests.frontends.telegram.server import Line, running, serving
from tests.frontends.telegram.updates import GROUP, in_group, press, update, user

pytestmark = pytest.mark.timeout(150)

TEACHER, ALICE, BOB = 101, 102, 103
QUIZ = """\
- id: opened
  kind: single
  stem: According to the article, when did the harbour open?
  options:
    - {text: 4 May 2025, right: true}
    - {text: 5 May 2025}
    - {text: 6 May 2025}
  feedback: The article gives the day.
  facts: [harbour-opened]
"""


@pytest.fixture
def line(telegram: FakeTelegram) -> Line:
    telegram.admins.add((GROUP, TEACHER))
    return Line(telegram)


@pytest.fixture
async def settings(line: Line, shelf: Path) -> AsyncIterator[dict[str, str]]:
    (shelf / "harbour" / "quiz.yaml").write_text(QUIZ, encoding="utf-8")
    async with serving(line) as address:
        yield {
            "TELEGRAM_TOKEN": TOKEN,
            "TELEGRAM_API_URL": address,
            "QUESTIONS": str(shelf),
            "WEB": "off",
        }


class Group:
    """People in the group."""

    def __init__(self, telegram: FakeTelegram) -> None:
        self._telegram = telegram
        self._updates = count(1)

    def writes(self, person: int, text: str) -> None:
        said = in_group(text, **{"from": user(person)})
        self._telegram.bring(update(next(self._updates), message=said))

    async def presses(self, person: int, label: str, under: Call) -> str:
        """Press a button, and wait for its confirmation; return what that says."""
        data = next(b["callback_data"] for b in under.buttons if label in b["text"])
        number = next(self._updates)
        name = f"press{number}"
        self._telegram.waiting.add(name)
        standing = in_group(message_id=900, date=1)
        pressed = press(data, standing, name, user(person))
        self._telegram.bring(update(number, callback_query=pressed))
        while not (found := self._confirmation(name)):
            await self._telegram.on("answerCallbackQuery").wait()
        return found.params.get("text", "")

    def _confirmation(self, name: str) -> Call | None:
        calls = self._telegram.of("answerCallbackQuery")
        return next((c for c in calls if c.params["callback_query_id"] == name), None)


async def asked(telegram: FakeTelegram, group: Group) -> Call:
    """Open a quiz and start it; return its question."""
    group.writes(TEACHER, "/live@doublecheck_bot")
    setup = await telegram.until("A live quiz about The new harbour")
    for seconds in (20, 30, 45, 60):
        await group.presses(TEACHER, "Time:", setup)
        setup = await telegram.until(f"Time: {seconds} s each")
    await group.presses(TEACHER, "Open the lobby", setup)
    lobby = await telegram.until("Press “Join”")
    for person in (ALICE, BOB):
        await group.presses(person, "Join", lobby)
    await group.presses(TEACHER, "Start", lobby)
    return await telegram.until("Question 1 of 1")


def answers(folder: Path) -> list[tuple[str, bool]]:
    """Return who answered, and whether it is right, as it stands in the database."""
    query = (
        "SELECT p.key, a.correct FROM answers a JOIN participants t ON t.id = a.participant "
        "JOIN people p ON p.id = t.person ORDER BY p.key"
    )
    with closing(sqlite3.connect(folder / "data" / "doublecheck.db")) as database, database:
        database.execute("UPDATE outbox SET leased_until = NULL")
        return [(key, bool(right)) for key, right in database.execute(query)]


async def test_killed_in_the_middle_a_quiz_goes_on_with_every_confirmed_answer(
    tmp_path: Path, telegram: FakeTelegram, settings: dict[str, str]
):
    group = Group(telegram)
    async with running(tmp_path, **settings) as process:
        question = await asked(telegram, group)
        assert "The first answer counts." in await group.presses(ALICE, "4 May", question)
        process.kill()
        await process.wait()
    assert len(answers(tmp_path)) == 1

    async with running(tmp_path, **settings):
        assert "The first answer counts." in await group.presses(BOB, "5 May", question)
        assert "The first answer counts." in await group.presses(ALICE, "6 May", question)
        group.writes(TEACHER, "/next@doublecheck_bot")
        result = await telegram.until("✔ right")
        group.writes(TEACHER, "/next@doublecheck_bot")
        standing = await telegram.until("That was the live quiz.")

    assert answers(tmp_path) == [("telegram:102", True), ("telegram:103", False)]
    assert "double-check" in result.text
    assert "1 of 1 right" in standing.text


async def test_killed_between_commit_and_confirmation_an_answer_counts_once(
    tmp_path: Path, telegram: FakeTelegram, line: Line, settings: dict[str, str]
):
    group = Group(telegram)
    async with running(tmp_path, **settings) as process:
        question = await asked(telegram, group)
        # Neither the confirmation of the press nor that of the update gets through.
        line.cut = lambda method, form: method == "answerCallbackQuery" or "offset" in form
        data = question.buttons[0]["callback_data"]
        telegram.waiting.add("lost")
        pressed = press(data, in_group(message_id=900, date=1), "lost", user(ALICE))
        cut = line.swallowed_call("answerCallbackQuery")
        telegram.bring(update(500, callback_query=pressed))
        await cut.wait()
        process.kill()
        await process.wait()
    assert len(answers(tmp_path)) == 1

    line.cut = lambda _method, _form: False
    async with running(tmp_path, **settings):
        while "lost" in telegram.waiting:
            await telegram.on("answerCallbackQuery").wait()
        await telegram.confirmed(500)

    assert len(answers(tmp_path)) == 1
