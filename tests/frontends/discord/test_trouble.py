"""When Discord refuses, is away, or is slow: nothing is lost, and nothing stays without an answer."""

import asyncio
from datetime import timedelta

import discord
import pytest

from bot.core.cards import Card
from bot.core.events import Place
from bot.core.page import Page
from bot.core.words import say
from bot.frontends.discord.client import Doublecheck
from bot.frontends.discord.inbound import key, private, server
from bot.frontends.discord.outbound import DiscordSender
from bot.frontends.discord.reception import Reception
from bot.service.ports import Outgoing, Receipt
from tests.forgetting import forget
from tests.frontends.discord.scene import impatient, labels, said, text

OPENED = "when did the harbour open?"
CALLBACK = "/interactions/*/callback"
FOLLOWUP = "/webhooks/*"
WAIT, WAIT_UNSEEN = 5, 6
"""The sorts of a first sign that asks Discord to wait, with and without saying so."""


def channel_of(scene) -> Place:
    return Place("discord", key(scene.channel.id), private=False)


def card(*pages: str) -> Card:
    return Card(tuple(Page(page) for page in pages))


async def queue(scene, place, what: Card, receipt: str = "", replaces: str = "") -> None:
    async with scene.store.work(scene.now) as work:
        await work.queue(place, what, receipt=receipt, replaces=replaces)


async def test_an_answer_that_came_too_late_is_sent_in_direct_messages(scene, caplog):
    scene.env.inject_error("POST", CALLBACK, status=404, code=10062)

    answer = await scene.alice.slash(scene.channel, "ask", question=OPENED)
    await scene.delivers()

    assert said(answer) == []
    alone = scene.alice.user.dm_channel
    assert "4 May 2025" in text(alone.last_message)
    assert "could not be given at once" in caplog.text
    assert "harbour" not in caplog.text


async def test_its_buttons_work_there(scene):
    scene.env.inject_error("POST", CALLBACK, status=404, code=10062)
    await scene.alice.slash(scene.channel, "ask", question=OPENED)
    await scene.delivers()

    sources = await scene.alice.user.click(
        scene.alice.user.dm_channel.last_message, label="Sources"
    )

    assert "Evening Post" in text(sources.response)


async def test_a_public_answer_that_came_too_late_is_sent_into_its_channel(scene):
    await scene.manager.slash(scene.channel, "settings answers", who="public")
    scene.env.inject_error("POST", CALLBACK, status=404, code=10062)

    await scene.alice.slash(scene.channel, "ask", question=OPENED)
    await scene.delivers()

    assert "4 May 2025" in text(scene.channel.last_message)
    sources = await scene.bob.click(scene.channel.last_message, label="Sources")
    assert "Evening Post" in text(sources.response)


async def test_what_was_asked_under_a_channels_answer_comes_alone_without_its_buttons(scene):
    answer = await scene.alice.slash(scene.channel, "ask", question=OPENED)
    await scene.alice.click(answer.response, label=say("discord.button.show"))
    scene.env.inject_error("POST", CALLBACK, status=500)

    await scene.bob.click(scene.channel.last_message, label="Sources")
    await scene.delivers()

    alone = scene.bob.user.dm_channel.last_message
    assert "Evening Post" in text(alone)
    assert labels(alone) == []
    assert len(scene.channel.history()) == 1


async def test_what_cannot_be_shown_to_everyone_at_once_is_shown_a_moment_later(scene):
    answer = await scene.alice.slash(scene.channel, "ask", question=OPENED)
    scene.env.inject_error("POST", FOLLOWUP, status=500)

    await scene.alice.click(answer.response, label=say("discord.button.show"))
    await scene.delivers()

    assert text(scene.channel.last_message).startswith("alice shows an answer")
    sources = await scene.bob.click(scene.channel.last_message, label="Sources")
    assert "Evening Post" in text(sources.response)


async def test_an_interaction_that_takes_long_is_acknowledged_first(scene):
    await scene.env.restart_bot(Doublecheck(scene.desk, Reception(scene.desk, impatient)))

    answer = await scene.alice.slash(scene.channel, "ask", question=OPENED)
    sources = await scene.alice.click(said(answer)[0], label="Sources")

    calls = [entry.json for entry in scene.env.http_requests if "callback" in entry.path]
    assert [call["type"] for call in calls] == [WAIT, WAIT_UNSEEN]
    assert "4 May 2025" in text(*said(answer))
    assert "Evening Post" in text(*said(sources))
    assert all(message.ephemeral for message in [*said(answer), *said(sources)])


async def test_what_takes_long_to_show_to_everyone_is_shown_all_the_same(scene):
    await scene.env.restart_bot(Doublecheck(scene.desk, Reception(scene.desk, impatient)))
    answer = await scene.alice.slash(scene.channel, "ask", question=OPENED)

    await scene.alice.click(said(answer)[0], label=say("discord.button.show"))

    assert "4 May 2025" in text(scene.channel.last_message)


class Broken(Reception):
    """Cannot take anything."""

    async def _handle(self, events, interaction):
        raise RuntimeError("a fault of ours")


async def test_a_fault_of_ours_is_said_and_logged_without_what_was_asked(scene, caplog):
    await scene.env.restart_bot(Doublecheck(scene.desk, Broken(scene.desk)))

    answer = await scene.alice.slash(scene.channel, "ask", question=OPENED)

    assert text(answer.response) == say("failed")
    assert "RuntimeError at" in caplog.text
    assert "harbour" not in caplog.text


async def test_a_field_that_cannot_be_opened_is_logged(scene, caplog):
    scene.env.inject_error("POST", CALLBACK, status=404, code=10062)

    await scene.alice.slash(scene.channel, "report")

    assert "a field could not be opened: NotFound" in caplog.text


async def test_an_interaction_that_comes_twice_is_handled_once(scene):
    await scene.alice.slash(scene.channel, "ask", question=OPENED)
    backend = scene.env.backend
    [again] = [p for _, name, p in backend.transcript if name == "INTERACTION_CREATE"]

    backend.emit("INTERACTION_CREATE", again)
    await scene.env.settle()

    sent = [e.json for e in scene.env.http_requests if e.json and "embeds" in str(e.json)]
    assert len(sent) == 1


async def test_a_letter_goes_into_its_channel(scene):
    await queue(scene, channel_of(scene), card("The board."))

    assert await scene.delivers() == []

    assert text(scene.channel.last_message) == "The board."


async def test_a_letter_to_a_person_goes_into_direct_messages(scene):
    await queue(scene, private(discord.Object(scene.alice.id)), card("For you."))

    assert await scene.delivers() == []

    assert text(scene.alice.user.dm_channel.last_message) == "For you."


async def test_who_takes_no_direct_messages_is_answered_where_they_gave_a_command(scene):
    answer = await scene.alice.slash(scene.channel, "about")
    refused = {"status": 403, "code": 50007, "times": None}
    scene.env.inject_error("POST", "/channels/*/messages", **refused)
    await queue(scene, private(discord.Object(scene.alice.id)), card("Your file."))

    assert await scene.delivers() == []

    [whispered] = answer.followups
    assert whispered.ephemeral
    assert text(whispered) == "Your file."


async def test_who_takes_no_direct_messages_and_is_not_there_is_not_reached(scene):
    refused = {"status": 403, "code": 50007, "times": None}
    scene.env.inject_error("POST", "/channels/*/messages", **refused)
    await queue(scene, private(discord.Object(scene.alice.id)), card("Your file."))

    [failure] = await scene.delivers()

    assert failure.permanent


async def test_a_later_letter_takes_the_place_of_an_earlier_one(scene):
    place = channel_of(scene)
    await keep_receipt(scene, place, "board1")
    await queue(scene, place, card("x" * 3500, "y" * 3500), receipt="board1")
    await scene.delivers()
    await queue(scene, place, card("After."), replaces="board1")

    assert await scene.delivers() == []

    assert [text(message) for message in scene.channel.history()] == ["After."]


async def test_a_letter_whose_place_is_gone_is_sent_anew(scene):
    place = channel_of(scene)
    await keep_receipt(scene, place, "board1")
    await queue(scene, place, card("Before."), receipt="board1")
    await scene.delivers()
    await scene.channel.last_message.delete()
    await scene.env.settle()
    await queue(scene, place, card("After."), replaces="board1")

    assert await scene.delivers() == []

    assert [text(message) for message in scene.channel.history()] == ["After."]


async def keep_receipt(scene, place: Place, token: str) -> None:
    async with scene.store.work(scene.now) as work:
        await work.keep_receipt(Receipt(token, place, "discord:1", "", scene.now))


async def test_a_long_letter_goes_on_after_the_page_that_arrived(scene):
    place = channel_of(scene)
    pages = ("x" * 3500, "y" * 3500, "z" * 3500)
    outgoing = Outgoing(1, place, card(*pages), done=("42",))
    progressed: list[list[str]] = []

    async def note(_, standing) -> None:
        progressed.append(list(standing))

    standing = await DiscordSender(scene.env.bot, note).send(outgoing)

    assert [text(m) for m in scene.channel.history()] == list(pages[1:])
    assert standing[0] == "42"
    assert progressed == [list(standing[:2])]


@pytest.mark.parametrize(
    ("status", "code", "permanent"),
    [(403, 50007, True), (404, 10003, True), (400, 50035, True), (500, 0, False)],
)
async def test_a_refusal_is_for_good_and_a_fault_of_discords_is_not(
    scene, status, code, permanent
):
    scene.env.inject_error("POST", "/channels/*/messages", status=status, code=code, times=None)
    await queue(scene, channel_of(scene), card("The board."))

    [failure] = await scene.delivers()

    assert failure.permanent is permanent
    assert "board" not in str(failure)


async def test_a_server_that_is_left_is_noted_and_forgotten_after_the_retention_time(scene):
    await scene.manager.slash(scene.channel, "settings answers", who="public")
    guild = scene.env.bot.get_guild(scene.guild.id)
    await scene.env.bot.on_guild_remove(guild)

    scene.passes(timedelta(days=29))
    await forget(scene.store, scene.now)
    kept = await settings_of(scene)
    scene.passes(timedelta(days=2))
    await forget(scene.store, scene.now)

    assert kept == "public"
    assert await settings_of(scene) is None


async def test_a_server_that_comes_back_finds_its_settings(scene):
    await scene.manager.slash(scene.channel, "settings answers", who="public")
    guild = scene.env.bot.get_guild(scene.guild.id)
    await scene.env.bot.on_guild_remove(guild)
    await scene.env.bot.on_guild_join(guild)

    scene.passes(timedelta(days=100))
    await forget(scene.store, scene.now)

    assert await settings_of(scene) == "public"


async def settings_of(scene) -> str | None:
    async with scene.store.work(scene.now) as work:
        return await work.wishes.setting(server(scene.guild.id), "answers")


async def test_the_end_waits_for_what_was_begun(scene):
    reception, free = scene.env.bot.reception, asyncio.Event()

    async def begun() -> None:
        with reception.under_way():
            await free.wait()

    task = asyncio.create_task(begun())
    await asyncio.wait([task], timeout=0)
    ending = asyncio.create_task(reception.finish())
    await asyncio.wait([ending], timeout=0)
    assert not ending.done()
    free.set()
    await ending
    await task
