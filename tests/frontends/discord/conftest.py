"""A bot in a Discord of our own: the real library, the real desk and a real store under it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.service.shelves import find_packs, open_library
from bot.store.store import SqlStore
from tests.frontends.discord.scene import Scene, opened


@pytest.fixture
async def store(database: str) -> AsyncIterator[SqlStore]:
    async with SqlStore.open(database) as store:
        yield store


@pytest.fixture
async def scene(store: SqlStore, shelf: Path) -> AsyncIterator[Scene]:
    """A server with one channel, Alice and Bob in it, and a bot with one small pack."""
    async with opened(store, open_library(find_packs(shelf))) as scene:
        yield scene
