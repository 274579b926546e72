from dataclasses import replace

import pytest
from telegram import Update, User

from bot.core.events import Commanded, Event, Person, Pressed, Said, Searched
from bot.frontends.telegram.inbound import pressed_plainly, to_event
from tests.cast import ALICE, private_chat
from tests.cast import GROUP as GROUP_PLACE
from tests.frontends.telegram.fake import ME
from tests.frontends.telegram.updates import (
    GROUP,
    Raw,
    chat,
    from_bot,
    in_group,
    message,
    press,
    query,
    update,
    user,
)

BOT = User.de_json(ME)
ALONE = private_chat(ALICE)
STICKER = {
    "file_id": "s", "file_unique_id": "s", "type": "regular", "width": 1, "height": 1,
    "is_animated": False, "is_video": False,
}  # fmt: skip
PHOTO = [{"file_id": "p", "file_unique_id": "p", "width": 1, "height": 1}]
VOICE = {"file_id": "v", "file_unique_id": "v", "duration": 1}


def event(**body: Raw) -> Event | None:
    return to_event(Update.de_json(update(**body)), BOT)


def written(raw: Raw) -> Event | None:
    return event(message=raw)


def test_what_is_written_in_private_is_a_question():
    assert written(message("how many?")) == Said(ALONE, ALICE, "how many?", "11")


def test_a_command_comes_without_its_slash_and_in_small_letters():
    assert written(message("/Help")) == Commanded(ALONE, ALICE, "help", message="11")


def test_a_deep_link_is_the_argument_of_start():
    assert written(message("/start f_a-fact")) == Commanded(
        ALONE, ALICE, "start", "f_a-fact", message="11"
    )


def test_an_edited_question_says_so():
    assert event(edited_message=message("how many?")) == Said(
        ALONE, ALICE, "how many?", "11", edited=True
    )


def test_an_edited_command_says_so():
    edited = event(edited_message=in_group("/ask@doublecheck_bot who?"))
    assert isinstance(edited, Commanded)
    assert edited.edited


def test_a_caption_is_read_like_a_text():
    assert written(message(caption="when?", photo=PHOTO)) == Said(ALONE, ALICE, "when?", "11")


@pytest.mark.parametrize(
    "content",
    [{"sticker": STICKER}, {"photo": PHOTO}, {"voice": VOICE}],
    ids=lambda c: next(iter(c)),
)
def test_a_message_without_words_is_said_in_private_alone(content: Raw):
    assert written(message(**content)) == Said(ALONE, ALICE, "", "11")
    assert written(in_group(**content)) is None
    assert written(in_group(**content, reply_to_message=from_bot())) is None


def test_a_position_that_moves_on_is_not_said_again():
    assert event(edited_message=message(location={"latitude": 1, "longitude": 1})) is None


@pytest.mark.parametrize(
    "text",
    [
        "how many?",
        "@doublecheck_bot how many?",
        "/ask how many?",
        "/ask@another_bot how many?",
        "/help",
        "see /ask@doublecheck_bot",
    ],
)
def test_the_bot_is_silent_in_a_group_unless_named(text: str):
    assert written(in_group(text)) is None


def test_a_command_that_names_the_bot_is_heard_in_a_group():
    assert written(in_group("/ask@DoubleCheck_Bot  how\nmany? ")) == Commanded(
        GROUP_PLACE, ALICE, "ask", "how\nmany?", message="11"
    )


def test_a_command_in_a_caption_is_heard_in_a_group():
    heard = written(in_group(caption="/ask@doublecheck_bot when?", photo=PHOTO))
    assert isinstance(heard, Commanded)


def test_a_reply_to_the_bots_message_is_heard_in_a_group():
    assert written(in_group("and in Iraq?", reply_to_message=from_bot(number=10))) == Said(
        GROUP_PLACE, ALICE, "and in Iraq?", "11", quoted="10"
    )


def test_a_reply_may_be_a_command_without_a_name():
    assert written(in_group("/cancel", reply_to_message=from_bot(number=10))) == Commanded(
        GROUP_PLACE, ALICE, "cancel", message="11", quoted="10"
    )


def test_a_reply_that_names_another_bot_is_not_for_this_one():
    assert written(in_group("/help@another_bot", reply_to_message=from_bot())) is None


def test_a_reply_to_another_person_is_not_for_the_bot():
    to_bob = {"reply_to_message": in_group("what?")}
    assert written(in_group("how many?", **to_bob)) is None


def test_a_command_that_was_forwarded_into_a_group_is_not_for_the_bot():
    origin = {"type": "hidden_user", "date": 0, "sender_user_name": "Bob"}
    assert written(in_group("/ask@doublecheck_bot when?", forward_origin=origin)) is None


@pytest.mark.parametrize(
    "service",
    [
        {"new_chat_members": [ME]},
        {"left_chat_member": ME},
        {"pinned_message": from_bot()},
        {"group_chat_created": True},
        {"new_chat_title": "7C"},
    ],
    ids=lambda service: next(iter(service)),
)
def test_service_messages_are_silent(service: Raw):
    assert written(in_group(**service)) is None
    assert written(message(**service)) is None


def test_other_bots_are_not_heard():
    robot = user(555, is_bot=True)
    assert written(in_group("/ask@doublecheck_bot when?", **{"from": robot})) is None


def test_the_bots_own_inline_results_are_not_heard():
    assert written(message("An answer", via_bot=ME)) is None


def test_channels_are_not_heard():
    channel = {"id": -1009, "type": "channel", "title": "News"}
    post = {**message("/ask@doublecheck_bot when?"), "chat": channel, "sender_chat": channel}
    assert event(channel_post=post) is None
    assert written(post) is None


def test_a_channels_post_in_its_discussion_group_is_not_heard():
    channel = {"id": -1009, "type": "channel", "title": "News"}
    post = in_group("/ask@doublecheck_bot when?", sender_chat=channel, is_automatic_forward=True)
    assert written(post) is None


def test_anonymous_admins_count_as_one_person():
    anonymous = user(1087968824, is_bot=True, username="GroupAnonymousBot")
    heard = written(
        in_group("/ask@doublecheck_bot when?", sender_chat=chat(GROUP), **{"from": anonymous})
    )
    assert isinstance(heard, Commanded)
    assert heard.by == Person("telegram:-1001")


def test_a_topic_of_a_forum_is_a_thread():
    heard = written(
        in_group("/ask@doublecheck_bot when?", message_thread_id=5, is_topic_message=True)
    )
    assert isinstance(heard, Commanded)
    assert heard.place == replace(GROUP_PLACE, thread="5")


def test_a_chain_of_replies_is_no_thread():
    heard = written(in_group("/ask@doublecheck_bot when?", message_thread_id=5))
    assert isinstance(heard, Commanded)
    assert heard.place == GROUP_PLACE


def test_the_language_of_the_app_is_kept():
    heard = written(message("wann?", **{"from": user(language_code="de")}))
    assert isinstance(heard, Said)
    assert heard.by.language == "de"


def test_letters_that_no_database_takes_are_replaced():
    heard = written(message("a\ud83d b\0c"))
    assert isinstance(heard, Said)
    assert heard.text == "a\ufffd bc"


def test_a_press_says_where_and_what():
    standing = from_bot(number=10)
    assert event(callback_query=press("1|s|abc", standing)) == Pressed(
        GROUP_PLACE, ALICE, "1|s|abc", "77", "10"
    )


def test_a_press_under_a_message_that_telegram_forgot_is_heard():
    forgotten = {"message_id": 10, "date": 0, "chat": chat(GROUP)}
    heard = event(callback_query=press("1|s|abc", forgotten))
    assert isinstance(heard, Pressed)
    assert heard.place == GROUP_PLACE


def test_a_press_under_an_inline_result_is_not_ours():
    assert event(callback_query=press("1|s|abc")) is None


def test_an_inline_query_is_a_search():
    assert event(inline_query=query(" deir ezor ")) == Searched(ALICE, "deir ezor", "88")


def test_a_kind_of_update_that_is_not_known_is_silent():
    assert event(something_new={"id": "1"}) is None


STANDING = {
    **from_bot(),
    "reply_markup": {"inline_keyboard": [[{"text": "A", "callback_data": "1|l.a|t"}]]},
}


@pytest.mark.parametrize(
    "standing",
    [STANDING, {**STANDING, "chat": chat(102)}, {"message_id": 7, "date": 0, "chat": chat(GROUP)}],
)
def test_a_press_read_plainly_is_the_same_press(standing: Raw):
    raw = update(callback_query=press("1|l.a|t", standing, "9", user(first_name="Al\0ice")))

    assert pressed_plainly(raw) == to_event(Update.de_json(raw), BOT) is not None


@pytest.mark.parametrize(
    "unusual",
    [
        update(message=message("when?")),
        update(callback_query=press("1|l.a|t")),
        update(callback_query={**press("1|l.a|t", STANDING), "data": None}),
        update(callback_query=press("x", {**STANDING, "is_topic_message": True})),
        update(callback_query=press("x", STANDING, by={"id": 5, "is_bot": True})),
        update(callback_query="what?"),
        {"update_id": 5},
    ],
)
def test_what_is_unusual_is_not_read_plainly(unusual: Raw):
    assert pressed_plainly(unusual) is None
