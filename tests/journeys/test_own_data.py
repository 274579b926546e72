"""Everybody's own data: all of it in a file, and gone when they say so."""

import json

from tests.journeys.conftest import Class


async def test_what_is_kept_is_handed_over_and_then_gone(room: Class):
    alice = room.alice

    await alice.says("when was the mill built?")
    await alice.commands("quiz")
    await alice.presses("Everything")
    await alice.presses("All kinds")
    await alice.answers_wrong()
    await alice.sees("Not right.")
    await alice.commands("mydata")
    kept = json.loads(await alice.gets("my-data.json"))
    assert alice.key in json.dumps(kept)

    await alice.commands("deletemydata")
    await alice.sees("I will erase who you are")
    await alice.presses("Keep it")
    await alice.is_told("Nothing was erased.")
    await alice.commands("deletemydata")
    await alice.presses("Erase everything")
    await alice.is_told("Done: nothing here knows you any more.")

    await room.stage.kill()
    number = alice.key.partition(":")[2].encode()
    for file in room.stage.file.parent.glob("doublecheck.db*"):
        assert number not in file.read_bytes()
    await room.stage.start()
