"""Chromium, and a bot for it to visit."""

import os
import shutil
from collections.abc import AsyncGenerator, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, async_playwright, expect

from bot.service.shelves import open_library
from tests.browser.served import Served, serving
from tests.frontends.web.visitor import TOWN

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Nothing may be looked up, updated or reported behind our back.
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

# A slow machine is no fault of the page.
expect.set_options(timeout=15_000)


def chromium() -> str:
    """Return where the browser is; without one skip, except where all must be tested."""
    found = next(filter(None, map(shutil.which, CHROMIUM)), "")
    if not found and os.environ.get("CI") == "true":
        pytest.fail("The page must be tested, and there is no Chromium: apt-get install chromium")
    if not found:
        pytest.skip("there is no Chromium; get one with: apt-get install chromium")
    return found


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncGenerator[Browser]:
    """One browser for all tests."""
    path = chromium()
    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(executable_path=path, args=QUIET)
        yield started
        await started.close()


@pytest_asyncio.fixture(loop_scope="session")
async def server(empty: Path, tmp_path: Path) -> AsyncGenerator[Served]:
    """A bot with the small pack and an empty database."""
    shutil.copy(empty, tmp_path / "browser.db")
    async with serving(open_library([TOWN]), tmp_path / "browser.db") as served:
        yield served


Opened = Callable[..., Any]


@pytest_asyncio.fixture(loop_scope="session")
async def open_page(browser: Browser, server: Served) -> AsyncGenerator[Opened]:
    """Open the bot's page in a window of its own; at the end look at what the window asked for."""
    asked: list[str] = []
    errors: list[str] = []
    async with AsyncExitStack() as stack:

        async def open_it(path: str = "/", **options: Any) -> Page:
            options = {"base_url": server.url, "reduced_motion": "reduce", **options}
            context = await stack.enter_async_context(await browser.new_context(**options))
            context.on("request", lambda request: asked.append(request.url))
            context.on("weberror", lambda error: errors.append(str(error.error)))
            context.on("console", lambda message: errors.append(f"{message.type}: {message.text}"))
            page = await context.new_page()
            await page.goto(path)
            return page

        yield open_it
    assert asked
    assert [url for url in asked if not url.startswith(server.url + "/")] == []
    # A page that is refused on purpose is an error for the console, but not for us.
    assert [e for e in errors if not e.startswith("error: Failed to load resource")] == []
