import asyncio
from collections.abc import Callable

import pytest

from bot.core.events import Event, Said
from bot.frontends.starting import CannotStart
from bot.frontends.telegram.poll import Poll
from bot.frontends.telegram.reception import Reception
from bot.service.ports import StoreProblem
from tests.frontends.telegram import fake
from tests.frontends.telegram.updates import message, update

Until = Callable[[int], "asyncio.Future[None]"]


@pytest.fixture
def poll(bot, desk):
    stop = asyncio.Event()
    reception = Reception(bot, bot.bot, desk, stop, pauses=(0.0, 0.0))
    return Poll(bot, reception, first_pause=0.0), stop


def texts(desk) -> list[str]:
    return [event.text for event in desk.kept if isinstance(event, Said)]


def ends_after(desk, stop: asyncio.Event, text: str) -> None:
    """End the loop when that question was kept."""

    def look(event: Event) -> None:
        if isinstance(event, Said) and event.text == text:
            stop.set()

    desk.after = look


async def test_updates_are_fetched_and_confirmed_by_the_next_fetch(poll, desk, telegram):
    loop, stop = poll
    telegram.bring(*(update(n, message=message(f"q{n}")) for n in range(1, 251)))
    ends_after(desk, stop, "q250")

    await loop.run(stop)

    assert texts(desk) == [f"q{n}" for n in range(1, 251)]
    assert telegram.updates[0]["update_id"] == 201


async def test_updates_that_come_later_are_fetched_too(poll, desk, telegram):
    loop, stop = poll
    ends_after(desk, stop, "later")
    running = asyncio.create_task(loop.run(stop))
    telegram.bring(update(1, message=message("later")))
    await running
    assert texts(desk) == ["later"]


async def test_the_end_does_not_wait_for_a_silent_telegram(poll):
    loop, stop = poll
    running = asyncio.create_task(loop.run(stop))
    stop.set()
    await running


@pytest.mark.filterwarnings("ignore:Deprecated since version v22.2:DeprecationWarning")
@pytest.mark.parametrize(
    "trouble",
    [
        fake.unreachable,
        fake.broken,
        fake.flood(0),
        lambda _: fake.refusal(409, "Conflict: terminated by other getUpdates request"),
    ],
)
async def test_trouble_with_fetching_passes(poll, desk, telegram, trouble):
    loop, stop = poll
    telegram.trouble("getUpdates", trouble, trouble)
    telegram.bring(update(1, message=message("when?")))
    ends_after(desk, stop, "when?")

    await loop.run(stop)

    assert texts(desk) == ["when?"]
    assert telegram.troubles_left == 0


async def test_nothing_is_confirmed_while_the_store_is_out_of_reach(poll, desk, telegram, caplog):
    loop, stop = poll
    failures = iter([StoreProblem("The database is locked.")] * 8)

    def fail(event: Event) -> None:
        if isinstance(event, Said) and event.text == "two":
            for failure in failures:
                raise failure

    desk.before = fail
    telegram.bring(update(1, message=message("one")), update(2, message=message("two")))
    ends_after(desk, stop, "two")
    await loop.run(stop)

    assert texts(desk) == ["one", "two"]
    assert "The database is locked." in caplog.text


async def test_one_poisoned_update_does_not_stop_the_others(poll, desk, telegram):
    loop, stop = poll

    def fail(event: Event) -> None:
        if isinstance(event, Said) and event.text == "poison":
            raise ValueError

    desk.before = fail
    telegram.bring(update(1, message=message("poison")), update(2, message={"broken": True}))
    telegram.bring(update(3, message=message("when?")))
    ends_after(desk, stop, "when?")
    await loop.run(stop)

    assert texts(desk) == ["when?"]


async def test_a_token_that_was_taken_back_ends_the_loop_in_words(poll, telegram):
    loop, stop = poll
    telegram.token = "4242:another"
    with pytest.raises(CannotStart, match="TELEGRAM_TOKEN"):
        await loop.run(stop)
