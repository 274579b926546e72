"""Everything put together: what runs, what fails alone, how it stops."""

import asyncio
import os
import signal
import socket
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

from bot.__main__ import main
from bot.app import FAILED, OK, run_all
from bot.config import Settings
from bot.frontends.starting import CannotStart
from bot.frontends.web.run import Address, WebFrontEnd
from bot.store.store import SqlStore

NOBODY_THERE = "postgresql://bot:hunter2@127.0.0.1:1/doublecheck"

TOKEN = "123456789:AAE-not_a_real_token_of_any_bot_xyz"

Behaviour = Callable[[asyncio.Event], Awaitable[object]]


@dataclass
class Platform:
    """A front end that does what a test wants."""

    name: str
    behave: Behaviour
    ended: list[str] = field(default_factory=list)

    async def run(self, stop: asyncio.Event) -> None:
        await self.behave(stop)
        self.ended.append(self.name)


async def until_stopped(stop: asyncio.Event) -> None:
    await stop.wait()


async def refused(stop: asyncio.Event) -> None:
    raise CannotStart("the token is wrong. Copy it again.")


async def broken(stop: asyncio.Event) -> None:
    raise RuntimeError("a fault of ours")


@pytest.fixture
async def store(database: str) -> AsyncIterator[SqlStore]:
    async with SqlStore.open(database) as store:
        yield store


@pytest.mark.parametrize(
    ("fault", "line"),
    [
        (refused, "telegram does not run: the token is wrong. Copy it again."),
        (broken, "telegram has stopped by a fault of its own: RuntimeError at"),
    ],
)
async def test_a_front_end_that_fails_leaves_the_others_alone(store, caplog, fault, line):
    stop, page = asyncio.Event(), Platform("web", until_stopped)

    running = asyncio.create_task(run_all([Platform("telegram", fault), page], stop))
    while line not in caplog.text:
        await asyncio.wait([running], timeout=0.01)
    assert page.ended == []
    stop.set()

    assert await running == OK
    assert page.ended == ["web"]


async def test_when_every_front_end_fails_the_bot_ends(store, caplog):
    code = await run_all([Platform("telegram", refused)], asyncio.Event())

    assert code == FAILED
    assert "Traceback" not in caplog.text


async def test_a_taken_port_is_one_line_with_a_cure(store, caplog):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        page = WebFrontEnd(desk=None, address=Address(port=port))
        code = await run_all([page], asyncio.Event())

    assert code == FAILED
    [said] = caplog.messages
    assert f"127.0.0.1:{port}" in said
    assert "WEB_PORT" in said


@asynccontextmanager
async def bot(folder: Path, *arguments: str, **settings: str) -> AsyncIterator[Process]:
    """The bot in a process of its own, in an empty folder, with these settings and no others."""
    known = {name.upper() for name in Settings.model_fields}
    environment = {k: v for k, v in os.environ.items() if k.upper() not in known} | {
        "PYTHONPATH": str(Path(__file__).parent.parent)
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", *arguments,
        env=environment | settings, cwd=folder, stdin=PIPE, stdout=PIPE, stderr=PIPE,
    )  # fmt: skip
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def address_of(process: Process) -> str:
    """Read what the bot prints until it says where its page is."""
    assert process.stdout
    async for line in process.stdout:
        if b"http://" in line:
            return "http://" + line.decode().partition("http://")[2].split()[0]
    raise AssertionError("no address was printed")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_the_bot_prints_where_its_page_is_and_stops_when_told(shelf, tmp_path, number):
    async with bot(tmp_path, QUESTIONS=str(shelf), WEB_PORT="0") as process:
        url = await address_of(process)
        async with httpx.AsyncClient() as browser:
            page = await browser.get(url)
        process.send_signal(number)
        code = await process.wait()

    assert page.status_code == 200
    assert "The new harbour" in page.text
    assert code == 0
    assert (tmp_path / "data" / "doublecheck.db").exists()


async def test_whoever_starts_the_bot_can_sign_in_as_its_owner(shelf, tmp_path):
    async with bot(tmp_path, QUESTIONS=str(shelf), WEB_PORT="0") as process:
        await address_of(process)
        link = await address_of(process)
        async with httpx.AsyncClient(follow_redirects=True) as browser:
            asked = await browser.get(link)
            form = {"Content-Type": "application/x-www-form-urlencoded"}
            page = await browser.post(link, headers=form)
            people = await browser.get(httpx.URL(link).join("/team"))

    assert "Sign in on this browser?" in asked.text
    assert "Signed in: whoever started the bot, owner" in page.text
    assert people.status_code == 200


async def refuse_everybody(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer as Telegram does to a token that it does not know."""
    await reader.readuntil(b"\r\n\r\n")
    body = b'{"ok": false, "error_code": 401, "description": "Unauthorized"}'
    writer.write(b"HTTP/1.1 401 Unauthorized\r\nConnection: close\r\nContent-Length: ")
    writer.write(str(len(body)).encode() + b"\r\n\r\n" + body)
    await writer.drain()
    writer.close()


async def test_a_wrong_token_is_one_line_and_the_page_runs_on(shelf, tmp_path):
    telegram = await asyncio.start_server(refuse_everybody, "127.0.0.1", 0)
    api = f"http://127.0.0.1:{telegram.sockets[0].getsockname()[1]}"
    settings = {"TELEGRAM_TOKEN": TOKEN, "TELEGRAM_API_URL": api, "WEB_PORT": "0"}
    async with telegram, bot(tmp_path, QUESTIONS=str(shelf), **settings) as process:
        url = await address_of(process)
        assert process.stderr
        complaint = (await process.stderr.readline()).decode()
        async with httpx.AsyncClient() as browser:
            page = await browser.get(url)
        process.send_signal(signal.SIGTERM)
        code = await process.wait()

    assert "telegram does not run: Telegram does not accept TELEGRAM_TOKEN" in complaint
    assert TOKEN not in complaint
    assert page.status_code == 200
    assert code == 0


async def test_a_wrong_setting_is_one_line_and_no_traceback(shelf, tmp_path):
    async with bot(tmp_path, QUESTIONS=str(shelf), WEB_PORT="many") as process:
        out, err = await process.communicate()

    assert process.returncode == 2
    assert out == b""
    assert err.decode().startswith("WEB_PORT is wrong")
    assert err.count(b"\n") == 1


@pytest.mark.parametrize("settings", [{"QUESTIONS": "nowhere"}, {"DATABASE_URL": NOBODY_THERE}])
async def test_a_start_that_cannot_succeed_ends_with_2_and_says_why(shelf, tmp_path, settings):
    async with bot(tmp_path, **{"QUESTIONS": str(shelf), "WEB_PORT": "0"} | settings) as process:
        _, err = await process.communicate()

    assert process.returncode == 2
    assert b"Traceback" not in err
    assert b"hunter2" not in err
    assert err.strip()


async def test_asking_keeps_nothing(shelf, tmp_path):
    async with bot(tmp_path, "ask", "how many cranes", QUESTIONS=str(shelf)) as process:
        out, _ = await process.communicate()

    assert process.returncode == 0
    assert out.startswith(b"6")
    assert not (tmp_path / "data").exists()


async def test_asking_loads_no_server_and_no_database(shelf, tmp_path):
    code = (
        "import sys; from bot.__main__ import main; main(['ask', 'how many cranes']);"
        "print([m for m in ('telegram', 'sqlalchemy', 'starlette', 'uvicorn') if m in sys.modules])"
    )
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", code, env={**os.environ, "QUESTIONS": str(shelf)}, stdout=PIPE
    )
    out, _ = await process.communicate()

    assert out.decode().splitlines()[-1] == "[]"


async def test_nobody_reading_the_answers_is_no_fault(shelf, tmp_path):
    (tmp_path / "q.jsonl").write_text('{"id": 1, "question": "how many cranes"}\n' * 3)
    reading, writing = os.pipe()
    os.close(reading)
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "ask", "--batch", str(tmp_path / "q.jsonl"),
        env={**os.environ, "QUESTIONS": str(shelf)}, stdout=writing, stderr=PIPE,
    )  # fmt: skip
    os.close(writing)
    _, err = await process.communicate()

    assert process.returncode == 141
    assert err == b""


def test_a_wrong_setting_stops_a_question_too(shelf, monkeypatch, capsys, tmp_path):
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_text("QUESTION=questions\n", encoding="utf-8")

    assert main(["ask", "how many cranes"]) == 2
    assert capsys.readouterr().err == (
        "QUESTION in .env is not a setting. Did you mean QUESTIONS?\n"
    )
