"""What a transaction keeps of who takes part; see `bot.service.live_ports.Sessions`."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from itertools import count
from typing import Any

from sqlalchemy import Row, Select, and_, delete, func, select, update

from bot.service.live_ports import Json, Participant
from bot.store.answers import SqlAnswers
from bot.store.base import people
from bot.store.live_tables import accommodations, participants, sessions
from bot.store.names import insert

_MOST = 500


class FreeNames:
    """Gives out names, each once in a session."""

    def __init__(self, taken: set[tuple[int, str]]) -> None:
        self._taken = taken

    def take(self, session: int, name: str) -> str:
        """Return a name as it is, or with the first number that makes it another one."""
        numbered = (name if n == 1 else f"{name} {n}" for n in count(1))
        free = next(one for one in numbered if (session, one) not in self._taken)
        self._taken.add((session, free))
        return free


class SqlParticipants(SqlAnswers):
    """Who takes part, on an open transaction."""

    async def join(
        self, session: int, person: str, name: str, at: datetime, recovery: str = ""
    ) -> Participant:
        """Let a person take part, once, under a name that is unique in the session."""
        who = await self._names.person(person)
        same = and_(participants.c.session == session, participants.c.person == who)
        back = update(participants).where(same).values(gone=None).returning(participants.c.id)
        if not (await self._connection.execute(back)).first():
            await self._added(session, who, name, at, recovery)
        [joined] = await self._participants(_participants().where(same))
        return joined

    async def _added(self, session: int, who: int, name: str, at: datetime, recovery: str) -> None:
        row: dict[str, Any] = {
            "session": session,
            "person": who,
            "recovery": recovery or None,
            "choosing": {},
            "joined": at,
        }
        number = 1
        while True:
            # Another worker may take the same name, or let the same person in, just now.
            unique = name if number == 1 else f"{name} {number}"
            adding = insert(self._connection, participants).values(**row, name=unique)
            added = adding.on_conflict_do_nothing().returning(participants.c.id)
            if (await self._connection.execute(added)).first() or await self._is_in(session, who):
                return
            number += 1

    async def join_all(self, joining: Mapping[tuple[int, str], str], at: datetime) -> None:
        """Let many people take part at once: a session and a person's key, and a name for each."""
        if not joining:
            return
        people_ = await self._names.everybody({person for _, person in joining})
        free = FreeNames(await self._taken(joining))
        rows: list[dict[str, Any]] = [
            {
                "session": session,
                "person": people_[person],
                "name": free.take(session, name),
                "choosing": {},
                "joined": at,
            }
            for (session, person), name in sorted(joining.items())
        ]
        adding = insert(self._connection, participants).on_conflict_do_nothing()
        returning = adding.returning(participants.c.session, participants.c.person)
        added = {tuple(row) for row in await self._connection.execute(returning, rows)}
        for (session, person), name in joining.items():
            if (session, people_[person]) not in added:  # another worker was faster by a moment
                await self.join(session, person, name, at)

    async def _taken(self, joining: Mapping[tuple[int, str], str]) -> set[tuple[int, str]]:
        """Return the names of the sessions, as far as they matter: mostly nobody has the same."""
        query = select(participants.c.session, participants.c.name)
        there = query.where(participants.c.session.in_({session for session, _ in joining}))
        wanted = Counter((session, name) for (session, _), name in joining.items())
        same = there.where(participants.c.name.in_({name for _, name in wanted}))
        found = {(row.session, row.name) for row in await self._connection.execute(same)}
        if wanted.total() == len(wanted) and found.isdisjoint(wanted):
            return found
        return {(row.session, row.name) for row in await self._connection.execute(there)}

    async def _is_in(self, session: int, who: int) -> bool:
        query = select(participants.c.id).where(
            participants.c.session == session, participants.c.person == who
        )
        return (await self._connection.execute(query)).first() is not None

    async def leave(self, session: int, person: str, at: datetime) -> bool:
        """Note that a person has left; say whether they were there."""
        who = select(people.c.id).where(people.c.key == person).scalar_subquery()
        theirs = and_(participants.c.session == session, participants.c.person == who)
        leaving = update(participants).where(theirs, participants.c.gone.is_(None))
        gone = await self._connection.execute(leaving.values(gone=at).returning(participants.c.id))
        return gone.first() is not None

    async def recover(self, session: int, recovery: str, person: str) -> Participant | None:
        """Hand over to a person the part of whoever was given that recovery code."""
        there = and_(participants.c.session == session, participants.c.recovery == recovery)
        found = (await self._connection.scalars(select(participants.c.id).where(there))).first()
        if found is None:
            return None
        who = await self._names.person(person)
        if not await self._is_in(session, who):
            theirs = update(participants).where(participants.c.id == found)
            await self._connection.execute(theirs.values(person=who, gone=None))
        return await self.participant(session, person)

    async def participants(self, session: int) -> Sequence[Participant]:
        """Return who takes part, in the order in which they joined."""
        query = _participants().where(participants.c.session == session)
        return await self._participants(query.order_by(participants.c.id))

    async def participant(self, session: int, person: str) -> Participant | None:
        """Return a person as they take part."""
        return (await self.takers([(session, person)])).get((session, person))

    async def takers(
        self, of: Collection[tuple[int, str]]
    ) -> Mapping[tuple[int, str], Participant]:
        """Return people as they take part, each by a session and the person's key."""
        pairs = sorted(set(of))
        found: dict[tuple[int, str], Participant] = {}
        for start in range(0, len(pairs), _MOST):
            some = pairs[start : start + _MOST]
            # Two lists of plain values, which may find somebody in one more quiz of the same
            # moment: a list of pairs takes the database's driver three times as long.
            query = _participants().where(
                participants.c.session.in_({session for session, _ in some}),
                people.c.key.in_([person for _, person in some]),
            )
            rows = await self._connection.execute(query)
            found |= {(row.session, row.person_key): _to_participant(row) for row in rows}
        return {pair: found[pair] for pair in pairs if pair in found}

    async def choose(self, participant: int, choosing: Json) -> None:
        """Keep what a learner has chosen so far."""
        theirs = update(participants).where(participants.c.id == participant)
        await self._connection.execute(theirs.values(choosing=dict(choosing)))

    async def factors(self, teacher: str) -> Mapping[str, float]:
        """Return who has more time by a teacher's word, by their keys."""
        theirs = select(people.c.id).where(people.c.key == teacher).scalar_subquery()
        query = (
            select(people.c.key, accommodations.c.factor)
            .join(accommodations, accommodations.c.person == people.c.id)
            .where(accommodations.c.teacher == theirs)
        )
        return {row.key: row.factor for row in await self._connection.execute(query)}

    async def put_factor(self, teacher: str, person: str, factor: float) -> None:
        """Give a person more time; 1 takes it away."""
        by, who = await self._names.person(teacher), await self._names.person(person)
        same = and_(accommodations.c.teacher == by, accommodations.c.person == who)
        await self._connection.execute(delete(accommodations).where(same))
        if factor != 1:
            row = {"teacher": by, "person": who, "factor": factor}
            await self._connection.execute(insert(self._connection, accommodations).values(row))

    async def _participants(self, query: Select[Any]) -> Sequence[Participant]:
        return [_to_participant(row) for row in await self._connection.execute(query)]


def _participants() -> Select[Any]:
    more = and_(
        accommodations.c.teacher == sessions.c.host,
        accommodations.c.person == participants.c.person,
    )
    return (
        select(
            participants,
            people.c.key.label("person_key"),
            func.coalesce(accommodations.c.factor, 1.0).label("factor"),
        )
        .join(sessions, sessions.c.id == participants.c.session)
        .join(people, people.c.id == participants.c.person, isouter=True)
        .join(accommodations, more, isouter=True)
    )


def _to_participant(row: Row[Any]) -> Participant:
    return Participant(
        row.id,
        row.person_key or "",
        row.name,
        row.joined,
        row.choosing,
        row.gone,
        float(row.factor),
    )
