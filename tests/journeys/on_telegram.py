"""Telegram: the real library and the real front end over a fake Bot API."""

import asyncio
from collections.abc import Sequence
from contextlib import AsyncExitStack
from datetime import datetime, timedelta
from functools import partial
from itertools import count

from bot.assembly import Conversation
from bot.frontends.telegram.markup import MARKUP
from bot.frontends.telegram.outbound import TelegramSender, notes_in
from bot.frontends.telegram.poll import FetchingBot
from bot.frontends.telegram.reception import Reception
from bot.service.outbox import calls
from bot.service.pace import Pace
from bot.service.ports import NotDelivered, Outgoing
from tests.frontends.telegram.fake import ME, FakeTelegram, words_of
from tests.frontends.telegram.html_rules import shown
from tests.frontends.telegram.updates import GROUP, Raw, chat, press, update, user
from tests.journeys.people import Person, Standing
from tests.journeys.stage import Stage, undeliverable
from tests.journeys.watch import Watch

SENDS = ("sendMessage", "editMessageText", "sendPhoto", "sendDocument", "answerCallbackQuery")
GROUP_LIMIT = 20


class OnTelegram:
    """Telegram."""

    name = "telegram"
    markup = MARKUP

    def __init__(self) -> None:
        self.fake = FakeTelegram()
        self.stage: Stage
        self.group = GROUP
        self.pressing: dict[str, TelegramPerson] = {}
        """Who waits for which confirmation."""
        self._read = 0
        self._into_groups: list[tuple[datetime, int]] = []
        self._numbers = count(1)

    async def open(self, stack: AsyncExitStack) -> None:
        """Say hello."""
        fake = self.fake
        connecting = FetchingBot(fake.token, request=fake, get_updates_request=fake)
        self.bot = await stack.enter_async_context(connecting)
        fake.calls.clear()

    async def attach(self, conversation: Conversation, watch: Watch) -> None:
        """Let a bot that was just started take over."""
        self._desk, self._watch = conversation.desk, watch
        self._desk.names[self.name] = ME["username"]
        never = asyncio.Event()
        self._reception = Reception(self.bot, self.bot.bot, self._desk, never, pauses=(0.0, 0.0))
        store = conversation.desk.store
        notes = notes_in(store, conversation.desk.clock)
        self._sender = TelegramSender(self.bot, notes, _breathe)
        self._pace = Pace()

    async def happens(self, raw: Raw) -> None:
        """Bring an update."""
        await self._reception.take(raw)
        await self._reception.finish()
        self.look()

    async def deliver(self) -> bool:
        """Send what may go out at this moment, at the pace that the outbox keeps."""
        store, now = self._desk.store, self._desk.clock()
        while True:
            resting, sparing = self._pace.resting(now), self._pace.sparing(now)
            claimed = await store.claim(self.name, now, 50, resting, sparing)
            if not claimed:
                break
            for outgoing in claimed:
                self._pace.sent(outgoing.place.chat, calls(outgoing), now)
                await self._send(outgoing)
        self.look()
        return not resting and not sparing

    async def _send(self, outgoing: Outgoing) -> None:
        store = self._desk.store
        try:
            standing = await self._sender.send(outgoing)
        except NotDelivered as failure:
            await undeliverable(self._desk, outgoing, failure)
        else:
            await store.delivered(outgoing, standing)

    def look(self) -> None:
        """Read the calls that were made since the last look."""
        fresh = self.fake.calls[self._read :]
        self._read += len(fresh)
        for call in fresh:
            if call.method in SENDS:
                self._watch.goes_out(call.texts)
            if (where := call.params.get("chat_id", 0)) < 0 and call.method != "getChatMember":
                self._into_groups.append((self._desk.clock(), where))
            if call.method == "answerCallbackQuery":
                who = self.pressing.pop(call.params["callback_query_id"])
                who.toasts += call.texts

    def new_press(self, who: "TelegramPerson") -> str:
        """Return the number of a press."""
        number = f"press{next(self._numbers)}"
        self.fake.waiting.add(number)
        self.pressing[number] = who
        return number

    def broken(self) -> Sequence[str]:
        """Return what was refused, what had no confirmation, and minutes that were too busy."""
        late = [f"{who.name}'s press had no confirmation" for who in self.pressing.values()]
        minute = timedelta(minutes=1)
        busy = [
            f"more than {GROUP_LIMIT} calls into {where} in the minute from {at}"
            for at, where in self._into_groups
            if sum(w == where and at <= t < at + minute for t, w in self._into_groups)
            > GROUP_LIMIT
        ]
        return [*self.fake.refused, *late, *busy]


class TelegramPerson(Person):
    """Somebody with the app in their hand, in the group of the class."""

    def __init__(self, stage: Stage, here: OnTelegram, name: str, number: int) -> None:
        super().__init__(stage, name)
        self._here = here
        self.account = user(number, first_name=name)
        self._messages = [0]

    @property
    def key(self) -> str:
        """Return how the bot knows them."""
        return f"telegram:{self.account['id']}"

    @property
    def _own(self) -> int:
        number: int = self.account["id"]
        return number

    async def screen(self) -> Sequence[Standing]:
        """Return what stands in their own chat and in the group."""
        places = (self._own, self._here.group)
        return [
            self._standing(where, number, params)
            for (where, number), params in self._here.fake.chats.messages.items()
            if where in places and "chat_id" in params
        ]

    def _standing(self, where: int, number: int, params: Raw) -> Standing:
        rows = (params.get("reply_markup") or {}).get("inline_keyboard", [])
        buttons = {
            button["text"]: partial(self._press, button["callback_data"], where, number)
            for row in rows
            for button in row
            if "callback_data" in button
        }
        words = words_of(params)
        text = shown(words) if params.get("parse_mode") == "HTML" else words
        return Standing(f"{where}/{number}", text, buttons, self._files(where, number, params))

    def _files(self, where: int, number: int, params: Raw) -> list[tuple[str, bytes]]:
        sent = [c for c in self._here.fake.calls if c.params is params]
        return [(name, content) for call in sent for name, content, _ in call.files.values()]

    async def _press(self, data: str, where: int, message: int) -> None:
        under = {"message_id": message, "date": 1, "chat": chat(where)}
        number = self._here.new_press(self)
        pressed = press(data, under, number, self.account)
        await self._here.happens(update(callback_query=pressed))

    async def _say(self, words: str) -> None:
        await self.writes(words, self._own)

    async def _command(self, name: str, words: str, *, in_class: bool) -> None:
        at = f"@{ME['username']}" if in_class else ""
        text = f"/{name}{at} {words}".strip()
        await self.writes(text, self._here.group if in_class else self._own)

    async def writes(self, text: str, where: int) -> None:
        """Write into a chat."""
        number = self._here.fake.chats.add(where, {})
        self._messages.append(number)
        await self._here.happens(update(message=self._message(where, number, text)))

    async def edits(self, text: str) -> None:
        """Change the words of their last message."""
        body = self._message(self._own, self._messages[-1], text)
        await self._act(lambda: self._here.happens(update(edited_message=body)))

    async def opens(self, link: str) -> None:
        """Follow a link of the bot's; given is what stands behind `?start=`."""
        await self._act(lambda: self._say(f"/start {link}"))

    def _message(self, where: int, number: int, text: str) -> Raw:
        return {
            "message_id": number,
            "date": int(self.stage.now.timestamp()),
            "from": self.account,
            "chat": chat(where),
            "text": text,
        }


async def _breathe(bell: asyncio.Event, seconds: float) -> None:
    """Let no real time pass between two messages."""
