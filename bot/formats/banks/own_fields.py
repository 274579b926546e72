"""Questions as plain lists, maps and texts, and back: what our own YAML and JSON hold.

The keys are those of a pack's `quiz.yaml`, and more, so that nothing of an imported bank is lost.
"""

import re
from collections.abc import Mapping
from typing import cast

from bot.core.quiz import (
    FALSE,
    TRUE,
    Accepted,
    NumberKey,
    Option,
    Pair,
    Question,
    QuestionKind,
)
from bot.formats.banks.draft import option_id
from bot.formats.banks.refusing import Refused
from bot.formats.problems import meant, quoted

Plain = dict[str, object]

_KEYS = (
    "id", "kind", "title", "category", "topic", "difficulty", "stem", "options", "key", "tolerance", "between", "unit",
    "numbers", "accepted", "sequence", "pairs", "feedback", "feedback_right", "feedback_wrong", "feedback_partial",
    "facts", "sensitive", "tags", "points", "shuffle",
)  # fmt: skip
_FLAGS = {"true": True, "yes": True, "false": False, "no": False}
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?")
_LONGEST_NUMBER = 60
_USUAL_DIFFICULTY = 2


def as_plain(question: Question) -> Plain:
    """Return a question as it is written down; what stands at its default is left out."""
    found: Plain = {"id": question.id, "kind": str(question.kind)}
    found |= {
        "title": question.title,
        "category": list(question.category),
        "topic": question.topic,
        "difficulty": "" if question.difficulty == _USUAL_DIFFICULTY else question.difficulty,
        "stem": question.stem,
        **_answers(question),
        "feedback": question.feedback,
        "feedback_right": question.feedback_right,
        "feedback_wrong": question.feedback_wrong,
        "feedback_partial": question.feedback_partial,
        "facts": list(question.facts),
        "sensitive": question.sensitive or "",
        "tags": list(question.tags),
        "points": question.points if question.points != 1 else "",
        "shuffle": "" if question.shuffle else False,
    }
    return {key: value for key, value in found.items() if value not in ("", [])}


def _answers(question: Question) -> Plain:
    return {
        "options": [
            _option(n, option, question.kind) for n, option in enumerate(question.options)
        ],
        "accepted": [_accepted(key) for key in question.accepted],
        "numbers": [_number(key) for key in question.numbers],
        "sequence": list(question.sequence),
        "pairs": [
            _slim({"left": p.left, "right": p.right, "feedback": p.feedback})
            for p in question.pairs
        ],
    }


def _slim(block: Plain) -> Plain:
    return {key: value for key, value in block.items() if value not in ("", None)}


def _option(number: int, option: Option, kind: QuestionKind) -> object:
    plain = option.fraction in {0.0, 1.0} and not option.feedback
    usual = option.id == option_id(number) and kind is not QuestionKind.TRUE_FALSE
    if plain and usual and not option.text.startswith("*") and option.text == option.text.strip():
        return ("*" if option.fraction else "") + option.text
    return _slim(
        {
            "id": "" if usual else option.id,
            "text": option.text,
            "share": option.fraction or "",
            "feedback": option.feedback,
        }
    )


def _accepted(key: Accepted) -> object:
    if key == Accepted(key.text):
        return key.text
    block = {"text": key.text, "share": key.fraction, "feedback": key.feedback}
    return _slim({**block, "case": key.case or "", "pattern": key.pattern or ""})


def _number(key: NumberKey) -> Plain:
    return _slim(
        {
            "value": key.value,
            "tolerance": key.tolerance or "",
            "low": key.low,
            "high": key.high,
            "share": key.fraction if key.fraction != 1 else "",
            "feedback": key.feedback,
            "unit": key.unit,
        }
    )


class Block:
    """A map of a file, read key by key; what is not asked for is unknown."""

    def __init__(self, value: object, what: str, known: tuple[str, ...]) -> None:
        if not isinstance(value, dict):
            raise Refused(
                f"{what} is not a block of keys", "write `key: value` lines, indented alike"
            )
        self._found = cast("Mapping[str, object]", value)
        self._what = what
        for key in self._found:
            if key not in known:
                cure = meant(key, known, f"delete it, or use one of {', '.join(known)}")
                raise Refused(f"{what} has the unknown key {quoted(key)}", cure)

    def has(self, key: str) -> bool:
        """Say whether a key stands there."""
        return key in self._found

    def text(self, key: str, otherwise: str = "") -> str:
        """Return a text."""
        value = self._found.get(key, otherwise)
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            raise Refused(
                f"`{key}` of {self._what} must be a text", f'put it in quotes: {key}: "…"'
            )
        return value if isinstance(value, str) else _digits(value)

    def flag(self, key: str, *, otherwise: bool) -> bool:
        """Return yes or no."""
        value = self._found.get(key, otherwise)
        found = value if isinstance(value, bool) else _FLAGS.get(str(value).lower())
        if found is None:
            raise Refused(
                f"`{key}` of {self._what} must be yes or no", "write true, false, yes or no"
            )
        return found

    def number(self, key: str, otherwise: float = 0.0) -> float:
        """Return a number."""
        found = self.maybe(key)
        return otherwise if found is None else found

    def maybe(self, key: str) -> float | None:
        """Return a number, or None where there is none."""
        if key not in self._found:
            return None
        return number(self.text(key), f"`{key}` of {self._what}")

    def listed(self, key: str) -> list[object]:
        """Return a list."""
        value = self._found.get(key, [])
        if not isinstance(value, list):
            raise Refused(
                f"`{key}` of {self._what} must be a list",
                "write each item on a line that begins with -",
            )
        return cast("list[object]", value)

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts."""
        return tuple(text_of(item, f"an item of `{key}`") for item in self.listed(key))


def text_of(value: object, what: str) -> str:
    """Return a text that stands by itself."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise Refused(f"{what} must be a text", "put it in quotes")
    return value if isinstance(value, str) else _digits(value)


def number(text: str, what: str) -> float:
    """Return a number."""
    text = text.strip()
    if len(text) > _LONGEST_NUMBER or not _NUMBER.fullmatch(text):
        raise Refused(f"{what} is not a number: {quoted(text)}", "write digits with a point")
    return float(text)


def _digits(value: float) -> str:
    return f"{value!r}"


def from_plain(value: object, source: tuple[str, int] = ("", 0)) -> Question:
    """Return the question that is written down; `source` is the file and line where that is."""
    block = Block(value, "the question", _KEYS)
    kind = _kind(block)
    return Question(
        id=block.text("id"),
        kind=kind,
        stem=block.text("stem"),
        options=_options(block, kind),
        accepted=tuple(_read_accepted(item) for item in block.listed("accepted")),
        numbers=_numbers(block, kind),
        pairs=tuple(_pair(item) for item in block.listed("pairs")),
        sequence=block.texts("sequence"),
        feedback=block.text("feedback"),
        feedback_right=block.text("feedback_right"),
        feedback_wrong=block.text("feedback_wrong"),
        feedback_partial=block.text("feedback_partial"),
        title=block.text("title"),
        topic=block.text("topic"),
        difficulty=_difficulty(block),
        facts=block.texts("facts"),
        sensitive=block.flag("sensitive", otherwise=False),
        tags=block.texts("tags"),
        category=block.texts("category"),
        points=block.number("points", 1.0),
        shuffle=block.flag("shuffle", otherwise=True),
        source=source,
    )


def _kind(block: Block) -> QuestionKind:
    text = block.text("kind")
    known = [str(kind) for kind in QuestionKind]
    if text not in known:
        cure = meant(text, known, f"use one of {', '.join(known)}")
        raise Refused(
            f"it has the unknown kind {quoted(text)}" if text else "it has no `kind`", cure
        )
    return QuestionKind(text)


def _difficulty(block: Block) -> int:
    found = block.number("difficulty", _USUAL_DIFFICULTY)
    if found not in {1, 2, 3}:
        raise Refused(f"its difficulty is {found:g}", "write 1, 2 or 3")
    return int(found)


def _options(block: Block, kind: QuestionKind) -> tuple[Option, ...]:
    if kind is QuestionKind.TRUE_FALSE and not block.has("options"):
        if not block.has("key"):
            raise Refused("it has no key", 'write `key: "true"` or `key: "false"`')
        right = str(block.flag("key", otherwise=False)).lower()
        return tuple(
            Option(name, name.capitalize(), float(name == right)) for name in (TRUE, FALSE)
        )
    return tuple(_read_option(n, item) for n, item in enumerate(block.listed("options")))


def _read_option(number: int, item: object) -> Option:
    if not isinstance(item, dict):
        text = text_of(item, "an option")
        return Option(
            option_id(number), text.removeprefix("*").strip(), float(text.startswith("*"))
        )
    block = Block(cast("object", item), "an option", ("id", "text", "right", "share", "feedback"))
    share = block.number("share", float(block.flag("right", otherwise=False)))
    return Option(
        block.text("id", option_id(number)), block.text("text"), share, block.text("feedback")
    )


def _read_accepted(item: object) -> Accepted:
    if not isinstance(item, dict):
        return Accepted(text_of(item, "an accepted answer"))
    known = ("text", "right", "share", "feedback", "case", "pattern")
    block = Block(cast("object", item), "an accepted answer", known)
    share = block.number("share", float(block.flag("right", otherwise=True)))
    case, pattern = block.flag("case", otherwise=False), block.flag("pattern", otherwise=False)
    return Accepted(block.text("text"), share, block.text("feedback"), case=case, pattern=pattern)


def _numbers(block: Block, kind: QuestionKind) -> tuple[NumberKey, ...]:
    if kind is not QuestionKind.NUMBER or block.has("numbers"):
        return tuple(_read_number(item) for item in block.listed("numbers"))
    if block.has("between"):
        ends = [number(text, "`between`") for text in block.texts("between")]
        if len(ends) != 2:  # noqa: PLR2004 - the two ends of a range
            raise Refused("`between` must be two numbers", "write `between: [10, 14]`")
        return (NumberKey(low=ends[0], high=ends[1], unit=block.text("unit")),)
    return (NumberKey(block.maybe("key"), block.number("tolerance"), unit=block.text("unit")),)


def _read_number(item: object) -> NumberKey:
    known = ("value", "tolerance", "low", "high", "share", "feedback", "unit")
    block = Block(item, "a number", known)
    return NumberKey(
        block.maybe("value"),
        block.number("tolerance"),
        block.maybe("low"),
        block.maybe("high"),
        block.number("share", 1.0),
        block.text("feedback"),
        block.text("unit"),
    )


def _pair(item: object) -> Pair:
    block = Block(item, "a pair", ("left", "right", "feedback"))
    return Pair(block.text("left"), block.text("right"), block.text("feedback"))
