"""More time for one learner of a live quiz, on the page."""

import re
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from bot.frontends.web.markup import MARKUP
from bot.service.desk import Desk
from bot.store.store import SqlStore
from tests.frontends.web.live_class import LiveClass, hidden
from tests.quizzes import BUILT, library
from tests.service.clocks import Time


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
async def desk(tmp_path: Path, time: Time) -> AsyncGenerator[Desk]:
    tokens = (f"token{number:011}" for number in range(10_000))
    async with SqlStore.open(f"sqlite+aiosqlite:///{tmp_path / 'web.db'}") as store:
        yield Desk(store, library(BUILT), {"web": MARKUP}, time.clock, lambda: next(tokens))


@pytest.fixture
def school(desk: Desk, time: Time) -> LiveClass:
    return LiveClass(desk, time)


async def test_a_pupil_without_an_account_gets_more_time_and_nobody_else_sees_it(
    school: LiveClass,
) -> None:
    teacher = await school.teacher()
    await school.opened(teacher, seconds="30")
    owl, fox = await school.pupil("Owl <b>"), await school.pupil("Fox")
    await teacher.open(f"/live/{school.code}")
    assert f'href="/live/{school.code}/time"' in teacher.page

    await teacher.open(f"/live/{school.code}/time")
    assert "Owl &lt;b&gt;" in teacher.page
    learner = re.findall(r'name="learner" value="(\d+)"', teacher.page)[0]
    fields = {"learner": learner, "factor": "2", "csrf": hidden(teacher, "csrf")}
    await teacher.post(f"/live/{school.code}/time", **fields)
    assert "Saved." in teacher.words
    assert '<option value="2" selected>' in teacher.page
    await school.act(await teacher.open(f"/live/{school.code}"), "start")

    assert "1:00 left" in (await owl.open(f"/join/{school.code}")).words
    assert "30 s left" in (await fox.open(f"/join/{school.code}")).words
    board = await school.somebody().open(f"/live/{school.code}/board")
    assert "30 s left" in board.words
    assert "twice" not in fox.page + board.page


async def test_only_who_leads_sees_and_changes_times(school: LiveClass) -> None:
    teacher = await school.teacher()
    await school.opened(teacher)
    owl = await school.pupil("Owl")

    shown = await owl.open(f"/live/{school.code}/time")
    posted = await owl.post(f"/live/{school.code}/time", learner="1", factor="0")

    assert shown.response.status_code == 403
    assert posted.response.status_code == 403


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"learner": "9", "factor": "2"}, 400),
        ({"learner": "1", "factor": "9"}, 400),
        ({"learner": "1", "factor": "2", "csrf": "forged"}, 403),
    ],
)
async def test_what_the_form_does_not_offer_is_refused(
    school: LiveClass, fields: dict[str, str], status: int
) -> None:
    teacher = await school.teacher()
    await school.opened(teacher)
    await school.pupil("Owl")
    form = await teacher.open(f"/live/{school.code}/time")

    posted = await form.post(
        f"/live/{school.code}/time", **{"csrf": hidden(teacher, "csrf"), **fields}
    )

    assert posted.response.status_code == status
    assert (await teacher.open("/live/XXXXXX/time")).response.status_code == 404
