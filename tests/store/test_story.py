"""Whatever happens to the deliveries, in whatever order: held against a model of three lines."""

import asyncio
import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.events import Place
from bot.service.ports import Outgoing
from bot.store.deliveries import LEASE
from bot.store.store import SqlStore
from tests.cast import NOON
from tests.store.things import queue

CHATS = [f"telegram:{n}" for n in range(3)]
DELAYS = [0, 1, 30, LEASE.total_seconds()]


@dataclass
class Waiting:
    """What the model knows of one delivery: nothing but when it may be claimed."""

    title: str
    free_at: datetime = NOON


class Story:
    """The store and its model side by side."""

    def __init__(self, store: SqlStore) -> None:
        self.store = store
        self.now = NOON
        self.model: dict[str, list[Waiting]] = {chat: [] for chat in CHATS}
        self.held: list[Outgoing] = []

    async def queue(self, chat: str) -> None:
        title = f"letter {sum(map(len, self.model.values()))} of {self.now}"
        self.model[chat].append(Waiting(title))
        await queue(self.store, title, Place("telegram", chat))

    async def claim(self, _: str) -> None:
        claimed = await self.store.claim("telegram", self.now, 99)
        due = [line[0] for line in self.model.values() if line and line[0].free_at <= self.now]
        assert sorted(o.card.title for o in claimed) == sorted(w.title for w in due)
        for waiting in due:
            waiting.free_at = self.now + LEASE
        self.held += claimed

    async def deliver(self, chat: str) -> None:
        if outgoing := self._take(chat):
            await self.store.delivered(outgoing, [str(outgoing.id)])
            self.model[chat].pop(0)

    async def give_up(self, chat: str) -> None:
        if outgoing := self._take(chat):
            await self.store.given_up(outgoing, "blocked", self.now)
            self.model[chat].pop(0)

    async def postpone(self, chat: str) -> None:
        if outgoing := self._take(chat):
            until = self.now + timedelta(seconds=30)
            await self.store.postponed(outgoing, until)
            self.model[chat][0].free_at = until

    async def crash(self, chat: str) -> None:
        self._take(chat)

    def _take(self, chat: str) -> Outgoing | None:
        """Return what a sender holds for a chat; it acts within its lease or not at all."""
        mine = [o for o in self.held if o.place.chat == chat]
        self.held = [o for o in self.held if o.place.chat != chat]
        held = bool(mine) and self.model[chat][0].free_at > self.now
        return mine[-1] if held and mine[-1].card.title == self.model[chat][0].title else None


steps = st.tuples(
    st.sampled_from(
        ["queue", "queue", "claim", "claim", "deliver", "give_up", "postpone", "crash"]
    ),
    st.sampled_from(CHATS),
    st.sampled_from(DELAYS),
)


@settings(max_examples=20)
@given(story=st.lists(steps, max_size=25))
def test_any_story_is_told_in_order_and_to_its_end(
    empty: Path, story: list[tuple[str, str, float]]
):
    async def tell(database: str) -> None:
        async with SqlStore.open(f"sqlite:///{database}") as store:
            told = Story(store)
            for step, chat, delay in story:
                told.now += timedelta(seconds=delay)
                await getattr(told, step)(chat)

    with TemporaryDirectory() as folder:
        asyncio.run(tell(shutil.copy(empty, folder)))
