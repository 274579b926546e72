from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from bot.core.cards import File
from bot.core.effects import Effect, Expect, Post, Tell, Toast
from bot.core.events import Commanded, Pressed
from bot.core.words import notice
from bot.service.desk import Desk
from bot.service.parts import Visit
from tests.cast import ALICE, GROUP, private_chat
from tests.service.clocks import Time
from tests.service.room import Room, shown


@dataclass(frozen=True)
class Echo:
    """A part that says back what it is given, here and in a group."""

    commands: frozenset[str] = frozenset({"echo"})
    verbs: str = "e."
    awaits: str = "echo"
    links: frozenset[str] = frozenset({"e_"})

    async def take(self, visit: Visit) -> Sequence[Effect]:
        if isinstance(visit.event, Pressed):
            return (Toast(notice("closed")),)
        if isinstance(visit.event, Commanded) and not visit.event.argument:
            return Expect("echo.words", "for-later"), Tell(notice("ask.what"))
        file = File.of("words.txt", "text/plain", f"{visit.expected_for}\0".encode())
        return (Post(GROUP, notice("cancelled"), visit.token(), file=file),)


@pytest.fixture
def home(desk: Desk, time: Time) -> Room:
    desk.parts = (Echo(),)
    return Room(desk, time, private_chat(ALICE))


async def test_a_part_takes_its_command_and_then_the_awaited_words(home: Room):
    [asked] = await home.command(ALICE, "echo")
    [posted] = await home.say(ALICE, "when did the bridge open")

    assert asked.card.notice == "ask.what"
    assert posted.place == GROUP
    assert posted.card.file == File.of("words.txt", "text/plain", b"for-later\0")


async def test_a_part_takes_the_presses_of_its_buttons(home: Room):
    await home.press(ALICE, "1|e.x|whatever")

    assert home.handled.toast is not None


async def test_a_part_takes_its_links(home: Room):
    [posted] = await home.command(ALICE, "start", "e_code")

    assert posted.place == GROUP


async def test_what_is_no_part_s_is_answered_as_ever(home: Room):
    [answer] = await home.say(ALICE, "when did the bridge open")

    assert "2 May 1931" in shown(answer)
