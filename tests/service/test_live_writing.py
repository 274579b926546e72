"""Questions of a live quiz whose answer is written: a group leads to the private chat for them."""

from dataclasses import replace

import pytest

from bot.core.events import Person, Pressed
from bot.core.live_types import Act, Already, Counted, Missed, Phase, Setup, Way
from bot.core.quiz import Response
from bot.core.words import say
from bot.service.desk import Desk
from bot.service.live_boards import LINK
from bot.service.live_ports import Sent
from bot.service.ports import Outgoing
from tests.cast import GROUP, STRANGER, private_chat
from tests.quizzes import ORDER, PAIRS, WORD, YEAR, library
from tests.service.clocks import Time
from tests.service.room import Room, action, shown
from tests.service.test_live_part import ADMIN, CODE, FOX, OWL, Classroom

DOOR = f"https://t.me/checkbot?start={LINK}{CODE}"
SETUP = Setup("mill", writing=True, seconds=30.0, seed="s")
STANDS = "The first answer counts."


class Written(Classroom):
    """A group whose quiz asks for a number, and the private chats that it leads to."""

    def __init__(self, desk: Desk, time: Time) -> None:
        super().__init__(desk, time)
        self.homes = {one.key: Room(desk, time, private_chat(one)) for one in (OWL, FOX)}

    async def asks(self, setup: Setup = SETUP) -> Outgoing:
        """Open a quiz and start it; return its first question."""
        await self.live.create(ADMIN.key, setup, GROUP)
        await self.deliver()
        await self.live.control(CODE, ADMIN.key, Act.START)
        [question] = await self.deliver()
        return question

    async def enters(self, who: Person = OWL) -> list[Outgoing]:
        """Follow the button into the private chat."""
        return await self.homes[who.key].command(who, "start", f"{LINK}{CODE}")

    async def writes(self, words: str, who: Person = OWL) -> str:
        """Write in the private chat; return what is said to it."""
        first, *_ = await self.homes[who.key].say(who, words)
        return shown(first)

    async def answers(self) -> list[Response]:
        async with self.desk.store.work(self.time.now) as work:
            session = await work.sessions.by_code(CODE)
            assert session
            return [one.response for one in await work.sessions.answers(session.id)]


@pytest.fixture
def room(desk: Desk, time: Time) -> Written:
    desk.library = library(YEAR)
    return Written(desk, time)


async def test_the_teacher_lets_the_class_write_by_one_button(room: Written):
    [setup] = await room.command(ADMIN, "live")
    button = next(c for c in setup.card.choices if c.label == "Questions to write: no")
    [changed] = await room.press(ADMIN, button.action)
    assert "1 of them is answered by writing" in shown(changed)
    assert "Questions to write: yes" in [choice.label for choice in changed.card.choices]

    lobby, _ = await room.press(ADMIN, next(c.action for c in changed.card.choices))

    assert "1 questions" in shown(lobby)


async def test_a_group_leads_to_the_private_chat_where_the_next_words_are_the_answer(
    room: Written,
):
    question = await room.asks()
    [door] = question.card.choices
    assert (door.label, door.url) == (say("live.button.private"), DOOR)
    assert "answered in private" in shown(question)

    joined, copy = await room.enters()
    assert "You are in" in shown(joined)
    assert "Write the number here" in shown(copy)
    assert not copy.card.choices

    assert await room.writes("in eighteen hundred and 20") == say("live.answer.unreadable.number")
    assert await room.writes("1820") == f"You answered 1820. {STANDS}"
    assert await room.writes("1821") == f"You answered 1820. {STANDS}"
    assert await room.answers() == [Response((), "1820")]


async def test_the_public_is_told_how_many_had_it_right_and_never_what_was_written(room: Written):
    await room.asks()
    for who, words in ((OWL, "1820"), (FOX, "666")):
        await room.enters(who)
        await room.writes(words, who)

    closed, result, *copies = await room.pass_(60)

    assert "Closed. 2 of 2 have answered." in shown(closed)
    assert closed.card.choices == ()
    assert "1820" in shown(result)
    assert "1 of 2 had it right." in shown(result)
    assert len(copies) == 2
    assert not any("666" in shown(one) for one in (closed, result, *copies))


async def test_with_nobody_answering_that_is_said(room: Written):
    await room.asks()

    _, result, *_ = await room.pass_(60)

    assert "Nobody answered." in shown(result)
    assert "had it right" not in shown(result)


async def test_late_words_are_told_so_and_later_ones_are_a_question(room: Written):
    await room.asks()
    await room.enters()
    await room.pass_(32)

    assert "Not counted." in await room.writes("1820")
    room.time.pass_(seconds=30)
    assert "Not counted." not in await room.writes("When was the mill built?")
    assert await room.answers() == []


async def test_while_it_is_paused_words_do_not_count(room: Written):
    await room.asks()
    await room.enters()
    await room.live.control(CODE, ADMIN.key, Act.PAUSE)
    await room.deliver()
    assert await room.writes("1820") == say(Missed.PAUSED)

    await room.live.control(CODE, ADMIN.key, Act.RESUME)
    _, copy = await room.deliver()

    assert "Write the number here" in shown(copy)
    assert STANDS in await room.writes("1820")


async def test_who_has_answered_can_ask_in_plain_words_again(room: Written):
    await room.asks()
    await room.enters()
    await room.writes("1820")

    assert "the mill was built in 1820." in await room.writes("when was the mill built?")


async def test_who_has_left_or_never_came_writes_no_answer(room: Written):
    await room.asks()
    await room.enters()
    await room.homes[OWL.key].command(OWL, "leave")

    for who in (OWL, FOX):
        assert "counts" not in await room.writes("1820", who)
    assert await room.answers() == []


async def test_a_report_that_was_begun_comes_before_the_quiz(room: Written):
    await room.asks()
    await room.enters()
    home = room.homes[OWL.key]
    await home.command(OWL, "ask", "when was the mill built?")
    await home.command(OWL, "report")

    await room.writes("The year is wrong: 1850.")

    assert await room.answers() == []


async def test_who_is_in_distress_is_given_no_mark(room: Written):
    await room.asks()
    await room.enters()

    assert await room.writes("i want to kill myself") == say("kind")
    assert STANDS in await room.writes("1820")


async def test_words_that_are_edited_later_or_brought_twice_change_nothing(room: Written):
    await room.asks()
    await room.enters()
    home = room.homes[OWL.key]
    await home.say(OWL, "1820", "55")

    await home.edit(OWL, "1850", "55")

    assert await room.answers() == [Response((), "1820")]


async def test_an_answer_can_be_changed_by_writing_again_where_the_teacher_allows(room: Written):
    await room.asks(replace(SETUP, changes=True))
    await room.enters()
    await room.writes("1850")

    assert "You can change it" in await room.writes("1820")
    assert await room.answers() == [Response((), "1820")]


async def test_the_last_answer_closes_the_question_where_it_is_early(room: Written):
    await room.asks(replace(SETUP, early=True))
    await room.enters()

    told, *posts = await room.homes[OWL.key].say(OWL, "1820")

    assert STANDS in shown(told)
    assert any("1 of 1 had it right." in shown(post) for post in posts)
    board = await room.live.board(CODE)
    assert board
    assert board.phase is Phase.SHOWN


async def test_words_count_after_a_restart(room: Written, desk: Desk, time: Time):
    await room.asks()
    await room.enters()

    Written(desk, time)  # everything that only a process knows is new

    assert STANDS in await room.writes("1820")


async def test_a_short_text_is_marked_whole_and_said_again_to_its_writer_alone(
    room: Written, desk: Desk
):
    desk.library = library(WORD)
    await room.asks()
    await room.enters()

    assert await room.writes("…") == say("live.answer.unreadable.text")
    hostile = await room.writes(f"A <b>watermil</b>\n@everyone {'x' * 600}")

    assert "&lt;b&gt;watermil" in hostile
    assert len(hostile) < 200
    [response] = await room.answers()
    assert len(response.text) == 400


async def test_with_polls_a_question_to_write_is_asked_all_the_same(room: Written, desk: Desk):
    question = await room.asks(replace(SETUP, way=Way.POLLS))

    assert question.card.poll is None
    assert question.card.choices[0].url == DOOR


async def test_where_the_bots_name_is_not_known_the_button_says_the_way(room: Written):
    room.desk.names.clear()
    question = await room.asks()

    told = await room.tap(OWL, action(question, f"l.w.{CODE}.0"))

    assert told == say("live.write.private", code=CODE)
    assert await room.answers() == []


async def test_a_field_takes_an_answer_once_and_says_what_cannot_be_read(room: Written):
    await room.asks()

    async def sends(text: str, update: str, by: Person = STRANGER) -> str:
        pressed = Pressed(GROUP, by, f"1|l.w.{CODE}.0|x", update, text=text)
        toast = (await room.desk.handle(pressed, update)).toast
        assert toast
        return toast.pages[0].text

    assert await sends("about 12 or 13", "u1") == say("live.answer.unreadable.number")
    assert await sends(" \u202e1820 ", "u2") == f"You answered 1820. {STANDS}"
    assert await sends("1850", "u3") == f"You answered 1820. {STANDS}"
    assert await sends("1850", "u2") == f"You answered 1820. {STANDS}"
    assert await sends("I want to kill myself", "u4") == say("kind")
    assert len(await room.answers()) == 1
    await room.pass_(60)
    assert "Not counted." in await sends("1820", "u5", FOX)


async def test_of_what_is_sent_only_what_the_question_asks_for_is_kept(room: Written):
    await room.asks()
    await room.live.join(CODE, "web:owl", "Owl")

    judged = await room.live.answer(Sent(CODE, 0, "web:owl", Response(("a", "b"), "1820")))
    again = await room.live.answer(Sent(CODE, 0, "web:owl", Response((), "1")))

    assert isinstance(judged, Counted)
    assert again == Already(Response((), "1820"))


async def test_a_quiz_that_only_the_page_can_ask_is_shown_in_no_group(
    room: Written, desk: Desk, time: Time
):
    desk.library = library(ORDER, PAIRS)
    await room.live.create(ADMIN.key, replace(SETUP, arranging=True))

    [shown_here] = await room.command(ADMIN, "live", CODE)
    [joined] = await room.homes[OWL.key].command(OWL, "join", CODE)
    [control] = await Room(desk, time, private_chat(ADMIN)).command(ADMIN, "live", CODE)

    refused = say("live.page-only", code=CODE)
    assert shown(shown_here) == shown(joined) == refused
    assert "the lobby is open" in shown(control)
