import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, text

from bot.service.ports import StoreProblem
from bot.store.catalogue import metadata
from bot.store.engine import opened
from bot.store.migrations import upgrade
from bot.store.store import SqlStore
from tests.cast import NOON


def difference(connection: Connection) -> list[object]:
    options = {"compare_type": True, "compare_server_default": True}
    return list(compare_metadata(MigrationContext.configure(connection, opts=options), metadata))


async def test_the_revisions_lead_to_the_tables(bare: str):
    async with opened(bare) as engine, engine.begin() as connection:
        await connection.run_sync(upgrade)
        assert await connection.run_sync(difference) == []


async def test_opening_again_keeps_what_is_there(url: str):
    async with SqlStore.open(url) as store, store.work(NOON) as work:
        assert await work.first_time("telegram", "1")

    async with SqlStore.open(url) as store, store.work(NOON) as work:
        assert not await work.first_time("telegram", "1")


async def test_a_newer_database_is_refused_in_words_and_left_alone(url: str):
    async with SqlStore.open(url):
        pass
    async with opened(url) as engine, engine.begin() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(StoreProblem, match="written by a newer version of this program"):
        async with SqlStore.open(url):
            pass

    async with opened(url) as engine, engine.connect() as connection:
        assert await connection.scalar(text("SELECT version_num FROM alembic_version")) == "9999"
