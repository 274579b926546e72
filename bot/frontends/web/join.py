"""Taking part in a live quiz on the page: joining, coming back, answering, the own result."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from bot.core.live_types import Board, Counted, Judged, Mine, Missed, Phase
from bot.core.numerals import number_or
from bot.core.pseudonyms import pseudonym
from bot.core.quiz import Response as Given
from bot.core.words import say
from bot.frontends.web.forms import read_fields
from bot.frontends.web.live_play import (
    MOST_FIELDS,
    MOST_LETTERS,
    read_response,
    verdict_words,
)
from bot.frontends.web.live_scene import clock
from bot.frontends.web.live_site import LiveSite, board_of, code_in, read_code
from bot.frontends.web.session import Session, remember, session_of
from bot.service.live_ports import LiveView, Sent
from bot.service.live_reporting import report

LONGEST_NAME = 30
_LOOK_AGAIN = 5
"""Seconds after which a page without a script looks again while it waits."""
_PART = "x-live-part"
"""The header of a form that the script sends: it wants the changed part alone."""

Fields = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class JoinPages:
    """The pages of pupils."""

    site: LiveSite

    def routes(self) -> list[BaseRoute]:
        """Return their addresses."""
        return [
            Route("/join", self.ask, methods=["GET"]),
            Route("/join", self.find, methods=["POST"]),
            Route("/join/{code}", self.show, methods=["GET"]),
            Route("/join/{code}", self.take, methods=["POST"]),
            Route("/join/{code}/part", self.part),
            Route("/join/{code}/events", self.events),
        ]

    async def ask(self, _: Request) -> Response:
        """Ask for the code."""
        return self._door(None)

    async def find(self, request: Request) -> Response:
        """Lead to the quiz of a code that was written by hand."""
        typed = _one(await read_fields(request), "code")
        code = read_code(typed)
        if not code or await self.site.live.glance(code) is None:
            return self._door(None, say("web.join.unknown"), typed, 404)
        return RedirectResponse(f"/join/{code}", 303)

    async def show(self, request: Request) -> Response:
        """Show the quiz to who takes part, and the door to everybody else."""
        session = session_of(request, self.site.token)
        who = session.key if session.known else ""
        live = await self.site.live.glance(code_in(request), who, sure=True)
        if live is None:
            return self._door(None, say("web.join.unknown"), code_in(request), 404)
        ended = say("web.join.ended") if live.board.phase is Phase.OVER else ""
        response = (
            self._play(live)
            if live.mine
            else self._door(live.board, ended, pseudonym(session.key))
        )
        return self._remembered(response, session, request)

    async def part(self, request: Request) -> Response:
        """Send what has changed for one pupil."""
        session = session_of(request, self.site.token)
        live = await self.site.live.glance(code_in(request), session.key)
        if live is None or live.mine is None:
            raise HTTPException(404)
        return HTMLResponse(self._part(live))

    async def events(self, request: Request) -> Response:
        """Bring a pupil's page what it shows, now and after each change, until the quiz is over."""
        session = session_of(request, self.site.token)
        board = await board_of(self.site.live, request)
        if board.phase is Phase.OVER:
            return Response(status_code=204)  # so that the browser does not come back

        async def draw() -> str | None:
            live = await self.site.live.glance(board.code, session.key)
            return self._part(live) if live and live.mine else None

        return self.site.streams.open(board.code, draw=draw)

    async def take(self, request: Request) -> Response:
        """Take a form of these pages."""
        fields = await read_fields(request, MOST_FIELDS)
        session = session_of(request, self.site.token)
        match _one(fields, "do"):
            case "answer":
                return await self._answer(request, session, fields)
            case "report":
                return await self._report(request, session, fields)
            case "join":
                return await self._join(request, session, _one(fields, "name"))
            case "recover":
                return await self._recover(request, session, _one(fields, "recovery"))
            case _:
                raise HTTPException(400)

    async def _join(self, request: Request, session: Session, name: str) -> Response:
        code = code_in(request)
        board = await self._board(code)
        if board is None:
            return self._door(None, say("web.join.unknown"), code, 404)
        problem = _cannot_join(session, name)
        if problem:
            response = self._door(board, problem, name or pseudonym(session.key), 422)
            return self._remembered(response, session, request)
        entered = await self.site.live.join(code, session.key, name[:LONGEST_NAME])
        if isinstance(entered, Missed):
            return self._door(board, say("web.join.ended"), name, 409)
        if not entered.recovery:
            return RedirectResponse(f"/join/{code}", 303)
        live = await self._mine(code, session)
        return self._remembered(self._play(live, recovery=entered.recovery), session, request)

    async def _recover(self, request: Request, session: Session, recovery: str) -> Response:
        code = code_in(request)
        board = await self._board(code)
        if board is None or not session.known:
            problem = say("web.join.cookies") if board else say("web.join.unknown")
            return self._door(board, problem, "", 404 if board is None else 422)
        entered = await self.site.live.recover(code, read_code(recovery), session.key)
        if isinstance(entered, Missed):
            name = pseudonym(session.key)
            return self._door(board, say("web.join.unrecovered"), name, 422)
        response = RedirectResponse(f"/join/{code}", 303)
        return self._remembered(response, session, request)

    async def _answer(self, request: Request, session: Session, fields: Fields) -> Response:
        code, given = code_in(request), read_response(fields)
        judged = await self.site.live.answer(Sent(code, _position(fields), session.key, given))
        if _PART in request.headers:
            return await self._confirmed(code, session, given, judged)
        if isinstance(judged, Counted):
            return RedirectResponse(f"/join/{code}", 303)
        live = await self.site.live.glance(code, session.key, sure=True)
        if live is None or live.mine is None:
            return RedirectResponse(f"/join/{code}", 303)
        remark = verdict_words(judged, live.board.question)
        return self._play(live, remark=remark, typed=given.text, status=409)

    async def _report(self, request: Request, session: Session, fields: Fields) -> Response:
        code, words = code_in(request), _one(fields, "text")
        live = await self.site.live.glance(code, session.key, sure=True)
        if live is None or live.mine is None or not words:
            return RedirectResponse(f"/join/{code}", 303)
        who = session.place, session.person
        said = await report(self.site.desk, code, _position(fields), who, words[:MOST_LETTERS])
        return self._play(live, remark=said)

    async def _confirmed(
        self, code: str, session: Session, given: Given, judged: Judged
    ) -> Response:
        """Confirm to the script: what counts is known already, so nothing is looked up again."""
        board = await self._board(code)
        if isinstance(judged, Counted) and board is not None:
            mine = Mine("", 0, given)
            return HTMLResponse(
                self.site.parts.play(LiveView(board, self.site.desk.clock(), mine))
            )
        live = await self.site.live.glance(code, session.key, sure=True)
        if live is None or live.mine is None:
            raise HTTPException(404)
        remark = verdict_words(judged, live.board.question)
        return HTMLResponse(self._part(live, remark, given.text), 409)

    def _part(self, live: LiveView, remark: str = "", typed: str = "") -> str:
        return self.site.parts.clock(live, own=True) + self.site.parts.play(live, remark, typed)

    def _play(
        self,
        live: LiveView,
        *,
        remark: str = "",
        typed: str = "",
        recovery: str = "",
        status: int = 200,
    ) -> Response:
        return self.site.view.page(
            "live_play.html",
            status,
            board=live.board,
            mine=live.mine,
            part=self._part(live, remark, typed),
            recovery=recovery,
            again=0 if recovery or remark else _again(live),
        )

    def _door(
        self, board: Board | None, problem: str = "", typed: str = "", status: int = 200
    ) -> Response:
        return self.site.view.page(
            "join.html",
            status,
            current="/join",
            board=board,
            problem=problem,
            typed=typed,
            longest=LONGEST_NAME,
        )

    async def _board(self, code: str) -> Board | None:
        live = await self.site.live.glance(code)
        return live.board if live else None

    async def _mine(self, code: str, session: Session) -> LiveView:
        live = await self.site.live.glance(code, session.key, sure=True)
        if live is None or live.mine is None:
            raise HTTPException(404)
        return live

    def _remembered(self, response: Response, session: Session, request: Request) -> Response:
        remember(response, session, request, self.site.desk.retention.transcript)
        return response


def _cannot_join(session: Session, name: str) -> str:
    if not session.known:
        return say("web.join.cookies")
    return "" if name else say("web.join.nameless")


def _one(fields: Fields, name: str) -> str:
    return fields.get(name, ("",))[-1].strip()


def _position(fields: Fields) -> int:
    """Return which question an answer was given to: the one that stood there, not the newest."""
    return number_or(_one(fields, "at"), -1, most=3)


def _again(live: LiveView) -> int:
    """Return after how many seconds a page without a script looks again; 0 for never.

    Nothing is taken away while somebody writes an answer: then only when their time is up.
    """
    if live.board.phase is Phase.OVER:
        return 0
    writing = live.board.phase is Phase.ASKING and live.mine and live.mine.response is None
    if not writing:
        return _LOOK_AGAIN
    time = clock(live, own=True)
    return ceil(time.seconds + live.board.setup.grace + 1) if time else 0
