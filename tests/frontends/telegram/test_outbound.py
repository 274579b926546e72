import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace

import pytest
from telegram import Bot

from bot.core.answer import Choice
from bot.core.cards import Card
from bot.core.events import Place
from bot.core.page import Page
from bot.frontends.telegram.outbound import Notes as Kept
from bot.frontends.telegram.outbound import TelegramSender
from bot.service.poll_ports import KeptPoll
from bot.service.ports import NotDelivered, Outgoing
from tests.cast import ALICE, GROUP, private_chat
from tests.frontends.telegram import fake
from tests.frontends.telegram.fake import FakeTelegram

HERE = 102
BUTTONS = (Choice("Sources", "1|s|t"),)


class Notes:
    """Keeps what stands so far, as the store does."""

    def __init__(self) -> None:
        self.kept: list[tuple[str, ...]] = []
        self.polls: list[KeptPoll] = []
        self.moves: list[tuple[str, str]] = []
        self.rests: list[float] = []

    async def progressed(self, outgoing: Outgoing, messages: Sequence[str]) -> None:
        self.kept.append(tuple(messages))

    async def polled(self, poll: KeptPoll) -> None:
        self.polls.append(poll)

    async def moved(self, place: Place, to: str) -> None:
        self.moves.append((place.chat, to))

    async def rest(self, _bell: asyncio.Event, seconds: float) -> None:
        self.rests.append(seconds)


@pytest.fixture
def telegram() -> FakeTelegram:
    return FakeTelegram()


@pytest.fixture
def notes() -> Notes:
    return Notes()


@pytest.fixture
async def sender(telegram: FakeTelegram, notes: Notes) -> AsyncIterator[TelegramSender]:
    async with Bot(telegram.token, request=telegram, get_updates_request=telegram) as bot:
        telegram.calls.clear()
        yield TelegramSender(bot, Kept(notes.progressed, notes.polled, notes.moved), notes.rest)


def pages(*texts: str, choices: tuple[Choice, ...] = ()) -> Outgoing:
    """A delivery to Alice."""
    return Outgoing(1, private_chat(ALICE), Card(tuple(map(Page, texts)), choices))


async def test_pages_go_out_in_order_with_the_buttons_under_the_last(telegram, sender):
    standing = await sender.send(pages("one", "two", choices=BUTTONS))

    assert telegram.chats.texts(HERE) == ["one", "two"]
    assert [bool(call.buttons) for call in telegram.calls] == [False, True]
    assert list(standing) == ["101", "102"]


async def test_no_message_shows_a_preview_of_a_page(telegram, sender):
    await sender.send(pages('<a href="https://a.example">x</a>'))
    assert telegram.calls[0].params["link_preview_options"] == {"is_disabled": True}


async def test_the_first_page_replies_to_the_question_even_if_that_is_gone(telegram, sender):
    await sender.send(replace(pages("one", "two"), reply_to="7"))

    first, second = telegram.calls
    assert first.params["reply_parameters"]["message_id"] == 7
    assert "reply_parameters" not in second.params


async def test_in_a_topic_an_answer_goes_out_when_its_question_is_gone(telegram, sender):
    topic = replace(GROUP, thread="5")
    await sender.send(replace(pages("one"), place=topic, reply_to="7"))

    (call,) = telegram.calls
    assert call.params["message_thread_id"] == 5
    assert "reply_parameters" not in call.params


async def test_an_edit_takes_the_place_of_the_earlier_answer(telegram, sender):
    standing = await sender.send(pages("one", choices=BUTTONS))
    again = await sender.send(replace(pages("uno"), edits=tuple(standing)))

    assert list(again) == list(standing)
    assert telegram.chats.texts(HERE) == ["uno"]


async def test_a_longer_edit_sends_the_rest(telegram, sender):
    standing = await sender.send(pages("one", choices=BUTTONS))
    await sender.send(replace(pages("uno", "due", choices=BUTTONS), edits=tuple(standing)))

    assert telegram.chats.texts(HERE) == ["uno", "due"]
    assert [bool(call.buttons) for call in telegram.calls[1:]] == [False, True]


async def test_a_shorter_edit_deletes_the_surplus(telegram, sender):
    standing = await sender.send(pages("one", "two", "three"))
    again = await sender.send(replace(pages("uno"), edits=tuple(standing)))

    assert telegram.chats.texts(HERE) == ["uno"]
    assert list(again) == list(standing)[:1]


async def test_a_surplus_page_that_is_gone_already_is_no_failure(telegram, sender):
    standing = await sender.send(pages("one", "two"))
    del telegram.chats.messages[HERE, int(standing[1])]

    await sender.send(replace(pages("uno"), edits=tuple(standing)))

    assert telegram.chats.texts(HERE) == ["uno"]


async def test_an_edit_that_changes_nothing_is_a_success(telegram, sender):
    standing = await sender.send(pages("one"))
    again = await sender.send(replace(pages("one"), edits=tuple(standing)))
    assert list(again) == list(standing)


async def test_an_answer_that_was_deleted_is_sent_anew(telegram, sender):
    again = await sender.send(replace(pages("uno"), edits=("55",)))

    assert telegram.chats.texts(HERE) == ["uno"]
    assert list(again) != ["55"]


async def test_an_edit_that_is_refused_for_another_reason_fails(telegram, sender):
    standing = await sender.send(pages("one"))
    telegram.trouble("editMessageText", fake.bad("not enough rights"))

    with pytest.raises(NotDelivered, match=r"(?i)not enough rights"):
        await sender.send(replace(pages("uno"), edits=tuple(standing)))


async def test_an_interrupted_answer_goes_on_after_what_stands(telegram, sender, notes):
    telegram.trouble("sendMessage", lambda happens: (200, {"ok": True, "result": happens()}))
    telegram.trouble("sendMessage", fake.unreachable)
    answer = pages("one", "two", "three", choices=BUTTONS)

    with pytest.raises(NotDelivered):
        await sender.send(answer)
    await sender.send(replace(answer, done=notes.kept[-1]))

    assert telegram.chats.texts(HERE) == ["one", "two", "three"]


async def test_only_the_page_whose_number_got_lost_is_repeated(telegram, sender, notes):
    telegram.trouble("sendMessage", lambda happens: (200, {"ok": True, "result": happens()}))
    telegram.trouble("sendMessage", fake.lost)
    answer = pages("one", "two")

    with pytest.raises(NotDelivered):
        await sender.send(answer)
    await sender.send(replace(answer, done=notes.kept[-1]))

    assert telegram.chats.texts(HERE) == ["one", "two", "two"]


async def test_an_answer_follows_a_group_that_became_a_supergroup(telegram, sender):
    telegram.trouble("sendMessage", fake.migrated(-100777))
    await sender.send(replace(pages("one"), place=GROUP))
    assert telegram.chats.texts(-100777) == ["one"]


@pytest.mark.filterwarnings("ignore:Deprecated since version v22.2:DeprecationWarning")
@pytest.mark.parametrize("opted_in", ["true", "false"])
async def test_flood_control_says_when_to_try_again(telegram, sender, monkeypatch, opted_in):
    monkeypatch.setenv("PTB_TIMEDELTA", opted_in)
    telegram.trouble("sendMessage", fake.flood(7))

    with pytest.raises(NotDelivered) as failure:
        await sender.send(pages("one"))

    assert (failure.value.permanent, failure.value.retry_after) == (False, 7.0)


@pytest.mark.parametrize("trouble", [fake.blocked, fake.bad("chat not found")])
async def test_a_chat_that_is_closed_to_the_bot_is_given_up(telegram, sender, trouble):
    telegram.trouble("sendMessage", trouble)
    with pytest.raises(NotDelivered) as failure:
        await sender.send(pages("one"))
    assert failure.value.permanent


@pytest.mark.parametrize("trouble", [fake.unreachable, fake.broken, fake.lost])
async def test_trouble_on_the_way_is_worth_another_try(telegram, sender, trouble):
    telegram.trouble("sendMessage", trouble)
    with pytest.raises(NotDelivered) as failure:
        await sender.send(pages("one"))
    assert not failure.value.permanent


async def test_text_that_is_not_html_would_be_refused(telegram, sender):
    with pytest.raises(NotDelivered, match=r"(?i)entities"):
        await sender.send(pages("<b>one"))
    assert telegram.calls == []
