"""Two workers on one database: one publishes, the other is told; a folder is taken in once."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.core.roles import LOCAL_OWNER
from bot.service.bank_problems import Refusal
from bot.service.bank_publishing import Publisher
from bot.service.banks import Banks
from bot.service.librarian import Librarian, take_in
from bot.store.store import SqlStore
from tests.cast import NOON
from tests.service import banking

Workers = tuple[Banks, Banks]


@pytest.fixture
async def workers(url: str) -> AsyncIterator[Workers]:
    async with SqlStore.open(url) as one, SqlStore.open(url) as other:
        yield Banks(one, lambda: NOON), Banks(other, lambda: NOON)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inner = tmp_path / "packs" / "ports"
    inner.mkdir(parents=True)
    for name, text in banking.TEXTS.items():
        (inner / name).write_text(text, encoding="utf-8")
    return inner.parent


async def test_the_folder_is_taken_in_once_by_two_that_start_together(
    workers: Workers, folder: Path
):
    one, other = workers

    await asyncio.gather(take_in(one, folder), take_in(other, folder))

    [told] = await one.history("ports")
    assert (told.version.number, len(told.publications)) == (1, 1)
    assert await other.drafts() == []


async def test_of_two_workers_that_publish_at_once_one_wins_and_both_end_up_alike(
    workers: Workers, folder: Path
):
    one, other = workers
    await take_in(one, folder)
    librarians = [Librarian(banks) for banks in workers]
    drafts = [await banks.open_draft("ports", LOCAL_OWNER) for banks in workers]
    for banks, draft, title in zip(workers, drafts, "AB", strict=True):
        await banks.rename_topic(draft.id, 1, LOCAL_OWNER, "depths", title)

    done = await asyncio.gather(
        *(
            Publisher(banks).publish(draft.id, 2, LOCAL_OWNER)
            for banks, draft in zip(workers, drafts, strict=True)
        ),
        return_exceptions=True,
    )

    assert sum(isinstance(one, Refusal) for one in done) == 1
    for librarian in librarians:
        await librarian.look()
    packs = [shelf.pack for librarian in librarians for shelf in librarian.library.shelves]
    assert packs[0] == packs[1]
    assert packs[0].topics["depths"] in {"A", "B"}
    assert [dict(librarian.versions) for librarian in librarians] == [{"ports": 2}] * 2
    assert len(await other.history("ports")) == 2
