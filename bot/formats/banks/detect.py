"""Which format a file has, by what is in it; its name says nothing."""

import re
from collections.abc import Callable, Mapping

from bot.formats.banks import aiken, csv_file, gift, moodle_xml, opentdb, own, red, xlsx_file
from bot.formats.banks.draft import Draft, drafted
from bot.formats.banks.gift_blocks import braces
from bot.formats.banks.refusing import Refused
from bot.formats.banks.text import lines_of, text_of
from bot.formats.undisturbed import undisturbed

Reader = Callable[[bytes, str], Draft]

READERS: Mapping[str, Reader] = {
    gift.NAME: gift.read,
    moodle_xml.NAME: moodle_xml.read,
    aiken.NAME: aiken.read_strict,
    "aiken-loose": aiken.read_loose,
    csv_file.NAME: csv_file.read,
    xlsx_file.NAME: xlsx_file.read,
    red.NAME: red.read,
    opentdb.NAME: opentdb.read,
    own.YAML: own.read_yaml_bank,
    own.JSON: own.read_json_bank,
}
"""The readers by the name of their format."""

_SIGNATURES = (
    (b"PK\x05\x06", "an empty archive"),
    (b"%PDF", "a PDF"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old document of Word or Excel (.doc, .xls)"),
    (b"{\\rtf", "a rich text document (.rtf)"),
    (b"\x1f\x8b", "an archive (.gz)"),
    (b"7z\xbc\xaf", "an archive (.7z)"),
    (b"Rar!", "an archive (.rar)"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"SQLite format 3", "a database"),
    (b"\x28\xb5\x2f\xfd", "an archive (.zst)"),
)
_SAVE_AS = "save the questions as GIFT, Moodle XML, Aiken, CSV, XLSX, YAML or JSON"

_AIKEN = re.compile(r"(?m)^[ \t]*ANSWER:")
_AIKEN_OPTION = re.compile(r"(?m)^[ \t]*[A-Z][.)]")
_LOOSE = re.compile(r"(?mi)^[^\w\n]{0,40}(?:the\s+)?(?:correct\s+|right\s+)?answer\b.{0,20}?[:=]")
_LOOSE_OPTION = re.compile(r"(?m)^[^\w\n]{0,40}[A-Da-d][.):]\**\s")
_OWN_YAML = re.compile(
    r"(?m)^(?:questions:\s*$|-\s+(?:[&!]\S+\s+)?\{?(?:<<|id|kind|stem|topic|title):)"
)
_RED_ITEM = re.compile(r"(?m)^[ \t]*-\s")
_RED_KEY = re.compile(r"(?m)^[^\s-].*:[ \t]*$")
# Its list beside it, or what a list of Red never needs: anchors, aliases, tags.
_RED_LINE = re.compile(
    r"(?m)^[^\s-][^\n]{0,300}:[ \t]*(?:\[[^\n]{0,500}\]|[&*!][^\n]{1,500})[ \t]*$"
)
_GIFT_SIGN = re.compile(r"(?m)^[ \t]*(?:::|\$CATEGORY:)")
_GIFT_ANSWER = re.compile(r"\{\s*(?:[=~#>%}]|(?:T|F|TRUE|FALSE)\b)", re.IGNORECASE)
_XML = re.compile(r"\s*<(?:\?xml|!DOCTYPE|quiz\b|!--|[A-Za-z][\w:.-]*[\s>])")
_JSON = re.compile(r"(?:\s*//[^\n]*\n)*\s*(?:\{\s*[\"'}]|\[\s*(?:[\"'\[\]]|\{\s*[\"'}]))")
_SAMPLE = 400_000


def read(data: bytes, file: str = "") -> Draft:
    """Read a file of whatever format."""
    found: list[str] = []
    with undisturbed():
        failed = drafted("", file, lambda _: found.append(format_of(data)))
        return READERS[found[0]](data, file) if found else failed


def format_of(data: bytes) -> str:
    """Return the name of a file's format; refuse one that is none of ours."""
    if data.startswith(b"PK\x03\x04"):
        return xlsx_file.NAME
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            raise Refused(f"this is {what}, which cannot be imported", _SAVE_AS)
    if not data.strip(b" \t\r\n\xef\xbb\xbf\xfe\xff"):
        raise Refused("the file is empty", "choose another one")
    if re.match(rb"(?:\xef\xbb\xbf)?\s*<(?:\?xml|quiz\b)", data[:200]):
        return moodle_xml.NAME  # it names its own encoding
    return _of_text(text_of(data))


def _of_text(text: str) -> str:
    text = text[:_SAMPLE].replace("\r\n", "\n").replace("\r", "\n")
    if _AIKEN.search(text) and _AIKEN_OPTION.search(text):
        return _aiken(text)
    if _XML.match(text) and not braces(text):
        if re.match(r"\s*<(?:!DOCTYPE\s+html|html)\b", text, re.IGNORECASE):
            raise Refused("this is a web page, which cannot be imported", _SAVE_AS)
        return moodle_xml.NAME
    if _JSON.match(text) and not _GIFT_SIGN.search(text):
        return _of_json(text)
    return _of_lines(text)


def _of_json(text: str) -> str:
    """Tell the two by their keys; a broken file is our JSON, whose reader says what is wrong."""
    head = text[:4_000]
    return opentdb.NAME if '"correct_answer"' in head or '"response_code"' in head else own.JSON


def _of_lines(text: str) -> str:
    curly = [sign for _, sign in braces(text)]
    if csv_file.delimiter(text):
        return csv_file.NAME
    if _OWN_YAML.search(text) and re.search(r"\bstem:", text):
        return own.YAML
    pairs = min(len(_RED_KEY.findall(text)), len(_RED_ITEM.findall(text)))
    pairs += len(_RED_LINE.findall(text))
    if pairs and pairs > curly.count("{") and not _GIFT_SIGN.search(text):
        return red.NAME
    if curly and "\t" in text and not (_GIFT_SIGN.search(text) or _GIFT_ANSWER.search(text)):
        return _unknown(text)  # a table with a formula in it
    if curly or _GIFT_SIGN.search(text) or re.search(r"(?m)^[ \t]*[=~][ \t]*\S", text):
        return gift.NAME
    if _LOOSE.search(text) and _LOOSE_OPTION.search(text):
        return _aiken(text)
    return _unknown(text)


def _aiken(text: str) -> str:
    strict = aiken.read_strict(text.encode())
    return aiken.NAME if not strict.problems else _better(text, strict)


def _better(text: str, strict: Draft) -> str:
    loose = aiken.read_loose(text.encode())
    more = len(loose.questions) - len(strict.questions)
    better = more > 0 or (more == 0 and loose.whole and not strict.whole)
    return "aiken-loose" if better else aiken.NAME


def _unknown(text: str) -> str:
    if _OWN_YAML.search(text):
        return own.YAML
    if _AIKEN_OPTION.search(text):
        return aiken.NAME
    lines = [line for line in lines_of(text) if line.strip()]
    cause = "this is no format that can be imported"
    if lines and len(lines[0]) < 200:  # noqa: PLR2004 - a line worth showing
        cause = f"{cause}; it begins with “{lines[0].strip()[:60]}”"
    raise Refused(cause, _SAVE_AS, 1)
