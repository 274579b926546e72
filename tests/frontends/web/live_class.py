"""A teacher and pupils at the page, in one live quiz."""

import re
from datetime import timedelta

from bot.core.live_types import LIVE
from bot.frontends.web.reach import THIS_MACHINE, Reach
from bot.frontends.web.site import Beside
from bot.service.deadlines import Ringer
from bot.service.desk import Desk
from bot.service.live import Live
from bot.service.signing import owners_link
from tests.frontends.web.visitor import HERE, Visitor
from tests.service.clocks import Time

SCRIPT = {"X-Live-Part": "1"}


class LiveClass:
    """Everybody in one quiz, and the server that they all come to."""

    def __init__(self, desk: Desk, time: Time, reach: Reach = THIS_MACHINE) -> None:
        self.desk = desk
        self.time = time
        self.live = Live(desk, time.until_rung)
        self.code = ""
        self._reach = reach
        self._ringer = Ringer(desk, {LIVE: self.live.time_up}, self.live.returned)

    def somebody(self, here: str = HERE) -> Visitor:
        """Return somebody with a browser of their own."""
        return Visitor(self.desk, here, self._reach, Beside(live=self.live))

    async def teacher(self) -> Visitor:
        """Return whoever started the bot, signed in."""
        visitor = self.somebody()
        link = await owners_link(self.desk.store, self.desk.clock())
        return await visitor.post(link, go="1")

    async def opened(self, teacher: Visitor, **chosen: str | list[str]) -> str:
        """Let the teacher set a quiz up and open the lobby; return the code."""
        await teacher.open("/live")
        form = {"length": "2", "seconds": "30", "grace": "1", "csrf": hidden(teacher, "csrf")}
        await teacher.post("/live", **{**form, **chosen})
        self.code = teacher.response.url.path.rpartition("/")[2]
        return self.code

    async def pupil(self, name: str) -> Visitor:
        """Return a pupil who has joined."""
        visitor = await self.somebody().open(f"/join/{self.code}")
        return await visitor.post(f"/join/{self.code}", do="join", name=name)

    async def act(self, teacher: Visitor, what: str) -> Visitor:
        """Let the teacher press one of the controls."""
        path = f"/live/{self.code}"
        await teacher.open(path)
        known = {name: hidden(teacher, name) for name in ("csrf", "epoch")}
        return await teacher.post(path, do=what, **known)

    async def answer(self, pupil: Visitor, *chosen: str, at: int = 0, text: str = "") -> Visitor:
        """Let a pupil answer by the form."""
        fields: dict[str, str | list[str]] = {"do": "answer", "at": str(at), "choose": [*chosen]}
        return await pupil.post(f"/join/{self.code}", **fields, **({"text": text} if text else {}))

    async def pass_(self, seconds: float) -> None:
        """Let time pass, and what is due happen."""
        self.time.now += timedelta(seconds=seconds)
        await self._ringer.beat()
        while await self._ringer.ring_one():
            pass


def hidden(visitor: Visitor, name: str) -> str:
    """Return what the newest form of the page that is open has in a hidden field."""
    within = visitor.page.partition("<main")[2]
    return re.findall(rf'<input type="hidden" name="{name}" value="([^"]*)"', within)[0]
