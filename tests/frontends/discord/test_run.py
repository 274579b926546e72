"""The front end from its first sign of life to its last, with Discord behind a real socket."""

import asyncio
import re
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from yarl import URL

from bot.core.cards import Card
from bot.core.events import Place
from bot.core.page import Page
from bot.frontends.discord.client import INTENTS, invitation
from bot.frontends.discord.run import DiscordFrontEnd
from bot.frontends.starting import CannotStart
from bot.service.shelves import find_packs, open_library
from tests.frontends.discord.scene import Scene
from tests.frontends.discord.server import TOKEN, FakeDiscord, served

DOCUMENT = Path(__file__).parents[3] / "docs" / "discord.md"
CHANNEL = Place("discord", "discord:7", private=False)


@pytest.fixture
async def fake(monkeypatch) -> AsyncIterator[FakeDiscord]:
    discord = FakeDiscord()
    async with served(discord, monkeypatch):
        yield discord


@pytest.fixture
def desk(store, shelf):
    return Scene(store, open_library(find_packs(shelf))).desk


def front_end(desk, token: str = TOKEN) -> DiscordFrontEnd:
    return DiscordFrontEnd(desk, token, first_pause=0.0)


async def runs_until(front: DiscordFrontEnd, reached: asyncio.Event) -> None:
    """Run the front end until something is reached, then end it in order."""
    stop = asyncio.Event()
    running = asyncio.create_task(front.run(stop))
    arrived = asyncio.create_task(reached.wait())
    await asyncio.wait({running, arrived}, return_when=asyncio.FIRST_COMPLETED)
    arrived.cancel()
    stop.set()
    await running


async def test_it_tells_discord_its_commands_and_the_desk_its_name(fake, desk):
    await runs_until(front_end(desk), fake.connected)

    assert {"ask", "quiz", "report", "settings", "Check this message"} <= {*fake.commands}
    assert desk.names == {"discord": "doublecheck"}


async def test_it_sends_what_the_outbox_holds(fake, desk):
    async with desk.store.work(desk.clock()) as work:
        await work.queue(CHANNEL, Card((Page("The board."),)))

    await runs_until(front_end(desk), fake.sent)

    assert [body["embeds"][0]["description"] for body in fake.said] == ["The board."]
    assert fake.said[0]["allowed_mentions"] == {"parse": []}


async def test_it_is_woken_for_its_own_letters_and_others_for_theirs(fake, desk):
    woken: list[str] = []
    desk.wake = woken.append

    await runs_until(front_end(desk), fake.connected)
    desk.wake("discord")
    desk.wake("telegram")

    assert woken == ["telegram"]


async def test_a_wrong_token_is_said_in_words_without_the_token(fake, desk):
    fake.token = "another"

    with pytest.raises(CannotStart) as failure:
        await front_end(desk).run(asyncio.Event())

    assert "DISCORD_TOKEN" in str(failure.value)
    assert TOKEN not in str(failure.value)


async def test_the_start_waits_for_a_discord_that_is_away(fake, desk):
    fake.refusals = [503, 503]

    await runs_until(front_end(desk), fake.connected)

    assert fake.calls["me"] == 3


async def test_the_end_may_come_before_discord_has_answered(fake, desk):
    fake.refusals = [503] * 10_000
    stop = asyncio.Event()
    running = asyncio.create_task(front_end(desk).run(stop))
    stop.set()

    await running

    assert not fake.connected.is_set()


async def test_a_lost_gateway_is_found_again(fake, desk):
    fake.closes = [4000]

    await runs_until(front_end(desk), fake.connected)

    assert fake.closes == []


@pytest.mark.parametrize("code", [4004, 4013])
async def test_a_gateway_that_is_closed_for_good_ends_only_this_front_end(fake, desk, code):
    fake.closes = [code]

    with pytest.raises(CannotStart, match=str(code)):
        await front_end(desk).run(asyncio.Event())


async def test_commands_that_discord_does_not_take_leave_those_of_before(fake, desk, caplog):
    fake.takes_commands = False

    await runs_until(front_end(desk), fake.connected)

    assert "the commands were not taken" in caplog.text


async def test_the_link_of_the_documentation_asks_for_what_the_bot_needs_and_no_more():
    link = URL(invitation(42))
    documented = re.search(r"permissions=(\d+)", DOCUMENT.read_text(encoding="utf-8"))

    assert link.query["client_id"] == "42"
    assert {*link.query["scope"].split()} == {"bot", "applications.commands"}
    assert documented
    assert link.query["permissions"] == documented[1]


def test_no_message_and_no_member_is_listened_to():
    assert [name for name, on in INTENTS if on] == ["guilds"]


def test_nobody_without_a_token_pays_for_the_library():
    code = "import bot.app, sys; print('discord' in sys.modules, 'telegram' in sys.modules)"

    out = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)  # noqa: S603

    assert out.stdout.strip() == "False False"
