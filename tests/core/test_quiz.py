import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.quiz import (
    Accepted,
    NumberKey,
    Option,
    Pair,
    Question,
    QuestionKind,
    Response,
    key_text,
    mark,
    readable,
)

TOWNS = Question(
    "towns",
    QuestionKind.SINGLE,
    "Which town?",
    options=(
        Option("a", "Alder", 1.0, "It stands first."),
        Option("b", "Beech", feedback="That is a tree."),
        Option("c", "Cedar"),
    ),
    feedback="The first line names it.",
    feedback_right="Right.",
    feedback_wrong="Not this one.",
)
SEVERAL = Question(
    "several",
    QuestionKind.SEVERAL,
    "Which two?",
    options=(Option("a", "A", 1.0), Option("b", "B", 1.0), Option("c", "C"), Option("d", "D")),
    feedback_partial="Some of it.",
)
SHARES = Question(
    "shares",
    QuestionKind.SEVERAL,
    "Which?",
    options=(Option("a", "A", 0.75), Option("b", "B", 0.25), Option("c", "C", -0.5)),
)
ORDER = Question("order", QuestionKind.ORDER, "In which order?", sequence=("x", "y", "z"))
PAIRS = Question(
    "pairs",
    QuestionKind.MATCHING,
    "What belongs together?",
    pairs=(Pair("one", "red"), Pair("two", "blue", "Two is blue."), Pair("three", "red")),
)


def number(*keys: NumberKey) -> Question:
    return Question("n", QuestionKind.NUMBER, "How many?", numbers=keys)


def text(*accepted: Accepted) -> Question:
    return Question("t", QuestionKind.TEXT, "What?", accepted=accepted)


def test_the_key_is_right_and_says_why():
    marked = mark(TOWNS, Response(("a",)))
    assert (marked.fraction, marked.right) == (1.0, True)
    assert marked.feedback == "It stands first. Right. The first line names it."


def test_a_distractor_is_wrong_and_says_what_it_is():
    marked = mark(TOWNS, Response(("b",)))
    assert (marked.fraction, marked.right) == (0.0, False)
    assert marked.feedback == "That is a tree. Not this one. The first line names it."


@pytest.mark.parametrize("chosen", [(), ("z",), ("a", "b"), ("b", "a")])
def test_what_cannot_be_chosen_is_not_right(chosen: tuple[str, ...]):
    assert not mark(TOWNS, Response(chosen)).right
    assert not readable(TOWNS, Response(chosen))


@pytest.mark.parametrize(
    ("chosen", "fraction"),
    [("ab", 1.0), ("ba", 1.0), ("a", 0.5), ("ac", 0.0), ("abc", 0.5), ("abcd", 0.0), ("cd", 0.0)],
)
def test_several_lose_by_each_wrong_one(chosen: str, fraction: float):
    assert mark(SEVERAL, Response(tuple(chosen))).fraction == fraction


@pytest.mark.parametrize(
    ("chosen", "fraction"), [("ab", 1.0), ("a", 0.75), ("ac", 0.25), ("c", 0)]
)
def test_shares_of_a_mark_are_added_up(chosen: str, fraction: float):
    assert mark(SHARES, Response(tuple(chosen))).fraction == fraction


def test_a_partly_right_response_hears_so():
    assert mark(SEVERAL, Response(("a",))).feedback == "Some of it."


@pytest.mark.parametrize(
    ("typed", "right"), [("12", True), ("a dozen", True), ("13", False), ("x", False)]
)
def test_a_number_counts_by_value(typed: str, *, right: bool):
    assert mark(number(NumberKey(12)), Response(text=typed)).right is right


@pytest.mark.parametrize(
    ("typed", "fraction"), [("10", 1), ("11.5", 1), ("14", 1), ("9", 0.5), ("15", 0)]
)
def test_a_number_may_lie_in_a_range(typed: str, fraction: float):
    keys = (NumberKey(low=10, high=14), NumberKey(9, fraction=0.5))
    assert mark(number(*keys), Response(text=typed)).fraction == fraction


@pytest.mark.parametrize("bound", [NumberKey(low=5), NumberKey(high=5)])
def test_a_range_may_be_open_on_one_side(bound: NumberKey):
    assert mark(number(bound), Response(text="5")).right


def test_a_tolerance_reaches_its_edges():
    question = number(NumberKey(0.3, tolerance=0.1))
    assert mark(question, Response(text="0.4")).right
    assert not mark(question, Response(text="0.41")).right


def test_a_text_is_marked_whole():
    question = text(Accepted("Jordan", feedback="Tower 22 stands there."))
    assert mark(question, Response(text="jordon")).feedback == "Tower 22 stands there."
    assert not mark(question, Response(text="Jordan, Iraq or Syria")).right


def test_a_listed_wrong_text_is_not_taken_for_a_slip_of_the_right_one():
    question = text(Accepted("Abelia"), Accepted("Abelin", 0.0, "Another one."))
    assert mark(question, Response(text="abelin")).feedback == "Another one."
    assert mark(question, Response(text="abelya")).right


def test_case_and_patterns_are_kept_to():
    question = text(Accepted("NATO", case=True), Accepted("*treaty*", 0.5, pattern=True))
    assert mark(question, Response(text="NATO")).right
    assert mark(question, Response(text="nato")).fraction == 0
    assert mark(question, Response(text="the treaty thing")).fraction == 0.5


@pytest.mark.parametrize(
    ("given", "fraction"), [("012", 1), ("120", 0.5), ("210", 0), ("01", 0), ("000", 0)]
)
def test_an_order_counts_by_neighbours(given: str, fraction: float):
    assert mark(ORDER, Response(tuple(given))).fraction == fraction


@pytest.mark.parametrize(
    ("given", "hits"), [("010", 3), ("212", 3), ("000", 2), ("111", 1), ("01", 0)]
)
def test_pairs_count_one_by_one_and_by_what_they_say(given: str, hits: int):
    assert mark(PAIRS, Response(tuple(given))).fraction == pytest.approx(hits / 3)


def test_a_wrong_pair_says_what_is_right():
    assert mark(PAIRS, Response(tuple("000"))).feedback == "Two is blue."


@pytest.mark.parametrize("kind", list(QuestionKind))
def test_an_empty_response_is_never_right(kind: QuestionKind):
    question = Question(
        "q", kind, "?", TOWNS.options, (Accepted("a"),), (NumberKey(1),), PAIRS.pairs, ("x", "y")
    )
    assert not mark(question, Response()).right
    assert not readable(question, Response())


@given(
    st.sampled_from([TOWNS, SEVERAL, SHARES, ORDER, PAIRS]),
    st.lists(st.text(max_size=3)),
    st.text(),
)
def test_no_response_breaks_the_marking(question: Question, chosen: list[str], typed: str):
    marked = mark(question, Response(tuple(chosen), typed))
    assert 0 <= marked.fraction <= 1
    assert marked.right == (marked.fraction == 1)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        (TOWNS, "Alder"),
        (SEVERAL, "A, B"),
        (SHARES, "A, B"),
        (ORDER, "1. x, 2. y, 3. z"),
        (PAIRS, "one: red; two: blue; three: red"),
        (number(NumberKey(12, unit="bombs")), "12 bombs"),
        (number(NumberKey(2_500_000)), "2,500,000"),
        (number(NumberKey(low=10, high=14)), "10 to 14"),
        (number(NumberKey(low=10)), "at least 10"),
        (number(NumberKey(high=10)), "at most 10"),
        (text(Accepted("half", 0.5), Accepted("Jordan")), "Jordan"),
    ],
)
def test_the_key_is_said_in_words(question: Question, words: str):
    assert key_text(question) == words


LURE = Question(
    "lure",
    QuestionKind.MATCHING,
    "?",
    pairs=(Pair("one", "red"), Pair("two", "blue"), Pair("", "green")),
)


@pytest.mark.parametrize(("given", "worth"), [("01", 1.0), ("02", 0.5), ("22", 0.0)])
def test_a_right_side_without_a_left_one_is_only_there_to_be_chosen_wrongly(
    given: str, worth: float
):
    assert readable(LURE, Response(tuple(given)))
    assert mark(LURE, Response(tuple(given))).fraction == worth
    assert key_text(LURE) == "one: red; two: blue"


def test_what_belongs_to_nothing_is_not_asked_for():
    assert not readable(LURE, Response(("0", "1", "2")))
