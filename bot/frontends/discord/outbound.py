"""Sends what the outbox holds to Discord, or puts it in place of what was sent before."""

from collections.abc import Awaitable, Callable, Sequence

import aiohttp
import discord

from bot.frontends.discord.drawing import Drawn, Under, draw
from bot.frontends.discord.inbound import Interaction, number
from bot.service.ports import NotDelivered, Outgoing

Progressed = Callable[[Outgoing, Sequence[str]], Awaitable[None]]
"""Keeps the ids of the messages that stand so far."""

Recent = Callable[[int], Interaction | None]
"""Returns a person's last interaction, where it can still be answered."""


def _nobody(user: int) -> None:
    """Know of no interaction."""
    del user


LONGEST_WAIT = 30.0
"""Seconds of flood control that the library waits by itself; longer ones go back to the outbox."""


class DiscordSender:
    """Delivers cards to channels and into private conversations."""

    def __init__(
        self, client: discord.Client, progressed: Progressed, recent: Recent = _nobody
    ) -> None:
        self._client = client
        self._progressed = progressed
        self._recent = recent

    async def send(self, outgoing: Outgoing) -> Sequence[str]:
        """Send, or edit, and return the ids of the messages; raise NotDelivered on failure."""
        try:
            return await self._deliver(outgoing)
        except discord.RateLimited as flood:
            wait = flood.retry_after
            raise NotDelivered("flood control", permanent=False, retry_after=wait) from flood
        except discord.HTTPException as refusal:
            # What is at fault with Discord itself is worth another try.
            permanent = refusal.status < FAULTS and refusal.status != FLOOD
            raise NotDelivered(f"refused with {refusal.code}", permanent=permanent) from refusal
        except (aiohttp.ClientError, OSError, discord.DiscordException) as trouble:
            raise NotDelivered(type(trouble).__name__, permanent=False) from trouble

    async def _deliver(self, outgoing: Outgoing) -> Sequence[str]:
        place = outgoing.place
        messages = draw(outgoing.card, Under("p" if place.private else "c"))
        try:
            return await self._sent(await self._channel(outgoing), messages, outgoing)
        except discord.HTTPException as refusal:
            # Who takes no direct messages is answered where they last gave a command.
            closed = refusal.status == FORBIDDEN and place.private
            recent = self._recent(number(place.chat)) if closed else None
            if recent is None:
                raise
            return await self._whispered(recent, messages[len(outgoing.done) :])

    async def _sent(
        self, where: discord.abc.Messageable, messages: Sequence[Drawn], outgoing: Outgoing
    ) -> Sequence[str]:
        standing = list(outgoing.done)
        for n in range(len(standing), len(messages)):
            standing.append(await self._put(where, messages[n], outgoing.edits[n : n + 1]))
            if n < len(messages) - 1:
                await self._progressed(outgoing, standing)
        for surplus in outgoing.edits[len(messages) :]:
            await self._remove(where, surplus)
        return standing

    async def _whispered(self, recent: Interaction, messages: Sequence[Drawn]) -> Sequence[str]:
        sent = [
            await recent.followup.send(**message.new(), ephemeral=True, wait=True)
            for message in messages
        ]
        return [str(message.id) for message in sent]

    async def _channel(self, outgoing: Outgoing) -> discord.abc.Messageable:
        there = number(outgoing.place.chat)
        if not outgoing.place.private:
            return self._client.get_partial_messageable(there)
        return await self._client.create_dm(discord.Object(there))

    async def _put(
        self, where: discord.abc.Messageable, message: Drawn, earlier: Sequence[str]
    ) -> str:
        if earlier and await self._edited(where, message, int(earlier[0])):
            return earlier[0]
        return str((await where.send(**message.new())).id)

    async def _edited(self, where: discord.abc.Messageable, message: Drawn, standing: int) -> bool:
        """Put a message in place of an earlier one; tell whether it stands there now."""
        try:
            await _partial(where, standing).edit(**message.edit())
        except discord.NotFound as gone:
            if gone.code != UNKNOWN_MESSAGE:
                raise
            return False
        return True

    async def _remove(self, where: discord.abc.Messageable, message: str) -> None:
        try:
            await _partial(where, int(message)).delete()
        except discord.NotFound:
            return  # somebody deleted it already


FORBIDDEN, FLOOD, FAULTS = 403, 429, 500
UNKNOWN_MESSAGE = 10008


def _partial(where: discord.abc.Messageable, message: int) -> discord.PartialMessage:
    assert isinstance(where, discord.PartialMessageable | discord.DMChannel)  # noqa: S101 - both ways of `_channel`
    return where.get_partial_message(message)
