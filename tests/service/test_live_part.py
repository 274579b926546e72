"""A live quiz in a Telegram group, as a teacher and a class see it."""

import asyncio
from dataclasses import replace
from itertools import count

import pytest

from bot.core.events import Change, Changed, Commanded, Person, Place, Pressed, Voted
from bot.core.live_types import LIVE, Act
from bot.core.roles import Role
from bot.service.deadlines import Ringer
from bot.service.desk import Desk
from bot.service.live import Live
from bot.service.live_express import LiveExpress
from bot.service.live_part import LivePart
from bot.service.ports import Outgoing
from bot.store.store import SqlStore
from tests.cast import ALICE, BOB, GROUP, STRANGER, TEACHER, private_chat
from tests.quizzes import BUILT, FLOOD, SEVERAL, WHEELS, library
from tests.service.clocks import Time
from tests.service.room import Room, action, shown

ADMIN = replace(TEACHER, name="Ms K.", admin=True)
OWL, FOX = replace(ALICE, name="Owl"), replace(BOB, name="Fox")
CODE = "K7M2QX"


class Classroom(Room):
    """A group with a live quiz, and the time that passes in it."""

    def __init__(self, desk: Desk, time: Time) -> None:
        super().__init__(desk, time, GROUP)
        self.time = time
        self.live = Live(desk, time.until_rung, lambda: next(self.codes))
        self.codes = iter([CODE, "ABC234", "XYZ789"])
        desk.parts = (LivePart(self.live, lambda: "https://page.example"),)
        desk.express = LiveExpress(desk, self.live)
        desk.names["telegram"] = "checkbot"
        self.ringer = Ringer(desk, {LIVE: self.live.time_up}, self.live.returned, time.until_rung)

    async def open(self, by: Person = ADMIN) -> list[Outgoing]:
        [setup] = await self.command(by, "live")
        opening = next(c.action for c in setup.card.choices if c.action.startswith("1|l.o."))
        return await self.press(by, opening, (await self.messages(setup))[0])

    async def started(self) -> Outgoing:
        """Open a quiz, let two join, start it; return the first question."""
        lobby, _ = await self.open()
        for one in (OWL, FOX):
            await self.press(one, action(lobby, f"l.j.{CODE}"))
        question, _ = await self.lead("start")
        return question

    async def lead(self, act: str, by: Person = ADMIN) -> list[Outgoing]:
        """Press a button of the newest control card."""
        board = await self.live.board(CODE)
        assert board
        return await self.press(by, f"1|l.c.{CODE}.{act}.{board.epoch}|x")

    async def choose(self, by: Person, letter: str, question: Outgoing) -> str:
        """Press a letter under a question; return what is said privately."""
        label = next(c for c in question.card.choices if c.label.startswith(letter))
        return await self.tap(by, label.action)

    async def tap(self, by: Person, button: str) -> str:
        await self.press(by, button)
        assert self.handled.toast
        return self.handled.toast.pages[0].text

    async def pass_(self, seconds: float) -> list[Outgoing]:
        self.time.pass_(seconds=seconds)
        self.ringer._beat_at = self.time.now  # noqa: SLF001 - no outage: the loop ran all along
        async with self.desk.store.work(self.time.now) as work:
            await work.deadlines.beat("deadlines", self.time.now)
        while await self.ringer.ring_one():
            pass
        return await self.deliver()


@pytest.fixture
def room(desk: Desk, time: Time) -> Classroom:
    desk.library = library(BUILT, WHEELS, FLOOD)
    return Classroom(desk, time)


async def test_a_class_plays_from_the_lobby_to_the_standing(room: Classroom):
    question = await room.started()
    assert "Question 1 of 2" in shown(question)
    right, wrong = ("B", "A") if "settles" in shown(question) else ("A", "B")
    assert (
        await room.choose(OWL, right, question)
        == f"You answered {right}. The first answer counts."
    )
    await room.choose(FOX, wrong, question)
    closing, result, _ = await room.pass_(40)
    assert "Closed. 2 of 2 have answered." in shown(closing)
    assert closing.card.choices == ()
    assert "✔ right" in shown(result)

    second, _ = await room.lead("next")
    await room.pass_(40)
    standing, _ = await room.lead("next")

    assert "Question 2 of 2" in shown(second)
    assert "1. Owl: 1 point, 1 of 2 right" in shown(standing)
    assert "2. Fox: 0 points, 0 of 2 right" in shown(standing)
    assert "double-check" in shown(standing)


async def test_a_learner_sees_their_own_place_privately(room: Classroom):
    await room.started()
    await room.lead("next")
    await room.lead("next")
    await room.lead("next")
    standing, *_ = await room.lead("next")

    mine = await room.tap(FOX, action(standing, f"l.p.{CODE}"))

    assert mine.startswith("You are in place 1 of 2")


async def test_sensitive_questions_are_left_out_and_the_setup_says_so(room: Classroom):
    [setup] = await room.command(ADMIN, "live")

    assert "1 sensitive question is left out" in shown(setup)
    assert "2 questions to draw from" in shown(setup)


async def test_the_teacher_sees_the_content_note_and_switches_it_on(room: Classroom):
    [setup] = await room.command(ADMIN, "live")
    assert "It speaks of a flood." in shown(setup)
    note = next(c.action for c in setup.card.choices if "note" in c.label)
    [changed] = await room.press(ADMIN, note, (await room.messages(setup))[0])
    opening = next(c.action for c in changed.card.choices if c.action.startswith("1|l.o."))

    lobby, _ = await room.press(ADMIN, opening, (await room.messages(changed))[0])

    assert "It speaks of a flood." in shown(lobby)


async def test_settings_change_by_a_press_and_the_lobby_keeps_to_them(room: Classroom):
    [setup] = await room.command(ADMIN, "live")
    for setting in ("Time:", "Points:"):
        press = next(c.action for c in setup.card.choices if c.label.startswith(setting))
        [setup] = await room.press(ADMIN, press, (await room.messages(setup))[0])
    opening = next(c.action for c in setup.card.choices if c.action.startswith("1|l.o."))

    lobby, _ = await room.press(ADMIN, opening)

    assert "time: 20 s each" in shown(lobby)
    assert "half for speed" in shown(lobby)


async def test_only_admins_and_teachers_open_a_quiz_in_a_group(room: Classroom):
    [refused] = await room.command(STRANGER, "live")

    assert "only its admins and teachers" in shown(refused)


async def test_a_granted_teacher_opens_one_in_private_and_shows_it_in_a_group(
    room: Classroom, store: SqlStore, time: Time
):
    async with store.work(time.now) as work:
        await work.roles.grant(BOB.key, Role.TEACHER, TEACHER.key)
    home = Room(room.desk, time, private_chat(BOB))
    [setup] = await home.command(BOB, "live")
    opening = next(c.action for c in setup.card.choices if c.action.startswith("1|l.o."))
    control, share = await home.press(BOB, opening)
    assert f"Live quiz {CODE}: the lobby is open" in shown(control)
    addresses = [choice.url for choice in share.card.choices]
    assert f"https://t.me/checkbot?startgroup=l_{CODE}" in addresses

    [lobby] = await room.command(BOB, "start", f"l_{CODE}")

    assert f"Code: {CODE}" in shown(lobby)
    assert lobby.place == GROUP


async def test_others_are_told_privately_that_they_cannot_lead(room: Classroom):
    await room.started()

    said = await room.tap(STRANGER, f"1|l.c.{CODE}.next.1|x")

    assert said.startswith("Only who opened the quiz")
    board = await room.live.board(CODE)
    assert board
    assert board.phase == "asking"


async def test_an_admin_of_another_group_cannot_lead_here(room: Classroom, time: Time):
    await room.started()
    elsewhere = Room(room.desk, time, replace(GROUP, chat="telegram:-1002"))

    await elsewhere.press(replace(STRANGER, admin=True), f"1|l.c.{CODE}.next.1|x")

    assert elsewhere.handled.toast
    assert elsewhere.handled.toast.pages[0].text.startswith("Only who opened the quiz")


async def test_the_first_press_counts_and_says_so(room: Classroom):
    question = await room.started()
    await room.choose(OWL, "A", question)

    assert await room.choose(OWL, "B", question) == "You answered A. The first answer counts."


async def test_a_late_press_is_told_how_late_it_was(room: Classroom):
    question = await room.started()
    board = await room.live.board(CODE)
    assert board
    assert board.closes
    room.time.now = board.closes
    room.time.pass_(seconds=2)

    assert await room.choose(OWL, "A", question) == "Time was up 2 s before. Not counted."


async def test_who_presses_has_joined(room: Classroom):
    question = await room.started()

    await room.choose(replace(STRANGER, name="Bear\u202e <b>"), "A", question)

    board = await room.live.board(CODE)
    assert board
    assert board.names == ("Owl", "Fox", "Bear <b>")


async def test_names_are_escaped_on_the_board(room: Classroom):
    lobby, _ = await room.open()
    await room.press(replace(STRANGER, name="<b>&"), action(lobby, f"l.j.{CODE}"))
    room.time.pass_(seconds=4)

    await room.live.catch_up()
    [edited] = await room.deliver()

    assert "&lt;b&gt;&amp;" in shown(edited)
    assert edited.card.passing
    assert edited.edits


async def test_how_many_have_answered_is_edited_in_every_three_seconds(room: Classroom):
    question = await room.started()
    await room.choose(OWL, "A", question)
    await room.live.catch_up()
    assert await room.deliver() == []
    room.time.pass_(seconds=3)

    await room.live.catch_up()
    [edited] = await room.deliver()
    await room.live.catch_up()

    assert "1 of 2 have answered." in shown(edited)
    assert edited.edits == tuple(await room.messages(question))
    assert await room.deliver() == []


async def test_several_right_answers_are_chosen_privately_and_then_sent(
    room: Classroom, desk: Desk
):
    desk.library = library(SEVERAL)
    question = await room.started()
    assert (
        await room.choose(OWL, "A", question) == "Chosen so far: A. Press “Done” when it is all."
    )
    await room.choose(OWL, "C", question)
    await room.choose(FOX, "C", question)
    await room.choose(OWL, "C", question)
    await room.choose(OWL, "B", question)

    done = await room.tap(OWL, action(question, f"l.d.{CODE}.0"))

    assert done == "You answered A, B. The first answer counts."
    assert await room.choose(OWL, "C", question) == "You answered A, B. The first answer counts."


async def test_a_pause_holds_the_clock_and_answers(room: Classroom):
    question = await room.started()
    paused, _ = await room.lead("pause")
    assert "Paused." in shown(paused)
    assert await room.pass_(600) == []
    assert "paused" in await room.choose(OWL, "A", question)

    resumed, _ = await room.lead("resume")

    assert "0 of 2 have answered." in shown(resumed)
    assert resumed.card.choices
    assert await room.choose(OWL, "A", question) == "You answered A. The first answer counts."


async def test_commands_lead_as_well(room: Classroom):
    await room.started()
    extended, _ = await room.command(ADMIN, "extend", "30")
    assert "s" in shown(extended)
    skipped, second, _ = await room.command(ADMIN, "skip")
    assert "Question 1 was skipped" in shown(skipped)
    assert "Question 2 of 2" in shown(second)

    [sure] = await room.command(ADMIN, "end")
    gone, standing, control, done = await room.press(ADMIN, sure.card.choices[0].action)

    assert "skipped" in shown(gone)
    assert "No question was finished" in shown(standing)
    assert "is over" in shown(control)
    assert shown(done) == "Done."


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


async def test_polls_ask_where_the_teacher_chose_them_and_votes_count(room: Classroom):
    [setup] = await room.command(ADMIN, "live")
    polls = next(c.action for c in setup.card.choices if c.label.startswith("Answer by"))
    [setup] = await room.press(ADMIN, polls, (await room.messages(setup))[0])
    opening = next(c.action for c in setup.card.choices if c.action.startswith("1|l.o."))
    await room.press(ADMIN, opening)
    question, _ = await room.lead("start")
    poll = question.card.poll
    assert poll
    assert poll.subject == f"l.{CODE}.0"

    await room.desk.handle(Voted(private_chat(OWL), OWL, poll.subject, (poll.ids[0],)), "vote1")
    await room.desk.handle(Voted(private_chat(OWL), OWL, poll.subject, (poll.ids[1],)), "vote2")
    await room.desk.handle(Voted(private_chat(FOX), FOX, poll.subject, ()), "vote3")
    closing, _ = await room.lead("next")

    board = await room.live.board(CODE)
    assert board
    assert board.answered == 1
    assert closing.card.closes
    assert "✔ right" in shown(closing)


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


async def test_on_the_page_s_chat_live_leads_to_where_quizzes_are(desk: Desk, time: Time):
    room = Classroom(desk, time)
    page = Place("web", "web:1")

    handled = await room.desk.handle(Commanded(page, Person("web:1"), "live"), "u")

    assert "on the page" in handled.cards[0].pages[0].text


async def test_a_learner_whose_private_chat_is_closed_gets_no_more_copies(
    room: Classroom, time: Time
):
    await room.open()
    home = Room(room.desk, time, private_chat(STRANGER))
    await home.command(STRANGER, "join", CODE)
    await home.event(Changed(private_chat(STRANGER), STRANGER, Change.UNREACHABLE))

    posted = await room.lead("start")

    assert [one.place for one in posted] == [GROUP, GROUP]
