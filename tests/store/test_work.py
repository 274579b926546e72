import asyncio
from dataclasses import replace
from datetime import timedelta
from itertools import count

import pytest

from bot.service.ports import Exchange
from bot.store.store import SqlStore
from tests.cast import ALICE, BOB, GROUP, NOON, TEACHER, private_chat
from tests.store.things import DATE, PLACE, card, keep, queue, receipt

HOME = private_chat(ALICE)
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)


class Broken(Exception):
    pass


async def test_an_exception_undoes_the_whole_transaction(store: SqlStore):
    async def fail() -> None:
        async with store.work(NOON) as work:
            await work.first_time("telegram", "1")
            await work.keep_receipt(receipt("a"))
            await work.queue(HOME, card("never"))
            raise Broken

    with pytest.raises(Broken):
        await fail()

    async with store.work(NOON) as work:
        assert await work.receipt("a") is None
        assert await work.first_time("telegram", "1")
    assert await store.claim("telegram", NOON, 9) == ()


async def test_a_repeated_update_is_known(store: SqlStore):
    async with store.work(NOON) as work:
        assert await work.first_time("telegram", "1")

    async with store.work(NOON) as work:
        assert not await work.first_time("telegram", "1")
        assert await work.first_time("telegram", "2")
        assert await work.first_time("web", "1")


async def test_of_two_workers_with_the_same_update_one_handles_it(store: SqlStore):
    async def handle() -> bool:
        async with store.work(NOON) as work:
            return await work.first_time("telegram", "1")

    assert sorted(await asyncio.gather(*(handle() for _ in range(6)))) == [False] * 5 + [True]


async def test_an_update_queues_each_of_its_letters_once(store: SqlStore):
    for _ in range(2):
        async with store.work(NOON) as work:
            await work.first_time("telegram", "1")
            await work.queue(GROUP, card("answer"))
            await work.queue(HOME, card("alert"))

    assert len(await store.claim("telegram", NOON, 9)) == 2
    assert await store.claim("telegram", NOON, 9) == ()


async def test_a_receipt_comes_back_whole(store: SqlStore):
    kept = replace(receipt("a", replace(GROUP, thread="7"), BOB, "12"), notice=True)

    await keep(store, kept)

    async with store.work(NOON) as work:
        assert await work.receipt("a") == kept
        assert await work.receipt("b") is None


async def test_two_new_people_at_once_do_not_hinder_each_other(store: SqlStore):
    async def ask(n: int) -> None:
        await keep(store, receipt(f"t{n}", GROUP, (ALICE, BOB)[n % 2]))

    await asyncio.gather(*(ask(n) for n in range(20)))

    async with store.work(NOON) as work:
        found = [await work.receipt(f"t{n}") for n in range(20)]
    assert [r.person for r in found if r] == [ALICE.key, BOB.key] * 10


async def test_the_last_answers_are_those_of_one_person_in_one_thread(store: SqlStore):
    await keep(
        store,
        replace(receipt("too old"), at=NOON - SECOND),
        receipt("first"),
        receipt("second"),
        receipt("third"),
        replace(receipt("a notice"), notice=True),
        receipt("of another person", HOME, BOB),
        receipt("in another chat", GROUP),
        receipt("in another thread", replace(HOME, thread="7")),
    )

    async with store.work(NOON) as work:
        found = await work.last_receipts(HOME, ALICE.key, NOON, 2)

    assert [r.token for r in found] == ["third", "second"]


async def test_an_answer_is_found_by_its_question_and_by_its_messages(store: SqlStore):
    await keep(store, receipt("a", GROUP, question="10"), receipt("elsewhere", question="11"))
    await queue(store, "answer", GROUP, receipt="a")
    [outgoing] = await store.claim("telegram", NOON, 1)
    await store.delivered(outgoing, ["11", "12"])

    async with store.work(NOON) as work:
        found = [await work.receipt_of(GROUP, message) for message in ("10", "11", "12", "13", "")]

    assert [r.token if r else None for r in found] == ["a", "a", "a", None, None]


async def test_a_question_that_was_edited_leads_to_its_last_answer(store: SqlStore):
    await keep(store, receipt("z", question="10"), receipt("a", question="10"))

    async with store.work(NOON) as work:
        found = await work.receipt_of(HOME, "10")

    assert found
    assert found.token == "a"


async def test_words_are_awaited_from_one_person_in_one_thread_for_a_while(store: SqlStore):
    async with store.work(NOON) as work:
        await work.expect(GROUP, ALICE.key, "something", "old", NOON + SECOND)
        await work.expect(GROUP, ALICE.key, "report", "a", NOON + MINUTE)

    async with store.work(NOON) as work:
        assert await work.expected(GROUP, ALICE.key, NOON + SECOND) == ("report", "a")
        assert await work.expected(GROUP, ALICE.key, NOON + MINUTE) is None
        assert await work.expected(GROUP, BOB.key, NOON) is None
        assert await work.expected(HOME, ALICE.key, NOON) is None
        assert await work.expected(replace(GROUP, thread="7"), ALICE.key, NOON) is None


async def test_awaiting_words_can_be_ended(store: SqlStore):
    async with store.work(NOON) as work:
        await work.expect(GROUP, ALICE.key, "report", "a", NOON + MINUTE)
        await work.expect(GROUP, ALICE.key, "", "", NOON)

        assert await work.expected(GROUP, ALICE.key, NOON) is None


async def test_reports_are_numbered_and_come_back_newest_first(store: SqlStore):
    async with store.work(NOON) as work:
        numbers = [
            await work.file_report(ALICE, [DATE, PLACE], "the date 🙃 is <wrong>", NOON),
            await work.file_report(BOB, [], "", NOON + SECOND),
        ]

    newest, oldest = await store.reports(5)

    assert numbers == [oldest.number, newest.number] == [1, 2]
    assert (oldest.person, oldest.words) == (ALICE.key, "the date 🙃 is <wrong>")
    assert (oldest.facts, oldest.at) == ((DATE, PLACE), NOON)
    assert await store.reports(1) == [newest]


async def test_who_asks_too_much_is_told_how_long_to_wait(store: SqlStore):
    async with store.work(NOON) as work:
        asked = [await work.may_ask(ALICE.key, NOON + n * SECOND, 3, MINUTE) for n in range(5)]

        assert asked == [0, 0, 0, 57, 56]
        assert await work.may_ask(BOB.key, NOON + 5 * SECOND, 3, MINUTE) == 0


async def test_who_has_waited_may_ask_again_though_they_tried_before(store: SqlStore):
    async with store.work(NOON) as work:
        for n in range(9):
            await work.may_ask(ALICE.key, NOON + n * SECOND, 3, MINUTE)

        later = [NOON + MINUTE + n * SECOND for n in (0, 0, 1)]
        assert [await work.may_ask(ALICE.key, at, 3, MINUTE) for at in later] == [0, 1, 0]


async def test_a_transcript_shows_the_newest_exchanges_oldest_first(store: SqlStore):
    def exchange(n: int) -> Exchange:
        return Exchange(f"question {n}", (card(f"a{n}"), card(f"b{n}")), NOON + n * SECOND)

    async with store.work(NOON) as work:
        for n in range(4):
            await work.note(HOME, exchange(n))
        await work.note(GROUP, exchange(9))

    async with store.work(NOON) as work:
        assert await work.transcript(HOME, NOON + SECOND, 9) == [exchange(n) for n in (1, 2, 3)]
        assert await work.transcript(HOME, NOON, 2) == [exchange(n) for n in (2, 3)]


async def test_a_transcript_can_be_wiped(store: SqlStore):
    async with store.work(NOON) as work:
        await work.note(HOME, Exchange("question", (), NOON))
        await work.note(GROUP, Exchange("question", (), NOON))
        await work.wipe(HOME)

        assert await work.transcript(HOME, NOON, 9) == []
        assert len(await work.transcript(GROUP, NOON, 9)) == 1


async def test_a_transaction_may_be_cancelled_at_any_moment(store: SqlStore):
    loop = asyncio.get_running_loop()

    async def write() -> None:
        async with store.work(NOON) as work:
            for n in count():
                await work.first_time("telegram", str(n))

    def after(turns: int, task: asyncio.Task[None]) -> None:
        """Cancel after so many turns of the loop."""
        if turns:
            loop.call_soon(after, turns - 1, task)
        else:
            task.cancel()

    ends: list[object] = []  # kept, because an error holds on to what it interrupted
    for turns in range(100):
        task = asyncio.create_task(write())
        after(turns, task)
        ends += await asyncio.gather(task, return_exceptions=True)
        async with store.work(NOON) as work:
            assert await work.first_time("telegram", f"after {turns}")

    assert {type(end) for end in ends} == {asyncio.CancelledError}


async def test_a_moment_without_its_time_zone_is_refused(store: SqlStore):
    with pytest.raises(Exception, match="needs its time zone"):
        await keep(store, replace(receipt("a"), at=NOON.replace(tzinfo=None)))


async def test_the_same_person_is_one_row_for_every_table(store: SqlStore):
    async with store.work(NOON) as work:
        await work.may_ask(TEACHER.key, NOON, 3, MINUTE)
        await work.keep_receipt(receipt("a", by=TEACHER))
        await work.file_report(TEACHER, [], "words", NOON)

    assert [report.person for report in await store.reports(9)] == [TEACHER.key]


async def test_a_group_s_questions_are_counted_whoever_asks(store: SqlStore):
    async with store.work(NOON) as work:
        for n, person in enumerate((ALICE, BOB, TEACHER)):
            await work.may_ask(person.key, NOON + n * SECOND, 9, MINUTE, GROUP)
        await work.may_ask(ALICE.key, NOON + 3 * SECOND, 9, MINUTE)

        assert await work.crowded(GROUP, NOON + 3 * SECOND, 3, MINUTE) == 57
        assert await work.crowded(GROUP, NOON + 3 * SECOND, 4, MINUTE) == 0
        assert await work.crowded(GROUP, NOON + MINUTE, 3, MINUTE) == 0
