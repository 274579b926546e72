"""What a transaction keeps of classes; see `bot.service.class_ports.Classes`."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, Select, and_, delete, exists, func, or_, select, update
from sqlalchemy import insert as plain_insert

from bot.core.assignment_types import Group, Member
from bot.core.events import Place
from bot.store.class_tables import class_members, classes, guesses, runs
from bot.store.live_tables import participants
from bot.store.names import Names, insert
from bot.store.steady import Steady
from bot.store.tables import chats, people

owning = class_members.c["class"]
"""The class that a learner is in."""


class SqlClasses:
    """The classes on an open transaction."""

    def __init__(self, connection: Steady, names: Names) -> None:
        self._connection = connection
        self._names = names

    async def create(self, owner: str, name: str, code: str, at: datetime) -> Group:
        """Found a class."""
        who = await self._names.person(owner)
        row = {"name": name, "owner": who, "code": code, "coded": at, "used": at}
        adding = plain_insert(classes).values(row).returning(classes.c.id)
        number: int = (await self._connection.execute(adding)).scalar_one()
        return Group(number, name, owner, code, at)

    async def owned(self, owner: str) -> Sequence[Group]:
        """Return the classes of a teacher, oldest first, closed ones as well."""
        return await self._groups(_groups().where(people.c.key == owner).order_by(classes.c.id))

    async def group(self, number: int) -> Group | None:
        """Return a class."""
        return next(iter(await self._groups(_groups().where(classes.c.id == number))), None)

    async def by_code(self, code: str) -> Group | None:
        """Return the class of that code."""
        return next(iter(await self._groups(_groups().where(classes.c.code == code))), None)

    async def recode(self, number: int, code: str, at: datetime) -> None:
        """Give a class a new code; the old one ends."""
        await self._change(number, code=code, coded=at)

    async def rename(self, number: int, name: str) -> None:
        """Give a class another name."""
        await self._change(number, name=name)

    async def close(self, number: int, at: datetime | None) -> None:
        """Close a class, or open it again."""
        await self._change(number, closed=at)

    async def members(self, number: int) -> Sequence[Member]:
        """Return who is in a class, by the teacher's codes, then their names."""
        query = _members().where(owning == number)
        found = await self._members(query.order_by(class_members.c.label, class_members.c.name))
        # Who has no code yet comes last.
        return sorted(found, key=lambda member: not member.label)

    async def member(self, number: int) -> Member | None:
        """Return a learner of a class by their own number."""
        return next(
            iter(await self._members(_members().where(class_members.c.id == number))), None
        )

    async def member_of(self, group: int, person: str) -> Member | None:
        """Return a person as a member of a class."""
        theirs = _members().where(owning == group, people.c.key == person)
        return next(iter(await self._members(theirs)), None)

    async def groups_of(self, person: str) -> Sequence[tuple[Group, Member]]:
        """Return the classes that a person is in."""
        theirs = await self._members(_members().where(people.c.key == person).order_by(owning))
        found = [(await self.group(member.group), member) for member in theirs]
        return [
            (group, member)
            for group, member in found
            if group and group.owner and not group.closed
        ]

    async def takes_part(self, person: str) -> bool:
        """Say whether a person is in any class, or has begun any assignment."""
        who = select(people.c.id).where(people.c.key == person).scalar_subquery()
        taking = participants.c.id == runs.c.participant
        query = select(
            or_(
                exists().where(class_members.c.person == who),
                exists().where(taking, participants.c.person == who),
            )
        )
        return bool((await self._connection.execute(query)).scalar_one())

    async def join(self, group: int, person: str, name: str, place: Place, at: datetime) -> bool:
        """Take a person into a class; return False where they are in it, or the name is taken."""
        row = {
            "class": group,
            "person": await self._names.person(person),
            "name": name,
            "label": "",
            "chat": await self._names.chat(place),
            "joined": at,
        }
        adding = insert(self._connection, class_members).values(row).on_conflict_do_nothing()
        added = await self._connection.execute(adding.returning(class_members.c.id))
        joined = added.first() is not None
        if joined:
            await self._change(group, used=at)
        return joined

    async def leave(self, group: int, person: str) -> None:
        """Let a person go."""
        who = select(people.c.id).where(people.c.key == person).scalar_subquery()
        theirs = and_(owning == group, class_members.c.person == who)
        await self._connection.execute(delete(class_members).where(theirs))

    async def call(self, member: int, name: str) -> bool:
        """Give a learner another pseudonym; return False where it is taken."""
        here = select(owning).where(class_members.c.id == member).scalar_subquery()
        taken = select(class_members.c.id).where(
            owning == here, class_members.c.id != member, class_members.c.name == name
        )
        if (await self._connection.execute(taken)).first():
            return False
        await self._alter(member, name=name)
        return True

    async def label(self, member: int, label: str) -> None:
        """Keep the teacher's own code for a learner."""
        await self._alter(member, label=label)

    async def guessed(self, person: str, at: datetime, window: timedelta) -> int:
        """Count a wrong code; return how many there were within the window, this one as well."""
        who = await self._names.person(person)
        await self._connection.execute(plain_insert(guesses).values(person=who, at=at))
        return await self.guesses(person, at - window)

    async def guesses(self, person: str, since: datetime) -> int:
        """Return how many wrong codes a person has tried since a moment."""
        query = select(func.count()).select_from(guesses.join(people))
        theirs = query.where(people.c.key == person, guesses.c.at > since)
        return int((await self._connection.execute(theirs)).scalar_one())

    async def _change(self, number: int, **values: Any) -> None:
        changing = update(classes).where(classes.c.id == number).values(values)
        await self._connection.execute(changing)

    async def _alter(self, member: int, **values: Any) -> None:
        changing = update(class_members).where(class_members.c.id == member).values(values)
        await self._connection.execute(changing)

    async def _groups(self, query: Select[Any]) -> list[Group]:
        return [_to_group(row) for row in await self._connection.execute(query)]

    async def _members(self, query: Select[Any]) -> list[Member]:
        return [_to_member(row) for row in await self._connection.execute(query)]


def _groups() -> Select[Any]:
    size = select(func.count()).where(owning == classes.c.id).scalar_subquery()
    owner = people.c.key.label("owner_key")
    return select(classes, owner, size.label("size")).join(
        people, classes.c.owner == people.c.id, isouter=True
    )


def _members() -> Select[Any]:
    return (
        select(
            class_members,
            owning.label("group_number"),
            people.c.key.label("person_key"),
            chats.c.key.label("chat_key"),
            chats.c.platform,
            chats.c.private,
        )
        .join(people, class_members.c.person == people.c.id)
        .join(chats, class_members.c.chat == chats.c.id, isouter=True)
    )


def _to_group(row: Row[Any]) -> Group:
    return Group(
        row.id, row.name, row.owner_key or "", row.code, row.coded, row.closed, int(row.size)
    )


def _to_member(row: Row[Any]) -> Member:
    place = Place(row.platform, row.chat_key, "", row.private) if row.chat_key else None
    return Member(row.id, row.group_number, row.person_key, row.name, row.label, place)
