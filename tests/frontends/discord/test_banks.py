"""Banks, as editors have them on Discord."""

from collections.abc import AsyncIterator

import pytest

from bot.core.events import MOST_BYTES
from bot.core.roles import Role
from bot.service.bank_part import BankPart
from bot.service.banks import Banks
from bot.service.desk import Desk
from bot.service.shelves import find_packs, open_library
from tests.frontends.discord.scene import Scene, labels, opened, said, text

GIFT = b"::Cranes:: According to the article, how many cranes are there? {=six ~five ~seven}"


@pytest.fixture
async def scene(store, shelf) -> AsyncIterator[Scene]:
    """A server whose manager is an admin of the bot."""

    def set_up(desk: Desk) -> None:
        desk.parts = (BankPart(desk, Banks(store, desk.clock), str),)

    async with opened(store, open_library(find_packs(shelf)), set_up) as scene:
        await scene.grants(scene.manager, Role.ADMIN)
        yield scene


async def finished(scene: Scene):
    """Wait for what is done aside; return what its person was then sent."""
    [part] = scene.desk.parts
    await part.errands.finish()
    assert await scene.delivers() == []
    return scene.manager.user.dm_channel.last_message


async def imported(scene: Scene):
    await scene.manager.slash(
        scene.channel, "bank import", file=("cranes.gift", GIFT), bank="harbour-quiz"
    )
    return await finished(scene)


async def test_a_file_is_imported_into_a_draft(scene: Scene):
    shown = await imported(scene)

    assert "1 new questions" in text(shown)
    assert "Publish" in " ".join(labels(shown))


async def test_a_draft_is_published_by_its_button_and_rolled_back(scene: Scene):
    shown = await imported(scene)

    button = next(label for label in labels(shown) if label.startswith("Publish"))
    await scene.manager.user.click(shown, label=button)
    told = await finished(scene)
    history = await scene.manager.slash(scene.channel, "bank history", bank="harbour-quiz")
    versions = await finished(scene)

    assert text(told)
    assert history.ephemeral
    assert text(versions)


async def test_a_file_without_a_bank_is_asked_about(scene: Scene):
    asked = await scene.manager.slash(scene.channel, "bank import", file=("cranes.gift", GIFT))

    assert "Into which bank" in text(asked.response)
    assert labels(asked.response)


async def test_who_is_no_editor_imports_nothing(scene: Scene):
    command = scene.env.backend.find_command("bank", scene.guild.id, type=1)
    scene.guild.set_command_permissions(int(command["id"]), {scene.alice: True})

    refused = await scene.alice.slash(scene.channel, "bank import", file=("cranes.gift", GIFT))

    assert refused.ephemeral
    assert "cranes" not in text(*said(refused))
    async with scene.store.work(scene.now) as work:
        assert await work.banks.drafts() == []


async def test_a_file_that_is_too_large_is_not_even_fetched(scene: Scene):
    large = await scene.manager.slash(
        scene.channel, "bank import", file=("large.gift", b"x" * (MOST_BYTES + 1))
    )

    assert "too large" in text(large.response)


async def test_drafts_and_versions_are_offered_to_editors_alone(scene: Scene):
    await imported(scene)
    command = scene.env.backend.find_command("bank", scene.guild.id, type=1)
    scene.guild.set_command_permissions(int(command["id"]), {scene.alice: True})

    drafts = await scene.manager.autocomplete(scene.channel, "bank publish", "draft", "")
    none = await scene.alice.autocomplete(scene.channel, "bank publish", "draft", "")
    banks = await scene.manager.autocomplete(scene.channel, "bank history", "bank", "har")
    versions = await scene.manager.autocomplete(
        scene.channel, "bank rollback", "version", "", bank="harbour"
    )

    assert [draft["name"] for draft in drafts] == ["1 · harbour-quiz"]
    assert none == []
    assert [bank["value"] for bank in banks] == ["harbour"]
    assert versions == []
