#!/usr/bin/env python3
"""Take the picture in the README: the page as it is, with real answers from the pack.

Run it from the top of a checkout: .venv/bin/python docs/make_screenshot.py
"""

import asyncio
import shutil
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_urlsafe
from tempfile import TemporaryDirectory

from playwright.async_api import async_playwright

from bot.config import packs_folder
from bot.core.words import say
from bot.frontends.web.markup import MARKUP
from bot.frontends.web.run import Address, WebFrontEnd
from bot.service.desk import Desk
from bot.service.shelves import open_library, pack_folders
from bot.store.store import SqlStore

PICTURE = Path(__file__).with_name("screenshot.png")
QUESTIONS = ("where did the drone attack happen?", "did iraq condemn the strikes?")
SIZE = {"width": 1180, "height": 1060}
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@asynccontextmanager
async def running_bot() -> AsyncGenerator[str]:
    """Run the page with the packs that come with it and an empty store; yield its address."""
    library = open_library(pack_folders(packs_folder()))
    with TemporaryDirectory() as folder:
        async with SqlStore.open(f"sqlite+aiosqlite:///{folder}/picture.db") as store:
            desk = Desk(
                store,
                library,
                {"web": MARKUP},
                lambda: datetime.now(UTC),  # noqa: TID251 - a program of its own, with its own clock
                lambda: token_urlsafe(12),
            )
            page, stop = WebFrontEnd(desk, Address(port=0)), asyncio.Event()
            async with asyncio.TaskGroup() as group:
                group.create_task(page.run(stop))
                await page.ready.wait()
                yield page.url
                stop.set()


async def take(url: str, browser_path: str) -> None:
    """Ask the questions as a person would, and take the picture."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=browser_path, args=["--no-sandbox", "--disable-gpu"]
        )
        page = await browser.new_page(
            viewport=SIZE, device_scale_factor=1.5, reduced_motion="reduce", color_scheme="light"
        )
        await page.goto(url)
        for number, question in enumerate(QUESTIONS):
            await page.get_by_label(say("web.ask.label")).last.fill(question)
            await page.keyboard.press("Enter")
            await page.locator("article").nth(number).wait_for()
        await page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
        await page.screenshot(path=PICTURE)
        await browser.close()


async def main() -> None:
    """Run the bot, visit it, leave the picture beside this file."""
    browser_path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser_path is None:
        sys.exit("There is no Chromium. Get one with: apt-get install chromium")
    async with running_bot() as url:
        await take(url, browser_path)


if __name__ == "__main__":
    asyncio.run(main())
