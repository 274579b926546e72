"""A teacher's classes in a real browser, by keyboard, and where a pupil's link leads."""

from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from bot.core.words import say
from bot.store.store import SqlStore
from tests.browser.served import Served
from tests.browser.test_accessibility import LOOKS, violations
from tests.browser.test_signin import signed_in
from tests.cast import ALICE, NOON, private_chat

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.timeout(120)]


@pytest.mark.parametrize("look", ["light", "dark phone"])
async def test_a_teacher_founds_a_class_and_gives_a_learner_a_code(
    browser: Browser, server: Served, tmp_path: Path, look: str
) -> None:
    options = {"base_url": server.url, "reduced_motion": "reduce", **LOOKS[look]}
    async with await browser.new_context(**options) as context:
        page = await context.new_page()
        await signed_in(page, tmp_path)
        await page.get_by_role("link", name=say("web.nav.classes")).click()
        assert await violations(page) == ""
        await page.get_by_label(say("web.classes.new")).fill("7B")
        await page.keyboard.press("Enter")
        await expect(page.locator("h1")).to_have_text("7B")
        async with (
            SqlStore.open(f"sqlite+aiosqlite:///{tmp_path / 'browser.db'}") as store,
            store.work(NOON) as work,
        ):
            await work.classes.join(1, ALICE.key, "Blue heron", private_chat(ALICE), NOON)
        await page.reload()
        label = page.get_by_label(say("web.class.label.of", name="Blue heron"))
        await label.fill("7B-12")
        await page.get_by_label(say("web.class.time.of", name="Blue heron")).select_option("1.5")
        await page.get_by_role("button", name=say("web.class.save")).focus()
        await page.keyboard.press("Enter")
        await expect(label).to_have_value("7B-12")
        assert await violations(page) == ""
        assert await page.evaluate("document.documentElement.scrollWidth") <= (
            await page.evaluate("window.innerWidth")
        )

        await page.goto("/c/ABCDEFGH")
        assert await violations(page) == ""
