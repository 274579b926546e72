"""YAML without its traps: a tree of texts with line numbers, or a list of problems.

Every scalar stays text as it is written, so that 2024-01-28, 1.10 and 12:30 are what they look like. Anchors,
aliases, tags, merge keys, duplicate keys, second documents, deep nesting, huge files and invisible characters
are refused. The parser's events are read one by one, so that a hostile file is dropped before it costs
memory or stack.
"""

import codecs
import re
import unicodedata
from dataclasses import dataclass, field
from typing import Any

import yaml

from bot.formats.problems import PackError, Problem, Problems, quoted
from bot.formats.undisturbed import undisturbed

MOST_BYTES = 4_000_000
MOST_VALUES = 150_000
DEEPEST = 20

# libyaml's parser is ten times as fast; PyYAML's own one does where a platform lacks it.
_PARSER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

# Control characters, marks that turn the reading direction, and byte order marks inside the text.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
)
_BARE = frozenset({"yes", "no", "on", "off", "true", "false", "null", "~", ""})
_LINE_END = re.compile("\r\n|\r|\n")

_CURES = (
    (
        "mapping values are not allowed",
        'put text that contains ": " in quotes, or check the indentation',
    ),
    (
        "cannot start any token",
        "indent with spaces, and put text that begins with @, ` or % in quotes",
    ),
    ("end of stream", "close the quote or bracket that is still open"),
    ("document indicator", "close the quote or bracket that is still open"),
    ("escape character", "write a backslash twice, or use single quotes"),
    ("alphabetic or numeric character", "put text that begins with * or & in quotes"),
    ("expected ':'", "end each key with a colon, and indent text that runs on"),
    ("expected ','", "close the bracket, and put text with commas or brackets in quotes"),
)
_USUAL_CURE = "check indentation and quotes in this line and those before it"


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text as it is written."""

    text: str
    line: int
    plain: bool
    """Whether it stands without quotes."""

    @property
    def bare(self) -> bool:
        """Whether other readers of YAML take it for true, false or nothing instead of text."""
        return self.plain and self.text.strip().lower() in _BARE


@dataclass(frozen=True, slots=True)
class ListNode:
    """A list of nodes."""

    items: tuple["Node", ...]
    line: int


@dataclass(frozen=True, slots=True)
class Entry:
    """A key and what stands under it."""

    key: Scalar
    value: "Node"


@dataclass(frozen=True, slots=True)
class MapNode:
    """Keys and what stands under them, in the order of the file."""

    entries: dict[str, Entry]
    line: int


Node = Scalar | ListNode | MapNode


@dataclass(frozen=True, slots=True)
class Most:
    """How much a file may hold."""

    bytes: int = MOST_BYTES
    values: int = MOST_VALUES


LARGE = Most(16_000_000, 1_000_000)
"""For a bank of ten thousand questions and more."""


def read_yaml(
    data: bytes,
    file: str,
    twins: Problems | None = None,
    most: Most = Most(),
) -> Node:
    """Read one document; raise PackError with every problem of its form.

    Whoever can go on without the second of two equal keys collects them as twins.
    """
    text = decode(data, file, most.bytes)
    refuse_unseen(text, file)
    tree = _Tree(file, twins, most.values)
    with undisturbed():
        try:
            for event in yaml.parse(text, Loader=_PARSER):
                tree.take(event)
        except yaml.YAMLError as error:
            raise PackError([_syntax(error, file)]) from error
        return tree.root()


def decode(data: bytes, file: str, most: int) -> str:
    """Return the text of a file in UTF-8, with or without a byte order mark."""
    if len(data) > most:
        cause = f"the file is larger than {most // 1_000_000} MB"
        raise PackError([Problem(file, 0, cause, "split it into several packs or files")])
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise PackError([Problem(file, 1, "the file is in UTF-16", "save it as UTF-8")])
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        cause = f"the byte 0x{data[error.start]:02X} is not UTF-8"
        raise PackError([Problem(file, line, cause, "save the file as UTF-8")]) from error


def refuse_unseen(text: str, file: str) -> None:
    """Raise PackError where a text holds characters that nobody can see but that do something."""
    found = Problems()
    line, counted = 1, 0
    for match in _UNSEEN.finditer(text):
        line += len(_LINE_END.findall(text, counted, match.start()))
        counted = match.start()
        found.add(_unseen(match[0], line, file))
    found.stop_if_any()


def _unseen(character: str, line: int, file: str) -> Problem:
    name = unicodedata.name(character, "a control character").lower()
    cause = f"the invisible character U+{ord(character):04X} ({name}) is not allowed"
    return Problem(file, line, cause, "delete it, and make sure that the file is saved as UTF-8")


def _syntax(error: yaml.YAMLError, file: str) -> Problem:
    said = getattr(error, "problem", None) or "it cannot be parsed"
    mark = getattr(error, "problem_mark", None)
    cure = next((cure for sign, cure in _CURES if sign in said), _USUAL_CURE)
    return Problem(file, mark.line + 1 if mark else 0, f"this is not valid YAML: {said}", cure)


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end has not come yet."""

    line: int
    items: list[Node] = field(default_factory=list[Node])
    entries: dict[str, Entry] | None = None
    key: Scalar | None = None

    def close(self) -> Node:
        if self.entries is None:
            return ListNode(tuple(self.items), self.line)
        return MapNode(self.entries, self.line)


class _Tree:
    """Grows a tree from a parser's events, without recursion."""

    def __init__(self, file: str, twins: Problems | None, most: int) -> None:
        self._most = most
        self._file = file
        self._problems = Problems()
        self._twins = self._problems if twins is None else twins
        self._open: list[_Open] = []
        self._root: Node | None = None
        self._values = 0

    def take(self, event: yaml.Event) -> None:
        """Add what one event says."""
        line = event.start_mark.line + 1 if event.start_mark else 0
        if isinstance(event, yaml.NodeEvent):
            self._refuse(event, line)
        match event:
            case yaml.ScalarEvent():
                self._put(self._scalar(event, line))
            case yaml.AliasEvent():
                self._put(Scalar("", line, plain=False))
            case yaml.SequenceStartEvent():
                self._push(_Open(line))
            case yaml.MappingStartEvent():
                self._push(_Open(line, entries={}))
            case yaml.CollectionEndEvent():
                self._put(self._open.pop().close())
            case yaml.DocumentStartEvent() if self._root is not None:
                cause, cure = "a second document begins here", "delete the line ---"
                raise PackError([Problem(self._file, line, cause, cure)])
            case _:
                pass  # the ends of the document and of the file

    def root(self) -> Node:
        """Return the whole tree, or raise what is wrong with it."""
        self._problems.stop_if_any()
        if self._root is None:
            raise PackError([Problem(self._file, 0, "the file is empty", "write it or delete it")])
        return self._root

    def _refuse(self, event: yaml.NodeEvent, line: int) -> None:
        """Keep what is wrong with a node's marks; the parser gives them to no other events."""
        if event.anchor:
            cause = f"anchors and aliases are not allowed ({quoted(event.anchor)})"
            cure = "write the text out, or put text that begins with & or * in quotes"
            self._problems.add(Problem(self._file, line, cause, cure))
        tag: str | None = getattr(event, "tag", None)
        if tag:
            cause = f"tags are not allowed ({quoted(tag)})"
            cure = "delete it, or put text that begins with ! in quotes"
            self._problems.add(Problem(self._file, line, cause, cure))

    def _scalar(self, event: yaml.ScalarEvent, line: int) -> Scalar:
        # An escape such as "\u202e" can bring in what the file's text itself does not show.
        if event.style == '"' and (hidden := _UNSEEN.search(event.value)):
            self._problems.add(_unseen(hidden[0], line, self._file))
        return Scalar(event.value, line, plain=event.style in (None, ""))

    def _push(self, opened: _Open) -> None:
        if len(self._open) >= DEEPEST:
            cause = f"this is nested more than {DEEPEST} levels deep"
            raise PackError([Problem(self._file, opened.line, cause, "write it flatter")])
        if self._open and self._open[-1].entries is not None and self._open[-1].key is None:
            cure = "write the key as plain text, or put the text in quotes"
            raise PackError([Problem(self._file, opened.line, "a key must be a text", cure)])
        self._open.append(opened)

    def _put(self, node: Node) -> None:
        self._values += 1
        if self._values > self._most:
            cause = f"the file holds more than {self._most} values"
            raise PackError([Problem(self._file, node.line, cause, "split it into several packs")])
        if not self._open:
            self._root = node
        elif (entries := self._open[-1].entries) is None:
            self._open[-1].items.append(node)
        else:
            self._put_entry(self._open[-1], entries, node)

    def _put_entry(self, into: _Open, entries: dict[str, Entry], node: Node) -> None:
        if into.key is None:
            # `_push` refuses lists and mappings in the place of a key.
            into.key = node if isinstance(node, Scalar) else None
            return
        key, into.key = into.key, None
        if key.text == "<<" and key.plain:
            cause, cure = (
                "merge keys are not allowed",
                "write the fields out where they are needed",
            )
            self._problems.add(Problem(self._file, key.line, cause, cure))
        elif key.bare:
            cause = f"the key {quoted(key.text)} is not read as text"
            self._problems.add(Problem(self._file, key.line, cause, "put it in quotes"))
        elif twin := entries.get(key.text):
            cause = f"the key {quoted(key.text)} stands twice, first in line {twin.key.line}"
            self._twins.add(Problem(self._file, key.line, cause, "keep one of them"))
        else:
            entries[key.text] = Entry(key, node)
