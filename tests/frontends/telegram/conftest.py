"""A bot, a fake Telegram under it, and a real store."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.frontends.telegram.poll import FetchingBot
from bot.service.shelves import find_packs, open_library
from bot.store.store import SqlStore
from tests.frontends.telegram.desks import NotingDesk, noting_desk
from tests.frontends.telegram.fake import FakeTelegram
from tests.frontends.telegram.scene import Scene


@pytest.fixture
def telegram() -> FakeTelegram:
    return FakeTelegram()


@pytest.fixture
async def bot(telegram: FakeTelegram) -> AsyncIterator[FetchingBot]:
    """A bot that has said hello; the record begins after that."""
    async with FetchingBot(telegram.token, request=telegram, get_updates_request=telegram) as bot:
        telegram.calls.clear()
        yield bot


@pytest.fixture
async def store(database: str) -> AsyncIterator[SqlStore]:
    async with SqlStore.open(database) as store:
        yield store


@pytest.fixture
def desk(store: SqlStore) -> NotingDesk:
    return noting_desk(store)


@pytest.fixture
def scene(bot: FetchingBot, telegram: FakeTelegram, store: SqlStore, shelf: Path) -> Scene:
    """A stage with one small pack."""
    return Scene(bot, telegram, store, open_library(find_packs(shelf)))
