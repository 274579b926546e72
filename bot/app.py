"""Runs the whole bot: names the engine and the platforms, and reads the clock."""

import asyncio
import logging
import secrets
import signal
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from types import FrameType
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit

from starlette.routing import Route

from bot.assembly import Around, assemble, retention
from bot.config import Settings
from bot.core.page import Markup
from bot.core.words import say
from bot.formats.problems import PackError
from bot.frontends.discord.markup import MARKUP as DISCORD
from bot.frontends.starting import CannotStart
from bot.frontends.web.markup import MARKUP as WEB
from bot.frontends.web.run import Address, WebFrontEnd
from bot.logs import set_up
from bot.service.desk import Desk
from bot.service.faults import fault
from bot.service.ports import Store, StoreProblem
from bot.service.shelves import NoPack
from bot.service.signing import owners_link
from bot.store.store import SqlStore

if TYPE_CHECKING:
    from bot.frontends.discord.run import DiscordFrontEnd
    from bot.frontends.telegram.run import TelegramFrontEnd

OK, FAILED, WRONG = 0, 1, 2
"""Exit codes: stopped as told; nothing could run; a setting, pack or database is wrong."""

_SIGNALS = (signal.SIGINT, signal.SIGTERM)

_log = logging.getLogger(__name__)


class FrontEnd(Protocol):
    """One platform, from its first sign of life to its last."""

    name: str

    async def run(self, stop: asyncio.Event) -> None:
        """Serve until told to stop; raise CannotStart where it cannot begin."""
        ...


def serve(settings: Settings) -> int:
    """Run every front end that is set up until a signal comes; return the exit code."""
    set_up(settings.log_level, settings.secrets())
    try:
        return asyncio.run(_serve(settings))
    except (NoPack, PackError, StoreProblem) as problem:
        sys.stderr.write(f"{problem}\n")
        return WRONG


async def _serve(settings: Settings) -> int:
    stop = asyncio.Event()
    _stop_on_signals(stop)
    url = settings.database_url.get_secret_value()
    pages: list[WebFrontEnd] = []
    around = Around(_now, _fresh_token, _markups(settings), lambda: _page_address(pages))
    async with SqlStore.open(url, retention(settings), settings.owners) as store:
        conversation = await assemble(settings, store, around)
        front_ends = _front_ends(settings, conversation.desk)
        pages += [front_end for front_end in front_ends if isinstance(front_end, WebFrontEnd)]
        for page in pages:
            page.live, page.banks = conversation.live, conversation.librarian.banks
        announcing = [asyncio.create_task(_announced(page, store)) for page in pages]
        beside = asyncio.create_task(conversation.run(stop))
        try:
            return await run_all(front_ends, stop)
        finally:
            for task in announcing:
                task.cancel()  # where the page could not start, it still waits
            stop.set()
            await beside
            await conversation.finish()


async def _announced(page: WebFrontEnd, store: Store) -> None:
    """Say where the page is, and how its owner signs in: to whoever started the bot, not to the log."""
    await page.ready.wait()
    _tell(say("start.page", url=page.url))
    _tell(say("start.owner", url=page.url + await owners_link(store, _now())))


def _tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


async def run_all(front_ends: Sequence[FrontEnd], stop: asyncio.Event) -> int:
    """Run front ends side by side until the end; one that fails leaves the others alone."""
    ran = await asyncio.gather(*(_ran(front_end, stop) for front_end in front_ends))
    stop.set()  # also where every one of them has failed
    return OK if any(ran) else FAILED


async def _ran(front_end: FrontEnd, stop: asyncio.Event) -> bool:
    try:
        await front_end.run(stop)
    except CannotStart as why:
        _log.error("%s does not run: %s", front_end.name, why)
        return False
    except Exception as problem:  # noqa: BLE001 - whatever happens to one leaves the others alone
        _log.error("%s has stopped by a fault of its own: %s", front_end.name, fault(problem))
        return False
    return True


def _page_address(pages: Sequence[WebFrontEnd]) -> str:
    """Return where other people's browsers find the page; "" where there is none."""
    return next((page.public_url for page in pages), "")


def _markups(settings: Settings) -> Mapping[str, Markup]:
    if not settings.telegram_token:
        return {"web": WEB, "discord": DISCORD}
    from bot.frontends.telegram.markup import MARKUP as TELEGRAM

    return {"web": WEB, "discord": DISCORD, "telegram": TELEGRAM}


def _front_ends(settings: Settings, desk: Desk) -> list[FrontEnd]:
    running: list[FrontEnd] = []
    routes: Sequence[Route] = ()
    if settings.telegram_token:
        telegram = _telegram(settings, settings.telegram_token.get_secret_value(), desk)
        routes = telegram.routes
        running.append(telegram)
    if settings.discord_token:
        running.append(_discord(settings.discord_token.get_secret_value(), desk))
    if settings.web:
        # Telegram calls the webhook by its public name.
        public = urlsplit(settings.webhook_url).hostname if settings.webhook_url else None
        names = settings.web_names + ((public,) if public else ())
        running.append(
            WebFrontEnd(desk, Address(settings.web_host, settings.web_port, names), routes)
        )
    return running


def _telegram(settings: Settings, token: str, desk: Desk) -> "TelegramFrontEnd":
    # Imported here: it takes a quarter of a second and 20 MB, which nobody without a token should pay.
    from bot.frontends.telegram.requests import connect
    from bot.frontends.telegram.run import Hook, TelegramFrontEnd

    bot = connect(token, settings.telegram_api_url, settings.telegram_file_url)
    secret = settings.webhook_secret
    hook = (
        Hook(settings.webhook_url, secret.get_secret_value())
        if settings.webhook_url and secret
        else None
    )
    return TelegramFrontEnd(bot, desk, hook)


def _discord(token: str, desk: Desk) -> "DiscordFrontEnd":
    # Imported here for the same reason.
    from bot.frontends.discord.run import DiscordFrontEnd

    return DiscordFrontEnd(desk, token)


def _stop_on_signals(stop: asyncio.Event) -> None:
    """Let the first Ctrl-C or SIGTERM end everything in order; a second one ends it at once."""
    loop = asyncio.get_running_loop()
    before = {number: signal.getsignal(number) for number in _SIGNALS}

    def begin_to_stop(_number: int, _frame: FrameType | None) -> None:
        for number, handler in before.items():
            signal.signal(number, handler)
        loop.call_soon_threadsafe(stop.set)

    for number in _SIGNALS:
        signal.signal(number, begin_to_stop)


def _now() -> datetime:
    return datetime.now(UTC)


def _fresh_token() -> str:
    return secrets.token_urlsafe(16)
