"""Writes until it is killed, and says of each thing that it was kept only after that is true."""

import asyncio
import sys
from itertools import count

from bot.store.store import SqlStore
from tests.cast import ALICE, NOON, private_chat
from tests.store.things import card, receipt


async def write(url: str) -> None:
    async with SqlStore.open(url) as store:
        for n in count():
            async with store.work(NOON) as work:
                await work.first_time("telegram", str(n))
                await work.keep_receipt(receipt(f"t{n}"))
                await work.queue(private_chat(ALICE), card(f"t{n}"), receipt=f"t{n}")
            sys.stdout.write(f"{n}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(write(sys.argv[1]))
