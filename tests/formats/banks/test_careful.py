"""What a careful person notes about questions that can be kept."""

import pytest

from bot.core.quiz import Option, Question, QuestionKind
from bot.formats.banks.careful import faults
from bot.formats.banks.refusing import Severity


def question(stem: str, *texts: str) -> Question:
    options = tuple(Option(str(n), text, float(not n)) for n, text in enumerate(texts))
    return Question("q", QuestionKind.SINGLE, stem, options)


@pytest.mark.parametrize(
    ("asked", "cause"),
    [
        (question("w" * 301, "a", "b"), "its text has 301 characters of 300"),
        (question("Which?", "a" * 101, "b"), "an answer has 101 characters of 100"),
        (question("Which?", *map(str, range(13))), "it has 13 answers of 12"),
    ],
)
def test_what_is_too_long_for_a_poll_is_kept_with_a_warning(asked: Question, cause: str):
    [fault] = faults(asked)

    assert fault.severity is Severity.WARNING
    assert fault.cause == f"it is too long for a poll of Telegram: {cause}"


def test_what_fits_a_poll_is_not_warned_of():
    assert list(faults(question("w" * 300, "a" * 100, "b"))) == []
