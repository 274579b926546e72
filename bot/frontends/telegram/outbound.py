"""Sends what the outbox holds to Telegram, or puts it in place of what was sent before.

What can happen when the process dies: a message that Telegram took, but whose id was not noted
yet, is sent once more. What stands is noted after each page of several, so only that one page is
repeated. Edits and deletions may be repeated without harm.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace

from telegram import Bot, Message
from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError

from bot.core.events import Place
from bot.core.polls import Poll
from bot.frontends.telegram.calls import Calls
from bot.frontends.telegram.names import PLATFORM, key, number
from bot.frontends.telegram.pieces import Leaf, pieces
from bot.frontends.telegram.waiting import seconds
from bot.service.pace import is_group
from bot.service.poll_ports import KeptPoll
from bot.service.ports import Clock, NotDelivered, Outgoing, Store
from bot.service.waiting import Wait, pause

BETWEEN = 1.0
"""Seconds between two calls of one delivery into a group."""


async def _nowhere(place: Place, to: str) -> None:
    """Keep nothing of a chat that moved: its own message will say so as well."""
    del place, to


async def _unkept(poll: KeptPoll) -> None:
    """Keep nothing of a poll, where nobody asks for its votes."""
    del poll


@dataclass(frozen=True, slots=True)
class Notes:
    """Keeps what is learnt while sending."""

    progressed: Callable[[Outgoing, Sequence[str]], Awaitable[None]]
    """Of the messages that stand so far."""
    polled: Callable[[KeptPoll], Awaitable[None]] = _unkept
    """Of a poll that was sent."""
    moved: Callable[[Place, str], Awaitable[None]] = _nowhere
    """Of a chat that goes on under another key."""


def notes_in(store: Store, clock: Clock) -> Notes:
    """Return what keeps in a store what is learnt while sending."""

    async def polled(poll: KeptPoll) -> None:
        async with store.work(clock()) as work:
            await work.polls.keep(poll)

    async def moved(place: Place, to: str) -> None:
        async with store.work(clock()) as work:
            await work.move_chat(place, to)

    return Notes(store.progressed, polled, moved)


class TelegramSender:
    """Delivers cards to Telegram's chats."""

    def __init__(self, bot: Bot, notes: Notes, wait: Wait = pause) -> None:
        self._bot = bot
        self._notes = notes
        self._wait = wait

    async def send(self, outgoing: Outgoing) -> Sequence[str]:
        """Send, or edit, and return the ids of the messages; raise NotDelivered on failure."""
        try:
            return await self._deliver(outgoing)
        except RetryAfter as flood:
            wait = seconds(flood)
            raise NotDelivered("flood control", permanent=False, retry_after=wait) from flood
        except (BadRequest, Forbidden) as refusal:
            raise NotDelivered(refusal.message, permanent=True) from refusal
        except TelegramError as trouble:
            raise NotDelivered(trouble.message, permanent=False) from trouble

    async def _deliver(self, outgoing: Outgoing) -> Sequence[str]:
        chat = number(outgoing.place.chat)
        try:
            return await self._delivery(outgoing, chat).make()
        except ChatMigrated as moved:  # the group became a supergroup: the answer belongs there
            await self._notes.moved(outgoing.place, key(moved.new_chat_id))
            return await self._delivery(outgoing, moved.new_chat_id).make()

    def _delivery(self, outgoing: Outgoing, chat: int) -> "Delivery":
        calls = Calls(self._bot, outgoing, chat, self._breathing(chat))
        return Delivery(calls, self._notes, outgoing)

    def _breathing(self, chat: int) -> Callable[[], Awaitable[None]]:
        """Return what is awaited between two calls into a chat."""
        rest = BETWEEN if is_group(key(chat)) else 0.0

        async def breathe() -> None:
            if rest:
                await self._wait(asyncio.Event(), rest)

        return breathe


class Delivery:
    """One card on its way into one chat."""

    def __init__(self, calls: Calls, notes: Notes, outgoing: Outgoing) -> None:
        self._calls = calls
        self._notes = notes
        self._outgoing = outgoing
        self._pieces = pieces(outgoing.card)

    async def make(self) -> Sequence[str]:
        """Put every piece in its place, then take away what an earlier answer had more."""
        standing = list(self._outgoing.done)
        edits = await self._editable()
        for place in range(len(standing), len(self._pieces)):
            standing.append(await self._put(place, edits))
            if len(standing) < len(self._pieces):
                await self._notes.progressed(self._outgoing, standing)
        for surplus in edits[len(self._pieces) :]:
            await self._calls.remove(surplus)
        return standing

    async def _editable(self) -> Sequence[str]:
        """Return the messages that this card takes the place of; a poll that it ends stays."""
        earlier = self._outgoing.edits
        if not self._outgoing.card.closes:
            return earlier
        return [message for message in earlier if not await self._calls.stop_poll(message)]

    async def _put(self, place: int, edits: Sequence[str]) -> str:
        piece, last = self._pieces[place], place == len(self._pieces) - 1
        earlier = edits[place] if place < len(edits) else ""
        if earlier and isinstance(piece, Leaf):
            if await self._calls.edit(earlier, piece, last=last):
                return earlier
        elif earlier:
            await self._calls.remove(earlier)
        if isinstance(piece, Poll):
            return await self._ask(piece)
        message = await self._calls.send(piece, first=not place, last=last)
        return str(message.message_id)

    async def _ask(self, poll: Poll) -> str:
        """Send a poll; where the group takes none, the same question with buttons."""
        try:
            message = await self._calls.send(poll, first=True, last=True)
        except BadRequest:
            self._pieces = pieces(replace(self._outgoing.card, poll=None))
            return await self._put(0, ())
        await self._note(poll, message)
        return str(message.message_id)

    async def _note(self, poll: Poll, message: Message) -> None:
        """Keep what a poll is about, and what its options are called: votes name nothing else."""
        if message.poll:
            names = (option.persistent_id or "" for option in message.poll.options)
            options = dict(zip(names, poll.ids, strict=False))
            name = f"{PLATFORM}:{message.poll.id}"
            await self._notes.polled(KeptPoll(name, poll.subject, options))
