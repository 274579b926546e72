"""What the page's forms send, parsed at the door."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import parse_qs

from starlette.exceptions import HTTPException
from starlette.requests import Request

from bot.core.events import Commanded, Event, Pressed, Said
from bot.frontends.web.session import Session

QUESTION_LIMIT = 4096
_MOST_BYTES = 64 * 1024
# A browser that is refused while it still sends shows an error of its own, so we hear it out.
_HEARD_OUT = 4 * 1024 * 1024
_MOST_FIELDS = 8
_FORM = "application/x-www-form-urlencoded"
_ONCE = re.compile(r"[A-Za-z0-9_-]{8,86}")
_COMMAND = re.compile(r"/([a-z]{1,32})(?:\s+(.*))?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Asked:
    """Words for the bot: a question, a command, or the text of a report."""

    text: str
    once: str


@dataclass(frozen=True, slots=True)
class PressedButton:
    """A button under an answer, and what stood on it."""

    action: str
    label: str
    once: str


@dataclass(frozen=True, slots=True)
class Cleared:
    """The conversation is to be forgotten."""


Form = Asked | PressedButton | Cleared


async def read_form(request: Request) -> Form:
    """Read what was sent; raise HTTPException where it is too much or not one of our forms."""
    fields = {name: values[-1] for name, values in (await read_fields(request)).items()}
    once = fields.get("once", "")
    if not _ONCE.fullmatch(once):
        raise HTTPException(400)
    if "clear" in fields:
        return Cleared()
    if "press" in fields:
        action, _, label = fields["press"].partition(" ")
        return PressedButton(action, label, once)
    if "text" in fields:
        return Asked(_lines(fields["text"]).strip(), once)
    raise HTTPException(400)


async def read_fields(request: Request, most: int = _MOST_FIELDS) -> Mapping[str, Sequence[str]]:
    """Read any form; raise HTTPException where it is too much, or no form."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _FORM:
        raise HTTPException(415)
    return _fields(await _body(request), most)


def to_event(form: Asked | PressedButton, session: Session) -> Event:
    """Turn a form into what the desk understands."""
    if isinstance(form, PressedButton):
        return Pressed(session.place, session.person, form.action)
    command = _COMMAND.fullmatch(form.text)
    if command:
        name, argument = command.groups(default="")
        return Commanded(session.place, session.person, name, argument)
    return Said(session.place, session.person, form.text)


def update_of(form: Asked | PressedButton, session: Session) -> str:
    """Name a sending, so that the same form sent again with the same words is known as a repeat.

    The words are part of the name: who goes back to an old page and asks something else is heard.
    """
    words = form.text if isinstance(form, Asked) else form.action
    return sha256("\0".join([session.key, form.once, words]).encode()).hexdigest()


async def _body(request: Request) -> bytes:
    kept, length = bytearray(), 0
    async for chunk in request.stream():
        length += len(chunk)
        if length <= _MOST_BYTES:
            kept += chunk
        if length > _HEARD_OUT:
            break
    if length > _MOST_BYTES:
        raise HTTPException(413)
    return bytes(kept)


def _fields(body: bytes, most: int) -> dict[str, list[str]]:
    try:
        text = body.decode("ascii")
        return parse_qs(text, keep_blank_values=True, max_num_fields=most)
    except ValueError:
        raise HTTPException(400) from None


def _lines(text: str) -> str:
    """Undo what browsers do to lines when they send a form."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
