"""A clock that stands still until a test moves it."""

import asyncio
from datetime import datetime, timedelta

from tests.cast import NOON


class Time:
    def __init__(self) -> None:
        self.now = NOON

    def clock(self) -> datetime:
        return self.now

    def pass_(self, *, minutes: float = 0, seconds: float = 0) -> None:
        self.now += timedelta(minutes=minutes, seconds=seconds)

    async def until_rung(self, bell: asyncio.Event, seconds: float) -> None:
        """Wait for the bell alone: in these tests no time passes by itself."""
        await bell.wait()
