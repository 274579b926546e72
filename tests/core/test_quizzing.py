"""The quiz alone as a part of the conversation."""

from dataclasses import replace

import pytest

from bot.core.answer import Notice
from bot.core.effects import Effect, KeepSolo, Tell, Toast
from bot.core.events import Commanded, Pressed
from bot.core.solo_types import Practice, Solo, Stage
from bot.core.talk import Context, step
from tests.bridge import notice, text, told
from tests.cast import ALICE, GROUP, private_chat
from tests.quizzes import BUILT, FLOOD, WHEELS, library

HOME = private_chat(ALICE)
BOOKS = library(BUILT, WHEELS, FLOOD)
UNDERWAY = Solo(4, Stage.QUESTION, "s", "mill", questions=("built-1", "wheels-1"))


def commanded(name: str, argument: str = "", context: Context | None = None) -> tuple[Effect, ...]:
    return step(Commanded(HOME, ALICE, name, argument), context or Context(seed="s"), BOOKS)


def pressed(verb: str, context: Context, number: str = "") -> tuple[Effect, ...]:
    action = f"1|{verb}|token" + (f"|{number}" if number else "")
    return step(Pressed(HOME, ALICE, action), context, BOOKS)


def toast(effects: tuple[Effect, ...]) -> str:
    [effect] = effects
    assert isinstance(effect, Toast)
    return effect.what.key


def test_a_quiz_is_kept_with_the_question_that_is_asked():
    kept, _ = commanded("quiz", "2")

    assert isinstance(kept, KeepSolo)
    assert kept.state.stage is Stage.QUESTION


@pytest.mark.parametrize("name", ["quiz", "missed"])
@pytest.mark.parametrize("bot", ["", "doublecheck_bot"])
def test_a_group_is_led_away_with_a_link_where_the_bots_name_is_known(name: str, bot: str):
    effects = step(Commanded(GROUP, ALICE, name), Context(bot=bot), BOOKS)

    said = told(effects)
    assert isinstance(said, Notice)
    assert said.key == "quiz.private"
    assert [choice.url for choice in said.choices] == (
        [f"https://t.me/{bot}?start=quiz"] if bot else []
    )


@pytest.mark.parametrize(
    "verb", ["q.", "q.o.", "q.o.x", "q.o.²", "q.z.4", "q..4", "q.o.-4", "q.o." + "9" * 5000]
)
def test_a_button_that_never_was_one_is_closed(verb: str):
    context = Context(shown=(), solo=UNDERWAY)

    assert toast(pressed(verb, context, "0")) == "closed"


def test_a_press_without_a_receipt_is_closed():
    assert toast(pressed("q.o.4", Context(solo=UNDERWAY), "0")) == "closed"


def test_a_press_of_another_step_is_told_so_and_keeps_nothing():
    context = Context(shown=(), solo=UNDERWAY)

    assert toast(pressed("q.o.3", context, "0")) == "quiz.old"


def test_another_quiz_begins_from_any_old_button():
    kept, _ = pressed("q.f.1", Context(shown=(), solo=UNDERWAY, seed="t"))

    assert isinstance(kept, KeepSolo)
    assert kept.state.stage is Stage.TOPIC


def test_what_is_due_is_practised_and_what_is_not_is_named_with_its_day():
    due = Context(practice=Practice(due=(("mill", "wheels-1"), ("mill", "gone"), ("else", "a"))))
    kept, _ = commanded("missed", context=due)
    assert isinstance(kept, KeepSolo)
    assert kept.state.questions == ("wheels-1",)

    later = Context(practice=Practice(later=(("mill", "built-1"),), next_due="tomorrow"))
    effects = commanded("missed", context=later)
    assert notice(effects) == "quiz.missed.later"
    assert "tomorrow" in text(told(effects))


def test_what_is_not_due_is_practised_by_the_button():
    later = Context(shown=(), practice=Practice(later=(("mill", "built-1"),)))
    kept, _ = pressed("q.m.0", later)

    assert isinstance(kept, KeepSolo)
    assert kept.state.questions == ("built-1",)


def test_with_nothing_missed_the_button_says_so():
    assert notice(pressed("q.m.0", Context(shown=()))) == "quiz.missed.none"


def test_cancel_ends_a_report_before_it_pauses_a_quiz():
    reporting = Context(expected="report", solo=UNDERWAY)
    assert notice(commanded("cancel", context=reporting)) == "cancelled"

    effects = commanded("cancel", context=Context(solo=UNDERWAY))
    assert text(told(effects)).startswith("Paused at question 1 of 2.")


def test_a_question_without_a_topic_has_a_heading_too():
    books = library(replace(BUILT, topic=""))
    _, tell = step(Commanded(HOME, ALICE, "quiz"), Context(seed="s"), books)

    assert isinstance(tell, Tell)
    assert text(tell.what).startswith("It speaks of a flood. Question 1 of 1 According")
