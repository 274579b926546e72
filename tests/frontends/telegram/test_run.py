import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

import httpx
import pytest
from starlette.applications import Starlette

from bot.core.effects import Effect
from bot.core.events import Change
from bot.core.words import say
from bot.frontends.starting import CannotStart
from bot.frontends.telegram.commands import ADMINS, GROUP, MORE_GROUP, MORE_PRIVATE, PRIVATE
from bot.frontends.telegram.inbound import RECEIVED
from bot.frontends.telegram.poll import FetchingBot
from bot.frontends.telegram.run import Hook, TelegramFrontEnd
from bot.frontends.telegram.webhook import HEADER
from bot.service.parts import Visit
from tests.cast import ALICE, NOON, private_chat
from tests.frontends.telegram import fake
from tests.frontends.telegram.fake import TOKEN, FakeTelegram
from tests.frontends.telegram.updates import Raw, message, update
from tests.store.things import card, receipt

HOOK = Hook("https://bot.example.org", "a-secret")


def front_end(telegram: FakeTelegram, desk, hook: Hook | None = None) -> TelegramFrontEnd:
    bot = FetchingBot(TOKEN, request=telegram, get_updates_request=telegram)
    return TelegramFrontEnd(bot, desk, hook, first_pause=0.0)


async def runs_until(front: TelegramFrontEnd, reached: asyncio.Event) -> None:
    """Run the front end until something is reached, then end it in order."""
    stop = asyncio.Event()
    running = asyncio.create_task(front.run(stop))
    arrived = asyncio.create_task(reached.wait())
    await asyncio.wait({running, arrived}, return_when=asyncio.FIRST_COMPLETED)
    arrived.cancel()
    stop.set()
    await running


async def menus(telegram: FakeTelegram, desk) -> dict[str, tuple[str, ...]]:
    telegram.calls.clear()
    await runs_until(front_end(telegram, desk), telegram.on("deleteWebhook"))
    return {
        call.params["scope"]["type"]: tuple(c["command"] for c in call.params["commands"])
        for call in telegram.of("setMyCommands")
    }


@dataclass(frozen=True)
class Bringing:
    """A part that brings commands along."""

    commands: frozenset[str]
    verbs: str = ""
    awaits: str = ""
    links: frozenset[str] = frozenset()

    async def take(self, visit: Visit) -> Sequence[Effect]:
        return ()


async def test_the_menus_are_registered_for_private_chats_and_for_groups(telegram, desk):
    assert await menus(telegram, desk) == {
        "all_private_chats": PRIVATE,
        "all_group_chats": GROUP,
        "all_chat_administrators": GROUP,
    }


async def test_what_a_part_brings_along_is_offered_to_whom_it_is_for(telegram, desk):
    desk.parts = (Bringing(frozenset({"live", "pause", "join", "secret"})),)

    assert await menus(telegram, desk) == {
        "all_private_chats": (*PRIVATE, "join", "live"),
        "all_group_chats": (*GROUP, "join"),
        "all_chat_administrators": ("live", "pause", *GROUP, "join"),
    }


def test_every_command_that_is_ever_offered_is_said_in_words():
    for name in {*PRIVATE, *GROUP, *MORE_PRIVATE, *MORE_GROUP, *ADMINS}:
        assert 1 <= len(say(f"command.{name}")) <= 256


async def test_polling_takes_a_webhook_away_and_answers(telegram, desk):
    telegram.bring(update(1, message=message("when?")))
    await runs_until(front_end(telegram, desk), telegram.on("sendMessage"))
    assert [call.text for call in telegram.of("sendMessage")] == ["to 1"]


async def test_the_desk_learns_the_bots_name(telegram, desk):
    await runs_until(front_end(telegram, desk), telegram.on("deleteWebhook"))
    assert desk.names == {"telegram": "doublecheck_bot"}


async def test_the_webhook_is_set_with_its_secret_and_kinds(telegram, desk):
    await runs_until(front_end(telegram, desk, HOOK), telegram.on("setWebhook"))
    (call,) = telegram.of("setWebhook")
    assert call.params == {
        "url": "https://bot.example.org/telegram",
        "secret_token": "a-secret",
        "allowed_updates": list(RECEIVED),
        "max_connections": 100,
    }


async def test_what_comes_by_webhook_is_answered(telegram, desk):
    front, set_up = front_end(telegram, desk, HOOK), telegram.on("setWebhook")
    answered, stop = telegram.on("sendMessage"), asyncio.Event()
    running = asyncio.create_task(front.run(stop))
    await set_up.wait()

    assert await brought(front, update(1, message=message("when?"))) == 200
    await answered.wait()
    stop.set()
    await running

    assert [call.text for call in telegram.of("sendMessage")] == ["to 1"]


async def brought(front: TelegramFrontEnd, body: Raw) -> int:
    """Bring an update to the webhook."""
    transport = httpx.ASGITransport(Starlette(routes=list(front.routes)))
    async with httpx.AsyncClient(transport=transport, base_url="http://bot.example") as web:
        return (await web.post("/telegram", json=body, headers={HEADER: HOOK.secret})).status_code


async def test_after_the_end_the_webhook_asks_telegram_to_come_again(telegram, desk):
    front = front_end(telegram, desk, HOOK)
    await runs_until(front, telegram.on("setWebhook"))
    assert await brought(front, update(1, message=message("when?"))) == 503


async def test_polling_needs_no_route(telegram, desk):
    assert front_end(telegram, desk).routes == []


async def test_a_wrong_token_is_said_in_words_without_the_token(telegram, desk):
    telegram.token = "4242:another"
    with pytest.raises(CannotStart) as failure:
        await front_end(telegram, desk).run(asyncio.Event())
    assert "TELEGRAM_TOKEN" in str(failure.value)
    assert TOKEN not in str(failure.value)
    assert failure.value.__suppress_context__


async def test_a_webhook_that_telegram_refuses_is_said_in_words(telegram, desk):
    telegram.trouble("setWebhook", fake.bad("bad webhook: Failed to resolve host"))
    with pytest.raises(CannotStart, match=r"(?i)failed to resolve host.*WEBHOOK_URL"):
        await front_end(telegram, desk, HOOK).run(asyncio.Event())


async def test_a_token_that_is_taken_back_later_ends_only_this_front_end(telegram, desk):
    begun = telegram.on("deleteWebhook")
    running = asyncio.create_task(front_end(telegram, desk).run(asyncio.Event()))
    await begun.wait()
    telegram.token = "4242:another"
    telegram.bring(update(1, message=message("when?")))
    with pytest.raises(CannotStart):
        await running


@pytest.mark.filterwarnings("ignore:Deprecated since version v22.2:DeprecationWarning")
@pytest.mark.parametrize("trouble", [fake.unreachable, fake.broken, fake.flood(0)])
async def test_the_start_waits_for_a_telegram_that_is_away(telegram, desk, trouble):
    telegram.trouble("getMe", trouble, trouble)
    await runs_until(front_end(telegram, desk), telegram.on("deleteWebhook"))
    assert telegram.troubles_left == 0


async def test_the_end_may_come_before_telegram_has_answered(telegram, desk):
    telegram.trouble("getMe", *[fake.unreachable] * 10_000)
    stop = asyncio.Event()
    running = asyncio.create_task(front_end(telegram, desk).run(stop))
    stop.set()
    await running
    assert telegram.calls == []


async def test_the_desk_is_told_of_a_chat_that_takes_nothing_any_more(telegram, desk, store):
    telegram.trouble("sendMessage", fake.blocked)
    async with store.work(NOON) as work:
        await work.keep_receipt(receipt("own-copy"))
        await work.queue(private_chat(ALICE), card("your own copy"), receipt="own-copy")

    told = asyncio.Event()
    desk.after = lambda _: told.set()
    await runs_until(front_end(telegram, desk), told)

    (gone,) = desk.kept
    assert (gone.place, gone.what) == (private_chat(ALICE), Change.UNREACHABLE)
    assert gone.receipt == "own-copy"
