"""A class in a Telegram group, with the bot as `bot.app` puts it together."""

from collections import Counter
from datetime import datetime, timedelta
from itertools import count

from bot.core.library import Library
from bot.core.live_types import LIVE
from bot.frontends.telegram.outbound import TelegramSender, notes_in
from bot.frontends.telegram.poll import FetchingBot
from bot.service.deadlines import Ringer
from bot.service.live import Live
from bot.service.live_express import LiveExpress
from bot.service.live_part import LivePart
from bot.service.outbox import calls
from bot.service.pace import Pace
from bot.service.ports import Store
from tests.frontends.telegram.fake import Call, FakeTelegram
from tests.frontends.telegram.scene import Actor, Scene
from tests.frontends.telegram.updates import GROUP, Raw, update, user

CODE = "K7M2QX"
STEP = timedelta(seconds=1)


class Classroom(Scene):
    """Ms K. (an admin of the group), Alice, Bob and a stranger; time passes second by second."""

    def __init__(
        self, bot: FetchingBot, telegram: FakeTelegram, store: Store, library: Library
    ) -> None:
        super().__init__(bot, telegram, store, library)
        telegram.admins.add((GROUP, 101))
        self.teacher = Actor(self, user(101, first_name="Ms K."))
        self.alice = Actor(self, user(102, first_name="Alice"))
        self.bob = Actor(self, user(103, first_name="Bob"))
        self.stranger = Actor(self, user(900, first_name="Stranger"))
        self.at: list[tuple[datetime, Call]] = []
        """When each call of the outbox was made."""
        self._pace = Pace()
        self._wire()

    def _wire(self) -> None:
        codes = iter([CODE, "ABC234"])
        self.live = Live(self.desk, code=lambda: next(codes))
        self.desk.parts = (LivePart(self.live),)
        self.desk.express = LiveExpress(self.desk, self.live)
        self.ringer = Ringer(self.desk, {LIVE: self.live.time_up}, self.live.returned)

    def restart(self) -> None:
        """Forget everything that only a process knows."""
        numbers = count(5000)
        self.desk.token = lambda: f"token{next(numbers):06}"
        self._wire()
        self._sender = TelegramSender(
            self.bot, notes_in(self.store, lambda: self.now), self._breathe
        )
        self._reception = self._new_reception()

    async def deliver(self) -> None:
        """Deliver what may go out at this moment, at the pace that the outbox keeps."""
        while True:
            resting, sparing = self._pace.resting(self.now), self._pace.sparing(self.now)
            claimed = await self.store.claim("telegram", self.now, 50, resting, sparing)
            if not claimed:
                return
            for outgoing in claimed:
                self._pace.sent(outgoing.place.chat, calls(outgoing), self.now)
                begin = len(self.telegram.calls)
                await self._send(outgoing)
                self.at += [(self.now, call) for call in self.telegram.calls[begin:]]

    async def happens(self, raw: Raw) -> list[Call]:
        """Bring an update, and let two seconds pass; return every call that came of it."""
        begin = len(self.telegram.calls)
        await super().happens(raw)
        await self.seconds(2)
        return self.telegram.calls[begin:]

    async def seconds(self, many: int) -> list[Call]:
        """Let seconds pass, with all that happens by itself; return the calls."""
        begin = len(self.telegram.calls)
        for _ in range(many):
            self.passes(STEP)
            await self.ringer.beat()
            while await self.ringer.ring_one():
                pass
            await self.live.catch_up()
            await self.deliver()
        return self.telegram.calls[begin:]

    def busiest_minute(self, chat: int = GROUP) -> int:
        """Return the most calls that one group had within a minute."""
        times = [at for at, call in self.at if call.params.get("chat_id") == chat]
        minute = timedelta(minutes=1)
        return max(sum(at <= other < at + minute for other in times) for at in times)

    def messages(self, chat: int = GROUP) -> Counter[str]:
        """Return what calls a group had, by their kind."""
        return Counter(c.method for _, c in self.at if c.params.get("chat_id") == chat)

    async def opened(self, **settings: str) -> Call:
        """Open a lobby in the group with these settings; return its card."""
        (setup,) = await said(self.teacher.writes("/live@doublecheck_bot", GROUP))
        for name, value in settings.items():
            for _ in range(12):
                label = next(b["text"] for b in setup.buttons if b["text"].startswith(name))
                if label.endswith(value):
                    break
                (setup,) = await said(self.teacher.presses(label, setup))
        (lobby, *_) = await said(self.teacher.presses("Open the lobby", setup))
        return lobby

    async def vote(self, who: Actor, *labels: str) -> list[Call]:
        """Vote in the newest poll of the group."""
        answer = self.telegram.vote(GROUP, who.account, *labels)
        return await self.happens(update(poll_answer=answer))


async def said(calls) -> list[Call]:
    """Return what was said, without confirmations and questions of our own."""
    quiet = {"answerCallbackQuery", "getChatMember", "deleteMessage", "stopPoll"}
    return [call for call in await calls if call.method not in quiet]


async def toast(calls) -> str:
    """Return what a press was confirmed with."""
    (call,) = [call for call in await calls if call.method == "answerCallbackQuery"]
    return call.params.get("text", "")
