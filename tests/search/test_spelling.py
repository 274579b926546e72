import pytest

from bot.search import spelling
from bot.search.text import words

SPELLER = spelling.build(
    [["bridge", "opened", "bridge"], ["soldiers", "guarded", "bride", "ceremony", "west"]],
    known=["submarine", "rest"],
)


def mended(text):
    return [word.raw for word in SPELLER.mend(words(text))]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("brigde", "bridge"),
        ("bridgge", "bridge"),
        ("soldeirs", "soldiers"),
        ("garded", "guarded"),
    ],
)
def test_a_word_written_nowhere_becomes_the_likeliest_one(typed, meant):
    assert mended(typed) == [meant]


@pytest.mark.parametrize(
    "right", ["bridge", "bride", "submarine", "rest", "the", "2024", "f16", "wes"]
)
def test_what_is_right_short_or_a_number_stays(right):
    assert mended(right) == [right]


def test_of_two_words_as_near_the_more_frequent_one_is_meant():
    assert mended("bridfe") == ["bridge"]


@pytest.mark.parametrize("nonsense", ["asdfghjkl", "qwertz", "penguins"])
def test_what_is_near_to_nothing_stays(nonsense):
    assert mended(nonsense) == [nonsense]


def test_an_english_word_is_no_misspelling_of_another():
    speller = spelling.build([["bring", "sold"]], known=())
    assert [word.raw for word in speller.mend(words("boring solo"))] == ["boring", "solo"]
