"""What a transaction keeps of what happens later; see `bot.service.live_ports.Deadlines`.

A deadline that rings is held by a lock of the transaction in which it has its effect. So it has
it once, whichever of several workers comes first, and again where that one dies before the end.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, delete, func, select, update

from bot.service.live_ports import Deadline
from bot.store.live_tables import beats, deadlines
from bot.store.names import insert
from bot.store.steady import Steady


class SqlDeadlines:
    """Deadlines on an open transaction."""

    def __init__(self, connection: Steady) -> None:
        self._connection = connection

    async def put(self, kind: str, subject: str, epoch: int, due: datetime) -> None:
        """Set a deadline; the same one again moves it."""
        row = {"kind": kind, "subject": subject, "epoch": epoch, "due": due, "tries": 0}
        putting = insert(self._connection, deadlines).values(row)
        await self._connection.execute(
            putting.on_conflict_do_update(
                index_elements=["kind", "subject", "epoch"], set_={"due": due, "tries": 0}
            )
        )

    async def drop(self, kind: str, subject: str) -> None:
        """Drop the deadlines of a subject, but for one that is just ringing."""
        theirs = and_(deadlines.c.kind == kind, deadlines.c.subject == subject)
        # Who rings waits for the subject that we hold: we must not wait for them as well.
        free = select(deadlines.c.id).where(theirs).with_for_update(skip_locked=True)
        ids = (await self._connection.scalars(free)).all()
        await self._connection.execute(delete(deadlines).where(deadlines.c.id.in_(ids)))

    async def of(self, kind: str, subject: str) -> Sequence[Deadline]:
        """Return the deadlines of a subject, the earliest first."""
        theirs = and_(deadlines.c.kind == kind, deadlines.c.subject == subject)
        query = select(deadlines).where(theirs).order_by(deadlines.c.due, deadlines.c.id)
        return [_to_deadline(row) for row in await self._connection.execute(query)]

    async def claim(self, now: datetime) -> Deadline | None:
        """Hold the first deadline that is due until the transaction ends, and take it away."""
        query = (
            select(deadlines)
            .where(deadlines.c.due <= now)
            .order_by(deadlines.c.due, deadlines.c.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        row = (await self._connection.execute(query)).first()
        if row is None:
            return None
        await self._connection.execute(delete(deadlines).where(deadlines.c.id == row.id))
        return _to_deadline(row)

    async def again(self, deadline: Deadline, due: datetime) -> None:
        """Let a deadline whose handler failed ring once more, at that moment."""
        same = deadlines.c.id == deadline.id
        changed = {"due": due, "tries": deadlines.c.tries + 1}
        await self._connection.execute(update(deadlines).where(same).values(changed))

    async def give_up(self, deadline: Deadline) -> None:
        """Take a deadline away whose handler failed too often."""
        await self._connection.execute(delete(deadlines).where(deadlines.c.id == deadline.id))

    async def next_due(self) -> datetime | None:
        """Return when the next deadline is due."""
        moment: datetime | None = (
            await self._connection.scalars(select(func.min(deadlines.c.due)))
        ).first()
        return moment

    async def beat(self, name: str, at: datetime) -> datetime | None:
        """Note that we are alive; return when that was last noted, by whichever process."""
        same = beats.c.name == name
        held = select(beats.c.at).where(same).with_for_update()
        last: datetime | None = (await self._connection.scalars(held)).first()
        if last is None:
            adding = insert(self._connection, beats).values(name=name, at=at)
            await self._connection.execute(adding.on_conflict_do_nothing())
        elif last < at:
            await self._connection.execute(update(beats).where(same).values(at=at))
        return last


def _to_deadline(row: Row[Any]) -> Deadline:
    return Deadline(row.kind, row.subject, row.epoch, row.due, row.id, row.tries)
