import pytest

from bot.search import names
from bot.search.names import sound
from bot.search.phrases import Phrases
from bot.search.text import words
from tests.search.town import ENTITIES

NAMES = names.build(ENTITIES)
KNOWN = frozenset({"bridg", "build", "ferri"})


def found(text, known=KNOWN):
    return [key for _, _, key in NAMES.find(words(text), known)]


@pytest.mark.parametrize(
    "typed",
    ["Qasr al-Hadid", "qasr hadid", "QASR AL HADID", "kasr el hadid", "the town of qasr al-hadid"],
)
def test_a_name_is_found_in_each_of_its_spellings(typed):
    assert found(typed) == ["qasr"]


@pytest.mark.parametrize(
    "typed", ["qaser al hadid", "qasr alhadeed", "kasr al hadeed", "qasr el hadiid"]
)
def test_a_name_is_found_as_it_sounds(typed):
    assert found(typed) == ["qasr"]


def test_only_exact_spellings_count_in_a_packs_own_texts():
    assert found("kasr al hadeed", None) == []
    assert found("qasr hadid", None) == ["qasr"]


def test_a_spelling_with_a_capital_counts_only_where_typed_with_one():
    assert found("what did Banker say") == ["banker"]
    assert found("who was the banker") == []
    assert found("what did ida banker say") == ["banker"]


def test_a_word_of_the_pack_is_no_misspelt_name():
    assert found("bridge") == []


def test_numbers_and_short_words_are_no_misspelt_names():
    assert found("1234 ab xyz") == []


def test_names_know_what_they_are_part_of():
    assert NAMES.families["qasr"] == {"iraq"}
    assert NAMES.families["iraq"] == {"qasr", "ministry"}
    assert NAMES.families["us"] == frozenset()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("kataib", "qataeb"),
        ("hezbollah", "hizbullah"),
        ("deir ezzor", "dayr azzur"),
        ("houthi", "huthy"),
    ],
)
def test_transliterations_sound_alike(one, other):
    assert sound(one) == sound(other)


def test_different_names_sound_different():
    assert len({sound(name) for name in ("iraq", "syria", "jordan", "yemen", "lebanon")}) == 5


def test_the_longest_phrase_comes_first_and_none_overlap():
    phrases = Phrases([(["new"], "n"), (["new", "york"], "ny"), (["york", "post"], "yp")])

    assert phrases.find(["the", "new", "york", "post", "new"]) == [(1, 3, "ny"), (4, 5, "n")]


def test_the_first_of_two_equal_phrases_stays():
    assert Phrases([(["a"], "one"), (["a"], "two"), ([], "none")]).keys == {("a",): "one"}
