"""One live quiz in a Telegram group, a Discord channel and on the page at once."""

from tests.journeys.conftest import Rooms
from tests.journeys.on_page import PagePerson

CAVEAT = "Please double-check this with another source"


async def test_three_rooms_have_one_quiz_one_standing_and_one_export(
    rooms: Rooms, somebody_at_the_page: PagePerson
):
    there, here, pia = rooms.telegram, rooms.discord, somebody_at_the_page

    await there.teacher.commands("live", in_class=True)
    await there.teacher.presses("Open the lobby")
    code = await there.alice.reads("Code: (\\w{6})")
    await here.teacher.commands("live", code, in_class=True)
    await here.alice.sees("Live quiz: The old mill", code)

    await there.alice.presses("Join")
    await here.alice.presses("Join")
    await pia.joins(code)
    await here.bob.sees("Joined so far, 3: Alice, Dora, Pia.")

    await there.teacher.presses("Start")
    asked = await there.alice.sees("Question 1 of 3", CAVEAT)
    assert await here.alice.sees("Question 1 of 3", CAVEAT)
    await pia.opens(f"/join/{code}")
    await pia.sees("Question 1 of 3", CAVEAT)

    await there.alice.answers_right()
    await here.alice.answers_wrong()
    await pia.picks(rooms.stage.key(asked.splitlines()[1]).right, at=0)
    await pia.sees("Saved")
    await here.alice.sees("3 of 3 have answered.")

    await here.teacher.commands("next", in_class=True)
    for one in (there.bob, here.bob):
        await one.sees("2 ✔ right", CAVEAT)
    await pia.sees("Right.", CAVEAT)

    await there.teacher.presses("Next question")
    await here.alice.sees("Question 2 of 3")
    await here.alice.answers_right()
    await rooms.stage.clock.passes(seconds=90)
    await there.teacher.presses("Next question")
    await here.teacher.commands("end", in_class=True)
    await here.teacher.presses("Yes, end it now")

    for one in (there.bob, here.bob):
        standing = await one.sees("That was the live quiz.", CAVEAT)
        for name in ("Alice", "Dora", "Pia"):
            assert f"1. {name}: 1 point, 1 of 2 right" in standing
    await pia.opens(f"/join/{code}")
    await pia.sees("Your place: 1 of 3.")

    await there.teacher.commands("results")
    await there.teacher.presses("23 Nov")
    await there.teacher.presses("CSV")
    rows = (await there.teacher.gets("answers-")).decode().splitlines()
    assert len(rows) == 1 + 4
    assert {name for name in ("Alice", "Dora", "Pia") for row in rows if name in row} == {
        "Alice", "Dora", "Pia",
    }  # fmt: skip
