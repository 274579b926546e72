"""Live quizzes as the page uses them, and with several workers at once."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.core.live_types import (
    LIVE,
    Act,
    Already,
    Counted,
    Late,
    Missed,
    Phase,
    Remark,
    Reveal,
    Scoring,
    Setup,
)
from bot.core.quiz import Response
from bot.core.roles import Role
from bot.service.bank_ports import Act as BankAct
from bot.service.bank_ports import Content, Version
from bot.service.deadlines import Ringer
from bot.service.desk import Desk
from bot.service.live import Live
from bot.service.live_ports import Entered, NoQuestions, Sent
from bot.store.store import SqlStore
from tests.cast import TEACHER
from tests.quizzes import BUILT, FLOOD, TRUE, library
from tests.service.clocks import Time

HOST, OWL, FOX = TEACHER.key, "web:owl", "web:fox"
SETUP = Setup("mill", seconds=30.0, seed="s")
A, B = Response(("a",)), Response(("b",))


@pytest.fixture
def live(desk: Desk, time: Time) -> Live:
    desk.library = library(BUILT)
    return Live(desk, time.until_rung)


async def begun(live: Live, setup: Setup = SETUP) -> str:
    code = await live.create(HOST, setup)
    for person, name in ((OWL, "Owl"), (FOX, "Fox")):
        await live.join(code, person, name)
    await live.control(code, HOST, Act.START)
    return code


async def phase(live: Live, code: str) -> Phase:
    board = await live.board(code)
    assert board
    return board.phase


def sent(code: str, person: str = OWL, response: Response = A, **more: str) -> Sent:
    return Sent(code, 0, person, response, **more)


async def test_a_code_is_found_however_it_is_typed(live: Live):
    code = await live.create(HOST, SETUP)

    entered = await live.join(f" {code[:3].lower()}-{code[3:]} ", OWL, "Owl")

    assert isinstance(entered, Entered)
    assert entered.code == code


async def test_a_quiz_keeps_the_version_of_the_bank_that_it_began_with(
    live: Live, store: SqlStore, time: Time
):
    async with store.work(time.now) as work:
        for number in (1, 2):
            await work.banks.add_version(
                Version("mill", number, time.now), Content(b"", b"", str(number))
            )
        await work.banks.publish("mill", 2, HOST, BankAct.PUBLISHED, time.now)
    code = await live.create(HOST, SETUP)

    async with store.work(time.now) as work:
        await work.banks.publish("mill", 1, HOST, BankAct.ROLLED_BACK, time.now)
        session = await work.sessions.by_code(code)

    assert session
    assert session.version == 2


async def test_who_joins_gets_a_name_of_their_own_and_a_way_back(live: Live):
    code = await live.create(HOST, SETUP)
    first = await live.join(code, OWL, "  Night\u202e owl\n ")
    second = await live.join(code, FOX, "Night owl")
    again = await live.join(code, OWL, "Somebody else")
    assert isinstance(first, Entered)
    assert isinstance(second, Entered)
    assert (first.name, second.name) == ("Night owl", "Night owl 2")
    assert again == replace(first, recovery="")

    back = await live.recover(code, first.recovery.lower(), "web:new-tab")
    guessed = await live.recover(code, "AAAA-AAAA-AAAA", "web:guest")

    assert back == Entered(code, "Night owl")
    assert guessed is Missed.STRANGER


async def test_nobody_joins_what_is_over_or_was_never_there(live: Live):
    code = await live.create(HOST, SETUP)
    await live.control(code, HOST, Act.STOP)

    assert await live.join(code, OWL, "Owl") is Missed.UNKNOWN
    assert await live.join("ZZZZZZ", OWL, "Owl") is Missed.UNKNOWN
    assert await live.board("ZZZZZZ") is None
    assert await live.view("ZZZZZZ", OWL) is None


async def test_a_setup_without_questions_is_refused(live: Live):
    with pytest.raises(NoQuestions):
        await live.create(HOST, replace(SETUP, pack="nowhere"))
    with pytest.raises(NoQuestions):
        await live.create(HOST, replace(SETUP, topics=("flood",)))


async def test_an_answer_counts_once_and_is_there_when_it_is_confirmed(live: Live):
    code = await begun(live)

    first = await live.answer(sent(code))
    second = await live.answer(sent(code, response=B))

    assert isinstance(first, Counted)
    assert second == Already(A)


async def test_a_double_press_in_one_batch_counts_once(live: Live):
    code = await begun(live)

    judged = await asyncio.gather(*(live.answer(sent(code, response=r)) for r in (A, B, A)))

    assert [type(one) for one in judged] == [Counted, Already, Already]
    board = await live.board(code)
    assert board
    assert board.answered == 1


async def test_changes_count_where_the_teacher_allows_them(live: Live):
    code = await begun(live, replace(SETUP, changes=True))
    await live.answer(sent(code))

    changed = await live.answer(sent(code, response=B, platform="web", update="1"))
    repeated = await live.answer(sent(code, response=A, platform="web", update="1"))
    view = await live.view(code, OWL)

    assert isinstance(changed, Counted)
    assert changed.changed
    assert repeated == Already(B)
    assert view
    assert view.mine
    assert view.mine.response == B


async def test_a_stranger_without_a_name_has_not_joined(live: Live):
    code = await begun(live)

    assert await live.answer(sent(code, "web:stranger")) is Missed.STRANGER
    assert isinstance(await live.answer(sent(code, "web:other", name="Bear")), Counted)


async def test_what_is_no_answer_to_the_question_is_not_counted(live: Live):
    code = await begun(live)

    assert await live.answer(sent(code, response=Response(("zzz",)))) is Missed.UNREADABLE
    assert await live.answer(replace(sent(code), position=9)) is Missed.UNKNOWN
    assert await live.answer(sent("ZZZZZZ")) is Missed.UNKNOWN


async def test_no_board_gives_a_key_away_before_it_is_revealed(live: Live):
    code = await begun(live)
    await live.answer(sent(code))

    view = await live.view(code, OWL)

    assert view
    shown = view.board.question
    assert shown
    assert (shown.key, shown.why) == ("", "")
    assert [(o.count, o.right) for o in shown.options] == [(None, None)] * 3
    assert view.mine
    assert view.mine.fraction is None
    assert view.said
    assert "first sentence has the year" not in view.said.pages[0].text


async def test_the_answer_shows_after_the_question_and_to_each_their_own(live: Live):
    code = await begun(live)
    await live.answer(sent(code))
    await live.control(code, HOST, Act.NEXT)

    view = await live.view(code, OWL)

    assert view
    assert view.board.revealed
    shown = view.board.question
    assert shown
    assert shown.key.endswith("1820")
    assert sum(option.count or 0 for option in shown.options) == 1
    assert view.mine
    assert view.mine.fraction == 1.0
    assert view.said
    assert "double-check" in view.said.pages[0].text


async def test_with_answers_at_the_end_nothing_is_revealed_before(live: Live):
    code = await begun(live, replace(SETUP, reveal=Reveal.END))
    await live.answer(sent(code))
    await live.control(code, HOST, Act.NEXT)
    between = await live.view(code, OWL)
    await live.control(code, HOST, Act.NEXT)
    end = await live.view(code, OWL)

    assert between
    assert between.mine
    assert not between.board.revealed
    assert between.mine.fraction is None
    assert end
    assert end.said
    assert end.mine
    assert end.mine.place
    assert "What was right:" in end.said.pages[0].text
    assert end.mine.place.place == 1


async def test_fast_answers_are_worth_more_where_speed_counts(live: Live, time: Time):
    code = await begun(live, replace(SETUP, scoring=Scoring.SPEED))
    await live.answer(sent(code))
    time.pass_(seconds=15)
    await live.answer(sent(code, FOX))
    for _ in range(2):
        await live.control(code, HOST, Act.NEXT)

    board = await live.board(code)

    assert board
    assert [(one.name, one.points) for one in board.standing] == [("Owl", 1.0), ("Fox", 0.75)]


async def test_a_question_closes_early_once_everybody_has_answered(live: Live):
    code = await begun(live, replace(SETUP, early=True))
    await live.answer(sent(code))
    assert await phase(live, code) is Phase.ASKING

    await live.answer(sent(code, FOX))

    assert await phase(live, code) is Phase.SHOWN


async def test_who_has_left_is_not_waited_for(live: Live):
    code = await begun(live, replace(SETUP, early=True))
    assert await live.leave(code, FOX)
    assert not await live.leave(code, "web:nobody")

    await live.answer(sent(code))

    assert await phase(live, code) is Phase.SHOWN


async def test_only_the_host_and_teachers_lead(live: Live, store: SqlStore, time: Time):
    code = await begun(live)
    assert await live.control(code, OWL, Act.PAUSE) is Remark.NOT_YOURS
    assert await live.control("ZZZZZZ", HOST, Act.PAUSE) is Missed.UNKNOWN
    async with store.work(time.now) as work:
        await work.roles.grant(FOX, Role.TEACHER, HOST)

    assert await live.control(code, FOX, Act.PAUSE) is None

    view = await live.view(code, FOX)
    assert view
    assert view.leads


async def test_every_act_is_written_down(live: Live, store: SqlStore, time: Time):
    code = await begun(live)
    await live.control(code, OWL, Act.PAUSE)

    async with store.work(time.now) as work:
        acts = [one.act for one in await work.roles.audit()]

    assert acts == ["live.start"]
    assert code


async def test_a_deadline_and_a_press_at_once_leave_one_truth(live: Live, desk: Desk, time: Time):
    code = await begun(live)
    ringer = Ringer(desk, {LIVE: live.time_up}, live.returned)
    time.pass_(seconds=31.6)

    judged, _ = await asyncio.gather(live.answer(sent(code)), ringer.ring_one())

    assert isinstance(judged, Late)
    assert await phase(live, code) is Phase.SHOWN


async def test_who_watches_is_told_of_every_change(desk: Desk):
    desk.library = library(BUILT)
    live = Live(desk)
    code = await live.create(HOST, SETUP)
    news: list[tuple[int, int]] = []
    heard = asyncio.Event()

    async def watch() -> None:
        async for pulse in live.watch(code):
            news.append((pulse.epoch, pulse.joined))
            heard.set()

    watching = asyncio.create_task(watch())
    await heard.wait()
    heard.clear()
    await live.join(code, OWL, "Owl")
    await heard.wait()
    watching.cancel()

    assert news == [(0, 0), (0, 1)]


async def test_watching_what_is_not_there_ends_at_once(live: Live):
    assert [pulse async for pulse in live.watch("ZZZZZZ")] == []


@pytest.fixture
async def other(database: str, desk: Desk, time: Time) -> AsyncIterator[Live]:
    """A second worker on the same database."""
    async with SqlStore.open(database) as store:
        yield Live(replace(desk, store=store), time.until_rung)


async def test_two_workers_count_the_same_person_once(live: Live, other: Live):
    code = await begun(live)

    judged = await asyncio.gather(
        *(worker.answer(sent(code, response=r)) for worker in (live, other) for r in (A, B))
    )

    assert sum(isinstance(one, Counted) for one in judged) == 1
    [first] = {one.response for one in judged if isinstance(one, Already)}
    view = await other.view(code, OWL)
    assert view
    assert view.mine
    assert view.mine.response == first


async def test_a_quiz_that_began_on_one_worker_goes_on_at_another(
    live: Live, other: Live, desk: Desk, time: Time
):
    code = await begun(live)
    time.pass_(seconds=32)
    ringers = [Ringer(desk, {LIVE: worker.time_up}) for worker in (live, other)]

    rung = await asyncio.gather(*(ringer.ring_one() for ringer in ringers))

    assert sorted(rung) == [False, True]
    assert await phase(other, code) is Phase.SHOWN


async def test_a_bank_that_changes_meanwhile_changes_no_quiz_underway(live: Live, desk: Desk):
    code = await begun(live)
    desk.library = library(TRUE, FLOOD)

    assert isinstance(await live.answer(sent(code)), Counted)
    board = await live.board(code)

    assert board
    assert board.question
    assert board.question.stem == BUILT.stem
