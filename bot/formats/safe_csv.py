"""Tables for spreadsheets that nothing in them can turn into a formula."""

import csv
import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from io import StringIO

Cell = str | int | float | bool | datetime | None

# What a spreadsheet takes for the beginning of a formula, also behind blanks and in full width.
_FORMULA = re.compile(r"\s*[=+\-@\t\r\n＝＋－＠]")


def safe_text(text: str) -> str:
    """Return words that a spreadsheet shows as words: `'` stands before what would be a formula."""
    text = text.replace("\0", "")
    return f"'{text}" if _FORMULA.match(text) else text


def safe_csv(heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Write a table as CSV: every text quoted, numbers as numbers, in UTF-8 that Excel knows."""
    out = StringIO()
    # Numbers are left unquoted, so that a negative score stays a number.
    writer = csv.writer(out, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    writer.writerow([safe_text(head) for head in heads])
    for row in rows:
        writer.writerow([_cell(cell) for cell in row])
    return out.getvalue().encode("utf-8-sig")


def _cell(cell: Cell) -> str | int | float:
    match cell:
        case None:
            return ""
        case bool():
            return "yes" if cell else "no"
        case datetime():
            return cell.isoformat()
        case str():
            return safe_text(cell)
        case _:
            return cell
