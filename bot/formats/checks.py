"""Questions with what must come of them: `checks.yaml` of a pack, or a file of JSON lines.

A line of JSON is `{"id", "question", "after", "expect"}`; `after` may be left out, `expect` too where a file only
asks, and other keys are left alone.
"""

import json
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Never, cast

from bot.formats.files import Folder, read_bytes
from bot.formats.models import CheckEntry, ExpectEntry, QuestionLine
from bot.formats.problems import PackError, Problem, Problems, meant, quoted
from bot.formats.reading import Read, read_value
from bot.formats.strict_yaml import MapNode, decode

MOST_BYTES = 50_000_000
"""For files of questions, which may be long; `checks.yaml` is held to the limit of all packs."""

_HALF = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Expect:
    """What must come of a question: exactly one of the three."""

    facts: tuple[tuple[str, ...], ...] = ()
    """Facts that must be in the answer, itself or what rests on it; of each group any one will do."""
    decline: bool = False
    ask: tuple[tuple[str, ...], ...] = ()
    """Facts that must be among the choices of a question back; of each group any one will do."""


@dataclass(frozen=True, slots=True)
class Check:
    """A question, the ones before it in the same chat, and what must come of it."""

    id: str | int
    question: str
    after: tuple[str, ...] = ()
    expect: Expect | None = None
    """None only in a file of questions that expects nothing."""
    kind: str = ""
    """What sort of question it is, where a file of questions says so."""
    line: int = 0


def read_checks(path: Path, facts: Collection[str] | None = None) -> tuple[Check, ...]:
    """Read a file of checks, YAML or JSON lines; with the ids of a pack's facts, unknown ones are problems."""
    problems = Problems()
    if path.suffix in (".yaml", ".yml"):
        folder = Folder(path.parent, problems=problems)
        found = folder.listed(CheckEntry, path.name, "write it, or name another file", "check")
        checks = [_check(read) for read in found.values() if read]
    else:
        checks = list(_lines(read_bytes(path, path.name, MOST_BYTES), path.name, problems))
    if facts is not None:
        for check in checks:
            problems.extend(_unknown(check, facts, path.name))
    problems.stop_if_any()
    return tuple(checks)


def checks_in(text: str, file: str, facts: Collection[str]) -> tuple[Check, ...]:
    """Read the checks of a pack from the text of their file."""
    problems = Problems()
    folder = Folder(texts={file: text}, problems=problems)
    found = folder.listed(CheckEntry, file, "", "check")
    checks = tuple(_check(read) for read in found.values() if read)
    for check in checks:
        problems.extend(_unknown(check, facts, file))
    problems.stop_if_any()
    return checks


def read_questions(data: bytes, file: str) -> tuple[Check, ...]:
    """Read questions as JSON lines from what was in a file, or came through a pipe."""
    problems = Problems()
    found = tuple(_lines(data, file, problems))
    problems.stop_if_any()
    return found


def _check(read: Read[CheckEntry]) -> Check:
    entry = read.entry
    expect = _expect(entry.expect)
    return Check(entry.id, entry.question, entry.after, expect, line=read.node.line)


def _expect(entry: ExpectEntry) -> Expect:
    return Expect(_groups(entry.facts), entry.decline, _groups(entry.ask))


def _groups(names: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(name.strip() for name in either.split("|")) for either in names)


def _lines(data: bytes, file: str, problems: Problems) -> Iterator[Check]:
    for number, line in enumerate(decode(data, file, MOST_BYTES).split("\n"), start=1):
        if line.strip():
            try:
                value = _object(line)
            except ValueError as error:
                cause = f"this is not an object in JSON: {error}"
                cure = 'write {"id": "…", "question": "…"} in one line'
                problems.add(Problem(file, number, cause, cure))
            else:
                read, wrong = read_value(
                    QuestionLine, value, MapNode({}, number), "the line", file
                )
                problems.extend(wrong)
                yield from [_question(read.entry, number)] if read else []


def _object(line: str) -> dict[str, object]:
    try:
        value: object = json.loads(line, parse_constant=_no_constant)
    except RecursionError as error:
        raise ValueError("it is nested too deep") from error
    match value:
        case dict():
            return cast("dict[str, object]", value)
        case _:
            raise ValueError("it is another kind of value")


def _no_constant(name: str) -> Never:
    raise ValueError(f"{name} is no number in JSON")


def _question(entry: QuestionLine, number: int) -> Check:
    return Check(
        entry.id,
        _whole(entry.question),
        tuple(_whole(text) for text in entry.after),
        _expect(entry.expect) if entry.expect else None,
        entry.kind,
        number,
    )


def _whole(text: str) -> str:
    # JSON can spell half a character, which no file or screen can show.
    return _HALF.sub("\ufffd", text)


def _unknown(check: Check, facts: Collection[str], file: str) -> Iterator[Problem]:
    if check.expect is None:
        return
    for name in (name for group in (*check.expect.facts, *check.expect.ask) for name in group):
        if name not in facts:
            cause = f"{quoted(str(check.id))} expects the unknown fact {quoted(name)}"
            cure = meant(name, facts, "write the id of a fact of the pack")
            yield Problem(file, check.line, cause, cure)


__all__ = ["Check", "Expect", "PackError", "checks_in", "read_checks", "read_questions"]
