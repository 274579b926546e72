"""Live quizzes in a group on Telegram: whole conversations, with buttons and with polls."""

from datetime import timedelta

import pytest

from bot.frontends.telegram.poll import FetchingBot
from bot.store.store import SqlStore
from tests.frontends.telegram.classroom import CODE, Classroom, said, toast
from tests.frontends.telegram.fake import Call, FakeTelegram
from tests.frontends.telegram.updates import GROUP, chat, in_group, membership, message, update
from tests.quizzes import BUILT, CAVEAT, FLOOD, WHEELS, YEAR, library

NEW = -100777


@pytest.fixture
def room(bot: FetchingBot, telegram: FakeTelegram, store: SqlStore) -> Classroom:
    return Classroom(bot, telegram, store, library(BUILT, WHEELS, FLOOD))


async def started(room: Classroom, **settings: str) -> Call:
    """Open a lobby, let Alice and Bob join, start; return the first question."""
    lobby = await room.opened(**settings)
    await room.alice.presses("Join", lobby)
    await room.bob.presses("Join", lobby)
    await room.seconds(5)
    calls = await room.teacher.presses("Start", lobby) + await room.seconds(5)
    return next(
        c for c in calls if "Question 1 of 2" in "".join(c.texts) or c.method == "sendPoll"
    )


def right(question: Call) -> str:
    """Return the beginning of the right button's label."""
    return next(b["text"] for b in question.buttons if "1820" in b["text"] or b["text"] == "B")


def control(room: Classroom) -> Call:
    """Return the card of who leads it, as it stands now."""
    cards = [c for c in room.telegram.calls if f"Live quiz {CODE}:" in "".join(c.texts)]
    return cards[-1]


async def lead(room: Classroom, label: str) -> list[Call]:
    came: list[Call] = []
    # The card of who leads it is written anew when the group has had its quiet seconds.
    while not any(b["text"] == label for b in control(room).buttons):
        came += await room.seconds(1)
    return came + await room.teacher.presses(label, control(room)) + await room.seconds(5)


def in_class(calls: list[Call]) -> list[str]:
    return [text for c in calls if c.params.get("chat_id") == GROUP for text in c.texts]


def in_private(calls: list[Call]) -> list[str]:
    """Return what Alice was told in her own chat."""
    return [text for c in calls if c.params.get("chat_id") == 102 for text in c.texts]


async def test_a_class_plays_a_quiz_from_the_lobby_to_the_standing(room: Classroom):
    question = await started(room, **{"Time:": "no limit"})

    answer = right(question)
    assert await toast(room.alice.presses(answer, question)) == (
        f"You answered {answer[0]}. The first answer counts."
    )
    wrong = next(
        b["text"] for b in question.buttons if b["text"] != answer and "l.a." in b["callback_data"]
    )
    await room.bob.presses(wrong, question)
    closing = await lead(room, "Close the question")
    assert any("Closed. 2 of 2 have answered." in text for text in in_class(closing))
    assert any("✔ right" in text for text in in_class(closing))
    await lead(room, "Next question")
    await lead(room, "Close the question")
    end = await lead(room, "To the standing")

    standing = next(text for text in in_class(end) if "That was the live quiz." in text)
    assert "1. Alice: 1 point, 1 of 2 right" in standing
    assert "2. Bob: 0 points, 0 of 2 right" in standing
    assert standing.endswith(CAVEAT)


async def test_a_second_press_a_stranger_and_a_late_press_are_told_what_became_of_them(
    room: Classroom,
):
    question = await started(room, **{"Time:": "20 s each"})
    buttons = [b["text"] for b in question.buttons if "l.a." in b["callback_data"]]

    first = await toast(room.alice.presses(buttons[0], question))
    again = await toast(room.alice.presses(buttons[1], question))
    refused = await toast(room.stranger.presses("Close", control(room)))
    await room.seconds(30)
    late = await toast(room.bob.presses(buttons[0], question))

    assert first == again
    assert refused.startswith("Only who opened the quiz")
    assert late.endswith("Not counted.")


async def test_a_press_that_is_brought_twice_counts_once(room: Classroom):
    question = await started(room)
    data = question.buttons[0]["callback_data"]
    pressed = room.alice.press(data, GROUP)

    await room.happens(pressed)
    room.telegram.waiting.add(pressed["callback_query"]["id"])
    await room.happens(pressed)

    board = await room.live.board(CODE)
    assert board
    assert board.answered == 1


async def test_a_question_has_at_most_three_messages_and_the_group_its_pace(room: Classroom):
    question = await started(room, **{"Time:": "no limit"})
    before = room.messages()
    answer = right(question)
    for second in range(40):
        if not second % 2:  # answers trickle in, and each makes the board want to be written anew
            actor = room.alice if second % 4 else room.bob
            await room.happens(actor.press(question.buttons[second % 2]["callback_data"], GROUP))
        await room.seconds(1)
    await lead(room, "Close the question")
    after = room.messages() - before

    assert answer
    # The closing edit is among the edits; what was right is the second message.
    assert after["sendMessage"] <= 2
    assert room.busiest_minute() <= 20


async def test_closing_is_written_whatever_the_board_was_doing(room: Classroom):
    question = await started(room)
    for actor in (room.alice, room.bob):
        await actor.presses(right(question), question)

    calls = await lead(room, "Close the question")

    edits = [
        c.text for c in calls if c.method == "editMessageText" and c.params["chat_id"] == GROUP
    ]
    assert any("Closed. 2 of 2 have answered." in text for text in edits)


async def test_presses_go_on_counting_after_a_restart(room: Classroom):
    question = await started(room)
    await room.alice.presses(right(question), question)

    room.restart()
    again = await toast(room.alice.presses(right(question), question))
    await room.bob.presses(right(question), question)
    await lead(room, "Close the question")
    calls = await lead(room, "Next question")

    assert "The first answer counts." in again
    assert any("Question 2 of 2" in text for text in in_class(calls))
    board = await room.live.board(CODE)
    assert board
    assert board.asked == {} or board.asked[0] == 2


async def test_time_that_was_lost_is_given_back_and_the_room_is_told(room: Classroom):
    question = await started(room, **{"Time:": "30 s each"})
    room.passes(timedelta(seconds=60))  # nobody is there
    room.restart()

    calls = await room.seconds(3)

    assert any("I was away for" in text for text in in_class(calls))
    assert "The first answer counts." in await toast(room.bob.presses(right(question), question))


async def test_beside_a_poll_a_pause_is_said_once(room: Classroom):
    await started(room, **{"Answer by:": "polls", "Time:": "60 s each"})

    paused = await room.teacher.writes("/pause@doublecheck_bot", GROUP)
    longer = await room.teacher.writes("/extend@doublecheck_bot 30", GROUP)

    assert sum("Please vote only when it goes on" in t for c in paused for t in c.texts) == 1
    assert not any("Please vote" in t for c in longer for t in c.texts)


async def test_a_poll_that_is_dropped_takes_no_more_votes(room: Classroom):
    poll = await started(room, **{"Answer by:": "polls", "Time:": "no limit"})

    calls = await room.teacher.writes("/skip@doublecheck_bot", GROUP)

    assert poll.method == "sendPoll"
    assert any(c.method == "stopPoll" for c in calls)
    assert any("It counts for nobody." in t for c in calls for t in c.texts)


async def test_polls_ask_with_names_and_count_by_the_options_own_names(room: Classroom):
    poll = await started(room, **{"Answer by:": "polls", "Time:": "no limit"})
    assert poll.method == "sendPoll"
    assert poll.params["is_anonymous"] is False
    labels = [option["text"] for option in poll.params["options"]]
    good = labels[poll.params["correct_option_ids"][0]]
    bad = next(label for label in labels if label != good)

    await room.vote(room.alice, good)
    await room.vote(room.bob, bad)
    closing = await lead(room, "Close the question")
    assert any(c.method == "stopPoll" for c in closing)
    await lead(room, "Next question")
    await lead(room, "Close the question")
    end = await lead(room, "To the standing")

    standing = next(text for text in in_class(end) if "That was the live quiz." in text)
    assert "1. Alice: 1 point, 1 of 2 right" in standing
    assert "2. Bob: 0 points, 0 of 2 right" in standing
    assert room.busiest_minute() <= 20


async def test_votes_that_are_repeated_late_or_taken_back_change_nothing(room: Classroom):
    poll = await started(room, **{"Answer by:": "polls", "Time:": "20 s each"})
    good = poll.params["options"][poll.params["correct_option_ids"][0]]["text"]
    vote = room.telegram.vote(GROUP, room.alice.account, good)
    first = update(poll_answer=vote)
    late = update(poll_answer=room.telegram.vote(GROUP, room.bob.account, good))

    await room.happens(first)
    await room.happens(first)
    back = {**vote, "option_ids": [], "option_persistent_ids": []}
    await room.happens(update(poll_answer=back))
    await room.seconds(30)
    await room.happens(late)

    async with room.store.work(room.now) as work:
        session = await work.sessions.by_code(CODE)
        assert session
        given = await work.sessions.answers(session.id)
    assert [one.correct for one in given if not one.late] == [True]


async def test_who_leads_in_the_name_of_the_group_confirms_as_themselves(room: Classroom):
    nameless = in_group("/live@doublecheck_bot", sender_chat=chat(GROUP))
    (asked,) = await said(room.happens(update(message=nameless)))

    (setup,) = await said(room.teacher.presses("It is me", asked))

    assert "A live quiz about The old mill." in setup.text


async def test_a_group_that_moves_takes_its_quiz_along(room: Classroom):
    await started(room)
    room.telegram.admins.add((NEW, 101))

    await room.happens(update(message=in_group(migrate_to_chat_id=NEW)))
    await room.happens(update(message=message(chat=chat(NEW), migrate_from_chat_id=GROUP)))
    await said(room.teacher.writes("/next@doublecheck_bot", NEW))
    calls = await room.seconds(5)
    texts = [t for _, c in room.at if c.params.get("chat_id") == NEW for t in c.texts]

    assert any("Closed." in text or "✔ right" in text for text in texts)
    assert not [c for c in calls if c.params.get("chat_id") == GROUP]


async def test_a_quiz_whose_group_puts_the_bot_out_is_paused_and_its_host_told(room: Classroom):
    await room.teacher.writes("/start")  # so that the bot may write to them
    await started(room)

    out = update(my_chat_member=membership(chat(GROUP), "member", "kicked"))
    calls = await room.happens(out) + await room.seconds(3)

    private = [t for c in calls if c.params.get("chat_id") == 101 for t in c.texts]
    assert any("I was put out of the group" in text for text in private)
    board = await room.live.board(CODE)
    assert board
    assert board.phase == "paused"


async def test_a_host_who_leaves_is_missed_in_words(room: Classroom):
    await started(room)

    left = in_group(left_chat_member=room.teacher.account, **{"from": room.teacher.account})
    calls = await room.happens(update(message=left)) + await room.seconds(3)

    assert any("has left this group" in text for text in in_class(calls))


async def with_more_time(room: Classroom) -> Call:
    """Let Alice have twice the time; return the lobby, in which she is."""
    async with room.store.work(room.now) as work:
        await work.sessions.put_factor("telegram:101", "telegram:102", 2.0)
    for actor in (room.teacher, room.alice):
        await actor.writes("/start")  # so that the bot may write to them
    lobby = await room.opened(**{"Time:": "20 s each"})
    await room.alice.presses("Join", lobby)
    await room.seconds(5)
    return lobby


def to(person: int, calls: list[Call]) -> list[Call]:
    return [c for c in calls if c.params.get("chat_id") == person and c.texts]


async def test_a_learner_with_more_time_has_a_copy_of_their_own_and_nobody_sees_it(
    room: Classroom,
):
    lobby = await with_more_time(room)
    calls = await room.teacher.presses("Start", lobby) + await room.seconds(5)

    (own,) = to(102, calls)
    assert "Question 1 of 2" in own.text
    assert "40 s" in own.text
    await room.seconds(25)  # the others are out of time
    answered = await toast(room.alice.presses(own.buttons[0]["text"], own))
    assert "The first answer counts." in answered
    assert not any("40 s" in text for text in in_class(room.telegram.calls))


async def test_of_a_copy_that_cannot_be_sent_the_teacher_is_told_privately(room: Classroom):
    lobby = await with_more_time(room)
    room.telegram.deny(102)

    calls = await room.teacher.presses("Start", lobby) + await room.seconds(8)

    (told,) = to(101, calls)
    assert told.text.startswith("I cannot write to Alice in private")
    assert any("Question 1 of 2" in text for text in in_class(calls))


async def test_a_question_to_write_leads_to_the_private_chat_and_back_to_one_standing(
    bot: FetchingBot, telegram: FakeTelegram, store: SqlStore
):
    room = Classroom(bot, telegram, store, library(YEAR))
    lobby = await room.opened(**{"Time:": "no limit", "Questions to write:": "yes"})
    calls = await room.teacher.presses("Start", lobby) + await room.seconds(5)
    question = next(c for c in calls if "Question 1 of 1" in "".join(c.texts) and c.buttons)
    [door] = [b for b in question.buttons if "url" in b]
    link = door["url"]

    copy = await said(room.alice.writes(f"/start {link.partition('=')[2]}"))
    unread = in_private(await room.alice.writes("no idea"))
    told = in_private(await room.alice.writes("eighteen hundred and twenty"))
    await room.seconds(5)
    closing = await lead(room, "Close the question")
    await lead(room, "To the standing")

    assert link == f"https://t.me/doublecheck_bot?start=l_{CODE}"
    assert any("Write the number here" in text for call in copy for text in call.texts)
    assert "Nothing is used up" in unread[0]
    assert told[0].startswith("You answered eighteen hundred and twenty.")
    group = in_class(closing)
    assert any("1 of 1 had it right." in text for text in group)
    assert not any("eighteen" in text for text in in_class(room.telegram.calls))
    assert any("1. Alice: 1 point" in text for text in in_class(room.telegram.calls))
    assert room.busiest_minute() <= 20
