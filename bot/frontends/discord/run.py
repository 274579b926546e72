"""Runs the bot on Discord: signs in, stays connected, and sends the outbox."""

import asyncio
import logging

import aiohttp
import discord

from bot.core.words import say
from bot.frontends.discord.client import Doublecheck
from bot.frontends.discord.inbound import PLATFORM
from bot.frontends.discord.outbound import DiscordSender
from bot.frontends.starting import CannotStart
from bot.service.desk import Desk
from bot.service.outbox import Outbox
from bot.service.waiting import pause

LONGEST = 60.0
"""Seconds between two tries to sign in, at most."""
TROUBLE = (discord.HTTPException, aiohttp.ClientError, OSError, TimeoutError)

_log = logging.getLogger(__name__)


class DiscordFrontEnd:
    """The bot on Discord."""

    name = PLATFORM

    def __init__(
        self, client: Doublecheck, token: str, desk: Desk, first_pause: float = 1.0
    ) -> None:
        self._client = client
        self._token = token
        self._desk = desk
        self._first_pause = first_pause

    async def run(self, stop: asyncio.Event) -> None:
        """Receive and send until the end; raise CannotStart where Discord refuses us."""
        try:
            if await self._signed_in(stop):
                await self._serve(stop)
        finally:
            await self._client.close()

    async def _signed_in(self, stop: asyncio.Event) -> bool:
        """Sign in, however long Discord is away; tell whether we did before the end came."""
        seconds = self._first_pause
        while not stop.is_set():
            try:
                await self._client.login(self._token)
            except discord.LoginFailure:
                raise CannotStart(say("discord.token")) from None
            except TROUBLE as trouble:
                _log.warning("discord: no answer yet: %s", type(trouble).__name__)
                await pause(stop, seconds)
                seconds = min(seconds * 2, LONGEST)
            else:
                return True
        return False

    async def _serve(self, stop: asyncio.Event) -> None:
        sender = DiscordSender(self._client, self._desk.store.progressed)
        outbox = Outbox(self.name, self._desk.store, sender, self._desk.clock)
        self._introduce(outbox)
        sending = asyncio.create_task(outbox.run())
        listening = asyncio.create_task(self._client.connect())
        ending = asyncio.create_task(stop.wait())
        try:
            await asyncio.wait({sending, listening, ending}, return_when=asyncio.FIRST_COMPLETED)
            await self.client_finished(listening)
        finally:
            outbox.stop()
            await self._client.reception.finish()
            await self._client.close()
            ending.cancel()
            await asyncio.gather(sending, listening, ending, return_exceptions=True)

    async def client_finished(self, listening: asyncio.Task[None]) -> None:
        """Say why Discord has ended the connection, where it did."""
        if not listening.done():
            return
        try:
            await listening
        except discord.ConnectionClosed as closed:
            raise CannotStart(say("discord.refused", code=closed.code)) from None

    def _introduce(self, outbox: Outbox) -> None:
        """Tell the desk whom to wake."""
        others = self._desk.wake

        def wake(platform: str) -> None:
            outbox.wake() if platform == self.name else others(platform)

        self._desk.wake = wake


def front_end(desk: Desk, token: str) -> DiscordFrontEnd:
    """Return the bot of a token; nothing is sent yet."""
    return DiscordFrontEnd(Doublecheck(desk), token, desk)
