"""A key that looks wrong in the results is mended in the bank, and the quiz is marked anew."""

from bot.core.roles import Role
from tests.journeys.conftest import Class

CAVEAT = "Please double-check this with another source"


async def test_from_a_doubtful_key_to_new_marks(room: Class):
    teacher, alice, bob, stranger = room.teacher, room.alice, room.bob, room.stranger
    await room.stage.grant(teacher.key, Role.ADMIN)
    for one in (teacher, alice, bob, stranger):
        await one.commands("start" if room.platform.name == "telegram" else "help")

    await teacher.commands("live", in_class=True)
    await teacher.presses("Open the lobby")
    for one in (alice, bob, stranger):
        await one.presses("Join")
    await teacher.presses("Start")
    for number in (1, 2, 3):
        question = await alice.sees(f"Question {number} of 3 ·")
        for one in (alice, bob, stranger):
            await (one.answers("1850") if "year" in question else one.answers_right())
        await teacher.commands("next", in_class=True)
        await teacher.commands("next", in_class=True)
    await alice.sees("That was the live quiz.")

    await teacher.commands("results")
    await teacher.presses("23 Nov")
    await teacher.sees("was hardest (0 % right): most chose “1850”", CAVEAT)

    await teacher.commands("bank", "edit mill built-1")
    await teacher.sees("built-1, as it stands in draft 1 of mill", "Key: 1820", CAVEAT)
    await teacher.presses("Answers")
    await teacher.says("1820\n*1850\n1790\n1905")
    await teacher.sees("Key: 1850", CAVEAT)
    await teacher.commands("bank", "publish")
    await teacher.sees("version 2 is published")
    await teacher.sees("A key was mended", "The key was “1820” and is now “1850”.", CAVEAT)

    await teacher.presses("Show whose mark changes")
    await teacher.sees("Whose mark would change", "Alice: 2 → 3 of 3", CAVEAT)
    await teacher.presses("Apply")
    await teacher.sees("is regraded", "Told in private: 3", CAVEAT)
    await alice.sees("the key of a question was mended", "2 → 3 of 3", CAVEAT)
    await teacher.presses("Undo")
    await alice.sees("3 → 2 of 3", CAVEAT)
