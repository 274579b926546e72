"""XML without its traps: no document types, no entities, no depth, no end of elements."""

import codecs
import re
from collections.abc import Iterator
from typing import Any, Protocol
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser
from typing_extensions import override

from bot.formats.banks.refusing import Refused
from bot.formats.banks.text import text_of

MOST_BYTES = 30_000_000
DEEPEST = 40
MOST_ELEMENTS = 1_500_000
_CHUNK = 1 << 16


class Taker(Protocol):
    """Takes one finished element below the root, with its line."""

    def __call__(self, element: Element, line: int) -> None:
        """Take it; it is forgotten afterwards."""
        ...


class _Builder(TreeBuilder):
    """Builds elements and hands each one below the root on, so that only one stands in memory."""

    def __init__(self, take: Taker, root: str, cure: str) -> None:
        super().__init__()
        self._take = take
        self._root = root
        self._cure = cure
        self._open: list[Element] = []
        self._count = 0
        self._line = 0
        self.parser: Any = None

    @override
    def start(self, tag: Any, attrs: Any, /) -> Element:
        element = super().start(tag, attrs)
        self._count += 1
        if len(self._open) >= DEEPEST:
            cause = f"its elements are nested more than {DEEPEST} levels deep"
            raise Refused(cause, "export it again from where it comes", self._now())
        if self._count > MOST_ELEMENTS:
            raise Refused("it has too many elements", "split it into several files", self._now())
        if not self._open and tag != self._root:
            cause = f"this is XML, but its root is <{tag}> and not <{self._root}>"
            raise Refused(cause, self._cure, self._now())
        if len(self._open) == 1:
            self._line = self._now()
        self._open.append(element)
        return element

    @override
    def end(self, tag: Any, /) -> Element:
        element = super().end(tag)
        self._open.pop()
        if len(self._open) == 1:
            self._take(element, self._line)
            self._open[0].clear()
        return element

    def _now(self) -> int:
        return int(self.parser.CurrentLineNumber) if self.parser is not None else 0


def parse(data: bytes, take: Taker, root: str, cure: str) -> None:
    """Read XML with a root of that name, and hand on each element below it."""
    if len(data) > MOST_BYTES:
        cause = f"the file is larger than {MOST_BYTES // 1_000_000} MB"
        raise Refused(cause, "export it in several parts, or without its pictures")
    _refuse_other_encoding(data)
    builder = _Builder(take, root, cure)
    parser: Any = DefusedXMLParser(target=builder, forbid_dtd=True)
    builder.parser = parser.parser
    try:
        for begin in range(0, len(data), _CHUNK):
            parser.feed(data[begin : begin + _CHUNK])
        parser.close()
    except DefusedXmlException as error:
        cause = "it has a document type or entities, which can hide anything"
        raise Refused(cause, "delete <!DOCTYPE …> and export it again", _line(parser)) from error
    except ParseError as error:
        raise Refused(
            f"this is not valid XML: {_told(error)}", _CURE, error.position[0]
        ) from error
    except (LookupError, ValueError) as error:
        raise Refused(f"this is not valid XML: {error}", "save it as UTF-8") from error


_NAMED = re.compile(
    rb"""\A(?:\xef\xbb\xbf)?\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]+)"""
)
_UNICODE = frozenset({b"utf-8", b"utf8"})


def _refuse_other_encoding(data: bytes) -> None:
    """Refuse text whose encoding is another than it says: it would be read with the wrong letters."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return
    named = _NAMED.match(data[:400])
    if not named or named[1].lower() in _UNICODE:
        text_of(data, MOST_BYTES)
    elif not data.isascii() and _is_unicode(data):
        cause = f"it says that it is in {named[1].decode()}, but it is in UTF-8"
        raise Refused(cause, 'write encoding="UTF-8" in its first line', 1)


def _is_unicode(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


_CURE = "export it again, or mend the element there"


def _told(error: ParseError) -> str:
    return str(error).partition(":")[0]


def _line(parser: Any) -> int:
    return int(parser.parser.CurrentLineNumber)


def children(element: Element, name: str) -> Iterator[Element]:
    """Return the elements of a name directly below."""
    return (child for child in element if child.tag == name)


def text_in(element: Element | None, name: str = "text") -> str:
    """Return the text of an element's child, or empty; refuse one with elements in it."""
    found = None if element is None else element.find(name)
    if found is not None and len(found):
        cause = f"<{found[0].tag}> stands in a text, of which XML makes an element"
        raise Refused(cause, "put the text into <![CDATA[ ]]>, or write &lt; for <")
    return (found.text or "") if found is not None else ""
