"""What all live pages share, and the pages that everybody may open: the big screen and its parts."""

from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from bot.core.live_types import Board, Phase
from bot.frontends.web.live_parts import Door, Parts
from bot.frontends.web.live_qr import picture
from bot.frontends.web.live_stream import Streams
from bot.frontends.web.reach import Reach
from bot.frontends.web.view import View
from bot.service.desk import Desk
from bot.service.live_ports import Lives, LiveView
from bot.service.ports import Token

_LONGEST_CODE = 20


@dataclass(frozen=True, slots=True)
class LiveSite:
    """What the live pages need."""

    desk: Desk
    view: View
    token: Token
    live: Lives
    reach: Reach
    streams: Streams
    parts: Parts

    def door(self, request: Request, code: str) -> Door:
        """Return where one joins."""
        return Door(self.reach.base(request.url), code)


def read_code(text: str) -> str:
    """Read a code as people write it: in small letters, with spaces or dashes."""
    return "".join(c for c in text.upper()[: 2 * _LONGEST_CODE] if c.isascii() and c.isalnum())


def code_in(request: Request) -> str:
    """Return the code in the address of a page."""
    return read_code(str(request.path_params["code"]))


def is_wide(request: Request) -> bool:
    """Tell whether a page wants to know of everything, as who leads and the big screen do."""
    return request.query_params.get("wide") == "1"


@dataclass(frozen=True, slots=True)
class BoardPages:
    """The big screen; it shows nothing that a pupil may not see."""

    site: LiveSite

    def routes(self) -> list[BaseRoute]:
        """Return the addresses of the big screen."""
        return [
            Route("/live/{code}/board", self.show),
            Route("/live/{code}/board/part", self.part),
            Route("/live/{code}/qr.svg", self.code),
            Route("/live/{code}/events", self.events),
        ]

    async def show(self, request: Request) -> Response:
        """Show the big screen."""
        live = await self._view(request)
        return self.site.view.page(
            "live_board.html",
            code=live.board.code,
            title=live.board.title,
            over=live.board.phase is Phase.OVER,
            part=self._part(request, live),
        )

    async def part(self, request: Request) -> Response:
        """Send what has changed on it."""
        return HTMLResponse(self._part(request, await self._view(request)))

    async def code(self, request: Request) -> Response:
        """Draw the address of the quiz for cameras."""
        board = await board_of(self.site.live, request)
        return picture(self.site.door(request, board.code).full)

    async def events(self, request: Request) -> Response:
        """Tell a page of changes until the quiz is over."""
        board = await board_of(self.site.live, request)
        if board.phase is Phase.OVER:
            return Response(status_code=204)  # so that the browser does not come back
        return self.site.streams.open(board.code, wide=is_wide(request))

    def _part(self, request: Request, live: LiveView) -> str:
        return self.site.parts.board(live, self.site.door(request, live.board.code))

    async def _view(self, request: Request) -> LiveView:
        live = await self.site.live.glance(code_in(request), counts=True)
        if live is None:
            raise HTTPException(404)
        return live


async def board_of(live: Lives, request: Request) -> Board:
    """Return what everybody sees of the quiz that an address names."""
    seen = await live.glance(code_in(request))
    if seen is None:
        raise HTTPException(404)
    return seen.board
