"""What a person gets who asks the shipped pack for one thing."""

import time

import pytest

from bot.core.answer import Outcome
from bot.core.facts import Verdict


def test_the_direct_answer_comes_first(desk):
    reply = desk.ask("when was the drone attack?")

    assert reply.fact == "lead-attack-date"
    assert reply.first.startswith(desk.fact("lead-attack-date").answer)
    assert "according to the article" in reply.first


def test_the_reply_has_the_statement_its_check_its_place_and_the_caveat_in_this_order(desk):
    fact = desk.fact("lead-attack-date")

    text = desk.ask("when was the drone attack?").text

    marks = [fact.answer, "According to the article", "Other sources agree", "Where: “Lead”"]
    places = [text.index(mark) for mark in [*marks, desk.pack.caveat_long]]
    assert places == sorted(places)


def test_the_buttons_lead_to_sources_related_facts_and_a_report(desk):
    reply = desk.ask("when was the drone attack?")

    assert reply.buttons == ["Sources", "Related", "Report a problem"]


def test_a_correction_comes_with_the_answer_and_not_after_it(desk):
    fact = desk.fact("lead-killed-four")

    reply = desk.ask("how many gis died")

    assert reply.fact == fact.id
    assert reply.first.startswith(f"{fact.answer}, according to the article.")
    assert f"Other sources disagree: {fact.correct}." in reply.first
    assert fact.correction.rstrip(".") in reply.text


def test_what_nobody_could_confirm_is_said_to_be_unconfirmed(desk):
    reply = desk.ask("which jets hit deir ezzor")

    assert desk.fact(reply.fact).verdict is Verdict.UNVERIFIED
    assert "? We could not confirm this" in reply.text


def test_what_the_article_leaves_out_is_said_not_to_be_in_it(desk):
    reply = desk.ask("how many people did the us strikes kill in iraq")

    assert reply.fact == "om-dead-iraq"
    assert "This is not in the article." in reply.first


@pytest.mark.parametrize(
    ("typed", "fact"),
    [
        ("WHEN WAS THE DRONE ATTACK", "lead-attack-date"),
        ("wen was teh drone atack", "lead-attack-date"),
        ("drone attack date", "lead-attack-date"),
        ("hi, when was the drone attack?", "lead-attack-date"),
        ("how many gis died", "lead-killed-four"),
        ("how many servicemen were killed", "lead-killed-four"),
        ("deir ez zor bombs how many", "tab-deirezzor-12-bombs"),
        ("did katib hisbolla claim the attack", "det-kh-no-claim"),
        ("did iraq condemn it?", "rea-iraq-denounced"),
        ("which warplanes bombed deir ezor", "tab-deirezzor-f15e"),
        ("who wrote the article", "dis-written-by-ai"),
        ("why did america strike", "lead-retaliation-motive"),
    ],
)
def test_people_are_understood_as_they_type(desk, typed, fact):
    assert desk.ask(typed).facts == [fact]


@pytest.mark.parametrize("typed", ["kateb hezbolla", "KATAIB HEZBOLLAH", "kataeb hizbollah"])
def test_a_name_alone_is_answered_with_what_it_is(desk, typed):
    assert desk.ask(typed).facts == ["bg-kh-iran-backed"]


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("was al qaim bombed", "Yes"),
        ("did iraq condemn the strikes?", "Yes"),
        ("did the houthis threaten to escalate", "Yes"),
        ("did iran condemn the strikes", "Yes"),
        ("did the us bomb syria", "Yes"),
        ("was it 12 bombs on deir ezzor", "Yes"),
        ("did the drone attack happen on 28 january 2024", "Yes"),
        ("did the drone attack happen on 30 january 2024", "No"),
        ("did seven soldiers die", "No"),
        ("did 20 bombs fall on deir ezzor", "No"),
        ("was the outpost in jordan?", "No"),
        ("did f-16s bomb deir ezzor", "No"),
    ],
)
def test_a_yes_no_question_begins_with_yes_or_no(desk, question, begins):
    reply = desk.ask(question)

    assert reply.outcome is Outcome.ANSWERED
    assert reply.first.startswith((f"{begins},", f"{begins}:", f"{begins}."))


def test_a_wrong_number_is_answered_with_the_articles_own_and_the_right_one(desk):
    fact = desk.fact("lead-killed-four")

    first = desk.ask("did seven soldiers die").first

    assert first.startswith("No")
    assert fact.answer in first
    assert f"Other sources disagree: {fact.correct}" in first


def test_the_true_place_is_no_yes_to_what_the_article_says(desk):
    fact = desk.fact("lead-attack-place-south-syria")

    first = desk.ask("was the outpost in jordan?").first

    assert first.startswith("No")
    assert fact.correct in first


@pytest.mark.parametrize(
    "message",
    [
        "<b>when</b> was the <script>drone</script> attack",
        "' OR 1=1; SELECT * FROM facts --",
        "когда была атака дронов",
        "متى وقع الهجوم",
        "什么时候发生的",
        "🙃🙃🙃",
        "?",
        "...",
        "a" * 5000,
        "when was the drone attack " * 300,
        "\x00\x1b[31m\u202e",
    ],
)
def test_anything_typed_gets_a_sane_reply_with_the_caveat_at_once(desk, message):
    began = time.process_time()

    reply = desk.ask(message)

    assert time.process_time() - began < 1
    assert reply.text.endswith(desk.pack.caveat_long)


def test_what_stands_behind_the_first_thousand_letters_is_left_out(desk):
    start = "when was the drone attack? "

    assert desk.ask(start + " " * 5000).facts == ["lead-attack-date"]
    assert desk.ask("x " * 600 + start).facts != ["lead-attack-date"]


def test_other_likely_facts_are_ranked_behind_the_one_shown(desk):
    said = desk.ask("when was the drone attack?").said

    assert said.ranked[0] == "lead-attack-date"
    assert 1 < len(set(said.ranked)) == len(said.ranked) <= 10
    assert 0 < said.confidence <= 1
