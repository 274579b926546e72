"""The pages for banks in a real browser: edited, published, asked, and rolled back."""

from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from bot.core.roles import LOCAL_OWNER
from bot.core.words import say
from bot.service.bank_publishing import Publisher
from bot.service.banks import Banks
from bot.store.store import SqlStore
from tests.browser.served import Served
from tests.browser.test_accessibility import LOOKS, violations
from tests.browser.test_page import ask
from tests.browser.test_signin import signed_in
from tests.cast import NOON
from tests.frontends.web.visitor import TOWN

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.timeout(120)]

QUIZ = """\
- id: horses
  kind: single
  stem: In which year was the toll for horses raised, according to the leaflet?
  options: ["*1938", "1942", "1951"]
  feedback: The leaflet says so on its back page.
  facts: [toll-horses]
"""


async def published(folder: Path) -> None:
    """Publish the small pack, with a question."""
    texts = {path.name: path.read_text("utf-8") for path in TOWN.glob("*.yaml")}
    async with SqlStore.open(f"sqlite+aiosqlite:///{folder / 'browser.db'}") as store:
        banks = Banks(store, lambda: NOON)
        draft = await banks.open_draft("town", LOCAL_OWNER, {**texts, "quiz.yaml": QUIZ})
        await Publisher(banks).publish(draft.id, 1, LOCAL_OWNER)


async def fits(page: Page) -> bool:
    return await page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize("look", ["light", "dark phone"])
async def test_the_pages_of_banks_bar_nobody(
    browser: Browser, server: Served, tmp_path: Path, look: str
) -> None:
    await published(tmp_path)
    options = {"base_url": server.url, "reduced_motion": "reduce", **LOOKS[look]}
    async with await browser.new_context(**options) as context:
        page = await context.new_page()
        await signed_in(page, tmp_path)
        found: dict[str, str] = {}
        for path in ("", "/town", "/town/q/horses", "/town/f/arches", "/town/new/q", "/town/history",
                     "/town/rollback/0", "/town/draft/1", "/town/q/horses/history"):  # fmt: skip
            await page.goto(f"/bank{path}")
            found[path] = await violations(page) + ("" if await fits(page) else "too wide")
        await page.goto("/bank/town/q/horses")
        await page.get_by_label("Question (needed)").fill("x" * 300)
        await page.get_by_role("button", name=say("web.bank.save"), exact=True).click()
        await expect(page.get_by_role("alert")).to_be_focused()
        found["wrong"] = await violations(page)
        assert {path: report for path, report in found.items() if report} == {}


async def test_an_edit_is_previewed_published_asked_for_and_rolled_back(
    browser: Browser, server: Served, tmp_path: Path
) -> None:
    await published(tmp_path)
    async with await browser.new_context(base_url=server.url) as context:
        page = await context.new_page()
        errors: list[str] = []
        context.on("weberror", lambda error: errors.append(str(error.error)))
        await signed_in(page, tmp_path)
        await server.look()

        await page.get_by_role("link", name=say("web.nav.bank"), exact=True).click()
        await page.get_by_role("link", name="town", exact=True).click()
        await page.get_by_label(say("web.bank.search")).fill("ribbon")
        await page.keyboard.press("Enter")
        await page.get_by_role("link", name="The mayor cut a blue ribbon").click()

        # Counted and shown as one types.
        await page.get_by_label("Direct answer").fill("A red ribbon")
        await expect(page.locator("#preview")).to_contain_text("A red ribbon, according to")
        count = page.locator(".field", has=page.get_by_label("Direct answer")).locator(".count")
        await expect(count).to_have_text(say("web.bank.left").replace("#", "188"))

        # Who leaves is warned, and may stay.
        page.once("dialog", lambda dialog: dialog.dismiss())
        await page.get_by_role("link", name=say("web.nav.help")).click()
        await expect(page.get_by_label("Direct answer")).to_have_value("A red ribbon")

        await page.get_by_role("button", name=say("web.bank.save"), exact=True).click()
        await page.get_by_role("link", name=say("web.bank.see", draft=2)).click()
        await expect(page.locator(".changes")).to_contain_text("A red ribbon")
        await page.get_by_role("button", name=say("web.bank.publish")).click()
        await expect(page.get_by_role("status")).to_contain_text("version 2 is published")

        await server.look()
        await page.goto("/")
        await ask(page, "what did the mayor cut?")
        await expect(page.locator("#log")).to_contain_text("A red ribbon")

        await page.goto("/bank/town/history")
        await page.get_by_role("link", name=say("web.bank.rollback", version=1)).click()
        await page.get_by_role("button", name=say("web.bank.rollback.go", version=1)).click()
        await expect(page.get_by_role("status")).to_contain_text("version 1 is published again")
        await server.look()
        await page.goto("/")
        await ask(page, "what did the mayor cut?")
        await expect(page.locator("#log")).to_contain_text("A blue ribbon")
        assert errors == []
