"""What a change of a bank touches: quizzes and assignments that run, answers that were given."""

from dataclasses import replace

import pytest

from bot.core.bank_diff import Change
from bot.core.events import Person
from bot.core.live_types import Given
from bot.core.quiz import Question, Response
from bot.service.bank_comparing import Marks
from bot.service.bank_editing import QUIZ, PutItem, item
from bot.service.bank_ports import Draft
from bot.service.bank_publishing import Publisher
from bot.service.banks import Banks
from bot.service.live_ports import NewSession, Session
from bot.store.store import SqlStore
from tests.cast import ALICE, BOB, NOON, TEACHER
from tests.service import banking
from tests.service.clocks import Time


@pytest.fixture
async def banks(store: SqlStore, time: Time) -> Banks:
    await banking.grant(store)
    return banking.banks_in(store, time)


@pytest.fixture
async def draft(banks: Banks) -> Draft:
    """A draft of the bank, which is published once already."""
    first = await banks.open_draft("ports", ALICE.key, banking.TEXTS)
    await Publisher(banks).publish(first.id, 1, TEACHER.key)
    return await banks.open_draft("ports", ALICE.key)


async def asked(banks: Banks) -> Question:
    return (await banks.version("ports")).pack.questions[0]


async def session(store: SqlStore, question: Question, code: str, kind: str = "live") -> Session:
    new = NewSession(
        code,
        "ports",
        "Ports",
        TEACHER.key,
        {},
        {},
        "asking",
        (question,),
        NOON,
        version=1,
        kind=kind,
    )
    async with store.work(NOON) as work:
        return await work.sessions.open(new)


async def answer(
    store: SqlStore, running: Session, who: Person, chosen: str, earned: float
) -> None:
    async with store.work(NOON) as work:
        joined = await work.sessions.join(running.id, who.key, who.key, NOON)
        sent = Given(joined.id, 0, Response((chosen,)), earned, earned == 1, earned, 2.5, NOON)
        await work.sessions.take_answers([(running.id, sent)])


async def rekeyed(banks: Banks, draft: Draft) -> Draft:
    """Make the second answer the right one."""
    plain = item(banking.TEXTS, QUIZ, "when") | {"options": ["1905", "*1950", "1995"]}
    return await banks.edit(draft.id, draft.revision, ALICE.key, PutItem(QUIZ, plain))


async def test_a_change_is_set_against_the_quizzes_and_answers_that_there_are(
    banks: Banks, draft: Draft, store: SqlStore
):
    question = await asked(banks)
    running = await session(store, question, "ABC234")
    await session(store, question, "a" * 22, "assignment")
    over = await session(store, question, "DEF567")
    await answer(store, running, ALICE, "a", 1.0)
    await answer(store, running, BOB, "c", 0.0)
    await answer(store, over, ALICE, "b", 0.0)
    async with store.work(NOON) as work:
        await work.sessions.keep(replace(over, phase="over", ended=NOON))

    found = await banks.diff((await rekeyed(banks, draft)).id)

    assert found.diff.count(Change.KEY) == 1
    touched = found.touched
    assert (touched.live, touched.assignments) == (1, 1)
    assert touched.answers == 3
    # Alice loses what she had, and earns in the other quiz what she did not; Bob was wrong and is.
    assert found.marks == Marks(answers=2, learners=2, most=1.0)


async def test_what_runs_keeps_the_question_that_it_began_with(
    banks: Banks, draft: Draft, store: SqlStore
):
    question = await asked(banks)
    kept = [
        await session(store, question, "ABC234"),
        await session(store, question, "a" * 22, "assignment"),
    ]

    changed = await rekeyed(banks, draft)
    await Publisher(banks).publish(changed.id, changed.revision, TEACHER.key)

    assert await asked(banks) != question
    async with store.work(NOON) as work:
        for one in kept:
            assert [a.question for a in await work.sessions.questions(one.id)] == [question]
            found = await work.sessions.by_id(one.id)
            assert found
            assert found.version == 1


async def test_a_change_of_the_wording_moves_no_mark(banks: Banks, draft: Draft, store: SqlStore):
    running = await session(store, await asked(banks), "ABC234")
    await answer(store, running, ALICE, "a", 1.0)
    plain = item(banking.TEXTS, QUIZ, "when") | {"stem": "In which year did the harbour open?"}
    changed = await banks.edit(draft.id, 1, ALICE.key, PutItem(QUIZ, plain))

    found = await banks.diff(changed.id)

    assert found.diff.count(Change.WORDING) == 1
    assert (found.touched.live, found.touched.answers, found.marks) == (1, 1, Marks())
