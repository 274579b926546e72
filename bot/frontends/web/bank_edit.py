"""The pages on which one question or one fact is edited, with its preview."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from bot.core.bank_diff import Sort
from bot.core.numerals import number_or
from bot.core.quiz import Question
from bot.core.roles import Act
from bot.core.words import say
from bot.formats.problems import PackError
from bot.frontends.web import bank_preview
from bot.frontends.web.bank_fields import Values, Wrong, as_fields, read
from bot.frontends.web.bank_items_form import (
    LETTER,
    LETTERS,
    Item,
    Taken,
    differing,
    item_at,
    new_item,
    take,
)
from bot.frontends.web.bank_sent import Sent, sent
from bot.frontends.web.bank_site import PATH, BankSite, Looked, Trouble, told, trouble_of
from bot.frontends.web.bank_writing import FILES, NAMES, Faster, Wanted, placed, write
from bot.frontends.web.signed import require
from bot.service.bank_editing import Edit, RemoveItem, apply
from bot.service.bank_problems import Refusal

_MORE_ROWS = 3
_LONGEST_SHOWN = 600


@dataclass(frozen=True, slots=True)
class Said:
    """What is told above the form."""

    wrong: Sequence[Wrong] = ()
    trouble: Trouble | None = None
    differing: Sequence[tuple[str, str, str]] = ()
    """Where somebody else was faster: each field with their text and one's own."""
    done: str = ""
    more: str = ""
    """The group of rows that was asked to be longer."""
    dirty: bool = False
    status: int = 200


@dataclass(frozen=True, slots=True)
class Edited:
    """What was sent, read."""

    sent: Sent
    item: Item
    values: Values
    extra: Mapping[str, int] = field(default_factory=dict[str, int])


@dataclass(frozen=True, slots=True)
class EditPages:
    """Edits items."""

    site: BankSite

    def routes(self) -> list[Route]:
        """Return where the pages stand."""
        found: list[Route] = []
        for letter in LETTERS:
            one, new = f"{PATH}/{{pack}}/{letter}/{{item}}", f"{PATH}/{{pack}}/new/{letter}"
            found += [
                Route(new, self.show, methods=["GET"], name=letter),
                Route(new, self.take, methods=["POST"], name=letter),
                Route(one, self.show, methods=["GET"], name=letter),
                Route(one, self.take, methods=["POST"], name=letter),
            ]
        return [
            Route(f"{PATH}/{{pack}}/preview/{{letter}}", self.preview, methods=["POST"]),
            *found,
        ]

    async def show(self, request: Request) -> Response:
        """Show the form of an item as it stands."""
        signed = require(request, Act.BANK_EDIT)
        pack, sort, name = _where(request)
        looked = await self.site.look(
            signed, pack, number_or(request.query_params.get("draft", ""), 0)
        )
        if name:
            item = item_at(looked, sort, name)
        else:
            copied = request.query_params.get("from", "")
            item = new_item(looked, sort, copied, own=request.query_params.get("own") != "0")
        if item is None:
            raise HTTPException(404)
        return self._drawn(item, item.stored, Said(done=_done(request)))

    async def preview(self, request: Request) -> Response:
        """Draw what a chat would show of what stands in the form."""
        form = await sent(request, Act.BANK_EDIT)
        sort = LETTERS.get(str(request.path_params["letter"]))
        if sort is None:
            raise HTTPException(404)
        pack = str(request.path_params["pack"])
        looked = await self.site.look(form.signed, pack, form.number("draft"))
        item = _item(looked, sort, form)
        values = read(item.parts, form.fields)
        return HTMLResponse(self._preview(item, take(item, values, form.text("id"))))

    async def take(self, request: Request) -> Response:
        """Do what a button of the form says; what was written stays in it until it is kept."""
        form = await sent(request, Act.BANK_EDIT)
        pack, sort, name = _where(request)
        looked = await self.site.look(form.signed, pack, form.number("draft"))
        item = item_at(looked, sort, name) if name else _item(looked, sort, form)
        what = form.text("do")
        if item is None:
            # It was taken out meanwhile: what is on the form is not lost, and becomes a new one.
            item = _item(looked, sort, form)
        values = read(item.parts, form.fields, keep_empty=what not in {"save", "remove"})
        edited = Edited(form, item, values)
        if what == "remove":
            return await self._remove(edited, pack, sort, name)
        if what == "save":
            return await self._save(
                edited, Wanted(pack, sort, name, form.text("seen"), form.number("draft"))
            )
        return self._reshaped(edited, what)

    def _reshaped(self, edited: Edited, what: str) -> Response:
        """Draw the form again with more rows, or fewer, or as it is."""
        verb, _, rest = what.partition(".")
        group, _, number = rest.partition(".")
        values = edited.values
        if verb == "drop" and group in values.rows:
            rows = [r for n, r in enumerate(values.rows[group]) if n != number_or(number, 0)]
            values = Values(values.texts, {**values.rows, group: rows})
        more = group if verb == "add" else ""
        return self._drawn(edited.item, values, Said(more=more, dirty=True), edited.sent)

    async def _save(self, edited: Edited, wanted: Wanted) -> Response:
        form, item = edited.sent, edited.item
        taken = take(item, edited.values, form.text("id"))
        if taken.wrong:
            said = Said(taken.wrong, dirty=True, status=422)
            return self._drawn(item, edited.values, said, form)
        if (
            wanted.id
            and wanted.seen == item.mark
            and _holding(edited.values) == _holding(item.stored)
        ):
            return _back(item, taken.id, item.looked.number, "same")
        try:
            draft = await write(self.site, form.signed, wanted, taken.edit)
        except Faster as faster:
            return self._behind(edited, wanted, faster.now)
        except Refusal as refusal:
            return self._refused(edited, taken, refusal)
        others = draft.revision > form.number("revision") + 1 and draft.id == form.number("draft")
        what = "meanwhile" if others and set(draft.editors) - {form.signed.person} else "saved"
        return _back(item, taken.id, draft.id, what)

    def _behind(self, edited: Edited, wanted: Wanted, now: Looked) -> Response:
        """Tell who comes second, and show both; their own words stay in the form."""
        item = item_at(now, wanted.sort, wanted.id)
        if item is None:
            gone = new_item(now, wanted.sort, own=edited.item.own)
            said = Said(trouble=Trouble(say("web.bank.gone")), dirty=True, status=409)
            return self._drawn(gone, edited.values, said)
        found = list(differing(item, item.stored, edited.values))
        cut = [(name, *(text[:_LONGEST_SHOWN] for text in texts)) for name, *texts in found]
        said = Said(trouble=Trouble(say("web.bank.behind")), dirty=True, status=409)
        shown = [(name, theirs, ours) for name, theirs, ours in cut]
        return self._drawn(item, edited.values, _with(said, shown))

    def _refused(self, edited: Edited, taken: Taken, refusal: Refusal) -> Response:
        """Say what is wrong, beside the fields where that is known."""
        item, trouble = edited.item, trouble_of(refusal)
        texts = _texts_after(item, taken.edit)
        found = placed(refusal.problems, texts, item.sort, taken.id, NAMES[item.sort])
        rest = Trouble(trouble.why, [told(problem) for problem in found.rest], trouble.changes)
        shown = rest if found.rest or not found.fields else None
        said = Said(found.fields, shown, dirty=True, status=422)
        return self._drawn(item, edited.values, said, edited.sent)

    async def _remove(self, edited: Edited, pack: str, sort: Sort, name: str) -> Response:
        """Take an item out; the page that says so can put it back."""
        form, item = edited.sent, edited.item
        if not name or not item.name:
            raise HTTPException(404)
        wanted = Wanted(pack, sort, name, form.text("seen"), form.number("draft"))
        try:
            draft = await write(self.site, form.signed, wanted, RemoveItem(FILES[sort], name))
        except Faster as faster:
            return self._behind(edited, wanted, faster.now)
        except Refusal as refusal:
            said = Said(trouble=trouble_of(refusal), status=409)
            return self._drawn(item, edited.values, said, form)
        return self.site.view.page(
            "bank_removed.html",
            current=PATH,
            pack=pack,
            name=name,
            draft=draft.id,
            again=f"{PATH}/{pack}/new/{LETTER[sort]}",
            fields=[*as_fields(item.stored), ("id", name), ("own", "1" if item.own else "0")],
        )

    def _drawn(self, item: Item, values: Values, said: Said, form: Sent | None = None) -> Response:
        letter, pack = LETTER[item.sort], item.looked.pack
        where = f"{letter}/{item.name}" if item.name else f"new/{letter}"
        taken = take(item, values, form.text("id") if form else "")
        return self.site.view.page(
            "bank_edit.html",
            said.status,
            current=PATH,
            item=item,
            looked=item.looked,
            letter=letter,
            kind=values.text("kind"),
            values=values,
            address=f"{PATH}/{pack}/{where}",
            seen=form.text("seen") if form else item.mark,
            revision=form.number("revision") if form else item.looked.revision,
            wished=form.text("id") if form else "",
            said=said,
            wrong=_by_field(said.wrong),
            blanks=_MORE_ROWS,
            preview=self._preview(item, taken),
        )

    def _preview(self, item: Item, taken: Taken) -> str:
        desk = self.site.desk
        if isinstance(taken.content, Question):
            found = bank_preview.of_question(desk, item.looked.content, taken.content)
        else:
            found = bank_preview.of_fact(desk, item.looked, taken.content)
        return self.site.view.part("bank_preview.html", preview=found)


def _item(looked: Looked, sort: Sort, form: Sent) -> Item:
    """Return the item that a form is about, as far as it is there."""
    name = form.text("item")
    found = item_at(looked, sort, name) if name else None
    return found or new_item(looked, sort, own=form.text("own") != "0")


def _holding(values: Values) -> Mapping[str, str]:
    """Return every field of a form in which something stands."""
    return {name: text for name, text in as_fields(values) if text}


def _with(said: Said, shown: Sequence[tuple[str, str, str]]) -> Said:
    return Said(said.wrong, said.trouble, shown, said.done, said.more, said.dirty, said.status)


def _texts_after(item: Item, edit: Edit) -> Mapping[str, str]:
    try:
        return apply(item.looked.texts, edit)
    except PackError:
        return item.looked.texts


def _by_field(wrong: Sequence[Wrong]) -> Mapping[str, Sequence[Wrong]]:
    found: dict[str, list[Wrong]] = {}
    for one in wrong:
        found.setdefault(one.name, []).append(one)
    return found


def _where(request: Request) -> tuple[str, Sort, str]:
    pack, name = str(request.path_params["pack"]), str(request.path_params.get("item", ""))
    prefix = request.url.path.removeprefix(f"{PATH}/{pack}/")
    letter = prefix.removeprefix("new/").partition("/")[0]
    return pack, LETTERS[letter], name


def _done(request: Request) -> str:
    what = request.query_params.get("done", "")
    return what if what in {"saved", "meanwhile", "same"} else ""


def _back(item: Item, name: str, draft: int, what: str) -> Response:
    letter, pack = LETTER[item.sort], item.looked.pack
    where = f"{PATH}/{pack}/{letter}/{name}?done={what}"
    return RedirectResponse(f"{where}&draft={draft}" if draft else where, 303)
