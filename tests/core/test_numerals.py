import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.numerals import is_number, number_or


@pytest.mark.parametrize(
    "text", ["", "-1", "+1", " 1", "1 ", "1.0", "1_000", "²", "٣", "1234567890", "x"]
)
def test_what_is_no_short_row_of_digits_is_no_number(text: str):
    assert not is_number(text)
    assert number_or(text, -1) == -1


def test_a_caller_says_how_many_digits_fit():
    assert is_number("999", most=3)
    assert not is_number("1000", most=3)


@given(st.integers(0, 999_999_999))
def test_every_number_that_fits_is_read(number: int):
    assert number_or(str(number), -1) == number
