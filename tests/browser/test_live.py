"""A live quiz in real browsers: who leads, the big screen and two pupils, each in a window of its own."""

import re
from collections.abc import AsyncGenerator, Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from time import time
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from bot.core.words import say
from tests.browser.served import Served, serving
from tests.browser.test_accessibility import LOOKS, violations
from tests.browser.test_page import NO_SCRIPT, PHONE
from tests.quizzes import BUILT, SEVERAL, library

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.timeout(180)]


def now() -> datetime:
    """Return the real time: the browsers count down by it."""
    return datetime.fromtimestamp(time(), UTC)


Window = Callable[..., Awaitable[Page]]


@pytest_asyncio.fixture(loop_scope="session")
async def school(tmp_path: Path) -> AsyncGenerator[Served]:
    """A bot with a quiz of one question."""
    async with serving(library(BUILT), tmp_path / "live.db", now) as served:
        yield served


@pytest_asyncio.fixture(loop_scope="session")
async def ticking(tmp_path: Path) -> AsyncGenerator[Served]:
    """A bot with a question that has several right answers."""
    async with serving(library(SEVERAL), tmp_path / "several.db", now) as served:
        yield served


@pytest_asyncio.fixture(loop_scope="session")
async def window(browser: Browser, school: Served) -> AsyncGenerator[Window]:
    """Open a window with cookies of its own; at the end look at what went wrong in any of them."""
    errors: list[str] = []
    contexts: list[Any] = []

    async def open_it(path: str, **options: Any) -> Page:
        options = {"base_url": school.url, "reduced_motion": "reduce", **options}
        contexts.append(await browser.new_context(**options))
        contexts[-1].on("weberror", lambda error: errors.append(str(error.error)))
        contexts[-1].on("console", lambda message: errors.append(message.text))
        page: Page = await contexts[-1].new_page()
        await page.goto(path)
        return page

    yield open_it
    for context in contexts:
        await context.close()
    assert [e for e in errors if not e.startswith("Failed to load resource")] == []


async def teacher_of(window: Window, link: str, **options: Any) -> tuple[Page, str]:
    """Return who leads a new quiz, and its code."""
    page = await window(link, **options)
    await page.get_by_role("button", name=say("web.role.signin.go")).click()
    await page.goto("/live")
    await page.get_by_label(say("web.live.time")).select_option("60")
    await page.get_by_role("button", name=say("web.live.create")).click()
    await expect(page.get_by_role("heading", name=say("web.live.controls"))).to_be_visible()
    return page, page.url.rpartition("/")[2]


async def joined(window: Window, code: str, name: str, **options: Any) -> Page:
    """Return a pupil who has joined by hand."""
    page = await window("/join", **options)
    await page.get_by_label(say("web.join.code")).fill(code)
    await page.get_by_role("button", name=say("web.join.go")).click()
    await page.get_by_label(say("web.join.name")).fill(name)
    await page.get_by_role("button", name=say("web.join.enter"), exact=True).click()
    await expect(page.get_by_text(say("web.play.you", name=name))).to_be_visible()
    return page


async def led(page: Page, act: str) -> None:
    await page.get_by_role(
        "button", name=re.compile(f"^{re.escape(say(f'web.live.do.{act}'))}")
    ).first.click()


async def test_a_class_plays_a_quiz(window: Window, school: Served) -> None:
    teacher, code = await teacher_of(window, await school.sign_in_link())
    board = await window(f"/live/{code}/board")
    owl = await joined(window, code, "Owl", **PHONE)
    fox = await joined(window, code, "Fox")
    await expect(board.get_by_text(say("web.board.joined", count=2))).to_be_visible()

    await led(teacher, "start")
    await expect(board.get_by_text("Question 1 of 1").first).to_be_visible()
    await owl.get_by_role("button", name="1820").click()
    await expect(owl.get_by_text("You answered A. Saved.").first).to_be_visible()
    await expect(board.get_by_text(say("web.board.answered", count=1, all=2))).to_be_visible()
    await fox.get_by_role("button", name="1850").click()
    await expect(board.get_by_text(say("web.board.answered", count=2, all=2))).to_be_visible()

    await led(teacher, "close")
    await expect(board.get_by_text("1 of 2, 50 %").first).to_be_visible()
    await expect(owl.get_by_text("Right.", exact=True)).to_be_visible()
    await expect(fox.get_by_text("Not right.", exact=True)).to_be_visible()

    await led(teacher, "end")
    await expect(board.get_by_role("table")).to_contain_text("Owl")
    await expect(owl.get_by_text("Your place: 1 of 2.")).to_be_visible()
    await expect(fox.get_by_text("Your place: 2 of 2.")).to_be_visible()


async def test_a_closed_tab_comes_back_on_another_phone(window: Window, school: Served) -> None:
    teacher, code = await teacher_of(window, await school.sign_in_link())
    owl = await joined(window, code, "Owl", **PHONE)
    kept = await owl.locator("#keep strong").inner_text()
    await led(teacher, "start")
    await owl.get_by_role("button", name="1820").click()
    await expect(owl.get_by_text("You answered A. Saved.").first).to_be_visible()
    await owl.close()

    other = await window(f"/join/{code}", **PHONE)
    await other.get_by_label(say("web.join.recovery")).fill(kept.partition(": ")[2].lower())
    await other.get_by_role("button", name=say("web.join.recover")).click()
    await expect(other.get_by_text("You answered A. Saved.").first).to_be_visible()


async def test_a_restart_of_the_bot_is_survived_by_open_pages(
    window: Window, school: Served
) -> None:
    teacher, code = await teacher_of(window, await school.sign_in_link())
    owl = await joined(window, code, "Owl")
    await led(teacher, "start")
    await expect(owl.get_by_role("button", name="1820")).to_be_visible()
    await school.stop()
    await expect(owl.locator("#lost")).to_be_visible()
    await school.start()
    await expect(owl.locator("#lost")).to_be_hidden()
    await owl.get_by_role("button", name="1820").click()
    await expect(owl.get_by_text("You answered A. Saved.").first).to_be_visible()


async def test_without_a_script_a_pupil_takes_part(window: Window, school: Served) -> None:
    teacher, code = await teacher_of(window, await school.sign_in_link())
    owl = await joined(window, code, "Owl", **NO_SCRIPT)
    await led(teacher, "start")
    await owl.get_by_role("link", name=say("web.board.refresh")).click()
    await owl.get_by_role("button", name="1820").click()
    await expect(owl.get_by_text("You answered A. Saved.")).to_be_visible()


async def test_everything_works_by_keyboard_alone(window: Window, school: Served) -> None:
    teacher, code = await teacher_of(window, await school.sign_in_link())
    owl = await joined(window, code, "Owl")
    start = teacher.get_by_role("button", name=re.compile("^Start"))
    await expect(start).to_have_attribute("accesskey", "s")
    await start.focus()
    await teacher.keyboard.press("Enter")
    answer = owl.get_by_role("button", name="1820")
    await expect(answer).to_be_visible()
    await answer.focus()
    await owl.keyboard.press("Enter")
    saved = owl.locator(".saved")
    await expect(saved).to_be_focused()
    await expect(owl.locator("#status")).to_contain_text("You answered A. Saved.")
    close = teacher.get_by_role("button", name=re.compile(say("web.live.do.close")))
    await close.focus()
    await teacher.keyboard.press("Enter")
    await expect(teacher.get_by_role("button", name=re.compile("^Show the end"))).to_be_focused()


async def test_what_is_ticked_survives_a_change_of_the_page(
    window: Window, ticking: Served
) -> None:
    link = await ticking.sign_in_link()
    teacher, code = await teacher_of(window, link, base_url=ticking.url)
    owl = await joined(window, code, "Owl", base_url=ticking.url)
    await led(teacher, "start")
    await owl.get_by_label("Mill").check()
    before = await owl.locator("[data-closes]").get_attribute("data-closes")
    await teacher.get_by_role("button", name=re.compile("more seconds")).click()
    await expect(owl.locator("[data-closes]")).not_to_have_attribute("data-closes", before or "")
    await expect(owl.get_by_label("Mill")).to_be_checked()
    await owl.get_by_label("Wheels").check()
    await owl.get_by_role("button", name=say("web.play.send")).click()
    await expect(owl.get_by_text("You answered A, B. Saved.").first).to_be_visible()


@pytest.mark.parametrize("look", ["light", "dark phone"])
async def test_a_live_quiz_bars_nobody(window: Window, school: Served, look: str) -> None:
    options = LOOKS[look]
    teacher, code = await teacher_of(window, await school.sign_in_link(), **options)
    board = await window(f"/live/{code}/board", **options)
    owl = await joined(window, code, "Owl", **options)
    door = await window(f"/join/{code}", **options)
    pages = {"lead": teacher, "board": board, "pupil": owl, "door": door}
    found = {f"lobby {name}": await violations(page) for name, page in pages.items()}
    await led(teacher, "start")
    await expect(owl.get_by_role("button", name="1820")).to_be_visible()
    found |= {f"asking {name}": await violations(page) for name, page in pages.items()}
    await owl.get_by_role("button", name="1820").click()
    await expect(owl.get_by_text("You answered A. Saved.").first).to_be_visible()
    found["answered"] = await violations(owl)
    await led(teacher, "close")
    await expect(board.get_by_text("1 of 1, 100 %")).to_be_visible()
    await expect(owl.get_by_text("Right.", exact=True)).to_be_visible()
    found |= {f"shown {name}": await violations(page) for name, page in pages.items()}
    await teacher.get_by_text(say("web.live.do.stop")).first.click()
    await teacher.locator(".stopping button").click()
    await expect(board.get_by_role("table")).to_be_visible()
    found |= {f"over {name}": await violations(page) for name, page in pages.items()}
    await teacher.goto("/live")
    await teacher.get_by_text(say("web.live.more")).click()
    found["setup"] = await violations(teacher)
    assert {name: report for name, report in found.items() if report} == {}


@pytest.mark.parametrize("size", [(1920, 1080), (360, 740)], ids=["projector", "phone"])
async def test_nothing_is_wider_than_the_screen(
    window: Window, school: Served, size: tuple[int, int]
) -> None:
    _, code = await teacher_of(window, await school.sign_in_link())
    board = await window(f"/live/{code}/board", viewport={"width": size[0], "height": size[1]})
    await expect(board.get_by_role("img")).to_be_visible()
    assert await board.evaluate("document.documentElement.scrollWidth <= innerWidth")
