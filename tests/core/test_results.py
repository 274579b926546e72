"""What a session has come to: who counts, what each question says of itself, and how it is said."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.picture_words import alt, pictured
from bot.core.question_looks import Sign, looks, pool
from bot.core.result_cards import (
    Entry,
    all_items,
    index,
    listing,
    looked,
    number,
    pooled_items,
    signs,
    summarised,
    worth_a_look,
)
from bot.core.result_summary import bins, summary
from bot.core.results import Which, rows
from tests.cast import NOON
from tests.held import BRIDGE, FLOOD, NONE, OPENER, RIVER, again, mended, taken, text


def test_who_joined_and_said_nothing_did_not_take_part():
    session = taken([BRIDGE], "b", "-", "a", joined=5)

    found = summary(session)

    assert (found.took, found.joined) == (2, 5)
    assert [row.total for row in rows(session)] == [1.0, 0.0]


def test_what_is_missing_is_a_zero():
    session = taken([BRIDGE, RIVER], "b a", "b -")

    assert [row.marks for row in rows(session)] == [(1.0, 1.0), (1.0, 0.0)]


def test_questions_nobody_came_to_make_no_difference():
    session = taken([BRIDGE, RIVER], "b -", "a -")

    assert session.full == 1.0
    assert [look.item.question.id for look in looks(session)] == ["bridge-year"]


def test_a_question_that_was_skipped_counts_for_nobody():
    session = taken([BRIDGE, RIVER], "b a", "a a")
    items = (replace(session.items[0], skipped=True), session.items[1])

    found = summary(replace(session, items=items))

    assert found.taken.full == 1.0
    assert [look.item.position for look in found.looks] == [1]


def twice(first: str, second: str):
    """Return a session in which one learner has had two attempts."""
    session = taken([BRIDGE, RIVER], first, second)
    learners = session.learners[:1]
    replies = tuple(replace(r, learner=1, attempt=r.learner) for r in session.replies)
    return replace(session, learners=learners, replies=replies)


@pytest.mark.parametrize(
    ("which", "total"), [(Which.FIRST, 1.0), (Which.BEST, 2.0), (Which.LAST, 2.0)]
)
def test_the_attempt_that_counts_is_chosen(which, total):
    assert rows(twice("b b", "b a"), which)[0].total == total


def test_the_best_attempt_may_be_an_earlier_one():
    session = twice("b a", "a a")

    assert rows(session, Which.BEST)[0].total == 2.0
    assert rows(session, Which.LAST)[0].total == 1.0


def test_totals_go_by_what_counts_and_statistics_by_the_first_attempt():
    session = replace(twice("b b", "b a"), which=Which.BEST)

    found = summary(session)

    assert found.totals == (2.0,)
    assert found.analysis.whole.mean == 1.0


def test_the_summary_says_who_took_part_and_the_middle_and_the_hardest():
    session = taken(
        [BRIDGE, RIVER],
        *again("b a", 4), *again("c a", 9), *again("a a", 2), "d b", joined=20,
    )  # fmt: skip

    found = text(summarised(summary(session), NONE))

    assert found.splitlines() == [
        "7B · Bridges · 16 of 20 took part",
        "Middle score 1 of 2. From 0 to 2.",
        "Question 1 was hardest (25 % right): most chose “1937”. "
        "Talk about this: The leaflet has 1931 in its first line.",
    ]


def test_a_summary_names_nobody():
    session = taken([BRIDGE, RIVER], "b a", "a b", "c c")

    assert "Fox" not in text(summarised(summary(session), NONE))


def test_a_summary_of_all_right_says_so():
    session = taken([BRIDGE], *again("b", 12))

    assert "Everybody had everything right." in text(summarised(summary(session), NONE))


def test_a_small_class_is_told_that_shares_are_hints():
    session = taken([BRIDGE], "b", "a", "b")

    assert "So few took part (3) that one more or less" in text(summarised(summary(session), NONE))


def test_nobody_has_answered():
    assert "Nobody has answered anything yet." in text(
        summarised(summary(taken([BRIDGE], "-", "-")), NONE)
    )


def test_a_key_that_most_contradict_is_to_be_checked():
    session = taken([BRIDGE], *again("c", 9), *again("b", 3))

    [look] = looks(session)

    assert Sign.KEY in look.signs
    assert "9 of 12 chose “1937”, the key is “1931”: check the key." in text(
        looked(look, session, NONE)
    )


def test_a_key_that_the_best_scorers_contradict_is_to_be_checked():
    # The best three of the other questions chose 1937, the others anything.
    session = taken(
        [BRIDGE, RIVER, OPENER],
        "c a mayor", "c a mayor", "c a mayor", "b a x", "b b x", "b c x", "a b x", "d c x",
    )  # fmt: skip

    look = looks(session)[0]

    assert look.by_best
    assert look.signs[0] is Sign.KEY
    assert next(iter(signs(look))) == (
        "The best scorers chose “1937” (3 of 8 in all), the key is “1931”: check the key."
    )
    assert "Question 1 may have a wrong key: the best scorers chose “1937”." in text(
        summarised(summary(session), NONE)
    )


def test_a_common_error_that_the_best_do_not_share_is_no_wrong_key():
    best = again("b a mayor", 4)
    session = taken([BRIDGE, RIVER, OPENER], *best, *again("c b x", 8))

    look = looks(session)[0]

    assert Sign.KEY not in look.signs
    assert "most chose “1937”" in text(summarised(summary(session), NONE))


def test_a_few_learners_cannot_doubt_a_key():
    assert looks(taken([BRIDGE], *again("c", 4)))[0].signs == ()


def test_a_written_answer_that_most_gave_is_told_in_its_words():
    session = taken([OPENER], *again("bishop", 6), "Bishop!", "mayor")

    [look] = looks(session)

    assert (look.chosen[0].text, look.chosen[0].count) == ("bishop", 7)
    assert "7 of 8 wrote “bishop”, the key is “the mayor”" in text(looked(look, session, NONE))


def test_what_nobody_chose_is_named():
    session = taken([BRIDGE], *again("b", 5), *again("a", 4))

    assert "Nobody chose “1937”, “1940”" in text(looked(looks(session)[0], session, NONE))


@pytest.mark.parametrize(
    ("right", "wrong", "sign"), [(20, 0, Sign.EASY), (5, 15, Sign.HARD), (10, 10, None)]
)
def test_too_easy_and_too_hard_are_said(right, wrong, sign):
    # Wrong in two ways, so that nobody doubts the key.
    lines = [*again("b", right), *again("a", wrong // 2), *again("c", wrong - wrong // 2)]

    found = set(looks(taken([BRIDGE], *lines))[0].signs) & {Sign.EASY, Sign.HARD}

    assert found == ({sign} if sign else set())


def test_who_knows_the_rest_and_errs_here_is_a_warning():
    session = taken([BRIDGE, RIVER], *again("a a", 4), *again("d a", 4), *again("b b", 8))

    assert Sign.WORSE in looks(session)[0].signs


def test_a_little_worse_may_be_chance():
    session = taken([BRIDGE, RIVER], *again("b a", 6), *again("a a", 6), *again("b b", 5), "a b")

    [look, _] = looks(session)

    assert look.statistics is not None
    assert look.statistics.discrimination is not None
    assert -40 < look.statistics.discrimination < 0
    assert Sign.WORSE not in look.signs


def test_nothing_is_said_of_how_few_learners_are_told_apart():
    session = taken([BRIDGE, RIVER], "b a", "a b", "b a")
    shown = text(looked(looks(session)[0], session, NONE))

    assert "With 3 learners nothing can be said" in shown
    assert "discrimination index" not in shown


def test_of_fewer_than_fifteen_it_is_called_dubious():
    session = taken([BRIDGE, RIVER], *again("b a", 4), *again("a b", 4))

    assert "From fewer than 15 learners this is dubious." in text(
        looked(looks(session)[0], session, NONE)
    )


def test_sensitive_questions_have_no_marks_and_are_only_counted():
    session = taken([FLOOD, BRIDGE], "a b", "b a", "b b", *again("- b", 9))
    found = summary(session)

    shown = text(looked(found.looks[0], session, NONE))

    assert session.full == 1.0
    assert found.looks[0].statistics is None
    assert shown.splitlines()[1:] == [
        FLOOD.stem,
        "What 3 of 12 answered:",
        "a source and a time: 1",
        "nothing: 2",
        "left out: 9",
        "For reflection: no points and no ranking, only what was answered.",
    ]
    assert "Without points, for reflection: 1." in text(summarised(found, NONE))


def test_a_session_of_reflection_alone_has_no_scores():
    session = taken([FLOOD], "a", "b")

    assert "Nothing in it has points." in text(summarised(summary(session), NONE))
    assert bins(summary(session).totals, session.full) == ()


def test_versions_of_a_question_are_pooled_each_by_itself():
    old = taken([BRIDGE, RIVER, OPENER], *again("b a -", 3), *again("a b -", 3))
    other = taken([RIVER, BRIDGE], *again("a b", 4))
    new = taken([mended(BRIDGE, "a")], "a", "b")

    found = {look.item.question.hash: look for look in pool([old, other, new])}

    assert {name: look.learners for name, look in found.items()} == {
        BRIDGE.hash: 10,
        RIVER.hash: 10,
        mended(BRIDGE, "a").hash: 2,
    }
    assert found[BRIDGE.hash].right == 7


def test_pooling_one_session_says_the_same_as_the_session():
    session = taken([BRIDGE, RIVER, OPENER], "b a mayor", "b a x", "a b x", "c a mayor", "b c x")

    alone = {look.item.question.hash: look for look in looks(session)}

    for look in pool([session]):
        assert look.statistics is not None
        own = alone[look.item.question.hash].statistics
        assert own is not None
        assert look.statistics.discrimination == pytest.approx(own.discrimination)
        assert look.chosen == alone[look.item.question.hash].chosen


def test_what_a_question_was_worth_makes_no_difference_when_pooled():
    lines = ("b a", "a b", "b b", "a a", "b a")
    cheap, dear = taken([BRIDGE, RIVER], *lines), taken([BRIDGE, RIVER], *lines, points=10)

    one, other = pool([cheap])[0].statistics, pool([dear])[0].statistics

    assert one is not None
    assert other is not None
    assert one.facility == pytest.approx(other.facility)
    assert one.discrimination == pytest.approx(other.discrimination)


def test_all_questions_are_listed_with_what_they_say():
    session = taken([BRIDGE, RIVER, FLOOD], *again("b a a", 8), *again("a b b", 8))

    shown = text(all_items(summary(session), NONE))

    assert "1. 50 % right, discrimination 100" in shown
    assert "3. for reflection, 16 answered" in shown
    assert "The whole quiz: mean 1, middle 1, standard deviation 1.03." in shown
    assert "Cronbach's alpha 100 %" in shown


def test_pooled_questions_that_need_a_look_come_first():
    session = taken([RIVER, BRIDGE], *again("a c", 9), *again("a b", 3))

    first = text(pooled_items(pool([session]), [session], NONE)).splitlines()[1]

    assert "check the key" in first


def test_the_picture_is_told_in_words():
    session = taken([BRIDGE, RIVER], "b a", "b b", "a b")
    found = summary(session)

    assert alt(found) == (
        "Scores of 3 learners, from 0 to 2: 0: 1; 1: 1; 2: 1. "
        "Right per question: question 1 67 %; question 2 33 %."
    )
    assert "need one more package" in text(pictured(found, NONE, missing=True))


def test_a_list_has_a_button_for_each_session():
    shown = listing([Entry(7, "Bridges", NOON, 12), Entry(8, "Rivers", NOON, 3, assignment=True)])

    assert [(c.label, c.action) for c in shown.choices] == [
        ("23 Nov 2026 · Bridges (12)", "res.o.7"),
        ("23 Nov 2026 · Rivers (3, assignment)", "res.o.8"),
    ]


def test_what_to_look_at_first_has_buttons_without_repeats():
    session = taken([BRIDGE, RIVER], *again("c a", 9), *again("b b", 3))

    assert [look.item.number for look in worth_a_look(summary(session))] == [1, 2]


@given(
    st.lists(st.floats(0, 37.5), max_size=60), st.sampled_from([0.5, 3.0, 8.0, 20.0, 35.0, 37.5])
)
def test_every_total_is_in_exactly_one_bin(totals, full):
    found = [min(total, full) for total in totals]

    drawn = bins(found, full)

    assert sum(one.count for one in drawn) == len(found)
    assert drawn[0].low == 0
    assert drawn[-1].high == full


@pytest.mark.parametrize(
    ("value", "written"), [(6.0, "6"), (2.5, "2.5"), (1 / 3, "0.33"), (-1.0, "−1"), (0.0, "0")]
)
def test_numbers_are_written_without_empty_places(value, written):
    assert number(value) == written


@pytest.mark.parametrize(("value", "written"), [(-0.2, "0"), (-12.6, "−13"), (None, "")])
def test_an_index_is_a_whole_number(value, written):
    assert index(value) == written
