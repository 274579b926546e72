import asyncio
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import text

from bot.core.events import Place
from bot.store.deliveries import LEASE
from bot.store.engine import opened
from bot.store.store import SqlStore
from tests.cast import BOB, GROUP, NOON, private_chat
from tests.store.things import card, keep, queue, receipt, sent, texts

SOON = NOON + timedelta(seconds=5)


async def test_a_claimed_delivery_is_what_was_queued(store: SqlStore):
    place = replace(GROUP, thread="7")
    await keep(store, receipt("a", place))
    await queue(store, "answer", place, receipt="a")

    [outgoing] = await store.claim("telegram", NOON, 9)

    assert (outgoing.place, outgoing.card) == (place, card("answer"))
    assert (outgoing.receipt, outgoing.reply_to) == ("a", "12")
    assert (outgoing.edits, outgoing.done, outgoing.tries) == ((), (), 0)


async def test_the_deliveries_of_one_chat_are_claimed_one_after_the_other(store: SqlStore):
    for words in ("first", "second", "third"):
        await queue(store, words)

    told: list[str] = []
    while claimed := await store.claim("telegram", NOON, 9):
        told += texts(claimed)
        for outgoing in claimed:
            assert await store.claim("telegram", NOON, 9) == ()
            await store.delivered(outgoing, [str(outgoing.id)])

    assert told == ["first", "second", "third"]


async def test_the_threads_of_a_group_share_its_turn(store: SqlStore):
    await queue(store, "first", replace(GROUP, thread="1"))
    await queue(store, "second", replace(GROUP, thread="2"))

    assert texts(await store.claim("telegram", NOON, 9)) == ["first"]


async def test_different_chats_are_claimed_together_oldest_first(store: SqlStore):
    await queue(store, "to Bob", private_chat(BOB))
    await queue(store, "to the group", GROUP)
    await queue(store, "to Alice")

    assert texts(await store.claim("telegram", NOON, 2)) == ["to Bob", "to the group"]
    assert texts(await store.claim("telegram", NOON, 2)) == ["to Alice"]


async def test_a_sender_gets_only_what_goes_to_its_platform(store: SqlStore):
    await queue(store, "elsewhere", Place("discord", "discord:1"))

    assert await store.claim("telegram", NOON, 9) == ()
    assert texts(await store.claim("discord", NOON, 9)) == ["elsewhere"]


async def test_a_chat_that_rests_is_passed_over(store: SqlStore):
    await queue(store, "to Bob", private_chat(BOB))
    await queue(store, "to Alice")

    assert texts(await store.claim("telegram", NOON, 9, {BOB.key})) == ["to Alice"]
    assert texts(await store.claim("telegram", NOON, 9)) == ["to Bob"]


async def test_what_is_postponed_holds_back_the_rest_of_its_chat_only(store: SqlStore):
    await queue(store, "first")
    await queue(store, "second")
    [first] = await store.claim("telegram", NOON, 9)
    await store.postponed(first, SOON)
    await queue(store, "to Bob", private_chat(BOB))

    assert texts(await store.claim("telegram", NOON, 9)) == ["to Bob"]
    [again] = await store.claim("telegram", SOON, 9)
    assert (again.card.title, again.tries) == ("first", 1)


async def test_what_a_crashed_sender_held_is_claimed_again_where_it_stopped(store: SqlStore):
    await queue(store, "long answer")
    [outgoing] = await store.claim("telegram", NOON, 9)
    await store.progressed(outgoing, ["21", "22"])

    assert await store.claim("telegram", NOON + LEASE - timedelta(seconds=1), 9) == ()
    [again] = await store.claim("telegram", NOON + LEASE, 9)
    assert (again.id, again.tries, again.done) == (outgoing.id, 1, ("21", "22"))


async def test_what_was_delivered_is_known_by_its_messages(store: SqlStore):
    await keep(store, receipt("a"))
    await queue(store, "answer", receipt="a")
    [outgoing] = await store.claim("telegram", NOON, 9)

    await store.delivered(outgoing, ["21", "20"])

    assert await sent(store, "a") == ["21", "20"]
    assert await store.claim("telegram", NOON + LEASE, 9) == ()


async def test_an_edit_that_waits_behind_its_answer_learns_its_messages(store: SqlStore):
    await keep(store, receipt("a"), receipt("b"))
    await queue(store, "answer", receipt="a")
    await queue(store, "edited", receipt="b", replaces="a")
    [answer] = await store.claim("telegram", NOON, 9)
    await store.delivered(answer, ["20", "21"])

    [edited] = await store.claim("telegram", NOON, 9)

    assert edited.edits == ("20", "21")


async def test_messages_that_were_edited_belong_to_the_new_answer(store: SqlStore):
    await keep(store, receipt("a"), receipt("b"))
    await queue(store, "answer", receipt="a")
    await queue(store, "shorter", receipt="b", replaces="a")
    for messages in (["20", "21"], ["20"]):
        [outgoing] = await store.claim("telegram", NOON, 9)
        await store.delivered(outgoing, messages)

    assert (await sent(store, "a"), await sent(store, "b")) == ([], ["20"])


async def test_an_edit_that_cannot_be_made_leaves_the_earlier_answer_known(store: SqlStore):
    await keep(store, receipt("a"), receipt("b"))
    await queue(store, "answer", receipt="a")
    await queue(store, "edited", receipt="b", replaces="a")
    [answer] = await store.claim("telegram", NOON, 9)
    await store.delivered(answer, ["20"])
    [edited] = await store.claim("telegram", NOON, 9)

    await store.given_up(edited, "blocked", NOON)

    assert (await sent(store, "a"), await sent(store, "b")) == (["20"], [])


async def test_messages_of_different_chats_may_have_the_same_number(store: SqlStore):
    await keep(store, receipt("a"), receipt("b", by=BOB))
    await queue(store, "to Alice", receipt="a")
    await queue(store, "to Bob", private_chat(BOB), receipt="b")

    for outgoing in await store.claim("telegram", NOON, 9):
        await store.delivered(outgoing, ["20"])

    assert (await sent(store, "a"), await sent(store, "b")) == (["20"], ["20"])


async def test_what_is_given_up_is_kept_aside_with_the_reason(store: SqlStore, url: str):
    await queue(store, "never arrives")
    await queue(store, "next")
    [outgoing] = await store.claim("telegram", NOON, 9)

    await store.given_up(outgoing, "Forbidden: bot was blocked by the user", NOON)

    assert texts(await store.claim("telegram", NOON, 9)) == ["next"]
    async with opened(url) as engine, engine.connect() as connection:
        rows = (await connection.execute(text("SELECT why, tries FROM undelivered"))).all()
    assert rows == [("Forbidden: bot was blocked by the user", 1)]


async def test_striking_off_twice_is_harmless(store: SqlStore):
    await keep(store, receipt("a"))
    await queue(store, "answer", receipt="a")
    [outgoing] = await store.claim("telegram", NOON, 9)

    await store.delivered(outgoing, ["20"])
    await store.delivered(outgoing, ["99"])

    assert await sent(store, "a") == ["20"]


async def test_two_senders_never_hold_the_same_delivery(store: SqlStore, url: str):
    for n in range(20):
        await queue(store, f"to {n}", Place("telegram", f"telegram:{n}"))

    async with SqlStore.open(url) as other:
        claims = await asyncio.gather(
            *(one.claim("telegram", NOON, 3) for one in (store, other) * 6)
        )

    claimed = [outgoing.id for claim in claims for outgoing in claim]
    assert len(claimed) == len(set(claimed))
    # A sender passes over rows that another one is just looking at; they stay for the next time.
    left = await store.claim("telegram", NOON, 20)
    assert len(claimed) + len(left) == 20


async def test_what_may_be_left_out_is_no_delivery_to_a_spared_chat(store: SqlStore):
    async with store.work(NOON) as work:
        await work.queue(GROUP, replace(card("3 answered"), passing=True))
    await queue(store, "closed", GROUP)
    await queue(store, "to Alice")

    spared = await store.claim("telegram", NOON, 9, (), (GROUP.chat,))
    assert texts(spared) == ["closed", "to Alice"]
    for outgoing in spared:
        await store.delivered(outgoing, ["1"])
    assert texts(await store.claim("telegram", NOON, 9, (), (GROUP.chat,))) == []
    assert texts(await store.claim("telegram", NOON, 9)) == ["3 answered"]


async def test_what_may_be_left_out_is_not_overtaken_while_it_is_on_its_way(store: SqlStore):
    async with store.work(NOON) as work:
        await work.queue(GROUP, replace(card("3 answered"), passing=True))
    await queue(store, "closed", GROUP)

    assert texts(await store.claim("telegram", NOON, 9)) == ["3 answered"]
    assert texts(await store.claim("telegram", NOON, 9, (), (GROUP.chat,))) == []


async def test_what_may_be_left_out_never_comes_after_what_takes_its_place(store: SqlStore):
    await keep(store, receipt("board", GROUP))
    async with store.work(NOON) as work:
        old = replace(card("3 answered"), passing=True)
        await work.queue(GROUP, old, replaces="board", receipt="board")
        await work.queue(GROUP, card("closed"), replaces="board", receipt="board")

    closed = await store.claim("telegram", NOON, 9, (), (GROUP.chat,))
    await store.delivered(closed[0], ["1"])

    assert texts(closed) == ["closed"]
    assert texts(await store.claim("telegram", NOON, 9)) == []
