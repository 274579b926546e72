import pytest

from bot.core.answer import Outcome
from bot.core.effects import Expect, Toast
from bot.core.events import Pressed
from bot.core.library import Library
from bot.core.talk import Context, Effects, step
from tests.bridge import ARCHES, GONE, LIBRARY, OPENED, RIBBON, answer, notice
from tests.cast import BOB, GROUP

SHOWN = Context(shown=(OPENED,), offers=(ARCHES, RIBBON, GONE), receipt="token")


def press(action: str, context: Context = SHOWN, library: Library = LIBRARY) -> Effects:
    return step(Pressed(GROUP, BOB, action, "press", "30"), context, library)


def is_closed(effects: Effects) -> bool:
    [effect] = effects
    return isinstance(effect, Toast) and effect.what.key == "closed"


def test_sources_are_those_of_the_answer_above():
    assert answer(press("1|s|token")).facts == (OPENED,)


def test_related_offers_what_stands_beside_it():
    assert answer(press("1|r|token")).offers == (ARCHES,)


@pytest.mark.parametrize(("number", "fact"), [(0, ARCHES), (1, RIBBON)])
def test_a_choice_opens_what_was_offered(number: int, fact: object):
    assert answer(press(f"1|c|token|{number}")).facts == (fact,)


def test_none_of_these_is_a_decline_with_its_caveat():
    said = answer(press("1|n|token"))

    assert (said.outcome, said.facts) == (Outcome.DECLINED, ())
    assert said.caveat.long


def test_a_topic_offers_its_facts():
    assert set(answer(press("1|t|token|0")).offers) == {OPENED, RIBBON}


def test_report_awaits_the_words_of_whoever_pressed():
    effects = press("1|p|token")

    assert effects[0] == Expect("report", "token")
    assert notice(effects) == "report.ask"


@pytest.mark.parametrize(
    "action",
    [
        "",
        "s",
        "1",
        "1|",
        "0|s|token",
        "2|s|token",
        "1|x|token",
        "1|c|token",
        "1|c|token|-1",
        "1|c|token|2",  # it was offered, and is gone from the pack
        "1|c|token|3",
        "1|c|token|9999",
        "1|c|token|0|0",
        "1|t|token|2",
        "1|t|token|",
        "1|s|token|٣",
    ],
)
def test_a_forged_or_broken_button_is_closed(action: str):
    assert is_closed(press(action))


@pytest.mark.parametrize("verb", ["s", "r", "p", "c", "n", "t"])
def test_a_button_whose_answer_is_forgotten_is_closed(verb: str):
    assert is_closed(press(f"1|{verb}|token|0", Context(shown=None)))


@pytest.mark.parametrize("verb", ["s", "r"])
def test_a_button_whose_facts_are_all_gone_is_closed(verb: str):
    assert is_closed(press(f"1|{verb}|token", Context(shown=(GONE,), receipt="token")))
    assert is_closed(press(f"1|{verb}|token", library=Library(())))


@pytest.mark.parametrize("action", ["1|c|token|0", "1|n|token", "1|t|token|0"])
def test_going_on_to_another_fact_ends_a_report_that_was_begun(action: str):
    begun = Context(shown=(OPENED,), offers=(ARCHES,), receipt="token", expected="report")

    assert press(action, begun)[0] == Expect("")


@pytest.mark.parametrize("action", ["1|s|token", "1|r|token"])
def test_looking_at_the_sources_again_does_not_end_a_report(action: str):
    begun = Context(shown=(OPENED,), receipt="token", expected="report")

    assert not any(isinstance(effect, Expect) for effect in press(action, begun))
