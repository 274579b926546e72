"""Versions, publications and drafts of banks, on both engines."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.answer import FactKey
from bot.service.bank_ports import FOLDER, Act, Content, Draft, State, Touched, Version
from bot.store.store import SqlStore
from tests.cast import ALICE, BOB, NOON, TEACHER
from tests.forgetting import forget
from tests.store.things import keep, receipt

CONTENT = Content(b"files", b"read", "digest")
OTHER = Content(b"other files", b"read again", "other")
FIRST = Version("ports", 1, NOON, TEACHER.key, "a note", "edit")
DRAFT = Draft(0, "ports", 1, 1, NOON, NOON, ALICE.key, "", "edit", State.OPEN, "digest")


async def add_draft(store: SqlStore, draft: Draft = DRAFT) -> int:
    async with store.work(NOON) as work:
        return await work.banks.add_draft(draft, CONTENT)


async def publish(store: SqlStore, pack: str, *versions: int) -> None:
    async with store.work(NOON) as work:
        for version in versions:
            await work.banks.publish(pack, version, TEACHER.key, Act.PUBLISHED, NOON)


async def test_a_version_is_kept_as_it_was(store: SqlStore):
    async with store.work(NOON) as work:
        assert await work.banks.add_version(FIRST, CONTENT)

    async with store.work(NOON) as work:
        assert await work.banks.versions("ports") == [replace(FIRST, digest="digest")]
        assert await work.banks.content("ports", 1) == CONTENT
        assert await work.banks.content("ports", 2) is None
        assert await work.banks.versions("others") == []


async def test_a_version_is_never_written_over(store: SqlStore):
    async with store.work(NOON) as work:
        await work.banks.add_version(FIRST, CONTENT)

        assert not await work.banks.add_version(FIRST, OTHER)
        assert await work.banks.content("ports", 1) == CONTENT


async def test_the_last_move_of_the_pointer_counts(store: SqlStore):
    await publish(store, "ports", 1, 2, 1)
    await publish(store, "rivers", 4)

    async with store.work(NOON) as work:
        assert await work.banks.published() == {"ports": 1, "rivers": 4}
        assert await work.banks.newest() == 4
        moves = await work.banks.publications("ports")

    assert [(move.version, move.by, move.act) for move in moves] == [
        (1, TEACHER.key, Act.PUBLISHED),
        (2, TEACHER.key, Act.PUBLISHED),
        (1, TEACHER.key, Act.PUBLISHED),
    ]


async def test_a_bank_that_was_withdrawn_is_not_published(store: SqlStore):
    await publish(store, "ports", 1, 0)

    async with store.work(NOON) as work:
        assert await work.banks.published() == {}


async def test_nothing_is_published_at_first(store: SqlStore):
    async with store.work(NOON) as work:
        assert await work.banks.newest() == 0
        assert await work.banks.published() == {}


async def test_who_changes_a_draft_second_is_refused(store: SqlStore):
    number = await add_draft(store)

    async with store.work(NOON) as work:
        first = await work.banks.change_draft(number, 1, OTHER, BOB.key, NOON)
        second = await work.banks.change_draft(number, 1, CONTENT, ALICE.key, NOON)
        draft = await work.banks.draft(number)
        content = await work.banks.draft_content(number)

    assert (first, second) == (True, False)
    assert content == OTHER
    assert draft
    assert (draft.revision, draft.digest) == (2, "other")
    assert draft.editors == (ALICE.key, BOB.key)


async def test_of_two_at_once_one_changes_a_draft(store: SqlStore):
    number = await add_draft(store)

    async def change(who: str) -> bool:
        async with store.work(NOON) as work:
            return await work.banks.change_draft(number, 1, OTHER, who, NOON)

    assert sorted(await asyncio.gather(change(ALICE.key), change(BOB.key))) == [False, True]


async def test_agreeing_holds_for_one_revision_only(store: SqlStore):
    number = await add_draft(store)

    async with store.work(NOON) as work:
        assert await work.banks.approve(number, 1, BOB.key)
        agreed = await work.banks.draft(number)
        await work.banks.change_draft(number, 1, OTHER, ALICE.key, NOON)
        changed = await work.banks.draft(number)
        assert not await work.banks.approve(number, 1, BOB.key)

    assert agreed
    assert agreed.approved == BOB.key
    assert changed
    assert changed.approved == ""


async def test_drafts_are_listed_by_state_newest_first(store: SqlStore):
    first, second, other = [
        await add_draft(store, replace(DRAFT, pack=pack)) for pack in ("ports", "ports", "rivers")
    ]

    async with store.work(NOON) as work:
        assert await work.banks.set_state(second, State.OPEN, State.THROWN, NOON)
        assert not await work.banks.set_state(second, State.OPEN, State.PUBLISHED, NOON)
        await work.banks.rebase(first, 7)

        assert [draft.id for draft in await work.banks.drafts()] == [other, first]
        assert [draft.id for draft in await work.banks.drafts("ports", None)] == [second, first]
        assert [draft.base for draft in await work.banks.drafts("ports")] == [7]
        thrown = await work.banks.drafts("ports", State.THROWN)
        assert [draft.id for draft in thrown] == [second]


async def test_a_draft_that_was_thrown_away_is_not_changed(store: SqlStore):
    number = await add_draft(store)

    async with store.work(NOON) as work:
        await work.banks.set_state(number, State.OPEN, State.THROWN, NOON)

        assert not await work.banks.change_draft(number, 1, OTHER, ALICE.key, NOON)


@pytest.mark.parametrize(("days", "kept"), [(29, True), (31, False)])
async def test_what_was_thrown_away_is_kept_for_a_while(store: SqlStore, days: int, kept: bool):
    thrown, still = await add_draft(store), await add_draft(store)
    async with store.work(NOON) as work:
        await work.banks.set_state(thrown, State.OPEN, State.THROWN, NOON)

    await forget(store, NOON + timedelta(days=days))

    async with store.work(NOON) as work:
        assert (await work.banks.draft(thrown) is not None) is kept
        assert await work.banks.draft(still)


async def test_what_came_from_the_folder_is_known_again(store: SqlStore):
    await add_draft(store, replace(DRAFT, origin=FOLDER, by=""))
    await add_draft(store)
    async with store.work(NOON) as work:
        await work.banks.add_version(replace(FIRST, origin=FOLDER), OTHER)

        assert await work.banks.from_folder("ports") == {"digest", "other"}
        assert await work.banks.from_folder("rivers") == set()


async def test_answers_that_people_keep_are_found_by_their_facts(store: SqlStore):
    shown = replace(receipt("one"), facts=(FactKey("ports", "depth", "a" * 16),))
    other = replace(receipt("two"), facts=(FactKey("rivers", "depth", "a" * 16),))
    await keep(store, shown, other)

    async with store.work(NOON) as work:
        assert await work.banks.touched("ports", set(), {"depth"}) == Touched(cards=1)
        assert await work.banks.touched("ports", set(), {"dep"}) == Touched()
        assert await work.banks.touched("ports", set(), {str(n) for n in range(300)}) == Touched(
            cards=1
        )


async def test_one_worker_at_a_time_publishes_a_bank(store: SqlStore):
    order: list[str] = []
    held = asyncio.Event()

    async def first() -> None:
        async with store.work(NOON) as work:
            await work.banks.hold("ports")
            held.set()
            order.append("first")
            await work.banks.publish("ports", 1, "", Act.PUBLISHED, NOON)

    async def second() -> None:
        await held.wait()
        async with store.work(NOON) as work:
            await work.banks.hold("ports")
            order.append(f"second finds {await work.banks.published()}")

    await asyncio.gather(second(), first())

    assert order == ["first", "second finds {'ports': 1}"]
