"""The page on which roles are handed on and taken away."""

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.core.numerals import is_number
from bot.core.roles import GRANTABLE, PAGE_PEOPLE, Act, Invitation, may_grant, role_named
from bot.core.show import day
from bot.core.words import say
from bot.frontends.web.reach import Reach
from bot.frontends.web.signed import Signed, require, sent_by
from bot.frontends.web.view import View
from bot.service import signing
from bot.service.desk import Desk
from bot.service.granting import (
    LONGEST_LABEL,
    called,
    find_granted,
    invite,
    may_take,
    private_place,
    revoke,
    role_name,
    withdraw,
)
from bot.service.ports import Work
from bot.service.role_cards import moment, told
from bot.service.role_ports import Granted

PATH = "/team"
_Links = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Person:
    """A line of the table of people."""

    number: int
    who: str
    role: str
    since: str
    revocable: bool = False
    linkable: bool = False


@dataclass(frozen=True, slots=True)
class Team:
    """Shows who has which role, and takes what an admin wants done."""

    desk: Desk
    view: View
    reach: Reach

    def routes(self) -> list[Route]:
        """Return where the page stands."""
        return [
            Route(PATH, self.show, methods=["GET"]),
            Route(PATH, self.take, methods=["POST"]),
        ]

    async def show(self, request: Request) -> Response:
        """Show the page."""
        signed = require(request, Act.GRANT)
        async with self.desk.store.work(self.desk.clock()) as work:
            return await self._page(work, signed)

    async def take(self, request: Request) -> Response:
        """Do one thing. What is shown only once is shown at once; else the browser is led on."""
        signed, fields = await sent_by(request, Act.GRANT)
        base = self.reach.base(request.url)
        async with self.desk.store.work(self.desk.clock()) as work:
            made = await self._do(work, signed, fields, base)
            if made:
                return await self._page(work, signed, made)
        for platform in self.desk.outbox if "revoke" in fields else ():
            self.desk.wake(platform)
        return RedirectResponse(PATH, 303)

    async def _do(
        self, work: Work, signed: Signed, fields: Mapping[str, str], base: str
    ) -> _Links:
        if "role" in fields:
            return await self._invite(work, signed, fields, base)
        if "withdraw" in fields:
            await withdraw(work, signed.person, _number(fields["withdraw"]))
            return ()
        granted = await find_granted(work, _number(fields.get("revoke") or fields.get("link", "")))
        if granted and "link" in fields:
            path = await signing.link_for(work, signed.person, granted, self.desk.clock())
            return ((say("web.role.team.made.page"), base + path),) if path else ()
        if granted:
            await self._revoke(work, signed, granted)
        return ()

    async def _invite(
        self, work: Work, signed: Signed, fields: Mapping[str, str], base: str
    ) -> _Links:
        role, label = role_named(fields["role"]), fields.get("label", "").strip()
        if role is None:
            raise HTTPException(400)
        made = await invite(work, signed.person, role, label, self.desk.clock())
        if made is None:
            return ()
        links = [(say("web.role.team.made.page"), base + signing.INVITATION + made.token)]
        if "discord" in self.desk.names:
            links.insert(0, (say("web.role.team.made.discord"), f"/accept code:{made.token}"))
        if name := self.desk.names.get("telegram"):
            address = f"https://t.me/{name}?start=g_{made.token}"
            links.insert(0, (say("web.role.team.made.telegram"), address))
        return tuple(links)

    async def _revoke(self, work: Work, signed: Signed, granted: Granted) -> None:
        done = await revoke(work, signed.person, granted)
        place = private_place(granted.person)
        if done and place and place.platform in self.desk.markups:
            await work.queue(place, self.desk.write(told(granted), place.platform))

    async def _page(self, work: Work, signed: Signed, made: _Links = ()) -> Response:
        owners = [called(key) for key in work.roles.owners]
        people = [await self._person(work, signed, one) for one in await work.roles.granted()]
        invited = [_invited(signed, one) for one in await work.roles.invitations()]
        roles = [(one.word, role_name(one)) for one in GRANTABLE if may_grant(signed.role, one)]
        return self.view.page(
            "team.html",
            current=PATH,
            owners=owners,
            people=people,
            invited=invited,
            roles=roles,
            made=made,
            longest=LONGEST_LABEL,
        )

    async def _person(self, work: Work, signed: Signed, one: Granted) -> Person:
        return Person(
            one.number,
            called(one.person, one.label),
            role_name(one.role),
            day(one.at.date().isoformat()),
            await may_take(work, signed.person, one),
            one.person.startswith(PAGE_PEOPLE) and may_grant(signed.role, one.role),
        )


def _invited(signed: Signed, one: Invitation) -> Person:
    who = one.label or say("role.list.somebody")
    until = moment(one.until)
    return Person(one.number, who, role_name(one.role), until, may_grant(signed.role, one.role))


def _number(text: str) -> int:
    if not is_number(text):
        raise HTTPException(400)
    return int(text)
