"""Questions of `quiz.yaml` that came from another bank: blocks with the key `imported`.

Those that were written for the pack rest on its facts, and are held to what is fair about them. These
are held to what a careful person looks at in any bank, and may hold whatever a bank can: shares of the
mark, feedback to each answer, long texts. See docs/banks.md.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from bot.core.fair import Ground, unfair
from bot.core.quiz import Question
from bot.formats.banks.careful import faults
from bot.formats.banks.own import block_text, plain_of
from bot.formats.banks.own_fields import as_plain, from_plain
from bot.formats.banks.refusing import Refused, Severity
from bot.formats.files import Aside
from bot.formats.hashes import question_with_hash
from bot.formats.problems import Problem, Problems, meant, quoted
from bot.formats.strict_yaml import MapNode

KEY = "imported"
"""Says which file a question came from."""

_NEVER = frozenset({"names one of the dead"})


@dataclass(frozen=True, slots=True)
class ImportedRead:
    """A question with where it stands."""

    question: Question
    subject: str


def imported_text(question: Question, file: str) -> str:
    """Return a question as a block that says where it came from, without a line end after it."""
    plain = as_plain(question)
    return block_text({"id": plain.pop("id"), KEY: file or "a file", **plain})


def read_imported(
    brought: Aside, file: str, facts: Collection[str], problems: Problems
) -> list[ImportedRead]:
    """Read the blocks that were set aside; collect what is wrong with them."""
    found: list[ImportedRead] = []
    for subject, node in brought.blocks:
        try:
            question = _question(node, file)
        except Refused as refused:
            cause = f"{subject}: {refused.cause}"
            problems.add(Problem(file, refused.line or node.line, cause, refused.cure))
            continue
        problems.extend(_problems(question, subject, facts))
        found.append(ImportedRead(question_with_hash(question), subject))
    return found


def _question(node: MapNode, file: str) -> Question:
    entries = {key: entry for key, entry in node.entries.items() if key != KEY}
    question = from_plain(plain_of(MapNode(entries, node.line)), (file, node.line))
    if not question.id:
        raise Refused("it has no `id`", "add `id:`")
    return question


def _problems(question: Question, subject: str, facts: Collection[str]) -> Iterator[Problem]:
    file, line = question.source
    for fault in faults(question):
        if fault.severity is not Severity.WARNING:
            yield Problem(file, line, f"{subject}: {fault.cause}", fault.cure)
    for name in question.facts:
        if name not in facts:
            cause = f"{subject} names the unknown fact {quoted(name)}"
            yield Problem(file, line, cause, meant(name, facts, "leave it out"))


def unfair_imported(imported: Iterable[ImportedRead], ground: Ground) -> Iterator[Problem]:
    """Yield what is unfair: all that counts for the pack's own where they rest on its facts too.

    The others may ask what they like, but name nobody whom only who asks for them is told of.
    """
    for read in imported:
        if read.question.facts or ground.dead:
            for found in unfair(read.question, ground):
                if read.question.facts or found.cause in _NEVER:
                    file, line = read.question.source
                    yield Problem(file, line, f"{read.subject} {found.cause}", found.cure)
