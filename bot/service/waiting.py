"""Waiting that ends early when something happens."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

Wait = Callable[[asyncio.Event, float], Awaitable[None]]
"""Waits some seconds, or until the event; tests pass one that only moves their clock."""


async def pause(until: asyncio.Event, seconds: float) -> None:
    """Wait some seconds, or until something happens."""
    with suppress(TimeoutError):
        await asyncio.wait_for(until.wait(), seconds)
