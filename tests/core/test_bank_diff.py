"""Differences between packs by what they mean."""

from dataclasses import replace

import pytest

from bot.core.bank_diff import Change, Item, Sort, compare, same_key
from bot.core.facts import Fact, Pack, Reference, Verdict, Wording
from bot.core.quiz import Accepted, NumberKey, Option, Pair, Question, QuestionKind

DEPTH = Fact("depth", "It is 12 metres deep.", answer="12 metres", verdict=Verdict.UNVERIFIED)
WHEN = Question(
    "when",
    QuestionKind.SINGLE,
    "When?",
    (Option("a", "In 1905", 1.0), Option("b", "In 1950"), Option("c", "In 1995")),
)
PACK = Pack("ports", "Ports", "en", (DEPTH,), topics={"depths": "Depths"}, questions=(WHEN,))


def with_fact(**changes: object) -> Pack:
    return replace(PACK, facts=(replace(DEPTH, **changes),))


def with_question(**changes: object) -> Pack:
    return replace(PACK, questions=(replace(WHEN, **changes),))


def only(new: Pack) -> Item:
    [item] = compare(PACK, new).items
    return item


def test_nothing_differs_between_a_pack_and_itself():
    assert compare(PACK, PACK).items == ()


def test_everything_of_a_new_pack_is_added():
    diff = compare(None, PACK)

    assert [(i.sort, i.id, i.change) for i in diff.items] == [
        (Sort.FACT, "depth", Change.ADDED),
        (Sort.QUESTION, "when", Change.ADDED),
    ]
    assert diff.items[1].new == "In 1905"


def test_what_is_gone_is_removed():
    diff = compare(PACK, replace(PACK, questions=(), facts=()))

    assert [(i.id, i.change, i.old) for i in diff.items] == [
        ("depth", Change.REMOVED, "12 metres"),
        ("when", Change.REMOVED, "In 1905"),
    ]
    assert diff.count(Change.REMOVED) == 2


@pytest.mark.parametrize(
    ("changes", "change", "old", "new"),
    [
        (
            {"verdict": Verdict.CONTRADICTED, "answer": "9"},
            Change.VERDICT,
            "unverified",
            "contradicted",
        ),
        ({"answer": "14 metres"}, Change.KEY, "12 metres", "14 metres"),
        ({"correct": "14"}, Change.KEY, "12 metres", "12 metres / 14"),
        (
            {"claim": "Its depth is 12 metres."},
            Change.WORDING,
            "It is 12 metres deep.",
            "Its depth is 12 metres.",
        ),
        ({"asks": (Wording("how deep"),)}, Change.OTHER, "", "how deep"),
        ({"topic": "depths"}, Change.OTHER, "", "depths"),
    ],
)
def test_what_changes_of_a_fact(changes: dict[str, object], change: Change, old: str, new: str):
    item = only(with_fact(**changes))

    assert (item.change, item.old, item.new) == (change, old, new)


@pytest.mark.parametrize(
    ("options", "change"),
    [
        ([("In 1950", 1.0), ("In 1905", 0.0), ("In 1995", 0.0)], Change.KEY),
        ([("In 1906", 1.0), ("In 1950", 0.0), ("In 1995", 0.0)], Change.KEY),
        ([("In 1905", 0.5), ("In 1950", 0.0), ("In 1995", 0.0)], Change.KEY),
        ([("In 1950", 0.0), ("In 1905", 1.0), ("In 1995", 0.0)], Change.WORDING),
        ([("in  1905", 1.0), ("In 1950", 0.0), ("In 1995", 0.0)], Change.WORDING),
        ([("In 1905", 1.0), ("In 1951", 0.0), ("In 1995", 0.0)], Change.WORDING),
    ],
)
def test_what_changes_of_options(options: list[tuple[str, float]], change: Change):
    found = tuple(
        Option(letter, text, share) for letter, (text, share) in zip("abc", options, strict=True)
    )

    assert only(with_question(options=found)).change is change


@pytest.mark.parametrize(
    ("changes", "change", "parts"),
    [
        ({"stem": "In which year?"}, Change.WORDING, ("stem",)),
        ({"stem": "In which year?", "topic": "depths"}, Change.OTHER, ("stem", "topic")),
        ({"points": 2.0}, Change.KEY, ("points",)),
        ({"feedback": "See the register."}, Change.WORDING, ("feedback",)),
    ],
)
def test_what_changes_of_a_question(
    changes: dict[str, object], change: Change, parts: tuple[str, ...]
):
    item = only(with_question(**changes))

    assert (item.change, item.parts) == (change, parts)


NUMBER = Question("n", QuestionKind.NUMBER, "?", numbers=(NumberKey(12.0, 1.0),))
TEXT = Question("t", QuestionKind.TEXT, "?", accepted=(Accepted("twelve"),))
ORDER = Question("o", QuestionKind.ORDER, "?", sequence=("first", "second", "third"))
MATCH = Question("m", QuestionKind.MATCHING, "?", pairs=(Pair("one", "red"), Pair("two", "blue")))


@pytest.mark.parametrize(
    ("old", "changes", "same"),
    [
        (NUMBER, {"numbers": (NumberKey(12.0, 2.0),)}, False),
        (NUMBER, {"numbers": (NumberKey(12.0, 1.0, feedback="yes"),)}, True),
        (TEXT, {"accepted": (Accepted("twelve"), Accepted("dozen"))}, False),
        (TEXT, {"accepted": (Accepted("twelve", feedback="yes"),)}, True),
        (ORDER, {"sequence": ("second", "first", "third")}, False),
        (ORDER, {"sequence": ("First", "second", "third")}, True),
        (MATCH, {"pairs": (Pair("one", "blue"), Pair("two", "red"))}, False),
        (MATCH, {"pairs": (Pair("one", "red", "look"), Pair("two", "blue"))}, True),
        (MATCH, {"kind": QuestionKind.ORDER}, False),
    ],
)
def test_when_a_key_is_the_same(old: Question, changes: dict[str, object], same: bool):
    assert same_key(old, replace(old, **changes)) is same


def test_a_pack_that_is_called_otherwise_differs_in_wording():
    found = compare(PACK, replace(PACK, caveat_long="Check it.", topics={"depths": "Deep"}))

    assert [(i.sort, i.id, i.change, i.new) for i in found.items] == [
        (Sort.PACK, "caveat_long", Change.WORDING, "Check it."),
        (Sort.PACK, "topics", Change.OTHER, "depths"),
    ]
    [item] = compare(PACK, replace(PACK, unanswered=("why",))).items
    assert (item.old, item.new) == ("0", "1")


def test_what_concerns_the_dead_is_named_before_and_after():
    old = with_fact(sensitive=True)

    assert [item.id for item in compare(old, with_fact(answer="9")).sensitive] == ["depth"]
    assert [item.id for item in compare(PACK, old).sensitive] == ["depth"]
    assert compare(PACK, with_fact(answer="9")).sensitive == ()


def test_a_long_text_is_cut_for_the_eye():
    item = only(with_question(stem="w " * 300))

    assert len(item.name) == 200
    assert item.new.endswith("…")


def test_options_are_shown_whole_where_only_their_words_change():
    found = tuple(replace(o, feedback="no") for o in WHEN.options)

    item = only(with_question(options=found))

    assert item.old == "In 1905 / In 1950 / In 1995"
    assert item.new == "In 1905 (no) / In 1950 (no) / In 1995 (no)"


def test_sources_are_shown_by_who_published_them():
    item = only(with_fact(references=(Reference("Evening Post"),)))

    assert (item.change, item.new) == (Change.OTHER, "Evening Post")


def test_related_facts_are_shown_by_their_ids():
    assert only(with_fact(related=("opened", "cost"))).new == "opened, cost"


def test_things_are_picked_by_sort_and_change():
    diff = compare(PACK, replace(PACK, questions=(), title="Quays"))

    assert [item.id for item in diff.of(Sort.QUESTION)] == ["when"]
    assert diff.of(Sort.QUESTION, Change.KEY) == ()
    assert [item.id for item in diff.of(Sort.PACK, Change.KEY, Change.WORDING)] == ["title"]
