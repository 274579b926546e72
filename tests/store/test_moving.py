from dataclasses import replace

from bot.core.events import Person, Place
from bot.service.poll_ports import KeptPoll
from bot.service.ports import Exchange
from bot.store.store import SqlStore
from tests.cast import ALICE, GROUP, NOON
from tests.store.things import card, keep, queue, receipt, sent, texts

NEW = replace(GROUP, chat="telegram:-100777")
MINUTE_LATER = NOON.replace(minute=1)


async def move(store: SqlStore, place: Place = GROUP, to: Place = NEW) -> None:
    async with store.work(NOON) as work:
        await work.move_chat(place, to.chat)


async def test_what_waits_for_a_group_goes_to_where_it_moved(store: SqlStore):
    await queue(store, "answer", GROUP)

    await move(store)

    (claimed,) = await store.claim("telegram", NOON, 9)
    assert claimed.place == NEW
    assert claimed.reply_to == ""


async def test_an_earlier_answer_is_still_known_but_its_message_is_not(store: SqlStore):
    await keep(store, receipt("a", GROUP, question="12"))
    await queue(store, "answer", GROUP, receipt="a")
    (claimed,) = await store.claim("telegram", NOON, 9)
    await store.delivered(claimed, ["55"])

    await move(store)

    async with store.work(NOON) as work:
        found = await work.receipt("a")
        assert found is not None
        assert found.place == NEW
        # A message of that number in the new group is another one.
        assert await work.receipt_of(NEW, "55") is None
        assert await work.receipt_of(NEW, "12") is None
    assert await sent(store, "a") == []


async def test_a_group_that_is_known_under_both_keys_becomes_one(store: SqlStore):
    await queue(store, "before", GROUP)
    await queue(store, "after", NEW)
    async with store.work(NOON) as work:
        for place in (GROUP, NEW):
            await work.expect(place, ALICE.key, "report", place.chat, MINUTE_LATER)
            await work.note(place, Exchange("hello", (card("answer"),), NOON))

    await move(store)

    assert texts(await store.claim("telegram", NOON, 9)) == ["before"]
    async with store.work(NOON) as work:
        # What was begun in the new one counts.
        assert await work.expected(NEW, ALICE.key, NOON) == ("report", NEW.chat)
        assert await work.expected(GROUP, ALICE.key, NOON) is None
        assert len(await work.transcript(NEW, NOON, 9)) == 2


async def test_the_name_of_a_group_as_an_author_moves_with_it(store: SqlStore):
    nobody = Person(GROUP.chat)
    await keep(store, receipt("a", GROUP, by=nobody))

    await move(store)

    async with store.work(NOON) as work:
        found = await work.receipt("a")
    assert found is not None
    assert found.person == NEW.chat


async def test_a_group_that_nobody_knows_moves_without_a_trace(store: SqlStore, url: str):
    await move(store)
    await move(store)

    async with store.work(NOON) as work:
        assert await work.last_receipts(NEW, ALICE.key, NOON, 9) == []


async def test_a_poll_is_found_by_its_name_and_its_first_subject_stands(store: SqlStore):
    poll = KeptPoll("telegram:77", "K7M2QX:0", {"o1": "a", "o0": "b"})
    async with store.work(NOON) as work:
        await work.polls.keep(poll)
        await work.polls.keep(replace(poll, subject="another"))

    async with store.work(NOON) as work:
        assert await work.polls.find("telegram:77") == poll
        assert await work.polls.find("telegram:78") is None
