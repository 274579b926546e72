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
from bot.service.sending import outbox_of
from bot.service.waiting import pause

LONGEST = 60.0
"""Seconds between two tries to sign in, at most."""
TROUBLE = (
    discord.HTTPException,
    discord.RateLimited,
    aiohttp.ClientError,
    OSError,
    TimeoutError,
)

_log = logging.getLogger(__name__)


class DiscordFrontEnd:
    """The bot on Discord."""

    name = PLATFORM

    def __init__(self, desk: Desk, token: str, first_pause: float = 1.0) -> None:
        self._token = token
        self._desk = desk
        self._first_pause = first_pause

    async def run(self, stop: asyncio.Event) -> None:
        """Receive and send until the end; raise CannotStart where Discord refuses us."""
        seconds = self._first_pause
        while not stop.is_set():
            # A new one for each try: what the library had opened is closed with the old one.
            async with Doublecheck(self._desk) as client:
                if await self._signed_in(client):
                    await self._serve(client, stop)
                    return
            await pause(stop, seconds)
            seconds = min(seconds * 2, LONGEST)

    async def _signed_in(self, client: Doublecheck) -> bool:
        """Sign in; tell whether Discord was there."""
        try:
            await client.login(self._token)
        except discord.LoginFailure:
            raise CannotStart(say("discord.token")) from None
        except TROUBLE as trouble:
            _log.warning("discord: no answer yet: %s", type(trouble).__name__)
            return False
        return True

    async def _serve(self, client: Doublecheck, stop: asyncio.Event) -> None:
        recent = client.reception.recent
        sender = DiscordSender(client, self._desk.store.progressed, recent)
        outbox = outbox_of(self._desk, self.name, sender)
        sending = asyncio.create_task(outbox.run())
        listening = asyncio.create_task(client.connect())
        ending = asyncio.create_task(stop.wait())
        try:
            await asyncio.wait({sending, listening, ending}, return_when=asyncio.FIRST_COMPLETED)
            await _said_why(sending, listening)
        finally:
            outbox.stop()
            await client.reception.finish()
            await asyncio.gather(sending, return_exceptions=True)
            await client.close()
            ending.cancel()
            await asyncio.gather(listening, ending, return_exceptions=True)


async def _said_why(sending: asyncio.Task[None], listening: asyncio.Task[None]) -> None:
    """Raise what ended the work before its time; say so where it was Discord."""
    if sending.done():
        await sending
    if not listening.done():
        return
    try:
        await listening
    except discord.ConnectionClosed as closed:
        raise CannotStart(say("discord.refused", code=closed.code)) from None
