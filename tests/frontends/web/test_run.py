"""The page on a real port."""

import asyncio
import signal
import socket
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import httpx
import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from bot.frontends.starting import CannotStart
from bot.frontends.web.run import Address, WebFrontEnd, fresh_token
from bot.service.desk import Desk


@asynccontextmanager
async def served(front_end: WebFrontEnd) -> AsyncGenerator[WebFrontEnd]:
    stop = asyncio.Event()
    running = asyncio.create_task(front_end.run(stop))
    await front_end.ready.wait()
    yield front_end
    stop.set()
    await running


async def test_the_page_is_served_until_it_is_told_to_stop(desk: Desk) -> None:
    async with served(WebFrontEnd(desk, Address(port=0))) as page, httpx.AsyncClient() as client:
        response = await client.get(page.url)
        assert response.status_code == 200
        assert "server" not in response.headers
    async with httpx.AsyncClient() as client:
        with pytest.raises(httpx.ConnectError):
            await client.get(page.url)


async def test_a_port_that_is_taken_is_named_with_a_cure(desk: Desk) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(CannotStart, match=rf"127\.0\.0\.1:{port}.*WEB_PORT"):
            await WebFrontEnd(desk, Address(port=port)).run(asyncio.Event())


@pytest.mark.parametrize("host", ["203.0.113.7", "2001:db8::7"])
async def test_an_address_of_another_machine_is_named_with_a_cure(desk: Desk, host: str) -> None:
    with pytest.raises(CannotStart, match="WEB_HOST"):
        await WebFrontEnd(desk, Address(host, 0)).run(asyncio.Event())


async def test_the_signals_of_the_process_are_left_alone(desk: Desk) -> None:
    before = [signal.getsignal(sign) for sign in (signal.SIGINT, signal.SIGTERM)]
    async with served(WebFrontEnd(desk, Address(port=0))):
        assert [signal.getsignal(s) for s in (signal.SIGINT, signal.SIGTERM)] == before


async def test_other_routes_are_served_beside_the_page(desk: Desk) -> None:
    async def hook(request: Request) -> PlainTextResponse:
        return PlainTextResponse((await request.body()).decode())

    routes = [Route("/hook", hook, methods=["POST"])]
    headers = {"Host": "bot.example", "Origin": "https://elsewhere.example"}
    front_end = WebFrontEnd(desk, Address(port=0), routes)
    async with served(front_end) as page, httpx.AsyncClient() as client:
        response = await client.post(page.url + "/hook", content="{}", headers=headers)
    assert response.text == "{}"


@pytest.mark.parametrize(
    ("address", "named", "anything"),
    [
        (Address(), False, False),
        (Address(names=("bot.example",)), True, False),
        (Address("192.0.2.1"), True, True),
        (Address("192.0.2.1", names=("bot.example",)), True, False),
    ],
)
def test_the_page_answers_to_the_names_it_can_know(
    address: Address, named: bool, anything: bool
) -> None:
    hosts = address.hosts()
    assert (not hosts or "bot.example" in hosts) is named
    assert (not hosts or "evil.example" in hosts) is anything
    assert not hosts or "localhost" in hosts


def test_a_token_is_128_bits_that_a_cookie_can_hold() -> None:
    tokens = {fresh_token() for _ in range(100)}
    assert len(tokens) == 100
    assert {len(token) for token in tokens} == {22}
