"""The site: which address shows what, and what is said when something goes wrong."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from mimetypes import guess_type

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route, Router
from starlette.types import ASGIApp

from bot.core.events import Place
from bot.core.roles import Role
from bot.frontends.web.attachments import Attachments
from bot.frontends.web.audit_page import AuditPage
from bot.frontends.web.bank import bank_pages
from bot.frontends.web.chat import Chat
from bot.frontends.web.classes import ClassPages
from bot.frontends.web.flags import FlagPage
from bot.frontends.web.guard import Faults, Guard, SafeHeaders
from bot.frontends.web.live import live_pages
from bot.frontends.web.live_parts import Parts
from bot.frontends.web.live_site import LiveSite
from bot.frontends.web.live_stream import Channels, Streams
from bot.frontends.web.reach import THIS_MACHINE, Reach
from bot.frontends.web.results import Results
from bot.frontends.web.signed import NeedsRole, SignedIn
from bot.frontends.web.signin import SigningIn
from bot.frontends.web.team import Team
from bot.frontends.web.texts import COMMANDS, Texts
from bot.frontends.web.unanswered import UnansweredPage
from bot.frontends.web.view import STATIC, View, environment, version
from bot.service.banks import Banks
from bot.service.desk import Desk
from bot.service.granting import role_name
from bot.service.live_ports import Lives
from bot.service.ports import Token

_WORDED = frozenset({400, 403, 404, 405, 413, 415, 421})
# Addresses of static files name their state, so a browser need never ask again.
_FOR_GOOD = {"Cache-Control": "public, max-age=31536000, immutable"}


@dataclass(frozen=True, slots=True)
class Beside:
    """What is served with the conversation, where it is there."""

    routes: Sequence[BaseRoute] = ()
    """Beside the pages, unguarded."""
    live: Lives | None = None
    banks: Banks | None = None
    """Those whose publications this worker notices at once."""
    closing: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when the site stops, so that pages that are listening do not keep it waiting."""


def site(
    desk: Desk, token: Token, reach: Reach = THIS_MACHINE, beside: Beside | None = None
) -> ASGIApp:
    """Return the whole site."""
    view, beside = View(desk, environment(), version()), beside or Beside()
    errors = Errors(view)
    known = [
        *_pages(desk, view, token, reach),
        *bank_pages(desk, view, token, beside.banks),
        *_live(desk, view, token, reach, beside),
    ]
    pages = Guard(SignedIn(Router(known), desk), reach.hosts())
    app = Starlette(
        routes=[Mount("/", pages)],
        exception_handlers={
            NeedsRole: errors.needs_role,
            HTTPException: errors.refused,
            Exception: errors.failed,
        },
    )
    # What stands beside the pages is asked first: it has nothing to do with browsers.
    return Router(beside.routes, redirect_slashes=False, default=SafeHeaders(Faults(app)))


def _pages(desk: Desk, view: View, token: Token, reach: Reach) -> list[BaseRoute]:
    chat, texts = Chat(desk, view, token), Texts(desk, view, token)
    return [
        Route("/", chat.show, methods=["GET"]),
        Route("/", chat.take, methods=["POST"]),
        *(Route(f"/{name}", texts.command) for name in COMMANDS),
        *SigningIn(desk, view, token).routes(),
        *Team(desk, view, reach).routes(),
        *AuditPage(desk, view).routes(),
        *ClassPages(desk, view, token, reach).routes(),
        *Results(desk, view).routes(),
        *FlagPage(desk, view).routes(),
        *UnansweredPage(desk, view).routes(),
        Route("/f/{fact}", texts.fact),
        Route("/file/{digest}/{name}", Attachments(desk, token).show),
        Route("/health", Health(desk).show),
        Route("/static/{name}", Files.read().show),
    ]


def _live(
    desk: Desk, view: View, token: Token, reach: Reach, beside: Beside
) -> Sequence[BaseRoute]:
    if beside.live is None:
        return ()
    streams = Streams(Channels(beside.live), beside.closing)
    parts = Parts(view)
    return live_pages(LiveSite(desk, view, token, beside.live, reach, streams, parts))


@dataclass(frozen=True, slots=True)
class Errors:
    """Says in words what went wrong."""

    view: View

    async def refused(self, _: Request, error: Exception) -> Response:
        """Explain why a request was not served."""
        status = error.status_code if isinstance(error, HTTPException) else 400
        response = self.view.error(status if status in _WORDED else 400)
        response.status_code = status
        return response

    async def needs_role(self, _: Request, error: Exception) -> Response:
        """Say which role a page needs, and how to sign in."""
        role = error.role if isinstance(error, NeedsRole) else Role.OWNER
        return self.view.page("role_needed.html", 403, role=role_name(role))

    async def failed(self, _: Request, __: Exception) -> Response:
        """Apologise for a fault of ours; the server writes it into the log."""
        return self.view.error(500)


@dataclass(frozen=True, slots=True)
class Health:
    """Tells a monitor that the bot is there and its store answers."""

    desk: Desk

    async def show(self, _: Request) -> Response:
        """Answer with the number of packs; a store that fails is answered as a fault."""
        nowhere, now = Place("web", "web:health"), self.desk.clock()
        async with self.desk.store.work(now) as work:
            await work.transcript(nowhere, now, 1)
        return JSONResponse({"status": "ok", "packs": len(self.desk.library.shelves)})


@dataclass(frozen=True, slots=True)
class Files:
    """The style sheet, the script and the sign of the site, held in memory."""

    contents: dict[str, bytes]

    @classmethod
    def read(cls) -> "Files":
        """Read them all."""
        return cls({path.name: path.read_bytes() for path in STATIC.iterdir() if path.is_file()})

    async def show(self, request: Request) -> Response:
        """Send one."""
        name = str(request.path_params["name"])
        if name not in self.contents:
            raise HTTPException(404)
        kind, _ = guess_type(name)
        return Response(self.contents[name], media_type=kind, headers=_FOR_GOOD)
