"""Whole conversations, as people have them on Telegram, with the small pack of the harbour."""

from datetime import timedelta

import pytest

from bot.core.words import say
from tests.frontends.telegram.fake import Call
from tests.frontends.telegram.html_rules import utf16
from tests.frontends.telegram.scene import EXPIRED, Scene
from tests.frontends.telegram.updates import GROUP, message, update

CAVEAT = "Please double-check this with another source."
ASKING = "/ask@doublecheck_bot"
STICKER = {
    "file_id": "s", "file_unique_id": "s", "type": "regular", "width": 1, "height": 1,
    "is_animated": False, "is_video": False,
}  # fmt: skip


def sent(calls: list[Call]) -> list[Call]:
    """Return the messages among calls; presses are confirmed besides."""
    return [call for call in calls if call.method == "sendMessage"]


async def test_a_question_in_private_is_answered_as_a_reply(scene: Scene):
    answer = await scene.alice.asks("what did the harbour cost?")

    assert answer.text.startswith("31 million euros, according to the article. Other sources dis")
    assert answer.text.endswith(CAVEAT)
    assert answer.params["reply_parameters"]["message_id"] == scene.alice.last - 1
    assert [b["text"] for b in answer.buttons] == ["Sources", "Related", "Report a problem"]


async def test_a_follow_up_goes_on_from_the_last_answer(scene: Scene):
    await scene.alice.asks("when did the harbour open?")
    answer = await scene.alice.asks("and what did it cost?")
    assert answer.text.startswith("31 million euros")


async def test_a_follow_up_is_not_understood_after_half_an_hour(scene: Scene):
    await scene.alice.asks("when did the harbour open?")
    scene.passes(EXPIRED)
    answer = await scene.alice.asks("and how many of them?")
    assert "4 May" not in answer.text


async def test_two_people_in_a_group_have_their_own_conversations(scene: Scene):
    alice, bob = scene.alice, scene.bob
    await alice.asks(f"{ASKING} when did the harbour open?", GROUP)
    await bob.asks(f"{ASKING} how many cranes does the harbour have?", GROUP)

    sources = await alice.asks("/sources@doublecheck_bot", GROUP)
    assert sources.params["chat_id"] == GROUP
    assert sources.params["reply_parameters"]["message_id"] == alice.last - 1


async def test_a_group_hears_nothing_that_it_did_not_ask_for(scene: Scene):
    assert await scene.alice.writes("what did the harbour cost?", GROUP) == []
    assert await scene.alice.writes("/ask what did the harbour cost?", GROUP) == []
    assert await scene.alice.writes("/help@another_bot", GROUP) == []
    assert await scene.alice.sends(GROUP, sticker=STICKER) == []
    assert await scene.alice.sends(GROUP, new_chat_title="7C") == []


async def test_in_a_group_a_bare_ask_opens_a_reply_for_the_question(scene: Scene):
    invitation = await scene.alice.asks(ASKING, GROUP)
    assert invitation.params["reply_markup"] == {"force_reply": True, "selective": True}

    (answer,) = await scene.alice.replies("what did the harbour cost?", to=scene.alice.last)
    assert answer.text.startswith("31 million euros")


async def test_help_in_a_group_names_the_bot_behind_each_command(scene: Scene):
    answer = await scene.alice.asks("/help@doublecheck_bot", GROUP)
    assert "/ask@doublecheck_bot" in answer.text


async def test_an_answer_in_a_topic_stays_in_it(scene: Scene):
    topic = {"message_thread_id": 5, "is_topic_message": True}
    answer = await scene.alice.asks(f"{ASKING} when did the harbour open?", GROUP, **topic)
    assert answer.params["message_thread_id"] == 5


async def test_an_edited_question_edits_its_answer(scene: Scene):
    answer = await scene.alice.asks("when did the harbour open?")
    question = answer.params["reply_parameters"]["message_id"]

    (edit,) = await scene.alice.edits(question, "what did the harbour cost?")

    assert edit.method == "editMessageText"
    assert edit.params["message_id"] == question + 1
    assert edit.text.startswith("31 million euros")


async def test_an_edit_that_changes_nothing_says_nothing(scene: Scene):
    answer = await scene.alice.asks("hello")
    question = answer.params["reply_parameters"]["message_id"]
    assert await scene.alice.edits(question, "hello") == []


async def test_the_sources_of_an_answer_are_links(scene: Scene):
    answer = await scene.alice.asks("when did the harbour open?")
    (sources,) = sent(await scene.alice.presses("Sources", answer))
    assert '<a href="https://post.example/harbour">' in sources.params["text"]
    assert sources.text.endswith(CAVEAT)


async def test_what_is_related_can_be_chosen(scene: Scene):
    answer = await scene.alice.asks("when did the harbour open?")
    (related,) = sent(await scene.alice.presses("Related", answer))
    (chosen,) = sent(await scene.alice.presses(related.buttons[0]["text"], related))
    assert chosen.text.startswith("The opening day and the cost")


async def test_when_several_facts_fit_the_bot_asks_which_one_is_meant(scene: Scene):
    which = await scene.alice.asks("the harbour")
    assert which.text == f"{say('asked.head')}\n\n{CAVEAT}"

    (chosen,) = sent(await scene.alice.presses("What did the harbour cost", which))
    assert chosen.text.startswith("31 million euros")


async def test_none_of_these_ends_the_asking_back(scene: Scene):
    which = await scene.alice.asks("the harbour")
    (end,) = sent(await scene.alice.presses("None of these", which))
    assert end.text == f"{say('none-of-these')}\n\n{CAVEAT}"


async def test_every_press_is_confirmed(scene: Scene):
    answer = await scene.alice.asks("when did the harbour open?")
    for label in ("Sources", "Related", "Report"):
        await scene.alice.presses(label, answer)
    assert scene.telegram.waiting == set()


async def test_a_problem_is_reported_from_its_button(scene: Scene):
    answer = await scene.alice.asks("when did the harbour open?")
    (ask_back,) = sent(await scene.alice.presses("Report", answer))
    assert ask_back.text == say("report.ask")

    thanks, alert = await scene.alice.writes("it was the 5th <b>of</b> May")

    assert thanks.params["chat_id"] == 102
    assert alert.params["chat_id"] == 1
    assert "harbour/harbour-opened" in alert.text
    assert alert.text.endswith("it was the 5th <b>of</b> May")


async def test_a_report_can_be_given_up(scene: Scene):
    answer = await scene.alice.asks("when did the harbour open?")
    await scene.alice.presses("Report", answer)
    cancelled = await scene.alice.asks("/cancel")
    assert cancelled.text == say("cancelled")
    assert (await scene.alice.asks("what did the harbour cost?")).text.startswith("31 million")


async def test_a_button_that_is_too_old_says_so_in_private(scene: Scene):
    (confirmation,) = await scene.happens(scene.alice.press("1|s|a-token-that-is-gone", 102))
    assert confirmation.method == "answerCallbackQuery"
    assert confirmation.params["text"] == say("closed")


@pytest.mark.parametrize(
    "data", ["", "x", "0|s|token000001", "1|s|token000001|9999", "|||||", "1"]
)
async def test_a_forged_button_says_that_it_is_too_old(scene: Scene, data: str):
    await scene.alice.asks("when did the harbour open?")
    (confirmation,) = await scene.happens(scene.alice.press(data or " ", 102))
    assert confirmation.params["text"] == say("closed")


async def test_a_button_from_another_chat_is_closed(scene: Scene):
    answer = await scene.alice.asks("when did the harbour open?")
    data = answer.buttons[0]["callback_data"]
    (confirmation,) = await scene.happens(scene.bob.press(data, 103))
    assert confirmation.params["text"] == say("closed")


async def test_a_press_that_is_brought_twice_is_answered_once(scene: Scene):
    answer = await scene.alice.asks("when did the harbour open?")
    twice = scene.alice.press(answer.buttons[0]["callback_data"], 102)

    first, second = await scene.happens(twice), await scene.happens(twice)

    assert len(sent(first)) == 1
    assert second == []


async def test_a_question_that_is_brought_twice_is_answered_once(scene: Scene):
    twice = update(message=message("when did the harbour open?"))
    assert len(await scene.happens(twice)) == 1
    assert await scene.happens(twice) == []


async def test_a_deep_link_opens_its_fact(scene: Scene):
    answer = await scene.alice.asks("/start f_harbour-cost")
    assert answer.text.startswith("31 million euros")


async def test_a_deep_link_that_leads_nowhere_says_so(scene: Scene):
    answer = await scene.alice.asks("/start f_no-such-fact")
    assert answer.text == f"{say('link.unknown')}\n\n{CAVEAT}"


async def test_a_picture_in_private_gets_a_kind_word(scene: Scene):
    (answer,) = await scene.alice.sends(sticker=STICKER)
    assert answer.text.startswith("I can read only words.")


async def test_inline_results_have_verdict_and_caveat(scene: Scene):
    (result, *_) = await scene.alice.searches("harbour cost")
    assert "Other sources disagree: 48 million euros." in result["description"]
    assert result["description"].endswith("Double-check this.")
    assert result["input_message_content"]["message_text"].endswith(CAVEAT)


@pytest.mark.parametrize("typed", ["", "zebra crossing", "😀", "'; DROP TABLE seen; --"])
async def test_inline_says_so_when_nothing_fits(scene: Scene, typed: str):
    (result,) = await scene.alice.searches(typed)
    assert result["title"]
    assert result["input_message_content"]["message_text"].endswith(CAVEAT)


HOSTILE = [
    "<b>who <i>built</b> it",
    "<script>alert(1)</script>",
    "&lt;b&gt; &amp;amp; &#60;",
    '"><a href="tg://user?id=1">x</a>',
    "'; DROP TABLE receipts; --",
    "😀😀😀",
    "كم عدد الرافعات",
    "\u202eemit ti saw tahw",
    "a\ud83d half of a letter",
    "%s {0} {claim} %(x)d",
    "/unknown <b>",
    "<" * 4096,
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
async def test_hostile_words_are_answered_in_valid_messages(scene: Scene, text: str):
    assert await scene.alice.writes(text)
    assert scene.telegram.refused == []


@pytest.mark.parametrize(
    "text", ["what did the harbour cost? " + "word " * 800, "x" * 4096, "é" * 4096]
)
async def test_a_message_of_full_length_is_answered(scene: Scene, text: str):
    assert utf16(text) >= 4000
    answer = await scene.alice.asks(text)
    assert answer.text.endswith(CAVEAT)


async def test_who_asks_too_much_is_asked_to_wait(scene: Scene):
    for _ in range(30):
        await scene.alice.asks("when did the harbour open?")
    busy = await scene.alice.asks("when did the harbour open?")
    assert busy.text.startswith("You have asked 30 questions")

    scene.passes(timedelta(minutes=1, seconds=1))
    assert (await scene.alice.asks("when did the harbour open?")).text.startswith("4 May 2025")
