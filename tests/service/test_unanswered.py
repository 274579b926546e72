"""Unanswered questions as conversations: kept where allowed, turned into facts, told to who asked."""

from datetime import timedelta

import pytest

from bot.core.events import Person
from bot.core.unanswered import Unanswered
from bot.service.bank_publishing import Publisher
from bot.service.desk import Desk
from bot.service.ports import Outgoing
from bot.store.store import SqlStore
from tests.cast import ALICE, BOB, GROUP, NOON, STRANGER, TEACHER
from tests.service.clocks import Time
from tests.service.harbour import Harbour, harbour_in
from tests.service.room import Room, action, shown

WHO = "which king paid for the lighthouse?"
SAME = "Which kings paid for the lighthouse"
OFFER = "let an editor see what I could not answer"


@pytest.fixture
async def harbour(desk: Desk, store: SqlStore, time: Time) -> Harbour:
    return await harbour_in(desk, store, time)


async def allow(store: SqlStore, *people: Person) -> None:
    async with store.work(NOON) as work:
        for person in people:
            await work.wishes.put(person.key, "unanswered")


async def kept(store: SqlStore) -> list[Unanswered]:
    async with store.work(NOON) as work:
        return list(await work.flags.questions())


async def press(harbour: Harbour, card: Outgoing, verb: str, by: Person = ALICE) -> list[Outgoing]:
    return await harbour.room(by).press(by, action(card, verb))


async def choose(harbour: Harbour, card: Outgoing, label: str) -> Outgoing:
    [pressed] = [c.action for c in card.card.choices if c.label == label]
    [after] = await harbour.room(ALICE).press(ALICE, pressed)
    return after


async def say(harbour: Harbour, words: str) -> Outgoing:
    [after] = await harbour.room(ALICE).say(ALICE, words)
    return after


async def write_fact(harbour: Harbour) -> Outgoing:
    """Let Alice turn the largest group into a fact, up to its preview."""
    [group] = await harbour.room(ALICE).command(ALICE, "unanswered")
    await press(harbour, group, f"un.f.{group.card.choices[0].action.split('|')[1].split('.')[2]}")
    await say(harbour, "King Harald paid for the lighthouse.")
    verdicts = await say(harbour, "King Harald")
    await choose(harbour, verdicts, "Other sources agree")
    asks = await say(harbour, "The Port Chronicle\nWho built it\nhttps://chronicle.example/light")
    return await choose(harbour, asks, "As it was asked")


async def test_without_leave_no_wording_is_kept(harbour: Harbour, store: SqlStore):
    await harbour.room(STRANGER).say(STRANGER, WHO)

    assert await kept(store) == []


async def test_with_leave_the_wording_of_declined_questions_is_kept(
    harbour: Harbour, store: SqlStore
):
    await allow(store, STRANGER)
    home = harbour.room(STRANGER)

    for words in (WHO, WHO, "how deep is the harbour", "hello", "I want to die", "???"):
        await home.say(STRANGER, words)

    assert [(q.person, q.words) for q in await kept(store)] == [(STRANGER.key, WHO)]


async def test_the_words_behind_a_command_in_a_group_are_kept_too(
    harbour: Harbour, store: SqlStore, desk: Desk, time: Time
):
    await allow(store, STRANGER)

    [said] = await Room(desk, time, GROUP).command(STRANGER, "ask", WHO)

    assert [q.words for q in await kept(store)] == [WHO]
    assert OFFER not in shown(said)


async def test_the_setting_is_mentioned_once_a_week(harbour: Harbour, time: Time):
    home = harbour.room(STRANGER)

    [first] = await home.say(STRANGER, WHO)
    [second] = await home.say(STRANGER, WHO)
    time.now += timedelta(days=7)
    [later] = await home.say(STRANGER, WHO)

    assert [OFFER in shown(one) for one in (first, second, later)] == [True, False, True]


async def test_the_setting_is_not_mentioned_in_a_group(harbour: Harbour, desk: Desk, time: Time):
    [said] = await Room(desk, time, GROUP).command(STRANGER, "ask", WHO)

    assert OFFER not in shown(said)


async def test_editors_see_the_largest_group_first_and_no_names(harbour: Harbour, store: SqlStore):
    await allow(store, STRANGER, BOB)
    await harbour.room(STRANGER).say(STRANGER, "who wrote Hamlet?")
    await harbour.room(STRANGER).say(STRANGER, WHO)
    await harbour.room(BOB).say(BOB, SAME)

    [first] = await harbour.room(ALICE).command(ALICE, "unanswered")
    [second] = await press(harbour, first, "un.s.2")
    [end] = await press(harbour, second, "un.s.1")

    assert "Asked by 2 people, and not answered (1 of 2)" in shown(first)
    assert WHO in shown(first)
    assert SAME in shown(first)
    assert "Hamlet" in shown(second)
    assert end.card.notice == "unanswered.end"
    assert "900" not in shown(first)
    assert "103" not in shown(first)


async def test_who_has_no_role_sees_no_questions(harbour: Harbour):
    [refused] = await harbour.room(STRANGER).command(STRANGER, "unanswered")

    assert refused.card.notice == "role.needed"


async def test_what_is_not_ours_stays_closed_when_it_is_asked_again(
    harbour: Harbour, store: SqlStore
):
    await allow(store, STRANGER, BOB)
    await harbour.room(STRANGER).say(STRANGER, WHO)
    [group] = await harbour.room(ALICE).command(ALICE, "unanswered")

    [closed] = await press(harbour, group, "un.n.1")
    await harbour.room(BOB).say(BOB, SAME)
    [none] = await harbour.room(ALICE).command(ALICE, "unanswered")

    assert closed.card.notice == "unanswered.closed.one"
    assert none.card.notice == "unanswered.none"


async def test_of_two_editors_the_second_finds_the_group_dealt_with(
    harbour: Harbour, store: SqlStore
):
    await allow(store, STRANGER)
    await harbour.room(STRANGER).say(STRANGER, WHO)
    [alices] = await harbour.room(ALICE).command(ALICE, "unanswered")
    [bobs] = await harbour.room(BOB).command(BOB, "unanswered")
    await press(harbour, alices, "un.n.1")

    [closed] = await press(harbour, bobs, "un.n.1", BOB)
    [taken] = await press(harbour, bobs, "un.f.1", BOB)

    assert closed.card.notice == taken.card.notice == "unanswered.late"


async def test_a_question_becomes_a_fact_and_who_asked_is_told_once(
    harbour: Harbour, store: SqlStore
):
    await allow(store, STRANGER, BOB)
    await harbour.room(STRANGER).say(STRANGER, WHO)
    await harbour.room(STRANGER).say(STRANGER, SAME)
    await harbour.room(BOB).say(BOB, SAME)

    preview = await write_fact(harbour)
    [done] = await press(harbour, preview, "un.k")
    [draft] = await harbour.banks.drafts("ports")
    await Publisher(harbour.banks).publish(draft.id, draft.revision, TEACHER.key)
    told = await harbour.follow()

    assert "Claim: King Harald paid for the lighthouse." in shown(preview)
    assert "Source: The Port Chronicle, Who built it, https://chronicle.example" in shown(preview)
    assert "The fact king-harald-paid-lighthouse is in draft 2 of ports." in shown(done)
    assert sorted(one.place.chat for one in told) == [BOB.key, STRANGER.key]
    assert all("Now I can:" in shown(one) for one in told)
    assert all("King Harald" in shown(one) and "ouble-check" in shown(one) for one in told)
    assert await kept(store) == []
    assert await harbour.follow() == []


async def test_what_is_in_a_draft_waits_no_more_until_the_draft_leads_nowhere(
    harbour: Harbour, store: SqlStore
):
    await allow(store, STRANGER)
    await harbour.room(STRANGER).say(STRANGER, WHO)
    await press(harbour, await write_fact(harbour), "un.k")

    [drafted] = await harbour.room(ALICE).command(ALICE, "unanswered")
    [draft] = await harbour.banks.drafts("ports")
    await harbour.banks.throw_away(draft.id, ALICE.key)
    await harbour.publish(depth={"answer": "14 metres"})
    [again] = await harbour.room(ALICE).command(ALICE, "unanswered")

    assert drafted.card.notice == "unanswered.none"
    assert again.card.notice == "unanswered.group"


async def test_a_fact_about_the_dead_is_marked_before_it_goes_into_the_draft(
    harbour: Harbour, store: SqlStore
):
    await allow(store, STRANGER)
    await harbour.room(STRANGER).say(STRANGER, WHO)

    [marked] = await press(harbour, await write_fact(harbour), "un.x")
    await press(harbour, marked, "un.k")

    assert "It is marked as being about people who were killed or hurt." in shown(marked)
    [draft] = await harbour.banks.drafts("ports")
    fact = (await harbour.banks.draft(draft.id)).pack.fact("king-harald-paid-lighthouse")
    assert fact
    assert fact.sensitive


async def test_what_a_verdict_needs_is_asked_for(harbour: Harbour, store: SqlStore):
    await allow(store, STRANGER)
    await harbour.room(STRANGER).say(STRANGER, WHO)
    [group] = await harbour.room(ALICE).command(ALICE, "unanswered")
    [begun] = await press(harbour, group, "un.f.1")
    await say(harbour, "King Harald paid for the lighthouse.")

    verdicts = await say(harbour, "King Harald")
    correction = await choose(harbour, verdicts, "Other sources disagree")
    source = await say(harbour, "The town paid.")
    refused = await choose(harbour, source, "Without a source")
    wrong = await say(harbour, "Chronicle\nhttp:/broken://x")

    assert begun.card.notice == "fact.step.claim"
    assert correction.card.notice == "fact.step.correction"
    assert refused.card.notice == "fact.bad.source"
    assert wrong.card.notice == "fact.bad.address"


async def test_what_the_bank_refuses_is_said_with_its_cure(harbour: Harbour, store: SqlStore):
    await allow(store, STRANGER)
    await harbour.room(STRANGER).say(STRANGER, WHO)
    [group] = await harbour.room(ALICE).command(ALICE, "unanswered")
    await press(harbour, group, "un.f.1")
    await say(harbour, "King Harald paid for the lighthouse.")
    verdicts = await say(harbour, "King Harald")
    source = await choose(harbour, verdicts, "We could not confirm this")
    await choose(harbour, source, "Without a source")

    preview = await say(harbour, "when did the harbour open")
    [refused] = await press(harbour, preview, "un.k")

    assert refused.card.notice == "fact.refused"
    assert "a wording must point to one fact" in shown(refused)
    assert [q.state for q in await kept(store)] == ["waiting"]


async def test_a_dropped_fact_leaves_nothing_behind(harbour: Harbour, store: SqlStore):
    await allow(store, STRANGER)
    await harbour.room(STRANGER).say(STRANGER, WHO)
    preview = await write_fact(harbour)

    [dropped] = await press(harbour, preview, "un.d")
    await press(harbour, preview, "un.k")

    assert dropped.card.notice == "fact.dropped"
    assert harbour.room(ALICE).handled.toast
    assert await harbour.banks.drafts("ports") == []


async def test_who_is_erased_leaves_no_question(harbour: Harbour, store: SqlStore):
    await allow(store, STRANGER)
    await harbour.room(STRANGER).say(STRANGER, WHO)

    async with store.work(NOON) as work:
        await work.personal.erase(STRANGER.key)

    assert await kept(store) == []
