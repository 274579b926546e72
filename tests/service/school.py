"""A class that gets assignments: its teacher, its learners, the times that ring."""

from dataclasses import replace

from bot.core.quiz import Question
from bot.core.roles import Role
from bot.service.assign_telling import AssignmentTimes, give_back
from bot.service.assignments import KIND
from bot.service.deadlines import Ringer
from bot.service.desk import Desk
from bot.service.learners import ZONE
from bot.service.ports import Outgoing
from tests.cast import ALICE, BOB, TEACHER, private_chat
from tests.quizzes import library
from tests.service.clocks import Time
from tests.service.room import Room, shown


def labels(outgoing: Outgoing) -> list[str]:
    """Return what the buttons under a delivery are called."""
    return [choice.label for choice in outgoing.card.choices]


def labelled(outgoing: Outgoing, label: str) -> str:
    """Return what the button does whose label begins so."""
    return next(c.action for c in outgoing.card.choices if c.label.startswith(label))


class School:
    """A teacher with a class, and learners, each in their private chat."""

    def __init__(self, desk: Desk, time: Time) -> None:
        self.desk = desk
        self.time = time
        self.teacher = Room(desk, time, private_chat(TEACHER))
        self.alice = Room(desk, time, private_chat(ALICE))
        self.bob = Room(desk, time, private_chat(BOB))
        times = AssignmentTimes(telegram=lambda: "doublecheck_bot")
        self.ringer = Ringer(desk, {KIND: times.ring}, give_back)
        self.code = ""

    def asks(self, *questions: Question) -> None:
        """Let the pack have these questions."""
        self.desk.library = library(*questions)

    async def gathers(self) -> None:
        """Found 7B, let Alice and Bob join, and tell where the teacher lives."""
        async with self.desk.store.work(self.time.now) as work:
            await work.roles.grant(TEACHER.key, Role.TEACHER, TEACHER.key)
            await work.wishes.put(TEACHER.key, ZONE, "Europe/Berlin")
            group = await work.classes.create(TEACHER.key, "7B", "ABCDEFGH", self.time.now)
            for person, name in ((ALICE, "Blue heron"), (BOB, "Red fox")):
                place = private_chat(person)
                await work.classes.join(group.number, person.key, name, place, self.time.now)

    async def sets(self, line: str) -> list[Outgoing]:
        """Set an assignment by one line; return what is said and posted."""
        [form] = await self.teacher.command(TEACHER, "assign", line)
        published = await self.teacher.press(TEACHER, labelled(form, "Publish"))
        self.code = shown(published[0]).partition("start=a_")[2][:20].split()[0]
        return published

    async def rings(self) -> list[Outgoing]:
        """Let everything ring that is due; return what is delivered."""
        while await self.ringer.ring_one():
            pass
        return await self.teacher.deliver()

    async def begins(self, room: Room | None = None) -> Outgoing:
        """Let Alice open the assignment and begin; return the first question."""
        room = room or self.alice
        person = replace(ALICE, key=room.place.chat)
        [intro] = await room.command(person, "start", f"a_{self.code}")
        *_, asked = await room.press(person, labelled(intro, "Begin"))
        return asked


def toast(room: Room) -> str:
    """Return what popped up over the chat."""
    assert room.handled.toast is not None
    return room.handled.toast.notice
