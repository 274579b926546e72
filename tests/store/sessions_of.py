"""Sessions to put into a store."""

from collections.abc import Sequence
from datetime import datetime

from bot.core.live_types import Given
from bot.core.quiz import Question, Response
from bot.service.live_ports import NewSession, Session
from bot.store.store import SqlStore
from tests.cast import NOON, TEACHER
from tests.quizzes import BUILT, SEVERAL, TRUE


async def opened(
    store: SqlStore,
    code: str = "ABC234",
    questions: Sequence[Question] = (BUILT, TRUE, SEVERAL),
) -> Session:
    new = NewSession(code, "mill", "The old mill", TEACHER.key, {}, {}, "lobby", questions, NOON)
    async with store.work(NOON) as work:
        return await work.sessions.open(new)


def given(participant: int, chosen: str = "a", position: int = 0, at: datetime = NOON) -> Given:
    return Given(participant, position, Response((chosen,)), 1.0, True, 1.0, 2.5, at)
