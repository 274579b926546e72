"""The quiz alone on the page, as a browser without JavaScript has it."""

from dataclasses import replace

import pytest

from bot.core.words import say
from bot.service.desk import Desk
from tests.frontends.web.visitor import Visitor
from tests.quizzes import BUILT, CAVEAT, FLOOD, ORDER, WHEELS, YEAR, library

YOUR_ANSWER, YOUR_QUESTION = say("web.quiz.label"), say("web.ask.label")


@pytest.fixture
def mill(desk: Desk) -> Desk:
    """A desk with a quiz of five questions."""
    return replace(desk, library=library(BUILT, WHEELS, YEAR, ORDER, FLOOD))


async def test_a_quiz_is_begun_answered_and_summed_up(mill: Desk):
    alice = Visitor(replace(mill, library=library(BUILT, WHEELS)))
    await alice.ask("/quiz 2")
    assert "Question 1 of 2 · The mill" in alice.words

    await alice.press("A 1820")
    assert "Right: A, 1820." in alice.words
    await alice.press("Next question")
    await alice.press("A")
    assert "Not right. The answer is: B" in alice.words
    assert "1 of 2 right." in alice.words
    assert alice.page.count(f'<p class="caveat">{CAVEAT}</p>') == alice.page.count('class="card"')


async def test_the_empty_page_offers_a_quiz_where_there_is_one(mill: Desk):
    alice = Visitor(mill)
    await alice.open()
    assert say("web.quiz.begin") in alice.words
    await alice.submit(text="/quiz")
    assert "Which topic?" in alice.words
    assert say("web.quiz.begin") not in alice.words

    bob = Visitor(replace(mill, library=library()))
    await bob.open()
    assert say("web.quiz.begin") not in bob.words


async def test_the_menus_lead_to_a_quiz(mill: Desk):
    alice = Visitor(mill)
    await alice.ask("/quiz")
    await alice.press("The mill")
    await alice.press("Only choosing, no writing")
    assert "Question 1 of 3" in alice.words


async def test_an_answer_is_written_into_the_field(mill: Desk):
    alice = Visitor(replace(mill, library=library(YEAR)))
    await alice.open()
    assert YOUR_QUESTION in alice.words
    await alice.ask("/quiz")
    assert YOUR_ANSWER in alice.words
    await alice.submit(text="1820")
    assert "Right: 1820." in alice.words
    assert YOUR_ANSWER not in alice.words


async def test_the_same_form_sent_again_answers_once(mill: Desk):
    alice = Visitor(replace(mill, library=library(BUILT, WHEELS)))
    await alice.ask("/quiz 2")
    once, press = alice.once, alice.buttons["A 1820"]
    for _ in range(2):
        await alice.send(once=once, press=press)
    await alice.open()
    assert alice.words.count("Right: A, 1820.") == 1


async def test_a_button_of_an_earlier_page_changes_nothing(mill: Desk):
    alice = Visitor(replace(mill, library=library(BUILT, WHEELS)))
    await alice.ask("/quiz 2")
    old = alice.buttons["B 1850"]
    await alice.press("A 1820")
    await alice.submit(press=old)
    assert say("quiz.twice") in alice.words


async def test_things_are_put_in_order_by_keyboard_or_mouse(mill: Desk):
    alice = Visitor(replace(mill, library=library(ORDER)))
    await alice.ask("/quiz")
    names = {label[2:]: label for label in alice.buttons}
    await alice.press(names["Built"])
    assert "So far: 1. Built" in alice.words
    await alice.press(names["Flooded"])
    assert "Right: 1. Built, 2. Flooded, 3. Mended." in alice.words


async def test_what_was_missed_is_practised(mill: Desk):
    alice = Visitor(replace(mill, library=library(BUILT)))
    await alice.ask("/quiz")
    await alice.press("B 1850")
    await alice.press("Practise what I missed")
    assert "You missed this one before." in alice.words


async def test_a_quiz_goes_on_after_a_restart(mill: Desk):
    alice = Visitor(mill)
    await alice.ask("/quiz 5")
    await alice.press("A 1820")
    again = Visitor(replace(mill, library=library(BUILT, WHEELS, YEAR, ORDER, FLOOD)))
    again.client.cookies = alice.client.cookies

    await again.open()
    await again.press("Next question")
    assert "Question 2 of 5" in again.words


async def test_two_visitors_have_their_own_quizzes(mill: Desk):
    alice, bob = Visitor(mill), Visitor(mill)
    await alice.ask("/quiz 5")
    await bob.ask("/stop")
    assert say("quiz.nothing") in bob.words
    assert "Question 1 of 5" in alice.words
