"""A live quiz in a Telegram group, as a teacher and a class see it."""

from dataclasses import replace

import pytest

from bot.core.events import Commanded, Person, Place, Voted
from bot.core.roles import Role
from bot.service.desk import Desk
from bot.store.store import SqlStore
from tests.cast import BOB, GROUP, STRANGER, TEACHER, private_chat
from tests.quizzes import BUILT, FLOOD, SEVERAL, WHEELS, library
from tests.service.classroom import ADMIN, CODE, FOX, OWL, Classroom
from tests.service.clocks import Time
from tests.service.room import Room, action, shown


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


async def test_on_the_page_s_chat_live_leads_to_where_quizzes_are(desk: Desk, time: Time):
    room = Classroom(desk, time)
    page = Place("web", "web:1")

    handled = await room.desk.handle(Commanded(page, Person("web:1"), "live"), "u")

    assert "on the page" in handled.cards[0].pages[0].text
