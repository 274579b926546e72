"""Live quizzes in real browsers whose answers are written, put in order and matched."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from bot.core.words import say
from tests.browser.served import Served, serving
from tests.browser.test_accessibility import violations
from tests.browser.test_live import Window, joined, led, now
from tests.browser.test_live import window as window
from tests.browser.test_page import PHONE
from tests.quizzes import ORDER, YEAR, library

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.timeout(180)]


@pytest_asyncio.fixture(loop_scope="session")
async def school(tmp_path: Path) -> AsyncGenerator[Served]:
    """A bot with one question to write, and one to put in order."""
    async with serving(library(YEAR, ORDER), tmp_path / "written.db", now) as served:
        yield served


async def teacher_of(window: Window, school: Served, kind: str) -> tuple[Page, str]:
    """Return who leads a new quiz of the questions of one kind, and its code."""
    page = await window(await school.sign_in_link())
    await page.get_by_role("button", name=say("web.role.signin.go")).click()
    await page.goto("/live")
    await page.get_by_label(say(f"web.live.{kind}")).check()
    assert await violations(page) == ""
    await page.get_by_role("button", name=say("web.live.create")).click()
    await expect(page.get_by_role("heading", name=say("web.live.controls"))).to_be_visible()
    return page, page.url.rpartition("/")[2]


async def test_what_is_typed_stays_until_it_can_be_read(window: Window, school: Served) -> None:
    teacher, code = await teacher_of(window, school, "writing")
    owl = await joined(window, code, "Owl", **PHONE)
    await led(teacher, "start")
    field, send = owl.locator("#text"), owl.get_by_role("button", name=say("web.play.send"))
    await field.fill("no idea")
    await send.click()
    await expect(owl.get_by_text(say("web.play.unreadable.number")).first).to_be_visible()
    await expect(field).to_have_value("no idea")
    assert await violations(owl) == ""

    await field.fill("18")
    before = await owl.locator("[data-closes]").get_attribute("data-closes")
    await teacher.get_by_role("button", name="more seconds").click()
    await expect(owl.locator("[data-closes]")).not_to_have_attribute("data-closes", before or "")
    await expect(field).to_be_focused()
    await field.press_sequentially("20")
    await field.press("Enter")

    await expect(owl.get_by_text("You answered 1820. Saved.").first).to_be_visible()


async def test_the_big_screen_and_the_phones_bar_nobody(window: Window, school: Served) -> None:
    teacher, code = await teacher_of(window, school, "arranging")
    board, owl = await window(f"/live/{code}/board"), await joined(window, code, "Owl", **PHONE)
    await led(teacher, "start")
    for place, thing in enumerate(ORDER.sequence, 1):
        label = say("web.play.order.place", number=place)
        await owl.get_by_label(label).select_option(thing)
    assert [await violations(page) for page in (teacher, board, owl)] == ["", "", ""]
    await owl.get_by_role("button", name=say("web.play.send")).click()
    words = ", ".join(f"{place}. {thing}" for place, thing in enumerate(ORDER.sequence, 1))
    await expect(owl.get_by_text(f"You answered {words}. Saved.").first).to_be_visible()

    await led(teacher, "close")

    await expect(board.get_by_text(say("web.board.rights", count=1, all=1))).to_be_visible()
    await expect(owl.get_by_text("Right.", exact=True)).to_be_visible()
    assert [await violations(page) for page in (teacher, board, owl)] == ["", "", ""]
