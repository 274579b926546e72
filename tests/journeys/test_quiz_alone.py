"""A quiz alone: over a restart, to what was missed, and to the reminder of it."""

from tests.journeys.conftest import Class

CAVEAT = "Please double-check this with another source"


async def test_a_quiz_outlives_a_restart_and_what_was_missed_comes_back(room: Class):
    alice = room.alice

    await alice.commands("quiz")
    await alice.presses("Everything")
    await alice.presses("All kinds")
    await alice.sees("Question 1 of 4", CAVEAT)

    await alice.answers_wrong()
    await alice.sees("Not right. The answer is", CAVEAT)

    await alice.presses("Next question")
    await alice.sees("Question 2 of 4")
    await room.bot.is_killed_and_restarted(after=3600)
    await alice.answers_right()
    await alice.sees("Right", CAVEAT)

    await alice.presses("Next question")
    await alice.presses("Pause")
    await alice.sees("Paused at question 3 of 4")
    await room.clock.passes(hours=1)
    await alice.commands("quiz")
    await alice.sees("Question 3 of 4", "Your quiz goes on here.")

    await alice.presses("Skip")
    await alice.presses("Skip")
    await alice.sees("That was the quiz.", "To look at again:", CAVEAT)

    await alice.commands("settings")
    await alice.presses("Practice: off")
    await alice.presses("18:00")
    await alice.sees("Practice: each day at 18:00")
    await room.clock.passes(days=1)
    await alice.sees("due again", "/missed")

    await alice.commands("missed")
    await alice.sees("You missed this one before.")
    await alice.answers_right()
    await alice.sees("Right", CAVEAT)
