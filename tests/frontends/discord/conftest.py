"""A bot in a Discord of our own: the real library, the real desk and a real store under it."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.service.shelves import find_packs, open_library
from bot.store.store import SqlStore
from tests.frontends.discord.scene import Scene, opened


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database. To make one takes longer than most of these tests; a copy takes nothing."""
    file = tmp_path_factory.mktemp("empty") / "doublecheck.db"

    async def make() -> None:
        async with SqlStore.open(f"sqlite:///{file}"):
            pass

    asyncio.run(make())
    return file


@pytest.fixture
async def store(empty: Path, tmp_path: Path) -> AsyncIterator[SqlStore]:
    file = tmp_path / "doublecheck.db"
    shutil.copy(empty, file)
    async with SqlStore.open(f"sqlite:///{file}") as store:
        yield store


@pytest.fixture
async def scene(store: SqlStore, shelf: Path) -> AsyncIterator[Scene]:
    """A server with one channel, Alice and Bob in it, and a bot with one small pack."""
    async with opened(store, open_library(find_packs(shelf))) as scene:
        yield scene
