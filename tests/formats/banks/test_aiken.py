"""Aiken to the letter, and as it is pasted."""

import pytest

from bot.core.quiz import QuestionKind
from bot.formats.banks.aiken import read_loose, read_strict
from bot.formats.banks.detect import read
from tests.formats.banks.shown import causes, choices, of, only, said

PLAIN = "Which town was hit?\nA. Mosul\nB. Al Qaim\nC) Erbil\nANSWER: B\n"


def test_a_question_with_dots_or_brackets():
    question = only(read_strict, PLAIN)

    assert question.kind is QuestionKind.SINGLE
    assert question.stem == "Which town was hit?"
    assert choices(question) == [("Mosul", 0), ("Al Qaim", 1), ("Erbil", 0)]


def test_questions_follow_each_other_with_or_without_blank_lines():
    assert len(of(read_strict, PLAIN + PLAIN + "\n\n" + PLAIN).questions) == 3


def test_two_answers_that_are_true_and_false_make_a_true_or_false_question():
    assert (
        only(read_strict, "Was it hit?\nA. True\nB. False\nANSWER: B").kind
        is QuestionKind.TRUE_FALSE
    )


def test_all_lines_of_a_long_question_are_kept():
    draft = of(read_strict, "Look at this.\n" + PLAIN)

    assert draft.questions[0].stem == "Look at this.\nWhich town was hit?"
    assert draft.whole
    assert "Moodle keeps the last only" in draft.problems[0].cause


REFUSED = [
    ("Which?\nA. a\nB. b\nC. c\nD. d\nANSWER: E",
     'error line 6, "Which?": ANSWER: names "E", which is none of A, B, C, D; write the letter of the right answer'),
    ("Which?\nA. a\nC. c\nD. d\nANSWER: A",
     'error line 1, "Which?": its answers have the letters A, C, D; write A, B, C in this order'),
    ("Which?\nA. a\nA. b\nANSWER: A",
     'error line 1, "Which?": its answers have the letters A, A; write A, B in this order'),
    ("Which?\nA. a\nB. b\nC. c\nANSWER: A, C",
     'error line 5, "Which?": ANSWER: names several answers (A, C), and Aiken knows one only; '
     "keep one letter, or use another format"),
    ("Which?\nA. a\nB. b\nANSWER:",
     'error line 4, "Which?": ANSWER: names nothing, which is none of A, B; write the letter of the right answer'),
    ("Which?\nA. a\nB. b",
     'error line 1, "Which?": it does not say which answer is right; add a line ANSWER: and the letter'),
    ("Which?\nA. a\nANSWER: A",
     'error line 1, "Which?": it has fewer than two answers to choose from; write at least two'),
    ("Which?\nA. a\nand more\nB. b\nANSWER: A",
     'error line 1, "Which?": a line among the answers begins with no letter; '
     "write each answer in one line: a letter, a dot or bracket, a space, the text"),
    ("Which?\nANSWER: A", 'error line 1, "Which?": it has no answers before ANSWER:; '
     "write A. B. C. before the answers, each in a line of its own"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "message"), REFUSED)
def test_a_key_that_moodle_would_take_wrongly_is_refused(text, message):
    assert message in said(read_strict, text)


@pytest.mark.parametrize("text", [text for text, _ in REFUSED[:4]])
def test_a_wrong_key_is_refused_in_pasted_text_too(text):
    assert of(read_loose, text).questions == ()
    assert of(read, text).questions == ()


PASTED = """\
### Quiz

**1. Which town was hit?**
a) Mosul
b) **Al Qaim**
c) Erbil

**Correct answer: b) Al Qaim**
Explanation: The table lists it.

2) Who said so?
A. The mayor
B. Nobody
Answer: A

Question 3: Was it late?
(a) Yes
(b) No
Ans. b
"""


def test_pasted_text_is_read_with_a_warning():
    draft = of(read, PASTED)

    assert draft.format == "aiken"
    assert [choices(question) for question in draft.questions] == [
        [("Mosul", 0), ("Al Qaim", 1), ("Erbil", 0)],
        [("The mayor", 1), ("Nobody", 0)],
        [("Yes", 0), ("No", 1)],
    ]
    assert draft.questions[0].feedback == "The table lists it."
    assert draft.questions[1].stem == "Who said so?"
    assert "this is not quite Aiken, and is read as pasted text" in causes(read, PASTED)


def test_a_key_whose_text_is_that_of_another_answer_is_refused():
    text = "Which?\na) one\nb) two\nCorrect answer: a) two\n"

    assert 'ANSWER: says A, but its text "two" is not that of A' in causes(read_loose, text)
