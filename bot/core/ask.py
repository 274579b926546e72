"""Decides what is said to a question: an answer, "did you mean", or that the pack does not say."""

from collections.abc import Sequence

from bot.core.answer import Answer, FactKey
from bot.core.library import Library


def ask(question: str, previous: Sequence[FactKey], library: Library) -> Answer:
    """Answer a question, given the facts of the last answers in the same conversation, newest first."""
    raise NotImplementedError


def suggest(text: str, library: Library, most: int = 5) -> tuple[Answer, ...]:
    """Return answers to offer while somebody types an inline query; never a restricted fact."""
    raise NotImplementedError
