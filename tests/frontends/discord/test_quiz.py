"""The quiz alone, as people have it on Discord, with the pack of the mill."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

import pytest

from bot.core.words import say
from tests.frontends.discord.scene import Scene, items, labels, opened, said, text
from tests.quizzes import BUILT, SEVERAL, WHEELS, YEAR, library

Stage = Callable[..., AbstractAsyncContextManager[Scene]]


@pytest.fixture
def stage(store) -> Stage:
    """Open a stage with a quiz of these questions."""
    return lambda *questions: opened(store, library(*questions))


async def begun(scene: Scene, who=None):
    """Return the first question of a quiz of all topics and kinds."""
    shown = await (who or scene.alice).slash(scene.channel, "quiz start")
    for _ in range(4):
        question = said(shown)[-1]
        if "Question 1" in text(question):
            return question
        shown = await (who or scene.alice).click(
            question, custom_id=items(question)[0]["custom_id"]
        )
    raise AssertionError(text(question))


async def test_a_quiz_is_for_one_alone_and_explains_every_answer(stage):
    async with stage(BUILT) as scene:
        question = await begun(scene)

        told = await scene.alice.click(question, label="A 1820")

        assert told.ephemeral
        assert "Right" in text(told.response)
        assert scene.channel.last_message is None


async def test_what_was_chosen_so_far_is_shown_in_the_question_itself(stage):
    async with stage(SEVERAL) as scene:
        question = await begun(scene)
        before = len(said_to(scene))

        first = next(i for i in items(question) if i["label"].startswith("A"))
        chosen = await scene.alice.click(question, custom_id=first["custom_id"])

        assert chosen.response.id == question.id
        assert "So far" in text(again(scene, question))
        assert len(said_to(scene)) == before


def said_to(scene: Scene):
    return scene.channel.history(viewer=scene.alice)


def again(scene: Scene, message):
    """Return a message as it stands now."""
    return next(m for m in said_to(scene) if m.id == message.id)


async def test_a_number_is_written_into_a_field(stage):
    async with stage(YEAR) as scene:
        question = await begun(scene)
        assert say("discord.button.write") in labels(question)

        field = await scene.alice.click(question, label=say("discord.button.write"))
        told = await scene.alice.submit_modal(field, {"words": "about 1820"})

        assert "Question" not in text(told.response).partition("\n")[0]
        assert "double-check" in text(told.response).lower()


async def test_a_quiz_goes_on_after_a_restart_and_in_direct_messages(stage):
    async with stage(BUILT, WHEELS) as scene:
        question = await begun(scene)
        await scene.restarts()

        told = await scene.alice.click(question, label=labels(question)[0])
        resumed = await scene.alice.user.slash("quiz start")

        assert text(told.response)
        assert say("quiz.resumed") in text(resumed.response) or "Question" in text(
            resumed.response
        )


async def test_a_quiz_is_paused_and_gone_on_with(stage):
    async with stage(BUILT) as scene:
        await begun(scene)

        paused = await scene.alice.slash(scene.channel, "quiz stop")
        resumed = await scene.alice.slash(scene.channel, "quiz start")

        assert "Paused" in text(paused.response)
        assert "Question 1" in text(resumed.response)


async def test_two_people_have_a_quiz_each_in_one_channel(stage):
    async with stage(BUILT) as scene:
        hers, his = await begun(scene), await begun(scene, scene.bob)

        told = await scene.bob.click(his, label="B 1850")
        other = await scene.alice.click(hers, label="A 1820")

        assert "Not right" in text(told.response)
        assert "Right" in text(other.response)


async def test_a_second_press_is_told_so_privately(stage):
    async with stage(BUILT) as scene:
        question = await begun(scene)
        await scene.alice.click(question, label="A 1820")

        second = await scene.alice.click(question, label="B 1850")

        assert text(second.response) == say("quiz.twice")


async def test_what_was_missed_is_asked_again(stage):
    async with stage(BUILT) as scene:
        await scene.alice.click(await begun(scene), label="B 1850")

        missed = await scene.alice.slash(scene.channel, "quiz missed")

        assert text(missed.response)


async def test_topics_of_the_quiz_are_offered_while_typing(stage):
    async with stage(BUILT) as scene:
        every = await scene.alice.autocomplete(scene.channel, "quiz start", "topic", "")
        typed = await scene.alice.autocomplete(scene.channel, "quiz start", "topic", "MIL")
        none = await scene.alice.autocomplete(scene.channel, "quiz start", "topic", "zebra")

        assert every == typed == [{"name": "The mill", "value": "The mill"}]
        assert none == []


async def test_a_topic_and_a_number_begin_a_quiz_of_those(stage):
    async with stage(BUILT, WHEELS) as scene:
        shown = await scene.alice.slash(scene.channel, "quiz start", topic="The mill", questions=1)

        assert "of 1" in text(*said(shown)) or "kinds" in text(*said(shown))


async def test_topics_of_the_packs_can_be_chosen_while_typing(stage):
    async with stage(BUILT) as scene:
        offered = await scene.alice.autocomplete(scene.channel, "topics", "topic", "mill")
        shown = await scene.alice.slash(scene.channel, "topics", topic=offered[0]["value"])

        assert "The mill: choose one" in text(shown.response)
        assert labels(shown.response)
