"""Conversations: questions that are understood from what was said before."""

import pytest

from bot.core.answer import FactKey, Outcome
from bot.core.ask import ask
from tests.shipped import Reply

PLACE = {"lead-attack-place-south-syria", "om-jordan", "om-tower-22", "self-place"}
CLAIMED = {"det-pentagon-blames-militias", "det-no-proxy-claim", "om-islamic-resistance"}


@pytest.mark.parametrize(
    ("before", "question", "facts"),
    [
        ("when was the drone attack", "where was it?", PLACE),
        ("how many drones were used?", "who did it?", CLAIMED),
        ("did the houthis threaten to escalate", "whom did they threaten?", {"rea-houthi-why-and-whom"}),
        (
            "how many bombs fell on deir ezzor",
            "and how many caches at al bukamal?",
            {"tab-bukamal-5-caches"},
        ),
        (
            "how many people did the us strikes kill in iraq",
            "and in syria?",
            {"om-dead-syria"},
        ),
        ("which places in syria were hit", "and in iraq?", {"list-places-iraq", "list-places-hit", "tab-qaim-hit"}),
    ],
)  # fmt: skip
def test_a_follow_up_is_answered_from_what_was_said_before(desk, before, question, facts):
    reply = desk.ask(question, after=(before,))

    assert reply.outcome is Outcome.ANSWERED
    assert set(reply.facts) <= facts


def test_a_doubt_is_answered_with_what_others_say_about_the_same_fact(desk):
    reply = desk.ask("is that true?", after=("how many us soldiers were killed",))

    assert "lead-killed-four" in reply.facts
    assert "ther sources disagree" in reply.text


def test_a_whole_question_is_not_bent_to_what_was_said_before(desk):
    reply = desk.ask("who wrote the article", after=("how many bombs fell on deir ezzor",))

    assert reply.facts == ["dis-written-by-ai"]


def test_a_conversation_can_go_on_for_several_questions(desk):
    reply = desk.ask(
        "whom did they threaten?",
        after=("when was the drone attack", "did the houthis threaten to escalate"),
    )

    assert reply.facts == ["rea-houthi-why-and-whom"]


def test_what_the_pack_lacks_is_declined_in_a_conversation_too(desk):
    reply = desk.ask("and how many submarines?", after=("how many drones were used?",))

    assert reply.outcome is Outcome.DECLINED


def test_a_fact_that_is_gone_since_is_no_hindrance(desk):
    gone = FactKey(desk.pack.id, "no-longer-there", "0")

    reply = Reply(ask("when was the drone attack", (gone,), desk.library))

    assert reply.facts == ["lead-attack-date"]


@pytest.mark.parametrize("question", ["when was it", "what happened in january"])
def test_a_vague_question_is_asked_back_with_choices(desk, question):
    reply = desk.ask(question)

    assert reply.outcome is Outcome.ASKED
    assert "Which one do you mean?" in reply.first
    assert 2 <= len(reply.offers) <= 3
    assert len(reply.buttons) == len(reply.offers) + 1
    assert reply.buttons[-1] == "None of these"
    assert reply.text.endswith(desk.pack.caveat_long)


def test_the_choices_are_numbered_in_the_order_of_the_facts_behind_them(desk):
    said = desk.ask("when was it").said

    actions = [choice.action for choice in said.choices]
    assert actions == [*(f"c|{n}" for n in range(len(said.offers))), "n"]


@pytest.mark.parametrize(
    "question", ["when was it", "where was it", "who was it", "how many were there"]
)
def test_no_choice_is_about_the_dead_or_about_what_the_article_leaves_out(desk, question):
    offered = [desk.fact(fact) for fact in desk.ask(question).offers]

    assert not any(fact.restricted or fact.sensitive or not fact.in_article for fact in offered)
