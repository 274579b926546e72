"""Somebody asks, doubts, follows up, reports, and corrects what they had written."""

from tests.journeys.conftest import Class
from tests.journeys.on_page import PagePerson
from tests.journeys.on_telegram import TelegramPerson

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


async def test_who_corrects_a_question_has_its_answer_corrected(group: Class):
    alice = group.alice
    assert isinstance(alice, TelegramPerson)

    await alice.says("when was the mill built?")
    await alice.sees("1820", CAVEAT)
    before = len(await alice.screen())
    await alice.edits("how many wheels does the mill have?")
    await alice.sees("Other sources disagree: 3.", CAVEAT)

    assert len(await alice.screen()) == before


async def test_the_same_on_the_page(page: PagePerson):
    await page.says("when was the mill built?")
    await page.sees("1820", "Other sources agree", CAVEAT)
    await page.says("and how many wheels does it have?")
    await page.sees("4, according to the leaflet. Other sources disagree: 3.", CAVEAT)
    await page.presses("Sources")
    await page.sees("Plan 7", CAVEAT)
    await page.stage.bot.is_killed_and_restarted()
    await page.presses("Report")
    await page.sees("What is wrong with this answer?")
    await page.says("<i>There are only two</i>")
    await page.sees("Your report was saved")
    await page.commands("quiz")
    await page.presses("Everything")
    await page.presses("All kinds")
    await page.sees("Question 1 of 4", CAVEAT)
