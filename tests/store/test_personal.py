"""What is kept about one person, over every table there is: also those that are added later."""

from pathlib import Path

from sqlalchemy import select, update

from bot.store.catalogue import metadata
from bot.store.class_tables import classes
from bot.store.engine import opened
from bot.store.migrations import upgrade
from bot.store.personal import erase, everything
from bot.store.steady import Steady
from bot.store.store import SqlStore
from tests.cast import ALICE, BOB, NOON, STRANGER
from tests.store.filling import NAMES, fill


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

        await erase(connection, ALICE.key, NOON)

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

        await erase(connection, ALICE.key, NOON)

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

        await erase(connection, ALICE.key, NOON)

        assert await everything(connection, longer) == before


async def test_the_classes_of_a_teacher_who_goes_are_closed(url: str):
    async with opened(url) as engine, engine.begin() as plain:
        connection = Steady(plain)
        await connection.run_sync(upgrade)
        await fill(connection, ALICE.key, 1)
        await connection.execute(update(classes).values(closed=None))

        await erase(connection, ALICE.key, NOON)

        left = (await connection.execute(select(classes))).one()
    assert (left.owner, left.closed) == (None, NOON)
