"""How open pages are told that a live quiz has changed."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from starlette.types import Message

from bot.core.live_types import Act, Missed, Setup
from bot.frontends.web.live_stream import Channels, Draw, Streams
from bot.service.desk import Desk
from bot.service.live import Live
from bot.service.live_ports import Pulse
from tests.quizzes import BUILT, library

HOST = "owner:local"


class Page:
    """An open page: what it has been told, and whether somebody still looks at it."""

    def __init__(
        self, streams: Streams, code: str, *, wide: bool = False, draw: Draw | None = None
    ) -> None:
        self.told: asyncio.Queue[bytes] = asyncio.Queue()
        self.left = asyncio.Event()
        stream = streams.open(code, draw=draw) if draw else streams.open(code, wide=wide)
        scope = {"type": "http", "method": "GET", "headers": []}
        self.running = asyncio.create_task(stream(scope, self.receive, self.send))

    async def receive(self) -> Message:
        await self.left.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Message) -> None:
        if body := message.get("body"):
            self.told.put_nowait(bytes(body))

    async def next(self) -> bytes:
        return await asyncio.wait_for(self.told.get(), 5)

    async def opened(self) -> "Page":
        assert (await self.next()).startswith(b"retry:")
        assert (await self.next()).startswith(b"event: changed")
        return self


@pytest.fixture
def live(desk: Desk) -> Live:
    desk.library = library(BUILT)
    return Live(desk)


async def quiz(live: Live) -> str:
    return await live.create(HOST, Setup("mill", seconds=30.0, seed="s"))


async def test_a_page_is_told_of_a_change_and_of_the_end(live: Live) -> None:
    code = await quiz(live)
    page = await Page(Streams(Channels(live)), code, wide=False).opened()
    await live.control(code, HOST, Act.START)
    assert (await page.next()).startswith(b"event: changed")
    await live.control(code, HOST, Act.STOP)
    while not (told := await page.next()).startswith(b"event: over"):
        assert told.startswith(b"event: changed")
    await asyncio.wait_for(page.running, 5)


async def test_only_the_big_screen_is_told_who_joins(live: Live) -> None:
    code = await quiz(live)
    streams = Streams(Channels(live))
    wide = await Page(streams, code, wide=True).opened()
    narrow = await Page(streams, code, wide=False).opened()
    await live.join(code, "web:owl", "Owl")
    assert (await wide.next()).startswith(b"event: changed")
    assert narrow.told.empty()
    for page in (wide, narrow):
        page.left.set()
        await asyncio.wait_for(page.running, 5)


async def test_open_pages_do_not_keep_the_site_from_stopping(live: Live) -> None:
    streams = Streams(Channels(live))
    page = await Page(streams, await quiz(live), wide=False).opened()
    streams.closing.set()
    await asyncio.wait_for(page.running, 5)


async def test_however_many_look_a_quiz_is_watched_once(live: Live, desk: Desk) -> None:
    watched: list[str] = []

    class Counting(Live):
        def watch(self, code: str) -> AsyncIterator[Pulse]:
            watched.append(code)
            return super().watch(code)

    code = await quiz(live)
    streams = Streams(Channels(Counting(desk)))
    pages = [await Page(streams, code, wide=False).opened() for _ in range(20)]
    assert watched == [code]
    for page in pages:
        page.left.set()
        await asyncio.wait_for(page.running, 5)
    late = await Page(streams, code, wide=False).opened()
    assert watched == [code, code]
    late.left.set()
    await asyncio.wait_for(late.running, 5)


async def test_a_pupils_page_is_brought_what_it_shows_now(live: Live) -> None:
    code = await quiz(live)
    entered = await live.join(code, "web:owl", "Owl")
    assert not isinstance(entered, Missed)

    async def draw() -> str | None:
        seen = await live.glance(code, "web:owl")
        return f"<p>\n{seen.board.phase}</p>" if seen and seen.mine else None

    page = Page(Streams(Channels(live)), code, draw=draw)
    assert (await page.next()).startswith(b"retry:")
    assert await page.next() == b"event: part\ndata: <p>\ndata: lobby</p>\n\n"
    await live.control(code, HOST, Act.START)
    assert await page.next() == b"event: part\ndata: <p>\ndata: asking</p>\n\n"
    await live.leave(code, "web:owl")
    await live.control(code, HOST, Act.STOP)
    assert (await page.next()).startswith(b"event: changed")
    assert (await page.next()).startswith(b"event: over")
    await asyncio.wait_for(page.running, 5)
