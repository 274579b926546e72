"""Corrections as conversations: who was given a fact hears once what became of it."""

import pytest

from bot.core.events import Person
from bot.service.bank_publishing import Publisher
from bot.service.desk import Desk
from bot.store.store import SqlStore
from tests.cast import BOB, NOON, STRANGER, TEACHER
from tests.service.clocks import Time
from tests.service.harbour import Harbour, harbour_in
from tests.service.room import action, shown

WHEN = "when did the harbour open"
DEEP = "how deep is the harbour"
DROWNED = "how many divers drowned"
LATER = {"claim": "The harbour opened in 1906.", "answer": "1906"}


@pytest.fixture
async def harbour(desk: Desk, store: SqlStore, time: Time) -> Harbour:
    return await harbour_in(desk, store, time)


async def wish(store: SqlStore, *people: Person) -> None:
    async with store.work(NOON) as work:
        for person in people:
            await work.wishes.put(person.key, "corrections")


async def test_who_was_given_a_fact_is_told_what_it_says_now(harbour: Harbour, store: SqlStore):
    await wish(store, STRANGER)
    await harbour.room(STRANGER).say(STRANGER, WHEN)

    [told] = await harbour.publish(opened=LATER)

    assert told.place.chat == STRANGER.key
    said = shown(told)
    assert said.index("Before: 1905") < said.index("Now: 1906")
    assert "ouble-check" in said
    assert "/settings switches it off" in said


async def test_who_did_not_ask_for_it_is_not_told(harbour: Harbour, store: SqlStore):
    await wish(store, BOB)
    await harbour.room(STRANGER).say(STRANGER, WHEN)
    await harbour.room(BOB).say(BOB, DEEP)

    assert await harbour.publish(opened=LATER) == []


async def test_a_change_of_the_wording_is_no_correction(harbour: Harbour, store: SqlStore):
    await wish(store, STRANGER)
    await harbour.room(STRANGER).say(STRANGER, WHEN)

    assert await harbour.publish(opened={"claim": "In 1905 the harbour was opened."}) == []


async def test_another_verdict_is_a_correction(harbour: Harbour, store: SqlStore):
    await wish(store, STRANGER)
    await harbour.room(STRANGER).say(STRANGER, WHEN)

    [told] = await harbour.publish(opened={"verdict": "unverified"})

    assert "We could not confirm this" in shown(told)


async def test_several_corrections_of_one_publication_come_in_one_message(
    harbour: Harbour, store: SqlStore
):
    await wish(store, STRANGER)
    home = harbour.room(STRANGER)
    await home.say(STRANGER, WHEN)
    await home.say(STRANGER, DEEP)

    [told] = await harbour.publish(opened=LATER, depth={"answer": "14 metres"})

    assert "2 things that I told you were corrected." in shown(told)
    [fact] = await home.press(STRANGER, [c.action for c in told.card.choices][1])
    assert "14 metres" in shown(fact)


async def test_each_version_of_a_fact_is_told_once(harbour: Harbour, store: SqlStore):
    await wish(store, STRANGER)
    await harbour.room(STRANGER).say(STRANGER, WHEN)
    await harbour.publish(opened=LATER)

    assert await harbour.follow() == []
    await Publisher(harbour.banks).rollback("ports", 1, TEACHER.key)
    back = await harbour.follow()
    await Publisher(harbour.banks).rollback("ports", 2, TEACHER.key)
    again = await harbour.follow()

    assert back == []  # they were shown just that version
    assert again == []  # and told of this one


async def test_a_rollback_is_told_to_who_was_shown_the_later_version(
    harbour: Harbour, store: SqlStore
):
    await wish(store, STRANGER)
    await harbour.publish(opened=LATER)
    await harbour.room(STRANGER).say(STRANGER, WHEN)

    await Publisher(harbour.banks).rollback("ports", 1, TEACHER.key)
    [told] = await harbour.follow()

    assert "Now: 1905" in shown(told)


async def test_what_concerns_the_dead_is_not_written_out(harbour: Harbour, store: SqlStore):
    await wish(store, STRANGER)
    home = harbour.room(STRANGER)
    await home.say(STRANGER, DROWNED)

    [told] = await harbour.publish(
        drowned={"answer": "Three divers", "claim": "Three divers drowned."}
    )
    [fact] = await home.press(STRANGER, action(told, "c"))

    assert "An answer about people who were killed or hurt was corrected." in shown(told)
    assert "ivers" not in shown(told)
    assert "Three divers" in shown(fact)


async def test_what_stands_only_where_it_is_asked_for_has_no_button(
    harbour: Harbour, store: SqlStore
):
    await wish(store, STRANGER)
    await harbour.publish(drowned={"restricted": "true", "opening": "These are not confirmed."})
    await harbour.room(STRANGER).say(STRANGER, DROWNED)

    [told] = await harbour.publish(drowned={"answer": "Three divers"})

    assert "ask me again in your own words" in shown(told)
    assert told.card.choices == ()


async def test_a_publication_while_the_bot_was_away_is_told_at_its_start(
    harbour: Harbour, store: SqlStore
):
    await wish(store, STRANGER)
    await harbour.room(STRANGER).say(STRANGER, WHEN)
    draft = await harbour.banks.open_draft("ports", BOB.key)
    plain = {"id": "opened", **LATER, "asks": [WHEN]}
    draft = await harbour.banks.put_fact(draft.id, draft.revision, BOB.key, plain)
    await Publisher(harbour.banks).publish(draft.id, draft.revision, TEACHER.key)

    harbour.follower.look()
    await harbour.follower.errands.finish()

    [told] = await harbour.room(STRANGER).deliver()
    assert "Now: 1906" in shown(told)
