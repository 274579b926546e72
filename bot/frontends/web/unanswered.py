"""The page on which editors turn unanswered questions into facts, or close them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.core.fact_form import MOST_ASKS, OFFERED, FactForm, lacking
from bot.core.facts import Pack, Verdict
from bot.core.numerals import is_number
from bot.core.retention import span
from bot.core.roles import Act
from bot.core.unanswered import Group, State, to_decide
from bot.core.unanswered_cards import people
from bot.core.words import say
from bot.frontends.web.signed import require, sent_by
from bot.frontends.web.view import View
from bot.service.asking_again import close, groups
from bot.service.bank_problems import Refusal
from bot.service.banks import Banks
from bot.service.desk import Desk
from bot.service.fact_writing import put_fact
from bot.service.ports import Work

PATH = "/unanswered"
_MOST = 50
_FIELDS = 16


@dataclass(frozen=True, slots=True)
class Problem:
    """Why nothing was changed, and what had been written."""

    words: Sequence[str]
    number: int = 0
    form: FactForm = field(default_factory=lambda: FactForm(()))


@dataclass(frozen=True, slots=True)
class UnansweredPage:
    """Shows unanswered questions to editors."""

    desk: Desk
    view: View

    def routes(self) -> list[Route]:
        """Return where the page stands."""
        return [
            Route(PATH, self.show, methods=["GET"]),
            Route(PATH, self.take, methods=["POST"]),
        ]

    async def show(self, request: Request) -> Response:
        """Show the groups."""
        require(request, Act.UNANSWERED)
        async with self.desk.store.work(self.desk.clock()) as work:
            return await self._page(work)

    async def take(self, request: Request) -> Response:
        """Close a group, or write a fact for it."""
        signed, fields = await sent_by(request, Act.UNANSWERED, _FIELDS)
        async with self.desk.store.work(self.desk.clock()) as work:
            problem = await self._do(work, fields, signed.person)
            if problem:
                return await self._page(work, problem)
        return RedirectResponse(PATH, 303)

    async def _do(self, work: Work, fields: Mapping[str, str], by: str) -> Problem | None:
        number = _number(fields.get("group", ""))
        waiting = to_decide(await groups(work, self.desk.library))
        group = next((one for one in waiting if one.number == number), None)
        match fields.get("do"):
            case "close":
                done = await close(work, group, by)
                return None if done else Problem([say("unanswered.late")])
            case "fact" if group is not None:
                return await self._write(work, _form(fields, group), number, by)
            case "fact":
                return Problem([say("unanswered.late")])
            case _:
                raise HTTPException(400)

    async def _write(self, work: Work, form: FactForm, number: int, by: str) -> Problem | None:
        lacks = lacking(form)
        if lacks:
            said = say(f"fact.bad.{lacks.key}", length=lacks.length, most=lacks.most)
            return Problem([said], number, form)
        try:
            await put_fact(Banks(self.desk.store, self.desk.clock), work, form, by)
        except Refusal as refusal:
            causes = [say("fact.problem", cause=p.cause, cure=p.cure) for p in refusal.problems]
            return Problem([str(refusal), *causes], number, form)
        return None

    async def _page(self, work: Work, problem: Problem | None = None) -> Response:
        waiting = to_decide(await groups(work, self.desk.library))
        published = await work.banks.published()
        packs = [s.pack for s in self.desk.library.shelves if s.pack.id in published]
        return self.view.page(
            "unanswered.html",
            422 if problem else 200,
            current=PATH,
            groups=waiting[:_MOST],
            packs=packs,
            places=_places(packs),
            verdicts=[(verdict.value, say(f"verdict.{verdict}")) for verdict in OFFERED],
            problem=problem,
            blank=FactForm((), verdict=Verdict.UNVERIFIED.value),
            people=people,
            kept=span(self.desk.retention.unanswered),
        )


def _places(packs: Sequence[Pack]) -> Sequence[tuple[str, str]]:
    """Return the parts of the sources, with their names."""
    return [(key, title) for pack in packs for key, title in pack.places.items()]


def _form(fields: Mapping[str, str], group: Group) -> FactForm:
    def line(name: str) -> str:
        return " ".join(fields.get(name, "").split())

    asks = [" ".join(one.split()) for one in fields.get("asks", "").splitlines()]
    waiting = [one.id for one in group.questions if one.state is State.WAITING]
    return FactForm(
        group.examples,
        tuple(waiting),
        pack=line("pack"),
        claim=line("claim"),
        answer=line("answer"),
        place=line("place"),
        verdict=line("verdict"),
        correction=line("correction"),
        publisher=line("publisher"),
        title=line("title"),
        url=line("url"),
        asks=tuple(filter(None, asks))[:MOST_ASKS],
        sensitive="sensitive" in fields,
    )


def _number(text: str) -> int:
    if not is_number(text):
        raise HTTPException(400)
    return int(text)
