"""What a change of a bank reaches: quizzes that run, answers that were given, cards that people keep."""

from collections.abc import Collection, Sequence
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, String, cast, desc, func, or_, select

from bot.core.quiz import Question, Response
from bot.service.bank_ports import GivenAnswer, Touched
from bot.store.live_tables import (
    answers,
    questions_kept,
    session_questions,
    sessions,
)
from bot.store.steady import Steady
from bot.store.tables import receipts

_question: TypeAdapter[Question] = TypeAdapter(Question)
_response: TypeAdapter[Response] = TypeAdapter(Response)
_OVER = "over"
_MANY = 200
"""More ids than that are not looked for one by one: everything of the pack is."""


async def touched(
    connection: Steady, pack: str, questions: Collection[str], facts: Collection[str]
) -> Touched:
    """Count what a change of these questions and facts reaches, by their ids."""
    running = await _running(connection, pack)
    given = await _given(connection, pack, questions)
    cards = await _cards(connection, pack, facts)
    return Touched(running.get("live", 0), running.get("assignment", 0), *given, cards)


async def given(
    connection: Steady, pack: str, questions: Collection[str], most: int
) -> Sequence[GivenAnswer]:
    """Return past answers to these questions, by their ids, newest first."""
    if not questions:
        return ()
    columns = (
        questions_kept.c.hash,
        questions_kept.c.question,
        questions_kept.c.content,
        answers.c.participant,
        answers.c.response,
        answers.c.fraction,
    )
    query = _answers(select(*columns), pack, questions).order_by(desc(answers.c.id)).limit(most)
    rows = (await connection.execute(query)).all()
    asked = {row.hash: _question.validate_python(row.content) for row in rows}
    return [
        GivenAnswer(
            asked[row.hash],
            row.participant,
            _response.validate_python(row.response),
            row.fraction,
        )
        for row in rows
        if row.question in questions
    ]


async def _running(connection: Steady, pack: str) -> dict[str, int]:
    query = (
        select(sessions.c.kind, func.count().label("many"))
        .where(sessions.c.pack == pack, sessions.c.phase != _OVER)
        .group_by(sessions.c.kind)
    )
    return {row.kind: row.many for row in await connection.execute(query)}


async def _given(connection: Steady, pack: str, questions: Collection[str]) -> tuple[int, int]:
    if not questions:
        return 0, 0
    query = _answers(
        select(questions_kept.c.question, answers.c.participant, func.count().label("many")),
        pack,
        questions,
    ).group_by(questions_kept.c.question, answers.c.participant)
    rows = [r for r in await connection.execute(query) if r.question in questions]
    return sum(row.many for row in rows), len({row.participant for row in rows})


def _answers(query: Any, pack: str, questions: Collection[str]) -> Any:
    found = (
        query.select_from(answers)
        .join(
            session_questions,
            (session_questions.c.session == answers.c.session)
            & (session_questions.c.position == answers.c.position),
        )
        .join(questions_kept, questions_kept.c.hash == session_questions.c.question)
        .where(questions_kept.c.pack == pack)
    )
    if len(questions) <= _MANY:
        found = found.where(questions_kept.c.question.in_(questions))
    return found


async def _cards(connection: Steady, pack: str, facts: Collection[str]) -> int:
    if not facts:
        return 0
    held = cast(receipts.c.facts, String)
    found = await connection.scalars(
        select(func.count()).select_from(receipts).where(_holds(held, pack, facts))
    )
    return int(found.one())


def _holds(held: ColumnElement[str], pack: str, facts: Collection[str]) -> ColumnElement[bool]:
    # An id stands in quotes; what else a receipt holds are hashes and the names of packs.
    named = held.contains(f'"{pack}"', autoescape=True)
    if len(facts) > _MANY:
        return named
    return named & or_(*(held.contains(f'"{fact}"', autoescape=True) for fact in facts))
