"""The steps in which an editor writes a fact."""

from dataclasses import replace

import pytest

from bot.core.fact_form import (
    LONGEST_CLAIM,
    FactForm,
    Step,
    Wrong,
    again,
    as_fact,
    begin,
    choose,
    lacking,
    name_of,
    write,
)
from tests.bridge import PACK

PLACED = replace(PACK, places={"lead": "Beginning", "end": "End"})
WHOLE = FactForm(
    ("who paid",),
    (1,),
    Step.PREVIEW,
    "town",
    "The king paid.",
    "The king",
    "lead",
    "contradicted",
    "The town paid.",
    "Town records",
    "Minutes",
    "https://records.example/1",
    ("who paid", "who gave the money"),
)


def form(found: FactForm | Wrong) -> FactForm:
    assert isinstance(found, FactForm)
    return found


def test_everything_is_asked_for_in_turn():
    steps = [begin(["who paid"], [1], ["town", "port"])]
    steps.append(form(choose(steps[-1], "town", PLACED)))
    steps.append(form(write(steps[-1], "The king paid.", PLACED)))
    steps.append(form(write(steps[-1], "The king", PLACED)))
    steps.append(form(choose(steps[-1], "lead", PLACED)))
    steps.append(form(choose(steps[-1], "contradicted", PLACED)))
    steps.append(form(write(steps[-1], "The town\n paid.", PLACED)))
    source = "Town records\nMinutes\nhttps://records.example/1"
    steps.append(form(write(steps[-1], source, PLACED)))
    steps.append(form(write(steps[-1], "who paid\n\nwho gave the money", PLACED)))

    assert [one.step for one in steps] == list(Step)
    assert steps[-1] == WHOLE
    assert lacking(WHOLE) is None


def test_only_what_a_verdict_needs_is_asked_for():
    asked = begin(["who paid"], [1], ["town"])

    asked = form(write(form(write(asked, "The king paid.", PACK)), "The king", PACK))
    checked = form(choose(asked, "unverified", PACK))
    sourced = form(choose(checked, "", PACK))

    assert (asked.step, checked.step, sourced.step) == (Step.VERDICT, Step.SOURCE, Step.ASKS)
    assert form(choose(sourced, "", PACK)).asks == ("who paid",)


@pytest.mark.parametrize(
    ("step", "words", "key"),
    [
        (Step.CLAIM, " \n ", "empty"),
        (Step.CLAIM, "x" * (LONGEST_CLAIM + 1), "long"),
        (Step.PLACE, "somewhere", "place"),
        (Step.VERDICT, "true", "verdict"),
        (Step.SOURCE, "Town records\njavascript://x", "address"),
        (Step.SOURCE, "https://records.example/1", "source"),
        (Step.PREVIEW, "yes", "empty"),
    ],
)
def test_what_cannot_be_taken_is_said(step: Step, words: str, key: str):
    found = write(replace(WHOLE, step=step), words, PLACED)

    assert isinstance(found, Wrong)
    assert found.key == key


@pytest.mark.parametrize(
    ("step", "chosen"), [(Step.PACK, ""), (Step.VERDICT, "unchecked"), (Step.SOURCE, "")]
)
def test_what_cannot_be_chosen_is_refused(step: Step, chosen: str):
    assert isinstance(choose(replace(WHOLE, step=step), chosen, PLACED), Wrong)


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"claim": ""}, "empty"),
        ({"asks": ()}, "empty"),
        ({"verdict": "proven"}, "verdict"),
        ({"correction": ""}, "correction"),
        ({"publisher": ""}, "source"),
        ({"url": "ftp://records"}, "address"),
        ({"answer": "x" * 999}, "long"),
    ],
)
def test_a_form_that_was_filled_in_at_once_is_held_to_the_same(changes, key):
    found = lacking(replace(WHOLE, **changes))

    assert found
    assert found.key == key


def test_a_fact_has_the_keys_of_its_file_and_no_empty_ones():
    bare = replace(WHOLE, place="", verdict="unverified", correction="", publisher="", url="")

    assert as_fact(WHOLE, []) == {
        "id": "king-paid",
        "claim": "The king paid.",
        "place": "lead",
        "answer": "The king",
        "verdict": "contradicted",
        "correction": "The town paid.",
        "references": [
            {"publisher": "Town records", "title": "Minutes", "url": "https://records.example/1"}
        ],
        "asks": ["who paid", "who gave the money"],
    }
    assert set(as_fact(bare, [])) == {"id", "claim", "answer", "verdict", "asks"}
    assert as_fact(replace(bare, sensitive=True), [])["sensitive"] == "true"


def test_an_id_is_new_and_never_empty():
    assert name_of("The king paid.", ["king-paid", "king-paid-2"]) == "king-paid-3"
    assert name_of("Это так.", []) == "fact"
    assert len(name_of("word " * 50, [])) <= 40


def test_who_writes_it_again_begins_with_the_claim():
    assert again(WHOLE) == FactForm(("who paid",), (1,), Step.CLAIM, "town")
