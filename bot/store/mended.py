"""Keys that were mended after a session was held; a part of `bot.store.results`."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Select, desc, exists, or_, select, update

from bot.core.quiz import Question
from bot.core.regrade import Change
from bot.service.result_ports import Mended, Stage, Stale
from bot.store.class_tables import assignments
from bot.store.live_tables import answers, questions_kept, session_questions, sessions
from bot.store.names import insert
from bot.store.result_tables import regrades
from bot.store.steady import Steady
from bot.store.tables import people

_question = TypeAdapter(Question)
_OLD, _NEW = questions_kept.alias("old_version"), questions_kept.alias("new_version")


class SqlMended:
    """Mended keys on an open transaction."""

    def __init__(self, connection: Steady, now: datetime) -> None:
        self._connection = connection
        self._now = now

    async def stale(self, questions: Mapping[tuple[str, str], str]) -> Sequence[Stale]:
        """Return answered questions of which there is another version now."""
        kept = select(questions_kept.c.hash, questions_kept.c.pack, questions_kept.c.question)
        packs = {pack for pack, _ in questions}
        outdated = [
            row.hash
            for row in await self._connection.execute(kept.where(questions_kept.c.pack.in_(packs)))
            if questions.get((row.pack, row.question), row.hash) != row.hash
        ]
        query = (
            select(session_questions.c.session, questions_kept.c.pack, questions_kept.c.content)
            .join(questions_kept, session_questions.c.question == questions_kept.c.hash)
            .join(sessions, session_questions.c.session == sessions.c.id)
            .join(assignments, assignments.c.session == sessions.c.id, isouter=True)
            .where(questions_kept.c.hash.in_(outdated), assignments.c.deleted.is_(None))
            .where(or_(sessions.c.phase == "over", sessions.c.kind == "assignment"))
            .where(_answered())
            .order_by(session_questions.c.session, session_questions.c.position)
        )
        rows = await self._connection.execute(query)
        return [
            Stale(row.session, row.pack, _question.validate_python(row.content)) for row in rows
        ]

    async def offer(self, session: int, old: Question, new: Question, pack: str) -> int | None:
        """Keep that a key was mended; return its number, None where that was known."""
        content = _question.dump_python(new, mode="json")
        keeping = insert(self._connection, questions_kept).values(
            hash=new.hash, pack=pack, question=new.id, content=content
        )
        await self._connection.execute(keeping.on_conflict_do_nothing())
        offering = insert(self._connection, regrades).values(
            session=session,
            old=old.hash,
            new=new.hash,
            state=Stage.OFFERED,
            before={},
            at=self._now,
        )
        made = await self._connection.execute(
            offering.on_conflict_do_nothing().returning(regrades.c.id)
        )
        row = made.first()
        return None if row is None else int(row.id)

    async def pass_over(self, packs: Collection[str], current: Collection[str]) -> None:
        """End the offers of these packs whose new version is none of the current ones any more."""
        query = (
            select(regrades.c.id, regrades.c.new)
            .join(questions_kept, regrades.c.new == questions_kept.c.hash)
            .where(regrades.c.state == Stage.OFFERED, questions_kept.c.pack.in_(packs))
        )
        rows = await self._connection.execute(query)
        gone = [row.id for row in rows if row.new not in current]
        await self._connection.execute(
            update(regrades).where(regrades.c.id.in_(gone)).values(state=Stage.PASSED)
        )

    async def mended(self, number: int) -> Mended | None:
        """Return a mended key; nobody else decides about it until the transaction ends."""
        query = _mended().where(regrades.c.id == number).with_for_update(of=regrades)
        row = (await self._connection.execute(query)).first()
        return _read(row) if row else None

    async def mended_of(self, host: str) -> Sequence[Mended]:
        """Return the mended keys in a host's sessions, newest first."""
        query = _mended().where(people.c.key == host).order_by(desc(regrades.c.id))
        return [_read(row) for row in await self._connection.execute(query)]

    async def remark(self, mended: Mended, changes: Sequence[Change]) -> None:
        """Give answers new marks, and the session the new version of the question."""
        before = {
            str(c.reply.number): [c.reply.fraction, float(c.reply.right), c.reply.points]
            for c in changes
        }
        for change in changes:
            worth = (change.fraction, change.right, change.points)
            await self._mark(change.reply.number, *worth)
        await self._turn(mended.session, mended.old.hash, mended.new.hash)
        keeping = update(regrades).where(regrades.c.id == mended.number)
        await self._connection.execute(keeping.values(before=before))

    async def restore(self, mended: Mended) -> None:
        """Give answers back the marks that they had, and the session its old version."""
        for number, (fraction, right, points) in mended.before.items():
            await self._mark(int(number), fraction, bool(right), points)
        await self._turn(mended.session, mended.new.hash, mended.old.hash)

    async def settle(self, number: int, stage: Stage) -> None:
        """Keep what was decided about a mended key."""
        settling = update(regrades).where(regrades.c.id == number)
        await self._connection.execute(settling.values(state=stage, at=self._now))

    async def _mark(self, answer: int, fraction: float, right: bool, points: float) -> None:
        marking = update(answers).where(answers.c.id == answer)
        await self._connection.execute(
            marking.values(fraction=fraction, correct=right, points=points)
        )

    async def _turn(self, session: int, old: str, new: str) -> None:
        turning = update(session_questions).where(
            session_questions.c.session == session, session_questions.c.question == old
        )
        await self._connection.execute(turning.values(question=new))


def _answered() -> Any:
    return exists().where(
        answers.c.session == session_questions.c.session,
        answers.c.position == session_questions.c.position,
    )


def _mended() -> Select[Any]:
    return (
        select(
            regrades,
            sessions.c.title,
            people.c.key.label("host"),
            _OLD.c.content.label("old_content"),
            _NEW.c.content.label("new_content"),
        )
        .join(sessions, regrades.c.session == sessions.c.id)
        .join(people, sessions.c.host == people.c.id, isouter=True)
        .join(_OLD, regrades.c.old == _OLD.c.hash)
        .join(_NEW, regrades.c.new == _NEW.c.hash)
    )


def _read(row: Any) -> Mended:
    return Mended(
        number=row.id,
        session=row.session,
        title=row.title,
        host=row.host or "",
        old=_question.validate_python(row.old_content),
        new=_question.validate_python(row.new_content),
        stage=Stage(row.state),
        at=row.at,
        before=row.before,
    )
