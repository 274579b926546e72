"""What a transaction keeps of quiz sessions; see `bot.service.live_ports.Sessions`."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Row, Select, desc, func, select, update
from sqlalchemy import insert as plain_insert

from bot.core.events import Place
from bot.core.live_types import LIVE, Phase
from bot.core.quiz import Question
from bot.service.live_ports import BOARD, Asked, CodeTaken, NewSession, Pulse, Session
from bot.store.base import chats, people
from bot.store.live_tables import (
    answers,
    participants,
    questions_kept,
    rooms,
    session_questions,
    sessions,
)
from bot.store.names import insert
from bot.store.rooms import SqlRooms

_question = TypeAdapter(Question)


class SqlSessions(SqlRooms):
    """Sessions on an open transaction."""

    async def open(self, new: NewSession) -> Session:
        """Keep a session that begins, with its questions."""
        row = {
            "code": new.code,
            "kind": new.kind,
            "pack": new.pack,
            "version": new.version,
            "title": new.title,
            "host": await self._names.person(new.host),
            "setup": dict(new.setup),
            "state": dict(new.state),
            "phase": new.phase,
            "epoch": 0,
            "at": new.at,
        }
        adding = insert(self._connection, sessions).values(row).on_conflict_do_nothing()
        added = (await self._connection.execute(adding.returning(sessions.c.id))).first()
        if added is None:
            raise CodeTaken(new.code)
        await self._keep_questions(added.id, new)
        return Session(
            added.id,
            new.code,
            new.kind,
            new.pack,
            new.version,
            new.title,
            new.host,
            new.setup,
            new.state,
            new.phase,
            0,
            new.at,
        )

    async def _keep_questions(self, session: int, new: NewSession) -> None:
        if not new.questions:
            return
        kept = {
            question.hash: {
                "hash": question.hash,
                "pack": new.pack,
                "question": question.id,
                "content": _question.dump_python(question, mode="json"),
            }
            for question in new.questions
        }
        # In the order of their keys: two workers never wait for each other in a circle.
        rows = [kept[key] for key in sorted(kept)]
        keeping = insert(self._connection, questions_kept).on_conflict_do_nothing()
        await self._connection.execute(keeping, rows)
        asked = [
            {
                "session": session,
                "position": position,
                "question": question.hash,
                "points": new.points,
                "skipped": False,
            }
            for position, question in enumerate(new.questions)
        ]
        await self._connection.execute(plain_insert(session_questions), asked)

    async def by_code(self, code: str, *, lock: bool = False) -> Session | None:
        """Return the session of that code."""
        return await self._session(_sessions().where(sessions.c.code == code), lock=lock)

    async def by_id(self, number: int, *, lock: bool = False) -> Session | None:
        """Return the session of that number."""
        return await self._session(_sessions().where(sessions.c.id == number), lock=lock)

    async def by_codes(self, codes: Collection[str]) -> Mapping[str, Session]:
        """Return sessions that nobody changes until the transaction ends."""
        query = _sessions().where(sessions.c.code.in_(sorted(codes))).order_by(sessions.c.id)
        shared = query.with_for_update(read=True, of=sessions)
        return {row.code: _to_session(row) for row in await self._connection.execute(shared)}

    async def keep(self, session: Session) -> None:
        """Keep what changes in a session."""
        changing = update(sessions).where(sessions.c.id == session.id)
        await self._connection.execute(
            changing.values(
                title=session.title,
                setup=dict(session.setup),
                state=dict(session.state),
                phase=session.phase,
                epoch=session.epoch,
                ended=session.ended,
            )
        )

    async def questions(self, session: int) -> Sequence[Asked]:
        """Return the questions of a session in order."""
        query = (
            select(session_questions, questions_kept.c.content)
            .join(questions_kept, questions_kept.c.hash == session_questions.c.question)
            .where(session_questions.c.session == session)
            .order_by(session_questions.c.position)
        )
        return [_to_asked(row) for row in await self._connection.execute(query)]

    async def mark_question(
        self,
        session: int,
        position: int,
        *,
        opened: datetime | None = None,
        closed: datetime | None = None,
        skipped: bool = False,
    ) -> None:
        """Note when a question was opened or closed, or that it counts for nobody."""
        noted = {"opened": opened, "closed": closed, "skipped": skipped}
        changed = {name: value for name, value in noted.items() if value}
        there = (session_questions.c.session == session) & (
            session_questions.c.position == position
        )
        if changed:
            await self._connection.execute(
                update(session_questions).where(there).values(**changed)
            )

    async def in_room(self, place: Place, use: str = BOARD) -> Session | None:
        """Return the session underway that a chat was used for last."""
        query = (
            _sessions()
            .join(rooms, rooms.c.session == sessions.c.id)
            .join(chats, chats.c.id == rooms.c.chat)
            .where(chats.c.key == place.chat, rooms.c.thread == place.thread)
            .where(rooms.c.use == use, sessions.c.phase != Phase.OVER)
            .order_by(desc(sessions.c.id))
            .limit(1)
        )
        return await self._session(query, lock=False)

    async def led_by(self, person: str, kind: str = LIVE) -> Sequence[Session]:
        """Return the sessions underway of a host, newest first."""
        query = _sessions().where(
            people.c.key == person, sessions.c.kind == kind, sessions.c.phase != Phase.OVER
        )
        found = await self._connection.execute(query.order_by(desc(sessions.c.id)))
        return [_to_session(row) for row in found]

    async def underway(self, kind: str = LIVE) -> Sequence[int]:
        """Return the numbers of the sessions that are not over."""
        query = select(sessions.c.id).where(
            sessions.c.kind == kind, sessions.c.phase != Phase.OVER
        )
        return (await self._connection.scalars(query.order_by(sessions.c.id))).all()

    async def pulses(self, codes: Collection[str]) -> Mapping[str, Pulse]:
        """Return how far sessions are."""
        joined = _count(participants.c.session, participants.c.gone.is_(None))
        answered = _count(answers.c.session)
        query = select(
            sessions.c.code, sessions.c.epoch, joined.label("joined"), answered.label("answered")
        ).where(sessions.c.code.in_(sorted(codes)))
        return {
            row.code: Pulse(row.epoch, row.joined, row.answered)
            for row in await self._connection.execute(query)
        }

    async def _session(self, query: Select[Any], *, lock: bool) -> Session | None:
        locking = query.with_for_update(of=sessions) if lock else query
        row = (await self._connection.execute(locking)).first()
        return _to_session(row) if row else None


def _count(column: Any, *conditions: Any) -> Any:
    counting = select(func.count()).where(column == sessions.c.id, *conditions)
    return counting.correlate(sessions).scalar_subquery()


def _sessions() -> Select[Any]:
    return select(sessions, people.c.key.label("host_key")).join(
        people, people.c.id == sessions.c.host, isouter=True
    )


def _to_session(row: Row[Any]) -> Session:
    return Session(
        row.id,
        row.code,
        row.kind,
        row.pack,
        row.version,
        row.title,
        row.host_key or "",
        row.setup,
        row.state,
        row.phase,
        row.epoch,
        row.at,
        row.ended,
    )


def _to_asked(row: Row[Any]) -> Asked:
    question = _question.validate_python(row.content)
    return Asked(row.position, question, row.points, row.opened, row.closed, row.skipped)
