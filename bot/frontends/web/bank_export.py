"""Hands a bank over as a file, in every format; what a format cannot hold is said before."""

import asyncio
import io
import zipfile
from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.core.numerals import number_or
from bot.core.roles import Act
from bot.formats import claimreview
from bot.formats.banks.formats import WRITERS
from bot.formats.banks.written import Written
from bot.frontends.web.bank_site import PATH, BankSite, trouble_of
from bot.frontends.web.signed import require
from bot.service.bank_problems import Refusal
from bot.service.bank_reading import Opened, Texts

FILES, CLAIMS = "files", "claims"
_ENDS = {
    "yaml": "yaml", "json": "json", "gift": "gift.txt", "moodle-xml": "xml", "csv": "csv",
    "kahoot": "xlsx", "aiken": "txt", FILES: "zip", CLAIMS: "jsonld",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ExportPages:
    """Writes banks."""

    site: BankSite

    def routes(self) -> list[Route]:
        """Return where the files stand."""
        return [Route(f"{PATH}/{{pack}}/export/{{form}}", self.show, methods=["GET"])]

    async def show(self, request: Request) -> Response:
        """Hand a file over, or say first what will not be in it."""
        require(request, Act.BANK_READ)
        pack, form = str(request.path_params["pack"]), str(request.path_params["form"])
        query = request.query_params
        opened = await self._opened(pack, number_or(query.get("version", ""), 0))
        if form not in WRITERS and form not in (FILES, CLAIMS):
            raise HTTPException(404)
        written = await asyncio.to_thread(_written, opened, form)
        if (written.lost or written.left_out) and query.get("sure") != "1":
            return self.site.view.page(
                "bank_export.html",
                current=PATH,
                pack=pack,
                form=form,
                count=len(opened.pack.questions),
                lost=[str(one) for one in written.lost],
                left_out=[str(one) for one in written.left_out],
                sure=str(request.url.include_query_params(sure=1).query),
            )
        name = f"{pack}.{_ENDS.get(form, form)}"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return Response(written.data, media_type="application/octet-stream", headers=headers)

    async def _opened(self, pack: str, version: int) -> Opened:
        version = version or await self.site.published(pack)
        if not version:
            raise HTTPException(404)
        try:
            return await self.site.version(pack, version)
        except Refusal as refusal:
            trouble_of(refusal)
            raise


def _written(opened: Opened, form: str) -> Written:
    if form == FILES:
        return Written(_zipped(opened.texts))
    if form == CLAIMS:
        return Written(claimreview.write(opened.pack))
    return WRITERS[form](opened.pack.questions)


def _zipped(texts: Texts) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in texts.items():
            # A date of its own for each file would make each archive another one.
            archive.writestr(zipfile.ZipInfo(name), text, zipfile.ZIP_DEFLATED)
    return held.getvalue()
