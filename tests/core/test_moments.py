"""Moments in the words of people."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.moments import distance, read_moment, show_moment, span

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = datetime(2026, 11, 23, 13, 0, tzinfo=BERLIN)
EVENING = time(23, 59)


def read(text: str, now: datetime = MONDAY) -> str:
    found = read_moment(text, now, EVENING)
    return f"{found.astimezone(now.tzinfo):%Y-%m-%d %H:%M}" if found else ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("now", "2026-11-23 13:00"),
        ("18:00", "2026-11-23 18:00"),
        ("at 6pm", "2026-11-23 18:00"),
        ("9:30", "2026-11-24 09:30"),
        ("12 am", "2026-11-24 00:00"),
        ("12pm", "2026-11-24 12:00"),
        ("fri 18:00", "2026-11-27 18:00"),
        ("Friday, 18h", "2026-11-27 18:00"),
        ("on wednesday", "2026-11-25 23:59"),
        ("mon 8:00", "2026-11-30 08:00"),
        ("monday", "2026-11-23 23:59"),
        ("today 20:15", "2026-11-23 20:15"),
        ("tonight", "2026-11-23 23:59"),
        ("tomorrow", "2026-11-24 23:59"),
        ("tomorrow at 8 o'clock", "2026-11-24 08:00"),
        ("in 3 days", "2026-11-26 13:00"),
        ("in 3 days 18:00", "2026-11-26 18:00"),
        ("in a week", "2026-11-30 13:00"),
        ("2 hours", "2026-11-23 15:00"),
        ("in 90 minutes", "2026-11-23 14:30"),
        ("2027-05-03 18:00", "2027-05-03 18:00"),
        ("2027-05-03", "2027-05-03 23:59"),
        ("2027-05-03T18:00", "2027-05-03 18:00"),
        ("3 May 2027 at 18:00", "2027-05-03 18:00"),
        ("3rd may", "2027-05-03 23:59"),
        ("Dec 1 8:00", "2026-12-01 08:00"),
        ("december 1st, 2026", "2026-12-01 23:59"),
    ],
)
def test_times_are_read_in_the_forms_that_people_write(text: str, expected: str):
    assert read(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "whenever",
        "monkey",
        "foo",
        "bar 18:00",
        "8",
        "25:00",
        "18:75",
        "13pm",
        "0am",
        "yesterday",
        "2024-05-03 18:00",
        "2027-02-30",
        "31 feb",
        "3 foo",
        "foo 3",
        "in 999 weeks",
        "in 5 hours 18:00",
        "fri and sat",
        "³ days",
    ],
)
def test_what_names_no_time_ahead_is_none(text: str):
    assert read(text) == ""


def test_a_day_is_the_same_hour_over_a_change_of_the_clocks_and_an_hour_is_an_hour():
    before = datetime(2027, 3, 27, 13, 0, tzinfo=BERLIN)
    night = datetime(2027, 3, 28, 1, 30, tzinfo=BERLIN)

    assert read("in 1 day", before) == "2027-03-28 13:00"
    assert read("in 1 hour", night) == "2027-03-28 03:30"


@settings(max_examples=60)
@given(st.text(max_size=40), st.integers(0, 200_000))
def test_whatever_is_read_lies_ahead(text: str, hours: int):
    now = (MONDAY.astimezone(UTC) + timedelta(hours=hours)).astimezone(BERLIN)

    found = read_moment(text, now, EVENING)

    assert found is None or found >= now.astimezone(UTC) - timedelta(hours=1)


@given(
    st.integers(1, 600).map(lambda days: timedelta(days=days)),
    st.times().map(lambda t: t.replace(second=0, microsecond=0)),
)
def test_a_date_that_is_written_out_is_read_back(ahead: timedelta, hour: time):
    at = datetime.combine((MONDAY + ahead).date(), hour)

    assert read(f"{at:%Y-%m-%d %H:%M}") == f"{at:%Y-%m-%d %H:%M}"


def test_moments_are_shown_with_their_zone_and_distance():
    assert show_moment(MONDAY, "America/New_York") == "Mon 23 Nov, 13:00 (New York time)"
    assert distance(MONDAY + timedelta(days=2, hours=3), MONDAY) == "in 2 days"
    assert distance(MONDAY - timedelta(hours=1), MONDAY) == "1 hour ago"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "less than a minute"),
        (60, "1 minute"),
        (5_400, "90 minutes"),
        (26_000, "7 hours"),
        (172_800, "2 days"),
        (259_140, "3 days"),
    ],
)
def test_a_length_is_told_in_the_largest_unit_that_says_it_well(seconds: int, words: str):
    assert span(timedelta(seconds=seconds)) == words


def test_a_limit_is_told_exactly():
    assert span(timedelta(minutes=440), exact=True) == "440 minutes"
    assert span(timedelta(minutes=120), exact=True) == "2 hours"
