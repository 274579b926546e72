"""How long to wait after trouble with Telegram, and waiting that ends when the bot is to stop."""

import asyncio
from collections.abc import Coroutine
from datetime import timedelta
from typing import Any, TypeVar

from telegram.error import RetryAfter

T = TypeVar("T")

LONGEST = 60.0


def patience(trouble: Exception, failures: int, first: float) -> float:
    """Return the seconds until the next try: what Telegram says, else twice as many each time."""
    if isinstance(trouble, RetryAfter):
        return seconds(trouble)
    return min(first * 2.0 ** (failures - 1), LONGEST)


def seconds(flood: RetryAfter) -> float:
    """Return how long Telegram wants us to wait."""
    wait = flood.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


async def unless(stop: asyncio.Event, work: Coroutine[Any, Any, T]) -> T | None:
    """Return what the work comes to, or None where the end comes first."""
    doing = asyncio.create_task(work)
    ending = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({doing, ending}, return_when=asyncio.FIRST_COMPLETED)
        return doing.result() if doing.done() else None
    finally:
        for task in (doing, ending):
            task.cancel()
        await asyncio.gather(doing, ending, return_exceptions=True)
