"""A class and its assignment, as people have them on Telegram."""

from datetime import timedelta

import pytest

from bot.core.roles import Role
from bot.frontends.telegram.poll import FetchingBot
from bot.service.assign_part import AssignPart
from bot.service.assign_telling import AssignmentTimes
from bot.service.assignments import KIND
from bot.service.class_part import ClassPart
from bot.service.deadlines import Ringer
from bot.store.store import SqlStore
from tests.frontends.telegram.fake import ME, Call, FakeTelegram
from tests.frontends.telegram.scene import Actor, Scene
from tests.frontends.telegram.updates import GROUP, user
from tests.quizzes import BUILT, CAVEAT, YEAR, library

LINK = f"https://t.me/{ME['username']}?start="


@pytest.fixture
async def scene(bot: FetchingBot, telegram: FakeTelegram, store: SqlStore) -> Scene:
    scene = Scene(bot, telegram, store, library(BUILT, YEAR))
    names = (str, lambda: ME["username"])
    scene.desk.parts = (ClassPart(*names), AssignPart(*names))
    async with store.work(scene.now) as work:
        await work.roles.grant("telegram:101", Role.TEACHER, "telegram:101")
    return scene


def sent(calls: list[Call]) -> list[Call]:
    return [call for call in calls if call.method in {"sendMessage", "editMessageText"}]


def link_in(call: Call, payload: str) -> str:
    """Return what a link in a message says to the bot when it is opened."""
    return payload + call.text.partition(LINK + payload)[2].split()[0].strip(".,")


async def test_a_class_from_its_founding_to_its_results(scene: Scene):
    teacher, alice = Actor(scene, user(101)), scene.alice
    ringer = Ringer(scene.desk, {KIND: AssignmentTimes(telegram=lambda: ME["username"]).ring})
    _, one = sent(await teacher.writes("/class new 7B"))
    asked = await alice.asks(f"/start {link_in(one, 'c_')}")
    [joined] = sent(await alice.presses("Join 7B", asked))
    [menu] = sent(await alice.writes("/class"))
    await alice.presses("Remind me", menu)
    zone = await teacher.asks("/assign 7B 2 due fri 18:00 reveal due")
    [form] = sent(await teacher.presses("Berlin", zone))
    posts = sent(await teacher.presses("Publish", form))
    published, invited = posts
    [intro] = sent(await alice.presses("Look at it", invited))
    [first] = sent(await alice.presses("Begin", intro))
    [second] = sent(await alice.presses("A 1820", first))
    [ending] = sent(await alice.writes("eighteen hundred and twenty"))
    [handed] = sent(await alice.presses("Hand in", ending))
    begin = len(scene.telegram.calls)
    scene.passes(timedelta(days=5))
    while await ringer.ring_one():
        await scene.deliver()
    teachers, alices = sent(scene.telegram.calls[begin:])
    [intro_again] = sent(await alice.presses("Look at it", alices))
    [review] = sent(await alice.presses("What was right", intro_again))

    assert "does not see your account or your telephone number" in asked.text
    assert "You are in 7B, as" in joined.text
    assert "Due: Fri 27 Nov, 18:00 (Berlin time)" in form.text
    assert invited.params["chat_id"] == 102
    assert LINK + "a_" in published.text
    assert first.text.startswith("It speaks of a flood.")
    assert second.text.startswith("Saved.")
    assert "Every question has an answer." in ending.text
    assert "once it is due" in handed.text
    assert teachers.params["chat_id"] == 101
    assert "Handed in: 1 of 1." in teachers.text
    assert "The results are open: The old mill" in alices.text
    assert review.text.count("Right: 1820.") == 2
    for call in (form, invited, intro, first, second, ending, handed, teachers, alices, review):
        assert CAVEAT in call.text


async def test_a_group_where_it_was_begun_sees_the_link_and_no_more(scene: Scene):
    teacher = Actor(scene, user(101))
    async with scene.store.work(scene.now) as work:
        await work.wishes.put("telegram:101", "zone", "UTC")
    [led] = sent(await teacher.writes(f"/assign@{ME['username']} 1", GROUP))
    [form] = sent(await teacher.writes("/start a_new"))
    calls = sent(await teacher.presses("Publish", form))
    [post] = [call for call in calls if call.params["chat_id"] == GROUP]

    assert led.buttons[0]["url"] == f"{LINK}a_new"
    assert post.buttons[0]["url"].startswith(f"{LINK}a_")
    assert "A new assignment" in post.text
    assert CAVEAT in post.text
