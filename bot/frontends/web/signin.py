"""Signing in and out on the page, and taking a role there."""

from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.core.roles import IDLE, Invitation, Link
from bot.core.words import say
from bot.frontends.web.forms import read_fields
from bot.frontends.web.session import Session, remember, session_of, signed_session
from bot.frontends.web.signed import check_csrf, present
from bot.frontends.web.view import View
from bot.service import signing
from bot.service.desk import Desk
from bot.service.granting import (
    accept,
    called,
    digest,
    look_at,
    new_page_person,
    private_place,
    role_name,
)
from bot.service.ports import Token, Work
from bot.service.role_cards import inviter_notice

_GONE = 410


@dataclass(frozen=True, slots=True)
class SigningIn:
    """The pages behind one-time links. Opening a link uses nothing up: only its form does."""

    desk: Desk
    view: View
    token: Token

    def routes(self) -> list[Route]:
        """Return where these pages stand."""
        return [
            Route("/signin", self.how, methods=["GET"]),
            Route("/signin/{token}", self.ask, methods=["GET"]),
            Route("/signin/{token}", self.sign_in, methods=["POST"]),
            Route("/signout", self.sign_out, methods=["POST"]),
            Route("/invited/{token}", self.invited, methods=["GET"]),
            Route("/invited/{token}", self.take, methods=["POST"]),
        ]

    async def how(self, _: Request) -> Response:
        """Say how one signs in."""
        return self.view.page("signin_how.html")

    async def ask(self, request: Request) -> Response:
        """Ask whether this browser is to be signed in."""
        async with self._work() as work:
            state, person = await work.roles.link_state(digest(_token(request)))
        if state is not Link.OPEN:
            return self._dead(state)
        return self.view.page("signin.html", who=called(person))

    async def sign_in(self, request: Request) -> Response:
        """Use the link up, and give the browser a new cookie."""
        await read_fields(request)
        before, fresh = session_of(request, self.token), signed_session(self.token)
        async with self._work() as work:
            if await signing.sign_in(work, _token(request), fresh.key):
                await work.roles.sign_out(before.key)
                return self._lead_on("/", fresh, request)
            state, _ = await work.roles.link_state(digest(_token(request)))
        return self._dead(state)

    async def sign_out(self, request: Request) -> Response:
        """End what this browser may do; nothing happens where nobody is signed in."""
        fields, signed = await read_fields(request), present()
        if signed:
            check_csrf(signed, fields)
            async with self._work() as work:
                await signing.sign_out(work, signed.session.key)
        return self._lead_on("/", Session(self.token(), known=False), request)

    async def invited(self, request: Request) -> Response:
        """Ask whether the role is to be taken."""
        signed = present()
        async with self._work() as work:
            person = signed.person if signed else ""
            state, found = await look_at(work, _token(request), person, self.desk.clock())
        if found is None or state is not Link.OPEN:
            return self._dead(state, found)
        return self.view.page("invited.html", role=role_name(found.role))

    async def take(self, request: Request) -> Response:
        """Let whoever is signed in take the role, or somebody new who is signed in by it."""
        await read_fields(request)
        signed, fresh = present(), signed_session(self.token)
        person = signed.person if signed else new_page_person()
        async with self._work() as work:
            state, found = await accept(work, _token(request), person, self.desk.clock())
            if found is None or state is not Link.OPEN:
                return self._dead(state, found)
            if not signed:
                await work.roles.act_as(fresh.key, person)
            told = await self._tell(work, found, person)
        if told:
            self.desk.wake(told)
        return self._lead_on("/signin", signed.session if signed else fresh, request)

    async def _tell(self, work: Work, found: Invitation, person: str) -> str:
        """Tell whoever made the invitation; return on which platform, where they can be told."""
        place = private_place(found.by)
        if not place or place.platform not in self.desk.markups:
            return ""
        card = self.desk.write(inviter_notice(found, person), place.platform)
        await work.queue(place, card)
        return place.platform

    def _work(self) -> AbstractAsyncContextManager[Work]:
        return self.desk.store.work(self.desk.clock())

    def _dead(self, state: Link, found: Invitation | None = None) -> Response:
        """Say why a link is of no use."""
        why = say(f"role.link.{state}", role=role_name(found.role) if found else "")
        status = 404 if state is Link.UNKNOWN else _GONE
        return self.view.page("signin_dead.html", status, why=why)

    def _lead_on(self, path: str, session: Session, request: Request) -> Response:
        response = RedirectResponse(path, 303)
        remember(response, session, request, max(self.desk.retention.transcript, IDLE))
        return response


def _token(request: Request) -> str:
    token = str(request.path_params["token"])
    if not token.isascii():
        raise HTTPException(404)
    return token
