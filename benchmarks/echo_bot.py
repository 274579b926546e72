"""The least that a bot on python-telegram-bot can do with a press: confirm it. The limit to hold ours against.

    python -m benchmarks.echo_bot ADDRESS

It keeps nothing, and looks at nothing; it fetches by polling.
"""

import asyncio
import sys

from telegram import Update

from benchmarks.botapi import KEY
from bot.frontends.telegram.requests import connect


async def main(address: str) -> None:
    """Confirm every press until the end."""
    bot = connect(KEY, address, address)
    offset = 0
    async with bot:
        while True:
            batch = await bot.fetch(offset)
            updates = [Update.de_json(dict(raw), bot) for raw in batch]
            queries = [update.callback_query for update in updates if update.callback_query]
            await asyncio.gather(*(bot.answer_callback_query(q.id, "Saved") for q in queries))
            offset = updates[-1].update_id + 1


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
