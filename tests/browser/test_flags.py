"""Reports and unanswered questions in a real browser, by keyboard, under axe."""

from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from bot.core.answer import FactKey
from bot.core.words import say
from bot.service.banks import Banks
from bot.service.librarian import take_in
from bot.store.store import SqlStore
from tests.browser.served import Served
from tests.browser.test_accessibility import LOOKS, violations
from tests.browser.test_signin import signed_in
from tests.cast import ALICE, NOON
from tests.frontends.web.visitor import TOWN

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.timeout(120)]


async def waiting(folder: Path) -> None:
    """Let a report and two questions wait, with the bank published that they are about."""
    async with SqlStore.open(f"sqlite+aiosqlite:///{folder / 'browser.db'}") as store:
        await take_in(Banks(store, lambda: NOON), TOWN)
        async with store.work(NOON) as work:
            key = FactKey("town", "arches", "0")
            await work.file_report(ALICE, [key], "There are four.", NOON)
            for words in ("which king paid for the lighthouse?", "who wrote Hamlet?"):
                await work.flags.keep_question(ALICE.key, "en", words)


@pytest.mark.parametrize("look", ["light", "dark phone"])
async def test_an_editor_decides_about_a_report_and_closes_a_question_by_keyboard(
    browser: Browser, server: Served, tmp_path: Path, look: str
) -> None:
    await waiting(tmp_path)
    options = {"base_url": server.url, "reduced_motion": "reduce", **LOOKS[look]}
    async with await browser.new_context(**options) as context:
        page = await context.new_page()
        await signed_in(page, tmp_path)

        await page.get_by_role("link", name=say("web.nav.flags")).click()
        await expect(page.get_by_role("article")).to_contain_text("There are four.")
        await page.locator("summary").first.focus()
        await page.keyboard.press("Enter")
        assert await violations(page) == ""
        await page.get_by_label(say("web.flags.decline.why", number=1)).fill("It says four.")
        await page.keyboard.press("Enter")
        await expect(page.locator("main")).to_contain_text(say("web.flags.none"))
        assert await violations(page) == ""

        await page.get_by_role("link", name=say("web.nav.unanswered")).click()
        await expect(page.get_by_role("article")).to_have_count(2)
        await page.locator("summary").first.focus()
        await page.keyboard.press("Enter")
        assert await violations(page) == ""
        name = say("web.unanswered.not-ours.of", example="who wrote Hamlet?")
        await page.get_by_role("button", name=name).focus()
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("article")).to_have_count(1)
        assert await page.evaluate("document.documentElement.scrollWidth") <= (
            await page.evaluate("window.innerWidth")
        )
