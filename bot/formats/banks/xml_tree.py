"""XML without its traps: no document types, no entities, no depth, no end of elements."""

from collections.abc import Iterator
from typing import Any, Protocol
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser
from typing_extensions import override

from bot.formats.banks.refusing import Refused

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

    def __init__(self, take: Taker) -> None:
        super().__init__()
        self._take = take
        self._open: list[Element] = []
        self._count = 0
        self._line = 0
        self.parser: Any = None
        self.root = ""

    @override
    def start(self, tag: Any, attrs: Any, /) -> Element:
        element = super().start(tag, attrs)
        self._count += 1
        if len(self._open) >= DEEPEST:
            cause = f"its elements are nested more than {DEEPEST} levels deep"
            raise Refused(cause, "export it again from where it comes", self._now())
        if self._count > MOST_ELEMENTS:
            raise Refused("it has too many elements", "split it into several files", self._now())
        if not self._open:
            self.root = str(tag)
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


def parse(data: bytes, take: Taker) -> str:
    """Read XML, hand on each element below its root, and return the root's name."""
    if len(data) > MOST_BYTES:
        cause = f"the file is larger than {MOST_BYTES // 1_000_000} MB"
        raise Refused(cause, "export it in several parts, or without its pictures")
    builder = _Builder(take)
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
    return builder.root


_CURE = "export it again, or mend the element there"


def _told(error: ParseError) -> str:
    return str(error).partition(":")[0]


def _line(parser: Any) -> int:
    return int(parser.parser.CurrentLineNumber)


def children(element: Element, name: str) -> Iterator[Element]:
    """Return the elements of a name directly below."""
    return (child for child in element if child.tag == name)


def text_in(element: Element | None, name: str = "text") -> str:
    """Return the text of an element's child, or empty."""
    found = None if element is None else element.find(name)
    return (found.text or "") if found is not None else ""
