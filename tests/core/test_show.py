"""How a fact is written, by hand-made facts."""

from dataclasses import replace

import pytest

from bot.core.answer import Link, Mark, Outcome, Role
from bot.core.facts import Fact, Kind, Pack, Part, Reference, Source, Verdict, Wording
from bot.core.library import Library, Shelf
from bot.core.show import (
    LONGEST,
    caveat,
    combine,
    dated,
    day,
    headline,
    key,
    offer,
    related,
    show_fact,
)
from bot.core.words import say
from bot.search.engine import build
from tests.bridge import LIBRARY
from tests.bridge import PACK as BRIDGE
from tests.shipped import Reply

FACT = Fact(
    id="cost",
    claim="The harbour cost 31 million euros.",
    place="lead",
    where="second sentence",
    answer="31 million euros",
    kind=Kind.NUMBER,
    verdict=Verdict.CONTRADICTED,
    confidence="high",
    correct="48 million euros",
    correction="The accounts of the town put it at 48 million euros.",
    references=(Reference("Town", date="2026-03-01"), Reference("Post")),
    asks=(Wording("what did the harbour cost"),),
)


def pack(*facts, **more):
    source = Source("the article")
    return Pack("p", "The harbour", "en", facts, source, places={"lead": "Lead"}, caveat_long="Look again.", caveat_short="Look.", **more)  # fmt: skip


def shown(fact, *others, direct=""):
    own = pack(fact, *others)
    shelf = Shelf(own, build(own))
    return Reply(show_fact(shelf, fact, Library((shelf,)), direct))


@pytest.mark.parametrize(
    ("change", "written"),
    [
        ({}, "31 million euros, according to the article. Other sources disagree: 48 million euros."),
        ({"correct": ""}, "31 million euros, according to the article. Other sources disagree."),
        (
            {"verdict": Verdict.PARTLY},
            "31 million euros, according to the article. More exactly: 48 million euros.",
        ),
        ({"verdict": Verdict.UNVERIFIED}, "31 million euros, according to the article."),
        ({"in_article": False}, "31 million euros. This is not in the article."),
        ({"kind": Kind.CONTRADICTION, "answer": "it disagrees"}, "It disagrees."),
        ({"answer": "", "verdict": Verdict.UNCHECKED}, "The harbour cost 31 million euros, according to the article."),
    ],
)  # fmt: skip
def test_the_headline_has_the_answer_and_what_others_say(change, written):
    fact = replace(FACT, **change)

    assert headline(pack(fact), fact) == written


def test_a_full_reply():
    assert shown(FACT).text == (
        "31 million euros, according to the article. Other sources disagree: 48 million euros.\n"
        "According to the article, the harbour cost 31 million euros.\n"
        "✘ Other sources disagree. The accounts of the town put it at 48 million euros (Town, 1 Mar 2026).\n"
        "Where: “Lead”, second sentence. Check: other sources disagree, high confidence.\n"
        "\nLook again."
    )


def test_another_direct_answer_takes_the_place_of_the_facts_own():
    assert shown(FACT, direct="No: 31 million").first.startswith("No: 31 million, according to")


def test_other_sections_with_the_same_claim_are_named():
    assert (
        "“Lead”, second sentence, also in “details”."
        in shown(replace(FACT, also_in=("details",))).text
    )


def test_a_derived_fact_says_that_it_was_put_together():
    fact = replace(FACT, place="", where="", derived_from=("other",))

    assert "put together from several places of the article" in shown(fact).text


def test_a_long_reply_is_cut_to_what_is_needed():
    fact = replace(FACT, claim="The harbour cost much. " * 20, correction="It was more. " * 15)

    text = shown(fact).text

    assert len(text) <= LONGEST
    assert "Other sources disagree: 48 million euros." in text
    assert "✘ Other sources disagree" in text
    assert text.endswith("Look again.")


def test_a_list_is_never_cut():
    parts = tuple(Part(f"the item that has the number {n}") for n in range(40))

    text = shown(replace(FACT, parts=parts)).text

    assert all(part.text in text for part in parts)


def test_marks_and_their_words_stand_on_each_line_where_verdicts_differ():
    facts = [replace(FACT, id=v, verdict=v) for v in (Verdict.PARTLY, Verdict.UNVERIFIED)]
    whole = replace(FACT, id="all", parts=tuple(Part(f"One {f.id}", f.id) for f in facts))
    own = pack(whole, *facts)
    shelf = Shelf(own, build(own))

    answer = show_fact(shelf, whole, Library((shelf,)))

    items = [block for block in answer.blocks if block.role is Role.ITEM]
    assert [[s.verdict for s in b.spans if isinstance(s, Mark)] for b in items] == [
        [Verdict.PARTLY],
        [Verdict.UNVERIFIED],
    ]
    assert "One partly ◐ partly right" in Reply(answer).text


def test_the_opening_stands_before_everything():
    fact = replace(FACT, restricted=True, opening="These names were not confirmed.")

    assert shown(fact).first == "These names were not confirmed."
    assert shown(fact).said.title == ""


def test_an_inline_title_is_the_claim_cut_between_words():
    title = shown(replace(FACT, claim="The harbour cost much. " * 9)).said.title

    assert len(title) <= 60
    assert title.endswith("…")


def test_related_facts_are_those_named_and_those_on_either_side_but_never_restricted_ones():
    named, base, above = (replace(FACT, id=i) for i in ("named", "base", "above"))
    hidden = replace(FACT, id="hidden", restricted=True)
    fact = replace(FACT, related=("named", "hidden", "gone"), derived_from=("base",))
    own = pack(fact, named, base, replace(above, derived_from=("cost",)), hidden)

    assert [f.id for f in related(fact, own)] == ["named", "base", "above"]


def test_the_related_button_is_there_only_where_it_leads_somewhere():
    other = replace(FACT, id="other")

    assert "Related" not in shown(FACT, other).buttons
    assert "Related" in shown(replace(FACT, related=("other",)), other).buttons


def test_choices_are_written_as_questions_with_capitals_and_are_six_at_most():
    facts = [replace(FACT, id=f"f{n}") for n in range(9)]

    choices, keys = offer([(pack(*facts), fact) for fact in facts])

    assert [c.action for c in choices] == [f"c|{n}" for n in range(6)]
    assert choices[0].label == "What did the harbour cost"
    assert [k.fact for k in keys] == [f"f{n}" for n in range(6)]


def test_a_choice_without_a_wording_shows_the_claim():
    bare = Fact("bare", "The harbour is new.")

    assert offer([(pack(bare), bare)])[0][0].label == "The harbour is new."


@pytest.mark.parametrize(
    ("iso", "written"),
    [("2024-02-03", "3 Feb 2024"), ("2026-11", "2026-11"), ("", ""), ("spring", "spring")],
)
def test_a_date_is_written_as_people_do(iso, written):
    assert day(iso) == written


def test_a_reference_is_its_publisher_and_day():
    assert dated(Reference("Post", date="2024-02-03")) == "Post, 3 Feb 2024"
    assert dated(Reference("Post")) == "Post"


def test_one_pack_has_its_caveat_and_several_have_the_general_one():
    assert caveat([pack()]).long == "Look again."
    assert caveat([pack(), BRIDGE]).long == say("caveat.many")
    assert caveat([]).long == say("caveat.long")
    assert caveat([replace(pack(), caveat_long="")]).long == say("caveat.long")
    assert caveat([replace(pack(), caveat_short="")]).short == say("caveat.short")


def test_answers_together_keep_their_order_and_have_one_caveat():
    shelf = LIBRARY.shelves[0]
    one, two = (show_fact(shelf, fact, LIBRARY) for fact in BRIDGE.facts[:2])

    both = combine([one, two], [BRIDGE])

    assert both.blocks == one.blocks + two.blocks
    assert both.facts == tuple(key(BRIDGE, f) for f in BRIDGE.facts[:2])
    assert both.outcome is Outcome.ANSWERED
    assert Reply(both).text.count(BRIDGE.caveat_long) == 1


def test_no_link_stands_in_the_answer_itself():
    assert not [s for b in shown(FACT).said.blocks for s in b.spans if isinstance(s, Link)]
