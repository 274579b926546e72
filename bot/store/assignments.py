"""What a transaction keeps of assignments beside their sessions; see `bot.service.class_ports`."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Row, Select, and_, delete, desc, func, select, update
from sqlalchemy import insert as plain_insert

from bot.core.assignment_setup import Draft
from bot.core.assignment_types import Run
from bot.core.events import Place
from bot.core.solo_types import Solo
from bot.service.class_ports import About, Awaiting
from bot.store.class_tables import assignments, drafts, extensions, runs
from bot.store.live_tables import participants, sessions
from bot.store.names import Names, insert
from bot.store.steady import Steady
from bot.store.tables import chats, people

_draft = TypeAdapter(Draft)
_solo = TypeAdapter(Solo)
_GROUP = assignments.c["class"]


class SqlAssignments:
    """The assignments on an open transaction."""

    def __init__(self, connection: Steady, names: Names) -> None:
        self._connection = connection
        self._names = names

    async def draft(self, person: str) -> Draft | None:
        """Return what a teacher is setting up."""
        query = select(drafts.c.state).join(people, drafts.c.person == people.c.id)
        # Another worker with a press of the same teacher waits until this transaction has ended.
        locking = query.where(people.c.key == person).with_for_update(of=drafts)
        row = (await self._connection.execute(locking)).first()
        return _draft.validate_python(row.state) if row else None

    async def keep_draft(self, person: str, draft: Draft | None, at: datetime) -> None:
        """Keep what a teacher is setting up; None forgets it."""
        who = await self._names.person(person)
        if draft is None:
            await self._connection.execute(delete(drafts).where(drafts.c.person == who))
            return
        values = {"state": _draft.dump_python(draft, mode="json"), "at": at}
        putting = insert(self._connection, drafts).values(person=who, **values)
        await self._connection.execute(
            putting.on_conflict_do_update(index_elements=["person"], set_=values)
        )

    async def put(self, session: int, group: int) -> None:
        """Note that a session is an assignment of a class; 0 for one of none."""
        row = {"session": session, "class": group or None}
        await self._connection.execute(plain_insert(assignments).values(row))

    async def about(self, session: int) -> About:
        """Return what is known of an assignment beside its session."""
        query = select(_GROUP.label("group"), assignments.c.deleted)
        row = (await self._connection.execute(query.where(_of(session)))).first()
        return About(row.group or 0, row.deleted) if row else About()

    async def delete(self, session: int, at: datetime | None) -> None:
        """Take an assignment away, or bring it back."""
        await self._connection.execute(update(assignments).where(_of(session)).values(deleted=at))

    async def hosted(self, person: str, most: int) -> Sequence[int]:
        """Return the sessions of a teacher's assignments, newest first, without those taken away."""
        query = _present().join(people, sessions.c.host == people.c.id)
        return await self._newest(query.where(people.c.key == person), most)

    async def of_groups(self, groups: Sequence[int], most: int) -> Sequence[int]:
        """Return the sessions of the assignments of classes, newest first."""
        return await self._newest(_present().where(_GROUP.in_(groups)), most)

    async def _newest(self, query: Select[tuple[int]], most: int) -> Sequence[int]:
        newest = query.order_by(desc(assignments.c.session)).limit(most)
        return (await self._connection.scalars(newest)).all()

    async def own_due(self, session: int, person: str) -> datetime | None:
        """Return the day that a learner was granted alone."""
        return (await self.extensions(session)).get(person)

    async def extend(self, session: int, person: str, due: datetime | None) -> None:
        """Grant a learner a day of their own, or no longer."""
        who = await self._names.person(person)
        theirs = and_(extensions.c.session == session, extensions.c.person == who)
        await self._connection.execute(delete(extensions).where(theirs))
        if due is not None:
            row = {"session": session, "person": who, "due": due}
            await self._connection.execute(plain_insert(extensions).values(row))

    async def extensions(self, session: int) -> Mapping[str, datetime]:
        """Return everybody who was granted a day of their own."""
        query = select(people.c.key, extensions.c.due).join(
            people, extensions.c.person == people.c.id
        )
        rows = await self._connection.execute(query.where(extensions.c.session == session))
        return {row.key: row.due for row in rows}

    async def runs(self, session: int, participant: int) -> Sequence[Run]:
        """Return the attempts of a participant, oldest first."""
        theirs = and_(runs.c.session == session, runs.c.participant == participant)
        query = select(runs).where(theirs).order_by(runs.c.attempt)
        return [_to_run(row) for row in await self._connection.execute(query)]

    async def run(self, number: int) -> Run | None:
        """Return an attempt; nobody else changes it until the transaction ends."""
        query = select(runs).where(runs.c.id == number).with_for_update()
        row = (await self._connection.execute(query)).first()
        return _to_run(row) if row else None

    async def timed(self, since: datetime) -> Sequence[Run]:
        """Return the attempts that were running at a moment and end by themselves."""
        running = and_(runs.c.handed.is_(None), runs.c.ends > since)
        query = select(runs).where(running).order_by(runs.c.id).with_for_update()
        return [_to_run(row) for row in await self._connection.execute(query)]

    async def begin(self, run: Run, at: datetime) -> Run:
        """Keep a new attempt; return it with its number."""
        row = {
            "session": run.assignment,
            "participant": run.participant,
            "attempt": run.attempt,
            "begun": run.begun,
            "ends": run.ends,
            **await self._touched(run, at, None),
        }
        adding = plain_insert(runs).values(row).returning(runs.c.id)
        return replace(run, number=(await self._connection.execute(adding)).scalar_one())

    async def keep_run(self, run: Run, at: datetime, place: Place | None = None) -> None:
        """Keep how far an attempt has come, and where it was touched."""
        values = await self._touched(run, at, place)
        values |= {"handed": run.handed, "ends": run.ends}
        keeping = update(runs).where(runs.c.id == run.number).values(values)
        await self._connection.execute(keeping)

    async def _touched(self, run: Run, at: datetime, place: Place | None) -> dict[str, Any]:
        values: dict[str, Any] = {
            "state": _solo.dump_python(run.solo, mode="json"),
            "typed": run.solo.awaits_words and run.handed is None,
            "at": at,
        }
        if place is not None:
            values["chat"] = await self._names.chat(place)
        return values

    async def awaiting(self, place: Place) -> Awaiting | None:
        """Return the attempt whose question may be answered by writing in a private chat."""
        query = (
            select(runs.c.id, runs.c.at, people.c.key)
            .join(participants, runs.c.participant == participants.c.id)
            .join(people, participants.c.person == people.c.id)
            .join(chats, runs.c.chat == chats.c.id)
            .where(chats.c.key == place.chat, runs.c.typed)
            .order_by(desc(runs.c.at), desc(runs.c.id))
            .limit(1)
        )
        row = (await self._connection.execute(query)).first()
        return Awaiting(row.id, row.key, row.at) if row else None

    async def handed(self, session: int) -> Mapping[int, int]:
        """Return how many attempts each participant has handed in; 0 for who only began."""
        many = func.count(runs.c.handed).label("many")
        query = select(runs.c.participant, many).where(runs.c.session == session)
        rows = await self._connection.execute(query.group_by(runs.c.participant))
        return {row.participant: row.many for row in rows}


def _of(session: int) -> Any:
    return assignments.c.session == session


def _present() -> Select[tuple[int]]:
    """Select the sessions of assignments that were not taken away."""
    joined = assignments.join(sessions, assignments.c.session == sessions.c.id)
    return select(assignments.c.session).select_from(joined).where(assignments.c.deleted.is_(None))


def _to_run(row: Row[Any]) -> Run:
    return Run(
        row.id,
        row.session,
        row.participant,
        row.attempt,
        _solo.validate_python(row.state),
        row.begun,
        row.ends,
        row.handed,
        row.at,
    )
