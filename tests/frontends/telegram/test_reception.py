import asyncio
import logging

import pytest

from bot.core.cards import Card
from bot.core.events import Event, Said
from bot.core.page import Page
from bot.core.words import say
from bot.frontends.telegram.poll import FetchingBot
from bot.frontends.telegram.reception import Reception
from bot.service.desk import Handled
from bot.service.ports import StoreProblem
from bot.store.store import SqlStore
from tests.cast import NOON
from tests.frontends.telegram.desks import NotingDesk
from tests.frontends.telegram.fake import unreachable
from tests.frontends.telegram.updates import (
    chat,
    from_bot,
    in_group,
    message,
    press,
    query,
    update,
    user,
)


@pytest.fixture
def reception(bot: FetchingBot, desk: NotingDesk) -> Reception:
    return Reception(bot, bot.bot, desk, asyncio.Event(), pauses=(0.0, 0.0))


async def queued(store: SqlStore) -> list[str]:
    return [out.card.pages[0].text for out in await store.claim("telegram", NOON, 50)]


def words(event: Event) -> str:
    return event.text if isinstance(event, Said) else ""


async def test_a_chat_keeps_its_order_also_when_one_message_needs_a_second_try(reception, desk):
    failures = iter([ValueError("oh")])

    def fail_once(_: Event) -> None:
        for failure in failures:
            raise failure

    desk.before = fail_once
    async with asyncio.TaskGroup() as tasks:
        for text in "abcdefgh":
            tasks.create_task(reception.take(update(message=message(text))))

    assert [words(event) for event in desk.kept] == list("abcdefgh")


async def test_chats_do_not_wait_for_each_other(reception, desk):
    desk.together = asyncio.Barrier(40)
    async with asyncio.TaskGroup() as tasks:
        for number in range(300, 340):
            there = message("when?", chat=chat(number), **{"from": user(number)})
            tasks.create_task(reception.take(update(message=there)))
    assert len(desk.kept) == 40


async def test_a_repeated_update_is_kept_once(reception, desk):
    again = update(message=message("when?"))
    await reception.take(again)
    await reception.take(again)
    assert len(desk.kept) == 1


async def test_what_fails_once_is_tried_again(reception, desk, store):
    failures = iter([ValueError("oh")])

    def fail_once(_: Event) -> None:
        for failure in failures:
            raise failure

    desk.before = fail_once
    await reception.take(update(7, message=message("when?")))

    assert await queued(store) == ["to 7"]


async def test_what_keeps_failing_is_put_aside_and_its_chat_is_told(
    reception, desk, store, caplog
):
    def fail(event: Event) -> None:
        if words(event) == "poison":
            raise ValueError(words(event))

    desk.before = fail
    with caplog.at_level(logging.ERROR):
        await reception.take(update(7, message=message("poison")))
        await reception.take(update(7, message=message("poison")))
    await reception.take(update(8, message=message("when?", chat=chat(103))))

    assert await queued(store) == [say("failed"), "to 8"]
    assert "put update 7 (message) aside: ValueError at" in caplog.text
    assert "poison" not in caplog.text


async def test_an_update_that_cannot_be_read_is_put_aside(reception, desk, caplog):
    unreadable = update(7, message={"message_id": 1, "text": "secret"})
    await reception.take(unreadable)

    assert desk.kept == []
    assert "put update 7 (message) aside" in caplog.text
    assert "secret" not in caplog.text


async def test_nothing_is_put_aside_while_the_store_is_out_of_reach(reception, desk, store):
    def fail(_: Event) -> None:
        raise StoreProblem("The database is locked.")

    desk.before = fail
    with pytest.raises(StoreProblem):
        await reception.take(update(message=message("when?")))

    assert await queued(store) == []


async def test_a_press_is_confirmed_once_it_is_committed(reception, desk, telegram):
    telegram.waiting.add("77")
    desk.shows = Handled(toast=Card((Page("Saved &amp; <b>kept</b>"),), notice="report.saved"))

    await reception.take(update(callback_query=press("1|s|t", from_bot())))
    await reception.finish()

    (call,) = telegram.calls
    assert call.params == {"callback_query_id": "77", "text": "Saved & kept"}


async def test_a_confirmation_has_at_most_200_letters(reception, desk, telegram):
    telegram.waiting.add("77")
    desk.shows = Handled(toast=Card((Page("word " * 80),)))

    await reception.take(update(callback_query=press("1|s|t", from_bot())))
    await reception.finish()

    assert len(telegram.calls[0].params["text"]) <= 200


async def test_a_press_that_came_before_is_confirmed_without_words(reception, desk, telegram):
    again = update(callback_query=press("1|s|t", from_bot()))
    desk.shows = Handled(toast=Card((Page("Saved"),)))
    for _ in range(2):
        telegram.waiting.add("77")
        await reception.take(again)
        await reception.finish()
    assert [call.params.get("text") for call in telegram.calls] == ["Saved", None]


async def test_a_press_that_is_not_ours_stops_the_waiting(reception, desk, telegram):
    telegram.waiting.add("77")
    await reception.take(update(callback_query=press("forged")))
    await reception.finish()
    assert desk.kept == []
    assert telegram.waiting == set()


async def test_a_confirmation_that_comes_too_late_is_no_failure(reception, desk, telegram):
    await reception.take(update(callback_query=press("1|s|t", from_bot())))
    await reception.finish()
    assert len(desk.kept) == 1
    assert telegram.calls == []


async def test_a_confirmation_that_gets_lost_is_no_failure(reception, desk, telegram):
    telegram.trouble("answerCallbackQuery", unreachable)
    await reception.take(update(callback_query=press("1|s|t", from_bot())))
    await reception.finish()
    assert len(desk.kept) == 1


async def test_a_failing_press_says_so(reception, desk, telegram, store):
    def fail(_: Event) -> None:
        raise ValueError

    desk.before = fail
    telegram.waiting.add("77")
    await reception.take(update(callback_query=press("1|s|t", from_bot())))
    await reception.finish()

    assert telegram.calls[0].params["text"] == say("failed")


async def test_inline_results_are_the_same_for_everybody_and_soon_forgotten(
    reception, desk, telegram
):
    telegram.waiting.add("88")
    offer = Card(
        (Page("<b>Three.</b>\n\nDouble-check."), Page("more")), title="How many", short="Check."
    )
    desk.shows = Handled(offers=(offer, offer))

    await reception.take(update(inline_query=query("how many")))
    await reception.finish()

    (call,) = telegram.calls
    assert call.texts == ["Three.\n\nDouble-check."] * 2
    assert call.params["cache_time"] == 60
    assert call.params["is_personal"] is False
    assert call.params["results"][0]["description"] == "Three. Check."


async def test_that_there_are_no_results_is_not_remembered(reception, desk, telegram):
    telegram.waiting.add("88")
    await reception.take(update(inline_query=query("how many")))
    await reception.finish()
    (call,) = telegram.calls
    assert (call.params["results"], call.params["cache_time"]) == ([], 0)
    assert call.params["is_personal"] is True


async def test_an_album_gets_one_kind_word(reception, desk):
    photo = [{"file_id": "p", "file_unique_id": "p", "width": 1, "height": 1}]
    for number in range(3):
        picture = message(photo=photo, media_group_id="album", message_id=number + 1)
        await reception.take(update(message=picture))
    assert [words(event) for event in desk.kept] == [""]


async def test_the_words_of_an_album_are_read_wherever_they_stand(reception, desk):
    photo = [{"file_id": "p", "file_unique_id": "p", "width": 1, "height": 1}]
    for caption in ({}, {"caption": "when?"}):
        await reception.take(update(message=message(photo=photo, media_group_id="a", **caption)))
    assert [words(event) for event in desk.kept] == ["", "when?"]


async def test_what_is_not_for_the_bot_leaves_no_trace(reception, desk, store, telegram):
    await reception.take(update(message=in_group("hello all")))
    await reception.finish()
    assert (desk.kept, telegram.calls, await queued(store)) == ([], [], [])
