"""Who is at the page: a random cookie, of which nothing but a digest is ever stored."""

import re
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from starlette.requests import Request
from starlette.responses import Response

from bot.core.events import Person, Place
from bot.core.roles import IDLE
from bot.service.ports import Token

COOKIE = "doublecheck"
SIGNED = "signed-"
"""How the cookie of a browser begins in which somebody has signed in: only for these is it looked up
who it is, and nobody can be signed in by a cookie that was planted beforehand."""

_TOKEN = re.compile(r"[A-Za-z0-9_-]{22,86}")


@dataclass(frozen=True, slots=True)
class Session:
    """One browser."""

    token: str
    known: bool
    """Whether the browser brought the cookie along."""

    @property
    def key(self) -> str:
        """Return the person's and the chat's key; whoever reads the store cannot be them."""
        return f"web:{sha256(self.token.encode()).hexdigest()[:32]}"

    @property
    def signed(self) -> bool:
        """Say whether somebody has signed in here, now or earlier."""
        return self.token.startswith(SIGNED)

    @property
    def person(self) -> Person:
        """Return who asks."""
        return Person(self.key)

    @property
    def place(self) -> Place:
        """Return the conversation of this browser."""
        return Place("web", self.key)


def session_of(request: Request, token: Token) -> Session:
    """Return the session of a request, a new one where the cookie is missing or not ours."""
    brought = request.cookies.get(COOKIE, "")
    if _TOKEN.fullmatch(brought):
        return Session(brought, known=True)
    return Session(token(), known=False)


def signed_session(token: Token) -> Session:
    """Return a new session for somebody who signs in."""
    return Session(SIGNED + token(), known=False)


def remember(response: Response, session: Session, request: Request, span: timedelta) -> None:
    """Hand the cookie out, or lengthen its life: it is of use as long as a transcript is kept."""
    span = max(span, IDLE) if session.signed else span
    response.set_cookie(
        COOKIE,
        session.token,
        max_age=round(span.total_seconds()),
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="lax",
    )
