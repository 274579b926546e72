"""What the bank's forms send: many fields with long texts, and files, sized before they are read."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qs

from starlette.exceptions import HTTPException
from starlette.requests import Request

from bot.core.numerals import number_or
from bot.core.roles import Act
from bot.frontends.web.signed import Signed, check_csrf, require

MOST_FILE = 30_000_000
_MOST_FORM = 2_000_000
_BESIDE_FILE = 100_000
"""The other fields of a form with a file, and what stands between them."""
_HEARD_OUT = 4
"""So many times too much is heard out: a browser that is cut off shows an error of its own."""
_MOST_FIELDS = 3_000
_MOST_PARTS = 20
_PLAIN = "application/x-www-form-urlencoded"
_BOUNDARY = re.compile(r'multipart/form-data\s*;.*?boundary="?([^";,]{1,200})"?', re.IGNORECASE)
_NAME = re.compile(rb'\bname="([^"]{0,100})"')
_FILE = re.compile(rb'\bfilename="([^"]*)"')

Fields = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Sent:
    """A form of somebody who may send it."""

    signed: Signed
    fields: Fields
    file: str = ""
    """The name of the file that came with it."""
    content: bytes = b""

    def text(self, name: str) -> str:
        """Return a field of one line."""
        return " ".join((self.fields.get(name) or [""])[-1].split())

    def number(self, name: str) -> int:
        """Return a field with a whole number, or 0."""
        return number_or(self.text(name), 0)


async def sent(request: Request, need: Act) -> Sent:
    """Read a form of somebody who may do this; raise where they may not, or it is not theirs."""
    signed = require(request, need)
    kind = request.headers.get("content-type", "")
    if kind.partition(";")[0].strip().lower() != _PLAIN:
        raise HTTPException(415)
    fields = _fields(await _body(request, _MOST_FORM))
    check_csrf(signed, fields)
    return Sent(signed, fields)


async def sent_file(request: Request, need: Act) -> Sent:
    """Read a form that has a file; raise HTTPException 413 where that is too large."""
    signed = require(request, need)
    boundary = _BOUNDARY.match(request.headers.get("content-type", "").strip())
    if boundary is None:
        raise HTTPException(415)
    body = await _body(request, MOST_FILE + _BESIDE_FILE)
    found = _parted(body, boundary[1].strip().encode(), signed)
    check_csrf(signed, found.fields)
    if len(found.content) > MOST_FILE:
        raise HTTPException(413)
    return found


async def _body(request: Request, most: int) -> bytes:
    """Read what is sent, as far as it is not too much: that is known before it is read."""
    declared = number_or(request.headers.get("content-length", ""), 0)
    kept, length = bytearray(), 0
    async for chunk in request.stream():
        length += len(chunk)
        if max(length, declared) <= most:
            kept += chunk
        if length > most * _HEARD_OUT:
            break
    if max(length, declared) > most:
        raise HTTPException(413)
    return bytes(kept)


def _fields(body: bytes) -> dict[str, list[str]]:
    try:
        return parse_qs(body.decode("ascii"), keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except ValueError:
        raise HTTPException(400) from None


def _parted(body: bytes, boundary: bytes, signed: Signed) -> Sent:
    fields: dict[str, list[str]] = {}
    file, content = "", b""
    for name, called, value in _parts(body, boundary):
        if called is None:
            fields.setdefault(name, []).append(value.decode("utf-8", "replace"))
        else:
            file, content = called, value
    return Sent(signed, fields, file, content)


def _parts(body: bytes, boundary: bytes) -> Iterator[tuple[str, str | None, bytes]]:
    """Yield the name, the file's name and the content of each part."""
    pieces = (b"\r\n" + body).split(b"\r\n--" + boundary)
    if len(pieces) > _MOST_PARTS:
        raise HTTPException(400)
    for piece in pieces[1:-1]:
        head, between, value = piece.partition(b"\r\n\r\n")
        name, file = _NAME.search(head), _FILE.search(head)
        if not between or name is None:
            raise HTTPException(400)
        called = _decoded(file[1]) if file else None
        yield _decoded(name[1]), called, value


def _decoded(name: bytes) -> str:
    text = name.decode("utf-8", "replace").replace("%22", '"')
    return "".join(c for c in text if c.isprintable())[:200]
