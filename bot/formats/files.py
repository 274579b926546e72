"""The files of one folder: found, read and taken apart into entries, with every problem collected."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from bot.formats.models import FACT_ID
from bot.formats.problems import PackError, Problem, Problems, quoted
from bot.formats.reading import Read, read_entry
from bot.formats.strict_yaml import (
    LARGE,
    MOST_BYTES,
    ListNode,
    MapNode,
    Most,
    Node,
    Scalar,
    read_yaml,
)

M = TypeVar("M", bound=BaseModel)

_ID = re.compile(FACT_ID.strip("^$"))
# Banks that were imported stand in it, which are larger than what people write.
_MOST = {"quiz.yaml": LARGE}


def read_bytes(path: Path, name: str, most: int = MOST_BYTES) -> bytes:
    """Return what is in a file, at most one byte more than is allowed."""
    try:
        if path.exists() and not path.is_file():
            # A pipe or a device would be read for ever.
            raise PackError([Problem(name, 0, "this is not a file", "put a plain file there")])
        with path.open("rb") as file:
            return file.read(most + 1)
    except (OSError, ValueError) as error:
        cause = f"the file cannot be read ({getattr(error, 'strerror', None) or error})"
        raise PackError([Problem(name, 0, cause, "check the path and its permissions")]) from error


@dataclass(slots=True)
class Aside:
    """The blocks of a list that have a certain key, and are of another sort for it."""

    key: str
    blocks: list[tuple[str, MapNode]] = field(default_factory=list[tuple[str, MapNode]])
    """Each with what messages call it."""


@dataclass(slots=True)
class Folder:
    """A folder with the files of a pack, or their texts, and what is wrong with them."""

    path: Path = Path()
    texts: Mapping[str, str] | None = None
    """What stands in its files, where they are no files (yet)."""
    prefix: str = ""
    """Stands before the names of its files in messages."""
    problems: Problems = field(default_factory=Problems)
    broken: set[str] = field(default_factory=set[str])
    """The files that are there but cannot be read."""

    def has(self, name: str) -> bool:
        """Say whether a file is there, whatever it is."""
        if self.texts is not None:
            return name in self.texts
        path = self.path / name
        return path.exists() or path.is_symlink()

    def _data(self, name: str, most: int) -> bytes:
        if self.texts is not None:
            return self.texts[name].encode()
        return read_bytes(self.path / name, self.prefix + name, most)

    def document(self, name: str, cure: str = "") -> Node | None:
        """Read a file; with a cure for its absence, it must be there."""
        if not self.has(name):
            if cure:
                self.broken.add(name)
                self.problems.add(Problem(self.prefix + name, 0, "the file is missing", cure))
            return None
        most = _MOST.get(name, Most())
        try:
            return read_yaml(self._data(name, most.bytes), self.prefix + name, most=most)
        except PackError as error:
            self.broken.add(name)
            self.problems.extend(error.problems)
            return None

    def entry(self, model: type[M], name: str, cure: str, subject: str) -> Read[M] | None:
        """Read a file that is one block."""
        node = self.document(name, cure)
        if node is None:
            return None
        read, problems = read_entry(model, node, subject, self.prefix + name)
        self.problems.extend(problems)
        return read

    def listed(
        self, model: type[M], name: str, cure: str, what: str, aside: Aside | None = None
    ) -> dict[str, Read[M] | None]:
        """Read a file that is a list of blocks with ids; None stands for one that is not read.

        Those are the blocks whose form is wrong, and those that were set aside.
        """
        node = self.document(name, cure)
        found: dict[str, Read[M] | None] = {}
        lines: dict[str, int] = {}
        for number, item in enumerate(self._items(node, name, what), start=1):
            own, line = _id(item)
            subject = quoted(own) if own else f"{what} {number}"
            if aside and isinstance(item, MapNode) and aside.key in item.entries:
                aside.blocks.append((subject, item))
                read = None
            else:
                read, problems = read_entry(model, item, subject, self.prefix + name)
                self.problems.extend(problems)
            if own in found and own:
                cause = f"{subject} stands twice, first in line {lines[own]}"
                self._add(name, line, cause, "an id is unique: rename or delete one of them")
            elif own:
                found[own], lines[own] = read, line
        return found

    def keyed(self, model: type[M], name: str) -> dict[str, Read[M] | None] | None:
        """Read a file of keys with a block each; {} where it is not there, None where it is broken."""
        node = self.document(name)
        if node is None:
            return None if name in self.broken else {}
        found: dict[str, Read[M] | None] = {}
        if not isinstance(node, MapNode):
            self._add(
                name, node.line, "this must be blocks under keys", "begin each with `its-key:`"
            )
            return None
        for key, entry in node.entries.items():
            if not _ID.fullmatch(key):
                cure = "use 1 to 62 letters, digits and hyphens"
                self._add(name, entry.key.line, f"the key {quoted(key)} is not an id", cure)
            read, problems = read_entry(model, entry.value, quoted(key), self.prefix + name)
            self.problems.extend(problems)
            found[key] = read
        return found

    def _items(self, node: Node | None, name: str, what: str) -> tuple[Node, ...]:
        if node is None:
            return ()
        if not isinstance(node, ListNode):
            self._add(
                name, node.line, f"this must be a list of {what}s", "begin each with `- id:`"
            )
            return ()
        if not node.items:
            self._add(name, node.line, f"there is no {what} in it", f"write at least one {what}")
        return node.items

    def _add(self, name: str, line: int, cause: str, cure: str) -> None:
        self.problems.add(Problem(self.prefix + name, line, cause, cure))


def _id(node: Node) -> tuple[str, int]:
    """Return the id of a block as far as it has one, and its line."""
    entry = node.entries.get("id") if isinstance(node, MapNode) else None
    if entry and isinstance(entry.value, Scalar) and not entry.value.bare:
        return " ".join(entry.value.text.split()), entry.key.line
    return "", node.line
