"""One draft of a bank: what it changes and touches, and what is to become of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.core.bank_diff import Change, Diff, Item, Sort
from bot.core.roles import Act, may
from bot.core.words import say
from bot.frontends.web.bank_items_form import LETTER
from bot.frontends.web.bank_sent import Sent, sent
from bot.frontends.web.bank_site import PATH, BankSite, Trouble, trouble_of
from bot.frontends.web.signed import Signed, require
from bot.service.bank_comparing import Compared
from bot.service.bank_ports import Draft, State
from bot.service.bank_problems import Refusal
from bot.service.bank_publishing import Publisher
from bot.service.bank_telling import summary, touches

MOST_CHANGES = 300
_NEEDS: Mapping[str, Act] = {
    "publish": Act.BANK_PUBLISH,
    "throw": Act.BANK_EDIT,
    "restore": Act.BANK_EDIT,
    "approve": Act.BANK_APPROVE,
    "rebase": Act.BANK_EDIT,
}


@dataclass(frozen=True, slots=True)
class Row:
    """One change in the table."""

    change: str
    id: str
    name: str
    parts: str
    old: str
    new: str
    sensitive: bool
    address: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A difference, as pages show it."""

    summary: str
    touches: str
    rows: Sequence[Row]
    more: int
    sensitive: int
    any: bool


def shown(compared: Compared, pack: str, query: str = "") -> Shown:
    """Write a difference for a page, the gravest first."""
    diff: Diff = compared.diff
    order = list(Change)
    listed = sorted(diff.items, key=lambda item: order.index(item.change))
    rows = [_row(item, pack, query) for item in listed[:MOST_CHANGES]]
    more = max(0, len(listed) - MOST_CHANGES)
    touched = touches(compared)
    return Shown(summary(diff), touched, rows, more, len(diff.sensitive), bool(listed))


def _row(item: Item, pack: str, query: str) -> Row:
    old, new = item.old, item.new
    if item.change is Change.VERDICT:
        old, new = (say(f"verdict.{verdict}") for verdict in (old, new))
    there = item.change is not Change.REMOVED and item.sort in LETTER
    address = f"{PATH}/{pack}/{LETTER[item.sort]}/{item.id}{query}" if there else ""
    name = "" if item.sort is Sort.PACK else item.name
    parts = ", ".join(item.parts)
    return Row(str(item.change), item.id, name, parts, old, new, item.sensitive, address)


@dataclass(frozen=True, slots=True)
class DraftPages:
    """Shows drafts, and does with them what is asked."""

    site: BankSite

    def routes(self) -> list[Route]:
        """Return where drafts stand."""
        path = f"{PATH}/{{pack}}/draft/{{number:int}}"
        return [
            Route(path, self.show, methods=["GET"]),
            Route(path, self.take, methods=["POST"]),
        ]

    async def show(self, request: Request) -> Response:
        """Show a draft."""
        signed = require(request, Act.BANK_READ)
        draft = await self._draft(request)
        return await self._drawn(signed, draft, done=request.query_params.get("done", ""))

    async def take(self, request: Request) -> Response:
        """Publish it, throw it away, take it out of the bin, agree to it, or move it on."""
        form = await sent(request, Act.BANK_READ)
        what = form.text("do")
        if what not in _NEEDS:
            raise HTTPException(400)
        require(request, _NEEDS[what])
        draft = await self._draft(request)
        try:
            return RedirectResponse(await self._done(what, draft, form), 303)
        except Refusal as refusal:
            again = await self._draft(request)
            return await self._drawn(form.signed, again, trouble_of(refusal))

    async def _done(self, what: str, draft: Draft, form: Sent) -> str:
        """Do it, and return where that is shown."""
        banks, by = self.site.banks, form.signed.person
        number, seen = draft.id, form.number("revision")
        here = f"{PATH}/{draft.pack}/draft/{number}?done={what}"
        match what:
            case "publish":
                await Publisher(banks).publish(number, seen, by)
                return f"{PATH}/{draft.pack}/history?done=published"
            case "throw":
                await banks.throw_away(number, by)
            case "restore":
                await banks.restore(number, by)
            case "approve":
                await banks.approve(number, seen, by)
            case _:
                await banks.rebase(number, seen, by)
        return here

    async def _draft(self, request: Request) -> Draft:
        number = int(request.path_params["number"])
        if number >= 1_000_000_000:  # noqa: PLR2004 - no store counts so far
            raise HTTPException(404)
        return await self.site.draft(str(request.path_params["pack"]), number)

    async def _drawn(
        self, signed: Signed, draft: Draft, trouble: Trouble | None = None, done: str = ""
    ) -> Response:
        published = await self.site.published(draft.pack)
        names = await self.site.names({draft.by, draft.approved, *draft.editors})
        compared = await self.site.banks.diff(draft.id)
        return self.site.view.page(
            "bank_draft.html",
            409 if trouble else 200,
            current=PATH,
            draft=draft,
            published=published,
            behind=draft.base != published,
            is_open=draft.state is State.OPEN,
            names=names,
            found=shown(compared, draft.pack, f"?draft={draft.id}"),
            trouble_found=trouble,
            done=done if done in _NEEDS else "",
            may_publish=may(signed.role, Act.BANK_PUBLISH),
            needs_second=_needs_second(draft, compared.diff, signed.person),
            own=signed.person in draft.editors,
        )


def _needs_second(draft: Draft, diff: Diff, person: str) -> bool:
    """Say whether somebody else must look at it before this person may publish it."""
    agreed = bool(draft.approved) and draft.approved != person
    return bool(diff.sensitive) and not agreed and set(draft.editors) <= {person}
