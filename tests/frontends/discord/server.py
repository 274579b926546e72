"""As much of Discord behind a real socket as it takes to sign in, stay connected and send."""

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import discord
import pytest
import yarl
from aiohttp import WSMsgType, web
from aiohttp.test_utils import TestServer
from discord.gateway import DiscordWebSocket

TOKEN = "MTA0MjQyNDI0MjQyNDI0MjQyNA.GabcDE.not-a_real_token_of_any_bot_0123456789"
ME = {"id": "42", "username": "doublecheck", "discriminator": "0", "avatar": None, "bot": True}
APPLICATION = {
    "id": "42", "name": "Doublecheck", "description": "", "icon": None, "bot_public": True,
    "bot_require_code_grant": False, "verify_key": "", "flags": 0, "summary": "",
    "owner": ME, "rpc_origins": [],
}  # fmt: skip
HELLO, IDENTIFY, RESUME, DISPATCH = 10, 2, 6, 0


def answer(body: object, status: int = 200) -> web.Response:
    """Answer as Discord does, which names no alphabet."""
    content = json.dumps(body).encode()
    return web.Response(body=content, status=status, content_type="application/json")


class FakeDiscord:
    """A Discord with one channel and one bot."""

    def __init__(self) -> None:
        self.token = TOKEN
        self.refusals: list[int] = []
        """The statuses of the next answers to who signs in."""
        self.closes: list[int] = []
        """With what the next connections are closed, as soon as a bot has named itself."""
        self.calls = Counter[str]()
        self.takes_commands = True
        self.commands: list[str] = []
        self.said: list[dict[str, Any]] = []
        self.sent = asyncio.Event()
        self.connected = asyncio.Event()
        self.again = asyncio.Event()
        """Set when a bot has come back."""

    def app(self) -> web.Application:
        """Return what is served."""
        app = web.Application()
        app.add_routes(
            [
                web.get("/api/users/@me", self._me),
                web.get("/api/oauth2/applications/@me", self._application),
                web.put("/api/applications/42/commands", self._commands),
                web.post("/api/channels/7/messages", self._message),
                web.get("/gateway/", self._gateway),
            ]
        )
        return app

    async def _me(self, request: web.Request) -> web.Response:
        self.calls["me"] += 1
        if self.refusals:
            return answer({"message": "away"}, status=self.refusals.pop(0))
        if request.headers["Authorization"] != f"Bot {self.token}":
            return answer({"message": "401: Unauthorized", "code": 0}, status=401)
        return answer(ME)

    async def _application(self, request: web.Request) -> web.Response:
        return answer(APPLICATION)

    async def _commands(self, request: web.Request) -> web.Response:
        told = await request.json()
        if not self.takes_commands:
            return answer({"message": "Invalid", "code": 50035}, status=400)
        self.commands = [command["name"] for command in told]
        also = {"id": "1", "application_id": "42", "version": "1", "description": ""}
        return answer([also | command for command in told])

    async def _message(self, request: web.Request) -> web.Response:
        body = await request.json()
        self.said.append(body)
        self.sent.set()
        message = {
            "id": str(len(self.said)), "channel_id": "7", "author": ME, "content": "",
            "timestamp": "2026-11-23T12:00:00+00:00", "edited_timestamp": None, "tts": False,
            "mention_everyone": False, "mentions": [], "mention_roles": [], "attachments": [],
            "embeds": [], "pinned": False, "type": 0, "components": [],
        }  # fmt: skip
        return answer(message)

    async def _gateway(self, request: web.Request) -> web.WebSocketResponse:
        line = web.WebSocketResponse()
        await line.prepare(request)
        await line.send_json({"op": HELLO, "d": {"heartbeat_interval": 60_000}})
        async for message in line:
            if message.type is WSMsgType.TEXT:
                await self._named(line, message.json()["op"])
        return line

    async def _named(self, line: web.WebSocketResponse, op: int) -> None:
        if op not in {IDENTIFY, RESUME}:
            return
        if self.closes:
            await line.close(code=self.closes.pop(0))
            return
        ready = {
            "v": 10, "user": ME, "guilds": [], "session_id": "s", "application": {"id": "42"},
            "resume_gateway_url": str(DiscordWebSocket.DEFAULT_GATEWAY),
        }  # fmt: skip
        (self.again if self.connected.is_set() else self.connected).set()
        await line.send_json({"op": DISPATCH, "t": "READY", "s": 1, "d": ready})


@asynccontextmanager
async def served(discord_: FakeDiscord, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[None]:
    """Stand in for Discord."""
    server = TestServer(discord_.app())
    await server.start_server()
    monkeypatch.setattr(discord.http.Route, "BASE", str(server.make_url("/api")))
    gateway = yarl.URL(f"ws://127.0.0.1:{server.port}/gateway/")
    monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", gateway)
    try:
        yield
    finally:
        await server.close()
