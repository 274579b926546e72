"""Publishing and rolling back: the bar of the checks, the second person, who comes second."""

import asyncio

import pytest

from bot.core.bank_diff import Change
from bot.core.roles import LOCAL_OWNER, Role
from bot.service.bank_editing import FACTS, item
from bot.service.bank_ports import Act, Draft
from bot.service.bank_problems import Refusal
from bot.service.bank_publishing import Publisher
from bot.service.banks import Banks, Released
from bot.service.ports import Work
from bot.store.store import SqlStore
from tests.cast import ALICE, BOB, TEACHER
from tests.service import banking
from tests.service.clocks import Time


@pytest.fixture
async def banks(store: SqlStore, time: Time) -> Banks:
    await banking.grant(store)
    return banking.banks_in(store, time)


@pytest.fixture
async def draft(banks: Banks) -> Draft:
    first = await banks.open_draft("ports", ALICE.key, banking.TEXTS)
    await Publisher(banks).publish(first.id, 1, TEACHER.key)
    return await banks.open_draft("ports", ALICE.key)


async def change(banks: Banks, draft: Draft, name: str, **keys: object) -> Draft:
    plain = item(banking.TEXTS, FACTS, name) | keys
    return await banks.put_fact(draft.id, draft.revision, ALICE.key, plain)


async def test_publishing_makes_a_version_and_says_what_changed(banks: Banks, draft: Draft):
    changed = await change(banks, draft, "depth", answer="14 metres")

    done = await Publisher(banks).publish(changed.id, 2, TEACHER.key)

    assert (done.version, done.before) == (2, 1)
    assert [(i.id, i.old, i.new) for i in done.diff.items] == [("depth", "12 metres", "14 metres")]
    fact = (await banks.version("ports")).pack.fact("depth")
    assert fact
    assert fact.answer == "14 metres"


async def test_a_publication_below_the_bar_names_what_broke(banks: Banks, draft: Draft):
    lost = await banks.put_fact(
        draft.id, 1, ALICE.key, {"id": "depth", "claim": "Ships are painted each spring."}
    )

    with pytest.raises(Refusal) as refused:
        await Publisher(banks).publish(lost.id, 2, TEACHER.key)

    assert str(refused.value).startswith("Nothing was published: 1 of the 2 checks")
    [problem] = refused.value.problems
    assert problem.cause.startswith('"how deep is the harbour" must lead to depth, but')
    assert (await banks.history("ports"))[0].version.number == 1


async def test_a_sensitive_change_asks_for_a_second_person(banks: Banks, draft: Draft):
    changed = await change(banks, draft, "drowned", answer="Three divers")
    # The admin wrote some of it too, and is no second person.
    changed = await banks.rename_topic(changed.id, 2, TEACHER.key, "depths", "How deep")

    with pytest.raises(Refusal, match="second person must look") as refused:
        await Publisher(banks).publish(changed.id, 3, TEACHER.key)
    await banks.approve(changed.id, 3, BOB.key)
    done = await Publisher(banks).publish(changed.id, 3, TEACHER.key)

    assert refused.value.diff
    assert [i.id for i in refused.value.diff.sensitive] == ["drowned"]
    assert (done.version, done.alone) == (2, False)


async def test_whoever_publishes_the_work_of_another_is_the_second_person(
    banks: Banks, draft: Draft
):
    changed = await change(banks, draft, "drowned", answer="Three divers")

    assert (await Publisher(banks).publish(changed.id, 2, TEACHER.key)).version == 2


async def test_an_only_admin_is_warned_and_logged(store: SqlStore, time: Time):
    banks = banking.banks_in(store, time)
    alone = await banks.open_draft("ports", LOCAL_OWNER, banking.TEXTS)

    done = await Publisher(banks).publish(alone.id, 1, LOCAL_OWNER)

    async with banks.work() as work:
        log = [(one.act, one.after) for one in await work.roles.audit()]
    assert done.alone
    assert ("bank.alone", "drowned") in log


async def test_whoever_has_the_machine_may_answer_alone(banks: Banks, store: SqlStore):
    alone = await banks.open_draft("ports", LOCAL_OWNER, banking.TEXTS)

    with pytest.raises(Refusal, match="second person"):
        await Publisher(banks).publish(alone.id, 1, LOCAL_OWNER)
    done = await Publisher(banks).publish(alone.id, 1, LOCAL_OWNER, alone=True)

    assert done.alone


async def test_alone_is_for_nobody_else(banks: Banks):
    async with banks.work() as work:
        await work.roles.grant(BOB.key, Role.ADMIN, LOCAL_OWNER)
    alone = await banks.open_draft("ports", TEACHER.key, banking.TEXTS)

    with pytest.raises(Refusal, match="second person"):
        await Publisher(banks).publish(alone.id, 1, TEACHER.key, alone=True)


async def test_of_two_publications_at_once_one_wins(banks: Banks, draft: Draft):
    other = await banks.open_draft("ports", BOB.key)
    await banks.rename_topic(draft.id, 1, ALICE.key, "depths", "A")
    await banks.rename_topic(other.id, 1, BOB.key, "depths", "B")

    done = await asyncio.gather(
        Publisher(banks).publish(draft.id, 2, TEACHER.key),
        Publisher(banks).publish(other.id, 2, TEACHER.key),
        return_exceptions=True,
    )

    [refused] = [one for one in done if isinstance(one, Refusal)]
    assert "version 2 is published by now" in str(refused)
    assert [told.version.number for told in await banks.history("ports")] == [2, 1]


async def test_a_draft_is_published_as_it_was_seen(banks: Banks, draft: Draft):
    await banks.rename_topic(draft.id, 1, ALICE.key, "depths", "A")

    with pytest.raises(Refusal, match="changed meanwhile"):
        await Publisher(banks).publish(draft.id, 1, TEACHER.key)


async def test_a_rollback_is_undone_by_another_one(banks: Banks, draft: Draft):
    await banks.rename_topic(draft.id, 1, ALICE.key, "depths", "A")
    await Publisher(banks).publish(draft.id, 2, TEACHER.key)

    back = await Publisher(banks).rollback("ports", 1, TEACHER.key)
    again = await Publisher(banks).rollback("ports", 2, TEACHER.key)

    history = await banks.history("ports")
    assert (back.before, again.before) == (2, 1)
    assert [(told.version.number, told.current) for told in history] == [(2, True), (1, False)]
    assert [move.act for move in history[0].publications] == [Act.ROLLED_BACK, Act.PUBLISHED]


async def test_a_bank_that_is_withdrawn_loses_everything(banks: Banks, draft: Draft):
    done = await Publisher(banks).rollback("ports", 0, TEACHER.key)

    assert (done.version, done.before) == (0, 1)
    assert [i.id for i in done.diff.items] == ["opened", "depth", "drowned", "when"]
    assert done.diff.count(Change.REMOVED) == 4


async def test_a_rollback_to_what_is_not_there_or_is_there_already_is_refused(
    banks: Banks, draft: Draft
):
    with pytest.raises(Refusal, match="no version 7"):
        await Publisher(banks).rollback("ports", 7, TEACHER.key)
    with pytest.raises(Refusal, match="published already"):
        await Publisher(banks).rollback("ports", 1, TEACHER.key)


async def test_whoever_listens_acts_in_the_same_transaction(banks: Banks, draft: Draft):
    heard: list[Released] = []

    async def listen(work: Work, released: Released) -> None:
        assert (await work.banks.published()).get("ports", 0) == released.version
        heard.append(released)

    banks.listeners.append(listen)
    await Publisher(banks).rollback("ports", 0, TEACHER.key)
    await Publisher(banks).rollback("ports", 1, TEACHER.key)

    assert [(one.version, bool(one.old), bool(one.new)) for one in heard] == [
        (0, True, False),
        (1, False, True),
    ]


async def test_a_listener_that_fails_leaves_everything_as_it_was(banks: Banks, draft: Draft):
    async def fail(work: Work, released: Released) -> None:
        raise ValueError("no")

    banks.listeners.append(fail)
    with pytest.raises(ValueError, match="no"):
        await Publisher(banks).publish(draft.id, 1, TEACHER.key)

    assert len(await banks.history("ports")) == 1
