"""What a person can have of what is kept about them, and that it can be erased."""

import json

import pytest

from bot.service.data_part import DataPart
from bot.service.desk import Desk
from bot.store.store import SqlStore
from tests.cast import ALICE, BOB, GROUP, NOON, private_chat
from tests.service.clocks import Time
from tests.service.room import Room, action, shown

WHEN = "when did the bridge open"


@pytest.fixture
def home(desk: Desk, time: Time) -> Room:
    desk.parts = (DataPart(),)
    return Room(desk, time, private_chat(ALICE))


async def kept(store: SqlStore, person: str) -> dict[str, object]:
    async with store.work(NOON) as work:
        return dict(await work.personal.everything(person))


async def test_who_asked_nothing_hears_that_nothing_is_kept(home: Room):
    [nothing] = await home.command(ALICE, "mydata")

    assert nothing.card.notice == "data.nothing"


async def test_a_file_shows_what_is_kept_and_whom_it_is_about(home: Room):
    await home.say(ALICE, WHEN)

    [handed] = await home.command(ALICE, "mydata")

    assert handed.card.file
    assert handed.card.file.name == "my-data.json"
    told = json.loads(handed.card.file.content)
    assert [row["key"] for row in told["kept"]["people"]] == [ALICE.key]
    [receipt] = told["kept"]["receipts"]
    assert (receipt["person"], receipt["facts"][0]["fact"]) == ("you", "opened")


async def test_in_a_group_nobody_s_data_are_shown(desk: Desk, time: Time):
    desk.parts = (DataPart(),)
    group = Room(desk, time, GROUP)

    [asked] = await group.command(ALICE, "mydata")
    [sure] = await group.command(ALICE, "deletemydata")

    assert (asked.card.notice, sure.card.notice) == ("data.elsewhere", "data.elsewhere")
    assert asked.card.file is None


async def test_who_confirms_is_erased_and_told_so_without_a_new_trace(home: Room, store: SqlStore):
    await home.say(ALICE, WHEN)
    [sure] = await home.command(ALICE, "deletemydata")

    sent = await home.press(ALICE, action(sure, "y.erase"))

    assert sent == []
    assert home.handled.forgotten
    assert home.handled.toast
    assert "nothing here knows you any more" in home.handled.toast.pages[0].text
    assert await kept(store, ALICE.key) == {}


async def test_who_thinks_again_is_still_known(home: Room, store: SqlStore):
    [sure] = await home.command(ALICE, "deletemydata")

    [settled] = await home.press(ALICE, action(sure, "y.keep"))

    assert shown(settled) == "Nothing was erased."
    assert settled.edits
    assert settled.card.choices == ()
    assert await kept(store, ALICE.key)


async def test_nobody_is_erased_by_the_press_of_somebody_else(home: Room, store: SqlStore):
    [sure] = await home.command(ALICE, "deletemydata")

    await home.press(BOB, action(sure, "y.erase"))

    assert not home.handled.forgotten
    assert await kept(store, ALICE.key)


async def test_a_second_press_finds_nobody_to_erase(home: Room):
    [sure] = await home.command(ALICE, "deletemydata")
    await home.press(ALICE, action(sure, "y.erase"))

    await home.press(ALICE, action(sure, "y.erase"))

    assert not home.handled.forgotten
