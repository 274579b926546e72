"""Changes one item of a list in YAML, and leaves every other byte of the file alone.

What is written is never trusted: whoever changes a file reads it again and compares.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import cast

from bot.formats.banks.own import block_text
from bot.formats.models import Bare
from bot.formats.problems import PackError, Problem, quoted
from bot.formats.reading import to_plain
from bot.formats.strict_yaml import ListNode, MapNode, Scalar, read_yaml

_BEGIN = re.compile(r"-(?:[ \t]|$)")
_ID = re.compile(
    r"""(?:-|\s)\s*id:[ \t]+(?:"([A-Za-z0-9-]+)"|'([A-Za-z0-9-]+)'|([A-Za-z0-9-]+))\s*(?:\s\#.*)?$"""
)
_LINES = re.compile(r"[^\n]*\n|[^\n]+")
_WIDEST_ID = 20
"""In its first lines an id is looked for without reading the item."""

Plain = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Chunk:
    """One item, as it is written."""

    id: str
    body: str
    """Its lines."""
    tail: str = ""
    """Empty lines and comments behind it, which belong to what follows."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A file that is a list of items, cut into them: put together again it is the same file."""

    head: str
    chunks: tuple[Chunk, ...]

    @property
    def text(self) -> str:
        """The file."""
        return self.head + "".join(chunk.body + chunk.tail for chunk in self.chunks)

    def by_id(self) -> dict[str, Chunk]:
        """Return the items by their ids."""
        return {chunk.id: chunk for chunk in self.chunks}

    def with_items(self, blocks: Mapping[str, str]) -> "Listed":
        """Return the list with items replaced by those of the same ids, and new ones at its end."""
        old = tuple(
            replace(chunk, body=_ended(blocks[chunk.id])) if chunk.id in blocks else chunk
            for chunk in self.chunks
        )
        there = {chunk.id for chunk in old}
        new = [Chunk(name, _ended(text)) for name, text in blocks.items() if name not in there]
        return replace(self, chunks=_joined(old, new)) if new else replace(self, chunks=old)

    def without(self, name: str) -> "Listed":
        """Return the list without an item; comments before and behind it stay."""
        kept: list[Chunk] = []
        for chunk in self.chunks:
            if chunk.id != name:
                kept.append(chunk)
            elif kept:
                kept[-1] = replace(kept[-1], tail=_without_gap(kept[-1].tail, chunk.tail))
        first = self.chunks[0] if self.chunks else None
        head = self.head + first.tail.lstrip("\n") if first and first.id == name else self.head
        return Listed(head, tuple(kept))


def _without_gap(before: str, behind: str) -> str:
    return before + (behind.lstrip("\r\n") if not before.strip() else behind)


def _ended(text: str) -> str:
    return text if text.endswith("\n") else text + "\n"


def _joined(old: tuple[Chunk, ...], new: Iterable[Chunk]) -> tuple[Chunk, ...]:
    """Put new items behind the others, with an empty line between where the others have one."""
    airy = len(old) < 2 or any(not c.tail.split("\n", 1)[0] and c.tail for c in old[:-1])  # noqa: PLR2004
    if not old:
        airy = True
    gap = "\n" if airy else ""
    if old:
        body, tail = _ended(old[-1].body), old[-1].tail
        tail = tail if tail.strip() or not tail else ""
        old = (*old[:-1], replace(old[-1], body=body, tail=(_ended(tail) if tail else "") + gap))
    added = [replace(chunk, tail=gap) for chunk in new]
    if added:
        added[-1] = replace(added[-1], tail="")
    return (*old, *added)


def cut(text: str) -> Listed:
    """Cut a list into its items; raise PackError where it is written in another way."""
    lines = _LINES.findall(text)
    begins = [n for n, line in enumerate(lines) if _BEGIN.match(line)]
    if not begins:
        if text.strip() and not all(_is_gap(line) for line in lines):
            cure = "write each item as a block that begins with `- id:`"
            raise PackError(
                [Problem("the list", 1, "it has no items in lines of their own", cure)]
            )
        return Listed(text, ())
    ends = [*begins[1:], len(lines)]
    chunks = tuple(_chunk(lines[begin:end]) for begin, end in zip(begins, ends, strict=True))
    return Listed("".join(lines[: begins[0]]), chunks)


def _is_gap(line: str) -> bool:
    return not line.strip() or line.startswith("#")


def _chunk(lines: list[str]) -> Chunk:
    end = len(lines)
    while end > 1 and _is_gap(lines[end - 1]):
        end -= 1
    body = "".join(lines[:end])
    return Chunk(_id_in(lines[:end], body), body, "".join(lines[end:]))


def _id_in(lines: list[str], body: str) -> str:
    for line in lines[:_WIDEST_ID]:
        if found := _ID.match(line.rstrip("\r\n")):
            return found[1] or found[2] or found[3]
    node = _node(body)
    entry = node.entries.get("id")
    return entry.value.text if entry and isinstance(entry.value, Scalar) else ""


def _node(body: str) -> MapNode:
    root = read_yaml(body.encode(), "the item")
    if isinstance(root, ListNode) and root.items and isinstance(root.items[0], MapNode):
        return root.items[0]
    raise PackError([Problem("the item", 1, "it is no block of keys", "begin it with `- id:`")])


def plain_item(text: str, name: str) -> dict[str, object]:
    """Return an item as texts, lists and dictionaries; raise PackError where there is none."""
    chunk = cut(text).by_id().get(name)
    if chunk is None:
        raise PackError([Problem("the list", 0, f"it has no item {quoted(name)}", "check the id")])
    return plain_block(chunk.body)


def plain_block(body: str) -> dict[str, object]:
    """Return the item that a text holds as texts, lists and dictionaries."""
    return cast("dict[str, object]", _texts(to_plain(_node(body))))


def _texts(value: object) -> object:
    match value:
        case Bare(text):
            return text
        case list():
            return [_texts(item) for item in cast("list[object]", value)]
        case dict():
            pairs = cast("dict[str, object]", value).items()
            return {key: _texts(item) for key, item in pairs}
        case _:
            return value


def written_item(plain: Plain) -> str:
    """Return an item as a block in YAML; what is empty is left out."""
    return block_text({key: value for key, value in plain.items() if value not in ("", [], None)})


def same_item(one: Plain, other: Plain) -> bool:
    """Say whether two items hold the same, whatever their layout, and empty keys aside."""
    return _tidy(dict(one)) == _tidy(dict(other))


def _tidy(value: object) -> object:
    match value:
        case dict():
            pairs = {k: _tidy(v) for k, v in cast("dict[str, object]", value).items()}
            return {k: v for k, v in pairs.items() if v not in ("", [])}
        case list() | tuple():
            return [_tidy(item) for item in cast("list[object]", value)]
        case bool():
            return str(value).lower()
        case _:
            return " ".join(str(value).split())
