"""Reports, unanswered questions and corrections, on both engines."""

import asyncio
from datetime import timedelta

from bot.core.answer import FactKey
from bot.core.events import Person
from bot.core.flags import State
from bot.core.unanswered import State as QuestionState
from bot.service.bank_ports import Act, Content, Version
from bot.service.flag_ports import Decision, Move
from bot.service.ports import Receipt, Retention
from bot.store.store import SqlStore
from tests.cast import ALICE, BOB, NOON, STRANGER, private_chat
from tests.forgetting import forget

OPENED = FactKey("town", "opened", "1")
LATER = FactKey("town", "opened", "2")
CONTENT = Content(b"files", b"read", "digest")


async def report(store: SqlStore, words: str = "Not so.", by: Person = ALICE) -> int:
    async with store.work(NOON) as work:
        return await work.file_report(by, [OPENED], words, NOON)


async def test_a_report_waits_with_the_language_of_who_sent_it(store: SqlStore):
    number = await report(store, by=Person(ALICE.key, "de"))

    async with store.work(NOON) as work:
        [flag] = await work.flags.reports()
    assert (flag.number, flag.state, flag.language) == (number, State.OPEN, "de")
    assert (flag.facts, flag.person, flag.told) == ((OPENED,), ALICE.key, False)


async def test_a_report_is_decided_once(store: SqlStore):
    number = await report(store)
    declined = Decision(State.DECLINED, BOB.key, "Looked up.")

    async with store.work(NOON) as work:
        first = await work.flags.settle(number, State.OPEN, declined)
        second = await work.flags.settle(number, State.OPEN, Decision(State.MENDING))
        nowhere = await work.flags.settle(99, State.OPEN, declined)

    async with store.work(NOON) as work:
        [flag] = await work.flags.reports()
    assert (first, second, nowhere) == (True, False, False)
    assert (flag.state, flag.by, flag.reason) == (State.DECLINED, BOB.key, "Looked up.")


async def test_of_two_who_decide_at_once_one_does(store: SqlStore):
    number = await report(store)

    async def decide() -> bool:
        async with store.work(NOON) as work:
            return await work.flags.settle(number, State.OPEN, Decision(State.MENDING))

    assert sorted(await asyncio.gather(decide(), decide())) == [False, True]


async def test_news_are_what_was_decided_and_not_told(store: SqlStore):
    numbers = [await report(store) for _ in range(3)]
    async with store.work(NOON) as work:
        for number in numbers[:2]:
            await work.flags.settle(number, State.OPEN, Decision(State.DECLINED))
        await work.flags.settle(numbers[2], State.OPEN, Decision(State.MENDING))
        await work.flags.told(numbers[0])

    async with store.work(NOON) as work:
        assert list(await work.flags.news(ALICE.key)) == [numbers[1]]
        assert list(await work.flags.news(BOB.key)) == []


async def test_what_became_of_a_report_goes_with_it(store: SqlStore):
    await report(store)

    await forget(store, NOON + Retention().reports + timedelta(seconds=1))

    again = await report(store, "Another.")
    async with store.work(NOON) as work:
        [flag] = await work.flags.reports()
    assert (flag.number, flag.words) == (again, "Another.")


async def test_a_question_of_one_person_is_kept_once(store: SqlStore):
    async with store.work(NOON) as work:
        for person in (ALICE, ALICE, BOB):
            await work.flags.keep_question(person.key, "en", "who paid?")

    async with store.work(NOON) as work:
        found = await work.flags.questions()
    assert [(q.person, q.words, q.state) for q in found] == [
        (ALICE.key, "who paid?", QuestionState.WAITING),
        (BOB.key, "who paid?", QuestionState.WAITING),
    ]


async def test_only_questions_that_wait_are_moved(store: SqlStore):
    async with store.work(NOON) as work:
        for words in ("one", "two", "three"):
            await work.flags.keep_question(ALICE.key, "en", words)
        ids = [question.id for question in await work.flags.questions()]
        closed = await work.flags.move_questions(ids[:1], QuestionState.CLOSED)
        drafted = await work.flags.move_questions(ids[:2], QuestionState.DRAFTED, "town", "paid")
        kept = await work.flags.reopen("town", ["paid"])
        elsewhere = await work.flags.reopen("village", [])
        reopened = await work.flags.reopen("town", ["other"])

    assert (closed, drafted, kept, elsewhere, reopened) == (1, 1, 0, 0, 1)
    async with store.work(NOON) as work:
        states = [(q.state, q.fact) for q in await work.flags.questions()]
    assert states == [("closed", ""), ("waiting", ""), ("waiting", "")]


async def test_a_question_is_taken_by_one(store: SqlStore):
    async with store.work(NOON) as work:
        await work.flags.keep_question(ALICE.key, "en", "who paid?")
        [question] = await work.flags.questions()

    async with store.work(NOON) as work:
        assert list(await work.flags.take_questions([question.id])) == [question.id]
        assert list(await work.flags.take_questions([question.id])) == []


async def test_questions_and_forms_are_forgotten_in_their_time(store: SqlStore):
    kept = Retention().unanswered
    async with store.work(NOON) as work:
        await work.flags.keep_question(ALICE.key, "en", "who paid?")
        await work.flags.keep_form(BOB.key, {"claim": "He did."})

    await forget(store, NOON + kept)
    async with store.work(NOON) as work:
        assert len(await work.flags.questions()) == 1
        assert await work.flags.form(BOB.key) is None
    await forget(store, NOON + kept + timedelta(seconds=1))
    async with store.work(NOON) as work:
        assert await work.flags.questions() == []


async def test_a_form_is_kept_for_each_editor(store: SqlStore):
    async with store.work(NOON) as work:
        await work.flags.keep_form(ALICE.key, {"claim": "One."})
        await work.flags.keep_form(ALICE.key, {"claim": "Two."})
        await work.flags.keep_form(BOB.key, {"claim": "Three."})

    async with store.work(NOON) as work:
        await work.flags.drop_form(BOB.key)
        assert await work.flags.form(ALICE.key) == {"claim": "Two."}
        assert await work.flags.form(BOB.key) is None


async def test_each_publication_is_followed_once_and_knows_what_was_before(store: SqlStore):
    async with store.work(NOON) as work:
        for number in (1, 2):
            await work.banks.add_version(Version("town", number, NOON), CONTENT)
            await work.banks.publish("town", number, BOB.key, Act.PUBLISHED, NOON)
        await work.banks.publish("town", 1, "", Act.ROLLED_BACK, NOON)
        await work.banks.publish("port", 0, "", Act.ROLLED_BACK, NOON)

    async with store.work(NOON) as work:
        moves = list(await work.flags.to_follow())
        first = await work.flags.follow(moves[0].publication)
        again = await work.flags.follow(moves[0].publication)
        left = list(await work.flags.to_follow())

    assert [(m.pack, m.before, m.version, m.by) for m in moves] == [
        ("town", 0, 1, BOB.key),
        ("town", 1, 2, BOB.key),
        ("town", 2, 1, ""),
        ("port", 0, 0, ""),
    ]
    assert (first, again) == (True, False)
    assert left == moves[1:]
    assert left[0] == Move(moves[1].publication, "town", 2, 1, BOB.key)


async def test_who_wished_it_is_found_by_what_they_were_last_shown(store: SqlStore):
    async with store.work(NOON) as work:
        for person in (ALICE, STRANGER):
            await work.wishes.put(person.key, "corrections")
        shown = [(ALICE, OPENED), (ALICE, LATER), (BOB, OPENED), (STRANGER, OPENED)]
        for number, (person, key) in enumerate(shown):
            at = NOON - timedelta(days=40) if person is STRANGER else NOON
            place = private_chat(person)
            await work.keep_receipt(Receipt(f"r{number}", place, person.key, "", at, (key,)))

    async with store.work(NOON) as work:
        since = NOON - timedelta(days=30)
        found = await work.flags.given("corrections", "town", {"opened"}, since)
        nothing = await work.flags.given("corrections", "town", {"arches"}, since)
    assert found == {ALICE.key: (LATER,)}
    assert nothing == {}


async def test_a_version_is_told_to_somebody_once(store: SqlStore):
    async with store.work(NOON) as work:
        told = [
            await work.flags.tell_correction(person.key, key)
            for person, key in [(ALICE, OPENED), (ALICE, OPENED), (ALICE, LATER), (BOB, OPENED)]
        ]

    assert told == [True, False, True, True]


async def test_a_question_is_found_as_it_was_asked(store: SqlStore):
    async with store.work(NOON) as work:
        assert await work.flags.question("nothing") is None


async def test_that_something_was_offered_is_forgotten_after_a_week(store: SqlStore):
    async with store.work(NOON) as work:
        await work.wishes.put(ALICE.key, "unanswered.offered", NOON.isoformat())
        await work.wishes.put(ALICE.key, "unanswered")

    await forget(store, NOON + timedelta(days=7, seconds=1))

    async with store.work(NOON) as work:
        assert await work.wishes.all_of(ALICE.key) == {"unanswered": "on"}
