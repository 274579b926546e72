"""A group with a live quiz, its teacher and two learners."""

from dataclasses import replace

from bot.core.events import Person
from bot.core.live_types import LIVE
from bot.service.deadlines import Ringer
from bot.service.desk import Desk
from bot.service.live import Live
from bot.service.live_express import LiveExpress
from bot.service.live_part import LivePart
from bot.service.ports import Outgoing
from tests.cast import ALICE, BOB, GROUP, TEACHER
from tests.service.clocks import Time
from tests.service.room import Room, action

ADMIN = replace(TEACHER, name="Ms K.", admin=True)
OWL, FOX = replace(ALICE, name="Owl"), replace(BOB, name="Fox")
CODE = "K7M2QX"


class Classroom(Room):
    """A group with a live quiz, and the time that passes in it."""

    def __init__(self, desk: Desk, time: Time) -> None:
        super().__init__(desk, time, GROUP)
        self.time = time
        self.live = Live(desk, time.until_rung, lambda: next(self.codes))
        self.codes = iter([CODE, "ABC234", "XYZ789"])
        desk.parts = (LivePart(self.live, lambda: "https://page.example"),)
        desk.express = LiveExpress(desk, self.live)
        desk.names["telegram"] = "checkbot"
        self.ringer = Ringer(desk, {LIVE: self.live.time_up}, self.live.returned, time.until_rung)

    async def open(self, by: Person = ADMIN) -> list[Outgoing]:
        [setup] = await self.command(by, "live")
        opening = next(c.action for c in setup.card.choices if c.action.startswith("1|l.o."))
        return await self.press(by, opening, (await self.messages(setup))[0])

    async def started(self) -> Outgoing:
        """Open a quiz, let two join, start it; return the first question."""
        lobby, _ = await self.open()
        for one in (OWL, FOX):
            await self.press(one, action(lobby, f"l.j.{CODE}"))
        question, _ = await self.lead("start")
        return question

    async def lead(self, act: str, by: Person = ADMIN) -> list[Outgoing]:
        """Press a button of the newest control card."""
        board = await self.live.board(CODE)
        assert board
        return await self.press(by, f"1|l.c.{CODE}.{act}.{board.epoch}|x")

    async def choose(self, by: Person, letter: str, question: Outgoing) -> str:
        """Press a letter under a question; return what is said privately."""
        label = next(c for c in question.card.choices if c.label.startswith(letter))
        return await self.tap(by, label.action)

    async def tap(self, by: Person, button: str) -> str:
        await self.press(by, button)
        assert self.handled.toast
        return self.handled.toast.pages[0].text

    async def pass_(self, seconds: float) -> list[Outgoing]:
        self.time.pass_(seconds=seconds)
        self.ringer._beat_at = self.time.now  # noqa: SLF001 - no outage: the loop ran all along
        async with self.desk.store.work(self.time.now) as work:
            await work.deadlines.beat("deadlines", self.time.now)
        while await self.ringer.ring_one():
            pass
        return await self.deliver()
