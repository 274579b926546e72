"""The local page under axe-core."""

from collections.abc import Awaitable, Callable

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page

from bot.core.words import say
from tests.browser.test_page import PHONE, ask, press

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.timeout(120)]

OpenPage = Callable[..., Awaitable[Page]]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LOOKS = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "phone": {"color_scheme": "light", **PHONE},
    "dark phone": {"color_scheme": "dark", **PHONE},
}


async def violations(page: Page) -> str:
    found = await Axe().run(page, options={"runOnly": RULES})
    return found.generate_report() if found.violations_count else ""


@pytest.mark.parametrize("look", LOOKS)
async def test_a_conversation_bars_nobody(open_page: OpenPage, look: str) -> None:
    page = await open_page(**LOOKS[look])
    assert await violations(page) == ""
    for question in ("when did the bridge open?", "how many arches?", "colour of the ribbon"):
        await ask(page, question)
    await ask(page, "/about")  # all the verdicts' badges
    await ask(page, "in which year did the council raise the toll on the bridge?")
    assert await violations(page) == ""
    await ask(page, "when did the bridge open?")
    await press(page, say("button.report"))
    assert await violations(page) == ""


@pytest.mark.parametrize("look", LOOKS)
async def test_a_question_that_is_given_back_bars_nobody(open_page: OpenPage, look: str) -> None:
    page = await open_page(**LOOKS[look])
    await page.locator("#text").fill("x" * 5000)
    await page.keyboard.press("Enter")
    await page.get_by_role("alert").wait_for()
    assert await violations(page) == ""


@pytest.mark.parametrize("look", LOOKS)
async def test_the_other_pages_bar_nobody(open_page: OpenPage, look: str) -> None:
    page = await open_page("/topics", **LOOKS[look])
    found = {"/topics": await violations(page)}
    for path in ("/sources", "/about", "/help", "/privacy", "/f/arches", "/nowhere"):
        await page.goto(path)
        found[path] = await violations(page)
    assert {path: report for path, report in found.items() if report} == {}
