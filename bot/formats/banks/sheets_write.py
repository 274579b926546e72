"""Tables, written: our own CSV, and the XLSX that Kahoot imports."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from bot.core.quiz import NumberKey, Option, Question, QuestionKind
from bot.formats.banks.refusing import Refused
from bot.formats.banks.wildcards import written
from bot.formats.banks.written import Writing, Written

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_FEWEST_ANSWERS = 4
_COMMON = ("id", "kind", "title", "category", "topic", "difficulty", "stem")
_REST = (
    "right", "tolerance", "unit", "points", "tags", "feedback", "feedback right", "feedback wrong", "feedback partial",
)  # fmt: skip
_KEPT = frozenset(
    "kind topic difficulty points tags category title feedback feedback_right feedback_wrong feedback_partial".split()
)
# A cell that begins so is a formula for a spreadsheet, unless it is a number.
_DANGEROUS = re.compile(r"'*\s*[=+\-@＝＋－＠]")
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")

_KAHOOT_QUESTION, _KAHOOT_ANSWER, _KAHOOT_ANSWERS = 120, 75, 4
_KAHOOT_TIME = 20
_KAHOOT_TOP = ("Quiz template", "", "", "", "", "", "")
_KAHOOT_HEADINGS = (
    "", "Question - max 120 characters", "Answer 1 - max 75 characters", "Answer 2 - max 75 characters",
    "Answer 3 - max 75 characters", "Answer 4 - max 75 characters",
    "Time limit (sec) – 5, 10, 20, 30, 60, 90, 120, or 240 secs", "Correct answer(s) - choose at least one",
)  # fmt: skip
_KAHOOT_HEADING_ROW = 8


def write_csv(questions: Iterable[Question]) -> Written:
    """Return questions as our own CSV."""
    questions = tuple(questions)
    writing = Writing()
    most = max([_FEWEST_ANSWERS, *(len(_answers(question)) for question in questions)])
    headings = (*_COMMON, *(f"answer {number}" for number in range(1, most + 1)), *_REST)
    rows = [
        _line(headings),
        *writing.each(questions, lambda question: _csv_row(question, most, writing)),
    ]
    return writing.done("".join(rows).encode())


def _line(cells: Sequence[str]) -> str:
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n").writerow(
        [guarded(cell) for cell in cells]
    )
    return out.getvalue()


def guarded(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    if _NUMBER.fullmatch(cell) or not _DANGEROUS.match(cell):
        return cell
    return f"'{cell}"


def _csv_row(question: Question, most: int, writing: Writing) -> str:
    writing.lose_common(question, _KEPT)
    _lose_marks(question, writing)
    answers = _answers(question)
    key = question.numbers[0] if question.numbers else NumberKey()
    if any("/" in name for name in question.category) or any("," in tag for tag in question.tags):
        writing.lose(question, "the / in a category or the comma in a tag")
    cells = (
        question.id, str(question.kind), question.title, "/".join(question.category), question.topic,
        str(question.difficulty), question.stem, *answers, *[""] * (most - len(answers)), _right(question),
        f"{key.tolerance!r}" if key.tolerance else "", key.unit, f"{question.points:g}", ",".join(question.tags),
        question.feedback, question.feedback_right, question.feedback_wrong, question.feedback_partial,
    )  # fmt: skip
    return _line(cells)


def _answers(question: Question) -> list[str]:
    match question.kind:
        case QuestionKind.TEXT:
            return [written(key) for key in question.accepted if key.fraction == 1]
        case QuestionKind.NUMBER:
            return []
        case QuestionKind.ORDER:
            return list(question.sequence)
        case QuestionKind.MATCHING:
            return [f"{pair.left} -> {pair.right}" for pair in question.pairs]
        case _:
            return [option.text for option in question.options]


def _right(question: Question) -> str:
    if question.kind is QuestionKind.NUMBER:
        key = question.numbers[0]
        if key.value is not None:
            return repr(key.value)
        if key.low is None or key.high is None:
            raise Refused("a range of numbers with one end only", "give it both ends")
        return f"{key.low!r}..{key.high!r}"
    rights = [
        n for n, option in enumerate(question.options, 1) if _is_right(option, question.kind)
    ]
    return ",".join(map(str, rights)) or "1"


def _is_right(option: Option, kind: QuestionKind) -> bool:
    return option.fraction > 0 if kind is QuestionKind.SEVERAL else option.fraction == 1


def _lose_marks(question: Question, writing: Writing) -> None:
    if any(option.fraction not in {0.0, 1.0} for option in question.options):
        writing.lose(question, "the shares of its answers: each is right or wrong")
    said = [o.feedback for o in question.options] + [k.feedback for k in question.accepted]
    said += [k.feedback for k in question.numbers] + [p.feedback for p in question.pairs]
    if any(said):
        writing.lose(question, "the feedback of answers")
    if len(question.numbers) > 1 or any(key.fraction != 1 for key in question.accepted):
        writing.lose(question, "answers that earn a part of the mark")
    if any(key.case for key in question.accepted):
        writing.lose(question, "that capitals count")
    if any("->" in pair.left for pair in question.pairs):
        raise Refused("a pair with -> in it", "write it otherwise")


def write_kahoot(questions: Iterable[Question]) -> Written:
    """Return questions as the table that Kahoot imports."""
    writing = Writing()
    rows: list[list[str | int]] = []
    writing.each(questions, lambda question: _kahoot_row(question, rows, writing))
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.create_sheet("Kahoot", 0)
    del book["Sheet"]
    _fill(sheet, 1, _KAHOOT_TOP)
    _fill(sheet, _KAHOOT_HEADING_ROW, _KAHOOT_HEADINGS)
    for number, row in enumerate(rows, 1):
        _fill(sheet, _KAHOOT_HEADING_ROW + number, [number, *row])
    out = io.BytesIO()
    book.save(out)
    return writing.done(out.getvalue())


def _fill(sheet: "Worksheet", row: int, values: Sequence[str | int]) -> None:
    for column, value in enumerate(values, 1):
        if value == "":
            continue
        cell = sheet.cell(row, column, value)
        if isinstance(value, str):
            cell.data_type = "s"  # also what begins with =, which would become a formula


def _kahoot_row(question: Question, rows: list[list[str | int]], writing: Writing) -> str:
    if not question.options:
        raise Refused(
            f"a question of the kind {question.kind}, which Kahoot's table does not have", ""
        )
    if len(question.stem) > _KAHOOT_QUESTION:
        raise Refused(f"a question of more than {_KAHOOT_QUESTION} characters", "shorten it")
    if len(question.options) > _KAHOOT_ANSWERS:
        raise Refused(f"a question with more than {_KAHOOT_ANSWERS} answers", "delete some")
    texts = [option.text for option in question.options]
    if any(len(text) > _KAHOOT_ANSWER for text in texts):
        raise Refused(f"an answer of more than {_KAHOOT_ANSWER} characters", "shorten it")
    writing.lose_common(question)
    _lose_marks(question, writing)
    padded = texts + [""] * (_KAHOOT_ANSWERS - len(texts))
    rows.append([question.stem, *padded, _KAHOOT_TIME, _right(question)])
    return ""
