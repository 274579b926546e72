r"""A GIFT file taken apart into questions, as a person would read it.

Moodle ends a question at each blank line and a category only there, and then drops or misreads what follows without
a word. Here a category ends with its line, a blank line inside { } is read over, a question that begins with ::name::
on a line of its own is a new one; each time with a warning, because Moodle would not do the same.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

_SIGN = re.compile(r"\\.|[{}]", re.DOTALL)
_TAG = re.compile(r"\[(id|tag):((?:[^\]\\]|\\.)*)\]")
_CATEGORY = "$CATEGORY:"
_MOST_TORN = 200
_ROOTS = frozenset({"$course$", "$module$", "$system$", "$cat$", "$coursecat$"})


@dataclass(frozen=True, slots=True)
class Line:
    """One line without the space around it."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Block:
    """The lines of one question, or of what stands in its place."""

    lines: tuple[Line, ...]
    category: tuple[str, ...] = ()
    id: str = ""
    tags: tuple[str, ...] = ()
    warnings: tuple[tuple[int, str, str], ...] = ()
    """Lines, causes and cures."""

    @property
    def text(self) -> str:
        """The whole of it."""
        return "\n".join(line.text for line in self.lines)

    def line(self, place: int) -> int:
        """Return the line in which a character of the text stands."""
        number = self.text.count("\n", 0, place)
        return self.lines[min(number, len(self.lines) - 1)].number


def blocks(lines: list[str]) -> Iterator[Block]:
    """Return the questions of a file with their categories."""
    category: tuple[str, ...] = ()
    for group in _closed(_groups(lines)):
        for part in _parts(group):
            found, rest = _category(part)
            if found is None:
                yield replace(rest, category=category)
            else:
                category = found
                if rest.warnings:
                    yield replace(rest, lines=(), category=category)


def braces(text: str) -> list[tuple[int, str]]:
    """Return the braces that are not escaped, with their places."""
    return [(sign.start(), sign[0]) for sign in _SIGN.finditer(text) if len(sign[0]) == 1]


def category_path(text: str) -> tuple[str, ...]:
    """Return the names of a category, from the outermost in."""
    names = [name.replace("\0", "/").strip() for name in text.replace("//", "\0").split("/")]
    for roots in (_ROOTS, frozenset({"top"})):
        if names and names[0].lower() in roots:
            names = names[1:]
    return tuple(name for name in names if name)


def _groups(lines: list[str]) -> Iterator[Block]:
    """Return what stands between blank lines, without comments."""
    found: list[Line] = []
    notes: list[str] = []
    for number, raw in enumerate([*lines, ""], 1):
        text = raw.strip()
        if text.startswith("//"):
            notes.append(text)
        elif text:
            found.append(Line(number, text))
        elif found:
            yield _noted(tuple(found), notes)
            found, notes = [], []


def _noted(lines: tuple[Line, ...], notes: list[str]) -> Block:
    marks = [match for note in notes for match in _TAG.finditer(note)]
    named = [re.sub(r"\\(.)", r"\1", m[2]).strip() for m in marks if m[1] == "id"]
    tags = tuple(re.sub(r"\\(.)", r"\1", m[2]).strip() for m in marks if m[1] == "tag")
    return Block(lines, id=named[-1] if named else "", tags=tags)


def _closed(groups: Iterator[Block]) -> Iterator[Block]:
    """Join what a blank line inside { } has torn apart, where it is plain what belongs together."""
    held = next(groups, None)
    for later in groups:
        if held and _goes_on(held, later):
            held = _joined(held, later)
            continue
        if held:
            yield held
        held = later
    if held:
        yield held


def _joined(group: Block, later: Block) -> Block:
    cause = "a blank line stands inside { }, where Moodle ends the question"
    warning = (later.lines[0].number - 1, cause, "delete the blank line")
    return replace(group, lines=group.lines + later.lines, warnings=(*group.warnings, warning))


def _goes_on(group: Block, later: Block) -> bool:
    if len(group.lines) > _MOST_TORN:
        return False
    signs = braces(group.text)
    after = braces(later.text)
    torn = bool(signs) and signs[-1][1] == "{" and len(signs) % 2 == 1
    begins = later.lines[0].text
    return (
        torn
        and not begins.startswith(("::", _CATEGORY))
        and (after[0][1] == "}" if after else begins.startswith(("=", "~", "#", "%")))
    )


def _parts(group: Block) -> Iterator[Block]:
    """Return the questions of a group: only one, unless blank lines between them were forgotten."""
    begin, depth, ended = 0, 0, False
    for number, line in enumerate(group.lines):
        starts = line.text.startswith((_CATEGORY, "::"))
        after = number and group.lines[number - 1].text.startswith(_CATEGORY)
        if (
            number > begin
            and depth == 0
            and (after or (starts and (ended or line.text.startswith(_CATEGORY))))
        ):
            yield _part(group, begin, number)
            begin, ended = number, False
        for _, sign in braces(line.text):
            depth = depth + 1 if sign == "{" else max(0, depth - 1)
            ended = ended or depth == 0
    yield _part(group, begin, len(group.lines))


def _part(group: Block, begin: int, end: int) -> Block:
    lines = group.lines[begin:end]
    if begin == 0:
        return replace(group, lines=lines)
    if group.lines[begin - 1].text.startswith(_CATEGORY):
        cause = "no blank line after $CATEGORY, so that Moodle drops this question"
    else:
        cause = (
            "no blank line before this question, so that Moodle reads it as part of the one before"
        )
    return Block(lines, warnings=((lines[0].number, cause, "put a blank line before it"),))


def _category(block: Block) -> tuple[tuple[str, ...] | None, Block]:
    first = block.lines[0].text
    if not first.startswith(_CATEGORY):
        return None, block
    return category_path(first.removeprefix(_CATEGORY).strip()), block
