"""The bot as a process, over real HTTP: killed at the worst moment, nothing is lost or said twice."""

import signal
import socket
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from bot.frontends.telegram.webhook import HEADER
from tests.frontends.telegram.fake import TOKEN, FakeTelegram
from tests.frontends.telegram.server import Line, running, serving
from tests.frontends.telegram.updates import Raw, chat, message, update, user

pytestmark = pytest.mark.timeout(120)

ALICE, BOB = 102, 103
SECRET = "a-secret"


def question(number: int, person: int, text: str) -> Raw:
    return update(number, message=message(text, chat=chat(person), **{"from": user(person)}))


QUESTIONS = [
    question(1, ALICE, "when did the harbour open?"),
    question(2, BOB, "what did the harbour cost?"),
]


@pytest.fixture
def line(telegram: FakeTelegram) -> Line:
    return Line(telegram)


@pytest.fixture
async def settings(line: Line, shelf: Path) -> AsyncIterator[dict[str, str]]:
    async with serving(line) as address:
        yield {
            "TELEGRAM_TOKEN": TOKEN,
            "TELEGRAM_API_URL": address,
            "QUESTIONS": str(shelf),
            "WEB": "off",
        }


@pytest.fixture
def hooked(settings: dict[str, str]) -> dict[str, str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    web = {"WEB": "on", "WEB_PORT": port, "WEBHOOK_SECRET": SECRET}
    return {**settings, **web, "WEBHOOK_URL": f"http://127.0.0.1:{port}"}


async def both_answered(telegram: FakeTelegram) -> None:
    while len(telegram.of("sendMessage")) < 2:
        await telegram.on("sendMessage").wait()


def answers(telegram: FakeTelegram) -> dict[int, list[str]]:
    """Return how the messages in each chat begin."""
    return {p: [t.split(",")[0] for t in telegram.chats.texts(p)] for p in (ALICE, BOB)}


def a_minute_passes(folder: Path) -> None:
    """Let the leases of the killed process run out."""
    with closing(sqlite3.connect(folder / "data" / "doublecheck.db")) as database, database:
        database.execute("UPDATE outbox SET leased_until = NULL")


ONCE = {ALICE: ["4 May 2025"], BOB: ["31 million euros"]}


async def test_polling_answers_and_ends_in_order(tmp_path, telegram, settings):
    telegram.bring(*QUESTIONS)
    async with running(tmp_path, **settings) as process:
        await both_answered(telegram)
        process.send_signal(signal.SIGTERM)
        assert await process.wait() == 0
    assert answers(telegram) == ONCE


async def test_killed_between_commit_and_confirmation(tmp_path, telegram, line, settings):
    # Neither a message nor a confirmation gets through: both are committed, and nobody knows.
    line.cut = lambda method, form: method == "sendMessage" or "offset" in form
    telegram.bring(*QUESTIONS)
    async with running(tmp_path, **settings) as process:
        await line.swallowed.wait()
        process.kill()
        await process.wait()
    assert (answers(telegram), len(telegram.updates)) == ({ALICE: [], BOB: []}, 2)
    a_minute_passes(tmp_path)

    line.cut = lambda _method, _form: False
    async with running(tmp_path, **settings):
        await both_answered(telegram)
        await telegram.confirmed(2)

    assert answers(telegram) == ONCE


async def test_a_webhook_update_that_is_brought_again_answers_once(tmp_path, telegram, hooked):
    set_up = telegram.on("setWebhook")
    async with running(tmp_path, **hooked) as process:
        await set_up.wait()
        for body in [*QUESTIONS, *QUESTIONS]:
            assert await brought(hooked, body) == 200
        await both_answered(telegram)
        process.send_signal(signal.SIGTERM)
        assert await process.wait() == 0
    assert answers(telegram) == ONCE


async def test_a_webhook_update_is_answered_by_the_next_process(tmp_path, telegram, line, hooked):
    line.cut = lambda method, _form: method == "sendMessage"
    set_up = telegram.on("setWebhook")
    async with running(tmp_path, **hooked) as process:
        await set_up.wait()
        for body in QUESTIONS:
            assert await brought(hooked, body) == 200
        await line.swallowed.wait()
        process.kill()
        await process.wait()
    a_minute_passes(tmp_path)

    line.cut = lambda _method, _form: False
    set_up = telegram.on("setWebhook")
    async with running(tmp_path, **hooked):
        await set_up.wait()
        assert await brought(hooked, QUESTIONS[0]) == 200
        await both_answered(telegram)

    assert answers(telegram) == ONCE


async def brought(hooked: dict[str, str], body: Raw) -> int:
    """Bring an update, as often as nobody is there yet."""
    address = f"{hooked['WEBHOOK_URL']}/telegram"
    async with httpx.AsyncClient(transport=httpx.AsyncHTTPTransport(retries=6)) as web:
        return (await web.post(address, json=body, headers={HEADER: SECRET})).status_code
