"""Lists, sums, comparisons, summaries, and two questions in one."""

import pytest

from bot.core.answer import Outcome
from bot.core.facts import Kind
from bot.core.words import SIGNS, say


def lines_of(reply):
    return [line for line in reply.text.splitlines() if line.startswith("• ")]


@pytest.mark.parametrize(
    ("question", "fact"),
    [
        ("who condemned the strikes", "list-condemned"),
        ("list the places hit", "list-places-hit"),
        ("which aircraft were used", "list-aircraft"),
        ("what did the article get wrong", "list-contradicted"),
    ],
)
def test_a_list_is_a_list(desk, question, fact):
    reply = desk.ask(question)

    assert reply.facts == [fact]
    assert [
        line[2 : 2 + len(p.text)]
        for line, p in zip(lines_of(reply), desk.fact(fact).parts, strict=True)
    ] == [p.text for p in desk.fact(fact).parts]


def test_each_line_has_its_mark_with_its_words_where_the_verdicts_differ(desk):
    parts = desk.fact("list-condemned").parts
    verdicts = [desk.fact(part.fact).verdict for part in parts]

    shown = lines_of(desk.ask("who condemned the strikes"))

    assert len(set(verdicts)) > 1
    assert shown == [
        f"• {part.text} {SIGNS[verdict]} {say(f'verdict.{verdict}').lower()}"
        for part, verdict in zip(parts, verdicts, strict=True)
    ]


def test_no_line_has_a_mark_where_all_verdicts_are_the_same(desk):
    fact = desk.fact("sum-storage-syria")

    reply = desk.ask("how many storage sites in Syria in all")

    assert lines_of(reply) == [f"• {part.text}" for part in fact.parts]


def test_a_sum_shows_its_parts_behind_the_total(desk):
    reply = desk.ask("how many storage sites in Syria in all")

    assert reply.facts == ["sum-storage-syria"]
    assert reply.first.startswith("14, according to the article")
    assert "9 storehouses" in reply.text
    assert "5 caches" in reply.text


def test_a_comparison_that_the_article_does_not_allow_says_so(desk):
    reply = desk.ask("which site was hit by more bombs")

    assert reply.facts == ["compare-bombs"]
    assert "no comparison is possible" in reply.first


def test_a_time_line_is_in_order(desk):
    reply = desk.ask("what happened when")

    assert reply.facts == ["timeline"]
    years = [line for line in lines_of(reply) if "202" in line]
    assert [("2023" in line, "28 January" in line, "3 February" in line) for line in years] == [
        (True, False, False),
        (False, True, False),
        (False, False, True),
    ]


@pytest.mark.parametrize(
    "question", ["summarise the background", "give me an overview of the background"]
)
def test_a_section_can_be_summed_up(desk, question):
    reply = desk.ask(question)

    assert desk.fact(reply.fact).kind is Kind.SUMMARY
    assert "tension" in reply.text.lower()


def test_a_list_says_that_it_was_put_together(desk):
    assert (
        "put together from several places of the article" in desk.ask("list the places hit").text
    )


@pytest.mark.parametrize(
    ("question", "facts"),
    [
        (
            "when was the drone attack and how many soldiers died",
            ["lead-attack-date", "lead-killed-four"],
        ),
        (
            "did iran condemn the strikes? and did the houthis threaten to escalate?",
            ["rea-iran-condemned", "rea-houthi-threat"],
        ),
        (
            "when and where was the drone attack",
            ["lead-attack-date", "lead-attack-place-south-syria"],
        ),
    ],
)
def test_two_questions_in_one_get_two_answers_and_one_caveat(desk, question, facts):
    reply = desk.ask(question)

    assert reply.facts == facts
    assert reply.outcome is Outcome.ANSWERED
    assert all(desk.fact(fact).claim[-20:] in reply.text for fact in facts)
    assert reply.text.count(desk.pack.caveat_long) == 1
    assert len(reply.said.verdicts) == len(facts)


def test_of_two_questions_the_one_without_an_answer_is_declined_in_the_same_reply(desk):
    reply = desk.ask("when was the drone attack? and which submarines fired?")

    assert reply.facts == ["lead-attack-date"]
    assert "submarines" in reply.text
    assert "no answer" in reply.text


def test_a_list_with_and_in_it_is_one_question(desk):
    reply = desk.ask("how did russia and china react")

    assert reply.facts == ["rea-russia-china-criticise"]
