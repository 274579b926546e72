"""Our own formats, YAML and JSON: the only ones that hold every question as it is."""

import json
import re
from collections.abc import Iterable, Iterator
from functools import partial
from typing import cast

from bot.core.quiz import Question
from bot.formats.banks.draft import Draft, Drafting, drafted
from bot.formats.banks.json_file import json_tree
from bot.formats.banks.own_fields import Plain, as_plain, from_plain
from bot.formats.banks.refusing import Refused
from bot.formats.banks.text import text_of
from bot.formats.banks.yaml_file import yaml_tree
from bot.formats.strict_yaml import ListNode, MapNode, Node, Scalar

YAML, JSON = "yaml", "json"

_HEAD = "# A question bank of Doublecheck. See docs/banks.md.\n"
_SAFE = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[ _-][A-Za-z0-9]+)*")
_WORDS = frozenset({"yes", "no", "on", "off", "true", "false", "null", "y", "n"})
# JSON leaves these as they are, but YAML takes some for the end of a line and refuses the others.
_ODD = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def read_yaml_bank(data: bytes, file: str = "") -> Draft:
    """Read our YAML."""
    return drafted(YAML, file, lambda drafting: _fill_yaml(drafting, text_of(data)))


def read_json_bank(data: bytes, file: str = "") -> Draft:
    """Read our JSON."""
    return drafted(JSON, file, lambda drafting: _fill_json(drafting, json_tree(text_of(data))))


def write_json(questions: Iterable[Question]) -> bytes:
    """Return questions as JSON, one a line."""
    lines = [json.dumps(as_plain(question), ensure_ascii=False) for question in questions]
    return ('{"questions": [\n' + ",\n".join(lines) + "\n]}\n").encode()


def write_yaml(questions: Iterable[Question]) -> bytes:
    """Return questions as YAML that people can edit."""
    blocks = [block_text(as_plain(question)) for question in questions]
    return (_HEAD + "\n".join(blocks) + "\n").encode()


def block_text(plain: Plain) -> str:
    """Return a block of keys as the item of a list in YAML, without a line end after it."""
    return "\n".join(_block(plain))


def _fill_yaml(drafting: Drafting, text: str) -> None:
    root = yaml_tree(text, drafting)
    if isinstance(root, MapNode) and set(root.entries) == {"questions"}:
        root = root.entries["questions"].value
    if not isinstance(root, ListNode):
        raise Refused(
            "this is no list of questions", "begin each question with `- id:`", root.line
        )
    for number, node in enumerate(root.items, 1):
        drafting.question(node.line, _called(node, number), partial(_from_node, node))


def _from_node(node: Node) -> Question:
    return from_plain(plain_of(node))


def _called(node: Node, number: int) -> str:
    if isinstance(node, MapNode):
        for key in ("id", "stem"):
            entry = node.entries.get(key)
            if entry and isinstance(entry.value, Scalar) and entry.value.text:
                return entry.value.text
    return f"question {number}"


def plain_of(node: Node, key: str = "") -> object:
    """Return a tree as texts, lists and maps; refuse a bare word where a text must stand."""
    if isinstance(node, Scalar):
        if node.bare and key not in {"sensitive", "shuffle", "right", "case", "pattern", "key"}:
            cause = f"the bare word {node.text or 'nothing'} is not read as text"
            raise Refused(cause, f'put it in quotes: "{node.text}"', node.line)
        return node.text
    if isinstance(node, ListNode):
        return [plain_of(item) for item in node.items]
    return {key: plain_of(entry.value, key) for key, entry in node.entries.items()}


def _fill_json(drafting: Drafting, root: object) -> None:
    if isinstance(root, dict):
        root = cast("dict[str, object]", root).get("questions")
    if not isinstance(root, list):
        raise Refused("there is no list of questions in it", 'write {"questions": […]}')
    for number, item in enumerate(cast("list[object]", root), 1):
        drafting.question(0, _name(item, number), partial(from_plain, item))


def _name(item: object, number: int) -> str:
    if isinstance(item, dict):
        found = cast("Plain", item).get("id") or cast("Plain", item).get("stem")
        if isinstance(found, str):
            return found
    return f"question {number}"


def _block(plain: Plain) -> Iterator[str]:
    begin = "- "
    for key, value in plain.items():
        if isinstance(value, list):
            yield f"{begin}{key}:"
            for item in cast("list[object]", value):
                yield f"  - {_item(item)}"
        else:
            yield f"{begin}{key}: {_scalar(value)}"
        begin = "  "


def _item(item: object) -> str:
    if not isinstance(item, dict):
        return _scalar(item)
    pairs = cast("Plain", item).items()
    return "{" + ", ".join(f"{key}: {_scalar(value)}" for key, value in pairs) + "}"


def _scalar(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return f"[{', '.join(map(_scalar, cast('list[object]', value)))}]"
    if not isinstance(value, str):
        return repr(value)
    if _SAFE.fullmatch(value) and value.lower() not in _WORDS:
        return value
    return _ODD.sub(lambda odd: f"\\u{ord(odd[0]):04x}", json.dumps(value, ensure_ascii=False))
