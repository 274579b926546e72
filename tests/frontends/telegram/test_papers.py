"""Pictures, files and polls on their way out."""

from dataclasses import replace

import pytest

from bot.core.answer import Caveat, Choice
from bot.core.cards import Card, File
from bot.core.page import Page
from bot.core.polls import draft, written
from bot.frontends.telegram.outbound import TelegramSender
from bot.service.ports import NotDelivered, Outgoing
from tests.cast import ALICE, GROUP, private_chat
from tests.frontends.telegram import fake
from tests.frontends.telegram.fake import FakeTelegram
from tests.frontends.telegram.test_outbound import Notes, notes, sender, telegram
from tests.quizzes import BUILT

__all__ = ["notes", "sender", "telegram"]

CAVEAT = Caveat("Please double-check this with another source.", "Double-check this.")
PICTURE = File.of("standing.png", "image/png", b"\x89PNG", "A bar for each question <1>")
TABLE = File.of("answers.csv", "text/csv", b"a,b\n")
WORDS = f"<b>How it went</b>\n\n{CAVEAT.long}"
POLL = written(draft(BUILT, CAVEAT, "K7M2QX:0", "the leaflet"))


def card(file: File | None = None, *texts: str, **more: object) -> Card:
    pages = tuple(map(Page, texts or (WORDS,)))
    return replace(
        Card(pages, (Choice("Sources", "1|s|t"),), short=CAVEAT.short, file=file), **more
    )


def to_alice(what: Card, **more: object) -> Outgoing:
    return replace(Outgoing(1, private_chat(ALICE), what), **more)


def to_class(what: Card, **more: object) -> Outgoing:
    return replace(Outgoing(1, GROUP, what), **more)


async def test_short_words_stand_under_a_picture_with_the_buttons(
    telegram: FakeTelegram, sender: TelegramSender
):
    await sender.send(to_alice(card(PICTURE), reply_to="7"))

    (call,) = telegram.calls
    assert call.method == "sendPhoto"
    assert call.files["photo"] == ("standing.png", PICTURE.content, "image/png")
    assert call.text == f"How it went\n\n{CAVEAT.long}"
    assert [b["text"] for b in call.buttons] == ["Sources"]
    assert call.params["reply_parameters"]["message_id"] == 7


async def test_long_words_follow_their_picture_which_has_the_short_caveat(
    telegram: FakeTelegram, sender: TelegramSender, notes: Notes
):
    long = f"{'x' * 1000}\n\n{CAVEAT.long}"
    standing = await sender.send(to_alice(card(PICTURE, long)))

    picture, words = telegram.calls
    assert picture.text == f"{PICTURE.alt}\n\n{CAVEAT.short}"
    assert (words.method, words.text) == ("sendMessage", long)
    assert not picture.buttons
    assert words.buttons
    assert notes.kept == [tuple(standing)[:1]]


async def test_the_longest_caption_is_1024_letters_as_telegram_counts_them(
    telegram: FakeTelegram, sender: TelegramSender
):
    fits, beyond = ("😀" * ((1024 - len(CAVEAT.long)) // 2) + more for more in ("", "xx"))
    await sender.send(to_alice(card(PICTURE, fits + CAVEAT.long)))
    await sender.send(to_alice(card(PICTURE, beyond + CAVEAT.long)))

    assert [c.method for c in telegram.calls] == ["sendPhoto", "sendPhoto", "sendMessage"]


async def test_what_is_no_picture_is_a_file_with_its_name(
    telegram: FakeTelegram, sender: TelegramSender
):
    await sender.send(to_alice(card(TABLE)))

    (call,) = telegram.calls
    assert call.method == "sendDocument"
    assert call.files["document"] == ("answers.csv", b"a,b\n", "text/csv")
    assert call.text.endswith(CAVEAT.long)


async def test_an_interrupted_picture_is_not_sent_again(
    telegram: FakeTelegram, sender: TelegramSender, notes: Notes
):
    telegram.trouble("sendMessage", fake.unreachable)
    outgoing = to_alice(card(PICTURE, "one", "two"))
    with pytest.raises(NotDelivered):
        await sender.send(outgoing)

    await sender.send(replace(outgoing, done=notes.kept[-1]))

    assert [c.method for c in telegram.calls] == ["sendPhoto", "sendMessage", "sendMessage"]


async def test_a_picture_takes_the_place_of_what_stood_there(
    telegram: FakeTelegram, sender: TelegramSender
):
    earlier = await sender.send(to_alice(card()))
    await sender.send(to_alice(card(PICTURE), edits=tuple(earlier)))

    assert telegram.chats.texts(102) == [f"How it went\n\n{CAVEAT.long}"]
    assert [c.method for c in telegram.calls] == ["sendMessage", "deleteMessage", "sendPhoto"]


async def test_words_that_cannot_take_the_place_of_a_picture_are_sent_anew(
    telegram: FakeTelegram, sender: TelegramSender
):
    earlier = await sender.send(to_alice(card(PICTURE)))
    again = await sender.send(to_alice(card(None, "words"), edits=tuple(earlier)))

    assert list(again) != list(earlier)
    assert telegram.calls[-1].text == "words"


async def test_a_poll_is_a_quiz_with_names_and_both_caveats(
    telegram: FakeTelegram, sender: TelegramSender, notes: Notes
):
    await sender.send(to_class(card(poll=replace(POLL, seconds=20))))

    (call,) = telegram.calls
    assert call.params == {
        "chat_id": int(GROUP.chat.removeprefix("telegram:")),
        "question": BUILT.stem,
        "options": [{"text": o.text} for o in BUILT.options],
        "type": "quiz",
        "is_anonymous": False,
        "shuffle_options": True,
        "allows_multiple_answers": False,
        "allows_revoting": False,
        "correct_option_ids": [0],
        "explanation": f"The key is what the leaflet says. {CAVEAT.short}",
        "description": CAVEAT.long,
        "open_period": 20,
    }
    (kept,) = notes.polls
    assert kept.subject == "K7M2QX:0"
    assert kept.options == {"o0": "a", "o1": "b", "o2": "c"}


async def test_where_a_group_takes_no_polls_the_question_has_buttons(
    telegram: FakeTelegram, sender: TelegramSender, notes: Notes
):
    telegram.trouble("sendPoll", fake.bad("not enough rights to send polls to the chat"))
    await sender.send(to_class(card(poll=POLL)))

    (call,) = telegram.calls
    assert (call.method, bool(call.buttons)) == ("sendMessage", True)
    assert notes.polls == []


async def test_the_end_of_a_poll_stops_it_and_says_the_rest_below(
    telegram: FakeTelegram, sender: TelegramSender, notes: Notes
):
    poll = await sender.send(to_class(card(poll=POLL)))
    standing = await sender.send(to_class(card(closes=True), edits=tuple(poll)))

    assert [c.method for c in telegram.calls] == ["sendPoll", "stopPoll", "sendMessage"]
    assert list(standing) != list(poll)
    assert notes.rests == [1.0]


async def test_a_poll_that_has_ended_by_itself_is_no_failure(
    telegram: FakeTelegram, sender: TelegramSender
):
    poll = await sender.send(to_class(card(poll=POLL)))
    await sender.send(to_class(card(closes=True), edits=tuple(poll)))
    await sender.send(to_class(card(closes=True), edits=tuple(poll)))

    assert [c.method for c in telegram.calls][-1] == "sendMessage"


async def test_the_end_of_what_was_no_poll_takes_its_place(
    telegram: FakeTelegram, sender: TelegramSender
):
    board = await sender.send(to_class(card()))
    standing = await sender.send(to_class(card(None, "over", closes=True), edits=tuple(board)))

    assert list(standing) == list(board)
    assert telegram.calls[-1].method == "editMessageText"


async def test_two_messages_into_a_group_are_a_second_apart_and_elsewhere_not(
    telegram: FakeTelegram, sender: TelegramSender, notes: Notes
):
    await sender.send(to_alice(card(None, "one", "two", "three")))
    assert notes.rests == []

    await sender.send(to_class(card(None, "one", "two", "three")))
    assert notes.rests == [1.0, 1.0]


async def test_where_a_group_moved_is_noted_while_sending(
    telegram: FakeTelegram, sender: TelegramSender, notes: Notes
):
    telegram.trouble("sendMessage", fake.migrated(-100777))
    await sender.send(to_class(card()))
    assert notes.moves == [(GROUP.chat, "telegram:-100777")]
