"""A live quiz in a Discord channel, as a teacher and a class see it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

import discord
import pytest

from bot.core.events import Commanded, Pressed
from bot.core.live_types import LIVE
from bot.core.roles import Role
from bot.core.words import say
from bot.frontends.telegram.markup import MARKUP as TELEGRAM
from bot.service.deadlines import Ringer
from bot.service.desk import Desk
from bot.service.live import Live
from bot.service.live_express import LiveExpress
from bot.service.live_part import LivePart
from tests.cast import BOB, GROUP, TEACHER
from tests.frontends.discord.contract import Contract, Reader
from tests.frontends.discord.scene import Scene, items, labels, opened, text
from tests.quizzes import BUILT, SEVERAL, WHEELS, WORD, YEAR, library

CODE = "K7M2QX"


class Lesson:
    """A class in a channel, its teacher, and the time that passes."""

    def __init__(self, scene: Scene, live: Live, ringer: Ringer) -> None:
        self.scene = scene
        self.live = live
        self.teacher = scene.manager
        self._ringer = ringer

    @property
    def channel(self):
        return self.scene.channel

    async def opens(self):
        """Set a quiz up with the first of everything; return the lobby."""
        setup = await self.teacher.slash(self.channel, "live start")
        await self.teacher.click(setup.response, label=say("live.button.open"))
        assert await self.scene.delivers() == []
        return self.board("Live quiz:")

    async def starts(self):
        """Open a quiz, let two join, start it; return the question."""
        lobby = await self.opens()
        for one in (self.scene.alice, self.scene.bob):
            await one.click(lobby, label=say("live.button.join"))
        await self.teacher.click(self.board("Live quiz:"), label=say("live.button.start"))
        await self.scene.delivers()
        return self.board("Question 1 of")

    async def leads(self, name: str):
        """Give a command of who leads; return what the teacher is told."""
        told = await self.teacher.slash(self.channel, f"live {name}")
        await self.scene.delivers()
        return told

    def board(self, begins: str) -> discord.Message:
        """Return the newest message of the channel that begins so."""
        found = [m for m in self.channel.history() if text(m).startswith(begins)]
        assert found, [text(m) for m in self.channel.history()]
        return found[-1]

    def again(self, message: discord.Message) -> discord.Message:
        """Return a message of the channel as it stands now."""
        return next(m for m in self.channel.history() if m.id == message.id)

    async def passes(self, seconds: float) -> None:
        """Let time go by, and every deadline in it ring."""
        self.scene.passes(timedelta(seconds=seconds))
        self._ringer._beat_at = self.scene.now  # noqa: SLF001 - no outage: it ran all along
        async with self.scene.store.work(self.scene.now) as work:
            await work.deadlines.beat("deadlines", self.scene.now)
        while await self._ringer.ring_one():
            pass
        await self.scene.delivers()


@pytest.fixture
async def lesson(store) -> AsyncIterator[Lesson]:
    async with lesson_with(store, BUILT, WHEELS) as lesson:
        yield lesson


def lesson_with(store, *questions):

    @asynccontextmanager
    async def arranged() -> AsyncIterator[Lesson]:
        made: list[Live] = []

        def set_up(desk: Desk) -> None:
            codes = iter([CODE, "ABC234"])
            live = Live(desk, code=lambda: next(codes))
            made.append(live)
            desk.parts = (LivePart(live),)
            desk.express = LiveExpress(desk, live)

        async with opened(store, library(*questions), set_up) as scene:
            [live] = made
            ringer = Ringer(scene.desk, {LIVE: live.time_up}, live.returned)
            yield Lesson(scene, live, ringer)

    return arranged()


async def test_a_class_plays_from_the_lobby_to_the_standing(lesson: Lesson):
    question = await lesson.starts()
    right = "B" if "settles" in text(question) else "A"

    pressed = await lesson.scene.alice.click(question, label=right_label(question, right))
    await lesson.passes(60)
    result = lesson.channel.last_message
    await lesson.leads("next")
    await lesson.passes(60)
    await lesson.leads("next")

    assert pressed.ephemeral
    assert text(pressed.response) == f"You answered {right}. The first answer counts."
    closed = lesson.again(question)
    assert "Closed. 1 of 2 have answered." in text(closed)
    assert labels(closed) == []
    assert "double-check" in text(result)
    standing = lesson.board(say("live.over"))
    assert "1. alice: 1 point, 1 of 2 right" in text(standing)
    assert "double-check" in text(standing)


def right_label(question, letter: str) -> str:
    return next(label for label in labels(question) if label.startswith(letter))


async def test_everything_that_goes_out_of_a_quiz_keeps_the_contract(lesson: Lesson):
    reader = Reader(lesson.scene)

    question = await lesson.starts()
    await lesson.scene.alice.click(question, label=right_label(question, "A"))
    await lesson.leads("pause")
    await lesson.leads("resume")
    for _ in range(2):
        await lesson.passes(60)
        await lesson.leads("next")
    await lesson.scene.alice.click(lesson.board(say("live.over")), label=say("live.button.mine"))

    bodies = reader.new()
    assert len(bodies) > 10
    assert Contract(lesson.scene.desk.library).broken(bodies) == []


async def test_a_press_counts_after_a_restart(lesson: Lesson):
    question = await lesson.starts()
    await lesson.scene.restarts()

    pressed = await lesson.scene.alice.click(question, label=right_label(question, "A"))

    assert text(pressed.response) == "You answered A. The first answer counts."


async def test_a_second_press_is_told_what_counts(lesson: Lesson):
    question = await lesson.starts()
    await lesson.scene.alice.click(question, label=right_label(question, "A"))

    second = await lesson.scene.alice.click(question, label=right_label(question, "B"))

    assert text(second.response) == "You answered A. The first answer counts."


async def test_a_confirmation_that_is_lost_is_not_sent_later_and_the_answer_counts(lesson: Lesson):
    question = await lesson.starts()
    lesson.scene.env.inject_error("POST", "/interactions/*/callback", status=404, code=10062)

    await lesson.scene.alice.click(question, label=right_label(question, "A"))
    await lesson.scene.delivers()
    second = await lesson.scene.alice.click(question, label=right_label(question, "B"))

    assert lesson.scene.alice.user.dm_channel.last_message is None
    assert text(second.response) == "You answered A. The first answer counts."


async def test_a_late_press_is_told_so(lesson: Lesson):
    question = await lesson.starts()
    button = next(i["custom_id"] for i in items(question) if i["label"].startswith("A"))
    await lesson.passes(60)
    stored = lesson.scene.env.backend.get_message(lesson.channel.id, question.id)
    stored.components = [
        {"type": 1, "components": [{"type": 2, "style": 2, "label": "A", "custom_id": button}]}
    ]

    late = await lesson.scene.alice.click(question, label="A")

    assert text(late.response).startswith("Time was up")


async def test_only_who_leads_can_lead(lesson: Lesson):
    await lesson.opens()

    refused = await lesson.scene.alice.click(
        lesson.board("Live quiz:"), label=say("live.button.start")
    )

    assert refused.ephemeral
    assert "Only who opened the quiz" in text(refused.response)


async def test_a_quiz_is_opened_by_who_manages_messages_whatever_the_server_overrides(
    lesson: Lesson,
):
    scene = lesson.scene
    command = scene.env.backend.find_command("live", scene.guild.id, type=1)
    scene.guild.set_command_permissions(int(command["id"]), {scene.alice: True})

    refused = await scene.alice.slash(lesson.channel, "live start")

    assert "only its admins and teachers" in text(refused.response)


async def test_a_teacher_of_the_bots_own_opens_one_too(lesson: Lesson):
    scene = lesson.scene
    await scene.grants(scene.alice, Role.TEACHER)
    command = scene.env.backend.find_command("live", scene.guild.id, type=1)
    scene.guild.set_command_permissions(int(command["id"]), {scene.alice: True})

    setup = await scene.alice.slash(lesson.channel, "live start")

    assert say("live.button.open") in labels(setup.response)


async def test_the_setup_changes_in_its_place_and_for_its_teacher_alone(lesson: Lesson):
    setup = await lesson.teacher.slash(lesson.channel, "live start")
    before = labels(setup.response)
    scoring = next(label for label in before if "points" in label.lower())

    changed = await lesson.teacher.click(setup.response, label=scoring)

    assert setup.ephemeral
    assert changed.response.id == setup.response.id
    assert labels(changed.response) != before
    assert lesson.channel.last_message is None


async def test_the_board_says_how_many_have_answered_at_most_every_three_seconds(lesson: Lesson):
    question = await lesson.starts()
    await lesson.scene.alice.click(question, label=right_label(question, "A"))

    edits = []
    for seconds in (1, 1, 2):
        lesson.scene.passes(timedelta(seconds=seconds))
        await lesson.live.catch_up()
        await lesson.scene.delivers()
        edits.append("1 of 2 have answered" in text(lesson.again(question)))

    assert edits == [False, False, True]


async def test_several_right_ones_are_chosen_one_after_the_other(store):
    async with lesson_with(store, SEVERAL) as lesson:
        question = await lesson.starts()

        chosen = await lesson.scene.alice.click(question, label=right_label(question, "A"))
        done = await lesson.scene.alice.click(question, label=say("live.button.done"))

        assert text(chosen.response).startswith("Chosen so far: A")
        assert "You answered A" in text(done.response)


async def written(lesson: Lesson) -> discord.Message:
    """Open a quiz of questions to write and start it; return the question."""
    setup = await lesson.teacher.slash(lesson.channel, "live start")
    setup = await lesson.teacher.click(setup.response, label="Questions to write: no")
    await lesson.teacher.click(setup.response, label=say("live.button.open"))
    await lesson.scene.delivers()
    await lesson.teacher.click(lesson.board("Live quiz:"), label=say("live.button.start"))
    await lesson.scene.delivers()
    return lesson.board("Question 1 of")


async def test_a_number_is_written_into_a_field_and_confirmed_to_its_writer_alone(store):
    async with lesson_with(store, YEAR) as lesson:
        scene = lesson.scene
        reader = Reader(scene)
        question = await written(lesson)

        async def writes(who, words: str):
            field = await who.click(question, label=say("live.button.write"))
            assert field.modal["title"] == say("discord.field.answer")
            return await who.submit_modal(field, {"words": words})

        unread = await writes(scene.alice, "no idea")
        first = await writes(scene.alice, "1820")
        second = await writes(scene.alice, "1850")
        await writes(scene.bob, "1666 @everyone")
        open_field = await scene.manager.click(question, label=say("live.button.write"))
        await lesson.passes(120)
        late = await scene.manager.submit_modal(open_field, {"words": "1820"})

        assert text(unread.response) == say("live.answer.unreadable.number")
        for told in (first, second):
            assert told.ephemeral
            assert text(told.response) == "You answered 1820. The first answer counts."
        assert text(late.response).startswith("Time was up")
        result = text(lesson.board("Question 1 of 1: 1820"))
        assert "1 of 2 had it right." in result
        assert not any("1666" in text(m) for m in lesson.channel.history())
        assert labels(lesson.again(question)) == []
        assert Contract(scene.desk.library).broken(reader.new()) == []


async def test_a_field_that_was_opened_before_a_restart_is_taken(store):
    async with lesson_with(store, WORD) as lesson:
        question = await written(lesson)
        field = await lesson.scene.alice.click(question, label=say("live.button.write"))
        await lesson.scene.restarts()

        told = await lesson.scene.alice.submit_modal(field, {"words": "a water mill"})

        assert text(told.response).startswith("You answered “a water mill”.")


async def test_a_quiz_is_paused_gone_on_with_skipped_and_ended(lesson: Lesson):
    await lesson.starts()

    await lesson.leads("pause")
    paused = text(lesson.board("Question 1 of"))
    await lesson.leads("resume")
    await lesson.leads("extend")
    await lesson.leads("skip")
    sure = await lesson.leads("stop")
    await lesson.teacher.click(sure.response, label=say("live.button.really"))
    await lesson.scene.delivers()

    assert say("live.paused") in paused
    assert lesson.board(say("live.over"))


async def test_the_same_quiz_is_shown_in_a_second_channel(lesson: Lesson):
    await lesson.opens()
    other = lesson.scene.guild.create_text_channel("other")

    await lesson.teacher.slash(other, "live start", code=CODE)
    await lesson.scene.delivers()
    await lesson.scene.alice.click(other.last_message, label=say("live.button.join"))
    await lesson.teacher.click(lesson.board("Live quiz:"), label=say("live.button.start"))
    await lesson.scene.delivers()

    assert "Question 1 of" in text(other.last_message)
    pressed = await lesson.scene.alice.click(
        other.last_message, label=right_label(other.last_message, "A")
    )
    assert text(pressed.response).startswith("You answered A")


async def test_one_quiz_runs_on_discord_and_telegram_with_one_standing(lesson: Lesson):
    desk = lesson.scene.desk
    desk.markups = {**desk.markups, "telegram": TELEGRAM}
    desk.outbox = frozenset({"discord", "telegram"})
    await lesson.opens()
    async with lesson.scene.store.work(lesson.scene.now) as work:
        await work.roles.grant(TEACHER.key, Role.TEACHER, "")
    await desk.handle(Commanded(GROUP, TEACHER, "live", CODE), "t1")
    bob = replace(BOB, name="Fox")
    await desk.handle(Pressed(GROUP, bob, f"1|l.j.{CODE}|x"), "t2")
    await lesson.scene.alice.click(lesson.board("Live quiz:"), label=say("live.button.join"))
    await lesson.teacher.click(lesson.board("Live quiz:"), label=say("live.button.start"))
    await lesson.scene.delivers()
    question = lesson.board("Question 1 of")
    right = 1 if "settles" in text(question) else 0

    await lesson.scene.alice.click(question, label=right_label(question, "AB"[right]))
    there = await desk.handle(Pressed(GROUP, bob, f"1|l.a.{CODE}.0|x|{right}"), "t3")
    await lesson.passes(60)

    assert there.toast
    assert "You answered" in there.toast.pages[0].text
    assert "Closed. 2 of 2 have answered." in text(lesson.again(question))
    waiting = await lesson.scene.store.claim("telegram", lesson.scene.now, 9)
    assert len(waiting) == 1
    board = await lesson.live.board(CODE)
    assert board
    assert {*board.names} == {"alice", "Fox"}


async def test_a_learner_joins_from_anywhere_and_has_a_copy_in_direct_messages(lesson: Lesson):
    await lesson.starts()

    joined = await lesson.scene.alice.user.slash("join", code=CODE)
    await lesson.scene.delivers()
    copy = lesson.scene.alice.user.dm_channel.last_message
    pressed = await lesson.scene.alice.user.click(copy, label=right_label(copy, "A"))

    assert "You are in" in text(joined.response)
    assert text(pressed.response).startswith("You answered A")


async def test_a_channel_that_is_deleted_pauses_its_quiz(lesson: Lesson):
    await lesson.starts()
    channel = lesson.scene.env.bot.get_channel(lesson.channel.id)

    await lesson.scene.env.bot.on_guild_channel_delete(channel)
    board = await lesson.live.board(CODE)

    assert board
    assert board.phase == "paused"


async def test_a_server_that_puts_the_bot_out_pauses_its_quizzes(lesson: Lesson):
    await lesson.starts()
    guild = lesson.scene.env.bot.get_guild(lesson.scene.guild.id)

    await lesson.scene.env.bot.on_guild_remove(guild)
    board = await lesson.live.board(CODE)

    assert board
    assert board.phase == "paused"
