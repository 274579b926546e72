"""CSV, with commas, semicolons or tabs: whichever makes the headings readable."""

import csv
import io
from collections.abc import Iterator

from bot.formats.banks.draft import Draft, Drafting, drafted
from bot.formats.banks.refusing import Refused
from bot.formats.banks.sheets import HEADING_WITHIN, Row, fill, headings
from bot.formats.banks.text import text_of, without_width

NAME = "csv"

_DELIMITERS = ",;\t"
_SAMPLE = 16_000


def read(data: bytes, file: str = "") -> Draft:
    """Read a table."""
    return drafted(NAME, file, lambda drafting: _fill(drafting, text_of(data)))


def delimiter(text: str) -> str:
    """Return the sign between cells with which the headings can be read, or empty."""
    for sign in _DELIMITERS:
        try:
            for _, cells in zip(range(HEADING_WITHIN), _rows(text[:_SAMPLE], sign), strict=False):
                if headings(cells[1]):
                    return sign
        except Refused:
            continue  # with another sign it may be read
    return ""


def _fill(drafting: Drafting, text: str) -> None:
    text, count, first = without_width(text)
    if count:
        drafting.warn(first, "", f"{count} characters without width were taken out", "none needed")
    sign = delimiter(text)
    if not sign:
        cause = "no row of headings was found in it"
        cure = "begin with a row such as: question, answer 1, answer 2, correct answer"
        raise Refused(cause, cure)
    fill(drafting, _rows(text, sign))


def _rows(text: str, sign: str) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True)
    line = 1
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        cause = f"the row that begins here cannot be read: {error}"
        raise Refused(cause, 'close each ", and write a " inside of a text twice', line) from error
