"""From bytes to text: never guessing an encoding, and saying what is invisible."""

import codecs
import re

from bot.formats.banks.refusing import Refused

MOST_BYTES = 8_000_000
LONGEST_LINE = 200_000
MOST_LINES = 300_000

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LINE_END = re.compile("\r\n|\r|\n")
# What takes no room and turns up by copying from pages: spaces of no width, soft hyphens, stray byte order marks.
_NO_WIDTH = re.compile("[\u200b\u2060\ufeff\u00ad]")
_ENOUGH = 4_000
_CYRILLIC = re.compile("[а-яё]{4,}", re.IGNORECASE)
_SAVE = "save the file as UTF-8"


def text_of(data: bytes, most: int = MOST_BYTES) -> str:
    """Return the text of a file in UTF-8, or in UTF-16 with a byte order mark."""
    if len(data) > most:
        raise Refused(
            f"the file is larger than {most // 1_000_000} MB", "split it into several files"
        )
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise Refused("the file is in UTF-32", _SAVE)
    for bom, name in _BOMS:
        if data.startswith(bom):
            return _readable(_decoded(data[len(bom) :], name))
    return _readable(_decoded(data, "utf-8"))


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        if encoding == "utf-8" and error.end == len(data) and "end of data" in error.reason:
            cause = "the file ends in the middle of a letter: a part of it is missing"
            raise Refused(cause, "copy or download it again", line) from error
        if encoding != "utf-8":
            raise Refused("the file is broken UTF-16", _SAVE, line) from error
        cause = (
            f"the byte 0x{data[error.start]:02X} is not UTF-8; the file looks like {_likely(data)}"
        )
        raise Refused(cause, f"open it in that encoding and {_SAVE}", line) from error


def _readable(text: str) -> str:
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        cause = "the file holds NUL characters: it is no text, or UTF-16 without a byte order mark"
        raise Refused(cause, _SAVE, line)
    return text


def _likely(data: bytes) -> str:
    """Name the encoding that a person should try first."""
    sample = data[: _ENOUGH * 10]
    nulls = sample.count(0)
    if nulls > len(sample) // 5:
        return "UTF-16 without a byte order mark"
    high = bytes(byte for byte in sample if byte > 0x7F)  # noqa: PLR2004 - the end of ASCII
    if _CYRILLIC.search(sample.decode("cp1251", "replace")) and len(high) > len(sample) // 4:
        return "Windows-1251 (Cyrillic)"
    for name, encoding in (
        ("Shift-JIS (Japanese)", "shift_jis"),
        ("GB18030 (Chinese)", "gb18030"),
    ):
        if _mostly_asian(high, sample, encoding):
            return name
    return "Windows-1252 or ISO-8859-1 (Western Europe)"


def _mostly_asian(high: bytes, sample: bytes, encoding: str) -> bool:
    try:
        text = sample.decode(encoding)
    except UnicodeDecodeError:
        return False
    asian = sum("\u3040" <= character <= "\u9fff" for character in text)
    return len(high) > len(sample) // 4 and asian > len(high) // 4


def lines_of(text: str) -> list[str]:
    """Return the lines of a text, whatever system they were written on."""
    if max(text.count("\n"), text.count("\r")) > MOST_LINES:
        raise Refused(
            f"the file has more than {MOST_LINES:,} lines", "split it into several files"
        )
    lines = _LINE_END.split(text)
    for number, line in enumerate(lines, 1):
        if len(line) > LONGEST_LINE:
            cause = f"the line has {len(line):,} characters, at most {LONGEST_LINE:,} are allowed"
            raise Refused(cause, "break it, or take out what is no question", number)
    return lines


def without_width(text: str) -> tuple[str, int, int]:
    """Return a text without characters of no width, how many there were, and the first one's line."""
    first = _NO_WIDTH.search(text)
    if not first:
        return text, 0, 0
    line = len(_LINE_END.findall(text, 0, first.start())) + 1
    clean, count = _NO_WIDTH.subn("", text)
    return clean, count, line
