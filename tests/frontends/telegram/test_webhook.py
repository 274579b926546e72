import asyncio
import json
from collections.abc import AsyncIterator

import httpx
import pytest
from starlette.applications import Starlette

from bot.core.events import Event, Pressed
from bot.frontends.telegram.markup import visible
from bot.frontends.telegram.reception import FAILED, Reception
from bot.frontends.telegram.webhook import HEADER, LARGEST, Webhook
from bot.service.desk import Handled
from bot.service.ports import StoreProblem
from tests.frontends.telegram.updates import Raw, from_bot, message, press, update

SECRET = "a-secret"


@pytest.fixture
def door(bot, desk) -> Webhook:
    door = Webhook(SECRET)
    door.open(Reception(bot, bot.bot, desk, asyncio.Event(), pauses=(0.0, 0.0)))
    return door


@pytest.fixture
async def web(door) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(Starlette(routes=[door.route]))
    async with httpx.AsyncClient(transport=transport, base_url="http://bot.example") as client:
        yield client


async def bring(web: httpx.AsyncClient, body: Raw | bytes, secret: str = SECRET) -> int:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    answer = await web.post("/telegram", content=content, headers={HEADER: secret})
    return answer.status_code


async def test_an_update_is_taken_in(web, desk):
    assert await bring(web, update(message=message("when?"))) == 200
    assert len(desk.kept) == 1


async def test_an_update_that_is_brought_again_is_kept_once(web, desk):
    again = update(message=message("when?"))
    assert [await bring(web, again), await bring(web, again)] == [200, 200]
    assert len(desk.kept) == 1


@pytest.mark.parametrize("secret", ["", "another", "a-secre", SECRET + "x", "ä"])
async def test_only_who_knows_the_secret_gets_in(web, desk, secret):
    answer = await web.post(
        "/telegram",
        content=json.dumps(update(message=message("when?"))),
        headers=[(HEADER.encode(), secret.encode("latin-1"))],
    )
    assert answer.status_code == 403
    assert desk.kept == []


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[1]", b'"x"', b"null", b"{}", b'{"update_id": "7"}', b"\xff\xfe"]
)
async def test_what_is_no_update_is_refused(web, desk, body):
    assert await bring(web, body) == 400
    assert desk.kept == []


async def test_what_is_too_large_is_refused(web, desk):
    assert await bring(web, b" " * (LARGEST + 1)) == 413


async def test_before_the_bot_has_begun_telegram_comes_again_later(web, door):
    door.close()
    assert await bring(web, update(message=message("when?"))) == 503


async def test_while_the_store_is_out_of_reach_telegram_comes_again_later(web, desk):
    def fail(_: Event) -> None:
        raise StoreProblem("The database is locked.")

    desk.before = fail
    assert await bring(web, update(message=message("when?"))) == 503


async def test_a_poisoned_update_is_taken_so_that_it_does_not_come_for_ever(web, desk):
    def fail(_: Event) -> None:
        raise ValueError

    desk.before = fail
    assert await bring(web, update(message=message("when?"))) == 200


async def test_nothing_can_be_fetched_there(web):
    assert (await web.get("/telegram")).status_code == 405


async def test_an_answer_to_a_live_quiz_is_confirmed_in_the_answer(web, desk):
    class Hurrying:
        def takes(self, event: Event) -> bool:
            return isinstance(event, Pressed)

        async def take(self, event: Event, update: str) -> Handled:
            raise AssertionError

    desk.express = Hurrying()
    desk.shows = Handled(toast=FAILED)
    pressed = json.dumps(update(callback_query=press("1|l.a.CODE.0|t|1", from_bot(), "88")))
    answer = await web.post("/telegram", content=pressed, headers={HEADER: SECRET})
    assert answer.json() == {
        "method": "answerCallbackQuery",
        "callback_query_id": "88",
        "text": visible(FAILED.pages[0].text),
    }
