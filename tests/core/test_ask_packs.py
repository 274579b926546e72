"""Several packs at once, and packs of bare claims."""

import pytest

from bot.core.answer import Outcome
from bot.core.facts import Fact, Pack
from bot.core.library import Library, Shelf
from bot.core.words import say
from bot.search.engine import build
from tests.bridge import PACK as BRIDGE
from tests.shipped import Desk

BARE = Pack(
    id="harbour",
    title="The new harbour",
    language="en",
    facts=(
        Fact("opened", "The new harbour opened on 4 May 2025."),
        Fact("cost", "Building the new harbour cost 31 million euros."),
        Fact("cranes", "Six cranes stand along the eastern quay."),
        Fact("mayor", "Mayor Ida Holm cut the ribbon at the opening."),
    ),
)


@pytest.fixture(scope="module")
def both(desk):
    """The shipped pack with another one beside it."""
    return Desk(Library((*desk.library.shelves, Shelf(BRIDGE, build(BRIDGE)))))


@pytest.fixture(scope="module")
def bare():
    return Desk(Library((Shelf(BARE, build(BARE)),)))


def test_the_reply_names_its_pack_where_there_are_several(both):
    reply = both.ask("when did the bridge open")

    assert reply.facts == ["opened"]
    assert f"Pack: {BRIDGE.title}." in reply.text
    assert reply.text.endswith(BRIDGE.caveat_long)


def test_each_pack_is_found_by_its_own_questions(both):
    reply = both.ask("when was the drone attack")

    assert reply.facts == ["lead-attack-date"]
    assert f"Pack: {both.pack.title}." in reply.text
    assert reply.text.endswith(both.pack.caveat_long)


def test_the_pack_is_not_named_where_there_is_only_one(desk):
    assert "Pack:" not in desk.ask("when was the drone attack").text


def test_facts_of_two_packs_in_one_answer_have_the_general_caveat(both):
    reply = both.ask("when was the drone attack and when did the bridge open?")

    assert reply.facts == ["lead-attack-date", "opened"]
    assert {k.pack for k in reply.said.facts} == {both.pack.id, BRIDGE.id}
    assert reply.text.endswith(say("caveat.many"))
    assert reply.text.count("double-check") == 1


def test_what_no_pack_has_is_declined_for_all_of_them(both):
    reply = both.ask("which submarines fired?")

    assert reply.outcome is Outcome.DECLINED
    assert "The packs I have" in reply.first
    assert reply.text.endswith(say("caveat.many"))


@pytest.mark.parametrize(
    ("question", "fact"),
    [
        ("when did the harbour open", "opened"),
        ("what did the new harbour cost", "cost"),
        ("how many cranes stand along the quay", "cranes"),
        ("who cut the ribbon", "mayor"),
    ],
)
def test_a_bare_pack_answers(bare, question, fact):
    reply = bare.ask(question)

    assert reply.facts == [fact]
    assert reply.first.startswith(bare.fact(fact).claim.rstrip("."))
    assert "according to this pack" in reply.first


def test_a_bare_fact_is_said_to_be_unchecked_and_has_the_general_caveat(bare):
    text = bare.ask("when did the harbour open").text

    assert "– Not checked against other sources." in text
    assert f"Pack: {BARE.title}." in text
    assert text.endswith(say("caveat.long"))


@pytest.mark.parametrize(
    "question", ["who won the football cup", "what did the pope say about turkey"]
)
def test_a_bare_pack_declines_what_it_lacks(bare, question):
    reply = bare.ask(question)

    assert reply.outcome is Outcome.DECLINED
    assert reply.text.endswith(say("caveat.long"))


def test_without_any_pack_every_question_is_declined():
    reply = Desk(Library(())).ask("when was the drone attack")

    assert reply.outcome is Outcome.DECLINED
    assert reply.text.endswith(say("caveat.long"))
