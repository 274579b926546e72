"""A bot with a bank about a harbour, which is published again and again, and its people."""

from collections.abc import Mapping

from bot.core.events import Person
from bot.core.library import Library, Shelf
from bot.search.engine import build
from bot.service.asking_again import listen
from bot.service.bank_editing import FACTS, item
from bot.service.bank_publishing import Publisher
from bot.service.banks import Banks
from bot.service.corrections import Follower
from bot.service.desk import Desk
from bot.service.flag_part import FlagPart
from bot.service.ports import Outgoing
from bot.service.unanswered_part import UnansweredPart
from bot.service.wish_part import WishPart
from bot.store.store import SqlStore
from tests.cast import ALICE, BOB, STRANGER, TEACHER, private_chat
from tests.service import banking
from tests.service.clocks import Time
from tests.service.room import Room

PAGE = "https://page.example"


class Harbour:
    """The desk of the bot, its banks, and a private chat of everybody. Alice and Bob are editors."""

    def __init__(self, desk: Desk, store: SqlStore, time: Time) -> None:
        self.desk = desk
        self.banks = Banks(store, time.clock)
        self.follower = Follower(desk)
        desk.admins = ()
        desk.parts = (FlagPart(desk, lambda: PAGE), UnansweredPart(self.banks), WishPart())
        desk.listener = listen
        people = (TEACHER, ALICE, BOB, STRANGER)
        self._rooms = {person.key: Room(desk, time, private_chat(person)) for person in people}

    def room(self, person: Person) -> Room:
        """Return the private chat of somebody."""
        return self._rooms[person.key]

    async def open(self) -> None:
        """Publish the first version."""
        draft = await self.banks.open_draft("ports", ALICE.key, banking.TEXTS)
        await Publisher(self.banks).publish(draft.id, draft.revision, TEACHER.key)
        await self.follow()

    async def publish(self, **facts: Mapping[str, object]) -> list[Outgoing]:
        """Publish other versions of facts; return what people are sent."""
        draft = await self.banks.open_draft("ports", ALICE.key)
        texts = (await self.banks.draft(draft.id)).texts
        for name, keys in facts.items():
            plain = item(texts, FACTS, name) | dict(keys)
            draft = await self.banks.put_fact(draft.id, draft.revision, ALICE.key, plain)
        await Publisher(self.banks).publish(draft.id, draft.revision, TEACHER.key)
        return await self.follow()

    async def follow(self) -> list[Outgoing]:
        """Answer from what is published, and tell people what follows from it."""
        pack = (await self.banks.version("ports")).pack
        self.desk.library = Library((Shelf(pack, build(pack)),))
        await self.follower.follow()
        return await self.room(ALICE).deliver()


async def harbour_in(desk: Desk, store: SqlStore, time: Time) -> Harbour:
    """Open the bot with its first version."""
    await banking.grant(store)
    made = Harbour(desk, store, time)
    await made.open()
    return made
