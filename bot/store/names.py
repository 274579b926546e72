"""Our numbers for the people and chats of the platforms."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Table, select
from sqlalchemy.dialects import postgresql, sqlite

from bot.core.events import Place
from bot.store.steady import Steady
from bot.store.tables import chats, people

_MOST = 500
"""Values of one statement."""

Insert = sqlite.Insert | postgresql.Insert


def insert(connection: Steady, table: Table) -> Insert:
    """Begin an insert that may say what is to happen where the row is there already."""
    return (
        postgresql.insert(table)
        if connection.dialect.name == "postgresql"
        else sqlite.insert(table)
    )


class Names:
    """Numbers people and chats within one transaction."""

    def __init__(self, connection: Steady) -> None:
        self._connection = connection
        self._known: dict[tuple[str, str], int] = {}

    async def person(self, key: str) -> int:
        """Return the number of a person, who gets one where they are new."""
        return await self._number(people, {"key": key})

    async def everybody(self, keys: Collection[str]) -> Mapping[str, int]:
        """Return the numbers of many people; those who are new get one."""
        wanted = sorted(set(keys))
        for start in range(0, len(wanted), _MOST):
            await self._all_of(wanted[start : start + _MOST])
        return {key: await self.person(key) for key in wanted}

    async def _all_of(self, keys: Sequence[str]) -> None:
        held = select(people.c.key, people.c.id).where(people.c.key.in_(keys))
        locking = held.with_for_update(read=True, key_share=True)
        found = {row.key: row.id for row in await self._connection.execute(locking)}
        if new := [{"key": key} for key in keys if key not in found]:
            adding = insert(self._connection, people).on_conflict_do_nothing()
            returning = adding.returning(people.c.key, people.c.id)
            found |= {r.key: r.id for r in await self._connection.execute(returning, new)}
        self._known.update({(people.name, key): number for key, number in found.items()})

    async def chat(self, place: Place) -> int:
        """Return the number of a chat, which gets one where it is new."""
        values = {"key": place.chat, "platform": place.platform, "private": place.private}
        return await self._number(chats, values)

    async def _number(self, table: Table, values: dict[str, Any]) -> int:
        name = (table.name, values["key"])
        while name not in self._known:
            found = await self._found(table, values["key"]) or await self._added(table, values)
            # Neither: somebody else added it, or deleted it, in between. Look again.
            if found is not None:
                self._known[name] = found
        return self._known[name]

    async def _found(self, table: Table, key: str) -> int | None:
        # Held until the end, so that `forget` cannot delete it before we refer to it.
        query = select(table.c.id).where(table.c.key == key)
        locking = query.with_for_update(read=True, key_share=True)
        found = (await self._connection.execute(locking)).first()
        return None if found is None else int(found.id)

    async def _added(self, table: Table, values: dict[str, Any]) -> int | None:
        adding = insert(self._connection, table).values(values)
        returning = adding.on_conflict_do_nothing().returning(table.c.id)
        added = (await self._connection.execute(returning)).first()
        return None if added is None else int(added.id)
