"""Roles: taken by a link, taken away again, and asked for at every act."""

from bot.core.roles import Role
from tests.journeys.conftest import Class


async def test_a_role_by_a_link_until_it_is_taken_away(room: Class):
    ada, alice, stranger = room.teacher, room.alice, room.stranger
    await room.stage.grant(ada.key, Role.ADMIN)

    await alice.commands("class", "new 8C")
    await alice.sees("teacher")
    await ada.commands("grant", "teacher Alice")
    link = await ada.reads("(?:start=g_|accept code:)([\\w-]+)")
    await alice.opens(f"g_{link}")
    await alice.sees("teacher")
    await stranger.opens(f"g_{link}")
    await stranger.sees("This link has been used already.")
    await alice.commands("class", "new 8C")
    await alice.sees("The class 8C is there.")

    await ada.commands("roles")
    await ada.presses("Revoke: teacher, Alice")
    await ada.presses("Take it away")
    await alice.commands("class", "new 9D")
    await alice.sees("teacher")
    await ada.commands("audit")
    await ada.sees(f"took the role teacher away from {alice.key}")
