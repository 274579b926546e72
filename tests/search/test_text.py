import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.search.text import fold, tokens, words


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Al-Qā’im", "al-qaim"),
        ("ＤＥＩＲ", "deir"),
        ("Iraq's army", "iraq army"),
        ("didn’t", "did not"),
        ("Straße", "strasse"),
    ],
)
def test_case_accents_widths_and_apostrophes_do_not_matter(typed, folded):
    assert fold(typed) == folded


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("four soldiers", ["4", "soldiers"]),
        ("twenty-eight", ["28"]),
        ("twenty eight jets", ["28", "jets"]),
        ("ninety", ["90"]),
        ("a dozen bombs", ["a", "12", "bombs"]),
        ("1,000 men", ["1000", "men"]),
        ("2.5 km", ["2.5", "km"]),
        ("F-15Es", ["f15e"]),
        ("f 16", ["f", "16"]),
        ("the 2nd", ["the", "2"]),
    ],
)
def test_numbers_are_digits_however_they_are_written(typed, read):
    assert tokens(typed) == read


@pytest.mark.parametrize(
    "typed",
    ["7 May", "May 7", "7th of May", "7. May", "on may 7th"],
)
def test_a_day_and_its_month_are_one_however_they_are_written(typed):
    assert [t for t in tokens(typed) if t != "on"] == ["may", "7may"]


def test_an_iso_date_is_the_same_day():
    assert tokens("2024-02-07") == [*tokens("7 February 2024")]


def test_one_day_is_not_the_other():
    assert not {"7may"} & {*tokens("7 February"), *tokens("8 May"), *tokens("may 2024")}


def test_short_months_are_months_but_may_and_march_are_words_too():
    assert tokens("28 jan") == tokens("28 January")
    assert tokens("may it be") == ["may", "it", "be"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("wen", "when"),
        ("hwo", "how"),
        ("teh", "the"),
        ("y", "why"),
        ("ppl", "people"),
        ("dont", "not"),
    ],
)
def test_what_people_type_in_haste_is_read_as_meant(typed, meant):
    assert tokens(typed) == [meant]


def test_words_have_stems_and_small_words_are_known():
    found = words("Were the bombings near Erbil in 2024")

    assert [w.stem for w in found if not w.stop] == ["bomb", "near", "erbil", "2024"]
    assert [w.raw for w in found if w.proper] == ["erbil", "2024"]


def test_a_capital_at_the_beginning_is_no_sign_of_a_name():
    assert not words("Bombs fell")[0].proper


@given(st.text(max_size=400))
def test_any_text_can_be_read_and_folding_twice_changes_nothing(text):
    assert all(token and " " not in token for token in tokens(text))
    assert tokens(fold(text)) == tokens(fold(fold(text)))
