"""The answers of a question, as an editor writes them in the chat."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.bank_dialogue import Unreadable, answers_of, id_for, with_answers
from bot.core.quiz import Question, QuestionKind, Response, key_text, mark

BARE = Question("q", QuestionKind.SINGLE, "?")


@pytest.mark.parametrize(
    ("text", "kind", "key"),
    [
        ("*Mosul\nErbil", QuestionKind.SINGLE, "Mosul"),
        ("* Mosul\n\n  *Erbil \nBasra", QuestionKind.SEVERAL, "Mosul, Erbil"),
        ("*True\nFalse", QuestionKind.TRUE_FALSE, "True"),
        ("true\n*false", QuestionKind.TRUE_FALSE, "False"),
        ("= 12", QuestionKind.NUMBER, "12"),
        ("= 10 to 14", QuestionKind.NUMBER, "10 to 14"),
        ("=10..14", QuestionKind.NUMBER, "10 to 14"),
        ("= Mosul\n= Mossul", QuestionKind.TEXT, "Mosul"),
    ],
)
def test_answers_are_read_as_they_are_meant(text: str, kind: QuestionKind, key: str):
    found = with_answers(BARE, text)

    assert (found.kind, key_text(found)) == (kind, key)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "at least two"),
        ("*One", "at least two"),
        ("One\nTwo", "no answer is marked right"),
        ("*One\n*Two", "all of them"),
        ("*One\none", "the same"),
        ("*One\n*\nTwo", "the same"),
        ("\n".join(["*1", *map(str, range(2, 9))]), "at most 6"),
        (f"*{'x' * 91}\ny", "longer than 90"),
        (f"={'x' * 91}", "longer than 90"),
        ("= 12\n= twelve ships", "a number stands beside"),
        ("= 12\n= 13", "a number stands beside"),
        ("=\n= a", "the same"),
    ],
)
def test_what_could_not_be_asked_is_refused_with_the_reason(text: str, why: str):
    with pytest.raises(Unreadable, match=why):
        with_answers(BARE, text)


def test_a_double_check_question_stays_one():
    checking = Question("q", QuestionKind.DOUBLE_CHECK, "?")

    assert with_answers(checking, "*Ask\nGuess").kind is QuestionKind.DOUBLE_CHECK
    assert with_answers(checking, "*Ask\n*Look\nGuess").kind is QuestionKind.SEVERAL


@given(st.lists(st.text("abcdefgh ", min_size=1, max_size=9), min_size=2, max_size=6), st.data())
def test_what_was_read_is_written_so_that_it_is_read_the_same(
    texts: list[str], data: st.DataObject
):
    listed = list(dict.fromkeys(" ".join(text.split()) for text in texts if text.strip()))
    if len(listed) < 2:
        listed = ["one", "two"]
    right = data.draw(st.integers(0, len(listed) - 1))
    text = "\n".join(f"{'*' if n == right else ''}{one}" for n, one in enumerate(listed))

    found = with_answers(BARE, text)

    assert answers_of(found) == text
    assert with_answers(found, answers_of(found)) == found
    assert mark(found, Response((found.options[right].id,))).right


def test_what_is_typed_is_not_written_as_choices():
    assert answers_of(with_answers(BARE, "= 12")) == ""


@pytest.mark.parametrize(
    ("stem", "name"),
    [
        ("According to the article, which town was hit?", "which-town-was-hit"),
        ("Which town?", "which-town-2"),
        ("???", "question"),
        ("a " * 60, "a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a"),
    ],
)
def test_a_question_gets_an_id_that_says_what_it_asks(stem: str, name: str):
    assert id_for(stem, {"which-town"}) == name
