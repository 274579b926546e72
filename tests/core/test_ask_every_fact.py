"""What holds for every fact of the shipped pack, whatever it says."""

import pytest

from bot.core.direct import direct_answer
from bot.core.facts import Kind, Verdict
from bot.core.library import Hit
from bot.core.show import LONGEST, show_fact
from bot.core.words import SIGNS, say
from bot.frontends.cli.markup import markup
from bot.frontends.telegram.markup import MARKUP as TELEGRAM
from bot.frontends.web.markup import MARKUP as WEB
from tests.shipped import Reply, written


def shown(desk, fact):
    return Reply(show_fact(desk.library.shelves[0], fact, desk.library))


def replies(desk, fact):
    """Every reply that can be given with a fact: its own, and one for each direct answer."""
    directs = {"", "Yes", "No", f"No: {fact.answer}", *(w.answer for w in fact.asks)}
    directs |= {
        direct_answer(w.text, Hit(fact, 1, 1, w.text, 1.0), negative=negative)
        for w in fact.asks
        for negative in (False, True)
    }
    shelf = desk.library.shelves[0]
    return [Reply(show_fact(shelf, fact, desk.library, direct)) for direct in directs]


def test_a_reply_to_a_single_fact_is_short(desk):
    single = [f for f in desk.pack.facts if not (f.restricted or f.parts)]

    long = {
        (fact.id, len(reply.text))
        for fact in single
        for reply in replies(desk, fact)
        if len(reply.text) > LONGEST
    }

    assert long == set()


def test_every_reply_has_the_verdict_in_words_and_where_to_look(desk):
    for fact in desk.pack.facts:
        text = shown(desk, fact).text
        assert f"{SIGNS[fact.verdict]} {say(f'verdict.{fact.verdict}')}" in text, fact.id
        assert "Where: " in text, fact.id
        assert "Check: " in text, fact.id


def test_a_contradicted_fact_always_says_so_with_the_correction(desk):
    for fact in (f for f in desk.pack.facts if f.verdict is Verdict.CONTRADICTED):
        for reply in replies(desk, fact):
            text = reply.text.removeprefix(fact.opening).strip()
            headline = text.partition("\n")[0]
            assert fact.kind is Kind.CONTRADICTION or "ther sources disagree" in headline, fact.id
            assert "✘ Other sources disagree" in text, fact.id
            assert (fact.correction or fact.evidence).rstrip(".") in text, fact.id


def test_a_fact_that_is_partly_right_says_what_is_more_exact(desk):
    for fact in desk.pack.facts:
        corrected = fact.verdict is Verdict.PARTLY and fact.correct
        if corrected and fact.in_article and fact.kind is not Kind.CONTRADICTION:
            assert f"More exactly: {fact.correct.rstrip('.')}" in shown(desk, fact).text, fact.id


def test_every_statement_says_whose_it_is(desk):
    for fact in desk.pack.facts:
        text = shown(desk, fact).text
        assert any(
            by in text
            for by in ("according to the article", "not in the article", "disagrees with itself")
        ), fact.id


@pytest.mark.parametrize(
    "platform", [markup(), TELEGRAM, WEB], ids=["terminal", "telegram", "web"]
)
def test_every_message_of_every_platform_ends_with_the_caveat(desk, platform):
    caveat = platform.escape(desk.pack.caveat_long)
    shelf = desk.library.shelves[0]

    for fact in desk.pack.facts:
        for text in written(show_fact(shelf, fact, desk.library), platform):
            assert caveat in text.rstrip()[-len(caveat) - 60 :], fact.id


def test_whatever_is_asked_and_contradicted_is_said_to_be(desk):
    contradicted = [f for f in desk.pack.facts if f.verdict is Verdict.CONTRADICTED]
    asked = [desk.ask(f.asks[n].text) for f in contradicted for n in (0, 3)]

    hits = [r for r in asked if any(desk.fact(i).verdict is Verdict.CONTRADICTED for i in r.facts)]

    assert len(hits) > 0.8 * len(asked)
    assert all("ther sources disagree" in reply.text for reply in hits)


def test_nearly_every_first_wording_finds_its_own_fact(desk):
    facts = desk.pack.facts

    own = [fact for fact in facts if fact.id in desk.ask(fact.asks[0].text).facts]

    assert len(own) >= 0.9 * len(facts)
