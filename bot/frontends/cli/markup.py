"""How answers look on a terminal, and as plain text."""

import re
import sys
import unicodedata
from collections.abc import Callable, Iterator

from bot.core.facts import Verdict
from bot.core.page import Laid, Markup, Role, Style
from bot.core.words import SIGNS

_ANSI = {Style.STRONG: "\x1b[1m", Style.QUIET: "\x1b[2m"}
_CODE = re.compile(r"\x1b\[\dm")


def markup(*, colour: bool = False, width: int = 0) -> Markup:
    """Return the markup of a terminal that is so wide; with 0, no line is broken."""
    return Markup(
        escape=_visible,
        style=_highlighted if colour else _plain,
        link=_link,
        mark=_mark,
        lay=_layer(width),
        size=len,
        limit=sys.maxsize,
    )


def _visible(text: str) -> str:
    """Drop what a terminal would obey instead of showing: control and direction characters."""
    return "".join(
        c for c in text if c == "\n" or unicodedata.category(c) not in {"Cc", "Cf", "Cs"}
    )


def _highlighted(how: Style, text: str) -> str:
    return f"{_ANSI[how]}{text}\x1b[0m" if how in _ANSI and text.strip() else text


def _plain(_how: Style, text: str) -> str:
    return text


def _link(text: str, url: str) -> str:
    return _visible(f"{text} <{url}>" if url != text else url)


def _mark(verdict: Verdict, label: str) -> str:
    return f"{SIGNS[verdict]} {_visible(label)}"


def _layer(width: int) -> Callable[[Laid], str]:
    def lay(blocks: Laid) -> str:
        return "\n".join(_line(role, text, width) for role, text in blocks).strip()

    return lay


def _line(role: Role, text: str, width: int) -> str:
    bullet = "• " if role is Role.ITEM else ""
    space = "\n" if role is Role.CAVEAT else ""
    return space + "\n".join(_wrapped(bullet + text.strip(), width, indent=" " * len(bullet)))


def _wrapped(text: str, width: int, indent: str) -> Iterator[str]:
    """Break a paragraph between words; highlighting has no width. `textwrap` would count it."""
    line = ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if width and line.strip() and len(_CODE.sub("", longer)) > width:
            yield line
            longer = indent + word
        line = longer
    yield line
