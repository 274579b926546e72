"""The requests themselves, over real sockets on this machine."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from telegram.error import NetworkError, TimedOut

from bot.frontends.telegram.requests import AiohttpRequest, connect
from tests.frontends.telegram.fake import TOKEN, FakeTelegram
from tests.frontends.telegram.server import Line, serving

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


@asynccontextmanager
async def answering(answer: Answer) -> AsyncIterator[str]:
    app = web.Application()
    app.router.add_post("/", answer)
    async with TestServer(app, shutdown_timeout=0.1) as server:
        yield str(server.make_url("/"))


async def test_the_whole_bot_speaks_over_it(telegram: FakeTelegram):
    telegram.files["table"] = b"a,b"
    telegram.waiting.add("press")
    async with serving(Line(telegram)) as address:
        bot = connect(TOKEN, address, address.replace("/bot", "/file/bot"))
        async with bot:
            await bot.send_message(102, "<b>hello</b> ж", parse_mode="HTML")
            await bot.send_photo(102, b"\x89PNG", filename="a.png", caption="words")
            await bot.answer_callback_query("press", "Saved")
            file = await bot.get_file("table")
            content = await file.download_as_bytearray()

    sent, picture, *_ = telegram.of("sendMessage", "sendPhoto")
    assert sent.text == "hello ж"
    assert picture.files["photo"] == ("a.png", b"\x89PNG", "image/png")
    assert picture.text == "words"
    assert telegram.waiting == set()
    assert content == b"a,b"


async def test_hundreds_of_confirmations_go_out_at_once(telegram: FakeTelegram):
    presses = [f"press{n}" for n in range(300)]
    telegram.waiting.update(presses)
    async with (
        serving(Line(telegram)) as address,
        connect(TOKEN, address, address) as bot,
        asyncio.TaskGroup() as tasks,
    ):
        for press in presses:
            tasks.create_task(bot.answer_callback_query(press))
    assert telegram.waiting == set()


async def test_an_answer_that_does_not_come_is_a_timeout():
    never = asyncio.Event()

    async def hang(_: web.Request) -> web.StreamResponse:
        await never.wait()
        return web.Response()

    async with answering(hang) as address, AiohttpRequest() as request:
        with pytest.raises(TimedOut):
            await request.post(address, read_timeout=0.05)
        never.set()


async def test_a_line_that_breaks_is_named_without_the_address():
    async def hang_up(request: web.Request) -> web.StreamResponse:
        assert request.transport
        request.transport.close()
        return web.Response()

    async with answering(hang_up) as address, AiohttpRequest() as request:
        with pytest.raises(NetworkError, match=r"^aiohttp\.\w+$") as failure:
            await request.post(address)
    assert address not in str(failure.value)


async def test_nothing_is_sent_before_the_beginning_or_after_the_end():
    request = AiohttpRequest()
    with pytest.raises(NetworkError, match="closed"):
        await request.post("http://127.0.0.1/")
    async with request:
        await request.initialize()
    with pytest.raises(NetworkError, match="closed"):
        await request.post("http://127.0.0.1/")
    await request.shutdown()


async def test_calls_go_through_the_proxy_of_the_environment(monkeypatch: pytest.MonkeyPatch):
    asked: list[tuple[str, str]] = []

    async def carry(request: web.Request) -> web.StreamResponse:
        asked.append((str(request.url), request.headers.get("Proxy-Authorization", "")))
        return web.Response(body=b'{"ok": true, "result": 7}')

    async with answering(carry) as address, AiohttpRequest() as request:
        monkeypatch.setenv("http_proxy", address.replace("http://", "http://owl:hoot@"))
        monkeypatch.setenv("no_proxy", "")
        assert await request.post("http://telegram.example/") == 7
    assert asked == [("http://telegram.example/", "Basic b3dsOmhvb3Q=")]
