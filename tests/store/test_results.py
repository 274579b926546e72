"""Results and mended keys, kept by either engine."""

from dataclasses import replace

import pytest

from bot.core.quiz import Question
from bot.core.regrade import regrade
from bot.core.result_cards import Entry
from bot.core.results import Which
from bot.service.result_ports import Stage
from bot.store.store import SqlStore
from tests.cast import ALICE, BOB, GROUP, NOON, STRANGER, TEACHER, private_chat
from tests.forgetting import forget
from tests.held import BRIDGE, FLOOD, RIVER, mended, taken
from tests.held_in_store import How, hold

LESSON = taken([RIVER, BRIDGE, FLOOD], "a c a", "b b b", "a b -", joined=4)
NOW_1937 = mended(BRIDGE, "c")


def present(*questions: Question) -> dict[tuple[str, str], str]:
    return {("bridge", question.id): question.hash for question in questions}


async def test_a_session_comes_back_as_it_was_held(store: SqlStore):
    number = await hold(store, LESSON, [ALICE, BOB])

    async with store.work(NOON) as work:
        held = await work.results.held(number)
        people = await work.results.people_of(number)

    assert held is not None
    assert (held.host, held.shown) == (TEACHER.key, True)
    found = held.taken
    assert [i.question for i in found.items] == [RIVER, BRIDGE, FLOOD]
    assert [learner.name for learner in found.learners] == ["Fox 1", "Fox 2", "Fox 3", "Fox 4"]
    kept = {(r.at, r.position, r.response, r.fraction, r.right, r.points) for r in found.replies}
    assert kept == {
        (r.at, r.position, r.response, r.fraction, r.right, r.points) for r in LESSON.replies
    }
    assert list(people.values())[:2] == [ALICE.key, BOB.key]


async def test_there_is_no_session_of_an_unknown_number(store: SqlStore):
    async with store.work(NOON) as work:
        assert await work.results.held(9) is None
        assert await work.results.mended(9) is None


async def test_only_own_sessions_with_answers_are_listed_newest_first(store: SqlStore):
    await hold(store, LESSON, how=How(code="A"))
    await hold(store, replace(LESSON, replies=()), how=How(code="B"))
    await hold(store, LESSON, how=How(code="C", host=STRANGER))
    await hold(store, LESSON, how=How(code="D", kind="assignment", place=None))

    async with store.work(NOON) as work:
        listed = await work.results.sessions(TEACHER.key, 9)
        newest = await work.results.sessions(TEACHER.key, 1)
        here = await work.results.sessions(TEACHER.key, 9, GROUP)

    assert listed == [
        Entry(4, "7B · Bridges", NOON, 3, assignment=True),
        Entry(1, "7B · Bridges", NOON, 3),
    ]
    assert [entry.session for entry in newest] == [4]
    assert [entry.session for entry in here] == [1]


async def test_sessions_of_one_pack_are_held_together(store: SqlStore):
    await hold(store, LESSON, how=How(code="A"))
    await hold(store, replace(LESSON, pack="other"), how=How(code="B"))

    async with store.work(NOON) as work:
        found = await work.results.all_held(TEACHER.key, 9, "bridge")

    assert [one.session for one in found] == [1]


@pytest.mark.parametrize(
    ("setup", "which"),
    [({"counts": "last"}, Which.LAST), ({}, Which.FIRST), ({"counts": "odd"}, Which.FIRST)],
)
async def test_the_attempt_that_counts_is_the_assignment_s(store: SqlStore, setup, which):
    number = await hold(store, LESSON, how=How(kind="assignment", setup=setup))

    async with store.work(NOON) as work:
        held = await work.results.held(number)

    assert held is not None
    assert held.taken.which is which


async def test_somebody_who_was_erased_is_still_counted(store: SqlStore):
    number = await hold(store, LESSON, [ALICE, BOB])
    async with store.work(NOON) as work:
        await work.personal.erase(ALICE.key)

    async with store.work(NOON) as work:
        held = await work.results.held(number)
        people = await work.results.people_of(number)

    assert held is not None
    assert len(held.taken.learners) == 4
    assert held.taken.learners[0].name == f"(erased {held.taken.learners[0].number})"
    assert ALICE.key not in people.values()


async def test_a_changed_question_is_found_where_it_was_answered(store: SqlStore):
    await hold(store, LESSON, how=How(code="A"))
    await hold(store, LESSON, how=How(code="B", phase="asking"))
    await hold(store, LESSON, how=How(code="C", kind="assignment", phase="open"))
    await hold(store, taken([BRIDGE], "-"), how=How(code="D"))

    async with store.work(NOON) as work:
        found = await work.results.stale(present(RIVER, NOW_1937))
        same = await work.results.stale(present(RIVER, BRIDGE, FLOOD))
        gone = await work.results.stale(present(RIVER))

    assert [(one.session, one.pack, one.old) for one in found] == [
        (1, "bridge", BRIDGE),
        (3, "bridge", BRIDGE),
    ]
    assert same == gone == []


async def test_an_offer_is_kept_once(store: SqlStore):
    number = await hold(store, LESSON)

    async with store.work(NOON) as work:
        first = await work.results.offer(number, BRIDGE, NOW_1937, "bridge")
        second = await work.results.offer(number, BRIDGE, NOW_1937, "bridge")
        [kept] = await work.results.mended_of(TEACHER.key)

    assert (first, second) == (1, None)
    assert (kept.old, kept.new, kept.stage) == (BRIDGE, NOW_1937, Stage.OFFERED)
    assert (kept.title, kept.host) == ("7B · Bridges", TEACHER.key)


async def test_marks_are_changed_and_given_back(store: SqlStore):
    number = await hold(store, LESSON)
    async with store.work(NOON) as work:
        held = await work.results.held(number)
        offer = await work.results.offer(number, BRIDGE, NOW_1937, "bridge")
        assert held is not None
        assert offer is not None
        found = regrade(held.taken, {BRIDGE.hash: NOW_1937})
        mended_key = await work.results.mended(offer)
        assert mended_key is not None
        await work.results.remark(mended_key, found.changes)
        await work.results.settle(offer, Stage.APPLIED)

    async with store.work(NOON) as work:
        after = await work.results.held(number)
        applied = await work.results.mended(offer)
        assert after is not None
        assert applied is not None
        assert applied.stage is Stage.APPLIED
        assert after.taken == found.after
        await work.results.restore(applied)

    async with store.work(NOON) as work:
        back = await work.results.held(number)
    assert back is not None
    assert back.taken == held.taken


async def test_an_offer_is_passed_over_once_its_key_is_another(store: SqlStore):
    number = await hold(store, LESSON)
    async with store.work(NOON) as work:
        offer = await work.results.offer(number, BRIDGE, NOW_1937, "bridge")
        assert offer is not None
        await work.results.pass_over(["bridge"], {NOW_1937.hash})
        await work.results.pass_over(["other"], set())
        still = await work.results.mended(offer)
        await work.results.pass_over(["bridge"], {"another"})
        ended = await work.results.mended(offer)

    assert still is not None
    assert ended is not None
    assert (still.stage, ended.stage) == (Stage.OFFERED, Stage.PASSED)


async def test_private_chats_are_found_for_those_who_have_one(store: SqlStore):
    async with store.work(NOON) as work:
        await work.expect(private_chat(ALICE), ALICE.key, "report", "", NOON)
        await work.expect(GROUP, BOB.key, "report", "", NOON)
        found = await work.results.private({1: ALICE.key, 2: BOB.key})

    assert found == {1: private_chat(ALICE)}


async def test_what_is_forgotten_with_a_session_is_its_mended_keys(store: SqlStore):
    number = await hold(store, LESSON)
    async with store.work(NOON) as work:
        await work.results.offer(number, BRIDGE, NOW_1937, "bridge")

    await forget(store, NOON.replace(year=2036))

    async with store.work(NOON) as work:
        assert await work.results.mended_of(TEACHER.key) == []
        assert await work.results.held(number) is None


async def test_a_class_counts_whole_and_learners_go_by_the_teacher_s_codes(store: SqlStore):
    async with store.work(NOON) as work:
        group = await work.classes.create(TEACHER.key, "7B", "CLASS1", NOON)
        for person, name in ((ALICE, "Fox"), (BOB, "Owl")):
            await work.classes.join(group.number, person.key, name, private_chat(person), NOON)
        first, _ = await work.classes.members(group.number)
        await work.classes.label(first.number, "7B-12")
    how = How(kind="assignment", phase="open", setup={"counts": "best"})
    number = await hold(store, taken([BRIDGE], "b"), [ALICE], how)
    async with store.work(NOON) as work:
        await work.assignments.put(number, group.number)

    async with store.work(NOON) as work:
        held = await work.results.held(number)
        await work.assignments.delete(number, NOON)
        deleted = await work.results.held(number)

    assert held is not None
    assert held.taken.invited == 2
    assert [learner.name for learner in held.taken.learners] == ["7B-12"]
    assert held.taken.which is Which.BEST
    assert deleted is None
