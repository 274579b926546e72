"""The pages of results in a real browser: for everybody, wide tables and phones included."""

from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from bot.core.events import Person
from bot.core.roles import LOCAL_OWNER
from bot.core.words import say
from bot.store.store import SqlStore
from tests.browser.served import Served
from tests.browser.test_accessibility import LOOKS, violations
from tests.browser.test_signin import signed_in
from tests.held import BRIDGE, FLOOD, RIVER, taken
from tests.held_in_store import How, hold

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.timeout(120)]

LESSON = taken([RIVER, BRIDGE, FLOOD], *["a c a"] * 9, *["b b b"] * 2, "a b -", joined=14)


@pytest.mark.parametrize("look", ["light", "dark phone"])
async def test_a_teacher_reads_results_sorts_them_and_takes_them_along(
    browser: Browser, server: Served, tmp_path: Path, look: str
) -> None:
    async with SqlStore.open(f"sqlite+aiosqlite:///{tmp_path / 'browser.db'}") as store:
        await hold(store, LESSON, how=How(host=Person(LOCAL_OWNER)))
    options = {"base_url": server.url, "reduced_motion": "reduce", **LOOKS[look]}
    async with await browser.new_context(**options) as context:
        page = await context.new_page()
        await signed_in(page, tmp_path)

        await page.get_by_role("link", name=say("web.nav.results")).click()
        assert await violations(page) == ""
        await page.get_by_role("link", name="7B · Bridges").click()
        await expect(page.get_by_role("img", name="Scores of 12 learners")).to_be_visible()
        assert await page.locator("img.picture").evaluate("i => i.complete && i.naturalWidth > 0")
        assert await violations(page) == ""
        assert await page.evaluate("document.documentElement.scrollWidth") <= (
            await page.evaluate("window.innerWidth")
        )

        await page.get_by_role("link", name="Sort by Right").click()
        await expect(page.locator("th[aria-sort=ascending]")).to_contain_text("Right")
        assert await violations(page) == ""
        async with page.expect_download() as download:
            await page.get_by_role("link", name=say("web.results.xlsx")).click()
        assert (await download.value).suggested_filename == "results-1.xlsx"

        await page.get_by_role("link", name=say("web.nav.items"), exact=True).click()
        assert await violations(page) == ""
