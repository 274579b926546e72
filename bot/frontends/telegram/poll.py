"""Fetches updates from Telegram, and confirms them only after they are committed.

Telegram takes an update for delivered when a later one is asked for. So the next ones are asked
for only when all of a batch were handled; after a crash the same batch comes again, and what was
handled already is recognised by its number.
"""

import asyncio
import logging
from collections.abc import Sequence
from typing import Any, cast

from telegram import Bot
from telegram.error import Conflict, InvalidToken, TelegramError

from bot.core.words import say
from bot.frontends.starting import CannotStart
from bot.frontends.telegram.inbound import RECEIVED
from bot.frontends.telegram.reception import Raw, Reception
from bot.frontends.telegram.waiting import patience, unless
from bot.service.ports import StoreProblem
from bot.service.waiting import pause

LONG = 25
"""Seconds that Telegram keeps a request open while nothing happens."""
MARGIN = 10
"""Seconds that the network may take on top."""

_log = logging.getLogger(__name__)


class FetchingBot(Bot):
    """A bot that can hand out updates unread, so that one it cannot read does not hide the others."""

    async def fetch(self, offset: int) -> Sequence[Raw]:
        """Wait for updates from a number on; those before it are confirmed."""
        data: dict[str, Any] = {
            "offset": offset or None,
            "timeout": LONG,
            "allowed_updates": list(RECEIVED),
        }
        return cast(
            "Sequence[Raw]", await self._post("getUpdates", data, read_timeout=LONG + MARGIN)
        )


class NotKept(Exception):
    """Some of a batch could neither be handled nor put aside: the store is out of reach."""


class Poll:
    """The loop that fetches."""

    def __init__(self, bot: FetchingBot, reception: Reception, first_pause: float = 1.0) -> None:
        self._bot = bot
        self._reception = reception
        self._first_pause = first_pause

    async def run(self, stop: asyncio.Event) -> None:
        """Fetch and handle updates until the end."""
        offset = failures = 0
        while not stop.is_set():
            try:
                batch = await unless(stop, self._bot.fetch(offset))
                offset = await self._take(batch or [], offset)
                failures = 0
            except InvalidToken:
                raise CannotStart(say("telegram.token")) from None
            except (TelegramError, NotKept) as trouble:
                failures += 1
                await pause(stop, self._patience(trouble, failures))

    async def _take(self, batch: Sequence[Raw], offset: int) -> int:
        """Handle a batch, its chats side by side; return the number that confirms it."""
        takes = (self._reception.take(raw) for raw in batch)
        outcomes = await asyncio.gather(*takes, return_exceptions=True)
        failed = {_named(outcome) for outcome in outcomes if outcome}
        if failed:
            raise NotKept(", ".join(sorted(failed)))
        return int(batch[-1]["update_id"]) + 1 if batch else offset

    def _patience(self, trouble: Exception, failures: int) -> float:
        """Return how long to wait before fetching again, and say why."""
        wait = patience(trouble, failures, self._first_pause)
        why = say("telegram.conflict") if isinstance(trouble, Conflict) else _named(trouble)
        _log.warning("telegram: nothing was fetched, next try in %.0f s: %s", wait, why)
        return wait


def _named(trouble: BaseException) -> str:
    """Name a problem; only of our own kinds it is certain that the message holds nobody's words."""
    return str(trouble) if isinstance(trouble, StoreProblem | NotKept) else type(trouble).__name__
