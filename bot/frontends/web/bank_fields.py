"""Forms of many fields, some of them in rows: what stands in them, and how it is read."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from bot.core.words import say
from bot.frontends.web.bank_sent import Fields

_NAME = re.compile(r"([a-z_]{1,30})\.([0-9]{1,4})\.([a-z_]{1,30})")
MOST_ROWS = 300


class Sort(StrEnum):
    """How a field is filled in."""

    LINE = "line"
    AREA = "area"
    LINES = "lines"
    """One thing a line."""
    CHECK = "check"
    SELECT = "select"


@dataclass(frozen=True, slots=True)
class Field:
    """One thing to fill in."""

    name: str
    sort: Sort = Sort.LINE
    most: int = 0
    """Characters that it can hold; 0 where nobody counts."""
    poll: int = 0
    """As a platform counts that has polls: with more of them the question cannot be one."""
    only: frozenset[str] = frozenset()
    """The kinds that have it; empty for all."""
    choices: Sequence[tuple[str, str]] = ()
    hint: bool = False
    need: bool = False

    @property
    def label(self) -> str:
        """Return what it is called."""
        return say(f"web.bank.field.{self.name}")

    @property
    def told(self) -> str:
        """Return what stands below it."""
        hint = say(f"web.bank.hint.{self.name}") if self.hint else ""
        limit = say("web.bank.most", most=self.most) if self.most else ""
        return f"{hint} {limit}".strip()


@dataclass(frozen=True, slots=True)
class Rows:
    """Several of the same."""

    name: str
    fields: Sequence[Field]
    only: frozenset[str] = frozenset()
    hint: bool = True
    blank: int = 1
    """So many empty rows stand there where there is none yet."""

    @property
    def label(self) -> str:
        """Return what they are called together."""
        return say(f"web.bank.rows.{self.name}")

    @property
    def told(self) -> str:
        """Return what stands above them."""
        return say(f"web.bank.rows.{self.name}.hint") if self.hint else ""


@dataclass(frozen=True, slots=True)
class Part:
    """Fields that belong together, folded away where they are seldom needed."""

    name: str
    fields: Sequence[Field | Rows]
    folded: bool = False

    @property
    def label(self) -> str:
        """Return its heading."""
        return say(f"web.bank.part.{self.name}")


Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Values:
    """What stands in a form."""

    texts: Mapping[str, str] = field(default_factory=dict[str, str])
    rows: Mapping[str, Sequence[Row]] = field(default_factory=dict[str, Sequence[Row]])

    def text(self, name: str) -> str:
        """Return a field; "" where it is empty."""
        return self.texts.get(name, "")

    def line(self, name: str) -> str:
        """Return a field in one line."""
        return " ".join(self.text(name).split())

    def lines(self, name: str) -> tuple[str, ...]:
        """Return what stands in the lines of a field."""
        listed = (" ".join(line.split()) for line in self.text(name).split("\n"))
        return tuple(line for line in listed if line)

    def listed(self, name: str) -> Sequence[Row]:
        """Return the rows that hold anything."""
        return self.rows.get(name, ())


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong with a field, and what to do about it."""

    name: str
    """As in the form, with its row; "" where it concerns the whole."""
    cause: str
    cure: str


def read(parts: Sequence[Part], fields: Fields, *, keep_empty: bool = False) -> Values:
    """Read a form that was sent; rows in which nothing stands are left out."""
    texts = {f.name: _lined(fields, f.name) for f in singles(parts) if f.name in fields}
    rows: dict[str, dict[int, dict[str, str]]] = {}
    known = {group.name: {f.name for f in group.fields} for group in groups(parts)}
    for name in fields:
        found = _NAME.fullmatch(name)
        if found and found[3] in known.get(found[1], ()):
            numbered = rows.setdefault(found[1], {})
            numbered.setdefault(int(found[2]), {})[found[3]] = _lined(fields, name)
    checks = {f.name for group in groups(parts) for f in group.fields if f.sort is Sort.CHECK}
    return Values(
        texts,
        {
            name: [r for _, r in sorted(numbered.items()) if keep_empty or _holds(r, checks)]
            for name, numbered in rows.items()
        },
    )


def _holds(row: Row, checks: set[str]) -> bool:
    return any(text for name, text in row.items() if name not in checks)


def _lined(fields: Fields, name: str) -> str:
    """Undo what browsers do to lines."""
    return fields[name][-1].replace("\r\n", "\n").replace("\r", "\n").strip()


def singles(parts: Sequence[Part]) -> Iterator[Field]:
    """Yield the fields that stand there once."""
    for part in parts:
        yield from (one for one in part.fields if isinstance(one, Field))


def groups(parts: Sequence[Part]) -> Iterator[Rows]:
    """Yield the groups of rows."""
    for part in parts:
        yield from (one for one in part.fields if isinstance(one, Rows))


def too_long(parts: Sequence[Part], values: Values, kind: str) -> Iterator[Wrong]:
    """Yield every text that is too long, or is missing; only what the kind has counts."""
    for one in singles(parts):
        if not one.only or kind in one.only:
            yield from _fault(one, values.text(one.name), one.name)
    for group in groups(parts):
        if not group.only or kind in group.only:
            for number, row in enumerate(values.listed(group.name)):
                for one in group.fields:
                    name = f"{group.name}.{number}.{one.name}"
                    yield from _fault(one, row.get(one.name, ""), name)


def _fault(one: Field, text: str, name: str) -> Iterator[Wrong]:
    if one.need and not text:
        cause = say("web.bank.wrong.empty", field=one.label)
        yield Wrong(name, cause, say("web.bank.cure.empty"))
    if one.most and len(text) > one.most:
        cause = say("web.bank.wrong.long", field=one.label, length=len(text), most=one.most)
        yield Wrong(name, cause, say("web.bank.cure.long", count=len(text) - one.most))


def as_fields(values: Values) -> Iterator[tuple[str, str]]:
    """Yield everything as the form sends it."""
    yield from values.texts.items()
    for name, rows in values.rows.items():
        for number, row in enumerate(rows):
            yield from ((f"{name}.{number}.{key}", text) for key, text in row.items() if text)
