"""Everybody's own data: all of it in a file, and gone when they say so."""

import json

from tests.journeys.conftest import Class

NAME = "Zebra Finch"


async def test_what_is_kept_is_handed_over_and_then_gone(room: Class):
    teacher, alice = room.teacher, room.alice
    await teacher.commands("class", "new 7B")
    code = await teacher.reads("Code to join: (\\w{8})")
    await alice.opens(f"c_{code}")
    await alice.presses("Join 7B")
    await alice.presses("Another name")
    await alice.says(NAME)

    await alice.says("when was the mill built?")
    await alice.commands("quiz")
    await alice.presses("Everything")
    await alice.presses("All kinds")
    await alice.answers_wrong()
    await alice.sees("Not right.")
    await alice.commands("mydata")
    kept = json.loads(await alice.gets("my-data.json"))
    assert NAME in json.dumps(kept)

    await alice.commands("deletemydata")
    await alice.sees("I will erase who you are")
    await alice.presses("Keep it")
    await alice.is_told("Nothing was erased.")
    await alice.commands("deletemydata")
    await alice.presses("Erase everything")
    await alice.is_told("Done: nothing here knows you any more.")

    await room.stage.kill()
    for file in room.stage.file.parent.glob("doublecheck.db*"):
        assert alice.key.encode() not in file.read_bytes()
        assert NAME.encode() not in file.read_bytes()
    await room.stage.start()

    await teacher.commands("class")
    await teacher.presses("7B")
    await teacher.presses("Roster")
    await teacher.sees_nothing_of(NAME)
