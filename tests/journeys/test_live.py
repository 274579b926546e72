"""A live quiz with a class in one room."""

from tests.journeys.conftest import Class

CAVEAT = "Please double-check this with another source"


async def opened(room: Class) -> None:
    """Set a quiz of 30 s a question up, and let Alice and Bob join."""
    teacher, alice, bob = room.teacher, room.alice, room.bob

    await alice.commands("join", in_class=True)
    await teacher.commands("live", in_class=True)
    await teacher.sees(
        "A live quiz about The old mill", "1 sensitive question is left out", CAVEAT
    )
    await teacher.presses("Time: by length")
    await teacher.presses("Time: 20 s")
    await teacher.presses("Open the lobby")
    await alice.sees("Live quiz: The old mill", "Nobody has joined yet.")

    await alice.presses("Join")
    await alice.is_told("You are in, as Alice.")
    await bob.presses("Join")
    await bob.is_told(f"You are in, as {bob.name}")
    await teacher.sees("Joined so far, 2: Alice")
    await bob.presses("Start")
    await bob.is_told("Only who opened the quiz")


async def test_a_class_plays_from_the_setup_to_the_results(room: Class):
    teacher, alice, bob, stranger, clock = (
        room.teacher, room.alice, room.bob, room.stranger, room.clock,
    )  # fmt: skip
    await opened(room)

    await teacher.presses("Start")
    await alice.sees("Question 1 of 3", "30 s")
    await alice.answers_right()
    await alice.is_told("The first answer counts.")
    await alice.answers_wrong()
    await alice.is_told("The first answer counts.")
    await bob.answers_wrong()
    await bob.is_told("The first answer counts.")
    await teacher.sees("2 of 2 have answered")
    await teacher.presses("Close the question")
    await alice.sees("Question 1 of 3: ", "1 ✔ right", CAVEAT)

    await teacher.presses("Next question")
    await bob.sees("Question 2 of 3")
    await teacher.presses("Pause")
    await bob.sees("Paused.")
    await clock.passes(minutes=2)
    await teacher.presses("Go on")
    await teacher.presses("+15 s")
    await clock.passes(seconds=35)
    await bob.answers_right()
    await bob.is_told("The first answer counts.")
    await stranger.answers_wrong()
    await stranger.is_told("The first answer counts.")
    await alice.sees("Question 2 of 3")
    await clock.passes(seconds=30)
    await alice.sees("Closed. 2 of 3 have answered.")

    await teacher.presses("Next question")
    await alice.sees("Question 3 of 3")
    await teacher.presses("Skip it")
    await alice.sees("Question 3 was skipped. It counts for nobody.")
    await alice.sees("That was the live quiz.", "1. Alice: 1 point, 1 of 2 right", CAVEAT)
    await alice.presses("My place")
    await alice.is_told("You are in place 1 of 3")

    await teacher.commands("results")
    await teacher.presses("23 Nov")
    await teacher.sees("3 of 3 took part", CAVEAT)
    await teacher.presses("CSV")
    assert b"Alice" in await teacher.gets("answers-")
