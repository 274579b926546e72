"""The page: the real site through ASGI, for a browser that has no JavaScript."""

import re
from collections.abc import Sequence
from contextlib import AsyncExitStack
from functools import partial

from bot.assembly import Conversation
from bot.frontends.web.markup import MARKUP
from bot.frontends.web.site import Beside
from bot.service.signing import owners_link
from tests.frontends.web.visitor import Visitor
from tests.journeys.people import Person, Standing
from tests.journeys.stage import Stage
from tests.journeys.watch import Watch


class OnPage:
    """The page."""

    name = "web"
    markup = MARKUP

    def __init__(self) -> None:
        self.stage: Stage
        self.people: list[PagePerson] = []
        self.faults: list[str] = []

    async def open(self, stack: AsyncExitStack) -> None:
        """Begin: there is nothing to begin."""

    async def attach(self, conversation: Conversation, watch: Watch) -> None:
        """Let a bot that was just started take over."""
        self.conversation = conversation
        for person in self.people:
            person.attach()

    async def deliver(self) -> bool:
        """Send nothing: people look."""
        return True

    def broken(self) -> Sequence[str]:
        """Return what failed."""
        return self.faults


class PagePerson(Person):
    """Somebody with a browser."""

    def __init__(self, stage: Stage, here: OnPage, name: str) -> None:
        super().__init__(stage, name)
        self._here = here
        self._visitor: Visitor | None = None
        self.attach()
        here.people.append(self)

    def attach(self) -> None:
        """Reach the bot that was just started, with the same cookies."""
        before = self._visitor
        made = self._here.conversation
        self._visitor = Visitor(made.desk, beside=Beside(live=made.live))
        if before:
            self._visitor.client.cookies = before.client.cookies
            self._visitor.response = before.response

    @property
    def visitor(self) -> Visitor:
        """Return the browser."""
        assert self._visitor
        return self._visitor

    @property
    def key(self) -> str:
        """Return how the bot knows them: by their cookie."""
        return "web:" + next(iter(self.visitor.client.cookies.values()))

    async def screen(self) -> Sequence[Standing]:
        """Return the page that is open."""
        buttons = {label: partial(self._press, label) for label in self.visitor.buttons}
        if self.visitor.response.status_code >= 500:
            self._here.faults.append(self.visitor.words)
        return [Standing("page", self.visitor.words, buttons)]

    async def _news(self) -> list[str]:
        """A page has no past: what stands on it is what is there."""
        if self.visitor.response.request.method == "GET":
            await self.visitor.open(str(self.visitor.response.url))
        return [standing.text for standing in await self.screen()]

    async def _press(self, label: str) -> None:
        await self.visitor.press(label)

    async def _say(self, words: str) -> None:
        await self.visitor.ask(words)

    async def _command(self, name: str, words: str, *, in_class: bool) -> None:
        await self.visitor.ask(f"/{name} {words}".strip())

    async def opens(self, path: str) -> None:
        """Open a page."""
        await self._act(partial(self._open, path))

    async def _open(self, path: str) -> None:
        await self.visitor.open(path)

    async def signs_in_by_the_startup_link(self) -> None:
        """Follow the link that is printed when the bot starts."""
        store = self.stage.store
        link = await owners_link(store, self.stage.now)
        await self._act(lambda: self._post(link, go="1"))

    async def _post(self, path: str, **fields: str | list[str]) -> None:
        await self.visitor.post(path, **fields)

    # Live quizzes.

    async def joins(self, code: str) -> None:
        """Join a live quiz by its code."""
        path = f"/join/{code}"
        await self._open(path)
        await self._act(lambda: self._post(path, do="join", name=self.name))
        self._code = code
        await self._open(path)

    async def picks(self, text: str, at: int) -> None:
        """Answer a question of the live quiz by the form."""
        path = f"/join/{self._code}"
        await self._open(path)
        page = self.visitor.page
        found = re.findall(r'name="choose" value="([^"]*)".*?class="text">([^<]*)<', page)
        value = next((v for v, label in found if text in label), "")
        assert value, page
        fields = {"do": "answer", "at": str(at), "choose": [value]}
        await self._act(lambda: self._post(path, **fields))
