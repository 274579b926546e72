from dataclasses import replace

import pytest

from bot.core.anonymous import confirm, confirmed, is_anonymous
from bot.core.answer import Choice
from bot.core.cards import notice_card
from bot.core.effects import Tell
from bot.core.events import Commanded, Person, Pressed
from bot.frontends.telegram.markup import MARKUP
from tests.cast import ALICE, GROUP, TEACHER

NOBODY = Person(GROUP.chat)
LIVE = Commanded(GROUP, NOBODY, "live", "harbour")


def button(tell: Tell) -> Choice:
    (choice,) = notice_card(tell.what, MARKUP, "x" * 22).choices
    return choice


def test_a_command_in_the_name_of_the_group_is_anonymous():
    assert is_anonymous(LIVE)
    assert not is_anonymous(replace(LIVE, by=TEACHER))


@pytest.mark.parametrize("argument", ["", "harbour", "l_K7M2QX", "two words"])
def test_the_press_repeats_the_command_as_the_person_who_pressed(argument: str):
    choice = button(confirm(replace(LIVE, argument=argument)))

    again = confirmed(Pressed(GROUP, TEACHER, choice.action))

    assert again == Commanded(GROUP, TEACHER, "live", argument)
    assert len(choice.action.encode()) <= 64


@pytest.mark.parametrize("argument", ["x" * 40, "a|b", "ж" * 20])
def test_an_argument_that_does_not_fit_on_a_button_is_left_out(argument: str):
    choice = button(confirm(replace(LIVE, argument=argument)))

    assert confirmed(Pressed(GROUP, TEACHER, choice.action)) == Commanded(GROUP, TEACHER, "live")
    assert len(choice.action.encode()) <= 64


@pytest.mark.parametrize("action", ["1|s|receipt", "1|g.|receipt", "2|g.live|receipt", "nonsense"])
def test_other_buttons_repeat_no_command(action: str):
    assert confirmed(Pressed(GROUP, ALICE, action)) is None
