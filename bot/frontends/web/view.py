"""Draws pages: the templates, and what every one of them may use."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from bot.core.cards import Card, read_action
from bot.core.words import say
from bot.frontends.web.attachments import address_of, is_picture
from bot.frontends.web.examples import examples
from bot.frontends.web.forms import QUESTION_LIMIT
from bot.frontends.web.signed import present
from bot.service.desk import Desk
from bot.service.ports import Exchange

HERE = Path(__file__).parent
STATIC = HERE / "static"


@dataclass(frozen=True, slots=True)
class Unsent:
    """Words that could not be taken, and why; the person gets them back."""

    problem: str
    text: str = ""


class Wanted(StrEnum):
    """What is to be written next."""

    QUESTION = "ask"
    REPORT = "report"
    ANSWER = "quiz"


@dataclass(frozen=True, slots=True)
class View:
    """Draws the pages of one site."""

    desk: Desk
    templates: Environment
    version: str
    """Names the state of the static files."""

    def chat(
        self,
        exchanges: Sequence[Exchange],
        unsent: Unsent | None = None,
        status: int = 200,
        wanted: Wanted = Wanted.QUESTION,
    ) -> HTMLResponse:
        """Draw the conversation and the field for what is said next."""
        library = self.desk.library
        return self.page(
            "chat.html",
            status,
            current="/",
            exchanges=exchanges,
            live=_live(exchanges),
            reporting=wanted is Wanted.REPORT,
            label=say(f"web.{wanted}.label"),
            send=say(f"web.{wanted}.send"),
            examples=() if exchanges else examples(library),
            packs=[shelf.pack for shelf in library.shelves],
            unsent=unsent,
        )

    def text(self, title: str, current: str, cards: Sequence[Card]) -> HTMLResponse:
        """Draw a page of cards under a heading of ours."""
        return self.page("text.html", 200, title=title, current=current, cards=cards)

    def error(self, status: int) -> HTMLResponse:
        """Draw what went wrong, in words, and a way on."""
        return self.page("error.html", status, current="", status=status, limit=QUESTION_LIMIT)

    def page(self, template: str, status_code: int = 200, **values: object) -> HTMLResponse:
        """Draw a page of that template."""
        return HTMLResponse(self.part(template, **values), status_code)

    def part(self, template: str, **values: object) -> str:
        """Draw a template, or a part of a page."""
        tools = {
            "say": say,
            "is_option": is_option,
            "is_picture": is_picture,
            "address_of": address_of,
            "version": self.version,
            "current": "",
            "signed": present(),
        }
        drawn = self.templates.get_template(template)
        return drawn.render({**tools, "once": self.desk.token(), **values})


def environment() -> Environment:
    """Read the templates; all that they are given is escaped, except a card's finished page."""
    return Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def is_option(action: str) -> bool:
    """Tell whether a button is one among several to choose from, rather than a thing to do."""
    read = read_action(action)
    return read is not None and read.number >= 0


def _live(exchanges: Sequence[Exchange]) -> int:
    """Return the index of the exchange whose buttons still show: the last that has any."""
    having = [n for n, exchange in enumerate(exchanges) if any(c.choices for c in exchange.cards)]
    return having[-1] if having else -1


def version() -> str:
    """Name the present state of the static files, so that browsers may keep each for good."""
    files = sorted(path for path in STATIC.iterdir() if path.is_file())
    return sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:12]
