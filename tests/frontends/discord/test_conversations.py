"""Whole conversations in a server and in direct messages."""

import discord
import pytest

from bot.core.facts import Verdict
from bot.core.words import say
from bot.frontends.discord.drawing import COLOURS
from tests.frontends.discord.scene import items, labels, text

OPENED = "when did the harbour open?"
CAVEAT = "Please double-check this with another source."
SHOW = say("discord.button.show")


async def test_a_question_is_answered_to_its_person_alone(scene):
    answer = await scene.alice.slash(scene.channel, "ask", question=OPENED)

    assert answer.ephemeral
    assert "4 May 2025" in text(answer.response)
    assert CAVEAT in text(answer.response)
    assert labels(answer.response) == ["Sources", "Related", "Report a problem", SHOW]
    assert scene.channel.last_message is None


async def test_the_verdict_is_the_coloured_side_and_stands_in_words(scene):
    answer = await scene.alice.slash(scene.channel, "ask", question="what did the harbour cost?")

    [embed] = answer.response.embeds
    assert embed.colour.value == COLOURS[Verdict.CONTRADICTED]
    assert "Other sources disagree" in text(answer.response)


async def test_an_answer_is_shown_to_everyone_with_who_shows_it(scene):
    answer = await scene.alice.slash(scene.channel, "ask", question=OPENED)

    await scene.alice.click(answer.response, label=SHOW)

    shown = scene.channel.last_message
    assert text(shown).startswith("alice shows an answer")
    assert "4 May 2025" in text(shown)
    assert text(shown).endswith(CAVEAT)
    assert shown.embeds[0].colour.value == COLOURS[Verdict.CORROBORATED]
    assert labels(shown) == ["Sources", "Related", "Report a problem"]
    assert SHOW not in labels(answer.response)


async def test_what_is_shown_to_everyone_has_buttons_for_everyone(scene):
    answer = await scene.alice.slash(scene.channel, "ask", question=OPENED)
    await scene.alice.click(answer.response, label=SHOW)

    sources = await scene.bob.click(scene.channel.last_message, label="Sources")

    assert sources.ephemeral
    assert "Evening Post" in text(sources.response)
    assert len(scene.channel.history()) == 1


async def test_an_answer_is_shown_once_however_often_it_is_pressed(scene):
    answer = await scene.alice.slash(scene.channel, "ask", question=OPENED)
    stale = items(answer.response)[-1]["custom_id"]
    await scene.alice.click(answer.response, label=SHOW)

    again = await presses(scene, answer.response, stale)

    assert text(again.response) == say("discord.shown.not")
    assert len(scene.channel.history()) == 1


async def presses(scene, message, custom_id):
    """Press a button that stood there a moment ago."""
    stored = scene.env.backend.get_message(message.channel_id, message.id)
    before, stored.components = stored.components, [
        {"type": 1, "components": [
            {"type": 2, "style": 2, "label": "x", "custom_id": custom_id}
        ]}
    ]  # fmt: skip
    try:
        return await scene.alice.click(message, custom_id=custom_id)
    finally:
        stored.components = before


async def test_who_may_not_write_in_a_channel_shows_nothing_there(scene):
    answer = await scene.alice.slash(scene.channel, "ask", question=OPENED)
    scene.env.backend.get_guild(scene.guild.id).everyone_role.permissions &= ~discord.Permissions(
        send_messages=True
    ).value

    refused = await scene.alice.click(answer.response, label=SHOW)

    assert text(refused.response) == say("discord.shown.closed")
    assert scene.channel.last_message is None


async def test_a_follow_up_goes_on_from_the_answer_before(scene):
    await scene.alice.slash(scene.channel, "ask", question=OPENED)

    sources = await scene.alice.slash(scene.channel, "sources")
    doubt = await scene.alice.slash(scene.channel, "ask", question="is that true?")

    assert "rest on" in text(sources.response)
    assert "4 May 2025" in text(doubt.response)


async def test_a_follow_up_in_direct_messages_knows_what_was_asked_in_the_server(scene):
    await scene.alice.slash(scene.channel, "ask", question=OPENED)

    doubt = await scene.alice.user.slash("ask", question="is that true?")

    assert "4 May 2025" in text(doubt.response)
    assert SHOW not in labels(doubt.response)


async def test_a_server_can_show_answers_to_all(scene):
    kept = await scene.manager.slash(scene.channel, "settings answers", who="public")

    answer = await scene.alice.slash(scene.channel, "ask", question=OPENED)

    assert text(kept.response) == say("discord.settings.public")
    assert not answer.ephemeral
    assert "4 May 2025" in text(scene.channel.last_message)
    assert SHOW not in labels(answer.response)
    sources = await scene.bob.click(scene.channel.last_message, label="Sources")
    assert "Evening Post" in text(sources.response)


async def test_a_server_can_take_that_back(scene):
    await scene.manager.slash(scene.channel, "settings answers", who="public")
    await scene.manager.slash(scene.channel, "settings answers", who="private")

    answer = await scene.alice.slash(scene.channel, "ask", question=OPENED)

    assert answer.ephemeral


async def test_another_server_has_its_own_setting(scene):
    other = scene.env.create_guild("Other")
    there = other.create_text_channel("general")
    await scene.manager.slash(scene.channel, "settings answers", who="public")

    carol = other.add_member(scene.env.create_user("carol"))
    answer = await carol.slash(there, "ask", question=OPENED)

    assert answer.ephemeral


async def test_the_settings_of_a_server_are_for_who_manages_it(scene):
    refused = await scene.alice.slash(scene.channel, "settings answers", who="public")

    assert "manage this server" in text(refused.response)
    answer = await scene.alice.slash(scene.channel, "ask", question=OPENED)
    assert answer.ephemeral


async def test_a_message_can_be_checked_by_its_menu(scene):
    claim = await scene.bob.send(scene.channel, "the harbour cost 31 million euros, they say")

    checked = await scene.alice.context_menu(scene.channel, "Check this message", claim)

    assert checked.ephemeral
    assert "48 million euros" in text(checked.response)


async def test_a_message_without_words_has_nothing_to_check(scene):
    picture = await scene.bob.send(scene.channel, "", attachments=[("a.png", b"png")])

    checked = await scene.alice.context_menu(scene.channel, "Check this message", picture)

    assert text(checked.response) == say("discord.check.how")


async def test_an_answer_of_the_bots_own_is_checked_by_its_sources(scene):
    answer = await scene.alice.slash(scene.channel, "ask", question=OPENED)
    await scene.alice.click(answer.response, label=SHOW)

    checked = await scene.bob.context_menu(
        scene.channel, "Check this message", scene.channel.last_message
    )

    assert "Evening Post" in text(checked.response)


async def test_a_button_works_after_a_restart(scene):
    answer = await scene.alice.slash(scene.channel, "ask", question=OPENED)
    await scene.restarts()

    sources = await scene.alice.click(answer.response, label="Sources")
    await scene.alice.click(answer.response, label=SHOW)

    assert "Evening Post" in text(sources.response)
    assert "4 May 2025" in text(scene.channel.last_message)


async def test_a_button_of_another_time_says_so(scene):
    answer = await scene.alice.slash(scene.channel, "ask", question=OPENED)

    late = await presses(scene, answer.response, "verdict:42")

    assert text(late.response) == say("closed")


async def test_a_problem_is_reported_in_a_field_under_the_answer(scene):
    answer = await scene.alice.slash(scene.channel, "ask", question=OPENED)

    field = await scene.alice.click(answer.response, label="Report a problem")
    sent = await scene.alice.submit_modal(field, {"words": "it was the 5th"})

    assert field.modal["title"] == say("discord.field.report")
    assert "Your report was saved" in text(sent.response)
    [report] = await scene.store.reports(9)
    assert (report.words, report.facts[0].fact) == ("it was the 5th", "harbour-opened")


async def test_a_problem_is_reported_by_the_command(scene):
    await scene.alice.slash(scene.channel, "ask", question=OPENED)

    field = await scene.alice.slash(scene.channel, "report")
    sent = await scene.alice.submit_modal(field, {"words": "it was the 5th"})

    assert "Your report was saved" in text(sent.response)
    assert len(await scene.store.reports(9)) == 1


async def test_there_may_be_nothing_to_report(scene):
    field = await scene.alice.slash(scene.channel, "report")
    sent = await scene.alice.submit_modal(field, {"words": "nothing works"})

    assert text(sent.response) == say("discord.report.nothing")


async def test_a_field_can_be_sent_off_after_a_restart(scene):
    answer = await scene.alice.slash(scene.channel, "ask", question=OPENED)
    field = await scene.alice.click(answer.response, label="Report a problem")
    await scene.restarts()

    sent = await scene.alice.submit_modal(field, {"words": "it was the 5th"})

    assert "Your report was saved" in text(sent.response)


async def test_topics_can_be_chosen_while_typing(scene):
    offered = await scene.alice.autocomplete(scene.channel, "topics", "topic", "har")

    assert offered == []


@pytest.mark.parametrize("name", ["about", "sources", "topics", "help", "privacy"])
async def test_what_stands_by_itself_is_said_to_one_alone(scene, name):
    answer = await scene.alice.slash(scene.channel, name)

    assert answer.ephemeral
    assert text(answer.response)


async def test_help_speaks_of_slash_commands_only(scene):
    answer = await scene.alice.slash(scene.channel, "help")

    assert "/ask" in text(answer.response)
    assert "reply to" not in text(answer.response)


async def test_nobody_is_ever_called_by_what_the_bot_says(scene):
    words = f"who is @everyone and {scene.bob.mention} and [here](https://evil.example)?"
    answer = await scene.alice.slash(scene.channel, "ask", question=words)
    await scene.alice.context_menu(
        scene.channel, "Check this message", await scene.bob.send(scene.channel, words)
    )

    sent = [entry.json for entry in scene.env.http_requests if entry.json]
    bodies = [body.get("data", body) for body in sent if isinstance(body, dict)]
    calling = [b for b in bodies if "embeds" in b or "content" in b]
    assert len(calling) == 2
    assert all(b["allowed_mentions"] == {"parse": []} for b in calling)
    assert "](https://evil" not in answer.response.embeds[0].description
    assert scene.bob.mention not in answer.response.embeds[0].description
