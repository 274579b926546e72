"""How sessions went; see `bot.service.result_ports.Results`."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, Select, and_, desc, exists, func, select

from bot.core.events import Place
from bot.core.quiz import Question, Response
from bot.core.result_cards import Entry
from bot.core.results import Item, Learner, Reply, Taken, Which
from bot.core.words import say
from bot.service.result_ports import Held
from bot.store.class_tables import assignments, class_members
from bot.store.live_tables import (
    answers,
    participants,
    questions_kept,
    rooms,
    session_questions,
    sessions,
)
from bot.store.mended import SqlMended
from bot.store.tables import chats, people

_question = TypeAdapter(Question)
_response = TypeAdapter(Response)
_ASSIGNMENT = "assignment"
_MOST_POOLED = 200
"""Sessions: more say no more about a question."""


class SqlResults(SqlMended):
    """Results on an open transaction."""

    async def sessions(self, host: str, most: int, chat: Place | None = None) -> Sequence[Entry]:
        """Return the sessions of a host that have answers, newest first; those of one chat alone."""
        took = (
            select(func.count(func.distinct(answers.c.participant)))
            .where(answers.c.session == sessions.c.id)
            .scalar_subquery()
        )
        query = _newest(_owned(select(sessions, took.label("took")), host, "", chat), most)
        return [
            Entry(row.id, row.title, row.at, row.took, row.kind == _ASSIGNMENT)
            for row in await self._connection.execute(query)
        ]

    async def held(self, session: int) -> Held | None:
        """Return a session with everything that was answered in it."""
        query = (
            select(sessions, people.c.key.label("host_key"), assignments.c["class"].label("group"))
            .join(people, sessions.c.host == people.c.id, isouter=True)
            .join(assignments, assignments.c.session == sessions.c.id, isouter=True)
            .where(sessions.c.id == session, assignments.c.deleted.is_(None))
        )
        row = (await self._connection.execute(query)).first()
        if row is None:
            return None
        taken = Taken(
            session=row.id,
            title=row.title,
            pack=row.pack,
            at=row.at,
            items=await self._items(session),
            learners=await self._learners(session, row.group),
            replies=await self._replies(session),
            assignment=row.kind == _ASSIGNMENT,
            invited=await self._invited(row.group),
            which=_which(row.kind, row.setup),
        )
        return Held(row.host_key or "", taken, _shown(row.kind, row.setup, row.phase, self._now))

    async def all_held(
        self, host: str, most: int = _MOST_POOLED, pack: str = "", chat: Place | None = None
    ) -> Sequence[Taken]:
        """Return the newest sessions of a host, of one pack or one chat where it is named."""
        query = _newest(_owned(select(sessions.c.id), host, pack, chat), most)
        numbers = (await self._connection.scalars(query)).all()
        held = [await self.held(number) for number in numbers]
        return [one.taken for one in held if one]

    async def people_of(self, session: int) -> Mapping[int, str]:
        """Return the keys of those who take part, by their numbers as participants."""
        query = (
            select(participants.c.id, people.c.key)
            .join(people, participants.c.person == people.c.id)
            .where(participants.c.session == session)
        )
        return {row.id: row.key for row in await self._connection.execute(query)}

    async def private(self, people: Mapping[int, str]) -> Mapping[int, Place]:
        """Return the private chats that people have with the bot, as far as it can write there."""
        keys = set(people.values())
        query = select(chats.c.key, chats.c.platform).where(chats.c.private, chats.c.key.in_(keys))
        known = {row.key: row.platform for row in await self._connection.execute(query)}
        return {n: Place(known[key], key) for n, key in people.items() if key in known}

    async def _items(self, session: int) -> tuple[Item, ...]:
        query = (
            select(
                session_questions.c.position,
                session_questions.c.points,
                session_questions.c.skipped,
                questions_kept.c.content,
            )
            .join(questions_kept, session_questions.c.question == questions_kept.c.hash)
            .where(session_questions.c.session == session)
            .order_by(session_questions.c.position)
        )
        return tuple(
            Item(row.position, _question.validate_python(row.content), row.points, row.skipped)
            for row in await self._connection.execute(query)
        )

    async def _learners(self, session: int, group: int | None) -> tuple[Learner, ...]:
        """Return who takes part, by the teacher's own codes where there are some."""
        label = select(class_members.c.label).where(
            class_members.c["class"] == group, class_members.c.person == participants.c.person
        )
        query = (
            select(participants.c.id, participants.c.name, label.scalar_subquery().label("label"))
            .where(participants.c.session == session)
            .order_by(participants.c.id)
        )
        return tuple(
            Learner(row.id, row.name or say("results.erased", number=row.id), row.label or "")
            for row in await self._connection.execute(query)
        )

    async def _invited(self, group: int | None) -> int:
        if group is None:
            return 0
        counting = select(func.count()).where(class_members.c["class"] == group)
        return int((await self._connection.execute(counting)).scalar_one())

    async def _replies(self, session: int) -> tuple[Reply, ...]:
        query = select(answers).where(answers.c.session == session).order_by(answers.c.id)
        return tuple(_reply(row) for row in await self._connection.execute(query))


def _reply(row: Any) -> Reply:
    return Reply(
        number=row.id,
        learner=row.participant,
        position=row.position,
        response=_response.validate_python(row.response),
        fraction=row.fraction,
        right=row.correct,
        points=row.points,
        at=row.at,
        attempt=row.attempt,
        took=row.took,
        late=row.late,
    )


def _owned(query: Select[Any], host: str, pack: str, chat: Place | None) -> Select[Any]:
    """Narrow a query to the sessions of a host that have answers."""
    query = (
        query.join(people, sessions.c.host == people.c.id)
        .join(assignments, assignments.c.session == sessions.c.id, isouter=True)
        .where(people.c.key == host, assignments.c.deleted.is_(None))
        .where(exists().where(answers.c.session == sessions.c.id))
    )
    if pack:
        query = query.where(sessions.c.pack == pack)
    return query if chat is None else query.where(_in_chat(chat))


def _newest(query: Select[Any], most: int) -> Select[Any]:
    return query.order_by(desc(sessions.c.at), desc(sessions.c.id)).limit(most)


def _in_chat(chat: Place) -> ColumnElement[bool]:
    here = and_(rooms.c.session == sessions.c.id, chats.c.key == chat.chat)
    return exists().where(here, rooms.c.chat == chats.c.id, rooms.c.thread == chat.thread)


def _which(kind: str, setup: Mapping[str, Any]) -> Which:
    """Return which attempt counts; a live quiz has one of each."""
    found = setup.get("counts", "") if kind == _ASSIGNMENT else ""
    return Which(found) if found in set(Which) else Which.FIRST


def _shown(kind: str, setup: Mapping[str, Any], phase: str, now: datetime) -> bool:
    """Tell whether learners have seen what was right."""
    if kind != _ASSIGNMENT:
        return phase == "over"
    if setup.get("reveal") == "due":
        due = setup.get("due")
        return due is not None and datetime.fromisoformat(due) <= now
    return setup.get("reveal") != "never"
