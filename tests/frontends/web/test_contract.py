"""The caveat cannot be lost: every fact of every pack that comes with the bot, on the page."""

import re
from dataclasses import replace
from html import escape
from pathlib import Path

import pytest

from bot.config import packs_folder
from bot.core.cards import card
from bot.core.library import Library
from bot.core.show import show_fact
from bot.core.words import EXEMPT, say
from bot.frontends.web.markup import MARKUP
from bot.frontends.web.texts import COMMANDS
from bot.service.desk import Desk, Limits
from bot.service.shelves import open_library, pack_folders
from tests.frontends.web.visitor import Visitor

PACKS = pack_folders(packs_folder())
_CARD = re.compile(r'<div class="card"(?: data-notice="([^"]*)")?>\n(.*?)\n</div>', re.DOTALL)


@pytest.fixture(scope="module", params=PACKS, ids=lambda folder: folder.name)
def published(request: pytest.FixtureRequest) -> Library:
    """One pack that comes with the bot, open for questions."""
    folder: Path = request.param
    return open_library([folder])


@pytest.fixture
def reader(published: Library, desk: Desk) -> Visitor:
    """Somebody who asks much, at the page of a bot with that pack."""
    hurried = Limits(questions_a_minute=100_000)
    return Visitor(replace(desk, library=published, limits=hurried))


def ends_with_caveat(text: str, library: Library) -> bool:
    caveat = library.shelves[0].pack.caveat_long or say("caveat.long")
    return text.endswith(f'<p class="caveat">{escape(caveat)}</p>')


def claims(page: str) -> list[str]:
    """Return what the page shows of answers; the rest must be on the list of what states nothing."""
    found: list[tuple[str, str]] = _CARD.findall(page)
    assert {notice for notice, _ in found if notice} <= EXEMPT
    assert len(found) == page.count('class="card')
    return [text for notice, text in found if not notice]


def test_there_is_a_pack() -> None:
    assert PACKS


def test_every_fact_is_drawn_with_verdict_and_caveat(published: Library) -> None:
    [shelf] = published.shelves
    for fact in shelf.pack.facts:
        pages = card(show_fact(shelf, fact, published), MARKUP).pages
        assert all(ends_with_caveat(page.text, published) for page in pages), fact.id
        assert say(f"verdict.{fact.verdict}") in pages[0].text, fact.id


@pytest.mark.timeout(240)
async def test_every_fact_that_may_be_linked_has_its_page(
    reader: Visitor, published: Library
) -> None:
    for fact in published.shelves[0].pack.facts:
        await reader.open(f"/f/{fact.id}")
        assert reader.response.status_code == (404 if fact.restricted else 200), fact.id
        shown = claims(reader.page)
        assert bool(shown) is not fact.restricted, fact.id
        assert all(ends_with_caveat(text, published) for text in shown), fact.id


@pytest.mark.timeout(240)
async def test_whatever_is_asked_the_answer_ends_with_the_caveat(
    reader: Visitor, published: Library
) -> None:
    await reader.open()
    once = reader.once
    for fact in published.shelves[0].pack.facts:
        # Without its cookie a browser gets each answer at once, on a page of its own.
        reader.client.cookies.clear()
        wording = fact.asks[0].text if fact.asks else fact.claim
        await reader.send(once=once, text=wording)
        shown = claims(reader.page)
        assert len(shown) == 1, wording
        assert ends_with_caveat(shown[0], published), wording


@pytest.mark.parametrize("path", ["/", *(f"/{name}" for name in COMMANDS)])
async def test_every_page_that_states_something_ends_with_the_caveat(
    reader: Visitor, published: Library, path: str
) -> None:
    await reader.open(path)
    assert reader.response.status_code == 200
    assert all(ends_with_caveat(text, published) for text in claims(reader.page))
    if path == "/":
        intro = reader.page.partition('id="intro"')[2].partition("</section>")[0]
        assert ends_with_caveat(intro.strip(), published)
