import asyncio

from bot.service.waiting import pause


async def test_a_pause_ends_by_itself_or_when_something_happens():
    happened = asyncio.Event()
    await pause(happened, 0.001)
    happened.set()

    await pause(happened, 3600)
