"""Signing in and handing on a role, in a real browser, by keyboard."""

from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from bot.core.words import say
from bot.service.signing import owners_link
from bot.store.store import SqlStore
from tests.browser.served import Served
from tests.browser.test_accessibility import LOOKS, violations
from tests.cast import NOON

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.timeout(120)]


async def signed_in(page: Page, folder: Path) -> None:
    async with SqlStore.open(f"sqlite+aiosqlite:///{folder / 'browser.db'}") as store:
        link = await owners_link(store, NOON)
    await page.goto(link)
    assert await violations(page) == ""
    await page.get_by_role("button", name=say("web.role.signin.go")).focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("button", name=say("web.role.signout"))).to_be_visible()


@pytest.mark.parametrize("look", ["light", "dark phone"])
async def test_an_owner_signs_in_hands_on_a_role_and_reads_the_log(
    browser: Browser, server: Served, tmp_path: Path, look: str
) -> None:
    options = {"base_url": server.url, "reduced_motion": "reduce", **LOOKS[look]}
    async with await browser.new_context(**options) as context:
        page = await context.new_page()
        await signed_in(page, tmp_path)
        assert await violations(page) == ""

        await page.get_by_role("link", name=say("web.role.nav.team")).click()
        await page.get_by_label(say("web.role.team.invite.label")).fill("Ms K")
        await page.keyboard.press("Enter")
        await expect(page.locator("code")).to_contain_text("/invited/")
        assert await violations(page) == ""
        assert await page.evaluate("document.documentElement.scrollWidth") <= (
            await page.evaluate("window.innerWidth")
        )

        await page.get_by_role("link", name=say("web.role.nav.audit")).click()
        await expect(page.locator("tbody tr").first).to_contain_text("role.invite")
        assert await violations(page) == ""

        await page.get_by_role("button", name=say("web.role.signout")).click()
        await expect(page.get_by_role("textbox")).to_be_visible()
        await page.goto("/team")
        await expect(page.locator("h1")).to_have_text(say("web.role.403"))
        assert await violations(page) == ""
