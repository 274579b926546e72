"""A class, and an assignment for it."""

from tests.journeys.conftest import Class

CAVEAT = "Please double-check this with another source"


async def founded(room: Class) -> None:
    """Found a class that Alice joins by the link, and Bob by its code."""
    teacher, alice, bob = room.teacher, room.alice, room.bob

    await teacher.commands("class", "new 7B")
    await teacher.sees("The class 7B is there.")
    code = await teacher.reads("Code to join: (\\w{8})")
    await alice.opens(f"c_{code}")
    await alice.sees("The class 7B. If you join it, its teacher sees")
    await alice.presses("Join 7B")
    await alice.sees("You are in 7B, as “")
    await alice.presses("Another name")
    await alice.says("Owl")
    await alice.sees("You are in 7B, as “Owl”.")
    await alice.commands("class")
    await alice.presses("Remind me before work is due")
    await bob.commands("class", f"join {code}")
    await bob.presses("Join 7B")
    await bob.commands("settings")
    await bob.presses("Assignments: off")
    await teacher.commands("class")
    await teacher.presses("7B")
    await teacher.presses("Roster")
    await teacher.sees("7B: who is in it.", "Owl")


async def test_an_assignment_from_its_form_to_the_results(room: Class):
    teacher, alice, bob, clock = room.teacher, room.alice, room.bob, room.clock
    await founded(room)

    await teacher.commands("assign", "7B due in 2 days")
    await teacher.says("Berlin")
    await teacher.sees("A new assignment", "Class: 7B", CAVEAT)
    await teacher.presses("Answers are told: at once")
    await teacher.sees("Answers are told: once it is due")
    await teacher.presses("Publish")
    await teacher.sees("Published: The old mill.", "For the class 7B.", CAVEAT)
    await alice.sees("A new assignment for 7B", "in 2 days", CAVEAT)

    await alice.presses("Look at it")
    await alice.sees("What was right, and why, you see once it is due.")
    await alice.presses("Begin")
    for number in (1, 2, 3):
        await alice.sees(f"Question {number} of 3", CAVEAT)
        await alice.answers_right()
        await alice.sees_nothing_of("Right:")
    await alice.presses("Hand in")
    await alice.sees("Handed in: The old mill.", "What was right you see once it is due")

    await clock.passes(days=1, hours=23)
    await bob.sees("Due in", "The old mill")
    await clock.passes(hours=2)
    await teacher.sees("The old mill was due now. Handed in: 1 of 2.")
    await alice.sees("The results are open: The old mill")

    await bob.commands("assign")
    await bob.presses("The old mill: past due")
    await bob.sees("What you hand in now is marked as late.", "once you have handed it in")
    await bob.presses("Begin")
    for number in (1, 2, 3):
        await bob.sees(f"Question {number} of 3", CAVEAT)
        await bob.answers_wrong()
    await bob.presses("Hand in")
    await bob.sees("Handed in: The old mill.", "late", CAVEAT)

    await teacher.commands("results")
    await teacher.presses("23 Nov")
    await teacher.sees("2 of 2 took part", CAVEAT)
    await teacher.presses("CSV")
    rows = (await teacher.gets("answers-")).decode().splitlines()
    assert len(rows) == 1 + 3 + 3
    assert sum("yes" in row for row in rows) == 6
