"""A desk with a pack about a bridge, a store of its own, and a clock that the test moves."""

from collections.abc import AsyncIterator
from itertools import count

import pytest

from bot.frontends.telegram.markup import MARKUP as TELEGRAM
from bot.frontends.web.markup import MARKUP as WEB
from bot.service.assign_part import AssignPart
from bot.service.class_part import ClassPart
from bot.service.desk import Desk
from bot.store.store import SqlStore
from tests.bridge import LIBRARY
from tests.cast import TEACHER
from tests.quizzes import BUILT, TRUE, WHEELS
from tests.service.clocks import Time
from tests.service.school import School


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
async def store(database: str) -> AsyncIterator[SqlStore]:
    async with SqlStore.open(database) as store:
        yield store


@pytest.fixture
def desk(store: SqlStore, time: Time) -> Desk:
    numbers = count()
    markups = {"telegram": TELEGRAM, "web": WEB}
    return Desk(
        store,
        LIBRARY,
        markups,
        time.clock,
        lambda: f"token{next(numbers):03}",
        admins=(TEACHER.key,),
    )


@pytest.fixture
async def school(desk: Desk, time: Time) -> School:
    names = (lambda: "http://192.168.1.7:8321", lambda: "doublecheck_bot")
    desk.parts = (ClassPart(*names), AssignPart(*names))
    desk.names = {"telegram": "doublecheck_bot"}
    school = School(desk, time)
    school.asks(BUILT, WHEELS, TRUE)
    await school.gathers()
    return school
