"""The versions of a bank: who published what, and the way back; the same for each single item."""

from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.core.bank_diff import Change, Diff, Item, Sort
from bot.core.numerals import number_or
from bot.core.roles import Act, may
from bot.core.words import say
from bot.formats.problems import PackError
from bot.frontends.web.bank_drafts import Shown, shown
from bot.frontends.web.bank_items_form import LETTER, LETTERS, item_at
from bot.frontends.web.bank_sent import Sent, sent
from bot.frontends.web.bank_site import PATH, BankSite, Trouble, trouble_of
from bot.frontends.web.bank_writing import Faster, Wanted, mark_of, write
from bot.frontends.web.signed import Signed, require
from bot.service.bank_comparing import Compared
from bot.service.bank_editing import FACTS, Edit, PutItem, PutQuestion, item
from bot.service.bank_ports import Touched
from bot.service.bank_problems import Refusal
from bot.service.bank_publishing import Publisher
from bot.service.bank_telling import line, touches


@dataclass(frozen=True, slots=True)
class Moved:
    """What the newest publication did."""

    version: int
    before: int
    said: str
    touches: str
    regrade: str


@dataclass(frozen=True, slots=True)
class HistoryPages:
    """Shows versions, and publishes earlier ones again."""

    site: BankSite

    def routes(self) -> list[Route]:
        """Return where the pages stand."""
        back = f"{PATH}/{{pack}}/rollback/{{version:int}}"
        items = [f"{PATH}/{{pack}}/{letter}/{{item}}/history" for letter in LETTERS]
        return [
            Route(f"{PATH}/{{pack}}/history", self.show, methods=["GET"]),
            Route(back, self.ask, methods=["GET"]),
            Route(back, self.roll_back, methods=["POST"]),
            *(Route(path, self.item, methods=["GET"]) for path in items),
            *(Route(path, self.restore, methods=["POST"]) for path in items),
        ]

    async def show(self, request: Request) -> Response:
        """List the versions; after a publication say first what it did."""
        signed = require(request, Act.BANK_READ)
        pack, done = str(request.path_params["pack"]), request.query_params.get("done", "")
        try:
            told = await self.site.banks.history(pack)
        except Refusal as refusal:
            trouble_of(refusal)
            return self.site.refused(refusal)
        people = {m.by for one in told for m in one.publications} | {o.version.by for o in told}
        return self.site.view.page(
            "bank_history.html",
            current=PATH,
            pack=pack,
            told=told,
            published=next((one.version.number for one in told if one.current), 0),
            names=await self.site.names(people),
            moved=await self._moved(pack, done) if done in {"published", "back"} else None,
            may_roll_back=may(signed.role, Act.BANK_ROLLBACK),
            audits=may(signed.role, Act.AUDIT_READ),
        )

    async def _moved(self, pack: str, done: str) -> Moved | None:
        """Return what the newest move of the pointer did."""
        async with self.site.banks.work() as work:
            moves = await work.banks.publications(pack)
        if not moves:
            return None
        version, before = moves[0].version, moves[1].version if len(moves) > 1 else 0
        compared = await self._compared(pack, before, version)
        key = "withdrawn" if not version else done if before else "first"
        values = {"pack": pack, "version": version, "before": before}
        said = say(f"web.bank.moved.{key}", "en", **values)
        regrade = say("web.bank.moved.regrade") if compared.marks.answers else ""
        return Moved(version, before, said, touches(compared), regrade)

    async def _compared(self, pack: str, old: int, new: int) -> Compared:
        """Return what a move from one version to another changes; 0 is none."""
        if new:
            return await self.site.banks.diff_versions(pack, old, new)
        # To withdraw a bank is to remove all of it.
        whole_one = await self.site.banks.diff_versions(pack, 0, old)
        gone = (
            Item(one.sort, one.id, Change.REMOVED, one.name, (), one.new, "", one.sensitive)
            for one in whole_one.diff.items
        )
        diff = Diff(tuple(gone))
        async with self.site.banks.work() as work:
            questions = {one.id for one in diff.of(Sort.QUESTION)}
            touched: Touched = await work.banks.touched(
                pack, questions, {one.id for one in diff.of(Sort.FACT)}
            )
        return Compared(diff, touched, whole_one.marks)

    async def ask(self, request: Request) -> Response:
        """Ask once more: a rollback is seen by everybody at once."""
        require(request, Act.BANK_ROLLBACK)
        return await self._asking(request)

    async def _asking(self, request: Request, trouble: Trouble | None = None) -> Response:
        pack, version = _version(request)
        published = await self.site.published(pack)
        if published == version:
            return RedirectResponse(f"{PATH}/{pack}/history", 303)
        try:
            found: Shown = shown(await self._compared(pack, published, version), pack)
        except Refusal as refusal:
            trouble_of(refusal)
            raise
        return self.site.view.page(
            "bank_rollback.html",
            409 if trouble else 200,
            current=PATH,
            pack=pack,
            number=version,
            published=published,
            found=found,
            trouble_found=trouble,
        )

    async def roll_back(self, request: Request) -> Response:
        """Publish a version again, where that is still what was seen."""
        form = await sent(request, Act.BANK_ROLLBACK)
        pack, version = _version(request)
        published = await self.site.published(pack)
        if form.number("before") != published:
            why = say("web.bank.rollback.behind", version=published)
            return await self._asking(request, Trouble(why))
        try:
            await Publisher(self.site.banks).rollback(pack, version, form.signed.person)
        except Refusal as refusal:
            return await self._asking(request, trouble_of(refusal))
        return RedirectResponse(f"{PATH}/{pack}/history?done=back", 303)

    async def item(self, request: Request) -> Response:
        """Show what each version did to one item."""
        signed = require(request, Act.BANK_READ)
        return await self._item(request, signed)

    async def _item(
        self, request: Request, signed: Signed, trouble: Trouble | None = None
    ) -> Response:
        pack, sort, name = _item_in(request)
        looked = await self.site.look(
            signed, pack, number_or(request.query_params.get("draft", ""), 0)
        )
        past = await self.site.banks.item_history(pack, name) if looked.published else ()
        past = [one for one in past if one.item.sort is sort]
        if not past and item_at(looked, sort, name) is None:
            raise HTTPException(404)
        return self.site.view.page(
            "bank_item_history.html",
            409 if trouble else 200,
            current=PATH,
            looked=looked,
            letter=LETTER[sort],
            name=name,
            past=[(one, line(one.item)) for one in past],
            names=await self.site.names({one.version.by for one in past}),
            seen=mark_of(looked.texts, sort, name),
            trouble_found=trouble,
        )

    async def restore(self, request: Request) -> Response:
        """Put an item as it was in a version into the draft."""
        form = await sent(request, Act.BANK_EDIT)
        pack, sort, name = _item_in(request)
        wanted = Wanted(pack, sort, name, form.text("seen"), form.number("draft"))
        try:
            edit = await self._edit(form, pack, sort, name)
            draft = await write(self.site, form.signed, wanted, edit)
        except Faster:
            return await self._item(request, form.signed, Trouble(say("web.bank.behind")))
        except Refusal as refusal:
            return await self._item(request, form.signed, trouble_of(refusal))
        where = f"{PATH}/{pack}/{LETTER[sort]}/{name}"
        return RedirectResponse(f"{where}?done=saved&draft={draft.id}", 303)

    async def _edit(self, form: Sent, pack: str, sort: Sort, name: str) -> Edit:
        found = await self.site.version(pack, form.number("version"))
        question = found.pack.question(name) if sort is Sort.QUESTION else None
        if question is not None:
            return PutQuestion(question)
        try:
            return PutItem(FACTS, item(found.texts, FACTS, name))
        except PackError:
            raise HTTPException(404) from None


def _version(request: Request) -> tuple[str, int]:
    number = int(request.path_params["version"])
    if number >= 1_000_000_000:  # noqa: PLR2004 - no store counts so far
        raise HTTPException(404)
    return str(request.path_params["pack"]), number


def _item_in(request: Request) -> tuple[str, Sort, str]:
    pack, name = str(request.path_params["pack"]), str(request.path_params["item"])
    letter = request.url.path.removeprefix(f"{PATH}/{pack}/").partition("/")[0]
    return pack, LETTERS[letter], name
