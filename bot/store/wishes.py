"""What people and chats have chosen for themselves; see `bot.service.role_ports.Wishes`."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Table, and_, delete, select

from bot.core.events import Place
from bot.store.names import Names, insert
from bot.store.steady import Steady
from bot.store.tables import chats, people
from bot.store.upkeep_tables import chat_settings, wishes


class SqlWishes:
    """The wishes and settings on an open transaction."""

    def __init__(self, connection: Steady, names: Names, now: datetime) -> None:
        self._connection = connection
        self._names = names
        self._now = now

    async def get(self, person: str, what: str) -> str | None:
        """Return what a person wishes, None where they said nothing."""
        return (await self.all_of(person)).get(what)

    async def put(self, person: str, what: str, value: str = "on") -> None:
        """Keep what a person wishes."""
        who = await self._names.person(person)
        await self._put(wishes, {"person": who, "what": what}, value)

    async def drop(self, person: str, what: str) -> None:
        """Forget it."""
        who = select(people.c.id).where(people.c.key == person).scalar_subquery()
        same = and_(wishes.c.person == who, wishes.c.what == what)
        await self._connection.execute(delete(wishes).where(same))

    async def all_of(self, person: str) -> Mapping[str, str]:
        """Return everything that a person wishes."""
        query = select(wishes.c.what, wishes.c.value).join(people, wishes.c.person == people.c.id)
        rows = await self._connection.execute(query.where(people.c.key == person))
        return {row.what: row.value for row in rows}

    async def wishing(self, what: str) -> Mapping[str, str]:
        """Return everybody who wishes something, and its value."""
        query = select(people.c.key, wishes.c.value).join(people, wishes.c.person == people.c.id)
        rows = await self._connection.execute(
            query.where(wishes.c.what == what).order_by(people.c.id)
        )
        return {row.key: row.value for row in rows}

    async def setting(self, place: Place, name: str) -> str | None:
        """Return a setting of a chat."""
        query = select(chat_settings.c.value).join(chats, chat_settings.c.chat == chats.c.id)
        here = and_(chats.c.key == place.chat, chat_settings.c.name == name)
        row = (await self._connection.execute(query.where(here))).first()
        return row.value if row else None

    async def put_setting(self, place: Place, name: str, value: str) -> None:
        """Keep a setting of a chat."""
        chat = await self._names.chat(place)
        await self._put(chat_settings, {"chat": chat, "name": name}, value)

    async def drop_setting(self, place: Place, name: str) -> None:
        """Forget it."""
        here = select(chats.c.id).where(chats.c.key == place.chat).scalar_subquery()
        same = and_(chat_settings.c.chat == here, chat_settings.c.name == name)
        await self._connection.execute(delete(chat_settings).where(same))

    async def _put(self, table: Table, keys: dict[str, Any], value: str) -> None:
        row = {"value": value, "at": self._now}
        putting = insert(self._connection, table).values(**keys, **row)
        await self._connection.execute(
            putting.on_conflict_do_update(index_elements=list(keys), set_=row)
        )
