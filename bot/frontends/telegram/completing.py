"""Completes events by what only Telegram or the store knows: files, rights, what a poll is about."""

import asyncio
from collections import OrderedDict
from dataclasses import replace

from telegram import Bot

from bot.core.events import MOST_BYTES, Commanded, Event, Pressed, Said, Sent, Voted
from bot.frontends.telegram.rights import Rights
from bot.service.desk import Desk
from bot.service.poll_ports import KeptPoll
from bot.service.waiting import Wait, pause

POLLS = 1000
"""How many polls are remembered; the store has the others."""
SOON = 1.0
"""Seconds after which a poll is known for sure, if it is ours: it is noted once it was sent."""


class Completing:
    """Looks up what an update does not say itself, before it is handled."""

    def __init__(self, bot: Bot, desk: Desk, stop: asyncio.Event, wait: Wait = pause) -> None:
        self._bot = bot
        self._desk = desk
        self._stop = stop
        self._wait = wait
        self._rights = Rights(bot, desk.clock)
        self._polls: OrderedDict[str, KeptPoll] = OrderedDict()

    async def complete(self, event: Event) -> Event | None:
        """Return the event with what was missing; None where it is about nothing of ours."""
        match event:
            case Voted():
                return await self._vote(event)
            case Sent():
                return await self._file(event)
            case Said() | Commanded() | Pressed() if self._desk.asks_rights(event):
                admin = await self._rights.may_control(event.place, event.by.key)
                return replace(event, by=replace(event.by, admin=admin))
            case _:
                return event

    async def _file(self, event: Sent) -> Sent:
        if not self._desk.takes(event) or event.size > MOST_BYTES:
            return event
        file = await self._bot.get_file(event.handle)
        size = file.file_size or event.size
        if size > MOST_BYTES:
            return replace(event, size=size)
        content = bytes(await file.download_as_bytearray())
        return replace(event, content=content, size=len(content))

    async def _vote(self, vote: Voted) -> Voted | None:
        poll = await self._poll(vote.subject)
        if poll is None:
            await self._wait(self._stop, SOON)
            poll = await self._poll(vote.subject)
        if poll is None:
            return None
        chosen = (poll.options[name] for name in vote.chosen if name in poll.options)
        return replace(vote, subject=poll.subject, chosen=tuple(chosen))

    async def _poll(self, name: str) -> KeptPoll | None:
        if known := self._polls.get(name):
            return known
        async with self._desk.store.work(self._desk.clock()) as work:
            found = await work.polls.find(name)
        if found:
            self._polls[name] = found
            while len(self._polls) > POLLS:
                self._polls.popitem(last=False)
        return found
