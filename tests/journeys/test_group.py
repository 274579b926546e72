"""What becomes of a live quiz when its group changes, and when the bot dies."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.frontends.telegram.updates import chat, membership, message, update
from tests.journeys.conftest import Class, on_telegram
from tests.journeys.on_telegram import OnTelegram

SUPERGROUP = -1002


@pytest.fixture
async def group(empty: Path, tmp_path: Path) -> AsyncIterator[Class]:
    async with on_telegram(empty, tmp_path) as made:
        yield made


async def begun(room: Class) -> str:
    """Begin a quiz of 30 s a question; return its code."""
    await room.teacher.commands("help")
    await room.teacher.commands("live", in_class=True)
    await room.teacher.presses("Time: by length")
    await room.teacher.presses("Time: 20 s")
    await room.teacher.presses("Open the lobby")
    code = await room.teacher.reads("Code: (\\w{6})")
    await room.alice.presses("Join")
    await room.bob.presses("Join")
    await room.teacher.presses("Start")
    await room.alice.sees("Question 1 of 3", "30 s")
    return code


async def test_a_question_gets_back_the_time_for_which_the_bot_was_dead(room: Class):
    await begun(room)
    await room.alice.answers_right()

    await room.bot.is_killed_and_restarted(after=40)
    await room.bob.sees("I was away for", "This question has", "s more.")
    await room.clock.passes(seconds=15)
    await room.bob.answers_wrong()
    await room.bob.is_told("The first answer counts.")
    await room.alice.answers_wrong()
    await room.alice.is_told("The first answer counts.")
    await room.clock.passes(seconds=30)

    await room.bob.sees("1 ✔ right")


async def test_a_bot_that_is_put_out_comes_back_to_the_same_quiz(group: Class):
    code, here = await begun(group), group.platform
    assert isinstance(here, OnTelegram)

    out = membership(chat(here.group), "member", "kicked")
    await here.happens(update(my_chat_member=out))
    await group.teacher.sees("I was put out of the group", "It is paused, and nothing is lost.")
    await group.clock.passes(minutes=2)

    back = membership(chat(here.group), "kicked", "member")
    await here.happens(update(my_chat_member=back))
    await group.alice.sees("Hello")
    await group.teacher.commands("live", code, in_class=True)
    await group.alice.sees("Question 1 of 3", "Paused.")
    await group.teacher.commands("resume", in_class=True)
    await group.alice.answers_right()
    await group.alice.is_told("The first answer counts.")


async def test_a_group_that_becomes_a_supergroup_keeps_its_quiz(group: Class):
    await begun(group)
    here = group.platform
    assert isinstance(here, OnTelegram)

    moved = message(chat=chat(here.group), migrate_to_chat_id=SUPERGROUP)
    await here.happens(update(message=moved))
    here.fake.admins.add((SUPERGROUP, 101))
    here.group = SUPERGROUP
    await group.teacher.commands("next", in_class=True)
    await group.alice.sees("Question 1 of 3: ")
    await group.teacher.commands("next", in_class=True)
    await group.alice.sees("Question 2 of 3")
    await group.alice.answers_right()
    await group.alice.is_told("The first answer counts.")
