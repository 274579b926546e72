"""JSON without its traps: no twins, no depth, no numbers that are none."""

import json
import re
from typing import Never

from bot.formats.banks.refusing import Refused
from bot.formats.problems import quoted

DEEPEST = 40
_LONGEST_NUMBER = 40
_COMMENTS = re.compile(r"\A(?:[ \t]*(?://[^\n]*)?\n)+")


def json_tree(text: str) -> object:
    """Return what a JSON text holds; lines of comment before it are what programs that show JSON put there."""
    text = _COMMENTS.sub(lambda found: "\n" * found[0].count("\n"), text, count=1)
    _refuse_depth(text)
    try:
        return json.loads(
            text,
            object_pairs_hook=_without_twins,
            parse_constant=_no_number,
            parse_int=_number,
        )
    except json.JSONDecodeError as error:
        cure = "check the commas, quotes and brackets in this line and those before it"
        raise Refused(f"this is not valid JSON: {error.msg}", cure, error.lineno) from error


def _refuse_depth(text: str) -> None:
    """Look at the brackets outside of texts, before the parser recurses into them."""
    depth, inside, escaped = 0, False, False
    if text.count("[") + text.count("{") <= DEEPEST:
        return
    for place, character in enumerate(text):
        if inside:
            escaped, inside = character == "\\" and not escaped, character != '"' or escaped
        elif character == '"':
            inside = True
        elif character in "[{":
            depth += 1
            if depth > DEEPEST:
                line = text.count("\n", 0, place) + 1
                raise Refused(
                    f"it is nested more than {DEEPEST} levels deep", "write it flatter", line
                )
        elif character in "]}":
            depth -= 1


def _without_twins(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            raise Refused(f"the key {quoted(key)} stands twice in one object", "keep one of them")
        found[key] = value
    return found


def _no_number(text: str) -> Never:
    raise Refused(f"{text} is not a number", "write a number, or a text in quotes")


def _number(text: str) -> int:
    if len(text) > _LONGEST_NUMBER:
        raise Refused(f"the number {quoted(text)} is too long", "write it as a text in quotes")
    return int(text)
