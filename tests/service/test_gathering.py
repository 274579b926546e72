from dataclasses import replace
from datetime import timedelta

from bot.core.events import Commanded, Pressed, Said
from bot.service.gathering import Background, Minute, Spoken, gather
from bot.store.store import SqlStore
from tests.bridge import ARCHES, OPENED, RIBBON
from tests.cast import ALICE, BOB, GROUP, NOON, private_chat
from tests.store.things import receipt

HOME = private_chat(ALICE)
FOLLOWED = timedelta(minutes=30)
QUESTION = Said(HOME, ALICE, "and when?", "12")


async def background(store: SqlStore, event: Spoken = QUESTION) -> Background:
    async with store.work(NOON) as work:
        return await gather(event, work, NOON, FOLLOWED, Minute())


async def answered(store: SqlStore, *facts: object, **more: object) -> None:
    """Let Alice have had an answer that showed these facts."""
    kept = receipt(str(more.pop("token", facts)), question=str(more.pop("question", "")))
    async with store.work(NOON) as work:
        await work.keep_receipt(replace(kept, facts=facts, offers=(RIBBON,), **more))


async def test_the_facts_of_the_last_answers_come_newest_first_and_once(store: SqlStore):
    await answered(store, OPENED)
    await answered(store, RIBBON, ARCHES)
    await answered(store, token="a decline")
    await answered(store, ARCHES)

    assert (await background(store)).previous == (ARCHES, RIBBON, OPENED)


async def test_after_half_an_hour_a_conversation_is_over(store: SqlStore):
    await answered(store, OPENED, at=NOON - FOLLOWED)
    await answered(store, ARCHES, at=NOON - FOLLOWED - timedelta(seconds=1))

    assert (await background(store)).previous == (OPENED,)


async def test_a_conversation_belongs_to_one_person_in_one_thread_of_one_chat(store: SqlStore):
    await answered(store, OPENED)

    for event in (
        replace(QUESTION, by=BOB),
        replace(QUESTION, place=GROUP),
        replace(QUESTION, place=replace(HOME, thread="7")),
    ):
        assert (await background(store, event)).previous == ()


async def test_an_edited_question_does_not_follow_up_itself(store: SqlStore):
    await answered(store, OPENED, question="10")
    await answered(store, ARCHES, question="12")

    found = await background(store, replace(QUESTION, edited=True))

    assert found.previous == (OPENED,)
    assert found.earlier == str((ARCHES,))


async def test_a_reply_is_about_the_answer_that_it_quotes(store: SqlStore):
    await answered(store, OPENED, token="first", question="10")
    await answered(store, ARCHES, token="second", question="11")

    quoting = await background(store, replace(QUESTION, quoted="10"))
    alone = await background(store)

    assert quoting.about
    assert quoting.about.token == "first"
    assert alone.about is None


async def test_words_that_are_awaited_are_about_the_answer_that_was_reported(store: SqlStore):
    await answered(store, OPENED, token="reported", question="10")
    await answered(store, ARCHES, token="later", question="11")
    async with store.work(NOON) as work:
        await work.expect(HOME, ALICE.key, "report", "reported", NOON + FOLLOWED)

    found = await background(store, replace(QUESTION, quoted="11"))

    assert found.expected == "report"
    assert found.about
    assert found.about.token == "reported"


async def test_a_report_by_command_is_about_the_last_answer(store: SqlStore):
    await answered(store, OPENED, token="first")
    await answered(store, token="last")
    await answered(store, token="a notice", notice=True)

    found = await background(store, Commanded(HOME, ALICE, "report"))
    other = await background(store, Commanded(HOME, ALICE, "check"))

    assert found.about
    assert found.about.token == "last"
    assert other.about is None


async def test_a_press_is_about_its_answer_in_its_own_chat_alone(store: SqlStore):
    await answered(store, OPENED, token="mine")

    here = await background(store, Pressed(HOME, BOB, "1|c|mine|0"))
    there = await background(store, Pressed(GROUP, BOB, "1|c|mine|0"))

    assert here.about
    assert here.about.offers == (RIBBON,)
    assert there.about is None


async def test_only_questions_use_up_what_a_person_may_ask(store: SqlStore):
    for _ in range(30):
        assert (await background(store)).waiting == 0

    assert (await background(store, Pressed(HOME, ALICE, "1|s|x"))).waiting == 0
    assert (await background(store, Commanded(HOME, ALICE, "topics"))).waiting == 0
    assert (await background(store)).waiting == 60
