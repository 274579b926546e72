"""The pages of classes: a teacher's roster, and where the links of learners lead."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.core.assignment_types import Group
from bot.core.classes import FACTORS, LABEL, NAME, factor_name, join_code, lasts_until, one_line
from bot.core.roles import Act
from bot.core.words import say
from bot.frontends.web.reach import Reach
from bot.frontends.web.session import remember, session_of
from bot.frontends.web.signed import Signed, require, sent_by
from bot.frontends.web.view import View
from bot.service.assignments import MOST, Book, all_of, managed_by
from bot.service.class_teaching import LINK as CLASS
from bot.service.desk import Desk
from bot.service.learners import ZONE, links_to, roster, shown_at
from bot.service.ports import Token, Work

PATH = "/classes"
_CODE = re.compile(r"[A-Za-z0-9_-]{4,64}")


@dataclass(frozen=True, slots=True)
class Row:
    """An assignment of a class, as its teacher's page shows it."""

    title: str
    due: str
    state: str
    done: int


@dataclass(frozen=True, slots=True)
class ClassPages:
    """Shows teachers their classes, and learners what a link is about."""

    desk: Desk
    view: View
    token: Token
    reach: Reach

    def routes(self) -> list[Route]:
        """Return where the pages stand."""
        return [
            Route(PATH, self.all, methods=["GET"]),
            Route(PATH, self.found, methods=["POST"]),
            Route(f"{PATH}/{{number:int}}", self.one, methods=["GET"]),
            Route(f"{PATH}/{{number:int}}", self.change, methods=["POST"]),
            Route("/c/{code}", self.joining),
            Route("/a/{code}", self.taking),
        ]

    async def all(self, request: Request) -> Response:
        """Show a teacher their classes."""
        signed = require(request, Act.CLASS)
        async with self.desk.store.work(self.desk.clock()) as work:
            return await self._all(work, signed)

    async def _all(self, work: Work, signed: Signed, problem: str = "") -> Response:
        groups = [g for g in await work.classes.owned(signed.person) if not g.closed]
        status = 422 if problem else 200
        return self.view.page(
            "classes.html", status, current=PATH, groups=groups, problem=problem, longest=NAME
        )

    async def found(self, request: Request) -> Response:
        """Found a class."""
        signed, fields = await sent_by(request, Act.CLASS)
        now, name = self.desk.clock(), one_line(fields.get("name", ""), NAME)
        async with self.desk.store.work(now) as work:
            owned = [g for g in await work.classes.owned(signed.person) if not g.closed]
            same = any(group.name.casefold() == name.casefold() for group in owned)
            if not name or same:
                problem = say("class.name.same" if name else "class.name.bad")
                return await self._all(work, signed, problem)
            code = join_code(self.token())
            group = await work.classes.create(signed.person, name, code, now)
        return RedirectResponse(f"{PATH}/{group.number}", 303)

    async def one(self, request: Request) -> Response:
        """Show a class with its roster and its assignments."""
        signed = require(request, Act.CLASS)
        async with self.desk.store.work(self.desk.clock()) as work:
            group = await _taught(work, signed, request)
            zone = await work.wishes.get(signed.person, ZONE) or "UTC"
            base = self.reach.base(request.url)
            telegram = self.desk.names.get("telegram", "")
            payload = CLASS + group.code
            return self.view.page(
                "class.html",
                current=PATH,
                group=group,
                until=shown_at(lasts_until(group), zone),
                links=links_to(payload, f"/c/{group.code}", lambda: telegram, lambda: base),
                members=await roster(work, group),
                factors=[(f, say(f"class.member.time.{factor_name(f)}")) for f in FACTORS],
                rows=await self._rows(work, group),
                longest=LABEL,
            )

    async def _rows(self, work: Work, group: Group) -> list[Row]:
        book = Book(work, self.desk.library, self.desk.clock(), self.token)
        numbers = await work.assignments.of_groups([group.number], MOST)
        seen = [await managed_by(book, one) for one in await all_of(work, numbers)]
        return [
            Row(s.assignment.title, s.due, say(f"assign.one.state.{s.stand}"), s.done)
            for s in seen
        ]

    async def change(self, request: Request) -> Response:
        """Change one thing of a class, and show it again."""
        signed, fields = await sent_by(request, Act.CLASS)
        now = self.desk.clock()
        async with self.desk.store.work(now) as work:
            group = await _taught(work, signed, request)
            if "recode" in fields:
                await work.classes.recode(group.number, join_code(self.token()), now)
            else:
                await _change_member(work, group, fields)
        return RedirectResponse(f"{PATH}/{group.number}", 303)

    async def joining(self, request: Request) -> Response:
        """Lead into the conversation, where one is told what joining means before one does."""
        return self._leading(request, say("web.class.join"), f"/class join {_code(request)}")

    async def taking(self, request: Request) -> Response:
        """Lead into the conversation, where one is told what an assignment is before it begins."""
        return self._leading(request, say("web.class.take"), f"/start a_{_code(request)}")

    def _leading(self, request: Request, title: str, command: str) -> Response:
        session = session_of(request, self.token)
        response = self.view.page("leading.html", title=title, command=command)
        remember(response, session, request, self.desk.retention.transcript)
        return response


def _code(request: Request) -> str:
    code = str(request.path_params["code"])
    if not _CODE.fullmatch(code):
        raise HTTPException(404)
    return code


async def _taught(work: Work, signed: Signed, request: Request) -> Group:
    """Return a class to its own teacher."""
    number = int(request.path_params["number"])
    group = await work.classes.group(number) if number < 2**31 else None
    if group is None or group.closed or group.owner != signed.person:
        raise HTTPException(404)
    return group


async def _change_member(work: Work, group: Group, fields: Mapping[str, str]) -> None:
    """Keep the teacher's code and the time of a learner, or let them go."""
    number = fields.get("remove") or fields.get("member", "")
    known = {str(member.number): member for member in await work.classes.members(group.number)}
    if number not in known:
        raise HTTPException(404)
    member = known[number]
    if "remove" in fields:
        await work.classes.leave(group.number, member.person)
        return
    label, time = one_line(fields.get("label", ""), LABEL), fields.get("factor", "1")
    factor = next((f for f in FACTORS if factor_name(f) == time), None)
    if factor is None:
        raise HTTPException(400)
    await work.classes.label(member.number, label)
    await work.sessions.put_factor(group.owner, member.person, factor)
