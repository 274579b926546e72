"""Lets the store forget what has passed its time: at the start, and every hour."""

import asyncio
import logging
from datetime import timedelta

from bot.service.ports import Clock, Store, StoreProblem
from bot.service.waiting import Wait, pause

EVERY = timedelta(hours=1)

_log = logging.getLogger(__name__)


async def keep_house(store: Store, clock: Clock, stop: asyncio.Event, wait: Wait = pause) -> None:
    """Let the store forget, now and every hour, until told to stop."""
    while not stop.is_set():
        try:
            await store.forget(clock())
        except StoreProblem as problem:
            _log.error("housekeeping: %s", problem)
        await wait(stop, EVERY.total_seconds())
