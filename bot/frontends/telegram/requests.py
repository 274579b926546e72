"""Requests to Telegram over aiohttp: httpx takes longer for each, the more are sent at once.

When a class answers within a second, hundreds of presses are confirmed at the same time. So every
call goes through here, files included; the outbox by itself sends only a few at a time.
"""

from collections.abc import Mapping
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData
from typing_extensions import override

from bot.frontends.telegram.poll import FetchingBot

AT_ONCE = 100
"""Connections; what is more than that waits for its turn."""
PATIENCE = 10.0
"""Seconds that Telegram may take to answer, unless a call says otherwise."""
WITH_FILES = 40.0
"""Seconds for a call that carries a file."""
CONNECTING = 5.0


class AiohttpRequest(BaseRequest):
    """Carries the calls of a bot; use `AiohttpRequest(1)` for a connection of its own."""

    def __init__(self, at_once: int = AT_ONCE) -> None:
        self._at_once = at_once
        self._session: aiohttp.ClientSession | None = None
        self._proxies: dict[str, str | None] = {}
        """The proxies of the hosts that were called, looked up once for each."""

    @property
    @override
    def read_timeout(self) -> float | None:
        """Return how long an answer may take."""
        return PATIENCE

    @override
    async def initialize(self) -> None:
        """Open what is needed."""
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=self._at_once)
            self._session = aiohttp.ClientSession(
                connector=connector, cookie_jar=aiohttp.DummyCookieJar()
            )

    @override
    async def shutdown(self) -> None:
        """Close it again."""
        session, self._session = self._session, None
        if session:
            await session.close()

    @override
    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = BaseRequest.DEFAULT_NONE,
        connect_timeout: object = BaseRequest.DEFAULT_NONE,
        pool_timeout: object = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Make a request; of the timeouts, the one for reading counts for the whole of it."""
        if self._session is None:
            raise NetworkError("the connection to Telegram is closed")
        files = request_data is not None and request_data.contains_files
        usual = WITH_FILES if files else PATIENCE
        total = float(read_timeout) if isinstance(read_timeout, int | float) else usual
        timeout = aiohttp.ClientTimeout(total, sock_connect=CONNECTING)
        try:
            async with self._session.request(
                method,
                url,
                data=_body(request_data),
                timeout=timeout,
                proxy=self._proxy(url),
            ) as answer:
                return answer.status, await answer.read()
        except TimeoutError:
            raise TimedOut from None
        except aiohttp.ClientError as trouble:
            # Never with its message: it may hold the address, and so the token.
            raise NetworkError(f"aiohttp.{type(trouble).__name__}") from None

    def _proxy(self, url: str) -> str | None:
        # Left to aiohttp (`trust_env`), each call would be handed to two threads and back.
        address = urlsplit(url)
        if address.netloc not in self._proxies:
            self._proxies[address.netloc] = _proxy_to(address.scheme, address.hostname or "")
        return self._proxies[address.netloc]


def _proxy_to(scheme: str, host: str) -> str | None:
    """Return the proxy that the environment names for a host."""
    return None if proxy_bypass(host) else getproxies().get(scheme)


def _body(data: RequestData | None) -> aiohttp.FormData | Mapping[str, str] | None:
    if data is None:
        return None
    if not data.contains_files:
        return data.json_parameters
    form = aiohttp.FormData()
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (file, content, kind) in data.multipart_data.items():
        form.add_field(name, content, filename=file, content_type=kind)
    return form


def connect(token: str, api_url: str, file_url: str) -> FetchingBot:
    """Return the bot of a token; nothing is sent yet."""
    return FetchingBot(
        token,
        base_url=api_url,
        base_file_url=file_url,
        request=AiohttpRequest(),
        get_updates_request=AiohttpRequest(1),
    )
