"""The pages beside the conversation: the texts of the commands, and single facts."""

from dataclasses import dataclass, replace

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from bot.core.events import Commanded
from bot.core.words import say
from bot.frontends.web.session import remember, session_of
from bot.frontends.web.view import View
from bot.service.desk import Desk
from bot.service.ports import Token

BESIDE = "pages"
COMMANDS = ("topics", "sources", "about", "help", "privacy")


@dataclass(frozen=True, slots=True)
class Texts:
    """Shows what the desk says to a command, on a page of its own."""

    desk: Desk
    view: View
    token: Token

    async def command(self, request: Request) -> Response:
        """Show the text of the command that the path names."""
        name = request.url.path.strip("/")
        return await self._show(request, say(f"web.nav.{name}"), name)

    async def fact(self, request: Request) -> Response:
        """Show one fact."""
        fact_id = str(request.path_params["fact"])
        found = [shelf.pack.fact(fact_id) for shelf in self.desk.library.shelves]
        if not any(fact and not fact.restricted for fact in found):
            raise HTTPException(404)
        return await self._show(request, say("web.fact"), "start", f"f_{fact_id}")

    async def _show(
        self, request: Request, title: str, command: str, argument: str = ""
    ) -> Response:
        session = session_of(request, self.token)
        # The buttons under these texts lead into the asker's own conversation; reading them is
        # no part of it, and ends no report that was begun there.
        beside = replace(session.place, thread=BESIDE)
        event = Commanded(beside, session.person, command, argument)
        handled = await self.desk.handle(event)
        response = self.view.text(title, request.url.path, handled.cards)
        remember(response, session, request, self.desk.retention.transcript)
        return response
