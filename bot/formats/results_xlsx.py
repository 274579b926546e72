"""Results as a workbook of three sheets, written row by row; every text is a text, every number a number."""

import io
from collections.abc import Iterator, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, WriteOnlyCell
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.styles import Font

from bot.core.result_summary import Summary
from bot.core.words import say
from bot.formats.results_csv import Table, answers, learners, questions
from bot.formats.safe_csv import Cell

_LONGEST = 32_767
"""Characters that a cell can hold."""
_WIDE = 14


def workbook(summary: Summary) -> bytes:
    """Write the answers, the learners and the questions of a session."""
    book = Workbook(write_only=True)
    sheets = {
        "answers": answers(summary.taken),
        "learners": learners(summary.taken),
        "questions": questions(summary),
    }
    for name, table in sheets.items():
        sheet = book.create_sheet(say(f"file.sheet.{name}"))
        _fill(sheet, table)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _fill(sheet: Any, table: Table) -> None:  # Any: its types lack the widths of columns
    sheet.freeze_panes = "A2"
    for number, head in enumerate(table.heads):
        sheet.column_dimensions[_letters(number)].width = max(_WIDE, len(head) + 2)
    sheet.append(list(_cells(sheet, table.heads, bold=True)))
    for row in table.rows:
        sheet.append(list(_cells(sheet, row)))


def _letters(number: int) -> str:
    """Return what a column is called: A to Z, then AA and on."""
    before, own = divmod(number, 26)
    return (_letters(before - 1) if before else "") + chr(ord("A") + own)


def _cells(
    sheet: Any, row: Sequence[Cell], *, bold: bool = False
) -> Iterator[SheetCell | str | int | float | None]:
    for value in row:
        match value:
            case bool():
                yield say("file.yes" if value else "file.no")
            case int() | float() | None:
                yield value
            case str():
                # A cell of its own costs ten times as much; only these would be taken for more
                # than text: a formula, or an error such as #N/A.
                text = _clean(value)
                own = bold or text[:1] in {"=", "#"}
                yield _text(sheet, text, bold=bold) if own else text
            case _:
                yield value.isoformat()


def _text(sheet: Any, text: str, *, bold: bool) -> SheetCell:
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"  # also what begins with =, which would become a formula
    if bold:
        cell.font = Font(bold=True)
    return cell


def _clean(text: str) -> str:
    """Return what a cell can hold of a text."""
    return ILLEGAL_CHARACTERS_RE.sub("", text)[:_LONGEST]
