"""Lets a store forget, as its deadline does every hour."""

from datetime import datetime

from bot.store.store import SqlStore


async def forget(store: SqlStore, now: datetime) -> None:
    async with store.work(now) as work:
        await work.forget()
