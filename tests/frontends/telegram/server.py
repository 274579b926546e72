"""The fake Telegram behind a real socket: a Bot API server as one could run at home."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from aiohttp import web
from aiohttp.test_utils import TestServer

from tests.frontends.telegram.fake import FakeTelegram, refusal


@asynccontextmanager
async def serving(telegram: FakeTelegram) -> AsyncGenerator[str]:
    """Serve the Bot API; the address is what stands in front of the token."""

    async def call(request: web.Request) -> web.Response:
        if request.match_info["token"] != telegram.token:
            code, body = refusal(401, "Unauthorized")
        else:
            form = {name: str(value) for name, value in (await request.post()).items()}
            code, body = await telegram.answer(request.match_info["method"], form)
        return web.json_response(body, status=code)

    app = web.Application()
    app.router.add_post("/bot{token}/{method}", call)
    async with TestServer(app) as server:
        yield str(server.make_url("/bot"))
