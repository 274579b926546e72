from dataclasses import replace

from bot.core.answer import Answer, Outcome
from bot.core.effects import Offer
from bot.core.events import Commanded, Pressed, Said, Searched
from bot.core.talk import Context, is_question, step
from tests.bridge import ARCHES, GONE, LIBRARY, OPENED, answer, notice, text, told
from tests.cast import ALICE, GROUP, private_chat

HOME = private_chat(ALICE)


def said(words: str, *, edited: bool = False, quoted: str = "") -> Said:
    return Said(HOME, ALICE, words, "12", edited, quoted)


def test_a_question_is_answered():
    effects = step(said("when did the bridge open"), Context(), LIBRARY)

    assert len(effects) == 1
    assert answer(effects).facts == (OPENED,)


def test_a_question_that_the_pack_does_not_answer_is_declined():
    effects = step(said("which submarine sank the ferry?"), Context(), LIBRARY)

    assert answer(effects).outcome is Outcome.DECLINED


def test_words_that_are_none_are_answered_with_the_caveat():
    for words in ("", "   ", "🙃🙃", "'; DROP TABLE receipts; --", "<b>", "…" * 5000):
        said_back = told(step(said(words), Context(), LIBRARY))

        assert isinstance(said_back, Answer)
        assert said_back.outcome is Outcome.DECLINED


def test_a_follow_up_knows_the_facts_of_the_last_answers():
    effects = step(said("and when did it open?"), Context(previous=(ARCHES,)), LIBRARY)

    assert OPENED in answer(effects).facts


def test_a_reply_goes_on_from_the_answer_that_it_quotes():
    context = Context(previous=(GONE,), shown=(OPENED,))

    quoting = step(said("how many arches does it have?", quoted="30"), context, LIBRARY)

    assert answer(quoting).facts == (ARCHES,)


def test_who_asks_too_much_is_told_how_long_to_wait():
    effects = step(
        said("how many arches does the bridge have"), Context(waiting=12.3, limit=30), LIBRARY
    )

    assert notice(effects) == "busy"
    assert "30 questions" in text(told(effects))
    assert "13 s" in text(told(effects))


def test_distress_is_answered_kindly_whatever_else_there_is():
    for context in (Context(), Context(waiting=9), Context(expected="report", shown=(OPENED,))):
        effects = step(said("i want to kill myself"), context, LIBRARY)

        assert notice(effects) == "kind"


def test_an_edited_question_is_answered_again():
    effects = step(
        said("how many arches does the bridge have", edited=True), Context(answered=True), LIBRARY
    )

    assert answer(effects).facts == (ARCHES,)


def test_an_edited_message_that_had_no_answer_is_left_alone():
    unanswered = Context(answered=False)

    assert (
        step(said("how many arches does the bridge have", edited=True), unanswered, LIBRARY) == ()
    )
    edited = Commanded(
        HOME, ALICE, "ask", "how many arches does the bridge have", "12", edited=True
    )
    assert step(edited, unanswered, LIBRARY) == ()


def test_editing_an_old_question_is_no_report():
    context = Context(expected="report", shown=(OPENED,), answered=True)

    effects = step(said("how many arches does the bridge have", edited=True), context, LIBRARY)

    assert answer(effects).facts == (ARCHES,)


def test_an_inline_query_is_offered_answers():
    [offer] = step(
        Searched(ALICE, "how many arches does the bridge have", "q"), Context(), LIBRARY
    )

    assert isinstance(offer, Offer)
    assert ARCHES in [key for offered in offer.answers for key in offered.facts]


def test_only_questions_count_as_questions():
    ask = Commanded(GROUP, ALICE, "ask", "how many arches does the bridge have")

    assert is_question(said("how many arches does the bridge have"), "")
    assert is_question(said("how many arches does the bridge have", edited=True), "report")
    assert is_question(ask, "")
    assert not is_question(said("the date is wrong"), "report")
    assert not is_question(replace(ask, argument=""), "")
    assert not is_question(replace(ask, name="topics"), "")
    assert not is_question(Pressed(GROUP, ALICE, "1|s|token"), "")
