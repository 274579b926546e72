"""The rules of assignments: open or not, how long, which attempt counts."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.assignment import (
    GRACE,
    counting,
    ends,
    in_time,
    is_late,
    may_try,
    reminder,
    revealed,
    stand,
)
from bot.core.assignment_types import Assignment, Attempt, Counts, Reveal, Setup, Stand
from tests.cast import NOON

HOUR = timedelta(hours=1)
SETUP = Setup(NOON, NOON + 48 * HOUR)
ATTEMPTS = st.lists(
    st.builds(Attempt, st.integers(1, 9), st.integers(0, 5).map(float)),
    unique_by=lambda attempt: attempt.number,
    max_size=6,
)
MOMENTS = st.integers(-200, 200).map(lambda hours: NOON + hours * HOUR)


def assignment(setup: Setup = SETUP) -> Assignment:
    return Assignment(1, "code", "Mill", "telegram:101", "mill", 0, setup)


@pytest.mark.parametrize(
    ("at", "setup", "expected"),
    [
        (NOON - HOUR, SETUP, Stand.EARLY),
        (NOON, SETUP, Stand.OPEN),
        (NOON + 48 * HOUR + GRACE, SETUP, Stand.OPEN),
        (NOON + 49 * HOUR, SETUP, Stand.LATE),
        (NOON + 49 * HOUR, replace(SETUP, late=False), Stand.CLOSED),
        (NOON + HOUR, replace(SETUP, closed=True), Stand.CLOSED),
        (NOON + 9999 * HOUR, Setup(NOON), Stand.OPEN),
    ],
)
def test_where_an_assignment_stands(at: datetime, setup: Setup, expected: Stand):
    assert stand(assignment(setup), at) is expected


def test_what_was_taken_away_is_closed():
    assert stand(replace(assignment(), deleted=NOON), NOON) is Stand.CLOSED


def test_a_day_of_ones_own_goes_before_that_of_all():
    own = NOON + 72 * HOUR

    assert stand(assignment(), NOON + 60 * HOUR, own) is Stand.OPEN
    assert stand(assignment(), NOON + 73 * HOUR, own) is Stand.LATE


@given(MOMENTS, st.none() | MOMENTS)
def test_late_is_what_comes_after_the_day_and_the_grace(at: datetime, due: datetime | None):
    assert is_late(at, due) == (due is not None and at - due > GRACE)


@given(MOMENTS, st.booleans(), st.booleans(), st.none() | MOMENTS)
def test_one_that_is_taken_late_was_never_on_time(
    at: datetime, late: bool, closed: bool, own: datetime | None
):
    setup = replace(SETUP, late=late, closed=closed)

    found = stand(assignment(setup), at, own)

    if found is Stand.LATE:
        assert is_late(at, own or SETUP.due)
        assert late
    if found is Stand.OPEN:
        assert not is_late(at, own or SETUP.due)


@pytest.mark.parametrize(
    ("minutes", "factor", "late", "expected"),
    [
        (0, 1.0, True, None),
        (30, 1.0, True, 0.5),
        (30, 1.5, True, 0.75),
        (30, 2.0, True, 1.0),
        (30, 0.0, True, None),
        (30, 0.0, False, 48.0),
        (0, 1.0, False, 48.0),
    ],
)
def test_more_time_applies_to_the_limit_alone(
    minutes: int, factor: float, late: bool, expected: float | None
):
    found = ends(replace(SETUP, minutes=minutes, late=late), NOON, factor, None)

    assert found == (None if expected is None else NOON + expected * HOUR)


def test_an_answer_is_in_time_until_the_grace_is_over():
    assert in_time(NOON, None)
    assert in_time(NOON + GRACE, NOON)
    assert not in_time(NOON + GRACE + timedelta(seconds=1), NOON)


@given(ATTEMPTS)
def test_the_first_and_the_last_attempt_are_by_number(attempts: list[Attempt]):
    numbers = [attempt.number for attempt in attempts]
    first, last = counting(attempts, Counts.FIRST), counting(attempts, Counts.LAST)

    assert (first.number if first else None) == min(numbers, default=None)
    assert (last.number if last else None) == max(numbers, default=None)


@given(ATTEMPTS)
def test_no_attempt_is_better_than_the_best_and_of_equals_the_earlier_counts(
    attempts: list[Attempt],
):
    best = counting(attempts, Counts.BEST)

    assert (best is None) == (not attempts)
    for attempt in attempts:
        assert best
        assert attempt.points <= best.points
        assert attempt.points < best.points or attempt.number >= best.number


@given(st.integers(1, 20), st.integers(0, 30))
def test_as_many_attempts_are_allowed_as_were_granted(granted: int, tried: int):
    assert may_try(replace(SETUP, attempts=granted), tried) == (tried < granted)


@pytest.mark.parametrize(
    ("reveal", "hours", "closed", "expected"),
    [
        (Reveal.NOW, 0, False, True),
        (Reveal.DUE, 47, False, False),
        (Reveal.DUE, 48, False, True),
        (Reveal.DUE, 1, True, True),
        (Reveal.NEVER, 99, True, False),
    ],
)
def test_what_was_right_is_told_when_the_teacher_said(
    reveal: Reveal, hours: int, closed: bool, expected: bool
):
    setup = replace(SETUP, reveal=reveal, closed=closed)

    assert revealed(assignment(setup), NOON + hours * HOUR) is expected


def test_who_has_a_day_of_their_own_is_not_told_before_it():
    late = assignment(replace(SETUP, reveal=Reveal.DUE))

    assert not revealed(late, NOON + 50 * HOUR, NOON + 72 * HOUR)


@given(st.integers(1, 2000))
def test_a_reminder_comes_a_day_before_or_half_way(hours: int):
    due = NOON + hours * HOUR

    at = reminder(NOON, due)

    assert NOON < at < due
    assert due - at == min(24 * HOUR, hours * HOUR / 2)
