"""Which questions mean the same: pure, on meanings that are written out."""

from itertools import islice, permutations

from bot.core.unanswered import (
    Group,
    Meaning,
    State,
    Unanswered,
    grouped,
    likeness,
    to_decide,
)


def meaning(words: str) -> Meaning:
    """Read a question written as `when: moon landing @apollo`."""
    sort, _, rest = words.rpartition(":")
    terms = tuple(frozenset(word.split("=")) for word in rest.split())
    names = tuple(term for term in terms if any(key.startswith("@") for key in term))
    return Meaning(terms, frozenset(sort.split()), names)


def question(number: int, words: str, state: State = State.WAITING, by: str = "") -> Unanswered:
    return Unanswered(number, by or f"person {number}", words, state)


def numbers(groups: tuple[Group, ...]) -> list[list[int]]:
    return [[one.id for one in group.questions] for group in groups]


def test_the_same_words_are_the_same_and_other_words_are_not():
    assert likeness(meaning("moon landing"), meaning("landing moon")) == 1
    assert likeness(meaning("moon landing"), meaning("price bread")) == 0
    assert likeness(meaning("moon"), meaning("moon landing")) == 1 - 1 / 3


def test_a_synonym_is_the_same_word():
    assert likeness(meaning("cost=price strike"), meaning("price strike")) == 1


def test_questions_for_other_sorts_of_things_are_not_the_same():
    assert likeness(meaning("when:moon landing"), meaning("who:moon landing")) == 0
    assert likeness(meaning("when:moon landing"), meaning("moon landing")) == 1


def test_questions_that_name_other_things_are_not_the_same():
    canada, germany = meaning("@canada soldiers hurt"), meaning("@germany soldiers hurt")

    assert likeness(canada, germany) == 0
    assert likeness(canada, meaning("soldiers hurt")) > 0


def test_questions_without_content_are_the_same_only_to_the_word():
    assert likeness(meaning("when:"), meaning("when:")) == 1
    assert likeness(meaning("when:"), meaning("moon")) == 0


def test_groups_come_by_how_many_people_asked():
    questions = [
        question(1, "price bread", by="one"),
        question(2, "price bread", by="one"),
        question(3, "moon landing"),
        question(4, "landing moon"),
    ]

    found = grouped(questions, meaning)

    assert numbers(found) == [[3, 4], [1, 2]]
    assert [group.people for group in found] == [2, 1]
    assert [group.examples for group in found] == [
        ("moon landing", "landing moon"),
        ("price bread",),
    ]


def test_the_order_in_which_they_are_given_makes_no_difference():
    words = ["moon landing", "landing moon", "moon", "price bread", "bread", "price moon"]
    questions = [question(number, text) for number, text in enumerate(words)]
    found = grouped(questions, meaning)

    for shuffled in islice(permutations(questions), 0, None, 97):
        assert grouped(shuffled, meaning) == found


def test_nothing_makes_no_groups():
    assert grouped([], meaning) == ()


def test_who_decides_sees_only_what_waits():
    closed = Group((question(1, "moon", State.CLOSED), question(2, "moon")))
    drafted = Group((question(3, "bread", State.DRAFTED),))
    asked_again = Group((question(4, "tea", State.DRAFTED), question(5, "tea")))

    assert to_decide([closed, drafted, asked_again]) == (asked_again,)
