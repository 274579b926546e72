"""An attempt: any story of moves asks each question once, and comes to its end."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.answer import Answer
from bot.core.assigned import begin, go_on, pinned, revisit, run, skipped
from bot.core.assignment_cards import write
from bot.core.assignment_types import Ran
from bot.core.solo_types import Asked, Move, Pick, Press, Remark, Stage, Told, Write
from tests.quizzes import BUILT, FLOOD, ORDER, PAIRS, SEVERAL, TRUE, WHEELS, YEAR, library

QUESTIONS = (BUILT, WHEELS, TRUE)
BOOKS = pinned(QUESTIONS, "mill", "Mill", library(*QUESTIONS))
MOVES = st.lists(
    st.one_of(
        st.integers(-1, 4).map(Pick),
        st.sampled_from(list(Press)),
        st.sampled_from(["1820", "nonsense", ""]).map(Write),
    ),
    max_size=30,
)


def begun() -> Ran:
    return begin(5, "mill", QUESTIONS, "seed", BOOKS)


def asked(ran: Ran) -> str:
    [shown] = [shown for shown in ran.shown if isinstance(shown, Asked)]
    return shown.question.id


def test_it_begins_with_the_first_question_and_names_its_attempt():
    ran = begun()

    assert asked(ran) == "built-1"
    assert isinstance(ran.shown[0], Asked)
    assert ran.shown[0].first
    assert ran.solo.verb == "a.r5"


def test_where_it_is_told_later_the_next_question_follows_at_once():
    ran = run(begun().solo, Pick(0), BOOKS, later=True)

    assert asked(ran) == "wheels-1"
    assert ran.saved
    assert ran.answered
    assert ran.answered.position == 0


def test_where_it_is_told_at_once_the_answer_is_told_and_then_the_next_asked():
    told = run(begun().solo, Pick(0), BOOKS, later=False)
    following = run(told.solo, Press.NEXT, BOOKS, later=False)

    assert isinstance(told.shown[0], Told)
    assert asked(following) == "wheels-1"
    assert run(following.solo, Press.NEXT, BOOKS, later=False).shown == (Remark.OLD,)


def test_it_goes_on_where_it_was_put_aside():
    told = run(begun().solo, Pick(0), BOOKS, later=False)
    paused = run(told.solo, Press.STOP, BOOKS, later=False)

    assert asked(go_on(told.solo, BOOKS)) == "wheels-1"
    assert asked(go_on(paused.solo, BOOKS)) == "wheels-1"
    assert asked(run(begun().solo, Press.RESUME, BOOKS, later=True)) == "built-1"


def test_one_at_its_end_goes_on_with_handing_in():
    solo = begun().solo
    for _ in QUESTIONS:
        solo = run(solo, Press.SKIP, BOOKS, later=True).solo
    ran = go_on(solo, BOOKS)

    assert ran.over
    assert skipped(ran.solo) == 3
    assert asked(revisit(ran.solo, BOOKS)) == "built-1"


def test_a_press_that_is_none_any_more_changes_nothing():
    told = run(begun().solo, Pick(0), BOOKS, later=False)

    assert run(told.solo, Press.SKIP, BOOKS, later=False).shown == (Remark.OLD,)
    assert run(told.solo, Pick(0), BOOKS, later=False).answered is None


@settings(max_examples=60)
@given(MOVES, st.booleans())
def test_whatever_the_story_each_question_is_answered_once_at_most(moves: list[Move], later: bool):
    ran, answered = begun(), list[int]()
    for made in moves:
        step = ran.solo.step
        ran = run(ran.solo, made, BOOKS, later=later)
        answered += [ran.answered.position] if ran.answered else []
        assert ran.solo.step >= step
        assert ran.solo.questions == ("built-1", "wheels-1", "true-1")
        for card in write(ran, BOOKS):
            assert not isinstance(card, Answer) or card.caveat.long

    assert len(answered) == len(set(answered))
    assert skipped(ran.solo) == 3 - len(answered)


@settings(max_examples=60)
@given(st.lists(st.booleans(), min_size=3, max_size=3), st.booleans())
def test_who_answers_what_was_left_out_has_answered_all(skips: list[bool], later: bool):
    ran = begun()
    for skip in skips:
        ran = run(ran.solo, Press.SKIP if skip else Pick(0), BOOKS, later=later)
        if ran.solo.stage is Stage.TOLD:
            ran = run(ran.solo, Press.NEXT, BOOKS, later=later)
    assert ran.over
    if any(skips):
        ran = revisit(ran.solo, BOOKS)
    for _ in range(skips.count(True)):
        assert not ran.over
        ran = run(ran.solo, Pick(0), BOOKS, later=later)
        if ran.solo.stage is Stage.TOLD:
            ran = run(ran.solo, Press.NEXT, BOOKS, later=later)

    assert ran.over
    assert skipped(ran.solo) == 0


def test_every_kind_of_question_can_be_answered():
    kinds = (SEVERAL, ORDER, PAIRS, YEAR, FLOOD)
    books = pinned(kinds, "mill", "Mill", library())
    ran = begin(1, "mill", kinds, "seed", books)
    story: tuple[Move, ...] = (
        Pick(0), Press.DONE, Pick(0), Press.AGAIN, Pick(0), Pick(0),
        Pick(0), Pick(0), Pick(0), Write("no number"), Write("1820"), Pick(0),
    )  # fmt: skip
    kept = list[int]()
    for made in story:
        ran = run(ran.solo, made, books, later=True)
        kept += [ran.answered.position] if ran.answered else []
        write(ran, books)

    assert ran.over
    assert kept == [0, 1, 2, 3, 4]
    assert skipped(ran.solo) == 0


def test_a_pack_that_is_gone_asks_on_without_its_facts():
    books = pinned(QUESTIONS, "gone", "Gone", library())
    ran = begin(1, "gone", QUESTIONS, "seed", books)

    assert asked(ran) == "built-1"
    assert books.shelves[0].rank("anything") == ()
    assert replace(ran.solo, verb="q").pack == "gone"
