"""The page on which a teacher gives one learner of a live quiz more time; nobody else sees it."""

from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from bot.core import roles
from bot.core.classes import FACTORS, factor_name
from bot.core.words import say
from bot.frontends.web.forms import read_fields
from bot.frontends.web.live_site import LiveSite, code_in
from bot.frontends.web.signed import NeedsRole, Signed, check_csrf, csrf_field, present
from bot.service.live_codes import read_code
from bot.service.live_stage import Stage, may_lead, staged
from bot.service.time_part import present_in

Fields = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class TimePages:
    """More time for one learner."""

    site: LiveSite

    def routes(self) -> list[BaseRoute]:
        """Return their addresses."""
        path = "/live/{code}/time"
        return [
            Route(path, self.show, methods=["GET"]),
            Route(path, self.change, methods=["POST"]),
        ]

    async def show(self, request: Request) -> Response:
        """List who takes part, each with their time."""
        async with self._leading(request) as (signed, stage):
            people = await present_in(stage)
        return self.site.view.page(
            "live_time.html",
            200,
            current="/live",
            code=stage.session.code,
            people=people,
            factors=[(f, say(f"class.member.time.{factor_name(f)}")) for f in FACTORS],
            csrf=csrf_field(signed),
            saved="saved" in request.query_params,
        )

    async def change(self, request: Request) -> Response:
        """Keep the time of one learner."""
        fields = await read_fields(request)
        async with self._leading(request) as (signed, stage):
            check_csrf(signed, fields)
            await _keep(stage, fields)
        return RedirectResponse(f"/live/{stage.session.code}/time?saved=1", 303)

    @asynccontextmanager
    async def _leading(self, request: Request) -> AsyncGenerator[tuple[Signed, Stage]]:
        """Open the quiz of an address for who leads it."""
        signed, desk = present(), self.site.desk
        if signed is None:
            raise NeedsRole(roles.Role.TEACHER)
        now = desk.clock()
        async with desk.store.work(now) as work:
            stage = await staged(work, read_code(code_in(request)), desk.library, now)
            if stage is None:
                raise HTTPException(404)
            if not await may_lead(work, stage.session, signed.person):
                raise NeedsRole(roles.Role.TEACHER)
            yield signed, stage


async def _keep(stage: Stage, fields: Fields) -> None:
    number, time = (fields.get(name, ("",))[-1] for name in ("learner", "factor"))
    people = {str(one.id): one for one in await present_in(stage)}
    factor = next((f for f in FACTORS if factor_name(f) == time), None)
    if number not in people or factor is None:
        raise HTTPException(400)
    await stage.work.sessions.put_factor(stage.session.host, people[number].person, factor)
