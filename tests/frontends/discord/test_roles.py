"""Handing a role on, as people have it on Discord."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.core.words import say
from bot.service.desk import Desk
from bot.service.role_part import RolePart
from bot.service.shelves import find_packs, open_library
from bot.store.store import SqlStore
from tests.frontends.discord.scene import Scene, labels, opened, said, text


@pytest.fixture
async def scene(database: str, shelf: Path) -> AsyncIterator[Scene]:
    """A server in which Alice owns the bot."""
    owners: list[str] = []
    async with SqlStore.open(database, owners=owners) as store:
        part = RolePart(lambda: "https://quiz.example", lambda: {"discord": "Doublecheck"})

        def set_up(desk: Desk) -> None:
            desk.parts = (part,)

        async with opened(store, open_library(find_packs(shelf)), set_up) as scene:
            owners.append(f"discord:{scene.alice.id}")
            yield scene


async def test_a_role_is_handed_on_by_a_code_that_only_its_maker_sees(scene):
    made = await scene.alice.slash(scene.channel, "grant", role="teacher", whom="Bob")
    assert made.ephemeral
    code = re.findall(r"code:([\w-]{20,})", text(made.response))[0]

    taken = await scene.bob.slash(scene.channel, "accept", code=code)
    late = await scene.manager.slash(scene.channel, "accept", code=f"g_{code}")
    await scene.delivers()

    assert "You have the role teacher here now" in text(taken.response)
    assert taken.ephemeral
    assert say("role.link.used") in text(late.response)


async def test_who_may_manage_the_server_has_no_role_by_that(scene):
    for name in ("roles", "signin", "audit"):
        answer = await scene.manager.slash(scene.channel, name)
        assert "This is for people with the role" in text(answer.response)
        assert answer.ephemeral


async def test_a_role_is_taken_away_and_the_log_says_so(scene):
    made = await scene.alice.slash(scene.channel, "grant", role="editor")
    code = re.findall(r"code:([\w-]{20,})", text(made.response))[0]
    await scene.bob.slash(scene.channel, "accept", code=code)

    people = await scene.alice.slash(scene.channel, "roles")
    [label] = [one for one in labels(people.response) if one.startswith("Revoke")]
    sure = await scene.alice.click(people.response, label=label)
    await scene.alice.click(sure.response, label=say("role.button.sure"))

    log = await scene.alice.slash(scene.channel, "audit", acts=1)
    assert "took the role editor away from" in text(*said(log))


async def test_the_page_is_opened_by_a_link(scene):
    link = await scene.alice.slash(scene.channel, "signin")
    out = await scene.alice.slash(scene.channel, "signout")

    assert "https://quiz.example/signin/" in text(link.response)
    assert say("role.signout.none") in text(out.response)
