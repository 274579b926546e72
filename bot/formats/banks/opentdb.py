"""Answers of the Open Trivia Database: JSON, whose texts are HTML entities, percent signs or base64."""

import base64
import binascii
import html
import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import cast
from urllib.parse import unquote_plus

from bot.core.quiz import Question, QuestionKind
from bot.formats.banks.draft import Draft, Drafting, chosen_from, drafted
from bot.formats.banks.json_file import json_tree
from bot.formats.banks.refusing import Refused
from bot.formats.banks.text import text_of
from bot.formats.problems import quoted

NAME = "opentdb"

_DIFFICULTY = {"easy": 1, "medium": 2, "hard": 3}
_CODES = {
    1: "the database had too few questions",
    2: "the address had a wrong parameter",
    3: "the session token was not found",
    4: "the session token had no questions left",
    5: "too many requests were sent",
}
_PERCENT = re.compile(r"%[0-9A-Fa-f]{2}")
_BASE64 = {"bXVsdGlwbGU=", "Ym9vbGVhbg=="}
_AGAIN = "fetch it again from opentdb.com"


def read(data: bytes, file: str = "") -> Draft:
    """Read what the database answered."""
    return drafted(NAME, file, lambda drafting: _fill(drafting, json_tree(text_of(data))))


def _fill(drafting: Drafting, root: object) -> None:
    items = root
    if isinstance(root, dict):
        about = cast("dict[str, object]", root)
        code = about.get("response_code", 0)
        if isinstance(code, int) and code in _CODES:
            raise Refused(f"it holds no questions: {_CODES[code]}", _AGAIN)
        items = about.get("results")
    if not isinstance(items, list):
        raise Refused("there are no results in it", _AGAIN)
    listed = cast("list[object]", items)
    percent = _in_percent(listed)
    for number, item in enumerate(listed, 1):
        drafting.question(0, f"question {number}", partial(_question, item, percent=percent))


def _in_percent(items: list[object]) -> bool:
    """Say whether the texts were encoded as in addresses: then no question has a space."""
    asked = [
        text
        for item in items
        if isinstance(item, dict)
        and isinstance(text := cast("dict[str, object]", item).get("question"), str)
    ]
    return not any(" " in text for text in asked) and any(map(_PERCENT.search, asked))


def _question(item: object, *, percent: bool) -> Question:
    if not isinstance(item, dict):
        raise Refused("it is not an object with question and answers", _AGAIN)
    values = cast("dict[str, object]", item)
    meant = _decoder(values, percent=percent)
    stem, right = meant(_text(values, "question")), meant(_text(values, "correct_answer"))
    wrong = [meant(text) for text in _wrong(values)]
    category = _given(values, "category", meant)
    difficulty = _DIFFICULTY.get(_given(values, "difficulty", meant).lower(), 2)
    question = Question(
        "",
        QuestionKind.SINGLE,
        stem,
        difficulty=difficulty,
        category=(category,) if category else (),
    )
    _refuse_type(_given(values, "type", meant) or "multiple", right, wrong)
    return chosen_from([(right, 1.0), *((text, 0.0) for text in wrong)], question)


def _refuse_type(kind: str, right: str, wrong: list[str]) -> None:
    if kind not in {"multiple", "boolean"}:
        raise Refused(f"it is of the unknown type {quoted(kind)}", "use multiple or boolean")
    if kind == "boolean" and {text.strip().lower() for text in (right, *wrong)} != {
        "true",
        "false",
    }:
        raise Refused("its answers are not True and False", _AGAIN)


def _given(values: Mapping[str, object], key: str, meant: Callable[[str], str]) -> str:
    """Return a text that may be missing."""
    value = values.get(key)
    return meant(value).strip() if isinstance(value, str) else ""


def _text(values: Mapping[str, object], key: str) -> str:
    value = values.get(key)
    if not isinstance(value, str) or not value.strip():
        raise Refused(f"its `{key}` is missing or no text", f"write `{key}` as a text")
    return value


def _wrong(values: Mapping[str, object]) -> list[str]:
    found = values.get("incorrect_answers")
    if not isinstance(found, list) or not all(
        isinstance(i, str) for i in cast("list[object]", found)
    ):
        raise Refused(
            "its `incorrect_answers` are no list of texts", "write them as a list of texts"
        )
    return cast("list[str]", found)


def _decoder(values: Mapping[str, object], *, percent: bool) -> Callable[[str], str]:
    if values.get("type") in _BASE64:
        return _from_base64
    if percent:
        return _from_percent
    return lambda text: html.unescape(text).strip()


def _from_percent(text: str) -> str:
    try:
        return unquote_plus(text, errors="strict").strip()
    except UnicodeDecodeError as error:
        raise Refused(f"{quoted(text)} is not UTF-8 behind its percent signs", _AGAIN) from error


def _from_base64(text: str) -> str:
    try:
        return base64.b64decode(text, validate=True).decode().strip()
    except (binascii.Error, ValueError) as error:
        raise Refused(f"{quoted(text)} is not base64", _AGAIN) from error
