"""Tables of questions: our own template, and those of Kahoot, Wayground (Quizizz) and Blooket.

A table is recognised by its headings, wherever in the first rows they stand.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Never

from bot.core.quiz import Accepted, NumberKey, Pair, Question, QuestionKind
from bot.formats.banks.draft import Drafting, chosen_from
from bot.formats.banks.gift_answers import number
from bot.formats.banks.refusing import Refused
from bot.formats.banks.wildcards import taken
from bot.formats.problems import quoted

Row = tuple[int, Sequence[str]]
"""A line and its cells."""


class Unread(str):
    """A cell that cannot be read, and for which its row is refused."""

    cure: str

    def __new__(cls, cause: str, cure: str) -> "Unread":
        """Keep what is wrong with it."""
        found = super().__new__(cls, cause)
        found.cure = cure
        return found


HEADING_WITHIN = 16
MOST_COLUMNS = 60

_ANSWER = re.compile(r"(?:answer|option|choice)\s*([0-9]{1,2})")
_TAIL = re.compile(r"\s*(?:\(|\n|[-–—]\s|:).*", re.DOTALL)
_NAMES = {
    "question": "stem", "question text": "stem", "stem": "stem",
    "correct answer": "right", "correct answers": "right", "correct": "right", "right": "right",
    "question type": "kind", "type": "kind", "kind": "kind",
    "image link": "picture", "question image": "picture", "image url": "picture", "image": "picture", "picture": "picture",
    "answer explanation": "feedback", "explanation": "feedback", "feedback": "feedback",
    "time limit": "time", "time in seconds": "time",
    "question #": "number", "id": "id", "title": "title", "topic": "topic", "category": "category", "tags": "tags",
    "difficulty": "difficulty", "points": "points", "tolerance": "tolerance", "unit": "unit",
    "feedback right": "feedback_right", "feedback wrong": "feedback_wrong", "feedback partial": "feedback_partial",
}  # fmt: skip
_FORMULA = re.compile(r"\s*[=@]\s*[A-Za-z.]+\s*\(|\s*[=@]\s*[A-Za-z]+\|")
_GUARDED = re.compile(r"\A'(?='*\s*[=+\-@＝＋－＠])")
_PLACES = re.compile(r"\s*\d{1,2}(?:\.0)?(?:\s*[,;&+ ]\s*\d{1,2}(?:\.0)?)*\s*")
_KINDS = {
    "multiple choice": "", "checkbox": "several", "multi-select": "several", "fill-in-the-blank": "text",
    "fill in the blank": "text", "typing": "text", "true or false": "true-false", "true/false": "true-false", "quiz": "",
    "open-ended": "!", "open ended": "!", "poll": "!", "draw": "!", "slide": "!", "puzzle": "!", "match": "!",
    "reorder": "!", "drag and drop": "!", "survey": "!", "word cloud": "!", "": "",
}  # fmt: skip
_PAIR = re.compile(r"\s*(?:->|→)\s*")


@dataclass(frozen=True, slots=True)
class Columns:
    """Where in a table what stands."""

    named: dict[str, int] = field(default_factory=dict[str, int])
    answers: tuple[int, ...] = ()
    width: int = 0
    """Up to which cell there are headings."""
    twin: str = ""
    """A heading that stands twice."""
    others: tuple[tuple[int, str], ...] = ()
    """Places and headings that mean nothing here."""

    @property
    def dialect(self) -> str:
        """Which program made the table."""
        if "number" in self.named:
            return "blooket"
        if "kind" in self.named:
            return "own" if "id" in self.named or "topic" in self.named else "wayground"
        return "kahoot"

    def cell(self, cells: Sequence[str], name: str) -> str:
        """Return what a row has under a heading."""
        place = self.named.get(name, -1)
        text = cells[place] if 0 <= place < len(cells) else ""
        return _GUARDED.sub("", text, count=1).strip()


def headings(cells: Sequence[str]) -> Columns | None:
    """Return the columns of a row of headings, or None where it is none."""
    places: dict[int | str, int] = {}
    read: dict[int, str] = {}
    twin, others = "", list[tuple[int, str]]()
    for place, cell in enumerate(cells[:MOST_COLUMNS]):
        heading = " ".join(_TAIL.sub("", cell.strip()).split()).casefold()
        meaning = _meaning(heading)
        if meaning:
            twin = heading if heading in read.values() else twin
            read[places.setdefault(meaning, place)] = heading
        elif heading:
            others.append((place, " ".join(cell.split())))
    named = {name: place for name, place in places.items() if isinstance(name, str)}
    answers = [place for _, place in sorted(_numbered(places))]
    if "stem" not in named or not answers or "right" not in named:
        return None
    width = max(place for place, cell in enumerate(cells) if cell.strip()) + 1
    return Columns(named, tuple(answers), width, twin, tuple(others))


def _meaning(heading: str) -> int | str:
    """Return the number of an answer, the name of what stands below, or empty."""
    found = _ANSWER.fullmatch(heading)
    return int(found[1]) + 1 if found else _NAMES.get(heading, "")


def _numbered(places: dict[int | str, int]) -> list[tuple[int, int]]:
    return [(number, place) for number, place in places.items() if isinstance(number, int)]


def fill(drafting: Drafting, rows: Iterable[Row]) -> None:
    """Read the rows of a table."""
    columns: Columns | None = None
    unread: dict[int, str] = {}
    for line, cells in rows:
        if columns is None:
            columns = headings(cells)
            _refuse_twin(columns, line)
            if columns is None and line > HEADING_WITHIN:
                break
            continue
        unread |= {p: said for p, said in columns.others if p < len(cells) and cells[p].strip()}
        _take(drafting, line, cells, columns)
    if columns is None:
        cause = "no row of headings was found in it"
        cure = "begin with a row such as: question, answer 1, answer 2, correct answer"
        raise Refused(cause, cure)
    _warn_of_times(drafting, columns)
    for heading in unread.values():
        cause = f"the column {quoted(heading)} is not kept"
        drafting.warn(0, "", cause, "docs/banks.md says which columns are read")


def _refuse_twin(columns: Columns | None, line: int) -> None:
    if columns and columns.twin:
        cause = f"the heading {quoted(columns.twin)} stands twice"
        raise Refused(cause, "keep one of the columns, or give it another heading", line)


def _warn_of_times(drafting: Drafting, columns: Columns) -> None:
    if "time" in columns.named:
        cause = "the time limits of the questions are not kept"
        drafting.warn(0, "", cause, "choose the time when you start a quiz")


def _take(drafting: Drafting, line: int, cells: Sequence[str], columns: Columns) -> None:
    used = [
        cells[place] for place in (*columns.answers, columns.named["stem"]) if place < len(cells)
    ]
    if not any(cell.strip() for cell in used):
        return
    if columns.dialect == "blooket" and columns.cell(cells, "stem").casefold() == "question text":
        return
    label = columns.cell(cells, "stem")
    if bad := next((cell for cell in cells if isinstance(cell, Unread)), None):
        drafting.question(
            line, "" if label == bad else label, partial(_refuse, str(bad), bad.cure)
        )
        return
    if any(cell.strip() for cell in cells[columns.width :]):
        cause = f"the row has more cells than there are headings ({columns.width})"
        cure = "put a text with a comma or semicolon in it in quotes, or give the column a heading"
        drafting.question(line, label, partial(_refuse, cause, cure))
        return
    drafting.question(line, label, lambda: _question(cells, columns))


def _refuse(cause: str, cure: str) -> Never:
    raise Refused(cause, cure)


def _question(cells: Sequence[str], columns: Columns) -> Question:
    for place in (*columns.answers, columns.named["stem"]):
        # Looked at as it stands: what is guarded is meant as text.
        if place < len(cells) and _FORMULA.match(cells[place]):
            cause = f"a cell holds a formula: {quoted(cells[place].strip())}"
            raise Refused(cause, "write what it should show as text")
    answers = [
        _GUARDED.sub("", cells[place] if place < len(cells) else "", count=1).strip()
        for place in columns.answers
    ]
    if columns.cell(cells, "picture"):
        cure = "say in words what it shows, or leave the question out"
        raise Refused("a picture belongs to it, which cannot be imported", cure)
    question = _common(cells, columns)
    return _answered(question, columns.cell(cells, "kind"), answers, cells, columns)


def _common(cells: Sequence[str], columns: Columns) -> Question:
    def cell(name: str) -> str:
        return columns.cell(cells, name)

    return Question(
        cell("id"),
        QuestionKind.SINGLE,
        cell("stem"),
        feedback=cell("feedback"),
        feedback_right=cell("feedback_right"),
        feedback_wrong=cell("feedback_wrong"),
        feedback_partial=cell("feedback_partial"),
        title=cell("title"),
        topic=cell("topic"),
        difficulty=_difficulty(cell("difficulty")),
        tags=tuple(tag.strip() for tag in cell("tags").split(",") if tag.strip()),
        category=tuple(name.strip() for name in cell("category").split("/") if name.strip()),
        points=number(cell("points") or "1"),
    )


def _difficulty(text: str) -> int:
    known = {"": 2, "1": 1, "2": 2, "3": 3, "easy": 1, "medium": 2, "hard": 3}
    found = known.get(text.casefold().removesuffix(".0"))
    if found is None:
        raise Refused(f"the difficulty {quoted(text)} is none", "write 1, 2 or 3")
    return found


def _answered(
    question: Question, kind: str, answers: list[str], cells: Sequence[str], columns: Columns
) -> Question:
    named = _kind(kind, columns)
    right = columns.cell(cells, "right")
    texts = [answer for answer in answers if answer]
    if right.casefold() == "typing":
        named = "text"
    match named:
        case "text":
            accepted = tuple(_accepted(text, columns) for text in texts)
            return replace(question, kind=QuestionKind.TEXT, accepted=accepted)
        case "number":
            return replace(
                question,
                kind=QuestionKind.NUMBER,
                numbers=_numbers(right or "".join(texts[:1]), cells, columns),
            )
        case "order":
            return replace(question, kind=QuestionKind.ORDER, sequence=tuple(texts))
        case "matching":
            return replace(question, kind=QuestionKind.MATCHING, pairs=tuple(map(_pair, texts)))
        case _:
            return _chosen(question, named, answers, right)


def _kind(text: str, columns: Columns) -> str:
    name = text.strip().casefold()
    if columns.dialect == "own" and name in set(QuestionKind):
        return name
    found = _KINDS.get(name)
    if found is None or found == "!":
        raise Refused(
            f"it is of the type {quoted(text)}, which cannot be imported", "leave it out"
        )
    return found


def _accepted(text: str, columns: Columns) -> Accepted:
    return taken(text, 1.0) if columns.dialect == "own" else Accepted(text)


def _number(text: str, cells: Sequence[str], columns: Columns) -> NumberKey:
    unit = columns.cell(cells, "unit")
    if ".." in text:
        low, _, high = text.partition("..")
        return NumberKey(low=number(low), high=number(high), unit=unit)
    return NumberKey(number(text), number(columns.cell(cells, "tolerance") or "0"), unit=unit)


def _numbers(text: str, cells: Sequence[str], columns: Columns) -> tuple[NumberKey, ...]:
    return (_number(text, cells, columns),) if text else ()


def _pair(text: str) -> Pair:
    parts = _PAIR.split(text, maxsplit=1)
    if len(parts) == 1:
        raise Refused(f"a pair has no -> in it: {quoted(text)}", "write left -> right")
    return Pair(parts[0], parts[1])


def _chosen(question: Question, named: str, answers: list[str], right: str) -> Question:
    rights = _rights(right, answers)
    marked = [(text, float(place in rights)) for place, text in enumerate(answers) if text]
    if named == "true-false" and {text.casefold() for text, _ in marked} != {"true", "false"}:
        raise Refused("its answers are not True and False", "write them so")
    found = chosen_from(marked, question)
    if named in {"several", "double-check"}:
        return replace(found, kind=QuestionKind(named))
    return found


def _rights(right: str, answers: list[str]) -> set[int]:
    if not right:
        raise Refused("it does not say which answer is right", "write the number of the right one")
    if not _PLACES.fullmatch(right):
        same = {
            place
            for place, text in enumerate(answers)
            if text and text.casefold() == right.casefold()
        }
        if not same:
            cause = f"the right answer {quoted(right)} is none of its answers"
            raise Refused(cause, "write the number of the right one, as in 2 or 1,3")
        return same
    places = {int(found) - 1 for found in re.findall(r"(\d+)(?:\.0)?", right.replace(".0", ""))}
    for place in sorted(places):
        if not 0 <= place < len(answers) or not answers[place]:
            cause = f"answer {place + 1} is marked as right, but it is not there"
            raise Refused(cause, "write the number of one of its answers")
    return places
