"""Aiken, written: single choice, and nothing but the answers."""

import re
from collections.abc import Iterable

from bot.core.quiz import ONE_OF, Question
from bot.formats.banks.refusing import Refused
from bot.formats.banks.written import Writing, Written

_LIKE_ANOTHER = re.compile(r"(?:[A-Z][.)]|ANSWER:)")
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def write(questions: Iterable[Question]) -> Written:
    """Return questions as an Aiken file."""
    writing = Writing()
    blocks = writing.each(questions, lambda question: _block(question, writing))
    return writing.done("\n".join(blocks).encode())


def _block(question: Question, writing: Writing) -> str:
    rights = [n for n, option in enumerate(question.options) if option.fraction == 1]
    if question.kind not in ONE_OF:
        raise Refused(f"a question of the kind {question.kind}, which Aiken does not have", "")
    if len(rights) != 1 or len(question.options) > len(_LETTERS):
        raise Refused("a question with several right answers, or more than 26", "")
    stem = _one_line(question.stem)
    if _LIKE_ANOTHER.match(stem):
        raise Refused("a question that begins like an answer", "begin it with another word")
    _lose(question, writing)
    options = [
        f"{letter}. {_one_line(option.text)}"
        for letter, option in zip(_LETTERS, question.options, strict=False)
    ]
    return "\n".join((stem, *options, f"ANSWER: {_LETTERS[rights[0]]}")) + "\n"


def _lose(question: Question, writing: Writing) -> None:
    writing.lose_common(question)
    texts = (question.stem, *(option.text for option in question.options))
    if any("\n" in text for text in texts):
        writing.lose(question, "the line breaks")
    if any(option.feedback for option in question.options):
        writing.lose(question, "the feedback of answers")
    if any(option.fraction not in {0.0, 1.0} for option in question.options):
        writing.lose(question, "the shares of its answers: each is right or wrong")


def _one_line(text: str) -> str:
    return " ".join(text.split())
