"""What becomes of a live quiz when its group changes, and when the bot dies."""

from tests.frontends.telegram.updates import chat, membership, message, update
from tests.journeys.conftest import Class
from tests.journeys.on_telegram import OnTelegram, TelegramPerson

SUPERGROUP = -1002


async def begun(room: Class) -> str:
    """Begin a quiz of 30 s a question; return its code."""
    await room.teacher.commands("help")
    await room.teacher.commands("live", in_class=True)
    await room.teacher.presses("Time: by length")
    await room.teacher.presses("Time: 20 s")
    await room.teacher.presses("Open the lobby")
    code = await room.teacher.reads("Code: (\\w{6})")
    await room.alice.presses("Join")
    await room.bob.presses("Join")
    await room.teacher.presses("Start")
    await room.alice.sees("Question 1 of 3", "30 s")
    return code


async def test_a_question_gets_back_the_time_for_which_the_bot_was_dead(room: Class):
    await begun(room)
    await room.alice.answers_right()

    await room.bot.is_killed_and_restarted(after=40)
    await room.bob.sees("I was away for", "This question has", "s more.")
    await room.clock.passes(seconds=15)
    await room.bob.answers_wrong()
    await room.bob.is_told("The first answer counts.")
    await room.alice.answers_wrong()
    await room.alice.is_told("The first answer counts.")
    await room.clock.passes(seconds=30)

    await room.bob.sees("1 ✔ right")


async def test_a_bot_that_is_put_out_comes_back_to_the_same_quiz(group: Class):
    code, here = await begun(group), group.platform
    assert isinstance(here, OnTelegram)

    out = membership(chat(here.group), "member", "kicked")
    await here.happens(update(my_chat_member=out))
    await group.teacher.sees("I was put out of the group", "It is paused, and nothing is lost.")
    await group.clock.passes(minutes=2)

    back = membership(chat(here.group), "kicked", "member")
    await here.happens(update(my_chat_member=back))
    await group.alice.sees("Hello")
    await group.teacher.commands("live", code, in_class=True)
    await group.alice.sees("Question 1 of 3", "Paused.")
    await group.teacher.commands("resume", in_class=True)
    await group.alice.answers_right()
    await group.alice.is_told("The first answer counts.")


async def test_a_group_that_becomes_a_supergroup_keeps_its_quiz(group: Class):
    await begun(group)
    here = group.platform
    assert isinstance(here, OnTelegram)

    moved = message(chat=chat(here.group), migrate_to_chat_id=SUPERGROUP)
    await here.happens(update(message=moved))
    here.fake.admins.add((SUPERGROUP, 101))
    here.group = SUPERGROUP
    await group.teacher.commands("next", in_class=True)
    await group.alice.sees("Question 1 of 3: ")
    await group.teacher.commands("next", in_class=True)
    await group.alice.sees("Question 2 of 3")
    await group.alice.answers_right()
    await group.alice.is_told("The first answer counts.")


async def test_a_press_that_comes_late_is_told_so_and_counts_for_nothing(group: Class):
    await begun(group)
    key = group.stage.key(await group.bob.reads("leaflet.*\\?"))

    late = await group.bob.is_about_to_answer(key.right)
    await group.clock.passes(seconds=40)
    await group.bob.acts(late)
    await group.bob.is_told("Not counted.")
    await group.teacher.commands("end", in_class=True)
    await group.teacher.presses("Yes, end it now")
    await group.bob.sees("Nobody answered, so there is no standing.")


async def test_who_leads_can_leave_and_an_admin_goes_on(group: Class):
    await begun(group)
    here, teacher = group.platform, group.teacher
    assert isinstance(here, OnTelegram)
    assert isinstance(teacher, TelegramPerson)

    left = message(
        chat=chat(here.group), left_chat_member=teacher.account, **{"from": teacher.account}
    )
    await here.happens(update(message=left))
    await group.alice.sees("has left this group. An admin here can go on with it")
    here.fake.admins.add((here.group, 102))
    await group.alice.commands("next", in_class=True)
    await group.bob.sees("Question 1 of 3: ")
