"""What is kept of classes and assignments, on both engines."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import text

from bot.core.assignment_setup import Draft, Field
from bot.core.assignment_types import Counts, Group, Reveal, Run
from bot.core.solo_types import Given, Solo, Stage
from bot.service.class_ports import About, Awaiting
from bot.service.live_ports import NewSession
from bot.service.ports import Retention, Work
from bot.store.engine import opened
from bot.store.store import SqlStore
from tests.cast import ALICE, BOB, NOON, TEACHER, private_chat
from tests.forgetting import forget
from tests.quizzes import BUILT

HOME = private_chat(ALICE)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
SOLO = Solo(
    4, Stage.QUESTION, "s", "mill", questions=("a", "b"), given=(Given("a", 2, 0.5),),
    typed=True, verb="a.r1",
)  # fmt: skip


async def founded(work: Work, name: str = "7B", code: str = "ABCDEFGH") -> Group:
    return await work.classes.create(TEACHER.key, name, code, NOON)


async def begun(work: Work) -> Run:
    """Keep an assignment and an attempt of Alice's."""
    new = NewSession(
        "code", "mill", "Mill", TEACHER.key, {}, {}, "open", (BUILT,), NOON, kind="assignment"
    )
    session = await work.sessions.open(new)
    group = await founded(work)
    await work.assignments.put(session.id, group.number)
    alice = await work.sessions.join(session.id, ALICE.key, "Blue heron", NOON)
    return await work.assignments.begin(
        Run(0, session.id, alice.id, 1, SOLO, NOON, NOON + HOUR), NOON
    )


async def test_a_class_is_found_by_its_code_number_and_teacher(store: SqlStore):
    async with store.work(NOON) as work:
        group = await founded(work)

        assert group == Group(1, "7B", TEACHER.key, "ABCDEFGH", NOON)
        assert await work.classes.by_code("ABCDEFGH") == group
        assert await work.classes.group(1) == group
        assert await work.classes.owned(TEACHER.key) == [group]
        assert await work.classes.owned(ALICE.key) == []
        assert await work.classes.group(2) is None


async def test_a_class_gets_another_code_and_name_and_is_closed(store: SqlStore):
    async with store.work(NOON) as work:
        await founded(work)
        await work.classes.recode(1, "NEWCODES", NOON + HOUR)
        await work.classes.rename(1, "8B")
        await work.classes.close(1, NOON)

        assert await work.classes.by_code("ABCDEFGH") is None
        assert await work.classes.by_code("NEWCODES") == Group(
            1, "8B", TEACHER.key, "NEWCODES", NOON + HOUR, NOON
        )
        await work.classes.close(1, None)
        assert (await work.classes.owned(TEACHER.key))[0].closed is None


async def test_somebody_joins_once_and_under_a_name_of_their_own(store: SqlStore):
    async with store.work(NOON) as work:
        await founded(work)

        assert await work.classes.join(1, ALICE.key, "Blue heron", HOME, NOON)
        assert not await work.classes.join(1, ALICE.key, "Red fox", HOME, NOON)
        assert not await work.classes.join(1, BOB.key, "Blue heron", HOME, NOON)
        assert await work.classes.join(1, BOB.key, "Red fox", private_chat(BOB), NOON)
        group = await work.classes.group(1)
        assert group
        assert group.size == 2


async def test_a_roster_is_in_the_order_of_the_teachers_codes(store: SqlStore):
    async with store.work(NOON) as work:
        await founded(work)
        for person, name in ((ALICE, "Zed"), (BOB, "Ann"), (TEACHER, "Moe")):
            await work.classes.join(1, person.key, name, private_chat(person), NOON)
        zed = await work.classes.member_of(1, ALICE.key)
        assert zed
        await work.classes.label(zed.number, "7B-1")

        members = await work.classes.members(1)
        assert [(m.name, m.label) for m in members] == [("Zed", "7B-1"), ("Ann", ""), ("Moe", "")]
        assert members[0].place == HOME
        assert await work.classes.member(zed.number) == replace(zed, label="7B-1")
        assert not await work.classes.call(zed.number, "Ann")
        assert await work.classes.call(zed.number, "Zed")
        assert await work.classes.call(zed.number, "Yan")


async def test_somebodys_classes_are_those_that_are_open(store: SqlStore):
    async with store.work(NOON) as work:
        first, second = await founded(work), await founded(work, "8C", "OTHERONE")
        for group in (first, second):
            await work.classes.join(group.number, ALICE.key, "Zed", HOME, NOON)
        await work.classes.close(first.number, NOON)
        assert [g.name for g, _ in await work.classes.groups_of(ALICE.key)] == ["8C"]

        await work.classes.leave(second.number, ALICE.key)
        assert await work.classes.groups_of(ALICE.key) == []


async def test_who_takes_part_in_anything_is_known(store: SqlStore):
    async with store.work(NOON) as work:
        await begun(work)
        await work.classes.join(1, BOB.key, "Red fox", HOME, NOON)

        assert await work.classes.takes_part(ALICE.key)
        assert await work.classes.takes_part(BOB.key)
        assert not await work.classes.takes_part(TEACHER.key)


async def test_wrong_codes_are_counted_within_their_window(store: SqlStore):
    async with store.work(NOON) as work:
        assert await work.classes.guessed(ALICE.key, NOON, HOUR) == 1
        assert await work.classes.guessed(ALICE.key, NOON + HOUR / 2, HOUR) == 2
        assert await work.classes.guessed(ALICE.key, NOON + HOUR, HOUR) == 2
        assert await work.classes.guesses(BOB.key, NOON - HOUR) == 0


async def test_a_draft_is_kept_whole_and_thrown_away(store: SqlStore):
    draft = Draft(
        3, Field.DUE, 1, "mill", ("a",), ("q",), 5, True, NOON, NOON + DAY, 2, Counts.LAST,
        Reveal.DUE, 20, False, "telegram:-1", "7", "seed",
    )  # fmt: skip
    async with store.work(NOON) as work:
        await work.assignments.keep_draft(TEACHER.key, Draft(), NOON)
        await work.assignments.keep_draft(TEACHER.key, draft, NOON)
        assert await work.assignments.draft(TEACHER.key) == draft
        assert await work.assignments.draft(ALICE.key) is None

        await work.assignments.keep_draft(TEACHER.key, None, NOON)
        assert await work.assignments.draft(TEACHER.key) is None


async def test_assignments_are_listed_by_teacher_and_class_until_they_are_gone(store: SqlStore):
    async with store.work(NOON) as work:
        run = await begun(work)
        session = run.assignment
        assert await work.assignments.about(session) == About(1)
        assert await work.assignments.hosted(TEACHER.key, 9) == [session]
        assert await work.assignments.of_groups([1, 2], 9) == [session]
        assert await work.assignments.hosted(ALICE.key, 9) == []

        await work.assignments.delete(session, NOON)
        assert await work.assignments.about(session) == About(1, NOON)
        assert await work.assignments.hosted(TEACHER.key, 9) == []
        assert await work.assignments.of_groups([1], 9) == []
        assert await work.assignments.about(99) == About()


async def test_a_day_of_ones_own_is_kept_changed_and_taken_back(store: SqlStore):
    async with store.work(NOON) as work:
        session = (await begun(work)).assignment
        await work.assignments.extend(session, ALICE.key, NOON)
        await work.assignments.extend(session, ALICE.key, NOON + DAY)

        assert await work.assignments.own_due(session, ALICE.key) == NOON + DAY
        assert await work.assignments.extensions(session) == {ALICE.key: NOON + DAY}
        await work.assignments.extend(session, ALICE.key, None)
        assert await work.assignments.own_due(session, ALICE.key) is None


async def test_an_attempt_is_kept_whole_and_waits_for_words_where_it_was_touched(store: SqlStore):
    async with store.work(NOON) as work:
        run = await begun(work)
        assert await work.assignments.run(run.number) == run
        assert await work.assignments.runs(run.assignment, run.participant) == [run]
        assert await work.assignments.awaiting(HOME) is None

        await work.assignments.keep_run(run, NOON + HOUR, HOME)
        assert await work.assignments.awaiting(HOME) == Awaiting(
            run.number, ALICE.key, NOON + HOUR
        )
        assert await work.assignments.awaiting(private_chat(BOB)) is None
        assert await work.assignments.handed(run.assignment) == {run.participant: 0}

        await work.assignments.keep_run(replace(run, handed=NOON + HOUR), NOON + HOUR)
        assert await work.assignments.awaiting(HOME) is None
        assert await work.assignments.handed(run.assignment) == {run.participant: 1}
        assert await work.assignments.run(99) is None


async def test_what_has_passed_its_time_is_forgotten(url: str):
    async with SqlStore.open(url, Retention(classes=10 * DAY)) as store:
        async with store.work(NOON) as work:
            run = await begun(work)
            await founded(work, "8C", "OTHERONE")
            await work.classes.join(1, ALICE.key, "Zed", HOME, NOON)
            await work.classes.close(1, NOON)
            await work.classes.guessed(ALICE.key, NOON, HOUR)
            await work.assignments.keep_draft(TEACHER.key, Draft(), NOON)
            await work.assignments.delete(run.assignment, NOON)
        await forget(store, NOON + DAY)
        async with store.work(NOON) as work:
            assert await work.classes.group(1)
            assert await work.assignments.run(run.number)
        await forget(store, NOON + 2 * DAY)
        async with store.work(NOON) as work:
            assert await work.classes.group(1) is None
            assert await work.assignments.run(run.number) is None
            assert await work.sessions.by_code("code") is None
            assert await work.classes.group(2)
        await forget(store, NOON + 40 * DAY)
        async with store.work(NOON) as work:
            assert await work.classes.group(2) is None
            assert await work.assignments.draft(TEACHER.key) is None


async def test_who_is_erased_stands_nowhere_any_more_and_answers_stay(url: str):
    async with SqlStore.open(url) as store:
        async with store.work(NOON) as work:
            run = await begun(work)
            await work.assignments.keep_run(run, NOON, HOME)
            await work.assignments.extend(run.assignment, ALICE.key, NOON)
            await work.classes.join(1, ALICE.key, "Blue heron", HOME, NOON)
        async with store.work(NOON) as work:
            await work.personal.erase(ALICE.key)
        async with store.work(NOON) as work:
            assert await work.classes.members(1) == []
            assert await work.assignments.extensions(run.assignment) == {}
            kept = await work.assignments.run(run.number)
            assert kept
            [nobody] = await work.sessions.participants(run.assignment)
            assert (nobody.person, nobody.name) == ("", "")
    async with opened(url) as engine, engine.connect() as connection:
        keys = (await connection.scalars(text("SELECT key FROM people"))).all()
    assert ALICE.key not in keys
