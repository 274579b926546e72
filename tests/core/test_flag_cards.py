"""Reports in words: what editors see, and what reporters read."""

from dataclasses import replace

import pytest

from bot.core.answer import FactKey
from bot.core.flag_cards import Seen, listed, report, shown, told
from bot.core.flag_words import FLAG_EXEMPT, FLAG_WORDS
from bot.core.flags import Flag, State
from bot.core.quiz import Option, Question, QuestionKind
from bot.core.quiz_cards import question_key
from bot.core.result_cards import looked
from bot.core.result_summary import summary
from tests.bridge import LIBRARY, OPENED, PACK, WORKERS, text
from tests.cast import NOON
from tests.held import BRIDGE, taken

FACT = PACK.facts[0]
HIDDEN = PACK.facts[3]
QUESTION = Question(
    "river",
    QuestionKind.SINGLE,
    "Which river?",
    (Option("a", "Old", 1.0), Option("b", "New")),
    feedback="The map shows it.",
    hash="1",
)


def flag(*facts: FactKey, state: State = State.OPEN) -> Flag:
    return Flag(7, facts, "Not so.", NOON, state)


def test_a_restricted_fact_is_written_out_to_nobody():
    seen = Seen(flag(WORKERS), HIDDEN, replace(HIDDEN, claim="Other names.", hash="9"), PACK)

    card = report(seen, 1, 1)
    outcome = told(flag(WORKERS), replace(flag(WORKERS), state=State.MENDED), PACK, HIDDEN)

    assert "names the workers" not in text(card)
    assert "Other names" not in text(card)
    assert card.verdicts == outcome.verdicts == ()
    assert "names the workers" not in text(outcome)
    assert "Ask me again" in text(outcome)


def test_a_question_is_shown_with_its_key_but_not_one_without_points():
    open_one = " ".join(str(block) for block in shown(QUESTION))
    sensitive = " ".join(str(block) for block in shown(replace(QUESTION, sensitive=True)))

    assert "Key: Old" in open_one
    assert "The map shows it." in open_one
    assert "Key:" not in sensitive


def test_what_is_gone_is_said_to_be_gone():
    card = report(Seen(flag(OPENED), None, None, PACK), 1, 1)

    assert "That version is no longer kept." in text(card)
    assert "It was taken out of the bank since." in text(card)


def test_a_report_about_no_fact_has_only_its_words():
    card = listed(Seen(replace(flag(), state=State.DECLINED, reason="Asked back.")))

    assert "rests on no fact" in text(card)
    assert "Reason: Asked back." in text(card)
    assert card.choices == ()


def test_an_answer_with_several_questions_is_said_to_be_one():
    keys = (question_key(PACK, QUESTION), FactKey("town", "q/other", "2"), OPENED)

    card = report(Seen(flag(*keys), QUESTION, QUESTION, PACK), 1, 1)

    assert "About an answer with several questions. The first is town/river" in text(card)
    assert "Beside it stood: town/other, town/opened." in text(card)


@pytest.mark.parametrize(
    ("now", "words"),
    [
        (FACT, "Claim: The bridge at Oldbrook opened on 2 May 1931."),
        (QUESTION, "Which river?"),
        (None, "What you reported was taken out."),
        (replace(FACT, sensitive=True), "Ask me again to see what it says now."),
    ],
)
def test_a_reporter_reads_what_it_says_now(now, words):
    end = replace(flag(OPENED), state=State.MENDED, version=3)

    answer = told(flag(OPENED), end, PACK, now)

    assert "mended in version 3 of “The bridge at Oldbrook”" in text(answer)
    assert words in text(answer)
    assert answer.caveat.long == PACK.caveat_long


def test_a_question_in_results_can_be_reported_in_its_version():
    session = taken([BRIDGE], "a", "b", pack=PACK.id)
    [look] = summary(session).looks

    card = looked(look, session, LIBRARY)

    assert card.facts == (FactKey(PACK.id, f"q/{BRIDGE.id}", BRIDGE.hash),)
    assert "p" in {choice.action for choice in card.choices}


def test_every_notice_has_its_sentence():
    assert set(FLAG_WORDS) >= FLAG_EXEMPT
