from dataclasses import replace

from bot.core.answer import FactKey, Link, Outcome
from bot.core.browse import (
    show_about,
    show_all_sources,
    show_related,
    show_sources,
    show_topic,
    show_topics,
    topics,
)
from bot.core.facts import Fact, Pack, Verdict
from bot.core.library import Library, Shelf
from bot.core.show import key
from bot.core.words import SIGNS, say
from bot.search.engine import build
from tests.bridge import ARCHES, GONE, LIBRARY, OPENED, PACK, RIBBON, WORKERS
from tests.shipped import Reply

BARE = Pack("bare", "A bare pack", "en", (Fact("one", "A stone is grey."),))
BOTH = Library((*LIBRARY.shelves, Shelf(BARE, build(BARE))))


def links(answer):
    return [span for block in answer.blocks for span in block.spans if isinstance(span, Link)]


def test_the_sources_of_an_answer_are_links_with_publisher_and_day():
    answer = show_sources([OPENED], LIBRARY)

    assert links(answer) == [Link("Minutes", "https://records.example/1931")]
    assert "Town records, 2 May 1931" in Reply(answer).text
    assert "✔ Other sources agree" in Reply(answer).text
    assert Reply(answer).text.endswith(PACK.caveat_long)


def test_a_fact_without_sources_says_so():
    assert say("sources.none") in Reply(show_sources([RIBBON], LIBRARY)).text


def test_the_sources_of_restricted_facts_do_not_repeat_what_they_say():
    text = Reply(show_sources([WORKERS], LIBRARY)).text

    assert say("sources.head.restricted") in text
    assert PACK.facts[3].claim not in text


def test_the_sources_of_a_fact_that_is_gone_are_none():
    answer = show_sources([GONE], LIBRARY)

    assert say("sources.none") in Reply(answer).text


def test_related_facts_are_offered_but_not_those_shown_already():
    alone, both = show_related([OPENED], LIBRARY), show_related([OPENED, ARCHES], LIBRARY)

    assert alone.outcome is Outcome.ASKED
    assert alone.offers == (ARCHES,)
    assert both.offers == ()
    assert say("related.none") in Reply(both).text


def test_every_topic_with_something_to_show_is_listed():
    extended = replace(PACK, topics={**PACK.topics, "empty": "Nothing yet"})
    library = Library((Shelf(extended, LIBRARY.shelves[0].rank),))

    answer = show_topics(library)

    assert [t for _, t, _ in topics(library)] == ["opening", "bridge"]
    assert [c.action for c in answer.choices] == ["t|0", "t|1"]
    assert "Nothing yet" not in Reply(answer).text


def test_a_pack_without_topics_is_named_all_the_same():
    assert BARE.title in Reply(show_topics(BOTH)).text


def test_a_topic_offers_its_facts_but_no_restricted_one():
    answer = show_topic(1, LIBRARY)

    assert answer.offers == (ARCHES,)
    assert "The bridge itself" in Reply(answer).text
    assert Reply(answer).text.endswith(PACK.caveat_long)


def test_a_topic_that_is_gone_leads_back_to_all_of_them():
    assert show_topic(7, LIBRARY) == show_topics(LIBRARY)
    assert show_topic(-1, LIBRARY) == show_topics(LIBRARY)


def test_all_sources_name_each_pack_its_author_and_the_publishers():
    text = Reply(show_all_sources(BOTH)).text

    assert "The bridge at Oldbrook. A leaflet on a bridge. Author: Nobody." in text
    assert "Other sources used: Town records." in text
    assert say("all-sources.bare", title=BARE.title) in text
    assert say("all-sources.unchecked") in text


def test_about_explains_every_verdict_with_its_sign():
    text = Reply(show_about(LIBRARY)).text

    for verdict in Verdict:
        assert f"{SIGNS[verdict]} {say(f'verdict.{verdict}')} means: " in text


def test_about_has_the_content_note_of_the_shipped_pack(desk):
    assert desk.pack.content_note in Reply(show_about(desk.library)).text
    assert "AI" in Reply(show_about(desk.library)).text


def test_pages_on_several_packs_have_the_general_caveat():
    for page in (show_about(BOTH), show_topics(BOTH), show_all_sources(BOTH)):
        assert page.caveat.long == say("caveat.many")


def test_each_topic_of_the_shipped_pack_leads_to_facts_of_that_topic(desk):
    for number, (_, topic, _) in enumerate(topics(desk.library)):
        offered = show_topic(number, desk.library).offers
        assert offered
        assert {desk.fact(k.fact).topic for k in offered} == {topic}


def test_the_sources_of_every_shipped_fact_are_shown(desk):
    for fact in desk.pack.facts:
        answer = show_sources([key(desk.pack, fact)], desk.library)
        assert len(links(answer)) == len([r for r in fact.references if r.url])


def test_nothing_is_known_of_a_pack_that_is_gone():
    assert show_sources([FactKey("gone", "x", "0")], LIBRARY).caveat.long == say("caveat.long")
