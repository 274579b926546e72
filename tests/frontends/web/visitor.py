"""Somebody at the page, with a browser that has no JavaScript."""

import html
import re
from pathlib import Path

import httpx
from markupsafe import escape

from bot.frontends.web.reach import THIS_MACHINE, Reach
from bot.frontends.web.site import Beside, site
from bot.service.desk import Desk

TOWN = Path(__file__).parent / "town"
HERE = "http://127.0.0.1:8321"


class Visitor:
    """Opens pages and sends their forms, as a browser does."""

    def __init__(
        self,
        desk: Desk,
        here: str = HERE,
        reach: Reach = THIS_MACHINE,
        beside: Beside | None = None,
    ) -> None:
        tokens = (f"{number:024}" for number in range(1_000))
        app = site(desk, lambda: f"{id(self):x}{next(tokens)}", reach, beside)
        # A fault of ours comes back as a page, as it would from the server.
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        self.client = httpx.AsyncClient(transport=transport, base_url=here)
        self.here = here
        self.response = httpx.Response(204)

    @property
    def page(self) -> str:
        """Return the HTML that is before the visitor."""
        return self.response.text

    @property
    def words(self) -> str:
        """Return what can be read of it, and on buttons, with single spaces."""
        return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", self.page)).split())

    @property
    def once(self) -> str:
        """Return the token in the page's forms."""
        return re.findall(r'name="once" value="([^"]*)"', self.page)[-1]

    @property
    def buttons(self) -> dict[str, str]:
        """Return what each button under an answer sends, by what stands on it."""
        found = re.findall(r'name="press" value="([^"]*)">([^<]*)</button>', self.page)
        return {html.unescape(label): html.unescape(value) for value, label in found}

    async def open(self, path: str = "/") -> "Visitor":
        """Open a page."""
        self.response = await self.client.get(path, follow_redirects=True)
        return self

    async def send(self, **fields: str) -> httpx.Response:
        """Send a form, and return what comes back before the browser follows it."""
        sent = await self.client.post("/", data=fields, headers={"Origin": self.here})
        self.response = sent
        return sent

    async def post(self, path: str, **fields: str | list[str]) -> "Visitor":
        """Send a form to an address, and go where it leads."""
        headers = {"Origin": self.here}
        sent = await self.client.post(path, data=fields, headers=headers, follow_redirects=True)
        self.response = sent
        return self

    async def submit(self, **fields: str) -> "Visitor":
        """Send a form of the page that is open, and go where it leads."""
        sent = await self.send(once=self.once, **fields)
        return await self.open(sent.headers["location"]) if sent.is_redirect else self

    async def ask(self, question: str) -> "Visitor":
        """Open the conversation and ask."""
        await self.open()
        return await self.submit(text=question)

    async def press(self, label: str) -> "Visitor":
        """Press a button of the page that is open."""
        return await self.submit(press=self.buttons[label])


def question(said: str) -> str:
    """Return how a question stands in the page."""
    return f"</span>{escape(said)}</h2>"
