"""A quiz alone in a real browser, by keyboard."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
import pytest_asyncio
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page, expect

from bot.core.words import say
from tests.browser.served import Served, serving
from tests.quizzes import BUILT, YEAR, library

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.timeout(120)]


@pytest_asyncio.fixture(loop_scope="session")
async def mill(tmp_path: Path) -> AsyncGenerator[Served]:
    """A bot with a quiz of two questions."""
    async with serving(library(BUILT, YEAR), tmp_path / "quiz.db") as served:
        yield served


async def written(page: Page, words: str) -> None:
    await page.locator("#text").fill(words)
    await page.keyboard.press("Enter")


async def chosen(page: Page, label: str) -> None:
    button = page.get_by_role("button", name=label, exact=True)
    await button.focus()
    await page.keyboard.press("Enter")


async def test_a_quiz_by_keyboard_also_over_a_restart(browser: Browser, mill: Served) -> None:
    async with await browser.new_context(base_url=mill.url, reduced_motion="reduce") as context:
        page = await context.new_page()
        await page.goto("/")
        await written(page, "/quiz 2")
        await chosen(page, "A 1820")
        newest = page.locator("#latest")
        await expect(newest).to_contain_text("Right: A, 1820.")
        await expect(newest.locator(".question")).to_be_focused()

        await mill.stop()
        await mill.start()
        await chosen(page, say("quiz.button.next"))
        await expect(page.get_by_role("textbox", name=say("web.quiz.label"))).to_be_visible()
        assert (await Axe().run(page)).violations_count == 0
        await written(page, "1820")
        await expect(newest).to_contain_text("2 of 2 right.")
        await expect(page.get_by_role("textbox", name=say("web.ask.label"))).to_be_visible()
