"""The pages of who leads live quizzes: setting one up, the lobby, and what happens next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from bot.core import roles
from bot.core.live_types import MORE, Act, Missed, Remark
from bot.core.words import say
from bot.frontends.web.forms import read_fields
from bot.frontends.web.join import JoinPages
from bot.frontends.web.live_setup import (
    MOST_FIELDS,
    MOST_QUESTIONS,
    ONWARD,
    SECONDS,
    WrongSetup,
    drawing,
    packs_with_questions,
    read_setup,
    topics_of,
)
from bot.frontends.web.live_site import BoardPages, LiveSite, code_in
from bot.frontends.web.live_time import TimePages
from bot.frontends.web.signed import NeedsRole, Signed, check_csrf, csrf_field, present, require
from bot.service.live_ports import LiveView, NoQuestions, Session

_PART = "x-live-part"
_KEYS = (
    ("S", "web.live.do.start"),
    ("N", "web.live.do.next"),
    ("P", "web.live.keys.pause"),
    ("E", "web.live.keys.extend"),
    ("K", "web.live.do.skip"),
)

Fields = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class LeadPages:
    """The pages of teachers."""

    site: LiveSite

    def routes(self) -> list[BaseRoute]:
        """Return their addresses."""
        return [
            Route("/live", self.ask, methods=["GET"]),
            Route("/live", self.create, methods=["POST"]),
            Route("/live/{code}", self.show, methods=["GET"]),
            Route("/live/{code}", self.act, methods=["POST"]),
            Route("/live/{code}/part", self.part),
        ]

    async def ask(self, request: Request) -> Response:
        """Show the form, and what is under way."""
        return await self._setup(require(request, roles.Act.QUIZ_LIVE))

    async def create(self, request: Request) -> Response:
        """Open a lobby."""
        signed = require(request, roles.Act.QUIZ_LIVE)
        fields = await read_fields(request, MOST_FIELDS)
        check_csrf(signed, fields)
        try:
            setup = read_setup(fields, self.site.desk.library, self.site.token())
            code = await self.site.live.create(signed.person, setup)
        except WrongSetup as wrong:
            return await self._setup(signed, fields, str(wrong))
        except NoQuestions:
            return await self._setup(signed, fields, str(WrongSetup("empty")))
        return RedirectResponse(f"/live/{code}", 303)

    async def show(self, request: Request) -> Response:
        """Show who is there and what can be done next."""
        signed, live = await self._leading(request)
        return self._page(request, signed, live)

    async def part(self, request: Request) -> Response:
        """Send what has changed."""
        signed, live = await self._leading(request)
        return HTMLResponse(self._part(request, signed, live))

    async def act(self, request: Request) -> Response:
        """Do what was pressed, unless the page it was pressed on is out of date."""
        signed, live = await self._leading(request)
        fields = await read_fields(request)
        check_csrf(signed, fields)
        remark = await self._act(live, signed, fields)
        if not remark and _PART not in request.headers:
            return RedirectResponse(f"/live/{live.board.code}", 303)
        signed, live = await self._leading(request)
        status = 409 if remark else 200
        if _PART in request.headers:
            return HTMLResponse(self._part(request, signed, live, remark), status)
        return self._page(request, signed, live, remark, status)

    async def _act(self, live: LiveView, signed: Signed, fields: Fields) -> str:
        board, act = live.board, _act_of(fields)
        if fields.get("epoch", ("",))[-1] != str(board.epoch):
            return say("web.live.changed")
        why = await self.site.live.control(board.code, signed.person, act)
        return _why(why)

    async def _leading(self, request: Request) -> tuple[Signed, LiveView]:
        """Return who leads the quiz of an address; pupils find their own page instead."""
        signed, code = present(), code_in(request)
        live = await self.site.live.view(code, signed.person if signed else "")
        if live is None:
            raise HTTPException(404)
        if signed is None or not live.leads:
            raise NeedsRole(roles.Role.TEACHER)
        return signed, live

    async def _setup(
        self, signed: Signed, typed: Fields | None = None, problem: str = ""
    ) -> Response:
        return self.site.view.page(
            "live_setup.html",
            422 if problem else 200,
            current="/live",
            running=await self._running(signed.person),
            packs=packs_with_questions(self.site.desk.library),
            topics_of=topics_of,
            drawing=drawing,
            csrf=csrf_field(signed),
            typed=typed or {},
            problem=problem,
            most=MOST_QUESTIONS,
            seconds=SECONDS,
            onward=ONWARD,
        )

    async def _running(self, person: str) -> Sequence[Session]:
        async with self.site.desk.store.work(self.site.desk.clock()) as work:
            return await work.sessions.led_by(person)

    def _page(
        self, request: Request, signed: Signed, live: LiveView, remark: str = "", status: int = 200
    ) -> Response:
        return self.site.view.page(
            "live_lead.html",
            status,
            board=live.board,
            door=self.site.door(request, live.board.code),
            part=self._part(request, signed, live, remark),
            remark=remark,
            keys=[(key, say(what, seconds=round(MORE))) for key, what in _KEYS],
        )

    def _part(self, request: Request, signed: Signed, live: LiveView, remark: str = "") -> str:
        door = self.site.door(request, live.board.code)
        return self.site.parts.lead(live, door, csrf_field(signed), remark)


def _act_of(fields: Fields) -> Act:
    try:
        return Act(fields.get("do", ("",))[-1])
    except ValueError:
        raise HTTPException(400) from None


def _why(why: Remark | Missed | None) -> str:
    """Say why nothing changed."""
    match why:
        case None:
            return ""
        case Missed():
            return say("live.unknown")
        case Remark.NOT_YOURS:
            return say("live.not-yours", who=say("live.who.host"))
        case _:
            return say(why)


def live_pages(site: LiveSite) -> list[BaseRoute]:
    """Return the addresses of everything live."""
    return [
        *BoardPages(site).routes(),
        *TimePages(site).routes(),
        *LeadPages(site).routes(),
        *JoinPages(site).routes(),
    ]
