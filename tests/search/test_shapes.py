import pytest

from bot.core.facts import Fact, Kind, Value
from bot.search.shapes import agree, asked_for, fit, focus, shapes, sorts, unfit


@pytest.mark.parametrize(
    ("question", "sort"),
    [
        ("how old was he", "age"),
        ("how many bombs", "number"),
        ("death toll", "number"),
        ("when was it", "when"),
        ("which year", "when"),
        ("who did it", "who"),
        ("where is it", "where"),
        ("in which town", "where"),
        ("why was that", "why"),
        ("list all places", "list"),
        ("how many in total", "total"),
        ("summarise it", "summary"),
        ("what happened when", "timeline"),
        ("which was larger", "compare"),
        ("does it contradict itself", "contradiction"),
    ],
)
def test_what_a_question_asks_for_is_seen(question, sort):
    assert sort in asked_for(question)


def test_sorts_that_exclude_each_other_agree_or_not():
    assert agree(sorts("when was it"), sorts("on what date")) == 1
    assert agree(sorts("when was it"), sorts("who was it")) == 0
    assert agree(sorts("when was it"), sorts("the strikes")) == 0.5
    assert agree(sorts("strikes"), sorts("bombs")) == 1


def test_what_a_claim_holds_is_seen():
    assert {"number", "year", "month", "place"} <= shapes("It fell on 3 May 2021 in Iraq.")
    assert "reason" in shapes("It closed because it leaked.")
    assert "full-name" in shapes("It was Ida Banker.")


def test_a_curated_fact_suits_a_question_by_its_kind_or_its_values():
    dated = Fact("d", "It opened.", kind=Kind.STATEMENT, values=(Value("date", "2021-05-07"),))
    said = Fact("s", "She spoke.", kind=Kind.STATEMENT)
    wanted = frozenset({"when"})

    assert fit(wanted, Fact("x", "It opened.", kind=Kind.DATE), frozenset()) == 1
    assert fit(wanted, dated, frozenset()) > fit(wanted, said, frozenset())
    assert unfit(wanted, said)
    assert not unfit(wanted, dated)


def test_a_bare_fact_suits_a_question_by_how_it_reads():
    bare = Fact("b", "It opened in May 2021.")
    wanted = frozenset({"when"})

    assert fit(wanted, bare, shapes(bare.claim)) == 1
    assert fit(wanted, bare, frozenset()) == 0
    assert not unfit(wanted, bare)


@pytest.mark.parametrize(
    ("question", "thing"),
    [
        ("which hospital were they taken to", "hospital were"),
        ("what kind of drone was it", "drone was"),
        ("how many submarines fired", "submarines"),
        ("how deep is the river", "deep"),
        ("how far did it fly", "far"),
        ("did it fly", ""),
    ],
)
def test_what_a_question_turns_on_is_seen(question, thing):
    assert focus(question) == thing
