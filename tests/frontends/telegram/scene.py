"""A stage for whole conversations: people in chats, the bot behind a fake Telegram, its store."""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from bot.core.events import Change, Changed, Person
from bot.core.library import Library
from bot.frontends.telegram.markup import MARKUP
from bot.frontends.telegram.outbound import TelegramSender, notes_in
from bot.frontends.telegram.poll import FetchingBot
from bot.frontends.telegram.reception import Reception
from bot.service.desk import Desk
from bot.service.ports import NotDelivered, Outgoing, Store
from tests.cast import NOON
from tests.frontends.telegram.fake import ME, Call, FakeTelegram
from tests.frontends.telegram.updates import GROUP, Raw, chat, press, query, update, user

EXPIRED = timedelta(minutes=31)


class Scene:
    """What stands on the stage."""

    def __init__(
        self, bot: FetchingBot, telegram: FakeTelegram, store: Store, library: Library
    ) -> None:
        self.now = NOON
        self.rested = 0.0
        self.telegram = telegram
        self.store = store
        numbers = count(1)
        self.desk = Desk(
            store=store,
            library=library,
            markups={"telegram": MARKUP},
            clock=lambda: self.now,
            token=lambda: f"token{next(numbers):06}",
            admins=("telegram:1",),
            names={"telegram": ME["username"]},
        )
        self.bot = bot
        self._reception = self._new_reception()
        self._sender = TelegramSender(bot, notes_in(store, lambda: self.now), self._breathe)
        self.alice = Actor(self, user(102))
        self.bob = Actor(self, user(103))

    def passes(self, time: timedelta) -> None:
        """Let time go by."""
        self.now += time

    async def happens(self, raw: Raw) -> list[Call]:
        """Bring an update; return every call that came of it."""
        begin = len(self.telegram.calls)
        await self._reception.take(raw)
        await self._reception.finish()
        await self.deliver()
        return self.telegram.calls[begin:]

    def _new_reception(self) -> Reception:
        return Reception(self.bot, self.bot.bot, self.desk, asyncio.Event(), pauses=(0.0, 0.0))

    async def deliver(self) -> None:
        """Send everything that waits."""
        while waiting := await self.store.claim("telegram", self.now, 50):
            for outgoing in waiting:
                await self._send(outgoing)

    async def _send(self, outgoing: Outgoing) -> None:
        try:
            standing = await self._sender.send(outgoing)
        except NotDelivered as failure:
            if not failure.permanent:
                raise
            await self.store.given_up(outgoing, str(failure), self.now)
            by = Person(outgoing.place.chat)
            gone = Changed(outgoing.place, by, Change.UNREACHABLE, receipt=outgoing.receipt)
            await self.desk.handle(gone)
        else:
            await self.store.delivered(outgoing, standing)

    async def _breathe(self, _bell: asyncio.Event, seconds: float) -> None:
        """Let no real time pass between two messages."""
        self.rested += seconds


@dataclass
class Actor:
    """A person with the app in their hand."""

    scene: Scene
    account: Raw

    async def writes(self, text: str, where: int = 0, **more: Any) -> list[Call]:
        """Write into a chat, their own with the bot unless told otherwise."""
        return await self._sends(where, {"text": text, **more})

    async def sends(self, where: int = 0, **content: Any) -> list[Call]:
        """Send something else than text."""
        return await self._sends(where, content)

    async def asks(self, text: str, where: int = 0, **more: Any) -> Call:
        """Write something that has one message as its answer."""
        (call,) = await self.writes(text, where, **more)
        return call

    async def replies(self, text: str, to: int, where: int = GROUP) -> list[Call]:
        """Reply to a message of the bot."""
        quoted = {"message_id": to, "date": 0, "from": ME, "chat": chat(where), "text": "…"}
        return await self.writes(text, where, reply_to_message=quoted)

    async def edits(self, message: int, text: str, where: int = 0) -> list[Call]:
        """Change the words of an earlier message."""
        body = self._message(where or self.account["id"], message, {"text": text})
        return await self.scene.happens(update(edited_message=body))

    async def presses(self, label: str, under: Call) -> list[Call]:
        """Press the button with that label under the bot's last message in that chat."""
        data = next(b["callback_data"] for b in under.buttons if b["text"].startswith(label))
        where = under.params["chat_id"]
        return await self.scene.happens(self.press(data, where))

    def press(self, data: str, where: int) -> Raw:
        """Return the update that a press makes."""
        standing = {"message_id": self.scene.telegram.chats.last, "date": 1, "chat": chat(where)}
        number = f"press{next(_numbers)}"
        self.scene.telegram.waiting.add(number)
        return update(callback_query=press(data, standing, number, self.account))

    async def searches(self, text: str) -> list[Raw]:
        """Type an inline query; return the results."""
        number = f"query{next(_numbers)}"
        self.scene.telegram.waiting.add(number)
        (call,) = await self.scene.happens(update(inline_query=query(text, number, self.account)))
        return call.params["results"]

    @property
    def last(self) -> int:
        """The number of the newest message of any chat."""
        return self.scene.telegram.chats.last

    async def _sends(self, where: int, content: Raw) -> list[Call]:
        place = where or self.account["id"]
        number = self.scene.telegram.chats.add(place, {})
        body = self._message(place, number, content)
        return await self.scene.happens(update(message=body))

    def _message(self, where: int, number: int, content: Raw) -> Raw:
        return {
            "message_id": number,
            "date": int(datetime.timestamp(self.scene.now)),
            "from": self.account,
            "chat": chat(where),
            **content,
        }


_numbers = count(1)
