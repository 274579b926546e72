"""A Bot API on this machine that does nothing but take calls, and people who press buttons."""

import asyncio
import json
import os
import socket
import sys
import tempfile
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import Any

import aiohttp
from aiohttp import web

from bot.service.waiting import pause

KEY = "4242:a-token-for-measuring"
HOOK_WORD = "a-secret"
ME = {"id": 4242, "is_bot": True, "first_name": "Doublecheck", "username": "doublecheck_bot"}
BATCH = 100
"""Updates that one call of getUpdates brings, as at Telegram."""
CONNECTIONS = 100
"""Updates that are brought to a webhook at the same time, as set up."""

STEP = 0.01
"""Seconds between two moments at which presses happen."""

Update = dict[str, Any]


@dataclass
class Api:
    """Telegram, as far as a quiz needs it."""

    begun: dict[str, float] = field(default_factory=dict[str, float])
    """When each press happened."""
    confirmed: dict[str, tuple[float, str]] = field(default_factory=dict[str, tuple[float, str]])
    """When each press was confirmed, and with what words."""
    calls: list[tuple[float, str, int]] = field(default_factory=list[tuple[float, str, int]])
    """When what was called, and for which chat."""
    ready: asyncio.Event = field(default_factory=asyncio.Event)
    waiting: list[Update] = field(default_factory=list[Update])
    came: asyncio.Event = field(default_factory=asyncio.Event)
    moved: asyncio.Event = field(default_factory=asyncio.Event)
    """Set by each confirmation."""
    messages: int = 1000
    last: int = 0

    async def call(self, request: web.Request) -> web.Response:
        """Answer one call."""
        method = request.match_info["method"]
        form = await request.post() if request.can_read_body else {}
        answer = await self._result(method, {name: str(value) for name, value in form.items()})
        return web.Response(
            body=json.dumps({"ok": True, "result": answer}).encode(),
            content_type="application/json",
        )

    async def _result(self, method: str, form: dict[str, str]) -> object:
        if method == "answerCallbackQuery":
            self.confirm(form)
            return True
        if method == "getUpdates":
            return await self._batch(int(form.get("offset", 0)))
        if method == "getMe":
            return ME
        if method == "setWebhook":
            self.ready.set()
        if "chat_id" not in form:
            return True
        chat = int(form["chat_id"])
        self.calls.append((perf_counter(), method, chat))
        self.messages += 1
        kind = "private" if chat > 0 else "supergroup"
        return {"message_id": self.messages, "date": 0, "chat": {"id": chat, "type": kind}}

    def confirm(self, form: Mapping[str, str]) -> None:
        """Note that a press is confirmed."""
        self.confirmed[form["callback_query_id"]] = perf_counter(), form.get("text", "")
        self.moved.set()

    async def _batch(self, offset: int) -> Sequence[Update]:
        self.ready.set()
        self.waiting = [update for update in self.waiting if update["update_id"] >= offset]
        while not self.waiting:
            self.came.clear()
            await self.came.wait()
        return self.waiting[:BATCH]

    def press(self, person: int, chat: int, data: str) -> Update:
        """Return the update of one press, as Telegram writes it."""
        self.last += 1
        name = f"press{self.last}"
        by = {"id": person, "is_bot": False, "first_name": f"P{person}", "language_code": "en"}
        where = {"id": chat, "type": "supergroup", "title": "7B"}
        standing = {"message_id": 900, "date": 1, "chat": where, "from": ME, "text": "A question"}
        query = {"id": name, "from": by, "message": standing, "chat_instance": "1", "data": data}
        return {"update_id": self.last, "callback_query": query}

    def begin(self, presses: Sequence[Update]) -> None:
        """Note that presses happen now."""
        now = perf_counter()
        for update in presses:
            self.begun[update["callback_query"]["id"]] = now

    async def all_confirmed(self, presses: Sequence[Update], patience: float = 60.0) -> None:
        """Wait until every press has been confirmed."""
        names = {update["callback_query"]["id"] for update in presses}
        async with asyncio.timeout(patience):
            while not names <= self.confirmed.keys():
                self.moved.clear()
                await self.moved.wait()

    def waited(self, presses: Sequence[Update]) -> list[float]:
        """Return how long each press waited for its confirmation, in seconds."""
        names = [update["callback_query"]["id"] for update in presses]
        return sorted(self.confirmed[name][0] - self.begun[name] for name in names)


@asynccontextmanager
async def serving(api: Api) -> AsyncIterator[str]:
    """Serve it; yield the address in front of the token."""
    app = web.Application()
    app.router.add_post("/bot{token}/{method}", api.call)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    port = free_port()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    try:
        yield f"http://127.0.0.1:{port}/bot"
    finally:
        await runner.cleanup()


def free_port() -> int:
    """Return a port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@asynccontextmanager
async def process(*command: str, folder: Path, **settings: str) -> AsyncIterator[int]:
    """Run a program, and end it; yield its process id."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    env = {**kept, "PYTHONPATH": str(Path(__file__).parents[1]), **settings}
    log = folder / "log"
    with log.open("ab") as out:
        running = await asyncio.create_subprocess_exec(
            sys.executable, *command, cwd=folder, env=env, stdout=out, stderr=out
        )
    try:
        yield running.pid
    finally:
        if running.returncode is None:
            running.terminate()
        await running.wait()


def used(pid: int) -> float:
    """Return the seconds of processor time that a process has used; 0 where the system tells nobody."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def workplace() -> tempfile.TemporaryDirectory[str]:
    """Return a folder for one measurement."""
    return tempfile.TemporaryDirectory(prefix="doublecheck-bench-")


async def spread(presses: Sequence[Update], over: float) -> AsyncIterator[Sequence[Update]]:
    """Yield presses as they happen: evenly over some seconds, or all at once."""
    if not over:
        yield presses
        return
    begin, done = perf_counter(), 0
    never = asyncio.Event()
    while done < len(presses):
        await pause(never, STEP)
        due = min(len(presses), int((perf_counter() - begin) / over * len(presses)) + 1)
        yield presses[done:due]
        done = due


class Polling:
    """Brings updates to who fetches them."""

    settings: dict[str, str] = {}  # noqa: RUF012 - never changed

    def __init__(self, api: Api) -> None:
        self._api = api

    async def bring(self, presses: Sequence[Update], over: float = 0.0) -> None:
        """Let presses happen, and wait until all are confirmed."""
        async for some in spread(presses, over):
            self._api.begin(some)
            self._api.waiting.extend(some)
            self._api.came.set()
        await self._api.all_confirmed(presses)


class Hooking:
    """Brings updates to a webhook, a hundred at a time, as Telegram does."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self.port = free_port()
        self.settings = {
            "WEB": "on",
            "WEB_PORT": str(self.port),
            "WEBHOOK_URL": f"http://127.0.0.1:{self.port}",
            "WEBHOOK_SECRET": HOOK_WORD,
        }

    async def bring(self, presses: Sequence[Update], over: float = 0.0) -> None:
        """Let presses happen, and wait until all are confirmed."""
        connector = aiohttp.TCPConnector(limit=CONNECTIONS)
        headers = {"X-Telegram-Bot-Api-Secret-Token": HOOK_WORD}
        async with (
            aiohttp.ClientSession(connector=connector, headers=headers) as line,
            asyncio.TaskGroup() as tasks,
        ):
            async for some in spread(presses, over):
                self._api.begin(some)
                for update in some:
                    tasks.create_task(self._carry(line, update))
        await self._api.all_confirmed(presses)

    async def _carry(self, line: aiohttp.ClientSession, update: Update) -> None:
        address = f"http://127.0.0.1:{self.port}/telegram"
        async with line.post(address, json=update) as answer:
            if answer.status != 200:  # noqa: PLR2004 - OK
                raise RuntimeError(f"the webhook answered {answer.status}")
            # As at Telegram: what is answered may be a call of a method.
            if call := await answer.read():
                self._api.confirm(json.loads(call))
