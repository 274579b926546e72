"""One question by dialogue: its answers are written a line each, in signs that people find natural."""

import re
from collections.abc import Collection
from dataclasses import replace

from bot.core.quiz import (
    FEWEST_OPTIONS,
    MOST_OPTIONS,
    OPTION_LIMIT,
    Accepted,
    NumberKey,
    Option,
    Question,
    QuestionKind,
)
from bot.core.spelling import one_number
from bot.core.words import say

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_RANGE = re.compile(r"(.+?)\s+(?:to|…|\.\.\.?)\s+(.+)|(.+?)\s*\.\.\.?\s*(.+)")
_ACCORDING = re.compile(r"^\s*according to [^,]+,")
_ID = re.compile("[^a-z0-9]+")
_LONGEST_ID = 40
CHOSEN = frozenset({QuestionKind.SINGLE, QuestionKind.SEVERAL, QuestionKind.DOUBLE_CHECK})
MENDED = CHOSEN | {QuestionKind.TRUE_FALSE, QuestionKind.NUMBER, QuestionKind.TEXT}
"""The kinds whose answers can be written so."""


class Unreadable(Exception):
    """The answers cannot be read; says why."""


def with_answers(question: Question, text: str) -> Question:
    """Return a question with these answers; raise Unreadable where they cannot be read."""
    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    bare = replace(question, options=(), accepted=(), numbers=())
    if lines and all(line.startswith("=") for line in lines):
        return _typed(bare, [line[1:].strip() for line in lines])
    return _to_choose(bare, lines)


def _to_choose(question: Question, lines: list[str]) -> Question:
    texts = [line.removeprefix("*").strip() for line in lines]
    right = [line.startswith("*") for line in lines]
    _hold(texts, right)
    if sorted(text.casefold() for text in texts) == ["false", "true"]:
        truth = texts[right.index(True)].casefold()
        options = tuple(Option(v, v.capitalize(), float(v == truth)) for v in ("true", "false"))
        return replace(question, kind=QuestionKind.TRUE_FALSE, options=options)
    listed = zip(_LETTERS, texts, right, strict=False)
    options = tuple(Option(letter, text, float(good)) for letter, text, good in listed)
    kind = QuestionKind.SINGLE if sum(right) == 1 else QuestionKind.SEVERAL
    keeps = question.kind is QuestionKind.DOUBLE_CHECK and sum(right) == 1
    return replace(question, kind=question.kind if keeps else kind, options=options)


def _hold(texts: list[str], right: list[bool]) -> None:
    """Refuse what could not be asked."""
    if len(texts) < FEWEST_OPTIONS:
        raise Unreadable(say("bank.chat.bad.few"))
    if len(texts) > MOST_OPTIONS:
        raise Unreadable(say("bank.chat.bad.many", limit=MOST_OPTIONS))
    if not any(right):
        raise Unreadable(say("bank.chat.bad.right"))
    if all(right):
        raise Unreadable(say("bank.chat.bad.all"))
    if len({text.casefold() for text in texts}) < len(texts) or "" in texts:
        raise Unreadable(say("bank.chat.bad.same"))
    if max(map(len, texts)) > OPTION_LIMIT:
        raise Unreadable(say("bank.chat.bad.length", limit=OPTION_LIMIT))


def _typed(question: Question, texts: list[str]) -> Question:
    if "" in texts or len({text.casefold() for text in texts}) < len(texts):
        raise Unreadable(say("bank.chat.bad.same"))
    if max(map(len, texts)) > OPTION_LIMIT:
        raise Unreadable(say("bank.chat.bad.length", limit=OPTION_LIMIT))
    numbers = [_number(text) for text in texts]
    if not any(numbers):
        accepted = tuple(Accepted(text) for text in texts)
        return replace(question, kind=QuestionKind.TEXT, accepted=accepted)
    if None in numbers or len(numbers) > 1:
        raise Unreadable(say("bank.chat.bad.number"))
    found = tuple(number for number in numbers if number)
    return replace(question, kind=QuestionKind.NUMBER, numbers=found)


def _number(text: str) -> NumberKey | None:
    span = _RANGE.fullmatch(text)
    if span:
        low, high = one_number(span[1] or span[3]), one_number(span[2] or span[4])
        return NumberKey(low=low, high=high) if None not in {low, high} else None
    value = one_number(text)
    return NumberKey(value) if value is not None else None


def answers_of(question: Question) -> str:
    """Return the answers as they would be written here."""
    if question.kind in CHOSEN or question.kind is QuestionKind.TRUE_FALSE:
        return "\n".join(f"{'*' if o.fraction > 0 else ''}{o.text}" for o in question.options)
    return ""


def id_for(stem: str, taken: Collection[str]) -> str:
    """Return an id for a question that nothing else has."""
    words = _ID.sub("-", _ACCORDING.sub("", stem.lower())).strip("-")
    base = words[:_LONGEST_ID].rpartition("-")[0] if len(words) > _LONGEST_ID else words
    base = base or "question"
    numbered = (f"{base}-{n}" for n in range(2, len(taken) + 3))
    return next(name for name in (base, *numbered) if name not in taken)
