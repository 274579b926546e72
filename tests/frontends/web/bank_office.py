"""A bot with a bank about a harbour and its editors at the page; forms are sent as browsers send them."""

import shutil
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from html.parser import HTMLParser
from itertools import count
from pathlib import Path

from bot.core.events import Person
from bot.frontends.web.markup import MARKUP as WEB
from bot.service.bank_publishing import Publisher
from bot.service.banks import Banks
from bot.service.desk import Desk
from bot.service.librarian import Librarian
from bot.service.signing import sign_in_link
from bot.store.store import SqlStore
from tests.cast import ALICE, TEACHER
from tests.frontends.web.visitor import Visitor
from tests.service import banking
from tests.service.clocks import Time

Fields = dict[str, str]


class Forms(HTMLParser):
    """Reads what the forms of a page would send."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.forms: list[Fields] = []
        self._area = ""
        self._select = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append({})
        if not self.forms:
            return
        name = found.get("name", "")
        if tag == "textarea":
            self._area, self.forms[-1][name] = name, ""
        elif tag == "select":
            self._select = name
        else:
            self._take(tag, name, found)

    def _take(self, tag: str, name: str, found: Fields) -> None:
        fields, empty = self.forms[-1], found.get("type") == "checkbox" and "checked" not in found
        first = self._select not in fields
        if tag == "input" and name and not empty:
            fields[name] = found.get("value", "")
        elif tag == "option" and self._select and (first or "selected" in found):
            fields[self._select] = found.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            # The line end behind the tag is no part of the text.
            self.forms[-1][self._area] = self.forms[-1][self._area].removeprefix("\n")
            self._area = ""
        elif tag == "select":
            self._select = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self.forms[-1][self._area] += data


class Editor(Visitor):
    """Somebody who is signed in."""

    def form(self, having: str) -> Fields:
        """Return the fields of the form on the page that has this one."""
        return next(form for form in Forms(self.page).forms if having in form)

    @property
    def address(self) -> str:
        """Return where the page that is open stands."""
        url = self.response.url
        return url.path

    async def save(self, do: str = "save", **changed: str) -> "Editor":
        """Send the form of an item, with some of its fields changed."""
        fields = self.form("seen") | {"do": do} | changed
        await self.post(self.address, **fields)
        return self

    async def act(self, do: str, path: str = "") -> "Editor":
        """Press a button of a form."""
        fields = self.form("revision") if 'name="revision"' in self.page else self.form("csrf")
        await self.post(path or self.address, **{**fields, "do": do})
        return self

    async def upload(self, name: str, content: bytes, **fields: str) -> "Editor":
        """Send a file."""
        await self.open("/bank")
        csrf = self.form("pack")["csrf"]
        self.response = await self.client.post(
            "/bank",
            data={"csrf": csrf, **fields},
            files={"file": (name, content)},
            headers={"Origin": self.here},
            follow_redirects=True,
        )
        return self


@dataclass
class Office:
    """The bot; version 1 of its bank is published."""

    desk: Desk
    banks: Banks
    store: SqlStore
    librarian: Librarian

    async def signed(self, person: Person) -> Editor:
        """Return somebody who is signed in."""
        editor = Editor(self.desk)
        async with self.store.work(self.desk.clock()) as work:
            path = await sign_in_link(work, person.key, self.desk.clock())
        await editor.post(path, go="1")
        return editor


@asynccontextmanager
async def office_in(folder: Path, empty: Path) -> AsyncGenerator[Office]:
    """Open the bot, and publish the first version."""
    shutil.copy(empty, folder / "bank.db")
    tokens, time = (f"token{number:011}" for number in count()), Time()
    async with SqlStore.open(f"sqlite+aiosqlite:///{folder / 'bank.db'}") as store:
        await banking.grant(store)
        banks = banking.banks_in(store, time)
        first = await banks.open_draft("ports", ALICE.key, banking.TEXTS)
        await Publisher(banks).publish(first.id, 1, TEACHER.key)
        librarian = Librarian(banks)
        await librarian.look()
        desk = Desk(store, librarian.library, {"web": WEB}, time.clock, lambda: next(tokens))
        yield Office(desk, banks, store, librarian)
