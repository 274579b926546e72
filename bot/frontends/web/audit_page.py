"""The audit log on the page: a table, and files with all of it."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.core.retention import span
from bot.core.roles import Act
from bot.frontends.web.signed import require
from bot.frontends.web.view import View
from bot.service.auditing import COLUMNS, MOST, as_csv, as_json, labels, whom
from bot.service.desk import Desk
from bot.service.granting import called

PATH = "/audit"
_SHOWN = 200


@dataclass(frozen=True, slots=True)
class AuditPage:
    """Shows who did what, to admins."""

    desk: Desk
    view: View

    def routes(self) -> list[Route]:
        """Return where the page and its files stand."""
        return [
            Route(PATH, self.show, methods=["GET"]),
            Route(f"{PATH}.csv", self.csv, methods=["GET"]),
            Route(f"{PATH}.json", self.json, methods=["GET"]),
        ]

    async def show(self, request: Request) -> Response:
        """Show the newest acts."""
        require(request, Act.AUDIT_READ)
        async with self.desk.store.work(self.desk.clock()) as work:
            log, known = await work.roles.audit(most=_SHOWN), await labels(work)
        rows = [
            (
                one.number,
                f"{one.at:%Y-%m-%d %H:%M}",
                called(one.who, known.get(one.who, "")),
                one.act,
                whom(one, known),
                one.before,
                one.after,
            )
            for one in log
        ]
        kept = span(self.desk.retention.audit)
        return self.view.page("audit.html", current=PATH, rows=rows, columns=COLUMNS, kept=kept)

    async def csv(self, request: Request) -> Response:
        """Hand all of it over as a table."""
        return await self._file(request, "csv")

    async def json(self, request: Request) -> Response:
        """Hand all of it over as JSON."""
        return await self._file(request, "json")

    async def _file(self, request: Request, kind: str) -> Response:
        require(request, Act.AUDIT_READ)
        async with self.desk.store.work(self.desk.clock()) as work:
            log = await work.roles.audit(most=MOST)
        content = as_csv(log) if kind == "csv" else as_json(log).encode()
        media = "text/csv" if kind == "csv" else "application/json"
        headers = {"Content-Disposition": f'attachment; filename="audit.{kind}"'}
        return Response(content, media_type=media, headers=headers)
