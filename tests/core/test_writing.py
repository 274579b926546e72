import pytest

from bot.core.facts import Entity, Fact, Pack
from bot.core.writing import as_written, capital, inside, sentence

PACK = Pack(
    id="p",
    title="P",
    language="en",
    facts=(
        Fact("a", "Jets of the US bombed Al Qaim in Iraq."),
        Fact("b", "Eight F-16 jets flew over Iraq; Will Smith watched the US fly."),
    ),
    entities={
        "qaim": Entity("qaim", "Al Qaim", "place"),
        "f-16": Entity("f-16", "F-16", "equipment"),
        "house": Entity("house", "White House", "organisation"),
    },
)


@pytest.mark.parametrize(
    ("claim", "written"),
    [
        ("The strikes hit a town.", "the strikes hit a town."),
        ("Four soldiers died.", "four soldiers died."),
        ("Strikes hit a town.", "strikes hit a town."),
        ("Al Qaim was hit.", "Al Qaim was hit."),
        ("White House staff said so.", "White House staff said so."),
        ("US jets came.", "US jets came."),
        ("F-16 jets came.", "F-16 jets came."),
        ("“Aggression” was the word.", "“Aggression” was the word."),
    ],
)
def test_a_claim_inside_a_sentence_keeps_only_the_capitals_of_names(claim, written):
    assert inside(claim, PACK) == written


def test_without_named_things_a_capital_stays_but_for_small_words():
    bare = Pack("b", "B", "en", ())

    assert inside("Oldbrook has a bridge.", bare) == "Oldbrook has a bridge."
    assert inside("The bridge is old.", bare) == "the bridge is old."


def test_a_wording_is_written_with_the_capitals_of_the_claims():
    assert sentence("did the us bomb al qaim in iraq", PACK) == "Did the US bomb Al Qaim in Iraq"
    assert sentence("where did the f-16 jets fly", PACK) == "Where did the F-16 jets fly"


def test_words_that_are_written_in_two_ways_stay_as_they_are():
    facts = (Fact("a", "We will go with Will."), Fact("b", "A will was read."))

    assert "will" not in as_written(Pack("p", "P", "en", facts))


def test_a_capital_is_set_before_anything():
    assert capital("") == ""
    assert capital("élan") == "Élan"
    assert capital("“x”") == "“x”"
