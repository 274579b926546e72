"""What people choose for themselves, and the daily reminder of those who wish it."""

from datetime import timedelta

import pytest

from bot.core.solo_types import Recalled
from bot.service.deadlines import Ringer
from bot.service.desk import Desk
from bot.service.housekeeping import KIND as FORGET
from bot.service.housekeeping import keep_house, set_housekeeping
from bot.service.practice import recall
from bot.service.reminding import KIND, remind, set_reminder
from bot.service.wish_part import WishPart
from bot.store.store import SqlStore
from tests.cast import ALICE, GROUP, NOON, private_chat
from tests.service.clocks import Time
from tests.service.room import Room, action, shown


@pytest.fixture
def home(desk: Desk, time: Time) -> Room:
    desk.parts = (WishPart(),)
    return Room(desk, time, private_chat(ALICE))


@pytest.fixture
def ringer(desk: Desk) -> Ringer:
    return Ringer(desk, {KIND: remind, FORGET: keep_house})


async def wish(store: SqlStore, **wishes: str) -> None:
    async with store.work(NOON) as work:
        for what, value in wishes.items():
            await work.wishes.put(ALICE.key, what, value)


async def miss(store: SqlStore, *questions: str) -> None:
    async with store.work(NOON) as work:
        for question in questions:
            missed = Recalled("bridge", question, right=False)
            await recall(work.quizzes, ALICE.key, missed, NOON)


async def test_nothing_is_on_before_somebody_says_so(home: Room):
    [card] = await home.command(ALICE, "settings")

    labels = [choice.label for choice in card.card.choices]
    assert labels == [
        "Practice: off",
        "Assignments: off",
        "Corrections: off",
        "Unanswered: off",
        "Time zone",
    ]


async def test_a_press_switches_and_another_one_switches_back(home: Room):
    [card] = await home.command(ALICE, "settings")

    [on] = await home.press(ALICE, action(card, "w.corrections"))
    [off] = await home.press(ALICE, action(on, "w.corrections"))

    assert "Corrections: on." in shown(on)
    assert on.edits
    assert "Corrections: off." in shown(off)


async def test_practice_has_an_hour_by_the_person_s_own_clocks(home: Room):
    [card] = await home.command(ALICE, "settings")
    [asked] = await home.press(ALICE, action(card, "w.zone"))
    [known] = await home.say(ALICE, "new york")
    [hours] = await home.press(ALICE, action(known, "w.practice"))

    [chosen] = await home.press(ALICE, hours.card.choices[4].action)

    assert "city's clocks" in shown(asked)
    assert "Time zone: America/New_York." in shown(known)
    assert "by the clocks of America/New_York" in shown(hours)
    assert "Practice: each day at 18:00." in shown(chosen)


async def test_a_zone_that_is_none_is_asked_for_again(home: Room):
    [card] = await home.command(ALICE, "settings")
    await home.press(ALICE, action(card, "w.zone"))

    [bad] = await home.say(ALICE, "middle earth")
    [known] = await home.say(ALICE, "Berlin")

    assert "I know no time zone of that name" in shown(bad)
    assert "Time zone: Europe/Berlin." in shown(known)


async def test_in_a_group_nobody_s_choices_are_shown(desk: Desk, time: Time):
    desk.parts = (WishPart(),)

    [elsewhere] = await Room(desk, time, GROUP).command(ALICE, "settings")

    assert elsewhere.card.notice == "wish.elsewhere"


async def ring(ringer: Ringer) -> None:
    while await ringer.ring_one():
        pass


async def test_who_wishes_it_is_reminded_once_a_day_at_their_hour(
    home: Room, ringer: Ringer, store: SqlStore, time: Time
):
    await wish(store, practice="8", zone="America/New_York")
    await miss(store, "one", "two")
    async with store.work(time.now) as work:
        await set_reminder(work, time.now)

    told: list[tuple[str, str]] = []
    for _ in range(52):
        time.pass_(minutes=30)
        await ring(ringer)
        told += [(f"{time.now:%d %H:%M}", shown(card)) for card in await home.deliver()]

    # Eight in New York is one in the afternoon in UTC.
    assert [at for at, _ in told] == ["23 13:00", "24 13:00"]
    assert told[0][1].startswith("2 quiz questions that you missed are due again.")


async def test_who_missed_nothing_or_wishes_nothing_is_left_in_peace(
    home: Room, ringer: Ringer, store: SqlStore, time: Time
):
    await wish(store, practice="12")
    async with store.work(time.now) as work:
        await set_reminder(work, time.now)

    for _ in range(48):
        time.pass_(minutes=30)
        await ring(ringer)

    assert await home.deliver() == []


async def test_an_hour_that_was_slept_through_gets_its_turn(
    home: Room, ringer: Ringer, store: SqlStore, time: Time
):
    await wish(store, practice="13")
    await miss(store, "one")
    async with store.work(time.now) as work:
        await set_reminder(work, time.now)
    time.pass_(minutes=65)  # the half hour before it is still to ring, too

    await ring(ringer)

    assert len(await home.deliver()) == 1


async def test_after_a_long_outage_nobody_is_reminded_of_the_morning(
    home: Room, ringer: Ringer, store: SqlStore, time: Time
):
    await wish(store, practice="12")
    await miss(store, "one")
    async with store.work(time.now) as work:
        await set_reminder(work, time.now - timedelta(minutes=1))
    time.pass_(minutes=180)

    await ring(ringer)

    assert await home.deliver() == []


async def test_the_store_forgets_every_hour(ringer: Ringer, store: SqlStore, time: Time):
    async with store.work(time.now) as work:
        await work.first_time("telegram", "1")
        await set_housekeeping(work, time.now)

    seen: list[bool] = []
    for _ in range(50):
        await ring(ringer)
        time.pass_(minutes=60)
        async with store.work(time.now) as work:
            deadlines = await work.deadlines.of(FORGET, "store")
            seen.append(len(deadlines) == 1)
    async with store.work(time.now) as work:
        assert await work.first_time("telegram", "1")

    assert all(seen)
