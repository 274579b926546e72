"""Asks a pack the questions of its checks, and compares what comes of them with what must."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from typing_extensions import override

from bot.core.answer import Answer, FactKey, Notice, Outcome
from bot.core.facts import Pack
from bot.core.library import Library, Shelf
from bot.formats.checks import Check, Expect, read_checks
from bot.service.asking import answer
from bot.service.shelves import naming, open_shelf

CHECKS_FILE = "checks.yaml"
_NEAREST = 3


@dataclass(frozen=True, slots=True)
class Failure:
    """A question of which something else came than must."""

    check: Check
    got: str

    @override
    def __str__(self) -> str:
        asked = "".join(f"{said} / " for said in self.check.after) + self.check.question
        where = f"{CHECKS_FILE}:{self.check.line}: {self.check.id}: {asked}"
        return f"  {where}\n    expected {expected(self.check.expect)}\n    got {self.got}"


@dataclass(frozen=True, slots=True)
class Checked:
    """How a pack did in its checks."""

    pack: Pack
    checks: int
    failures: tuple[Failure, ...]

    @override
    def __str__(self) -> str:
        if not self.checks:
            verdict = f"it has no {CHECKS_FILE}"
        elif self.failures:
            verdict = f"{len(self.failures)} of {self.checks} checks failed"
        else:
            verdict = f"{self.checks} checks passed"
        asked = len(self.pack.questions)
        quiz = f" and {asked} quiz questions" if asked else ""
        head = f"{self.pack.id}: {len(self.pack.facts)} facts{quiz} are well-formed, {verdict}"
        return "\n".join([head, *map(str, self.failures)])


def check_pack(folder: Path) -> Checked:
    """Read a pack and run its checks; raise PackError where either cannot be read."""
    shelf = open_shelf(folder)
    facts = shelf.pack.facts
    path = folder / CHECKS_FILE
    with naming(folder):
        checks = read_checks(path, {fact.id for fact in facts}) if path.exists() else ()
    return Checked(shelf.pack, len(checks), tuple(failures(checks, shelf)))


def failures(checks: Iterable[Check], shelf: Shelf) -> Iterator[Failure]:
    """Ask a pack questions, and yield those of which something else came than must."""
    library = Library((shelf,))
    rests = resting(shelf.pack)
    for check in checks:
        said = answer(check.question, check.after, library)
        if check.expect and not meets(said, check.expect, rests):
            yield Failure(check, _got(said))


def resting(pack: Pack) -> dict[str, set[str]]:
    """Return the facts that each fact of a pack rests on or is made of."""
    return {
        fact.id: {*fact.derived_from, *(part.fact for part in fact.parts if part.fact)}
        for fact in pack.facts
    }


def meets(said: Answer | Notice, expect: Expect, rests: Mapping[str, set[str]]) -> bool:
    """Tell whether what was said is what must be; a fact also counts through one that rests on it."""
    if isinstance(said, Notice):
        return expect.decline
    if expect.decline:
        return said.outcome is Outcome.DECLINED
    wanted, held = (expect.ask, said.offers) if expect.ask else (expect.facts, said.facts)
    reached = _reached(held, rests)
    right = said.outcome is (Outcome.ASKED if expect.ask else Outcome.ANSWERED)
    return right and all(reached.intersection(either) for either in wanted)


def _reached(held: tuple[FactKey, ...], rests: Mapping[str, set[str]]) -> set[str]:
    reached: set[str] = set()
    waiting = {key.fact for key in held}
    while waiting:
        reached |= waiting
        waiting = set[str]().union(*(rests.get(name, set()) for name in waiting)) - reached
    return reached


def expected(expect: Expect | None) -> str:
    """Say in words what must come of a question."""
    if expect is None or expect.decline:
        return "that it declines"
    groups = ", ".join(" or ".join(either) for either in expect.ask or expect.facts)
    return f"that it asks back with {groups}" if expect.ask else groups


def _got(said: Answer | Notice) -> str:
    if isinstance(said, Notice):
        return f"the notice {said.key!r}"
    match said.outcome:
        case Outcome.ANSWERED:
            return ", ".join(key.fact for key in said.facts)
        case Outcome.ASKED:
            return f"asked back with {', '.join(key.fact for key in said.offers)}"
        case Outcome.DECLINED:
            return f"declined; nearest {', '.join(said.ranked[:_NEAREST]) or 'nothing'}"
