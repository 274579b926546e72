from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text, update

from bot.core.events import Person
from bot.service.ports import Exchange, Retention
from bot.store.class_tables import assignments
from bot.store.engine import opened
from bot.store.live_tables import sessions
from bot.store.migrations import upgrade
from bot.store.steady import Steady
from bot.store.store import SqlStore
from tests.cast import ALICE, BOB, NOON, private_chat
from tests.forgetting import forget
from tests.store.filling import fill
from tests.store.things import card, receipt

KEPT = Retention(
    seen=timedelta(days=2),
    receipts=timedelta(days=30),
    transcript=timedelta(days=1),
    reports=timedelta(days=60),
)
AGES = {
    "seen": KEPT.seen,
    "receipts": KEPT.receipts,
    "outbox": KEPT.receipts,
    "transcript": KEPT.transcript,
    "reports": KEPT.reports,
    "asked": timedelta(hours=1),
    "expecting": timedelta(minutes=10),
}


async def leave_traces(store: SqlStore, by: Person, at: datetime) -> None:
    """Let a person do everything that is remembered."""
    place = private_chat(by)
    async with store.work(at) as work:
        await work.first_time("telegram", "1")
        await work.may_ask(by.key, at, 30, timedelta(minutes=1))
        await work.keep_receipt(replace(receipt(f"of {by.key}", by=by), at=at))
        await work.expect(place, by.key, "report", "a", at + timedelta(minutes=10))
        await work.file_report(by, [], "words", at)
        await work.note(place, Exchange("question", (card("answer"),), at))
        await work.queue(place, card("answer"), receipt=f"of {by.key}")


async def count(url: str, table: str) -> int:
    async with opened(url) as engine, engine.connect() as connection:
        found = await connection.execute(text(f"SELECT * FROM {table}"))  # noqa: S608 - names of ours
        return len(found.all())


@pytest.mark.parametrize("table", AGES)
async def test_each_thing_is_kept_for_its_time_and_no_longer(url: str, table: str):
    late = NOON + AGES[table]
    async with SqlStore.open(url, KEPT) as store:
        await leave_traces(store, ALICE, NOON)

        await forget(store, late)
        assert await count(url, table) == 1

        await forget(store, late + timedelta(seconds=1))
        assert await count(url, table) == 0


async def test_what_could_not_be_sent_is_forgotten_with_the_receipts(url: str):
    async with SqlStore.open(url, KEPT) as store:
        await leave_traces(store, ALICE, NOON)
        [outgoing] = await store.claim("telegram", NOON, 1)
        await store.given_up(outgoing, "blocked", NOON)

        await forget(store, NOON + KEPT.receipts + timedelta(seconds=1))

    assert await count(url, "undelivered") == 0


async def test_the_messages_of_an_answer_go_with_its_receipt(url: str):
    async with SqlStore.open(url, KEPT) as store:
        await leave_traces(store, ALICE, NOON)
        [outgoing] = await store.claim("telegram", NOON, 1)
        await store.delivered(outgoing, ["20"])
        assert await count(url, "sent") == 1

        await forget(store, NOON + KEPT.receipts + timedelta(seconds=1))

    assert await count(url, "sent") == 0


async def test_a_letter_outlives_the_receipt_of_its_answer(url: str):
    async with SqlStore.open(url, KEPT) as store:
        async with store.work(NOON) as work:
            await work.keep_receipt(receipt("a"))
        async with store.work(NOON + KEPT.receipts) as work:
            await work.queue(private_chat(ALICE), card("answer"), receipt="a")
        await forget(store, NOON + KEPT.receipts + timedelta(seconds=1))

        [outgoing] = await store.claim("telegram", NOON + KEPT.receipts, 1)
        await store.delivered(outgoing, ["20"])

    assert outgoing.receipt == ""
    assert await count(url, "sent") == 0


async def test_people_and_chats_of_whom_nothing_is_left_are_forgotten(url: str):
    late = NOON + KEPT.reports
    async with SqlStore.open(url, KEPT) as store:
        await leave_traces(store, ALICE, NOON)
        await forget(store, late)
        assert await count(url, "people") == 1

        async with store.work(late) as work:
            await work.file_report(BOB, [], "words", late)
        await forget(store, late + timedelta(seconds=1))

        assert [report.person for report in await store.reports(9)] == [BOB.key]
    assert (await count(url, "people"), await count(url, "chats")) == (1, 0)


async def test_nothing_of_a_forgotten_person_is_left_in_the_file(sqlite_url: str):
    bob = "telegram:7700770077"
    async with SqlStore.open(sqlite_url, KEPT) as store:
        await leave_traces(store, Person(bob), NOON)
        await forget(store, NOON + timedelta(days=99))

    folder = Path(sqlite_url.removeprefix("sqlite:///")).parent
    assert [file.name for file in folder.iterdir()] == ["doublecheck.db"]
    assert bob.encode() not in (folder / "doublecheck.db").read_bytes()


@pytest.mark.parametrize(("ended", "left"), [(NOON, 0), (None, 1)])
async def test_a_quiz_goes_with_its_answers_a_time_after_its_end(
    url: str, ended: datetime | None, left: int
):
    async with opened(url) as engine, engine.begin() as plain:
        await plain.run_sync(upgrade)
        rows = await fill(Steady(plain), ALICE.key, 1)
        kept = update(sessions).where(sessions.c.id == rows["sessions"]["id"])
        await plain.execute(kept.values(at=NOON, ended=ended))
        await plain.execute(update(assignments).values(deleted=None))

    async with SqlStore.open(url, KEPT) as store:
        await forget(store, NOON + KEPT.results + timedelta(seconds=1))

    tables = ("sessions", "session_questions", "questions_kept", "answers")
    assert [await count(url, table) for table in tables] == [left] * 4
