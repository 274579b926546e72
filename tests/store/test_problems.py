import sqlite3
from pathlib import Path

import asyncpg
import pytest

from bot.service.ports import StoreProblem
from bot.store.engine import opened
from bot.store.store import SqlStore
from tests.cast import NOON

END_ALL = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"


async def tell(url: str, statement: str) -> None:
    connection = await asyncpg.connect(url)
    await connection.execute(statement)
    await connection.close()


async def problem(url: str) -> str:
    with pytest.raises(StoreProblem) as raised:
        async with SqlStore.open(url):
            pass
    return str(raised.value)


async def test_the_folder_of_the_file_is_made(tmp_path: Path):
    async with SqlStore.open(f"sqlite:///{tmp_path}/new/folder/file.db") as store:
        assert await store.claim("telegram", NOON, 1) == ()


async def test_sqlite_is_set_so_that_a_power_cut_loses_nothing(sqlite_url: str):
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}

    async with opened(sqlite_url) as engine, engine.connect() as connection:
        found = {
            name: (await connection.exec_driver_sql(f"PRAGMA {name}")).scalar() for name in wanted
        }

    assert found == wanted


async def test_a_file_that_is_no_database_is_named_and_left_alone(tmp_path: Path):
    file = tmp_path / "holiday.jpg"
    file.write_text("not a database at all, " * 99)

    words = await problem(f"sqlite:///{file}")

    assert words.startswith(f"The database {file} is damaged, or no database at all.")
    assert file.read_text().startswith("not a database")


async def test_a_folder_is_no_database(tmp_path: Path):
    assert "cannot be opened for writing" in await problem(f"sqlite:///{tmp_path}")


async def test_a_lock_of_another_program_is_explained(tmp_path: Path):
    file = tmp_path / "file.db"
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")

    words = await problem(f"sqlite:///{file}?timeout=0.05")

    other.close()
    assert words.startswith(f"The database {file} is locked by another program")


async def test_a_lock_that_comes_later_is_explained_too(tmp_path: Path):
    file = tmp_path / "file.db"
    async with SqlStore.open(f"sqlite:///{file}?timeout=0.05") as store:
        other = sqlite3.connect(file, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")

        with pytest.raises(StoreProblem, match="is locked by another program"):
            await store.claim("telegram", NOON, 1)

        other.execute("ROLLBACK")
        other.close()
        assert await store.claim("telegram", NOON, 1) == ()


async def test_a_database_in_memory_is_refused():
    assert "forgets everything" in await problem("sqlite://")


@pytest.mark.parametrize("url", ["mysql://host/name", "doublecheck.db", ""])
async def test_an_address_that_is_none_of_ours_is_refused(url: str):
    assert "sqlite:///FILE" in await problem(url)


async def test_a_database_that_was_not_created_is_named(server: str):
    words = await problem(server.replace("/postgres?", "/nowhere?"))

    assert words.startswith("The database nowhere at ")
    assert "does not exist" in words


async def test_a_server_that_is_not_there_is_named_without_the_password():
    words = await problem("postgresql://bot:secret@127.0.0.1:9/doublecheck")

    assert words.startswith("The database doublecheck at 127.0.0.1 cannot be reached.")
    assert "secret" not in words


async def test_a_server_that_restarts_is_a_problem_once_and_then_goes_on(postgresql_url: str):
    async def cut_off_in_the_middle() -> None:
        async with store.work(NOON) as work:
            await work.first_time("telegram", "1")
            await tell(postgresql_url, END_ALL)
            await work.first_time("telegram", "2")

    async with SqlStore.open(postgresql_url) as store:
        with pytest.raises(StoreProblem, match="cannot be reached"):
            await cut_off_in_the_middle()

        async with store.work(NOON) as work:
            assert await work.first_time("telegram", "1")
