"""Reported problems, and questions that nobody could answer; see `bot.service.flag_ports.Flags`."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Row, String, cast, delete, desc, func, or_, select, update
from sqlalchemy import insert as plain_insert

from bot.core.answer import FactKey
from bot.core.flags import Flag, State
from bot.core.quiz import Question
from bot.core.unanswered import LONGEST, Unanswered
from bot.core.unanswered import State as QuestionState
from bot.service.flag_ports import Decision, Move
from bot.store.bank_tables import publications
from bot.store.flag_tables import corrections_told, fact_forms, followed, triages, unanswered
from bot.store.live_tables import questions_kept
from bot.store.names import Names, insert
from bot.store.steady import Steady
from bot.store.tables import people, receipts, reports
from bot.store.upkeep_tables import wishes

_keys: TypeAdapter[tuple[FactKey, ...]] = TypeAdapter(tuple[FactKey, ...])
_question: TypeAdapter[Question] = TypeAdapter(Question)
_MANY = 200
"""More ids than that are not looked for one by one: everything of the pack is."""


class SqlFlags:
    """The flags on an open transaction."""

    def __init__(self, connection: Steady, names: Names, now: datetime) -> None:
        self._connection = connection
        self._names = names
        self._now = now

    async def reports(self, most: int = 1000) -> Sequence[Flag]:
        """Return reports that have words, whatever became of them, newest first."""
        editor = people.alias("editor")
        query = (
            select(
                reports.c.number,
                reports.c.facts,
                reports.c.words,
                reports.c.at,
                *(triages.c[name] for name in ("state", "reason", "of", "version", "language")),
                triages.c.told,
                people.c.key.label("person_key"),
                editor.c.key.label("by_key"),
            )
            .join(triages, triages.c.report == reports.c.number, isouter=True)
            .join(people, reports.c.person == people.c.id, isouter=True)
            .join(editor, triages.c.by == editor.c.id, isouter=True)
            # Of a person who was erased nothing is left to be looked at.
            .where(reports.c.words != "")
            .order_by(desc(reports.c.number))
            .limit(most)
        )
        return [_flag(row) for row in await self._connection.execute(query)]

    async def settle(self, number: int, seen: State, decision: Decision) -> bool:
        """Decide a report that is still in the state that was seen; False where it is not."""
        by = await self._names.person(decision.by) if decision.by else None
        values = {
            "state": decision.state,
            "reason": decision.reason,
            "by": by,
            "at": self._now,
            "of": decision.of,
            "version": decision.version,
        }
        await self._begun(number)
        moving = update(triages).where(triages.c.report == number, triages.c.state == seen)
        moved = await self._connection.execute(moving.values(values).returning(triages.c.report))
        return moved.first() is not None

    async def _begun(self, number: int) -> None:
        """Give a report from before there was a triage its row."""
        query = select(reports.c.number).where(reports.c.number == number)
        if (await self._connection.scalars(query)).first() is not None:
            await begin_triage(self._connection, number, "en")

    async def told(self, number: int) -> None:
        """Note that the reporter was told what came of it."""
        noting = update(triages).where(triages.c.report == number)
        await self._connection.execute(noting.values(told=self._now))

    async def news(self, person: str) -> Sequence[int]:
        """Return the reports of a person that were decided and of which they were not told."""
        query = (
            select(reports.c.number)
            .join(triages, triages.c.report == reports.c.number)
            .join(people, reports.c.person == people.c.id)
            .where(people.c.key == person, triages.c.told.is_(None))
            .where(triages.c.state.not_in([State.OPEN, State.MENDING]))
            .order_by(reports.c.number)
        )
        return (await self._connection.scalars(query)).all()

    async def question(self, digest: str) -> Question | None:
        """Return a quiz question as it was asked, by its hash."""
        query = select(questions_kept.c.content).where(questions_kept.c.hash == digest)
        row = (await self._connection.execute(query)).first()
        return _question.validate_python(row.content) if row else None

    async def keep_question(self, person: str, language: str, words: str) -> None:
        """Keep a question that could not be answered; one that is kept already only lasts longer."""
        who = await self._names.person(person)
        row = {"language": language, "words": words[:LONGEST], "at": self._now}
        same = unanswered.c.person == who, unanswered.c.words == row["words"]
        again = update(unanswered).where(*same).values(at=self._now).returning(unanswered.c.id)
        if (await self._connection.execute(again)).first() is None:
            state = {"state": QuestionState.WAITING, "pack": "", "fact": ""}
            await self._connection.execute(
                plain_insert(unanswered).values(person=who, **row, **state)
            )

    async def questions(self) -> Sequence[Unanswered]:
        """Return every question that is kept, oldest first."""
        query = (
            select(unanswered, people.c.key.label("person_key"))
            .join(people, unanswered.c.person == people.c.id)
            .order_by(unanswered.c.id)
        )
        return [
            Unanswered(
                r.id, r.person_key, r.words, QuestionState(r.state), r.language, r.pack, r.fact
            )
            for r in await self._connection.execute(query)
        ]

    async def move_questions(
        self, ids: Collection[int], after: QuestionState, pack: str = "", fact: str = ""
    ) -> int:
        """Put questions that wait into another state; return how many still waited."""
        moving = (
            update(unanswered)
            .where(unanswered.c.id.in_(ids), unanswered.c.state == QuestionState.WAITING)
            .values(state=after, pack=pack, fact=fact)
        )
        moved = await self._connection.execute(moving.returning(unanswered.c.id))
        return len(moved.all())

    async def reopen(self, pack: str, facts: Collection[str]) -> int:
        """Let questions wait again whose fact was in a draft and is none of these."""
        drafted = unanswered.c.state == QuestionState.DRAFTED, unanswered.c.pack == pack
        moving = update(unanswered).where(*drafted, unanswered.c.fact.not_in(facts))
        values = {"state": QuestionState.WAITING, "pack": "", "fact": ""}
        moved = await self._connection.execute(moving.values(values).returning(unanswered.c.id))
        return len(moved.all())

    async def take_questions(self, ids: Collection[int]) -> Collection[int]:
        """Forget questions; return those that nobody else has taken meanwhile."""
        taking = delete(unanswered).where(unanswered.c.id.in_(ids)).returning(unanswered.c.id)
        return (await self._connection.scalars(taking)).all()

    async def form(self, person: str) -> Mapping[str, object] | None:
        """Return the fact that an editor is writing."""
        query = select(fact_forms.c.form).join(people, fact_forms.c.person == people.c.id)
        row = (await self._connection.execute(query.where(people.c.key == person))).first()
        return row.form if row else None

    async def keep_form(self, person: str, form: Mapping[str, object]) -> None:
        """Keep the fact that an editor is writing."""
        row = {"form": dict(form), "at": self._now}
        keeping = insert(self._connection, fact_forms)
        keeping = keeping.values(person=await self._names.person(person), **row)
        await self._connection.execute(
            keeping.on_conflict_do_update(index_elements=["person"], set_=row)
        )

    async def drop_form(self, person: str) -> None:
        """Forget it."""
        who = select(people.c.id).where(people.c.key == person).scalar_subquery()
        await self._connection.execute(delete(fact_forms).where(fact_forms.c.person == who))

    async def to_follow(self) -> Sequence[Move]:
        """Return the publications of which nobody was told yet, oldest first."""
        before = func.lag(publications.c.version).over(
            partition_by=publications.c.pack, order_by=publications.c.id
        )
        moves = select(publications, before.label("before")).subquery()
        done = select(followed.c.publication)
        query = (
            select(moves, people.c.key.label("person_key"))
            .join(people, moves.c.by == people.c.id, isouter=True)
            .where(moves.c.id.not_in(done))
            .order_by(moves.c.id)
        )
        return [
            Move(row.id, row.pack, row.version, row.before or 0, row.person_key or "")
            for row in await self._connection.execute(query)
        ]

    async def follow(self, publication: int) -> bool:
        """Take a publication on; False where another worker has done so."""
        taking = insert(self._connection, followed).values(publication=publication, at=self._now)
        taken = await self._connection.execute(
            taking.on_conflict_do_nothing().returning(followed.c.publication)
        )
        return taken.first() is not None

    async def given(
        self, wish: str, pack: str, facts: Collection[str], since: datetime
    ) -> Mapping[str, Sequence[FactKey]]:
        """Return which versions of these facts people with that wish were last shown."""
        held = cast(receipts.c.facts, String)
        named = held.contains(f'"{pack}"', autoescape=True)
        if len(facts) <= _MANY:
            named &= or_(*(held.contains(f'"{fact}"', autoescape=True) for fact in facts))
        query = (
            select(people.c.key, receipts.c.facts)
            .join(people, receipts.c.person == people.c.id)
            .join(wishes, wishes.c.person == people.c.id)
            .where(wishes.c.what == wish, receipts.c.at >= since, named)
            .order_by(receipts.c.id)
        )
        last: dict[str, dict[str, FactKey]] = {}
        for row in await self._connection.execute(query):
            for key in _keys.validate_python(row.facts):
                if key.pack == pack and key.fact in facts:
                    last.setdefault(row.key, {})[key.fact] = key
        return {person: tuple(keys.values()) for person, keys in last.items()}

    async def tell_correction(self, person: str, key: FactKey) -> bool:
        """Note that somebody is told of a version of a fact; False where they were before."""
        noting = insert(self._connection, corrections_told).values(
            person=await self._names.person(person),
            pack=key.pack,
            fact=key.fact,
            hash=key.hash,
            at=self._now,
        )
        noted = await self._connection.execute(
            noting.on_conflict_do_nothing().returning(corrections_told.c.fact)
        )
        return noted.first() is not None


async def begin_triage(connection: Steady, number: int, language: str) -> None:
    """Let a report wait for an editor, unless it does."""
    row = {"state": State.OPEN, "reason": "", "of": 0, "version": 0, "language": language}
    beginning = insert(connection, triages).values(report=number, **row)
    await connection.execute(beginning.on_conflict_do_nothing())


def _flag(row: Row[Any]) -> Flag:
    return Flag(
        row.number,
        _keys.validate_python(row.facts),
        row.words,
        row.at,
        State(row.state or State.OPEN),
        row.reason or "",
        row.of or 0,
        row.version or 0,
        row.by_key or "",
        row.person_key or "",
        row.language or "en",
        row.told is not None,
    )
