"""What a transaction keeps of the answers to sessions; see `bot.service.live_ports.Sessions`."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, TypeVar

from pydantic import TypeAdapter
from sqlalchemy import Row, Select, select

from bot.core.live_types import Given
from bot.core.quiz import Response
from bot.service.live_ports import AnswerPlace
from bot.store.live_tables import answers
from bot.store.names import Names, insert
from bot.store.steady import Steady

T = TypeVar("T")
_response = TypeAdapter(Response)
_KEY = ("session", "position", "participant", "attempt")
_MOST = 500
"""Rows of one statement: SQLite takes 32,766 values in one."""


class SqlAnswers:
    """The answers on an open transaction."""

    def __init__(self, connection: Steady, names: Names) -> None:
        self._connection = connection
        self._names = names

    async def answers(
        self, session: int, position: int | None = None, participant: int | None = None
    ) -> Sequence[Given]:
        """Return the answers to a session, or to one question of it, or of one learner."""
        query = select(answers).where(answers.c.session == session)
        if position is not None:
            query = query.where(answers.c.position == position)
        if participant is not None:
            query = query.where(answers.c.participant == participant)
        return [to_given(row) for row in await self._rows(query.order_by(answers.c.id))]

    async def given(self, places: Collection[AnswerPlace]) -> Mapping[AnswerPlace, Given]:
        """Return the answers that stand in those places."""
        found: dict[AnswerPlace, Given] = {}
        for some in _slices(sorted(places)):
            # A learner takes part in one session, so these two say it; see also `takers`.
            query = select(answers).where(
                answers.c.session.in_({session for session, _, _ in some}),
                answers.c.position.in_({position for _, position, _ in some}),
                answers.c.participant.in_([participant for _, _, participant in some]),
                answers.c.attempt == 1,
            )
            for row in await self._rows(query):
                found[row.session, row.position, row.participant] = to_given(row)
        return {place: found[place] for place in places if place in found}

    async def take_answers(
        self, given: Sequence[tuple[int, Given]], *, change: bool = False
    ) -> Collection[AnswerPlace]:
        """Keep answers, each to a session; return where one was kept."""
        # In the order of their keys: two workers never wait for each other in a circle.
        rows = sorted((_row(session, one) for session, one in given), key=_key)
        if not rows:
            return set()
        putting = insert(self._connection, answers)
        if change:
            fresh = {name: putting.excluded[name] for name in rows[0] if name not in _KEY}
            putting = putting.on_conflict_do_update(
                index_elements=_KEY, set_=fresh, where=answers.c.at <= putting.excluded.at
            )
        else:
            putting = putting.on_conflict_do_nothing()
        returning = putting.returning(answers.c.session, answers.c.position, answers.c.participant)
        # The rows apart from the statement: one of five hundred rows takes longer to write than to run.
        kept = await self._connection.execute(returning, rows)
        return {(row.session, row.position, row.participant) for row in kept}

    async def _rows(self, query: Select[Any]) -> Sequence[Row[Any]]:
        return (await self._connection.execute(query)).all()


def to_given(row: Row[Any]) -> Given:
    """Return the answer of a row."""
    return Given(
        row.participant,
        row.position,
        _response.validate_python(row.response),
        row.fraction,
        row.correct,
        row.points,
        row.took,
        row.at,
        row.attempt,
        row.late,
    )


def _row(session: int, given: Given) -> dict[str, Any]:
    return {
        "session": session,
        "position": given.position,
        "participant": given.participant,
        "attempt": given.attempt,
        "response": _response.dump_python(given.response, mode="json"),
        "fraction": given.fraction,
        "correct": given.correct,
        "points": given.points,
        "took": given.took,
        "at": given.at,
        "late": given.late,
    }


def _key(row: Mapping[str, Any]) -> tuple[int, ...]:
    return tuple(row[name] for name in _KEY)


def _slices(items: Sequence[T]) -> list[Sequence[T]]:
    return [items[start : start + _MOST] for start in range(0, len(items), _MOST)]
