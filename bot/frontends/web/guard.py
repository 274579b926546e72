"""What stands between the page and the network: whom it listens to, and what it tells browsers."""

import logging
from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.service.faults import fault
from bot.service.ports import StoreProblem

_log = logging.getLogger(__name__)

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})

_POLICY = "; ".join(
    [
        "default-src 'none'",
        "connect-src 'self'",
        "img-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ]
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    # Not no-referrer: with it browsers would send our own forms with the origin "null".
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


class Guard:
    """Refuses requests by a name that is not ours, and forms that another site has sent."""

    def __init__(self, app: ASGIApp, hosts: Collection[str]) -> None:
        """Guard an app; without any hosts every name is taken for ours."""
        self._app = app
        self._hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or raise HTTPException."""
        if scope["type"] != "http":
            raise HTTPException(400)
        headers = Headers(scope=scope)
        # Another site whose name leads to this machine must not read the page (DNS rebinding).
        if self._hosts and _name(headers.get("host", "")) not in self._hosts:
            raise HTTPException(421)
        if scope["method"] == "POST" and not _from_here(headers):
            raise HTTPException(403)
        await self._app(scope, receive, send)


def _from_here(headers: Headers) -> bool:
    """Tell whether a form was sent by this page itself, or by no browser at all."""
    origin = headers.get("origin")
    if origin is not None:
        scheme, _, site = origin.lower().partition("://")
        return scheme in {"http", "https"} and site == headers.get("host", "").lower()
    return headers.get("sec-fetch-site", "none") in {"same-origin", "none"}


def _name(host: str) -> str:
    """Return a host without its port and brackets."""
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


class SafeHeaders:
    """Adds to every response what browsers are to forbid."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and add to what comes back."""

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_HEADERS)
                MutableHeaders(scope=message).setdefault("Cache-Control", "no-store")
            await send(message)

        await self._app(scope, receive, sending if scope["type"] == "http" else send)


class Faults:
    """Writes our own faults into the log, without a word of what somebody asked.

    The page has told the person by then. Left to the server, the whole error would be written.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and note what goes wrong."""
        try:
            await self._app(scope, receive, send)
        except StoreProblem as problem:
            _log.error("web: %s", problem)
        except Exception as problem:  # noqa: BLE001 - whatever it is, the next request must be served
            _log.error("web: a request failed: %s", fault(problem))
