"""What is built from facts keeps every rule: for any pack and any seed."""

from dataclasses import replace
from functools import cache
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.config import packs_folder
from bot.core.build import askable, build
from bot.core.chance import Chance
from bot.core.distractors import far_apart
from bot.core.facts import Entity, Fact, Kind, Pack, Reference, Source, Value, Verdict
from bot.core.fair import Ground, ground, unfair
from bot.core.quiz import (
    FEEDBACK_LIMIT,
    ONE_OF,
    OPTION_LIMIT,
    STEM_LIMIT,
    Question,
    QuestionKind,
    Response,
    key_text,
    mark,
)
from bot.core.spelling import one_number
from bot.formats.packs import read_pack

TOWNS = ("Alder", "Beechen", "Cedarford", "Elmsley", "Firhaven", "Hazelby", "Larchton", "Oakley")
ENTITIES = {name.lower(): Entity(name.lower(), name, "place") for name in TOWNS}
PRESS = (Reference("Evening Post", date="2024-02-01"),)


def town_pack(*facts: Fact, questions: tuple[Question, ...] = ()) -> Pack:
    return Pack(
        "towns",
        "Towns",
        "en",
        facts,
        source=Source("the article"),
        places={"lead": "Lead"},
        topics={"mills": "Mills", "fairs": "Fairs"},
        entities=ENTITIES,
        questions=questions,
    )


def mills(number: int, town: str, **more: object) -> Fact:
    """Return a fact with a number and a name in it."""
    usual = Fact(
        f"mills-{town.lower()}",
        f"{number} mills stood at {town}.",
        "lead",
        topic="mills",
        verdict=Verdict.CORROBORATED,
        evidence="The Post counts them alike.",
        references=PRESS,
        entities=(town.lower(),),
        values=(Value("number", str(number), "mills"),),
    )
    return replace(usual, **more)


facts_strategy = st.lists(
    st.tuples(
        st.sampled_from(TOWNS),
        st.integers(1, 5000),
        st.sampled_from(list(Verdict)),
        st.booleans(),
        st.sampled_from(["mills", "fairs"]),
    ),
    min_size=1,
    max_size=8,
    unique_by=lambda drawn: drawn[0],
)


@cache
def shipped() -> Pack:
    [folder] = [path for path in packs_folder().iterdir() if (path / "pack.yaml").exists()][:1]
    return read_pack(folder)


def holds(question: Question, pack: Pack, known: Ground) -> None:
    """Assert every rule of a built question."""
    assert list(unfair(question, known)) == []
    assert len(question.stem) <= STEM_LIMIT
    assert 0 < len(question.feedback) <= FEEDBACK_LIMIT
    assert all(len(option.text) <= OPTION_LIMIT for option in question.options)
    [fact] = [pack.fact(name) for name in question.facts]
    assert fact
    assert askable(fact)
    assert pack.places[fact.place] in question.feedback
    if fact.verdict in {Verdict.CONTRADICTED, Verdict.OPINION}:
        assert question.kind is QuestionKind.DOUBLE_CHECK
    if question.kind in ONE_OF:
        rights = [o for o in question.options if mark(question, Response((o.id,))).right]
        assert len(rights) == 1


@given(facts_strategy, st.integers())
def test_whatever_the_pack_every_question_keeps_the_rules(
    drawn: list[tuple[str, int, Verdict, bool, str]], seed: int
):
    facts = [
        mills(number, town, verdict=verdict, sensitive=sensitive, topic=topic, correction="No, 7.")
        for town, number, verdict, sensitive, topic in drawn
    ]
    pack = town_pack(*facts)

    built = build(pack, seed, 100)

    known = ground(pack.facts, pack.entities, pack.source.name)
    for question in built:
        holds(question, pack, known)
    assert len({question.stem for question in built}) == len(built)
    assert len({question.id for question in built}) == len(built)


@settings(max_examples=6)
@given(st.integers())
def test_the_shipped_pack_makes_questions_that_keep_the_rules(seed: int):
    pack = shipped()

    built = build(pack, seed, 500)

    assert len(built) > 50
    known = ground(pack.facts, pack.entities, pack.source.name)
    for question in built:
        holds(question, pack, known)


@given(facts_strategy, st.integers())
def test_numbers_to_choose_from_lie_apart_and_the_key_is_the_claims(
    drawn: list[tuple[str, int, Verdict, bool, str]], seed: int
):
    pack = town_pack(*(mills(number, town) for town, number, *_ in drawn))

    for question in build(pack, seed, 100):
        numbers = [one_number(option.text) for option in question.options]
        if question.kind is QuestionKind.SINGLE and None not in numbers:
            found = [number for number in numbers if number is not None]
            assert all(far_apart(one, other) for one, other in combinations(found, 2))
            fact = pack.fact(question.facts[0])
            assert fact
            assert one_number(key_text(question)) == float(fact.values[0].value)


def test_the_same_seed_builds_the_same_and_another_something_else():
    pack = town_pack(*(mills(n + 3, town) for n, town in enumerate(TOWNS)))

    assert build(pack, 7, 5) == build(pack, "7", 5)
    assert build(pack, 7, 5) != build(pack, 8, 5)


def test_each_fact_is_asked_once_before_any_is_asked_twice():
    pack = town_pack(*(mills(n + 3, town) for n, town in enumerate(TOWNS)))

    assert len({question.facts for question in build(pack, 1, len(TOWNS))}) == len(TOWNS)


def test_what_the_pack_asks_already_is_not_built_again():
    facts = [mills(n + 3, town) for n, town in enumerate(TOWNS)]
    first = build(town_pack(*facts), 1, 10)
    renamed = tuple(replace(question, id=f"own-{n}") for n, question in enumerate(first))

    second = build(town_pack(*facts, questions=renamed), 1, 10)
    assert not {question.stem for question in second} & {question.stem for question in first}


def test_a_name_that_may_be_true_too_is_no_distractor():
    facts = (
        Fact("a", "Alder held a fair.", "lead", topic="fairs", entities=("alder",)),
        Fact("b", "Beechen held a fair.", "lead", topic="fairs", entities=("beechen",)),
    )

    built = build(town_pack(*facts), 1, 50)
    gaps = [question for question in built if question.kind is QuestionKind.SINGLE]
    assert gaps
    for question in gaps:
        assert len({"Alder", "Beechen"} & {option.text for option in question.options}) == 1


def test_the_correction_is_no_distractor():
    fact = mills(
        12, "Alder", verdict=Verdict.PARTLY, correct="24", correct_values=(Value("number", "24"),)
    )
    for seed in range(30):
        for question in build(town_pack(fact), seed, 20):
            wrong = [option.text for option in question.options if not option.fraction]
            assert "24" not in wrong


@pytest.mark.parametrize(
    "more",
    [
        {"sensitive": True},
        {"restricted": True},
        {"place": ""},
        {"in_article": False},
        {"kind": Kind.FORECAST},
        {"kind": Kind.CONTRADICTION},
    ],
)
def test_of_some_facts_nothing_is_built(more: dict[str, object]):
    assert build(town_pack(mills(9, "Alder", **more)), 1, 50) == ()


def test_a_contradicted_fact_is_only_asked_for_its_check():
    fact = mills(9, "Alder", verdict=Verdict.CONTRADICTED, correction="The Post counts seven.")
    built = build(town_pack(fact), 1, 50)

    assert {question.kind for question in built} == {QuestionKind.DOUBLE_CHECK}
    [agree] = [question for question in built if question.id.endswith("agree")]
    assert key_text(agree) == "They disagree"


def test_a_day_is_asked_with_other_days():
    fact = Fact(
        "day",
        "The mill opened on 4 May 1920.",
        "lead",
        verdict=Verdict.CORROBORATED,
        values=(Value("date", "1920-05-04"),),
    )
    [gap] = [q for q in build(town_pack(fact), 1, 50) if q.kind is QuestionKind.SINGLE]

    assert key_text(gap) == "4 May 1920"
    assert "1920" not in gap.stem


@pytest.mark.parametrize("day", ["31 Fruitday 1920", "99 May 1920", "5 May 1920"])
def test_what_is_no_day_of_the_fact_makes_no_gap(day: str):
    fact = Fact("day", f"It opened on {day}.", "lead", values=(Value("date", "1920-05-04"),))

    assert {q.kind for q in build(town_pack(fact), 1, 50)} == {QuestionKind.TRUE_FALSE}


def test_without_another_source_no_agreement_is_asked_for():
    built = build(town_pack(mills(9, "Alder", references=())), 1, 50)

    assert not [question for question in built if question.kind is QuestionKind.DOUBLE_CHECK]


@given(st.lists(st.integers(), unique=True), st.text())
def test_chance_keeps_everything_and_can_be_repeated(items: list[int], seed: str):
    shuffled = Chance(seed).shuffled(items)

    assert sorted(shuffled) == sorted(items)
    assert Chance(seed).shuffled(items) == shuffled


def test_chance_favours_nobody():
    counts = [0, 0, 0]
    for seed in range(600):
        counts[Chance(seed).shuffled([0, 1, 2])[0]] += 1

    assert all(150 < count < 250 for count in counts)
    assert all(a != b for a, b in pairwise(Chance(1).shuffled(range(9))))
