from dataclasses import replace

import pytest

from bot.core.live_scoring import (
    arranged,
    available,
    drawn,
    left_out,
    most_points,
    seconds_for,
    standing,
    worth,
)
from bot.core.live_types import Counted, Course, Given, Scoring, Setup
from bot.core.quiz import Response
from tests.cast import NOON
from tests.quizzes import ALL, BUILT, FLOOD, SEVERAL, TRUE, WHEELS, YEAR, pack

SETUP = Setup("mill", seed="s")
PLAIN, SPEED = Scoring.PLAIN, Scoring.SPEED


def given(participant: int, position: int, points: float) -> Given:
    return Given(participant, position, Response(("a",)), points, points == 1, points, 1.0, NOON)


def test_only_questions_that_are_chosen_from_and_not_sensitive_are_drawn():
    mill = pack(*ALL)

    assert set(drawn(mill, SETUP)) == {BUILT, WHEELS, TRUE, SEVERAL}
    assert (available(mill), left_out(mill)) == (4, 1)


def test_the_same_seed_draws_the_same_questions():
    mill = pack(*ALL)
    two = replace(SETUP, length=2)

    assert drawn(mill, two) == drawn(mill, two)
    assert len(drawn(mill, two)) == 2
    assert len({drawn(mill, replace(two, seed=str(n))) for n in range(20)}) > 1


def test_a_topic_narrows_them_down():
    mill = pack(*ALL)

    assert drawn(mill, replace(SETUP, topics=("flood",))) == ()
    assert left_out(mill, ("flood",)) == 1


def test_a_question_is_open_for_as_long_as_it_takes_to_read():
    long_one = replace(BUILT, stem="word " * 60)

    assert seconds_for(BUILT, SETUP) == 20
    assert seconds_for(long_one, SETUP) > 30
    assert seconds_for(WHEELS, SETUP) >= 20
    assert seconds_for(long_one, replace(SETUP, seconds=25.0)) == 25
    assert seconds_for(long_one, replace(SETUP, seconds=0.0)) == 0


def test_options_stand_in_the_same_order_for_everybody():
    shuffled = replace(BUILT, shuffle=True)

    assert arranged(shuffled, SETUP) == arranged(shuffled, SETUP)
    assert set(arranged(shuffled, SETUP)) == set(BUILT.options)
    assert arranged(TRUE, SETUP) == TRUE.options
    assert arranged(BUILT, SETUP) == BUILT.options


@pytest.mark.parametrize(
    ("question", "fraction", "left", "scoring", "points"),
    [
        (BUILT, 1.0, 0.2, PLAIN, 1.0),
        (BUILT, 1.0, 1.0, SPEED, 1.0),
        (BUILT, 1.0, 0.5, SPEED, 0.75),
        (BUILT, 1.0, 0.0, SPEED, 0.5),
        (BUILT, 0.0, 1.0, SPEED, 0.0),
        (SEVERAL, 0.5, 0.5, SPEED, 0.375),
        (WHEELS, 1.0, 0.0, SPEED, 1.0),
    ],
)
def test_speed_is_worth_half_but_not_where_checking_is_asked(
    question, fraction, left, scoring, points
):
    assert worth(question, fraction, Counted(1.0, left), scoring, 1.0) == points


def test_ties_share_a_place_and_skipped_questions_count_for_nobody():
    course = Course(SETUP, (20.0,) * 3, closed=(0, 2), skipped=(1,))
    names = {1: "Owl", 2: "Fox", 3: "Bear"}
    answers = [given(1, 0, 1.0), given(2, 1, 1.0), given(2, 2, 1.0), given(3, 0, 0.0)]

    ranked = standing(names, answers, course)

    assert [(one.place, one.name, one.points) for one in ranked] == [
        (1, "Fox", 1.0),
        (1, "Owl", 1.0),
        (3, "Bear", 0.0),
    ]
    assert most_points(course, {0: 1.0, 1: 1.0, 2: 2.0}) == 3.0


def test_sensitive_questions_can_never_be_drawn_whatever_is_asked_for():
    mill = pack(FLOOD, YEAR)

    assert drawn(mill, replace(SETUP, length=99)) == ()
