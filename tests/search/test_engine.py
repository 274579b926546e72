"""The search as the rest of the program sees it: a question in, facts out, with the evidence."""

import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.facts import Fact, Pack, Wording
from bot.search.engine import build
from bot.search.rank import SHORTLIST
from tests.search.town import FACTS, TOWN

SEARCH = build(TOWN)
BARE = build(Pack("bare", "Bare", "en", tuple(Fact(f.id, f.claim) for f in FACTS)))


def best(question, context="", search=SEARCH):
    return search(question, context)[0]


def sure(question):
    return best(question).confidence


def without(pack, *unanswered):
    return replace(pack, unanswered=tuple(q for q in pack.unanswered if q not in unanswered))


@pytest.mark.parametrize(
    ("question", "fact"),
    [
        ("when did the bridge open", "opened"),
        ("on what date was the crossing opened", "opened"),
        ("bridge opening day", "opened"),
        ("how many archs has the brigde", "arches"),
        ("number of arches", "arches"),
        ("who cut the red tape", "ribbon"),
        ("how many troops guarded it", "soldiers"),
        ("why did the ferry close", "reason"),
        ("where does the bridge stand", "site"),
    ],
)
def test_a_question_finds_its_fact_however_it_is_put(question, fact):
    assert best(question).fact.id == fact


def test_the_nearest_wording_is_named():
    hit = best("when did the bridge open?")

    assert hit.wording == "when did the bridge open"
    assert hit.nearness > 0.9


def test_what_sort_of_thing_is_asked_for_decides_between_facts_on_one_subject():
    assert best("when was the bridge").fact.id == "opened"
    assert best("where was the bridge").fact.id == "site"


def test_a_wording_that_is_only_denied_answers_a_yes_no_question_alone():
    assert best("is the bridge in yemen").wording == "is the bridge in Yemen"
    assert "is the bridge in Yemen" not in {hit.wording for hit in SEARCH("bridge yemen")}


def test_a_country_that_is_only_denied_is_missing_in_the_fact():
    missing = best("how many bridges in yemen").missing

    assert [(m.raw, m.sort, m.known) for m in missing if m.sort] == [("Yemen", "country", False)]


@pytest.mark.parametrize(
    ("question", "raw", "sort"),
    [
        ("how many Canadian soldiers were on guard", "Canadian", "country"),
        ("did the bridge open on 9 May 2021", "9 May", "number"),
        ("which submarines were on guard", "submarines", ""),
    ],
)
def test_what_the_fact_does_not_have_is_named_as_people_write_it(question, raw, sort):
    assert (raw, sort) in {(m.raw, m.sort) for m in best(question).missing}


def test_what_the_fact_has_is_not_missing():
    assert best("how many arches does the bridge have").missing == ()


def test_a_number_that_only_the_correction_has_is_denied():
    assert best("did they build fourteen arches").denied == ("14",)
    assert best("did they build twelve arches").denied == ()


def test_a_name_that_claim_and_correction_leave_open_is_not_denied():
    assert best("is the bridge in Iraq").denied == ()


def test_an_unanswered_question_makes_its_like_less_trusted():
    asked = "how deep is the river below the bridge"
    naive = build(without(TOWN, *TOWN.unanswered))

    assert sure(asked) < best(asked, search=naive).confidence


def test_what_is_like_a_wording_is_trusted_more_than_what_is_not():
    assert sure("when did the bridge open") > 0.5
    assert sure("when did the bridge open") > sure("which songs did the mayor sing")


def test_a_question_with_no_word_of_the_pack_finds_nothing_or_nothing_sure():
    assert all(hit.confidence < 0.1 for hit in SEARCH("which submarines torpedoed penguins"))


def test_what_was_said_before_helps_to_choose_and_is_never_missed():
    context = "Forty soldiers guarded the ceremony. number of troops at the ceremony"

    alone, told = SEARCH("how many were there"), best("how many were there", context)

    assert told.fact.id == "soldiers"
    assert told.missing == ()
    assert not alone or alone[0].covered <= 1


def test_a_question_without_content_is_known_as_bare():
    context = "The bridge opened on 7 May 2021."

    assert best("when was it?", context).bare
    assert not best("when did the bridge open").bare


def test_a_misspelt_name_is_the_name():
    assert best("kasr al hadeed").fact.id == "opened"
    assert best("kasr al hadeed").missing == ()


def test_the_most_telling_word_is_named_as_typed():
    assert best("number of submarines on the bridge").rarest == "submarines"


def test_no_more_facts_are_given_than_asked_for():
    assert len(SEARCH("bridge", most=2)) == 2
    assert [h.fact.id for h in SEARCH("bridge", most=2)] == [h.fact.id for h in SEARCH("bridge")][
        :2
    ]


def test_of_very_many_facts_only_a_shortlist_is_looked_at():
    many = tuple(
        Fact(f"f{n}", f"The bridge number {n} is a bridge.") for n in range(3 * SHORTLIST)
    )

    found = build(Pack("many", "Many", "en", many))("bridge number 77", most=1000)

    assert len(found) == SHORTLIST
    assert found[0].fact.id == "f77"


@pytest.mark.parametrize(
    ("question", "fact"),
    [
        ("when did the bridge at qasr al-hadid open", "opened"),
        ("how many arches does the bridge have", "arches"),
        ("who cut the ribbon", "ribbon"),
        ("why was the old ferry closed", "reason"),
    ],
)
def test_a_bare_pack_is_searched_by_its_claims(question, fact):
    hit = best(question, search=BARE)

    assert hit.fact.id == fact
    assert hit.missing == ()


def test_a_pack_without_facts_has_no_answer():
    assert build(Pack("none", "None", "en", ()))("when did the bridge open") == []


@settings(max_examples=60)
@given(st.text(max_size=300), st.text(max_size=100))
def test_any_text_can_be_asked(question, context):
    for search in (SEARCH, BARE):
        hits = search(question, context)
        assert all(0 <= hit.confidence <= 1 for hit in hits)
        assert [h.score for h in hits] == sorted((h.score for h in hits), reverse=True)


@pytest.mark.parametrize(
    "piece", ["bridge ", "брідж ", "桥", "a", "1 ", "2024-02-03 ", "'’ʼ", "qasr al hadid ", "\u0301", "-", "é́"]
)  # fmt: skip
def test_five_thousand_letters_are_answered_at_once(piece):
    began = time.process_time()

    SEARCH((piece * 5000)[:5000])

    assert time.process_time() - began < 2


@settings(max_examples=15)
@given(st.permutations(FACTS))
def test_the_order_of_the_facts_does_not_decide(facts):
    search = build(replace(TOWN, facts=tuple(facts)))

    for question in ("when did the bridge open", "troops", "which mayor", "ferry"):
        ranked = {h.fact.id: round(h.score, 9) for h in search(question)}
        assert ranked == {h.fact.id: round(h.score, 9) for h in SEARCH(question)}


def test_wordings_make_a_fact_findable_that_its_claim_alone_does_not():
    fact = Fact("arches", "The bridge has twelve arches.", asks=(Wording("how many vaults"),))
    other = Fact("site", "The bridge stands in the west.", asks=(Wording("which region"),))
    pack = Pack("p", "P", "en", (other, fact))

    assert build(pack)("number of vaults")[0].fact.id == "arches"
