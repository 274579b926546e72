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

    async def call(self, request: web.Request) -> web.Response:
        """Carry a call to Telegram, and its answer back."""
        method = request.match_info["method"]
        form = {name: str(value) for name, value in (await request.post()).items()}
        if self.cut(method, form):
            if method == "sendMessage":
                self.swallowed.set()
            await asyncio.Event().wait()  # until the other side hangs up
        if request.match_info["token"] != self.telegram.token:
            code, body = refusal(401, "Unauthorized")
        else:
            code, body = await self.telegram.answer(method, form)
        return web.json_response(body, status=code)


@asynccontextmanager
async def serving(line: Line) -> AsyncGenerator[str]:
    """Serve the Bot API; the address is what stands in front of the token."""
    app = web.Application()
    app.router.add_post("/bot{token}/{method}", line.call)
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
