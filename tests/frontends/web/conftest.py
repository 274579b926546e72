"""A desk with a small pack, and people at its page."""

from collections.abc import AsyncGenerator
from dataclasses import replace
from itertools import count

import pytest

from bot.core.library import Library
from bot.frontends.web.markup import MARKUP
from bot.service.desk import Desk
from bot.service.shelves import open_library
from bot.store.store import SqlStore
from tests.cast import NOON
from tests.frontends.web.visitor import TOWN, Visitor


@pytest.fixture(scope="session")
def town() -> Library:
    """The small pack, open for questions."""
    return open_library([TOWN])


@pytest.fixture
async def desk(town: Library, database: str) -> AsyncGenerator[Desk]:
    """A desk with the small pack and a store of its own."""
    tokens = (f"token{number:011}" for number in count())
    async with SqlStore.open(database) as store:
        yield Desk(store, town, {"web": MARKUP}, lambda: NOON, lambda: next(tokens))


@pytest.fixture
def visitor(desk: Desk) -> Visitor:
    """Somebody at the page."""
    return Visitor(desk)


@pytest.fixture
def without_packs(desk: Desk) -> Visitor:
    """Somebody at the page of a bot that has no pack."""
    return Visitor(replace(desk, library=Library(())))
