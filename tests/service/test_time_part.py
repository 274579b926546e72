"""More time for one learner of a live quiz, as their teacher gives it in private."""

from dataclasses import replace

import pytest

from bot.core.events import Person
from bot.core.live_types import Act, Setup
from bot.core.roles import Role
from bot.service.desk import Desk
from bot.service.live import Live
from bot.service.time_part import SHOWN, TimePart
from bot.store.store import SqlStore
from tests.cast import ALICE, BOB, GROUP, STRANGER, TEACHER, private_chat
from tests.quizzes import BUILT, library
from tests.service.clocks import Time
from tests.service.room import Room, shown


class Home(Room):
    """The teacher's private chat, beside a quiz that they lead."""

    def __init__(self, desk: Desk, time: Time) -> None:
        super().__init__(desk, time, private_chat(TEACHER))
        self.live = Live(desk, time.until_rung)
        self.code = ""
        desk.parts = (TimePart(self.live),)

    async def leads(self, *learners: Person) -> None:
        self.code = await self.live.create(TEACHER.key, Setup("mill", seconds=30.0))
        for one in learners:
            await self.live.join(self.code, one.key, one.name)

    async def factor(self, who: Person) -> float:
        async with self.desk.store.work(self._time.now) as work:
            session = await work.sessions.by_code(self.code)
            assert session
            found = await work.sessions.participant(session.id, who.key)
        assert found
        return found.factor


@pytest.fixture
async def home(desk: Desk, time: Time, store: SqlStore) -> Home:
    desk.library = library(BUILT)
    async with store.work(time.now) as work:
        await work.roles.grant(TEACHER.key, Role.TEACHER, TEACHER.key)
    return Home(desk, time)


async def test_each_press_gives_a_learner_the_next_time_and_nobody_else_is_told(home: Home):
    await home.leads(replace(ALICE, name="Owl"), replace(BOB, name="Fox"))
    [card] = await home.command(TEACHER, "time")
    seen: list[tuple[str, float]] = []
    for _ in range(4):
        [card] = await home.press(TEACHER, card.card.choices[0].action)
        seen.append((card.card.choices[0].label, await home.factor(ALICE)))

    assert seen == [
        ("Owl: half as much again", 1.5),
        ("Owl: twice as much", 2.0),
        ("Owl: no time limit", 0.0),
        ("Owl: as for everybody", 1.0),
    ]
    assert card.place == private_chat(TEACHER)
    assert card.card.choices[1].label == "Fox: as for everybody"
    assert await home.factor(BOB) == 1.0


async def test_in_a_group_nothing_is_shown(home: Home, time: Time):
    await home.leads(ALICE)
    group = Room(home.desk, time, GROUP)

    [told] = await group.command(TEACHER, "time")

    assert shown(told) == "Write /time to me in private: what you set there, nobody else sees."
    assert told.card.choices == ()


async def test_others_learn_and_change_nothing(home: Home, time: Time):
    await home.leads(ALICE)
    [card] = await home.command(TEACHER, "time")
    elsewhere = Room(home.desk, time, private_chat(STRANGER))

    [told] = await elsewhere.command(STRANGER, "time", home.code)
    await elsewhere.press(STRANGER, card.card.choices[0].action)

    assert "You lead no live quiz now." in shown(told)
    assert elsewhere.handled.toast
    assert await home.factor(ALICE) == 1.0


async def test_a_forged_press_or_one_about_who_has_left_changes_nothing(home: Home):
    await home.leads(ALICE)
    await home.live.leave(home.code, ALICE.key)
    for verb in (f"ti.t.{home.code}.1", f"ti.t.{home.code}.99999999999", "ti.t", "ti."):
        assert await home.press(TEACHER, f"1|{verb}|x") == []
        assert home.handled.toast

    [told] = await home.command(TEACHER, "time")

    assert shown(told) == f"Nobody has joined the live quiz {home.code} yet."


async def test_a_large_class_is_shown_in_several_cards(home: Home):
    many = [replace(ALICE, key=f"telegram:{n}", name=f"Owl {n}") for n in range(1000, 1025)]
    await home.leads(*many)
    [first] = await home.command(TEACHER, "time")

    [second] = await home.press(TEACHER, first.card.choices[-1].action)

    assert [c.label for c in first.card.choices][SHOWN:] == ["Further names"]
    assert len(second.card.choices) == len(many) - SHOWN + 1
    assert second.card.choices[0].label == "Owl 1020: as for everybody"


async def test_a_quiz_that_is_over_takes_no_more(home: Home):
    await home.leads(ALICE)
    [card] = await home.command(TEACHER, "time")
    await home.live.control(home.code, TEACHER.key, Act.STOP)

    await home.press(TEACHER, card.card.choices[0].action)

    assert home.handled.toast
    assert home.handled.toast.pages[0].text == "This quiz is over."
