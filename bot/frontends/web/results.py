"""The pages of results: what the chat says in words, with tables, the picture and the files."""

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from bot.core.cards import Card
from bot.core.picture_words import alt
from bot.core.question_looks import pool
from bot.core.regrade_cards import decided, previewed
from bot.core.result_cards import MOST_SESSIONS, pooled_items, summarised, when
from bot.core.result_summary import Summary, summary
from bot.core.results import Taken, Which
from bot.core.roles import Act
from bot.core.words import say
from bot.formats.gradebook import gradebook_csv
from bot.formats.results_csv import answers, csv_of, learners
from bot.frontends.web.result_tables import (
    learner_table,
    question_table,
    score_table,
    version_table,
)
from bot.frontends.web.signed import require, sent_by
from bot.frontends.web.view import View
from bot.service import regrading
from bot.service.desk import Desk
from bot.service.drawing import Artist, NoPictures
from bot.service.ports import Work
from bot.service.regrading import Case, Told
from bot.service.result_ports import Mended, Stage
from bot.service.results import CSV, PNG, XLSX, several_attempts, workbook

PATH, ITEMS = "/results", "/items"
_MOST_POOLED = 50
_LONGEST_NUMBER = 9
_CSV: Mapping[str, Callable[[Taken], Iterator[bytes]]] = {
    "answers": lambda taken: csv_of(answers(taken)),
    "learners": lambda taken: csv_of(learners(taken)),
    **{f"gradebook-{which}": partial(gradebook_csv, which=which) for which in Which},
}


@dataclass(frozen=True, slots=True)
class Line:
    """A session in the list."""

    address: str
    title: str
    day: str
    took: int
    kind: str


@dataclass(frozen=True, slots=True)
class Results:
    """Shows teachers how their own sessions went."""

    desk: Desk
    view: View
    artist: Artist = field(default_factory=Artist)

    def routes(self) -> list[Route]:
        """Return where the pages stand."""
        return [
            Route(PATH, self.list),
            Route(ITEMS, self.items),
            Route(PATH + "/mended/{number:int}", self.mended, methods=["GET"]),
            Route(PATH + "/mended/{number:int}", self.decide, methods=["POST"]),
            Route(PATH + "/{session:int}", self.session),
            Route(PATH + "/{session:int}/picture.png", self.picture),
            Route(PATH + "/{session:int}/results.xlsx", self.book),
            Route(PATH + "/{session:int}/{name}.csv", self.csv),
        ]

    async def list(self, request: Request) -> Response:
        """List one's own sessions, and the keys that were mended since."""
        signed = require(request, Act.RESULTS)
        async with self.desk.store.work(self.desk.clock()) as work:
            entries = await work.results.sessions(signed.person, MOST_SESSIONS * 10)
            mended = await work.results.mended_of(signed.person)
        kinds = {False: "live", True: "assignment"}
        lines = [
            Line(
                f"{PATH}/{e.session}",
                e.title,
                when(e.at),
                e.took,
                say(f"web.results.{kinds[e.assignment]}"),
            )
            for e in entries
        ]
        return self.view.page("results.html", current=PATH, lines=lines, mended=_listed(mended))

    async def session(self, request: Request) -> Response:
        """Show one session: words, picture, tables, files."""
        found = await self._own(request)
        taken, query = found.taken, dict(request.query_params)
        tables = (
            score_table(found),
            question_table(found, query),
            learner_table(found, query),
        )
        return self.view.page(
            "results_session.html",
            current=PATH,
            title=taken.title,
            address=f"{PATH}/{taken.session}",
            card=self._card(found),
            tables=[table for table in tables if table.rows],
            picture=alt(found) if found.scored and self.artist.can else "",
            files=_files(found),
        )

    async def items(self, request: Request) -> Response:
        """Show versions of questions over all of one's sessions."""
        signed = require(request, Act.RESULTS)
        async with self.desk.store.work(self.desk.clock()) as work:
            takens = await work.results.all_held(signed.person, _MOST_POOLED)
        looks = await asyncio.to_thread(pool, takens)
        card: Card | None = None
        if looks:
            answer = pooled_items(looks, takens, self.desk.library)
            card = self.desk.write(answer, "web")
        table = version_table(looks, dict(request.query_params))
        return self.view.page("results_items.html", current=ITEMS, card=card, table_view=table)

    async def picture(self, request: Request) -> Response:
        """Draw one session."""
        found = await self._own(request)
        if not found.scored:
            raise HTTPException(404)
        try:
            drawn = await self.artist.picture(found)
        except NoPictures:
            raise HTTPException(404) from None
        return Response(drawn, media_type=PNG)

    async def csv(self, request: Request) -> Response:
        """Hand a table over, as it is written."""
        found = await self._own(request)
        name = str(request.path_params["name"])
        if name not in _CSV or not found.took:
            raise HTTPException(404)
        blocks = _CSV[name](found.taken)
        named = _attached(f"{name}-{found.taken.session}.csv")
        return StreamingResponse(blocks, media_type=f"{CSV}; charset=utf-8", headers=named)

    async def book(self, request: Request) -> Response:
        """Hand everything over as a workbook."""
        found = await self._own(request)
        if not found.took:
            raise HTTPException(404)
        content = await asyncio.to_thread(workbook, found)
        named = _attached(f"results-{found.taken.session}.xlsx")
        return Response(content, media_type=XLSX, headers=named)

    async def mended(self, request: Request) -> Response:
        """Show whose mark a mended key would change."""
        signed = require(request, Act.REGRADE)
        async with self.desk.store.work(self.desk.clock()) as work:
            case = await self._case(work, request, signed.person)
        mended, library = case.mended, self.desk.library
        answer = previewed(mended.number, case.found, library)
        if mended.stage is not Stage.OFFERED:
            answer = decided(mended.old, mended.new, case.held.taken, library)
        return self.view.page(
            "results_mended.html",
            current=PATH,
            title=case.held.taken.title,
            card=self.desk.write(answer, "web"),
            stage=say(f"web.results.stage.{mended.stage}"),
            decisions=_DECISIONS.get(mended.stage, ()),
            back=f"{PATH}/{mended.session}",
        )

    async def decide(self, request: Request) -> Response:
        """Apply, leave or undo it; what was decided already is only shown."""
        signed, fields = await sent_by(request, Act.REGRADE)
        wanted = fields.get("do", "")
        now = self.desk.clock()
        async with self.desk.store.work(now) as work:
            case = await self._case(work, request, signed.person)
            queued: set[str] = set()
            if wanted in _DECISIONS.get(case.mended.stage, ()):
                told = await self._decided(work, case, wanted, signed.person)
                queued = await regrading.send(self.desk, work, told, signed.person)
        for platform in queued:
            self.desk.wake(platform)
        return RedirectResponse(f"{PATH}/mended/{case.mended.number}", 303)

    async def _decided(self, work: Work, case: Case, wanted: str, by: str) -> Told:
        match wanted:
            case "apply":
                return await regrading.apply(work, case, by, self.desk)
            case "undo":
                return await regrading.undo(work, case, by, self.desk)
            case _:
                await regrading.leave(work, case, by)
                return Told((), 0)

    async def _case(self, work: Work, request: Request, person: str) -> Case:
        case = await regrading.case_of(work, int(request.path_params["number"]), person)
        if case is None:
            raise HTTPException(404)
        return case

    async def _own(self, request: Request) -> Summary:
        """Return a session of whoever is signed in; that of somebody else is as good as none."""
        signed = require(request, Act.RESULTS)
        number = int(request.path_params["session"])
        if len(str(number)) > _LONGEST_NUMBER:
            raise HTTPException(404)
        async with self.desk.store.work(self.desk.clock()) as work:
            held = await work.results.held(number)
        if held is None or held.host != signed.person:
            raise HTTPException(404)
        return await asyncio.to_thread(summary, held.taken)

    def _card(self, found: Summary) -> Card:
        return self.desk.write(summarised(found, self.desk.library), "web")


_DECISIONS: Mapping[Stage, tuple[str, ...]] = {
    Stage.OFFERED: ("apply", "leave"),
    Stage.APPLIED: ("undo",),
}


def _listed(mended: Sequence[Mended]) -> list[tuple[str, str, str]]:
    """Return where each mended key is decided about, its session and where it stands."""
    return [
        (f"{PATH}/mended/{one.number}", one.title, say(f"web.results.stage.{one.stage}"))
        for one in mended
    ]


def _files(found: Summary) -> list[tuple[str, str]]:
    """Return the files of a session that has any, with their names in words."""
    if not found.took:
        return []
    several = several_attempts(found.taken)
    books = [
        (f"gradebook-{which}.csv", say("web.results.gradebook", which=say(f"file.which.{which}")))
        for which in (tuple(Which) if several else (Which.FIRST,))
    ]
    return [
        ("results.xlsx", say("web.results.xlsx")),
        ("answers.csv", say("web.results.answers")),
        ("learners.csv", say("web.results.learners.csv")),
        *books,
    ]


def _attached(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"'}
