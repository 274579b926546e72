"""Somebody asks, doubts, follows up, reports, and corrects what they had written."""

from tests.journeys.conftest import Class

CAVEAT = "Please double-check this with another source"


async def test_a_question_its_sources_a_follow_up_and_a_report(room: Class):
    alice = room.alice

    await alice.says("when was the mill built?")
    await alice.sees("1820", "Other sources agree", CAVEAT)

    await alice.says("and how many wheels does it have?")
    await alice.sees("4, according to the leaflet. Other sources disagree: 3.", CAVEAT)

    await alice.presses("Sources")
    await alice.sees("Plan 7", CAVEAT)

    await alice.presses("Report")
    await alice.says("There are only two of them!")
    await alice.sees("Your report was saved")

    await alice.says("who was the architect of the opera house?")
    await alice.sees("I found nothing in the leaflet")
