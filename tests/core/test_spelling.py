import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.spelling import alike, distance, exactly, matches, one_number, words_of


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("twelve", 12),
        ("12", 12),
        ("12.0", 12),
        ("1,000", 1000),
        ("1,234,567.5", 1234567.5),
        ("2,5", 2.5),
        ("a dozen", 12),
        ("two dozen", 24),
        ("Twenty-Eight bombs", 28),
        ("two hundred and five", 205),
        ("one hundred twenty five", 125),
        ("three thousand two hundred", 3200),
        ("1.5 million", 1_500_000),
        ("about 5%", 5),
        ("-5", -5),
        ("minus five", -5),
        ("1970-ish", 1970),
        ("it was 9.", 9),
        ("zero", 0),
    ],
)
def test_a_number_is_read_by_its_value(typed: str, number: float):
    assert one_number(typed) == number


@pytest.mark.parametrize("typed", ["", "none", "12 or 14", "twenty twenty", "and", "a", "9" * 400])
def test_no_number_or_several_are_not_read(typed: str):
    assert one_number(typed) is None


@given(st.integers(min_value=0, max_value=10**12))
def test_digits_are_read_with_and_without_commas(number: int):
    assert one_number(f"{number:,}") == one_number(str(number)) == number


@pytest.mark.parametrize(
    ("expected", "typed"),
    [
        ("Jordan", "jordon"),
        ("Jordan", "  JORDAN!! "),
        ("Al Qaim", "al-qaim"),
        ("Deir ez-Zor", "deirezzor"),
        ("Deir ez-Zor", "Deir Ez Zor."),
        ("the Pentagon", "pentagon"),
        ("Pentagon", "The Pentegon"),
        ("Café Zürich", "cafe zurich"),
        ("12 bombs", "twelve bombs"),
        ("Abdollahian", "abdolahian"),
        ("Iraq", "iarq"),
        ("Iraq's government", "Iraqs goverment"),
        ("foreign minister", "foriegn ministre"),
    ],
)
def test_a_slip_of_spelling_is_forgiven(expected: str, typed: str):
    assert alike(expected, typed)


@pytest.mark.parametrize(
    ("expected", "typed"),
    [
        ("Iraq", "Iran"),
        ("in Iraq", "in Iran"),
        ("F-15", "F-16"),
        ("F-15E", "F-15"),
        ("12 bombs", "13 bombs"),
        ("Jordan", "not Jordan"),
        ("Jordan", "Jordan or Syria"),
        ("Jordan", "Iraq Syria Jordan Iran"),
        ("Jordan", "Jord"),
        ("Jordan", ""),
        ("Jordan", "?!"),
        ("north", "south"),
        ("2 February", "3 February"),
        ("Al Qaim", "Al"),
    ],
)
def test_another_sense_is_not_forgiven(expected: str, typed: str):
    assert not alike(expected, typed)


@given(st.text(max_size=40), st.text(max_size=40))
def test_the_distance_is_the_same_both_ways_and_no_longer_than_the_texts(one: str, other: str):
    assert distance(one, other) == distance(other, one) <= max(len(one), len(other))
    assert (distance(one, other) == 0) == (one == other)


def test_two_letters_in_each_others_place_are_one_slip():
    assert distance("jordan", "jodran") == 1


@given(st.text(max_size=60))
def test_every_text_with_words_is_the_same_as_itself(text: str):
    assert alike(text, text) == bool(words_of(text))


def test_case_counts_where_it_must():
    assert exactly("NASA", " NASA ", case=True)
    assert not exactly("NASA", "nasa", case=True)


def test_an_asterisk_stands_for_anything():
    assert matches("*pent*", "The Pentagon")
    assert matches("5 \\* 5", "5 * 5")
    assert not matches("5 \\* 5", "5 and 5")
    assert not matches("pent*", "The Pentagon")
    assert not matches("Pent*", "pentagon", case=True)
