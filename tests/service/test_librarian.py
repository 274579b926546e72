"""The library is what is published: at the start, after each publication, in every worker."""

import asyncio
from pathlib import Path

import pytest

from bot.core.words import say
from bot.formats.problems import PackError
from bot.service.bank_ports import State
from bot.service.bank_publishing import Publisher
from bot.service.banks import Banks
from bot.service.desk import Desk
from bot.service.librarian import Librarian, tell_owners
from bot.service.shelves import NoPack
from bot.store.store import SqlStore
from tests.cast import ALICE, TEACHER
from tests.service import banking
from tests.service.clocks import Time


@pytest.fixture
async def banks(store: SqlStore, time: Time) -> Banks:
    await banking.grant(store)
    return banking.banks_in(store, time)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of packs with one in it."""
    inner = tmp_path / "packs" / "ports"
    inner.mkdir(parents=True)
    for name, text in banking.TEXTS.items():
        (inner / name).write_text(text, encoding="utf-8")
    return inner.parent


def rewrite(folder: Path, old: str, new: str) -> None:
    file = folder / "ports" / "facts.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def depth(librarian: Librarian) -> str:
    [shelf] = librarian.library.shelves
    fact = shelf.pack.fact("depth")
    assert fact
    return fact.answer


async def test_the_folder_is_the_first_version_of_each_pack(banks: Banks, folder: Path):
    librarian = Librarian(banks)

    assert await librarian.begin(folder) == []

    [told] = await banks.history("ports")
    assert (told.version.number, told.version.origin, told.current) == (1, "folder", True)
    assert depth(librarian) == "12 metres"
    [shelf] = librarian.library.shelves
    assert shelf.rank("how deep is the harbour")[0].fact.id == "depth"


async def test_a_folder_as_it_was_changes_nothing(banks: Banks, folder: Path):
    await Librarian(banks).begin(folder)

    assert await Librarian(banks).begin(folder) == []
    assert await banks.drafts() == []


async def test_a_changed_folder_is_offered_once_and_published_by_nobody(
    banks: Banks, folder: Path, caplog: pytest.LogCaptureFixture
):
    await Librarian(banks).begin(folder)
    rewrite(folder, "12 metres", "14 metres")

    librarian = Librarian(banks)
    [draft] = await librarian.begin(folder)

    assert depth(librarian) == "12 metres"
    assert (draft.base, draft.origin) == (1, "folder")
    assert say("bank.folder.draft", pack="ports", version=1, draft=draft.id) in caplog.messages
    assert await Librarian(banks).begin(folder) == []


async def test_what_was_thrown_away_is_not_offered_again(banks: Banks, folder: Path):
    await Librarian(banks).begin(folder)
    rewrite(folder, "12 metres", "14 metres")
    [draft] = await Librarian(banks).begin(folder)
    await banks.throw_away(draft.id, ALICE.key)

    assert await Librarian(banks).begin(folder) == []
    assert [one.id for one in await banks.drafts("", State.THROWN)] == [draft.id]


async def test_owners_are_told_of_a_changed_folder(banks: Banks, folder: Path, desk: Desk):
    await Librarian(banks).begin(folder)
    rewrite(folder, "12 metres", "14 metres")

    await tell_owners(desk, await Librarian(banks).begin(folder))

    [told] = await desk.store.claim("telegram", desk.clock(), 9)
    assert told.place.chat == TEACHER.key
    assert "nothing was published" in told.card.pages[0].text


async def test_a_broken_folder_leaves_what_is_published(
    banks: Banks, folder: Path, caplog: pytest.LogCaptureFixture
):
    await Librarian(banks).begin(folder)
    rewrite(folder, "- id: depth", "- id: opened")

    librarian = Librarian(banks)
    assert await librarian.begin(folder) == []

    assert depth(librarian) == "12 metres"
    assert any("Version 1 stays." in message for message in caplog.messages)


async def test_a_broken_folder_at_the_first_start_is_named(banks: Banks, folder: Path):
    rewrite(folder, "- id: depth", "- id: opened")

    with pytest.raises(PackError, match="stands twice"):
        await Librarian(banks).begin(folder)


async def test_an_empty_folder_will_do_once_something_is_published(banks: Banks, tmp_path: Path):
    with pytest.raises(NoPack):
        await Librarian(banks).begin(tmp_path)
    draft = await banks.open_draft("ports", ALICE.key, banking.TEXTS)
    await Publisher(banks).publish(draft.id, 1, TEACHER.key)

    librarian = Librarian(banks)
    await librarian.begin(tmp_path)

    assert depth(librarian) == "12 metres"


async def test_another_worker_notices_what_is_published(
    banks: Banks, folder: Path, store: SqlStore, time: Time
):
    here, there = Librarian(banks), Librarian(banking.banks_in(store, time))
    await here.begin(folder)
    await there.begin(folder)
    draft = await banks.open_draft("ports", ALICE.key)
    await banks.put_fact(
        draft.id,
        1,
        ALICE.key,
        {"id": "depth", "claim": "The harbour is 14 metres deep.", "answer": "14"},
    )
    await Publisher(banks).publish(draft.id, 2, TEACHER.key)

    assert await there.look()
    assert depth(there) == "14"
    assert not await there.look()


async def test_the_watch_swaps_the_library_as_soon_as_it_is_nudged(banks: Banks, folder: Path):
    librarian = Librarian(banks)
    await librarian.begin(folder)
    swapped, stop = asyncio.Event(), asyncio.Event()
    librarian.swap = lambda library: swapped.set()
    banks.moved = librarian.nudge
    watching = asyncio.create_task(librarian.watch(stop))

    await Publisher(banks).rollback("ports", 0, TEACHER.key)
    await asyncio.wait_for(swapped.wait(), 20)
    stop.set()
    await watching

    assert librarian.library.shelves == ()


async def test_unchanged_packs_keep_their_search(banks: Banks, folder: Path):
    librarian = Librarian(banks)
    await librarian.begin(folder)
    [before] = librarian.library.shelves
    other = {"pack.yaml": "id: rivers\ntitle: R\nlanguage: en\n", "quiz.yaml": QUIZ}
    draft = await banks.open_draft("rivers", ALICE.key, other)
    await Publisher(banks).publish(draft.id, 1, TEACHER.key)

    await librarian.look()

    assert [shelf.pack.id for shelf in librarian.library.shelves] == ["ports", "rivers"]
    assert librarian.library.shelves[0] is before


QUIZ = '- {id: q, imported: a.gift, kind: true-false, stem: Late?, key: "true"}\n'
