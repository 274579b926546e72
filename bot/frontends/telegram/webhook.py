"""Receives updates that Telegram brings by itself, and answers 200 only after the commit.

A press is confirmed in that same answer: what stands in it, Telegram takes for a call of a method.
Nothing of a web framework stands in between, because a class answers by hundreds of updates a second.
"""

import hmac
import json
import logging
from typing import Any, cast

from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from bot.frontends.telegram.at_once import Confirmation
from bot.frontends.telegram.reception import Raw, Reception

PATH = "/telegram"
"""Where the route stands; WEBHOOK_URL is the address in front of it."""
HEADER = "X-Telegram-Bot-Api-Secret-Token"
LARGEST = 1 << 20
"""Bytes that an update may have; the largest are some tens of thousands."""
CONNECTIONS = 100
"""Updates that Telegram may bring at the same time, the most it allows: answers share a commit."""

OK, UNREADABLE, STRANGER, TOO_LARGE, LATER = 200, 400, 403, 413, 503

_HEADER = HEADER.lower().encode()
_log = logging.getLogger(__name__)

Answer = tuple[int, Confirmation | None]
"""A status, and what is confirmed with it."""


class Webhook:
    """The door for updates; it stands before the bot has begun, and opens when it has."""

    def __init__(self, secret: str) -> None:
        self._secret = secret.encode()
        self._reception: Reception | None = None

    @property
    def route(self) -> Route:
        """The route to hang into a web server."""
        return Route(PATH, self, methods=["POST"])

    def open(self, reception: Reception) -> None:
        """Let updates in."""
        self._reception = reception

    def close(self) -> None:
        """Ask Telegram to come again later."""
        self._reception = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request of a web server."""
        status, confirmation = await self._received(scope, receive)
        body = json.dumps(confirmation).encode() if confirmation else b""
        headers = [
            (b"content-type", b"application/json"),
            (b"content-length", b"%d" % len(body)),
        ]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    async def _received(self, scope: Scope, receive: Receive) -> Answer:
        shown = next((value for name, value in scope["headers"] if name == _HEADER), b"")
        if not hmac.compare_digest(shown, self._secret):
            return STRANGER, None
        body = await _body(receive)
        if body is None:
            return TOO_LARGE, None
        raw = _read(body)
        return (UNREADABLE, None) if raw is None else await self._take(raw)

    async def _take(self, raw: Raw) -> Answer:
        if self._reception is None:
            return LATER, None
        confirmations: list[Confirmation] = []
        try:
            await self._reception.take(raw, confirmations.append)
        except Exception as problem:  # noqa: BLE001 - whatever it is, Telegram must bring it again
            _log.warning("telegram: an update was not kept: %s", type(problem).__name__)
            return LATER, None
        return OK, confirmations[-1] if confirmations else None


async def _body(receive: Receive) -> bytes | None:
    """Return what was sent, or None as soon as it is too much, or when it breaks off."""
    body, more = b"", True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        body += message.get("body", b"")
        if len(body) > LARGEST:
            return None
        more = message.get("more_body", False)
    return body


def _read(body: bytes) -> Raw | None:
    try:
        raw: object = json.loads(body)
    except ValueError:
        return None
    update = cast("dict[str, Any]", raw) if isinstance(raw, dict) else {}
    return update if isinstance(update.get("update_id"), int) else None
