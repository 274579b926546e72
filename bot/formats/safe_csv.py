"""Tables for spreadsheets that nothing in them can turn into a formula."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from io import StringIO
from itertools import islice

Cell = str | int | float | bool | datetime | None

# What a spreadsheet takes for the beginning of a formula, also behind blanks and in full width.
_FORMULA = re.compile(r"\s*[=+\-@\t\r\n＝＋－＠]")


def safe_text(text: str) -> str:
    """Return words that a spreadsheet shows as words: `'` stands before what would be a formula."""
    text = text.replace("\0", "")
    return f"'{text}" if _FORMULA.match(text) else text


def safe_csv(heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Write a table as CSV: every text quoted, numbers as numbers, in UTF-8 that Excel knows."""
    return b"".join(safe_blocks(heads, rows))


def safe_blocks(
    heads: Sequence[str], rows: Iterable[Sequence[Cell]], most: int = 500
) -> Iterator[bytes]:
    """Write a table as CSV block by block, for those that are too long to be held at once."""
    yield "\ufeff".encode() + _lines([heads])
    left = iter(rows)
    while block := list(islice(left, most)):
        yield _lines(block)


def _lines(rows: Iterable[Sequence[Cell]]) -> bytes:
    out = StringIO()
    # Numbers are left unquoted, so that a negative score stays a number.
    writer = csv.writer(out, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    for row in rows:
        writer.writerow([_cell(cell) for cell in row])
    return out.getvalue().encode()


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
