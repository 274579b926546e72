"""The form of an assignment: whatever is pressed and written, it stays whole."""

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.assignment_form import choosing, form, next_reveal, preview, titled
from bot.core.assignment_setup import (
    MOST,
    Desk,
    Draft,
    Drafted,
    Field,
    back,
    fields,
    options,
    pool,
    press_field,
    press_option,
    problem,
    questions,
    read_line,
    read_numbers,
    write,
)
from bot.core.assignment_types import Counts, Group, Reveal
from tests.cast import NOON
from tests.quizzes import ALL, BUILT, FLOOD, WHEELS, library, pack

NOW = NOON.astimezone(ZoneInfo("Europe/Berlin"))
GROUPS = (Group(1, "7B", "t", "C", NOON), Group(2, "8 due", "t", "D", NOON))
DESK = Desk(library(*ALL), GROUPS, NOW)
PLAIN = Desk(library(BUILT), (), NOW)
TWO = Desk(library(BUILT, more=(pack(WHEELS, FLOOD, name="barn"),)), GROUPS, NOW)

PRESSES = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["field", "option"]), st.integers(-1, 14)),
        st.tuples(
            st.just("write"),
            st.sampled_from(["1", "1 3-5", "fri 18:00", "none", "45 min", "now", "x", "999"]),
        ),
        st.just(("back", 0)),
    ),
    max_size=25,
)


def open_field(field: Field, desk: Desk = DESK, draft: Draft | None = None) -> Draft:
    draft = draft or Draft(seed="s")
    return press_field(draft, fields(draft, desk).index(field), desk).draft


def line(text: str, desk: Desk = DESK) -> Drafted:
    return read_line(text, "s", desk)


@settings(max_examples=60)
@given(PRESSES, st.sampled_from(["plain", "two", "all"]))
def test_whatever_is_pressed_the_form_can_be_shown_and_asks_what_fits(
    presses: list[tuple[str, int | str]], which: str
):
    draft, desk = Draft(seed="s"), {"plain": PLAIN, "two": TWO, "all": DESK}[which]
    for what, value in presses:
        before = draft.step
        match what:
            case "field":
                draft = press_field(draft, int(value), desk).draft
            case "option":
                draft = press_option(draft, int(value), desk).draft
            case "write":
                draft = write(draft, str(value), desk).draft
            case _:
                draft = back(draft)
        assert draft.step >= before
        shown = choosing(draft, desk) if draft.field else form(draft, desk, "Europe/Berlin")
        assert shown.caveat.long
        asked = questions(draft, desk)
        assert len(asked) <= MOST
        assert set(asked) <= set(pool(draft, desk))
        assert draft.sensitive or not any(question.sensitive for question in asked)
        assert preview(draft, desk).blocks
        assert titled(draft, desk)


@pytest.mark.parametrize("field", list(Field))
def test_every_option_of_a_field_leads_back_to_the_form_or_stays_for_more(field: Field):
    draft = replace(Draft(seed="s"), attempts=2, due=NOON + timedelta(days=1))
    opened = (
        press_field(draft, fields(draft, TWO).index(field), TWO).draft
        if field in fields(draft, TWO)
        else replace(draft, field=field)
    )

    for number, _ in enumerate(options(opened, TWO)):
        chosen = press_option(opened, number, TWO)
        assert chosen.draft.field is (Field.TOPICS if field is Field.TOPICS else None)
    assert press_option(opened, 99, TWO).problem == "assign.old"


def test_what_decides_nothing_is_left_out():
    assert set(fields(Draft(), PLAIN)) == {
        Field.PICKED,
        Field.LENGTH,
        Field.OPENS,
        Field.DUE,
        Field.ATTEMPTS,
        Field.REVEAL,
        Field.LIMIT,
    }
    assert fields(Draft(), Desk(library(), (), NOW))[0] is Field.PICKED


def test_topics_are_switched_on_and_off():
    opened = open_field(Field.TOPICS)
    one = press_option(opened, 1, DESK).draft
    none = press_option(one, 1, DESK).draft

    assert one.topics == ("mill",)
    assert none.topics == ()
    assert titled(one, DESK) == "The mill"


def test_questions_picked_by_hand_are_asked_in_that_order_without_drawing():
    picked = write(open_field(Field.PICKED), "3, 1-2", DESK).draft

    assert [question.id for question in questions(picked, DESK)] == [
        "true-1",
        "built-1",
        "wheels-1",
    ]
    assert Field.LENGTH not in fields(picked, DESK)


def test_drawn_questions_are_the_same_each_time_and_go_from_easy_to_hard():
    draft = Draft(seed="s", length=5)
    difficulties = [question.difficulty for question in questions(draft, DESK)]

    assert questions(draft, DESK) == questions(draft, DESK)
    assert difficulties == sorted(difficulties)


@pytest.mark.parametrize(
    ("text", "most", "expected"),
    [
        ("1 4 7-9", 9, (1, 4, 7, 8, 9)),
        ("3,1 – 2", 3, (3, 1, 2)),
        ("2 2", 2, (2,)),
        ("10", 9, ()),
        ("0", 9, ()),
        ("3-1", 9, ()),
        ("²", 9, ()),
        ("one", 9, ()),
        ("", 9, ()),
    ],
)
def test_numbers_are_read_as_a_list(text: str, most: int, expected: tuple[int, ...]):
    assert read_numbers(text, most) == expected


@pytest.mark.parametrize(
    ("field", "text"),
    [
        (Field.PICKED, "99"),
        (Field.LENGTH, "some"),
        (Field.OPENS, "whenever"),
        (Field.DUE, "now"),
        (Field.LIMIT, "601"),
        (Field.LIMIT, "an hour"),
    ],
)
def test_what_cannot_be_read_is_told_and_the_field_stays_open(field: Field, text: str):
    written = write(open_field(field), text, DESK)

    assert written.problem == f"assign.form.unread.{field}"
    assert written.draft.field is field


def test_words_where_none_are_awaited_ask_for_a_press():
    assert write(open_field(Field.GROUP), "7B", DESK).problem == "assign.form.press"


def test_the_time_to_open_is_at_once_or_ahead():
    now = write(open_field(Field.OPENS), "now", DESK).draft
    ahead = write(open_field(Field.OPENS), "tomorrow", DESK).draft
    endless = write(open_field(Field.DUE, DESK, replace(ahead, due=NOW)), "none", DESK).draft

    assert now.opens is None
    assert ahead.opens
    assert ahead.opens > NOW
    assert endless.due is None


def test_a_due_day_of_the_list_ends_with_the_day_of_the_teacher():
    opened = open_field(Field.DUE)
    in_three = press_option(opened, 2, DESK).draft.due

    assert in_three
    assert f"{in_three.astimezone(NOW.tzinfo):%a %H:%M}" == "Thu 23:59"


def test_a_line_says_it_all_at_once():
    drafted = line(
        "7b 5 topic mill due fri 18:00 opens tomorrow reveal after due limit 20 attempts 2"
    )

    assert not drafted.problem
    draft = drafted.draft
    assert (draft.group, draft.length, draft.topics) == (1, 5, ("mill",))
    assert (draft.reveal, draft.minutes, draft.attempts) == (Reveal.DUE, 20, 2)
    assert draft.due
    assert f"{draft.due.astimezone(NOW.tzinfo):%a %H:%M}" == "Fri 18:00"
    assert problem(draft, DESK) == ""


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("9Z", "group"),
        ("7B due whenever", "due"),
        ("7B topic ships", "topics"),
        ("7B reveal maybe", "reveal"),
        ("7B attempts 99", "attempts"),
        ("7B limit x", "limit"),
        ("7B open x", "opens"),
    ],
)
def test_a_line_that_cannot_be_read_says_where(text: str, field: str):
    assert line(text).problem == f"assign.form.unread.{field}"


def test_a_line_may_be_a_number_alone_or_nothing():
    assert line("5").draft.length == 5
    assert line("5").draft.group == 0
    assert line("").draft == Draft(seed="s")
    assert line("topic x", Desk(library(), (), NOW)).problem == "assign.form.unread.topics"


@pytest.mark.parametrize(
    ("draft", "why"),
    [
        (Draft(topics=("other",)), "assign.form.empty"),
        (Draft(due=NOW - timedelta(hours=1)), "assign.form.early"),
        (
            Draft(opens=NOW + timedelta(days=2), due=NOW + timedelta(days=1)),
            "assign.form.early",
        ),
        (Draft(group=9), "assign.form.no-class"),
        (Draft(reveal=Reveal.DUE), "assign.form.no-due"),
        (Draft(sensitive=True, minutes=10, length=50), "assign.form.timed"),
        (Draft(sensitive=True, length=50), ""),
        (Draft(minutes=10, length=50), ""),
        (Draft(), ""),
    ],
)
def test_what_stands_in_the_way_of_publishing_is_said(draft: Draft, why: str):
    assert problem(draft, DESK) == why


def test_settings_with_few_values_go_round():
    draft = Draft(seed="s")
    seen = [draft.attempts]
    for _ in range(4):
        draft = open_field(Field.ATTEMPTS, DESK, draft)
        seen.append(draft.attempts)
    odd = open_field(Field.ATTEMPTS, DESK, replace(draft, attempts=4))

    assert seen == [1, 2, 3, 5, 1]
    assert odd.attempts == 1
    assert open_field(Field.COUNTS, DESK, replace(draft, attempts=2)).counts is Counts.LAST
    assert not open_field(Field.LATE, DESK, replace(draft, due=NOW)).late
    assert [next_reveal(one) for one in Reveal] == [Reveal.DUE, Reveal.NEVER, Reveal.NOW]


def test_an_old_field_is_told_so():
    assert press_field(Draft(field=Field.DUE), 0, DESK).problem == "assign.old"
    assert press_field(Draft(), 99, DESK).problem == "assign.old"
