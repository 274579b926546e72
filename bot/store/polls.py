"""The polls that a platform shows for us."""

from datetime import datetime

from sqlalchemy import select

from bot.service.poll_ports import KeptPoll
from bot.store.live_tables import polls
from bot.store.names import insert
from bot.store.steady import Steady


class SqlPolls:
    """Polls in an open transaction; see `bot.service.poll_ports.Polls`."""

    def __init__(self, connection: Steady, now: datetime) -> None:
        self._connection = connection
        self._now = now

    async def keep(self, poll: KeptPoll) -> None:
        """Keep what a poll is about; the first word on it stands."""
        row = insert(self._connection, polls).values(
            key=poll.key, subject=poll.subject, options=dict(poll.options), at=self._now
        )
        await self._connection.execute(row.on_conflict_do_nothing())

    async def find(self, key: str) -> KeptPoll | None:
        """Return the poll of that name."""
        query = select(polls.c.subject, polls.c.options).where(polls.c.key == key)
        row = (await self._connection.execute(query)).first()
        return KeptPoll(key, row.subject, row.options) if row else None
