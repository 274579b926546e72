"""Lets the store forget what has passed its time: at the start, and every hour, whoever is there."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.core.effects import Effect
from bot.service.deadlines import Ringing
from bot.service.ports import Work

KIND = "forget"
EVERY = timedelta(hours=1)
_STORE = "store"


async def set_housekeeping(work: Work, due: datetime) -> None:
    """Let the store forget at a moment; of several workers that say so the last one is heard."""
    await work.deadlines.put(KIND, _STORE, 0, due)


async def keep_house(ringing: Ringing) -> Sequence[Effect]:
    """Forget, and set the next deadline."""
    await ringing.work.forget()
    await set_housekeeping(ringing.work, ringing.now + EVERY)
    return ()
