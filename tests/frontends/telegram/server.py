"""The fake Telegram behind a real socket, and the bot as a process of its own that talks to it."""

import asyncio
import os
import sys
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from aiohttp import web
from aiohttp.test_utils import TestServer

from tests.frontends.telegram.fake import FakeTelegram, refusal

Cut = Callable[[str, dict[str, str]], bool]
"""Given a method and its parameters: whether the network swallows the call."""


@dataclass
class Line:
    """The network between the bot and Telegram."""

    telegram: FakeTelegram
    cut: Cut = lambda _method, _form: False
    swallowed: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when a message was swallowed."""

    _cuts: dict[str, list[asyncio.Event]] = field(default_factory=dict)

    def swallowed_call(self, method: str) -> asyncio.Event:
        """Return what is set when a call of that method is swallowed."""
        self._cuts.setdefault(method, []).append(event := asyncio.Event())
        return event

    async def call(self, request: web.Request) -> web.Response:
        """Carry a call to Telegram, and its answer back."""
        method = request.match_info["method"]
        posted = await request.post()
        form = {name: value for name, value in posted.items() if isinstance(value, str)}
        files = {
            name: (file.filename, file.file.read(), file.content_type)
            for name, file in posted.items()
            if isinstance(file, web.FileField)
        }
        if self.cut(method, form):
            if method == "sendMessage":
                self.swallowed.set()
            for event in self._cuts.pop(method, ()):
                event.set()
            await asyncio.Event().wait()  # until the other side hangs up
        if request.match_info["token"] != self.telegram.token:
            code, body = refusal(401, "Unauthorized")
        else:
            code, body = await self.telegram.answer(method, form, files)
        return web.json_response(body, status=code)

    async def fetch(self, request: web.Request) -> web.Response:
        """Hand over a file that somebody sent."""
        return web.Response(body=self.telegram.files[request.match_info["file"]])


@asynccontextmanager
async def serving(line: Line) -> AsyncGenerator[str]:
    """Serve the Bot API; the address is what stands in front of the token."""
    app = web.Application()
    app.router.add_post("/bot{token}/{method}", line.call)
    app.router.add_get("/file/bot{token}/{file}", line.fetch)
    async with TestServer(app, shutdown_timeout=0.1) as server:
        yield str(server.make_url("/bot"))


@asynccontextmanager
async def running(folder: Path, **settings: str) -> AsyncGenerator[asyncio.subprocess.Process]:
    """Run `python -m bot` in a folder, and end it where the test did not."""
    kept = {
        name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "HOME") if name in os.environ
    }
    root = str(Path(__file__).parents[3])
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot"), cwd=folder, env={**kept, **settings, "PYTHONPATH": root}
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
