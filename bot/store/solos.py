"""What a transaction keeps of quizzes alone; see `bot.service.ports.Quizzes`."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, and_, delete, select

from bot.core.events import Place
from bot.core.solo_types import Solo
from bot.service.ports import Missed
from bot.store.names import Names, insert
from bot.store.steady import Steady
from bot.store.tables import chats, missed, people, solos

_solo = TypeAdapter(Solo)


class SqlQuizzes:
    """The quizzes alone on an open transaction."""

    def __init__(self, connection: Steady, names: Names) -> None:
        self._connection = connection
        self._names = names

    async def solo(self, place: Place, person: str) -> tuple[Solo, datetime] | None:
        """Return where a person is in their quiz here, and since when."""
        query = (
            select(solos.c.state, solos.c.at)
            .join(chats, solos.c.chat == chats.c.id)
            .join(people, solos.c.person == people.c.id)
            .where(chats.c.key == place.chat, solos.c.thread == place.thread)
            .where(people.c.key == person)
            # Another worker with a press of the same person waits until this transaction has ended.
            .with_for_update(of=solos)
        )
        row = (await self._connection.execute(query)).first()
        return (_solo.validate_python(row.state), row.at) if row else None

    async def keep_solo(self, place: Place, person: str, state: Solo, at: datetime) -> None:
        """Keep where a person is in their quiz here."""
        row = {
            "chat": await self._names.chat(place),
            "thread": place.thread,
            "person": await self._names.person(person),
            "state": _solo.dump_python(state, mode="json"),
            "at": at,
        }
        await self._put(solos, row, ("chat", "thread", "person"))

    async def missed(self, person: str) -> Sequence[Missed]:
        """Return what a person missed, the most overdue first."""
        query = (
            select(missed)
            .join(people, missed.c.person == people.c.id)
            .where(people.c.key == person)
            .order_by(missed.c.due, missed.c.pack, missed.c.question)
        )
        rows = await self._connection.execute(query)
        return [Missed(row.pack, row.question, row.memory, row.due) for row in rows]

    async def keep_missed(self, person: str, item: Missed, at: datetime) -> None:
        """Keep how well a person remembers a question that they missed."""
        row = {
            "person": await self._names.person(person),
            "pack": item.pack,
            "question": item.question,
            "memory": item.memory,
            "due": item.due,
            "at": at,
        }
        await self._put(missed, row, ("person", "pack", "question"))

    async def drop_missed(self, person: str, pack: str, question: str) -> None:
        """Forget that a person missed a question."""
        who = await self._names.person(person)
        await self._connection.execute(delete(missed).where(_same(who, pack, question)))

    async def _put(self, table: Any, row: dict[str, Any], keys: tuple[str, ...]) -> None:
        """Put a row into a table, in place of the one with the same keys."""
        changed = {name: value for name, value in row.items() if name not in keys}
        putting = insert(self._connection, table).values(row)
        await self._connection.execute(
            putting.on_conflict_do_update(index_elements=list(keys), set_=changed)
        )


def _same(person: int, pack: str, question: str) -> ColumnElement[bool]:
    return and_(missed.c.person == person, missed.c.pack == pack, missed.c.question == question)
