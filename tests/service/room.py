"""People in a chat with a desk: what they say, and what comes back."""

from itertools import count

from bot.core.events import Commanded, Event, Person, Place, Pressed, Said
from bot.service.desk import Desk, Handled
from bot.service.ports import Outgoing
from tests.service.clocks import Time


class Room:
    """One chat. What is queued for it is delivered at once, message by message."""

    def __init__(self, desk: Desk, time: Time, place: Place) -> None:
        self.desk = desk
        self.place = place
        self.handled = Handled()
        self._time = time
        self._messages = count(100)
        self._updates = count(1)

    async def say(
        self, by: Person, words: str, message: str = "", quoted: str = ""
    ) -> list[Outgoing]:
        message = message or str(next(self._messages))
        return await self.event(Said(self.place, by, words, message, quoted=quoted))

    async def edit(self, by: Person, words: str, message: str) -> list[Outgoing]:
        return await self.event(Said(self.place, by, words, message, edited=True))

    async def command(
        self, by: Person, name: str, words: str = "", quoted: str = ""
    ) -> list[Outgoing]:
        message = str(next(self._messages))
        return await self.event(Commanded(self.place, by, name, words, message, quoted=quoted))

    async def press(self, by: Person, action: str, message: str = "") -> list[Outgoing]:
        return await self.event(Pressed(self.place, by, action, "press", message))

    async def event(self, event: Event) -> list[Outgoing]:
        self.handled = await self.desk.handle(event, f"{self.place.chat}/{next(self._updates)}")
        return await self.deliver()

    async def deliver(self) -> list[Outgoing]:
        """Deliver everything that waits, wherever it goes; return it in its order."""
        delivered: list[Outgoing] = []
        store = self.desk.store
        while claimed := await store.claim("telegram", self._time.now, 9):
            for outgoing in claimed:
                delivered.append(outgoing)
                await store.delivered(outgoing, outgoing.edits or [str(next(self._messages))])
        return delivered

    async def messages(self, outgoing: Outgoing) -> list[str]:
        """Return the messages in which an answer stands now."""
        async with self.desk.store.work(self._time.now) as work:
            return list(await work.sent(outgoing.receipt))


def shown(outgoing: Outgoing) -> str:
    """Return what a delivery shows, page after page."""
    return "\n".join(page.text for page in outgoing.card.pages)


def action(outgoing: Outgoing, verb: str) -> str:
    """Return what the button of that verb under a delivery does."""
    [found] = [c.action for c in outgoing.card.choices if c.action.split("|")[1] == verb]
    return found
