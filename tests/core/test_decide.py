"""Decisions on hits made by hand: what the search found is given, what is done with it is tested."""

from dataclasses import replace

import pytest

from bot.core.answer import Outcome
from bot.core.decide import SURE, Found, decide, find
from bot.core.library import Library, Missing
from tests.hits import CANADIAN, COUNT, HIDDEN, PLACE, SAID, SUBMARINES, found, hit, shelf


def test_a_sure_hit_is_the_answer():
    decision = decide("where was the camp", found(hit(PLACE), hit(SAID, 4)))

    assert decision.outcome is Outcome.ANSWERED
    assert decision.chosen
    assert decision.chosen.fact is PLACE


def test_an_unsure_hit_is_declined():
    decision = decide("where was the camp", found(hit(PLACE, confidence=SURE / 2)))

    assert decision.outcome is Outcome.DECLINED
    assert decision.chosen is None


@pytest.mark.parametrize(
    ("question", "about"),
    [("what about submarines", "submarines"), ("what happened on 7 May", "7 May"), ("eh", "")],
)
def test_where_nothing_was_found_the_longest_word_is_named(question, about):
    assert decide(question, ()).outcome is Outcome.DECLINED
    assert decide(question, ()).about == about


def test_a_name_that_the_fact_does_not_have_rules_it_out_however_sure_it_is():
    decision = decide("how many canadian boats sank", found(hit(COUNT, missing=(CANADIAN,))))

    assert decision.outcome is Outcome.DECLINED
    assert decision.missing == (CANADIAN,)


def test_a_fact_nearly_as_good_that_has_the_name_takes_its_place():
    near = found(hit(COUNT, 10, missing=(CANADIAN,)), hit(SAID, 9))

    decision = decide("how many canadian boats sank", near)

    assert decision.chosen
    assert decision.chosen.fact is SAID


def test_a_plain_word_that_is_missing_does_not_rule_a_fact_out():
    decision = decide("which submarines sank", found(hit(COUNT, missing=(SUBMARINES,))))

    assert decision.outcome is Outcome.ANSWERED


def test_a_wrong_number_in_a_yes_no_question_makes_it_a_no():
    decision = decide("did nine boats sink", found(hit(COUNT, missing=(Missing("9", "number"),))))

    assert decision.outcome is Outcome.ANSWERED
    assert decision.negative


def test_a_wrong_place_in_a_yes_no_question_makes_it_a_no():
    decision = decide(
        "was the camp in france", found(hit(PLACE, missing=(Missing("France", "country"),)))
    )

    assert decision.outcome is Outcome.ANSWERED
    assert decision.negative


def test_a_strange_name_is_no_no_where_the_fact_has_nothing_to_compare():
    decision = decide(
        "did france speak", found(hit(SAID, missing=(Missing("France", "country"),)))
    )

    assert decision.outcome is Outcome.DECLINED


def test_two_facts_that_are_as_likely_are_asked_back():
    level = found(hit(PLACE, 10, words=1), hit(SAID, 9.9, words=1), hit(COUNT, 3, words=1))

    decision = decide("camp", level)

    assert decision.outcome is Outcome.ASKED
    assert [f.fact for f in decision.options] == [PLACE, SAID]


@pytest.mark.parametrize(
    "other",
    [
        hit(HIDDEN, 9.9, words=1),
        hit(SAID, 9.9, words=1, missing=(SUBMARINES,)),
        hit(SAID, 9.9, words=1, confidence=SURE / 2),
        hit(SAID, 9.9, words=1, kindred=0.0),
        hit(replace(SAID, derived_from=("place",)), 9.9, words=1),
        hit(replace(SAID, related=("place",)), 9.9, words=1),
    ],
    ids=[
        "restricted",
        "lacks a word",
        "unsure",
        "asks for another sort",
        "rests on it",
        "related",
    ],
)
def test_some_facts_are_no_other_reading(other):
    assert decide("camp", found(hit(PLACE, 10, words=1), other)).outcome is Outcome.ANSWERED


def test_who_asks_for_the_dead_is_never_asked_back():
    level = found(hit(HIDDEN, 10, words=1, nearness=0.9), hit(SAID, 9.9, words=1))

    assert decide("names", level).outcome is Outcome.ANSWERED


def test_a_word_that_comes_upon_the_dead_by_chance_is_declined():
    assert decide("names", found(hit(HIDDEN, words=1, nearness=0.4))).outcome is Outcome.DECLINED


def test_a_decline_offers_what_has_half_of_the_question_but_nobody_who_died():
    sensitive = replace(SAID, id="sad", sensitive=True)
    weak = [
        hit(fact, 10 - n, confidence=SURE / 2, covered=covered)
        for n, (fact, covered) in enumerate([(PLACE, 0.8), (HIDDEN, 0.8), (sensitive, 0.8)])
    ]

    decision = decide("which submarine was in the camp", found(*weak))

    assert [f.fact for f in decision.options] == [PLACE]


def test_a_decline_offers_nothing_that_has_little_of_the_question():
    decision = decide("which submarine", found(hit(PLACE, confidence=SURE / 2, covered=0.2)))

    assert decision.options == ()


def test_with_several_packs_the_surest_fact_comes_first():
    library = Library((shelf(hit(PLACE, 20, 0.4)), shelf(hit(SAID, 5, 0.8))))

    assert [f.fact for f in find("?", "", library)] == [SAID, PLACE]


def test_a_found_fact_knows_its_pack():
    one = shelf(hit(PLACE))

    assert Found(one, hit(PLACE)).fact is PLACE
    assert find("?", "", Library((one,)))[0].shelf is one
