"""Handing a role on, as people have it on Telegram."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.core.words import say
from bot.frontends.telegram.poll import FetchingBot
from bot.service.role_part import RolePart
from bot.service.shelves import find_packs, open_library
from bot.store.store import SqlStore
from tests.frontends.telegram.fake import ME, Call, FakeTelegram
from tests.frontends.telegram.scene import Scene
from tests.frontends.telegram.updates import GROUP

ALICE, BOB = 102, 103


@pytest.fixture
async def store(database: str) -> AsyncIterator[SqlStore]:
    async with SqlStore.open(database, owners=(f"telegram:{ALICE}",)) as store:
        yield store


@pytest.fixture
def scene(bot: FetchingBot, telegram: FakeTelegram, store: SqlStore, shelf: Path) -> Scene:
    scene = Scene(bot, telegram, store, open_library(find_packs(shelf)))
    scene.desk.parts = (
        RolePart(lambda: "https://quiz.example", lambda: {"telegram": ME["username"]}),
    )
    return scene


def said(calls: list[Call]) -> list[tuple[int, str]]:
    """Return who was told what."""
    methods = {"sendMessage", "editMessageText"}
    found = [call for call in calls if call.method in methods]
    return [(call.params["chat_id"], call.params["text"]) for call in found]


async def test_an_owner_makes_a_teacher_and_takes_the_role_away(scene: Scene):
    made = await scene.alice.asks("/grant teacher Bob <the> teacher")
    assert "Bob &lt;the&gt; teacher" in made.params["text"]
    payload = re.findall(rf"t\.me/{ME['username']}\?start=(g_[\w-]+)", made.params["text"])[0]

    to_bob, to_alice = said(await scene.bob.writes(f"/start {payload}"))
    assert (to_bob[0], "the role teacher" in to_bob[1]) == (BOB, True)
    assert (to_alice[0], "Bob &lt;the&gt; teacher (telegram:103)" in to_alice[1]) == (ALICE, True)
    helped = said(await scene.bob.writes("/help"))
    assert "Your role here is teacher." in helped[-1][1]

    people = await scene.alice.asks("/roles")
    [(_, sure)] = said(await scene.alice.presses("Revoke", people))
    assert "Take the role teacher away" in sure
    asked = scene.telegram.calls[-1]
    buttons = (
        asked if asked.buttons else next(c for c in reversed(scene.telegram.calls) if c.buttons)
    )
    told = said(await scene.alice.presses(say("role.button.sure"), buttons))

    assert [who for who, _ in told] == [ALICE, BOB]
    assert len(said(await scene.bob.writes("/help"))) == 1


async def test_the_log_comes_as_a_file(scene: Scene):
    await scene.alice.asks("/grant teacher")

    calls = await scene.alice.writes("/audit")

    [document] = [call for call in calls if call.method == "sendDocument"]
    assert "made a link that hands on the role teacher" in str(document.params)


async def test_a_group_hears_nothing_of_roles(scene: Scene):
    reply = await scene.alice.asks(f"/grant@{ME['username']} teacher", where=GROUP)

    assert "private chat" in reply.params["text"]
    assert "start=g_" not in reply.params["text"]
