"""Who is signed in at the page: looked up once a request, for every page that wants to know."""

from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from hashlib import sha256
from hmac import compare_digest

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.core.roles import PAGE_PEOPLE, Act, Role, may, needs
from bot.frontends.web.forms import read_fields
from bot.frontends.web.session import Session, session_of, signed_session
from bot.service.auditing import labels
from bot.service.desk import Desk
from bot.service.granting import called, role_name
from bot.service.ports import Token, Work

CSRF = "csrf"
"""The field of every form for people with a role that shows that the page itself has sent it."""
_SCOPE = "doublecheck.signed"


@dataclass(frozen=True, slots=True)
class Signed:
    """Somebody who is signed in."""

    session: Session
    person: str
    """Whom the session acts for."""
    role: Role | None
    label: str = ""

    @property
    def csrf(self) -> str:
        """Return what the forms of this session carry; it cannot be guessed without the cookie."""
        return sha256(b"csrf\0" + self.session.token.encode()).hexdigest()

    @property
    def who(self) -> str:
        """Return how they are called."""
        return called(self.person, self.label)

    @property
    def role_name(self) -> str:
        """Return their role in words."""
        return role_name(self.role) if self.role else ""

    @property
    def only_here(self) -> bool:
        """Say whether the page is all that knows them."""
        return self.person.startswith(PAGE_PEOPLE)

    @property
    def edits(self) -> bool:
        """Say whether they may mend banks, and look through what people report."""
        return may(self.role, Act.BANK_EDIT)

    @property
    def administers(self) -> bool:
        """Say whether they may hand on roles."""
        return may(self.role, Act.GRANT)


_present: ContextVar[Signed | None] = ContextVar("signed", default=None)


def present() -> Signed | None:
    """Return who is signed in where the present request comes from."""
    return _present.get()


class NeedsRole(HTTPException):
    """A page is for people with a role; the site says which, and how to sign in."""

    def __init__(self, role: Role) -> None:
        super().__init__(403)
        self.role = role


def require(request: Request, need: Role | Act) -> Signed:
    """Return who is signed in, or raise NeedsRole where they may not do this."""
    lowest = needs(need) if isinstance(need, Act) else need
    signed = request.scope.get(_SCOPE)
    if not isinstance(signed, Signed) or signed.role is None or signed.role < lowest:
        raise NeedsRole(lowest)
    return signed


def csrf_field(signed: Signed) -> Markup:
    """Return the field that every form for people with a role has."""
    return Markup('<input type="hidden" name="{}" value="{}">').format(CSRF, signed.csrf)


def check_csrf(signed: Signed, fields: Mapping[str, Sequence[str]]) -> None:
    """Refuse a form that this session's own pages have not sent."""
    brought = (fields.get(CSRF) or [""])[-1]
    if not compare_digest(brought.encode("utf-8", "replace"), signed.csrf.encode()):
        raise HTTPException(403)


async def sent_by(
    request: Request, need: Role | Act, most: int = 8
) -> tuple[Signed, Mapping[str, str]]:
    """Read a form of somebody who may do this; raise where they may not, or it is not theirs."""
    signed = require(request, need)
    fields = await read_fields(request, most)
    check_csrf(signed, fields)
    return signed, {name: values[-1] for name, values in fields.items()}


async def renewed(work: Work, session: Session, token: Token) -> Session:
    """Return a new session in place of an old one, in which the same person is signed in."""
    found = await work.roles.signed_in(session.key) if session.signed else None
    if found is None:
        return Session(token(), known=False)
    fresh = signed_session(token)
    await work.roles.sign_out(session.key)
    await work.roles.act_as(fresh.key, found.person)
    return fresh


class SignedIn:
    """Looks up who is signed in; browsers in which nobody ever was cost nothing."""

    def __init__(self, app: ASGIApp, desk: Desk) -> None:
        self._app = app
        self._desk = desk

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, together with who it comes from."""
        signed = await self._look_up(Request(scope)) if _is_page(scope) else None
        scope[_SCOPE] = signed
        _present.set(signed)
        await self._app(scope, receive, send)

    async def _look_up(self, request: Request) -> Signed | None:
        session = session_of(request, str)
        if not session.signed:
            return None
        async with self._desk.store.work(self._desk.clock()) as work:
            found = await work.roles.signed_in(session.key)
            if found is None:
                return None
            role = await work.roles.role_of(found.person)
            known = await labels(work)
        return Signed(session, found.person, role, known.get(found.person, ""))


def _is_page(scope: Scope) -> bool:
    return scope["type"] == "http" and not str(scope["path"]).startswith("/static/")
