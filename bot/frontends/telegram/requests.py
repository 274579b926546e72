"""Requests to Telegram, few at a time: httpx takes longer for each, the more are sent at once."""

import asyncio
from typing import Any

from telegram.request import BaseRequest, HTTPXRequest
from typing_extensions import override

from bot.frontends.telegram.poll import FetchingBot

IN_FLIGHT = 4


class FewAtOnce(BaseRequest):
    """Hands requests on to another, at most four at a time."""

    def __init__(self, inner: BaseRequest) -> None:
        self._inner = inner
        self._free = asyncio.Semaphore(IN_FLIGHT)

    @property
    @override
    def read_timeout(self) -> float | None:
        """Return how long an answer may take."""
        return self._inner.read_timeout

    @override
    async def initialize(self) -> None:
        """Open what is needed."""
        await self._inner.initialize()

    @override
    async def shutdown(self) -> None:
        """Close it again."""
        await self._inner.shutdown()

    @override
    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        """Make a request as soon as one of the four places is free."""
        async with self._free:
            return await self._inner.do_request(*args, **kwargs)


def connect(token: str, api_url: str, file_url: str) -> FetchingBot:
    """Return the bot of a token; nothing is sent yet."""
    return FetchingBot(
        token,
        base_url=api_url,
        base_file_url=file_url,
        request=FewAtOnce(HTTPXRequest(connection_pool_size=IN_FLIGHT)),
        get_updates_request=HTTPXRequest(connection_pool_size=1),
    )
