from bot.search import names, thesaurus
from bot.search.rows import bag, reader
from bot.search.terms import Lexicon
from tests.search.town import ENTITIES, FACTS, TOWN

LEXICON = Lexicon(names.build(ENTITIES), thesaurus.build(TOWN.synonyms))


def keys(text):
    return [term.key for term in LEXICON.terms(text)]


def groups(word):
    [term] = LEXICON.terms(word)
    return term.groups | {term.key}


def test_names_are_one_term_and_small_words_none():
    assert keys("when was the bridge at qasr al-hadid opened") == ["bridg", "@qasr", "open"]


def test_words_of_one_group_share_it():
    assert groups("soldiers") & groups("troops")
    assert groups("killed") & groups("died")
    assert not groups("soldiers") & groups("ferry")


def test_a_packs_own_synonyms_count_too_even_of_several_words():
    assert groups("bridge") & groups("crossing")
    assert groups("ribbon") & groups("red tape")


def test_a_phrase_can_be_met_by_the_words_in_it():
    [term] = LEXICON.terms("red tape")

    assert set(term.inner) == {"red", "tape"}


def test_countries_are_known_though_the_pack_does_not_have_them():
    canada, ferry = LEXICON.terms("canadian ferry")

    assert LEXICON.is_country(canada)
    assert not LEXICON.is_country(ferry)
    assert groups("canada") & groups("canadians")


def test_what_is_asked_only_to_be_denied_is_not_what_a_fact_speaks_of():
    site = next(fact for fact in FACTS if fact.id == "site")
    yemen = {term.key for term in LEXICON.terms("yemen")}

    spoken = bag(site, TOWN, reader(LEXICON))

    assert yemen <= {term.key for w in site.asks for term in LEXICON.terms(w.text)}
    assert not yemen & spoken
    assert {"@iraq", "bridg", "west"} <= spoken
