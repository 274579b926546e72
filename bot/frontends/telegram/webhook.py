"""Receives updates that Telegram brings by itself, and answers 200 only after the commit."""

import hmac
import json
import logging
from typing import Any, cast

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from bot.frontends.telegram.reception import Raw, Reception

PATH = "/telegram"
"""Where the route stands; WEBHOOK_URL is the address in front of it."""
HEADER = "X-Telegram-Bot-Api-Secret-Token"
LARGEST = 1 << 20
"""Bytes that an update may have; the largest are some tens of thousands."""
CONNECTIONS = 100
"""Updates that Telegram may bring at the same time, the most it allows: answers share a commit."""

OK, UNREADABLE, STRANGER, TOO_LARGE, LATER = 200, 400, 403, 413, 503

_log = logging.getLogger(__name__)


class Webhook:
    """The door for updates; it stands before the bot has begun, and opens when it has."""

    def __init__(self, secret: str) -> None:
        self._secret = secret.encode()
        self._reception: Reception | None = None

    @property
    def route(self) -> Route:
        """The route to hang into a web server."""
        return Route(PATH, self._enter, methods=["POST"])

    def open(self, reception: Reception) -> None:
        """Let updates in."""
        self._reception = reception

    def close(self) -> None:
        """Ask Telegram to come again later."""
        self._reception = None

    async def _enter(self, request: Request) -> Response:
        return Response(status_code=await self._received(request))

    async def _received(self, request: Request) -> int:
        shown = request.headers.get(HEADER, "").encode()
        if not hmac.compare_digest(shown, self._secret):
            return STRANGER
        body = await _body(request)
        if body is None:
            return TOO_LARGE
        raw = _read(body)
        return UNREADABLE if raw is None else await self._take(raw)

    async def _take(self, raw: Raw) -> int:
        if self._reception is None:
            return LATER
        try:
            await self._reception.take(raw)
        except Exception as problem:  # noqa: BLE001 - whatever it is, Telegram must bring it again
            _log.warning("telegram: an update was not kept: %s", type(problem).__name__)
            return LATER
        return OK


async def _body(request: Request) -> bytes | None:
    """Return what was sent, or None as soon as it is too much, or when it breaks off."""
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > LARGEST:
                return None
    except ClientDisconnect:
        return None
    return bytes(body)


def _read(body: bytes) -> Raw | None:
    try:
        raw: object = json.loads(body)
    except ValueError:
        return None
    update = cast("dict[str, Any]", raw) if isinstance(raw, dict) else {}
    return update if isinstance(update.get("update_id"), int) else None
