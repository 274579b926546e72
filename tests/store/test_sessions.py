from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.events import Person, Place
from bot.core.quiz import Response
from bot.service.live_ports import CONTROL, CodeTaken, Pulse, Room
from bot.store.store import SqlStore
from tests.cast import ALICE, BOB, GROUP, NOON, STRANGER, TEACHER
from tests.quizzes import BUILT, SEVERAL, TRUE
from tests.store.sessions_of import given, opened

LATER = NOON + timedelta(seconds=5)


async def test_a_session_is_found_by_its_code_and_number_with_its_questions(store: SqlStore):
    session = await opened(store)

    async with store.work(NOON) as work:
        assert await work.sessions.by_code("ABC234") == session
        assert await work.sessions.by_id(session.id, lock=True) == session
        asked = await work.sessions.questions(session.id)

    assert [one.question for one in asked] == [BUILT, TRUE, SEVERAL]
    assert [one.position for one in asked] == [0, 1, 2]


async def test_no_two_sessions_have_the_same_code(store: SqlStore):
    await opened(store)

    with pytest.raises(CodeTaken):
        await opened(store)


async def test_what_changes_in_a_session_is_kept(store: SqlStore):
    session = await opened(store)
    changed = replace(session, state={"at": 1}, phase="over", epoch=7, ended=LATER)

    async with store.work(NOON) as work:
        await work.sessions.keep(changed)
        await work.sessions.mark_question(session.id, 1, opened=NOON)
        await work.sessions.mark_question(session.id, 1, closed=LATER, skipped=True)

    async with store.work(NOON) as work:
        assert await work.sessions.by_code("ABC234") == changed
        second = (await work.sessions.questions(session.id))[1]
    assert (second.opened, second.closed, second.skipped) == (NOON, LATER, True)


async def test_a_person_joins_once_and_comes_back_as_who_they_were(store: SqlStore):
    session = await opened(store)

    async with store.work(NOON) as work:
        first = await work.sessions.join(session.id, ALICE.key, "Owl", NOON)
        assert await work.sessions.leave(session.id, ALICE.key, NOON)
        assert not await work.sessions.leave(session.id, BOB.key, NOON)
        again = await work.sessions.join(session.id, ALICE.key, "Fox", LATER)

    assert again == first


async def test_names_are_made_unique(store: SqlStore):
    session = await opened(store)

    async with store.work(NOON) as work:
        for person in (ALICE, BOB, STRANGER):
            await work.sessions.join(session.id, person.key, "Owl", NOON)
        joined = await work.sessions.participants(session.id)

    assert [one.name for one in joined] == ["Owl", "Owl 2", "Owl 3"]


async def test_a_recovery_code_hands_a_part_over(store: SqlStore):
    session = await opened(store)

    async with store.work(NOON) as work:
        owl = await work.sessions.join(session.id, "web:1", "Owl", NOON, "digest")
        found = await work.sessions.recover(session.id, "digest", "web:2")
        nothing = await work.sessions.recover(session.id, "guess", "web:3")

    assert found == replace(owl, person="web:2")
    assert nothing is None


async def test_more_time_follows_the_host_s_word_alone(store: SqlStore):
    session = await opened(store)

    async with store.work(NOON) as work:
        await work.sessions.join(session.id, ALICE.key, "Owl", NOON)
        await work.sessions.put_factor(BOB.key, ALICE.key, 3.0)
        unknown = await work.sessions.participant(session.id, ALICE.key)
        await work.sessions.put_factor(TEACHER.key, ALICE.key, 1.5)
        known = await work.sessions.participant(session.id, ALICE.key)
        assert await work.sessions.factors(TEACHER.key) == {ALICE.key: 1.5}
        await work.sessions.put_factor(TEACHER.key, ALICE.key, 1.0)
        assert await work.sessions.factors(TEACHER.key) == {}

    assert unknown
    assert known
    assert (unknown.factor, known.factor) == (1.0, 1.5)


async def test_the_first_answer_stays_unless_changes_are_allowed(store: SqlStore):
    session = await opened(store)
    async with store.work(NOON) as work:
        owl = (await work.sessions.join(session.id, ALICE.key, "Owl", NOON)).id
        place = (session.id, 0, owl)
        assert await work.sessions.take_answers([(session.id, given(owl, "a"))]) == {place}
        assert not await work.sessions.take_answers([(session.id, given(owl, "b", at=LATER))])
        kept = await work.sessions.given([place])
        newer = [(session.id, given(owl, "c", at=LATER))]
        assert await work.sessions.take_answers(newer, change=True) == {place}
        older = [(session.id, given(owl, "b", at=NOON))]
        assert not await work.sessions.take_answers(older, change=True)
        [changed] = await work.sessions.answers(session.id, position=0, participant=owl)

    assert kept[place] == given(owl, "a")
    assert changed.response == Response(("c",))


async def test_many_answers_are_kept_at_once(store: SqlStore):
    session = await opened(store)
    people = [Person(f"telegram:{number}") for number in range(1200, 1800)]
    async with store.work(NOON) as work:
        joined = [
            (await work.sessions.join(session.id, who.key, who.key, NOON)).id for who in people
        ]

    async with store.work(NOON) as work:
        rows = [(session.id, given(one)) for one in reversed(joined)]
        assert len(await work.sessions.take_answers(rows)) == len(people)
        takers = await work.sessions.takers([(session.id, who.key) for who in people])
        pulses = await work.sessions.pulses(["ABC234", "UNKNWN"])

    assert len(takers) == len(people)
    assert pulses == {"ABC234": Pulse(0, 600, 600)}


async def test_a_room_is_kept_once_for_each_use(store: SqlStore):
    session = await opened(store)
    board = Room(GROUP, receipt="r1", position=2, at=NOON)

    async with store.work(NOON) as work:
        await work.sessions.put_room(session.id, Room(GROUP, receipt="r0", at=NOON))
        await work.sessions.put_room(session.id, Room(GROUP, CONTROL, "c", at=NOON))
        await work.sessions.put_room(session.id, board)
        found = await work.sessions.rooms(session.id, "board")
        here = await work.sessions.in_room(GROUP)
        await work.sessions.drop_room(session.id, GROUP)
        left = await work.sessions.rooms(session.id)

    assert found == [board]
    assert here == session
    assert left == []


async def test_a_room_follows_its_chat_to_another_key(store: SqlStore):
    session = await opened(store)
    async with store.work(NOON) as work:
        await work.sessions.put_room(session.id, Room(GROUP, receipt="r", at=NOON))
        await work.move_chat(GROUP, "telegram:-100999")

    async with store.work(NOON) as work:
        [room] = await work.sessions.rooms(session.id)

    assert room.place == Place("telegram", "telegram:-100999", private=False)


async def test_only_what_is_not_over_is_underway(store: SqlStore):
    first = await opened(store)
    second = await opened(store, "XYZ789")

    async with store.work(NOON) as work:
        await work.sessions.keep(replace(first, phase="over"))
        underway = await work.sessions.underway()
        led = await work.sessions.led_by(TEACHER.key)

    assert underway == [second.id]
    assert led == [second]


async def test_updates_are_new_once(store: SqlStore):
    async with store.work(NOON) as work:
        await work.first_time("telegram", "7")
        new = await work.first_times([("telegram", "7"), ("telegram", "8"), ("web", "7")])

    assert set(new) == {("telegram", "8"), ("web", "7")}
