"""Serves the local page until it is told to stop."""

import asyncio
import secrets
import socket
import sys
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from errno import EACCES, EADDRINUSE

import uvicorn
from starlette.datastructures import URL
from starlette.routing import BaseRoute
from typing_extensions import override

from bot.frontends.starting import CannotStart
from bot.frontends.web.reach import Reach
from bot.frontends.web.site import Beside, site
from bot.service.banks import Banks
from bot.service.desk import Desk
from bot.service.live_ports import Lives

_PATIENCE = 5
"""Seconds that a running request gets when the bot stops."""
_IDLE = 75
"""Seconds that a silent connection is kept for the next press, longer than most questions take."""
_MOST_OPEN = 65_536
_BACKLOG = 1_024
"""A class that opens the page all at once waits, instead of being turned away."""


def fresh_token() -> str:
    """Return 128 random bits in letters that a cookie can hold."""
    return secrets.token_urlsafe(16)


@dataclass(frozen=True, slots=True)
class Address:
    """Where the page listens, and the names besides that it may be asked by."""

    host: str = "127.0.0.1"
    port: int = 8321
    names: tuple[str, ...] = ()

    def reach(self) -> Reach:
        """Return how other machines reach the page."""
        return Reach(self.host, self.names)

    def hosts(self) -> frozenset[str]:
        """Return the names that the page answers to; empty for any."""
        return self.reach().hosts()


class WebFrontEnd:
    """The local page, and whatever else is served at its address."""

    name = "web"

    def __init__(
        self,
        desk: Desk,
        address: Address = Address(),
        routes: Sequence[BaseRoute] = (),
        token: Callable[[], str] = fresh_token,
    ) -> None:
        """Take what is served; nothing is opened before `run`."""
        self._desk = desk
        self._address = address
        self._routes = routes
        self._token = token
        self.ready: asyncio.Event = asyncio.Event()
        """Set as soon as the page can be opened."""
        self.url = ""
        """Where it can be opened, once it is ready."""
        self.live: Lives | None = None
        """The live quizzes that are played here; set before `run`, where there are any."""
        self.banks: Banks | None = None
        """The banks that are edited here; set before `run`, so that this worker sees at once what is published."""

    @property
    def public_url(self) -> str:
        """Where other people's browsers find it; "" before it is ready."""
        return self._address.reach().base(URL(self.url)) if self.url else ""

    async def run(self, stop: asyncio.Event) -> None:
        """Serve until told to stop; raise CannotStart where the address cannot be had."""
        _allow_many_pages()
        with _listen(self._address) as listening:
            self.url = _url(self._address.host, listening.getsockname()[1])
            beside = Beside(self._routes, self.live, self.banks)
            app = site(self._desk, self._token, self._address.reach(), beside)
            server = _Server(
                uvicorn.Config(
                    app,
                    access_log=False,
                    lifespan="off",
                    log_config=None,
                    log_level="warning",
                    server_header=False,
                    timeout_graceful_shutdown=_PATIENCE,
                    timeout_keep_alive=_IDLE,
                    ws="none",
                )
            )
            async with asyncio.TaskGroup() as group:
                group.create_task(server.serve(sockets=[listening]))
                self.ready.set()
                await stop.wait()
                beside.closing.set()
                server.should_exit = True


class _Server(uvicorn.Server):
    """Uvicorn without its signal handlers: whoever starts the bot also stops it."""

    @override
    @contextmanager
    def capture_signals(self) -> Generator[None]:
        yield


def _allow_many_pages() -> None:
    """Take as many open connections as the system lets us: every open live page is one."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - there is no such module on Windows

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _MOST_OPEN if hard == resource.RLIM_INFINITY else min(hard, _MOST_OPEN)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def _listen(address: Address) -> socket.socket:
    """Take the address; from here on connections wait until they are served."""
    family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
    try:
        return socket.create_server((address.host, address.port), family=family, backlog=_BACKLOG)
    except OSError as error:
        raise CannotStart(_why(error, address)) from error


def _why(error: OSError, address: Address) -> str:
    where = f"{address.host}:{address.port}"
    if error.errno == EADDRINUSE:
        return (
            f"The local page cannot listen at {where}: another program is there, perhaps this bot "
            "itself, started before. Stop it, or set WEB_PORT to another number."
        )
    if error.errno == EACCES:
        return (
            f"The local page may not listen at {where}: ports below 1024 are for the system. "
            "Set WEB_PORT to a higher number, such as 8321."
        )
    return (
        f"The local page cannot listen at {where}: {error.strerror or error}. "
        "Set WEB_HOST to an address of this machine, such as 127.0.0.1."
    )


def _url(host: str, port: int) -> str:
    """Write an address that a browser on this machine can open."""
    name = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - compared, not bound
    return f"http://[{name}]:{port}" if ":" in name else f"http://{name}:{port}"
