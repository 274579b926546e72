"""Drafts of banks: who may change them, what stays as it is written, who comes second."""

import asyncio

import pytest

from bot.core.bank_diff import Change
from bot.core.quiz import Option, Question, QuestionKind
from bot.service.bank_editing import FACTS, QUIZ, PutItem, PutText, item
from bot.service.bank_ports import Draft, State
from bot.service.bank_problems import Refusal
from bot.service.bank_publishing import Publisher
from bot.service.banks import Banks
from bot.store.store import SqlStore
from tests.cast import ALICE, BOB, STRANGER, TEACHER
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


async def texts(banks: Banks, draft: Draft) -> dict[str, str]:
    return dict((await banks.draft(draft.id)).texts)


async def test_a_draft_begins_as_what_is_published(banks: Banks, draft: Draft):
    assert (draft.base, draft.revision, draft.state) == (1, 1, State.OPEN)
    assert await texts(banks, draft) == dict(banking.TEXTS)


async def test_one_item_changes_and_every_other_byte_stays(banks: Banks, draft: Draft):
    plain = item(banking.TEXTS, FACTS, "depth") | {"answer": "14 metres"}

    await banks.put_fact(draft.id, 1, ALICE.key, plain)

    now = (await texts(banks, draft))[FACTS]
    before, after = banking.FACTS.split("- id: depth")
    assert now.startswith(before + "- id: depth")
    assert now.endswith(after[after.index("- id: drowned") :])
    assert 'answer: "14 metres"' in now or "answer: 14 metres" in now


async def test_a_new_question_comes_last_and_keeps_what_it_holds(banks: Banks, draft: Draft):
    options = (Option("a", "12", 1.0, "Yes: see below."), Option("b", "21"))
    question = Question("deep", QuestionKind.SINGLE, "How deep?", options, feedback="It is.")

    await banks.put_question(draft.id, 1, ALICE.key, question)

    opened = await banks.draft(draft.id)
    assert opened.texts[QUIZ].startswith(banking.QUIZ)
    assert [q.id for q in opened.pack.questions] == ["when", "deep"]
    assert opened.pack.questions[1].options == options


async def test_what_would_leave_a_bank_in_disorder_is_refused(banks: Banks, draft: Draft):
    with pytest.raises(Refusal) as refused:
        await banks.remove_fact(draft.id, 1, ALICE.key, "opened")

    assert [problem.cause for problem in refused.value.problems] == [
        '"when" names the unknown fact "opened"'
    ]
    assert await texts(banks, draft) == dict(banking.TEXTS)


async def test_all_of_several_changes_are_made_or_none(banks: Banks, draft: Draft):
    good = PutItem(FACTS, {"id": "new", "claim": "The harbour has 3 cranes."})
    bad = PutItem(FACTS, {"id": "worse", "claim": "x", "topic": "nowhere"})

    with pytest.raises(Refusal):
        await banks.edit(draft.id, 1, ALICE.key, good, bad)

    assert await texts(banks, draft) == dict(banking.TEXTS)


async def test_the_second_of_two_is_told_and_shown_the_difference(banks: Banks, draft: Draft):
    await banks.remove_question(draft.id, 1, ALICE.key, "when")

    with pytest.raises(Refusal) as refused:
        await banks.rename_topic(draft.id, 1, BOB.key, "depths", "How deep")

    assert str(refused.value).startswith(f"Draft {draft.id} was changed meanwhile")
    assert refused.value.diff
    assert [(i.id, i.change) for i in refused.value.diff.items] == [("when", Change.REMOVED)]


async def test_of_two_at_once_one_is_refused(banks: Banks, draft: Draft):
    done = await asyncio.gather(
        banks.rename_topic(draft.id, 1, ALICE.key, "depths", "A"),
        banks.rename_topic(draft.id, 1, BOB.key, "depths", "B"),
        return_exceptions=True,
    )

    assert sum(isinstance(one, Refusal) for one in done) == 1
    assert (await banks.draft(draft.id)).draft.revision == 2


async def test_a_topic_gets_another_title_in_its_own_line(banks: Banks, draft: Draft):
    text = "id: ports\ntitle: Ports\nlanguage: en\ntopics:\n  depths: Depths # in metres\n"
    await banks.edit(draft.id, 1, ALICE.key, PutText("pack.yaml", text))

    await banks.rename_topic(draft.id, 2, ALICE.key, "quays", 'The "quays"')
    await banks.rename_topic(draft.id, 3, ALICE.key, "depths", "How deep")

    opened = await banks.draft(draft.id)
    assert opened.pack.topics == {"depths": "How deep", "quays": 'The "quays"'}
    assert opened.texts["pack.yaml"].startswith("id: ports\ntitle: Ports\n")


async def test_topics_in_one_line_become_a_block(banks: Banks, draft: Draft):
    await banks.rename_topic(draft.id, 1, ALICE.key, "quays", "Quays")

    assert (await texts(banks, draft))["pack.yaml"] == (
        'id: ports\ntitle: Ports\nlanguage: en\ntopics:\n  depths: "Depths"\n  quays: "Quays"\n'
    )


async def test_a_draft_can_be_taken_out_of_the_bin(banks: Banks, draft: Draft):
    thrown = await banks.throw_away(draft.id, ALICE.key)
    with pytest.raises(Refusal, match="thrown away"):
        await banks.remove_question(draft.id, 1, ALICE.key, "when")
    restored = await banks.restore(draft.id, ALICE.key)

    assert (thrown.state, restored.state) == (State.THROWN, State.OPEN)


async def test_strangers_may_do_nothing_and_editors_not_publish(banks: Banks, draft: Draft):
    with pytest.raises(Refusal, match="role does not allow"):
        await banks.remove_question(draft.id, 1, STRANGER.key, "when")
    with pytest.raises(Refusal, match="role does not allow"):
        await Publisher(banks).publish(draft.id, 1, ALICE.key)
    with pytest.raises(Refusal, match="role does not allow"):
        await Publisher(banks).rollback("ports", 0, ALICE.key)


async def test_changes_of_two_drafts_are_put_together(banks: Banks, draft: Draft):
    other = await banks.open_draft("ports", BOB.key)
    await banks.rename_topic(draft.id, 1, ALICE.key, "depths", "How deep")
    await Publisher(banks).publish(draft.id, 2, TEACHER.key)
    await banks.remove_question(other.id, 1, BOB.key, "when")

    moved = await banks.rebase(other.id, 2, BOB.key)

    opened = await banks.draft(other.id)
    assert moved.base == 2
    assert opened.pack.topics == {"depths": "How deep"}
    assert opened.pack.questions == ()


async def test_what_both_changed_is_never_put_together(banks: Banks, draft: Draft):
    other = await banks.open_draft("ports", BOB.key)
    mine = item(banking.TEXTS, FACTS, "depth") | {"answer": "14 metres"}
    await banks.put_fact(draft.id, 1, ALICE.key, mine)
    await Publisher(banks).publish(draft.id, 2, TEACHER.key)
    await banks.put_fact(other.id, 1, BOB.key, mine | {"answer": "16 metres"})

    with pytest.raises(Refusal) as refused:
        await banks.rebase(other.id, 2, BOB.key)

    assert [p.cause for p in refused.value.problems] == ['both changed "depth"']


async def test_every_act_stands_in_the_audit_log(banks: Banks, draft: Draft, store: SqlStore):
    await banks.remove_question(draft.id, 1, ALICE.key, "when")

    async with banks.work() as work:
        log = [(one.who, one.act, one.after) for one in await work.roles.audit()]

    assert (ALICE.key, "bank.edit", "took when out of quiz.yaml") in log
    assert (TEACHER.key, "bank.publish", "version 1") in log


async def test_the_history_of_an_item_is_what_each_version_did_to_it(banks: Banks, draft: Draft):
    plain = item(banking.TEXTS, FACTS, "depth") | {"answer": "14 metres"}
    await banks.put_fact(draft.id, 1, ALICE.key, plain)
    await Publisher(banks).publish(draft.id, 2, TEACHER.key)

    past = await banks.item_history("ports", "depth")

    assert [(one.version.number, one.item.change) for one in past] == [
        (2, Change.KEY),
        (1, Change.ADDED),
    ]
    assert (past[0].item.old, past[0].item.new) == ("12 metres", "14 metres")


async def test_acts_can_join_a_transaction_that_is_open(banks: Banks, draft: Draft):
    async with banks.work() as work:
        changed = await banks.within(work).remove_question(draft.id, 1, ALICE.key, "when")

    assert changed.revision == 2
