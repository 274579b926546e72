"""The answer to one interaction: at once, or after saying that it takes a moment.

Discord waits three seconds for the first sign; afterwards an interaction can be answered for
fifteen minutes.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeVar

import aiohttp
import discord

from bot.frontends.discord.drawing import Drawn
from bot.frontends.discord.inbound import Interaction

PATIENCE = 1.5
"""Seconds of work after which Discord is told to wait: half of what it gives."""
TROUBLE = (discord.DiscordException, aiohttp.ClientError, OSError, TimeoutError)
"""What may come of a call; `discord.InteractionResponded` is among them."""

T = TypeVar("T")

Patience = Callable[[asyncio.Future[Any]], Awaitable[object]]
"""Waits for some work, as long as Discord need not be told to."""


async def patience(doing: asyncio.Future[Any]) -> None:
    """Wait for some work, or until Discord has to be told to wait."""
    await asyncio.wait({doing}, timeout=PATIENCE)


class Reply:
    """What one interaction is answered with."""

    def __init__(
        self, interaction: Interaction, *, private: bool, patience: Patience = patience
    ) -> None:
        self._interaction = interaction
        self._private = private
        self._patience = patience

    async def meanwhile(self, work: Awaitable[T]) -> T:
        """Return what some work comes to; tell Discord to wait where that takes long."""
        doing = asyncio.ensure_future(work)
        try:
            await self._patience(doing)
            if not doing.done():
                await self.finish()
            return await doing
        finally:
            doing.cancel()

    async def defer(self) -> None:
        """Tell Discord to wait; nothing is shown for it where a button was pressed."""
        response = self._interaction.response
        if response.is_done():
            return
        if self._interaction.type is discord.InteractionType.component:
            await response.defer()
        else:
            await response.defer(thinking=True, ephemeral=self._private)

    async def say(self, messages: Sequence[Drawn]) -> list[Drawn]:
        """Send messages; return those that could not be sent."""
        for n, message in enumerate(messages):
            try:
                await self._send(message)
            except TROUBLE:
                return list(messages[n:])
        return []

    async def put(self, message: Drawn) -> bool:
        """Put a message in the place of the one whose button was pressed; tell whether it stands."""
        try:
            if self._interaction.response.is_done():
                await self._interaction.edit_original_response(**message.edit())
            else:
                await self._interaction.response.edit_message(**message.edit())
        except TROUBLE:
            return False
        return True

    async def finish(self) -> None:
        """Make sure that Discord does not wait for ever."""
        try:
            await self.defer()
        except TROUBLE:
            return  # it gave up waiting by itself

    async def _send(self, message: Drawn) -> None:
        response = self._interaction.response
        if response.is_done():
            await self._interaction.followup.send(**message.new(), ephemeral=self._private)
        else:
            await response.send_message(**message.new(), ephemeral=self._private)
