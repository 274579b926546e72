"""Assignments in words: what a learner is shown, in every case that a conversation may miss."""

from dataclasses import replace

import pytest

from bot.core.answer import Answer, Notice
from bot.core.assigned import pinned
from bot.core.assignment_cards import Seen, handed, intro, review, state_of, write
from bot.core.assignment_form import Managed, asked_whom, managed, preview
from bot.core.assignment_setup import Desk, Draft
from bot.core.assignment_types import Assignment, Ran, Reveal, Run, Setup, Stand
from bot.core.quiz import Option, Question, QuestionKind, Response
from bot.core.solo_types import Given, Menu, Remark, Solo, Stage
from tests.bridge import text
from tests.cast import NOON
from tests.quizzes import BUILT, FLOOD, SEVERAL, library

BOOKS = library(BUILT, SEVERAL, FLOOD)
PACK = BOOKS.shelves[0].pack
BARE = Question(
    "bare-1", QuestionKind.SINGLE, "Which?", (Option("a", "It", 1.0), Option("b", "No"))
)
SETUP = Setup(NOON)
RUN = Run(3, 1, 1, 1, Solo(), NOON)


def seen(*questions: Question, setup: Setup = SETUP, **more: object) -> Seen:
    one = Assignment(1, "code", "Mill", "telegram:101", "mill", 0, setup, questions)
    return replace(Seen(one, Stand.OPEN, PACK), **more)


def said(what: Answer | Notice) -> str:
    return text(what)


def test_an_old_press_is_told_so():
    [card] = write(Ran(Solo(), (Remark.OLD,)), BOOKS)

    assert isinstance(card, Notice)
    assert card.key == "assign.old"


def test_an_attempt_shows_no_menu():
    with pytest.raises(TypeError):
        write(Ran(Solo(), (Menu(Stage.TOPIC, ()),)), BOOKS)


def test_what_was_right_of_several_attempts_with_gaps_and_reflection():
    several = seen(BUILT, SEVERAL, FLOOD, BARE, setup=replace(SETUP, attempts=2))
    books = pinned((BUILT, SEVERAL, FLOOD, BARE), "mill", "Mill", BOOKS)

    shown = said(review(several, 2, [None, Response(("a",)), Response(("b",))], books))

    assert "Attempt 2, which counts." in shown
    assert "You left it out." in shown
    assert "Not right. The answer is: 1820." in shown
    assert "Partly right. The whole answer is: Mill, Wheels." in shown
    assert "There are no points for this one." in shown
    assert "Not right. The answer is: It." in shown


def test_handing_in_says_when_what_was_right_is_told_if_a_day_is_set():
    due = replace(SETUP, reveal=Reveal.DUE)
    solo = Solo(given=(Given("built-1", 1, 1.0), Given("flood-1", 2, 0.0, scored=False)))

    open_end = said(handed(seen(BUILT, FLOOD, setup=due), solo, late=False))
    with_day = said(handed(seen(BUILT, setup=due, due="Friday"), solo, late=True))
    at_once = said(handed(seen(BUILT, FLOOD, revealed=True), solo, late=False, up=True))

    assert "once it is due" not in open_end
    assert "once it is due, Friday" in with_day
    assert "marked as late" in with_day
    assert "1 of 1 right." in at_once


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, "to do"),
        ({"stand": Stand.EARLY}, "not open yet"),
        ({"stand": Stand.LATE}, "past due"),
        ({"stand": Stand.CLOSED}, "closed"),
        ({"runs": (RUN,)}, "begun"),
        ({"runs": (replace(RUN, handed=NOON),)}, "handed in"),
    ],
)
def test_where_a_learner_is_in_a_word(more: dict[str, object], expected: str):
    assert state_of(seen(BUILT, **more)) == expected


def test_an_assignment_whose_pack_is_gone_still_has_a_caveat():
    gone = intro(seen(BUILT, pack=None))

    assert gone.caveat.long
    assert "about “mill”" in said(gone)


def test_a_preview_has_no_key_where_there_are_no_points():
    desk = Desk(library(FLOOD), (), NOON)

    assert "Key" not in said(preview(Draft(sensitive=True), desk))


def test_an_assignment_without_a_day_or_class_says_less():
    one = seen(BUILT).assignment

    shown = said(managed(Managed(one, Stand.OPEN, PACK, done=1)))

    assert "Due" not in shown
    assert "Handed in: 1" in shown
    assert asked_whom(one, ()).key == "assign.own.none"
