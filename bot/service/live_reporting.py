"""Reports about a question of a live quiz from the page, where no message stands under it."""

from bot.core.answer import FactKey
from bot.core.events import Commanded, Person, Place
from bot.core.quiz_cards import QUESTION
from bot.core.words import say
from bot.service.desk import Desk
from bot.service.ports import Receipt

_SAVED = "report.saved"


async def report(desk: Desk, code: str, at: int, who: tuple[Place, Person], words: str) -> str:
    """File a report in the version that was asked; return what is said of it, "" where nothing was asked."""
    (place, person), now = who, desk.clock()
    async with desk.store.work(now) as work:
        held = await work.sessions.by_code(code)
        asked = await work.sessions.questions(held.id) if held else ()
        question = next((one.question for one in asked if one.position == at), None)
        if held is None or question is None:
            return ""
        key = FactKey(held.pack, QUESTION + question.id, question.hash)
        await work.keep_receipt(Receipt(desk.token(), place, person.key, "", now, (key,)))
    handled = await desk.handle(Commanded(place, person, "report", words))
    notice = handled.cards[0].notice if handled.cards else ""
    return say("web.play.reported") if notice == _SAVED else say("kind")
