"""What a transaction keeps of where sessions show themselves; see `bot.service.live_ports.Sessions`."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import and_, delete, func, select

from bot.core.events import Place
from bot.service.live_ports import Room
from bot.store.base import chats
from bot.store.live_tables import rooms, sessions
from bot.store.names import insert
from bot.store.participants import SqlParticipants
from bot.store.rows import to_place

_KEY = ("session", "chat", "thread", "use")


class SqlRooms(SqlParticipants):
    """The rooms of sessions, on an open transaction."""

    async def rooms(self, session: int, use: str = "") -> Sequence[Room]:
        """Return the chats in which a session shows itself."""
        query = (
            select(rooms, chats.c.key.label("chat_key"), chats.c.platform, chats.c.private)
            .join(chats, rooms.c.chat == chats.c.id)
            .where(rooms.c.session == session)
            .order_by(rooms.c.id)
        )
        if use:
            query = query.where(rooms.c.use == use)
        return [
            Room(to_place(row), row.use, row.receipt, row.position, row.at)
            for row in await self._connection.execute(query)
        ]

    async def boards(self, codes: Collection[str]) -> Mapping[str, datetime]:
        """Return when something was last written into the rooms of sessions that have any."""
        written = func.max(rooms.c.at, type_=rooms.c.at.type)
        query = (
            select(sessions.c.code, written.label("written"))
            .join(rooms, rooms.c.session == sessions.c.id)
            .where(sessions.c.code.in_(sorted(codes)), rooms.c.at.is_not(None))
            .group_by(sessions.c.code)
        )
        return {row.code: row.written for row in await self._connection.execute(query)}

    async def put_room(self, session: int, room: Room) -> None:
        """Keep a room, in place of what was kept of it."""
        changed = {"receipt": room.receipt, "position": room.position, "at": room.at}
        row = {
            "session": session,
            "chat": await self._names.chat(room.place),
            "thread": room.place.thread,
            "use": room.use,
            **changed,
        }
        putting = insert(self._connection, rooms).values(row)
        await self._connection.execute(
            putting.on_conflict_do_update(index_elements=_KEY, set_=changed)
        )

    async def drop_room(self, session: int, place: Place, use: str = "") -> None:
        """Let a session show itself no more in a chat."""
        here = select(chats.c.id).where(chats.c.key == place.chat).scalar_subquery()
        theirs = and_(rooms.c.session == session, rooms.c.chat == here)
        if use:
            theirs = and_(theirs, rooms.c.use == use)
        await self._connection.execute(delete(rooms).where(theirs))

    async def reachable(self, people: Collection[str]) -> Collection[str]:
        """Return those who have a private chat with the bot, by their keys."""
        query = select(chats.c.key).where(chats.c.key.in_(sorted(people)), chats.c.private)
        return set(await self._connection.scalars(query))
