"""What is wrong with a file, said so that its author can put it right."""

from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz, process
from typing_extensions import override

MOST = 200
"""So many problems are worth reading; a hostile file could hold a million."""

_LONGEST_QUOTE = 60
_ALIKE = 70


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake: where it stands, what is wrong, and what to do about it."""

    file: str
    line: int
    """Counted from 1; 0 where it concerns the file as a whole."""
    cause: str
    cure: str

    @override
    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        return f"{where}: {self.cause}; {self.cure}"


class PackError(Exception):
    """A pack or a file of checks cannot be read; holds every problem that was found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class Problems:
    """Collects problems while reading goes on."""

    def __init__(self) -> None:
        self._found: list[Problem] = []

    def add(self, problem: Problem) -> None:
        """Keep a problem; give up reading where there are too many to be useful."""
        self._found.append(problem)
        if len(self._found) >= MOST:
            more = Problem(problem.file, 0, "there may be more problems", "put these right first")
            raise PackError([*self._found, more])

    def extend(self, problems: Iterable[Problem]) -> None:
        """Keep several problems."""
        for problem in problems:
            self.add(problem)

    def error(self) -> PackError:
        """Return what was collected as an error."""
        return PackError(self._found)

    def stop_if_any(self) -> None:
        """Raise what was collected, if anything was."""
        if self._found:
            raise self.error()


def quoted(text: str) -> str:
    """Return a text in quotes for a message, cut where it is long."""
    short = text if len(text) <= _LONGEST_QUOTE else text[: _LONGEST_QUOTE - 1] + "…"
    return f'"{short}"'


def meant(word: str, known: Iterable[str], otherwise: str) -> str:
    """Return the cure for an unknown word: the known one that it resembles, or something else."""
    near = process.extractOne(
        word[:_LONGEST_QUOTE], list(known), scorer=fuzz.ratio, score_cutoff=_ALIKE
    )
    return f"did you mean {quoted(near[0])}?" if near else otherwise
