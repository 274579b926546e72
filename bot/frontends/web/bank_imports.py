"""The list of banks, and the import of files into them: sized before, read aside, with a report."""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from bot.core.roles import Act, may
from bot.core.words import say
from bot.formats.banks.refusing import Severity
from bot.frontends.web.bank_sent import MOST_FILE, Sent, sent, sent_file
from bot.frontends.web.bank_site import (
    MOST_PROBLEMS,
    PATH,
    BankSite,
    Trouble,
    told,
    trouble_of,
)
from bot.frontends.web.signed import Signed, require
from bot.service.bank_importing import About, Brought, Imported, Importer, pack_named
from bot.service.bank_ports import State, Upload
from bot.service.bank_problems import Refusal
from bot.service.faults import fault

NEW = "+"
"""Stands for a bank that is not there yet."""
_PATIENCE = 1.0
"""Seconds after which a page says how far the reading has come."""
_KEPT = 100
_MOST_TEXT = 300
_log = logging.getLogger(__name__)


@dataclass
class Job:
    """An import that is under way, or done."""

    person: str
    pack: str
    brought: Brought
    token: str
    read: int = 0
    """Questions that were read so far."""
    done: Imported | None = None
    trouble: Trouble | None = None
    task: "asyncio.Task[None] | None" = None

    @property
    def over(self) -> bool:
        """Say whether there is anything to wait for."""
        return self.task is None or self.task.done()


@dataclass(frozen=True, slots=True)
class Report:
    """What came of an import, as the page tells it."""

    imported: Imported
    grave: Sequence[tuple[str, str, str]]
    warned: Sequence[tuple[str, str, str]]
    more: int
    usable: bool
    left: int


@dataclass
class ImportPages:
    """Lists banks and imports files."""

    site: BankSite
    jobs: OrderedDict[str, Job] = field(default_factory=OrderedDict[str, Job])

    def routes(self) -> list[Route]:
        """Return where the pages stand."""
        job = f"{PATH}/{{pack}}/import/{{token}}"
        return [
            Route(PATH, self.show, methods=["GET"]),
            Route(PATH, self.take, methods=["POST"]),
            Route(job, self.job, methods=["GET"]),
            Route(f"{job}/part", self.part, methods=["GET"]),
            Route(job, self.go_on, methods=["POST"]),
        ]

    async def show(self, request: Request) -> Response:
        """List the banks, with the form for a file."""
        signed = require(request, Act.BANK_READ)
        return await self._listed(signed)

    async def _listed(
        self, signed: Signed, trouble: Trouble | None = None, status: int = 200
    ) -> Response:
        standings = await self.site.banks.standings()
        drafts = await self.site.banks.drafts()
        thrown = await self.site.banks.drafts(state=State.THROWN)
        counts: dict[str, tuple[str, int, int]] = {}
        for one in standings:
            if one.version:
                pack = (await self.site.version(one.pack, one.version)).pack
                counts[one.pack] = (pack.title, len(pack.facts), len(pack.questions))
        return self.site.view.page(
            "bank.html",
            status,
            current=PATH,
            standings=standings,
            counts=counts,
            drafts=drafts,
            thrown=thrown,
            names=await self.site.names({one.by for one in (*drafts, *thrown)}),
            most=MOST_FILE // 1_000_000,
            new=NEW,
            trouble_found=trouble,
            audits=may(signed.role, Act.AUDIT_READ),
        )

    async def take(self, request: Request) -> Response:
        """Take a file, and begin to read it."""
        signed = require(request, Act.BANK_EDIT)
        try:
            form = await sent_file(request, Act.BANK_EDIT)
        except HTTPException as error:
            if error.status_code != 413:  # noqa: PLR2004 - the one that this form has words for
                raise
            why = say("web.bank.file.large", most=MOST_FILE // 1_000_000)
            return await self._listed(signed, Trouble(why), 413)
        if not form.content:
            return await self._listed(signed, Trouble(say("web.bank.file.none")), 422)
        pack = form.text("pack")
        pack = (form.text("id") or pack_named(form.file)) if pack in ("", NEW) else pack
        brought = Brought(form.file or "a file", form.content, about=_about(form))
        token = self.site.token()
        async with self.site.banks.work() as work:
            now = self.site.banks.clock()
            kept = Upload(token, form.signed.person, brought.source, form.content, now)
            await work.banks.keep_upload(kept)
        return await self._begun(Job(form.signed.person, pack, brought, token))

    async def _begun(self, job: Job) -> Response:
        """Read a file aside; what takes no time is shown at once."""
        self.jobs[job.token] = job
        while len(self.jobs) > _KEPT:
            self.jobs.popitem(last=False)
        job.task = asyncio.create_task(self._run(job))
        await asyncio.wait({job.task}, timeout=_PATIENCE)
        # The address names a bank that can be: what was typed may be none.
        return RedirectResponse(f"{PATH}/{pack_named(job.pack)}/import/{job.token}", 303)

    async def _run(self, job: Job) -> None:
        def count(read: int) -> None:
            job.read = read

        importer = Importer(self.site.banks)
        try:
            job.done = await importer.import_bank(job.brought, job.pack, job.person, told=count)
        except Refusal as refusal:
            try:
                job.trouble = trouble_of(refusal)
            except HTTPException:
                job.trouble = Trouble(str(refusal))
        except Exception as problem:  # noqa: BLE001 - whatever it was, the page says that it failed
            _log.error("an import failed: %s", fault(problem))
            job.trouble = Trouble(say("web.bank.import.failed"))
        finally:
            # The store keeps the file; here it is needed no more.
            job.brought = Brought(job.brought.name, b"", about=job.brought.about)

    async def job(self, request: Request) -> Response:
        """Show how far an import has come, or what came of it."""
        signed = require(request, Act.BANK_EDIT)
        job = self._job(request, signed)
        return self.site.view.page(
            "bank_import.html", current=PATH, job=job, part=self._part(job), over=job.over
        )

    async def part(self, request: Request) -> Response:
        """Send what has changed of it; with 286 once there is no more to come."""
        signed = require(request, Act.BANK_EDIT)
        job = self._job(request, signed)
        if job.task and not job.over:
            await asyncio.wait({job.task}, timeout=_PATIENCE)
        return HTMLResponse(self._part(job), headers={"X-Over": "1" if job.over else "0"})

    def _part(self, job: Job) -> str:
        report = report_of(job.done) if job.done else None
        return self.site.view.part("bank_import_part.html", job=job, report=report)

    async def go_on(self, request: Request) -> Response:
        """Go on without the questions that cannot be imported, now that they were listed."""
        form = await sent(request, Act.BANK_EDIT)
        job = self._job(request, form.signed)
        if form.text("do") != "rest" or job.done is None or job.done.done:
            return RedirectResponse(PATH, 303)
        async with self.site.banks.work() as work:
            upload = await work.banks.upload(job.token, form.signed.person)
        if upload is None:
            return await self._listed(form.signed, Trouble(say("web.bank.file.gone")), 410)
        brought = Brought(
            job.brought.name, upload.content, leave_out=True, about=job.brought.about
        )
        return await self._begun(Job(job.person, job.pack, brought, job.token))

    def _job(self, request: Request, signed: Signed) -> Job:
        """Return an import of one's own; that of somebody else is as good as none."""
        job = self.jobs.get(str(request.path_params["token"]))
        if job is None or job.person != signed.person:
            raise HTTPException(404)
        return job


def report_of(imported: Imported) -> Report:
    """Part what is wrong with a file by how grave it is."""
    grave = [p for p in imported.problems if p.severity is not Severity.WARNING]
    warned = [p for p in imported.problems if p.severity is Severity.WARNING]
    fatal = any(p.severity is Severity.FATAL for p in grave)
    more = max(0, len(grave) - MOST_PROBLEMS) + max(0, len(warned) - MOST_PROBLEMS)
    return Report(
        imported,
        [told(problem) for problem in grave[:MOST_PROBLEMS]],
        [told(problem) for problem in warned[:MOST_PROBLEMS]],
        more,
        bool(imported.questions) and not fatal,
        imported.seen - len(imported.questions),
    )


def _about(form: Sent) -> About:
    """Return what a new bank is called."""
    text = {
        name: form.text(name)[:_MOST_TEXT]
        for name in ("title", "language", "source", "caveat_long", "caveat_short")
    }
    return About(
        text["title"],
        text["language"] or "en",
        text["source"],
        text["caveat_long"],
        text["caveat_short"],
    )
