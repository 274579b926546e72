"""What came of reading a bank: questions, and what is wrong with the file."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from dataclasses import dataclass, replace

from bot.core.quiz import FALSE, TRUE, Option, Question, QuestionKind
from bot.formats.banks.careful import faults
from bot.formats.banks.refusing import Refused, Severity
from bot.formats.problems import quoted

Progress = Callable[[int], None]
"""Told now and then how many questions were looked at."""

progress: ContextVar[Progress | None] = ContextVar("progress", default=None)
"""Who wants to know how far the reading of a large file has come."""
PROGRESS_EVERY = 1_000

MOST_QUESTIONS = 20_000
MOST_BAD = 1_000

_LONGEST_ID = 62
_ID = re.compile("[A-Za-z0-9-]{1,62}")
_NOT_ID = re.compile("[^A-Za-z0-9]+")
_SLUG = 40
_OURS = frozenset({"yaml", "json", "csv", "xlsx"})
"""Formats in which an id is ours: whoever writes one there means that question."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem: where it stands, what is wrong, and what to do about it."""

    line: int
    """Counted from 1; 0 where it concerns the file as a whole."""
    question: str
    """What people call the question, or empty."""
    cause: str
    cure: str
    severity: Severity = Severity.ERROR

    @property
    def place(self) -> str:
        """Where it stands, in words."""
        parts = (f"line {self.line}" if self.line else "", quoted(self.question))
        return ", ".join(part for part in parts if part.strip('"')) or "the file"


@dataclass(frozen=True, slots=True)
class Draft:
    """What a file holds."""

    format: str
    questions: tuple[Question, ...] = ()
    problems: tuple[Finding, ...] = ()
    seen: int = 0
    """How many questions the file holds, with those that cannot be imported."""
    named: frozenset[str] = frozenset()
    """The ids that stand in the file itself; the others were made from titles and texts."""

    @property
    def whole(self) -> bool:
        """Whether everything in the file can be imported."""
        return bool(self.questions) and not any(
            problem.severity is not Severity.WARNING for problem in self.problems
        )

    @property
    def usable(self) -> bool:
        """Whether the rest can be imported once what cannot is left out."""
        return bool(self.questions) and not any(
            problem.severity is Severity.FATAL for problem in self.problems
        )


class Drafting:
    """Collects the questions of a file, and what is wrong with them."""

    def __init__(self, form: str, file: str) -> None:
        self.form = form
        self.file = file
        self._questions: list[Question] = []
        self._problems: list[Finding] = []
        self._ids: dict[str, int] = {}
        self._named: set[str] = set()
        self._texts: dict[int, int] = {}
        self._seen = 0
        self._progress = progress.get()

    def question(self, line: int, label: str, make: Callable[[], Question]) -> None:
        """Make one question and keep it, or say why it cannot be kept."""
        self._seen += 1
        if self._progress and self._seen % PROGRESS_EVERY == 0:
            self._progress(self._seen)
        if self._seen > MOST_QUESTIONS:
            cause = f"the file holds more than {MOST_QUESTIONS:,} questions"
            raise Refused(cause, "split it into several files", line)
        try:
            question = make()
        except Refused as refused:
            self.error(refused.line or line, label, refused.cause, refused.cure)
            self._give_up_on_nonsense(line)
            return
        label = label or question.title or question.stem
        found = list(dict.fromkeys(faults(question)))
        self._problems += [
            Finding(line, label, fault.cause, fault.cure, fault.severity) for fault in found
        ]
        if any(fault.severity is Severity.ERROR for fault in found):
            self._give_up_on_nonsense(line)
        else:
            self._keep(replace(question, source=(self.file, line)), label)

    def _give_up_on_nonsense(self, line: int) -> None:
        if self._seen >= MOST_BAD and not self._questions:
            cause = f"none of its first {MOST_BAD:,} questions can be imported"
            raise Refused(cause, "put those right first, or check which format it is", line)

    def _keep(self, question: Question, label: str) -> None:
        wanted = question.id if _ID.fullmatch(question.id) else ""
        if question.id and (wanted in self._named or not wanted):
            self._odd_id(question, label)
            if self.form in _OURS:
                return
        self._same(question, label)
        name = self._free(wanted or slug(question))
        if name == wanted:
            self._named.add(name)
        self._questions.append(replace(question, id=name))

    def _odd_id(self, question: Question, label: str) -> None:
        """Say that an id is no id, or stands twice: what it names would be left to chance."""
        line, severity = question.source[1], Severity.WARNING
        cause, cure = f"the id {quoted(question.id)} stands twice", "give each question its own"
        if question.id not in self._named:
            cause = f"{quoted(question.id)} is no id that can be kept"
            cure = "an id has up to 62 of the letters A to Z, digits and hyphens"
        if self.form in _OURS:
            severity = Severity.ERROR
        self._problems.append(Finding(line, label, cause, cure, severity))

    def _same(self, question: Question, label: str) -> None:
        """Say that a question stands twice."""
        line = question.source[1]
        plain = replace(question, id="", title="", source=("", 0), category=(), tags=())
        key = hash(plain)
        if key in self._texts:
            where = f", first in line {self._texts[key]}" if line else ""
            self.warn(line, label, f"the same question stands twice{where}", "delete one of them")
        self._texts[key] = line

    def _free(self, wanted: str) -> str:
        count = self._ids[wanted] = self._ids.get(wanted, 0) + 1
        if count == 1:
            return wanted
        numbered = f"{wanted[: _LONGEST_ID - 7].rstrip('-')}-{count}"
        return (
            numbered if numbered not in self._ids and self._claim(numbered) else self._free(wanted)
        )

    def _claim(self, name: str) -> bool:
        self._ids[name] = 1
        return True

    def error(self, line: int, label: str, cause: str, cure: str) -> None:
        """Keep a problem of one question, which is then not imported."""
        self._problems.append(Finding(line, label, cause, cure))

    def warn(self, line: int, label: str, cause: str, cure: str) -> None:
        """Keep something that somebody should look at."""
        self._problems.append(Finding(line, label, cause, cure, Severity.WARNING))

    def fatal(self, line: int, cause: str, cure: str) -> None:
        """Keep a problem for which nothing of the file can be imported."""
        self._problems.append(Finding(line, "", cause, cure, Severity.FATAL))

    def lost(self, line: int, label: str, cause: str, cure: str) -> None:
        """Keep a problem with what should have been a question."""
        self._seen += 1
        self.error(line, label, cause, cure)

    def draft(self) -> Draft:
        """Return what was collected."""
        problems = self._problems
        if not self._seen and not any(p.severity is Severity.FATAL for p in problems):
            empty = Finding(
                0, "", "there is no question in it", "choose another file", Severity.FATAL
            )
            problems = [*problems, empty]
        named = frozenset(self._named)
        return Draft(self.form, tuple(self._questions), tuple(problems), self._seen, named)


def slug(question: Question) -> str:
    """Return an id made from what a question is called."""
    for text in (question.title, question.stem):
        plain = unicodedata.normalize("NFKD", text[:200]).encode("ascii", "ignore").decode()
        name = _NOT_ID.sub("-", plain).strip("-").lower()[:_SLUG].rstrip("-")
        if name:
            return name
    return "question"


def drafted(form: str, file: str, fill: Callable[[Drafting], None]) -> Draft:
    """Fill a draft; where the whole file must be refused, say why."""
    drafting = Drafting(form, file)
    try:
        fill(drafting)
    except Refused as refused:
        drafting.fatal(refused.line, refused.cause, refused.cure)
    return drafting.draft()


_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def option_id(number: int) -> str:
    """Return the id of an option by its place, counted from 0."""
    return _LETTERS[number] if number < len(_LETTERS) else f"o{number + 1}"


def chosen_from(texts: Iterable[tuple[str, float]], question: Question) -> Question:
    """Give a question options; two that are true and false make it a true/false one."""
    listed = list(texts)
    rights = sum(share > 0 for _, share in listed)
    if {text.strip().casefold() for text, _ in listed} == {TRUE, FALSE} and len(
        listed
    ) == rights + 1:
        found = {text.strip().casefold(): share for text, share in listed}
        options = tuple(Option(name, name.capitalize(), found[name]) for name in (TRUE, FALSE))
        return replace(question, kind=QuestionKind.TRUE_FALSE, options=options, shuffle=False)
    options = tuple(Option(option_id(n), text, share) for n, (text, share) in enumerate(listed))
    kind = QuestionKind.SEVERAL if rights > 1 else QuestionKind.SINGLE
    return replace(question, kind=kind, options=options)
