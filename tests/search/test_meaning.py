"""What questions mean by the words that the search knows."""

import pytest

from bot.core.unanswered import SAME, likeness
from bot.search.meaning import Meanings
from tests.bridge import PACK


@pytest.fixture(scope="module")
def read() -> Meanings:
    return Meanings([PACK])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("what did the bridge cost?", "how much did the bridge cost"),
        ("what did the bridge cost?", "What was the price of the bridge"),
        ("when was the moon landing", "which year was the moon landing"),
        ("how many canadian soldiers were wounded", "how many Canadians were hurt?"),
    ],
)
def test_questions_in_other_words_mean_the_same(read: Meanings, one: str, other: str):
    assert likeness(read(one), read(other)) >= SAME


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("what did the bridge cost?", "who built the bridge?"),
        ("when was the moon landing", "who landed on the moon"),
        ("how many canadian soldiers were wounded", "how many german soldiers were wounded"),
        ("what happened in 1931", "what happened in 1945"),
    ],
)
def test_other_questions_do_not(read: Meanings, one: str, other: str):
    assert likeness(read(one), read(other)) < SAME
