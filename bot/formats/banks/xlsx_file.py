"""Tables of Excel: looked over as an archive first, so that a bomb never reaches the reader."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from bot.formats.banks.draft import Draft, Drafting, drafted
from bot.formats.banks.refusing import Refused
from bot.formats.banks.sheets import HEADING_WITHIN, MOST_COLUMNS, Row, Unread, fill, headings

NAME = "xlsx"

MOST_BYTES = 12_000_000
MOST_UNPACKED = 40_000_000
MOST_MEMBERS = 1_000
MOST_ROWS = 21_000
MOST_CELLS = 400_000
_MOST_RATIO = 100
_SMALL = 100_000
"""Below this no ratio is suspicious: a table of blanks packs well."""
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_STRINGS = "xl/sharedStrings.xml"
_AGAIN = "open it in Excel or LibreOffice and save it again as .xlsx"
# Of other files, programs and the network.
_REACHING_OUT = re.compile(
    r"\||\b(?:HYPERLINK|WEBSERVICE|IMPORT\w+|CALL|EXEC|REGISTER\w*|RTD|DDE\w*|IMAGE)\s*\(|\[[^\]]*\]",
    re.IGNORECASE,
)
_ENCRYPTED = 0x1
_FILE_TYPE, _LINK = 0o170000, 0o120000


def read(data: bytes, file: str = "") -> Draft:
    """Read the first sheet that has questions."""
    return drafted(NAME, file, lambda drafting: _fill(drafting, data))


def _fill(drafting: Drafting, data: bytes) -> None:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    for cause, cure in _not_kept(_look_over(data)):
        drafting.warn(0, "", cause, cure)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
        computed = load_workbook(
            io.BytesIO(data), read_only=True, data_only=True, keep_links=False
        )
        fill(drafting, list(_rows(drafting, book, computed)))
    except (InvalidFileException, KeyError, ValueError, TypeError, AttributeError, IndexError, OSError, EOFError,
            SyntaxError, zipfile.BadZipFile) as error:  # fmt: skip
        raise Refused(
            f"this is no table that can be read ({type(error).__name__})", _AGAIN
        ) from error


def _rows(drafting: Drafting, book: Any, computed: Any) -> Iterator[Row]:
    """Return the rows of the sheet with headings, or of the first one."""
    sheets = list(zip(book.worksheets, computed.worksheets, strict=True))
    if not sheets:
        raise Refused("it has no sheet", _AGAIN)
    chosen = next((pair for pair in sheets if _has_headings(*pair)), sheets[0])
    yield from _cells(*chosen, MOST_ROWS, drafting)


def _has_headings(sheet: Any, computed: Any) -> bool:
    return any(headings(cells) for _, cells in _cells(sheet, computed, HEADING_WITHIN))


def _cells(
    sheet: Any, computed: Any, most: int, drafting: Drafting | None = None
) -> Iterator[Row]:
    rows = sheet.iter_rows(max_row=most, max_col=MOST_COLUMNS)
    values = computed.iter_rows(max_row=most, max_col=MOST_COLUMNS)
    for number, (row, shown) in enumerate(zip(rows, values, strict=True), 1):
        yield number, [_cell(*pair, number, drafting) for pair in zip(row, shown, strict=True)]


def _cell(cell: Any, shown: Any, line: int, drafting: Drafting | None) -> str:
    """Return what a cell shows; a formula counts as what it came to when the file was saved."""
    if cell.value is None or cell.data_type != "f":
        return _text(cell)
    if shown.value is None:
        cause = f"the cell {cell.coordinate} holds a formula, and the file has no result of it"
        return Unread(cause, "copy the column and paste it as values only")
    if _REACHING_OUT.search(str(cell.value)):
        cause = f"the cell {cell.coordinate} holds a formula that reaches out of the file"
        return Unread(cause, "write what it should show as text")
    if drafting:
        cause = f"the cell {cell.coordinate} holds a formula, of which the result is taken"
        drafting.warn(line, "", cause, "look whether it is the right one")
    return _text(shown)


def _text(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    kind = cell.data_type
    if kind == "d" or cell.is_date:
        cause = (
            f"the cell {cell.coordinate} holds a date, which Excel may have made of something else"
        )
        return Unread(cause, "format the column as text, and write it again")
    if kind == "e":
        return Unread(f"the cell {cell.coordinate} holds the error {value}", "mend it")
    if isinstance(value, bool):
        return "True" if value else "False"
    if isinstance(value, float):
        return _number(value, str(cell.number_format))
    return str(value)


def _number(value: float, form: str) -> str:
    if form.endswith("%"):
        return f"{value * 100:.10g}%"
    return f"{value:.15g}"


def _not_kept(names: list[str]) -> Iterator[tuple[str, str]]:
    """Say what else is in a file that nothing is read from."""
    if any(name.endswith("vbaProject.bin") for name in names):
        yield "the file has macros, which are not looked at", "none needed; they are never run"
    if any(name.startswith("xl/media/") for name in names):
        yield "the file has pictures, which are not kept", "say in words what they show"


def _look_over(data: bytes) -> list[str]:
    """Return the names in an archive; refuse one that is broken, a bomb, or no table."""
    if len(data) > MOST_BYTES:
        raise Refused(
            f"the file is larger than {MOST_BYTES // 1_000_000} MB", "delete its pictures"
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _members(archive)
            _unpack(archive)
            return archive.namelist()
    except (
        zipfile.BadZipFile,
        NotImplementedError,
        EOFError,
        OSError,
        RuntimeError,
        ValueError,
    ) as error:
        raise Refused(f"the archive is broken ({error})", _AGAIN) from error
    except zlib.error as error:
        raise Refused("the archive is broken", _AGAIN) from error


def _members(archive: zipfile.ZipFile) -> None:
    members = archive.infolist()
    names = [member.filename for member in members]
    if len(members) > MOST_MEMBERS or len(set(names)) < len(names):
        cause = f"the archive has {len(members)} files in it, or two of one name"
        raise Refused(cause, _AGAIN)
    for member in members:
        _member(member)
    if sum(member.file_size for member in members) > MOST_UNPACKED:
        raise _too_large()
    if not any(_SHEET.fullmatch(name) for name in names):
        cure = "save the questions as .xlsx, .csv or GIFT"
        raise Refused(f"this is {_other(names)}, not a table of Excel", cure)


def _member(member: zipfile.ZipInfo) -> None:
    if member.flag_bits & _ENCRYPTED:
        raise Refused("it is locked with a password", "save it without one")
    if member.filename.startswith(("/", "\\")) or ".." in member.filename.split("/"):
        raise Refused("the archive has a path that leads out of it", _AGAIN)
    if (member.external_attr >> 16) & _FILE_TYPE == _LINK:
        raise Refused("the archive has a link in it", _AGAIN)
    if member.file_size > max(_SMALL, member.compress_size * _MOST_RATIO):
        raise Refused("the archive is a bomb: it unpacks to a hundred times its size", _AGAIN)


def _too_large() -> Refused:
    cause = f"it unpacks to more than {MOST_UNPACKED // 1_000_000} MB"
    return Refused(cause, "delete what is no question")


def _other(names: list[str]) -> str:
    for sign, what in (
        ("word/", "a document of Word"),
        ("ppt/", "slides of PowerPoint"),
        ("collection.anki2", "a deck of Anki"),
        ("moodle_backup.xml", "a backup of Moodle"),
        ("h5p.json", "an H5P package"),
        ("imsmanifest.xml", "a QTI or SCORM package"),
        ("content.xml", "a document of LibreOffice"),
    ):
        if any(name.startswith(sign) for name in names):
            return what
    return "an archive"


def _unpack(archive: zipfile.ZipFile) -> None:
    """Count what the sheets and their texts hold, before a reader builds it all up."""
    left = MOST_UNPACKED
    for member in archive.infolist():
        if not member.filename.endswith((".xml", ".rels")):
            continue
        content = _content(archive, member, left)
        left -= len(content)
        if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
            raise Refused("it has a document type or entities, which can hide anything", _AGAIN)
        _count(member.filename, content)


def _content(archive: zipfile.ZipFile, member: zipfile.ZipInfo, left: int) -> bytes:
    with archive.open(member) as file:
        content = file.read(left + 1)
    if len(content) > left:
        raise _too_large()
    return content


def _count(name: str, content: bytes) -> None:
    rows, cells = content.count(b"<row"), content.count(b"<c ") + content.count(b"<c>")
    if _SHEET.fullmatch(name) and (rows > MOST_ROWS or cells > MOST_CELLS):
        cause = f"a sheet has {rows:,} rows and {cells:,} cells, at most {MOST_ROWS:,} and {MOST_CELLS:,} are allowed"
        raise Refused(cause, "split it into several files")
    if name == _STRINGS and content.count(b"<si") > MOST_CELLS:
        raise Refused("it has too many texts", "split it into several files")
    if not _SHEET.fullmatch(name) and name != _STRINGS and content.count(b"<") > MOST_CELLS:
        raise Refused(f"its part {name} is far too large", _AGAIN)
