"""Telegram's HTML, read as strictly as Telegram reads it."""

import re

TAGS = {
    "b",
    "strong",
    "i",
    "em",
    "u",
    "ins",
    "s",
    "strike",
    "del",
    "a",
    "code",
    "pre",
    "blockquote",
}
_PIECE = re.compile(r"<(/?)([^<>]*)>|&(?:(lt|gt|amp|quot)|#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6}));")
_LINK = re.compile(r' href="([^"<>]*)"')
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}


class Refused(Exception):
    """Telegram would answer this call with 400 and these words."""


def utf16(text: str) -> int:
    """Count as Telegram does."""
    return len(text.encode("utf-16-le")) // 2


def shown(text: str) -> str:
    """Return what is shown of a text in HTML; refuse what Telegram would refuse."""
    out: list[str] = []
    opened: list[str] = []
    end = 0
    for piece in _PIECE.finditer(text):
        out.append(_plain(text[end : piece.start()]))
        end = piece.end()
        if piece[0].startswith("&"):
            out.append(_letter(piece))
        else:
            _turn(opened, closing=bool(piece[1]), inside=piece[2])
    out.append(_plain(text[end:]))
    if opened:
        raise Refused(
            f"can't parse entities: Can't find end tag corresponding to start tag {opened[-1]}"
        )
    return "".join(out)


def _plain(text: str) -> str:
    if "<" in text:
        raise Refused('can\'t parse entities: Unsupported start tag ""')
    return text


def _letter(piece: re.Match[str]) -> str:
    if piece[3]:
        return _NAMED[piece[3]]
    return chr(int(piece[4]) if piece[4] else int(piece[5], 16))


def _turn(opened: list[str], *, closing: bool, inside: str) -> None:
    name, attributes = re.fullmatch(
        r"([^\s]*)(.*)", inside, re.DOTALL
    ).groups()  # matches anything
    if closing:
        if not opened or opened.pop() != name or attributes:
            raise Refused(f"can't parse entities: Unmatched end tag {name!r}")
        return
    if name not in TAGS or (attributes and not (name == "a" and _LINK.fullmatch(attributes))):
        raise Refused(f"can't parse entities: Unsupported start tag {name!r}")
    opened.append(name)
