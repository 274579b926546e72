"""The persons whom the article lists as dead: named to who asks for them, and never without the opening."""

import re

import pytest

from bot.core.answer import Outcome
from bot.core.ask import suggest
from bot.core.browse import (
    show_about,
    show_all_sources,
    show_related,
    show_sources,
    show_topic,
    show_topics,
    topics,
)
from bot.core.show import key, show_fact
from tests.shipped import Reply

LISTED = tuple(f"listed-dead-{n}" for n in (1, 2, 3, 4))


@pytest.fixture
def names(desk):
    """Full names and surnames, as the pack has them."""
    full = [desk.pack.entities[entity].name for entity in LISTED]
    return re.compile("|".join(rf"\b{name}\b|\b{name.split()[-1]}\b" for name in full))


@pytest.fixture
def surnames(desk):
    return [desk.pack.entities[entity].name.split()[-1] for entity in LISTED]


def test_who_asks_for_the_dead_gets_the_opening_before_the_names(desk, names):
    fact = desk.fact("list-the-dead")

    reply = desk.ask("who were the soldiers killed?")

    assert reply.facts == [fact.id]
    assert reply.text.startswith(fact.opening)
    assert len(set(names.findall(reply.text))) >= 4
    assert f"Other sources disagree: {fact.correct}" in reply.text


def test_the_opening_stands_first_in_every_reply_with_the_names(desk, names):
    shelf = desk.library.shelves[0]
    replies = [Reply(show_fact(shelf, f, desk.library)) for f in desk.pack.facts if f.restricted]

    named = [reply for reply in replies if names.search(reply.text)]

    assert named
    assert all(reply.text.startswith(desk.fact(reply.fact).opening) for reply in named)


def test_every_restricted_fact_has_an_opening(desk):
    assert [f.id for f in desk.pack.facts if f.restricted and not f.opening] == []


def test_the_names_stand_in_no_other_fact_and_behind_none_of_its_buttons(desk, names):
    shelf, library = desk.library.shelves[0], desk.library
    replies = [
        Reply(said)
        for fact in desk.pack.facts
        if not fact.restricted
        for said in (
            show_fact(shelf, fact, library),
            show_sources([key(desk.pack, fact)], library),
            show_related([key(desk.pack, fact)], library),
        )
    ]

    assert [r.first for r in replies if names.search(r.text + " ".join(r.buttons))] == []


def test_the_buttons_under_the_names_do_not_repeat_them(desk, names):
    keys = [key(desk.pack, fact) for fact in desk.pack.facts if fact.restricted]
    replies = [
        Reply(said)
        for k in keys
        for said in (show_sources([k], desk.library), show_related([k], desk.library))
    ]

    assert [r.first for r in replies if names.search(r.text + " ".join(r.buttons))] == []


def test_no_page_about_the_pack_has_the_names(desk, names):
    pages = [show_about(desk.library), show_all_sources(desk.library), show_topics(desk.library)]
    pages += [show_topic(number, desk.library) for number in range(len(topics(desk.library)))]

    texts = [reply.text + " ".join(reply.buttons) for reply in map(Reply, pages)]

    assert [text for text in texts if names.search(text)] == []


def test_no_suggestion_has_the_names_even_for_who_types_them(desk, names, surnames):
    typed = ["who died", "who were the dead", "names of the soldiers", "soldiers", *surnames]

    offered = [said for text in typed for said in suggest(text, desk.library)]

    assert offered
    assert not any(names.search(said.title + Reply(said).text) for said in offered)


def test_no_answer_about_the_dead_has_a_title_for_a_list_of_results(desk):
    assert desk.ask("who were the soldiers killed?").said.title == ""


def test_a_decline_does_not_repeat_a_name_that_was_typed(desk, names, surnames):
    templates = [
        "why did the houthis attack {}",
        "which songs did {} sing",
        "what did iran say about {}",
    ]
    replies = [desk.ask(t.format(name)) for t in templates for name in surnames]

    declined = [reply for reply in replies if reply.outcome is Outcome.DECLINED]

    assert declined
    assert not any(re.search(names.pattern, r.text, re.IGNORECASE) for r in declined)
    assert all(r.text.startswith("These names") for r in replies if names.search(r.text))


def test_no_question_back_offers_the_dead(desk):
    questions = [
        "when was it",
        "who was it",
        "casualties",
        "jets",
        "iran",
        "what happened in january",
    ]

    offered = {fact for question in questions for fact in desk.ask(question).offers}

    assert offered
    assert not any(desk.fact(fact).restricted for fact in offered)


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_an_age_is_what_the_articles_list_says(desk, number):
    name = desk.pack.entities[f"listed-dead-{number}"].name
    fact = desk.fact(f"dead-age-{number}")

    reply = desk.ask(f"how old was {name}")

    assert reply.facts == [fact.id]
    assert reply.text.startswith(fact.opening)
    assert f"{fact.answer}, according to the article" in reply.text


def test_the_oldest_and_the_youngest_on_the_list_can_be_asked_for(desk):
    assert desk.ask("who is the youngest on the article's list").facts == ["dead-youngest"]
    assert desk.ask("who is the oldest on the article's list").facts == ["dead-oldest"]


@pytest.mark.parametrize(
    "question", ["soldiers", "the four", "how old was he?", "where did he live"]
)
def test_a_word_or_a_pronoun_does_not_come_upon_the_dead_by_chance(desk, question):
    assert not any(desk.fact(fact).restricted for fact in desk.ask(question).facts)


def test_how_old_was_he_is_answered_of_whom_was_asked_about(desk):
    name = desk.pack.entities["listed-dead-2"].name

    reply = desk.ask("how old was he?", after=(f"who was {name}",))

    assert reply.facts == ["dead-age-2"]
    assert reply.text.startswith(desk.fact("dead-age-2").opening)
