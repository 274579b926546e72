"""What is kept about one person, over every table there is: also those that are added later."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import JSON, Boolean, Float, Integer, LargeBinary, Table, insert, select

from bot.store.base import Moment
from bot.store.catalogue import metadata
from bot.store.engine import opened
from bot.store.migrations import upgrade
from bot.store.personal import erase, everything
from bot.store.steady import Steady
from bot.store.store import SqlStore
from tests.cast import ALICE, BOB, NOON, STRANGER

NAMES = {
    ALICE.key: "Alicia Erasable",
    BOB.key: "Robert Staying",
    f"{ALICE.key}1": "Alicia Erasables",
}
Row = Mapping[str, Any]


def values(table: Table, key: str, number: int, rows: Mapping[str, Row]) -> dict[str, Any]:
    """Return a row for somebody: what can refer to them does, what can name them does."""
    if table.name == "people":
        return {"id": number, "key": key}
    if table.name == "chats":
        return {"id": number, "key": key, "platform": "telegram", "private": True}
    return {column.name: value(table, column.name, key, number, rows) for column in table.c}


def value(table: Table, name: str, key: str, number: int, rows: Mapping[str, Row]) -> Any:
    column = table.c[name]
    for foreign in column.foreign_keys:
        return rows[foreign.column.table.name][foreign.column.name]
    unique = column.primary_key or column.unique
    if name == "name" and table.name == "participants":
        return NAMES[key]
    match column.type:
        case JSON():
            named = table.name in {"answers", "outbox", "sessions", "undelivered"}
            return {"by": key, "text": f"So says {NAMES[key]}." if named else ""}
        case Moment():
            return NOON
        case Boolean():
            return False
        case Integer() | Float():
            return number
        case LargeBinary():
            return b"x"
        case _:
            return f"{table.name}-{name}-{number}" if unique else f"by {key}."


async def fill(connection: Steady, key: str, number: int) -> None:
    """Put a row about somebody into every table."""
    rows: dict[str, Row] = {}
    for table in metadata.sorted_tables:
        rows[table.name] = values(table, key, number, rows)
        await connection.execute(insert(table).values(rows[table.name]))


async def test_everything_that_refers_to_a_person_is_shown_to_them_alone(url: str):
    async with opened(url) as engine, engine.begin() as plain:
        connection = Steady(plain)
        await connection.run_sync(upgrade)
        await fill(connection, ALICE.key, 1)
        await fill(connection, BOB.key, 2)

        found = await everything(connection, ALICE.key)

    referring = {
        table.name
        for table in metadata.sorted_tables
        for key in table.foreign_keys
        if key.column.table.name in {"people", "chats", "participants", "receipts"}
    }
    assert set(found) == {"people", "chats", *referring}
    assert all(len(rows) == 1 for rows in found.values())
    assert BOB.key not in str(found)


async def test_who_is_erased_is_in_no_table_any_more_and_the_others_are(url: str):
    async with opened(url) as engine, engine.begin() as plain:
        connection = Steady(plain)
        await connection.run_sync(upgrade)
        await fill(connection, ALICE.key, 1)
        await fill(connection, BOB.key, 2)
        before = await everything(connection, BOB.key)

        await erase(connection, ALICE.key)

        assert await everything(connection, ALICE.key) == {}
        assert await everything(connection, BOB.key) == before
        kept = [str((await connection.execute(select(t))).all()) for t in metadata.sorted_tables]
    assert not [text for text in kept if ALICE.key in text or NAMES[ALICE.key] in text]
    assert [text for text in kept if BOB.key in text]


async def test_what_only_counts_stays_when_its_person_goes(url: str):
    async with opened(url) as engine, engine.begin() as plain:
        connection = Steady(plain)
        await connection.run_sync(upgrade)
        await fill(connection, ALICE.key, 1)

        await erase(connection, ALICE.key)

        left = [(await connection.execute(select(metadata.tables["answers"]))).one()]
    assert left[0].response["text"] == ""


async def test_the_files_of_the_database_have_nothing_of_who_was_erased(tmp_path: Path):
    url = f"sqlite:///{tmp_path}/some.db"
    async with opened(url) as engine, engine.begin() as plain:
        await plain.run_sync(upgrade)
        await fill(Steady(plain), ALICE.key, 1)
        await fill(Steady(plain), BOB.key, 2)

    async with SqlStore.open(url) as store:
        async with store.work(NOON) as work:
            await work.file_report(STRANGER, (), "Said by a stranger.", NOON)
        async with store.work(NOON) as work:
            await work.personal.erase(ALICE.key)
            await work.personal.erase(STRANGER.key)
        files = {path.name: path.read_bytes() for path in tmp_path.iterdir()}  # noqa: ASYNC240 - as another program would find them

    assert set(files) >= {"some.db", "some.db-wal"}
    content = b"".join(files.values())
    assert BOB.key.encode() in content
    assert ALICE.key.encode() not in content
    assert NAMES[ALICE.key].encode() not in content
    assert STRANGER.key.encode() not in content
    assert b"Said by a stranger." not in content


async def test_an_id_that_only_begins_alike_is_left_alone(url: str):
    longer = f"{ALICE.key}1"
    async with opened(url) as engine, engine.begin() as plain:
        connection = Steady(plain)
        await connection.run_sync(upgrade)
        await fill(connection, ALICE.key, 1)
        await fill(connection, longer, 2)
        before = await everything(connection, longer)

        await erase(connection, ALICE.key)

        assert await everything(connection, longer) == before
