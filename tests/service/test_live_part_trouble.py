"""Live quizzes in a group where something comes between: outages, forged buttons, who leaves."""

import asyncio
from dataclasses import replace
from itertools import count

import pytest

from bot.core.events import Change, Changed, Person, Pressed, Voted
from bot.core.live_types import Act
from bot.service.desk import Desk
from bot.service.ports import Outgoing
from bot.store.store import SqlStore
from tests.cast import ALICE, GROUP, STRANGER, TEACHER, private_chat
from tests.quizzes import BUILT, FLOOD, WHEELS, library
from tests.service.classroom import ADMIN, CODE, FOX, OWL, Classroom
from tests.service.clocks import Time
from tests.service.room import Room, action, shown


@pytest.fixture
def room(desk: Desk, time: Time) -> Classroom:
    desk.library = library(BUILT, WHEELS, FLOOD)
    return Classroom(desk, time)


async def test_an_outage_is_told_and_given_back(room: Classroom):
    question = await room.started()
    await room.ringer.beat()
    room.time.pass_(seconds=40)

    await room.ringer.beat()
    away, board, _ = await room.deliver()

    assert shown(away) == "I was away for 40 s. This question has 40 s more."
    assert board.edits == tuple(await room.messages(question))
    assert await room.choose(OWL, "A", question) == "You answered A. The first answer counts."


async def test_a_learner_with_more_time_is_waited_for_and_nobody_is_told(
    room: Classroom, store: SqlStore, time: Time
):
    async with store.work(time.now) as work:
        await work.sessions.put_factor(ADMIN.key, OWL.key, 2.0)
    Room(room.desk, time, private_chat(OWL))
    await Room(room.desk, time, private_chat(OWL)).command(OWL, "join", "nothing")
    question, copy, _ = await room_started_with_copy(room)
    assert copy.place == private_chat(OWL)
    await room.choose(FOX, "A", question)
    board = await room.live.board(CODE)
    assert board
    assert board.opened
    assert board.closes
    whole = (board.closes - board.opened).total_seconds()
    closing, *_ = await room.pass_(whole + 2)
    assert "The answer comes in a moment." in shown(closing)
    assert await room.choose(FOX, "B", question) == "You answered A. The first answer counts."

    assert await room.choose(OWL, "A", copy) == "You answered A. The first answer counts."
    posted = await room.deliver()

    board = await room.live.board(CODE)
    assert board
    assert board.phase == "shown"
    assert all("2.0" not in shown(one) for one in posted)


async def room_started_with_copy(room: Classroom) -> list[Outgoing]:
    lobby, _ = await room.open()
    for one in (OWL, FOX):
        await room.press(one, action(lobby, f"l.j.{CODE}"))
    return await room.lead("start")


async def test_a_learner_joins_in_private_and_gets_own_copies(room: Classroom, time: Time):
    await room.open()
    home = Room(room.desk, time, private_chat(STRANGER))
    [joined] = await home.command(replace(STRANGER, name="Bear"), "join", "k7m 2qx")
    assert shown(joined) == "You are in, as Bear. Wait for the first question."

    _, copy, _ = await room.lead("start")

    assert copy.place == private_chat(STRANGER)
    assert "answered" in await room.choose(STRANGER, "A", copy)


async def test_the_bot_put_out_of_the_group_pauses_the_quiz_and_tells_the_host(
    room: Classroom, time: Time
):
    home = Room(room.desk, time, private_chat(TEACHER))
    await home.command(TEACHER, "join", "nothing")
    await room.started()

    told = await room.event(Changed(GROUP, STRANGER, Change.REMOVED))

    assert [one.place for one in told] == [private_chat(TEACHER)]
    assert "It is paused" in shown(told[0])
    board = await room.live.board(CODE)
    assert board
    assert board.phase == "paused"


async def test_a_group_that_put_the_bot_out_is_written_to_no_more(room: Classroom):
    await room.started()
    await room.event(Changed(GROUP, STRANGER, Change.REMOVED))
    await room.deliver()

    await room.live.control(CODE, ADMIN.key, Act.RESUME)

    assert [one.place for one in await room.deliver() if one.place == GROUP] == []


async def test_a_copy_of_ones_own_has_no_buttons_of_who_leads(room: Classroom, time: Time):
    home = Room(room.desk, time, private_chat(ALICE))
    await room.open()
    await home.command(OWL, "join", CODE)
    await room.lead("start")

    closed = await room.lead("next")

    [own] = [one for one in closed if one.place == private_chat(ALICE)]
    assert [c.label for c in own.card.choices] == ["Sources", "Report a problem"]


async def test_a_pause_is_told_to_who_has_a_copy_of_their_own(
    room: Classroom, store: SqlStore, time: Time
):
    home = Room(room.desk, time, private_chat(ALICE))
    await room.open()
    await home.command(OWL, "join", CODE)
    await room.lead("start")

    told = await room.lead("pause")

    [own] = [one for one in told if one.place == private_chat(ALICE)]
    assert "Paused. Answers count again when it goes on." in shown(own)
    assert own.card.choices == ()


async def test_a_host_who_left_the_group_is_named_to_nobody_but_the_code_is(room: Classroom):
    await room.started()

    [told] = await room.event(Changed(GROUP, ADMIN, Change.LEFT))

    assert CODE in shown(told)
    assert "An admin here can go on" in shown(told)


async def test_one_quiz_at_a_time_runs_in_a_group(room: Classroom):
    await room.started()

    [refused] = await room.command(ADMIN, "live")

    assert "running here already" in shown(refused)


async def test_presses_at_the_same_instant_count_once_each(room: Classroom):
    question = await room.started()
    numbers = count()
    pupils = [Person(f"telegram:{7000 + n}", name="Bird") for n in range(40)]
    button = question.card.choices[0].action

    async def press(by: Person) -> None:
        event = Pressed(GROUP, by, button)
        await room.desk.handle(event, f"burst{next(numbers)}")

    await asyncio.gather(*(press(by) for by in pupils for _ in range(2)))

    board = await room.live.board(CODE)
    assert board
    assert board.answered == 40
    assert len(set(board.names)) == 42


async def test_a_repeated_update_changes_nothing_and_is_confirmed_again(room: Classroom):
    question = await room.started()
    press = Pressed(GROUP, OWL, question.card.choices[0].action)
    first = await room.desk.handle(press, "same")

    again = await room.desk.handle(press, "same")

    assert first.toast == again.toast


async def test_a_vote_in_a_poll_of_nobody_s_changes_nothing(room: Classroom):
    await room.started()

    for subject in ("l.NOCODE.0", f"l.{CODE}.77", "l..0", "l.", "another"):
        await room.desk.handle(Voted(private_chat(OWL), OWL, subject, ("a",)), subject)

    board = await room.live.board(CODE)
    assert board
    assert board.answered == 0


@pytest.mark.parametrize(
    "button",
    [
        "1|l.a.NOCODE.0|x|0",
        f"1|l.a.{CODE}.9|x|0",
        f"1|l.a.{CODE}.x|x|0",
        f"1|l.a.{CODE}|x|0",
        f"1|l.a.{CODE}.0|x|9",
        f"1|l.a.{CODE}.0|x",
        f"1|l.t.{CODE}.0|x|77",
        f"1|l.c.{CODE}.fly.1|x",
        f"1|l.c.{CODE}.next.x|x",
        "1|l.c.NOCODE.next.1|x",
        "1|l.s.nonsense|x",
        "1|l.o.zzzzzzzzzz|x",
        "1|l.j.NOCODE|x",
        "1|l.p.NOCODE|x",
        "1|l.k.NOCODE|x",
        "1|l.zz|x",
        "1|l.|x",
    ],
)
async def test_buttons_that_were_never_ours_change_nothing(room: Classroom, button: str):
    await room.started()
    before = await room.live.board(CODE)

    await room.tap(STRANGER, button)

    assert await room.live.board(CODE) == before


async def test_who_leaves_is_taken_off_the_board(room: Classroom):
    lobby, _ = await room.open()
    await room.press(OWL, action(lobby, f"l.j.{CODE}"))

    [left] = await room.command(OWL, "leave")
    [not_there] = await room.command(STRANGER, "leave")

    board = await room.live.board(CODE)
    assert board
    assert board.names == ()
    assert "You have left" in shown(left)
    assert "in no live quiz" in shown(not_there)


async def test_a_quiz_called_off_in_the_lobby_gives_no_standing(room: Classroom):
    await room.open()
    [sure] = await room.command(ADMIN, "end")
    [kept] = await room.press(ADMIN, f"1|l.k.{CODE}|x")
    assert "goes on" in shown(kept)

    off, control, _ = await room.press(ADMIN, sure.card.choices[0].action)

    assert "called off" in shown(off)
    assert "is over" in shown(control)


@pytest.mark.parametrize("name", ["pause", "resume", "next", "skip", "extend", "end"])
async def test_a_command_without_a_quiz_says_how_to_open_one(room: Classroom, name: str):
    [told] = await room.command(ADMIN, name)

    assert "/live opens one" in shown(told)


@pytest.mark.parametrize("name", ["pause", "next", "skip", "extend", "end"])
async def test_a_command_of_somebody_else_changes_nothing(room: Classroom, name: str):
    await room.started()
    before = await room.live.board(CODE)

    [told] = await room.command(STRANGER, name)

    assert shown(told).startswith("Only who opened the quiz")
    assert await room.live.board(CODE) == before


async def test_a_learner_whose_private_chat_is_closed_gets_no_more_copies(
    room: Classroom, time: Time
):
    await room.open()
    home = Room(room.desk, time, private_chat(STRANGER))
    await home.command(STRANGER, "join", CODE)
    await home.event(Changed(private_chat(STRANGER), STRANGER, Change.UNREACHABLE))

    posted = await room.lead("start")

    assert [one.place for one in posted] == [GROUP, GROUP]
