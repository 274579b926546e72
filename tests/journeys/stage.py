"""The stage: the whole bot over a store, a clock, and the platforms on which people meet it."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Protocol

from bot.assembly import Around, Conversation, assemble
from bot.config import Settings
from bot.core.events import Change, Changed, Person
from bot.core.page import Markup
from bot.core.roles import LOCAL_OWNER, Role
from bot.service.desk import Desk
from bot.service.ports import NotDelivered, Outgoing
from bot.store.store import SqlStore
from tests.cast import NOON
from tests.journeys.watch import Watch

PACKS = Path(__file__).parent / "packs"
PAGE = "http://127.0.0.1:8321"
STEP = timedelta(seconds=1)
SHORT, STRIDE = timedelta(minutes=5), timedelta(hours=1)
"""What is longer than that passes from one deadline to the next, in such strides at least."""


async def undeliverable(desk: Desk, outgoing: Outgoing, failure: NotDelivered) -> None:
    """Give up what could not be delivered, as the outbox does; here nothing fails for a while."""
    if not failure.permanent:
        raise failure
    await desk.store.given_up(outgoing, str(failure), desk.clock())
    by = Person(outgoing.place.chat)
    gone = Changed(outgoing.place, by, Change.UNREACHABLE, receipt=outgoing.receipt)
    await desk.handle(gone)


class Platform(Protocol):
    """One platform, with the real library of its front end over a network of our own."""

    name: str
    markup: Markup

    async def open(self, stack: AsyncExitStack) -> None:
        """Begin."""
        ...

    async def attach(self, conversation: Conversation, watch: Watch) -> None:
        """Let a bot that was just started take over."""
        ...

    async def deliver(self) -> bool:
        """Send what may go out at this moment; tell whether nothing can be left."""
        ...

    def broken(self) -> Sequence[str]:
        """Return what the platform would have refused, or nobody should have seen."""
        ...


@dataclass(frozen=True)
class Key:
    """What is right in a question, and something that is not."""

    right: str
    wrong: str


class Stage:
    """What stands on the stage."""

    def __init__(self, file: Path, packs: Path, platforms: Sequence[Platform]) -> None:
        self.file = file
        self.now = NOON
        self.clock = Clock(self)
        self.bot = Bot(self)
        self.platforms = platforms
        self.watch = Watch()
        self.store: SqlStore
        self.conversation: Conversation
        self._numbers = count(1)
        self._woken: set[str] = set()
        """The platforms for which something waits."""
        self._published = False
        self._settings = Settings(_env_file=None, questions=packs)
        self._stores = AsyncExitStack()
        self._stack = AsyncExitStack()

    async def open(self) -> None:
        """Begin."""
        for platform in self.platforms:
            await platform.open(self._stack)
        await self.start()

    async def start(self) -> None:
        """Start the bot on what its store has."""
        url = f"sqlite:///{self.file}"
        self.store = await self._stores.enter_async_context(SqlStore.open(url))
        markups = {platform.name: platform.markup for platform in self.platforms}
        around = Around(lambda: self.now, self.token, markups, lambda: PAGE, self._until_rung)
        self.conversation = await assemble(self._settings, self.store, around)
        self.watch.over(self.conversation.desk)
        self.conversation.desk.wake = self._woken.add
        self.conversation.librarian.banks.moved = self._nudge
        self._woken.update(markups)
        for platform in self.platforms:
            await platform.attach(self.conversation, self.watch)

    async def kill(self) -> None:
        """End the bot as `kill -9` does: what is not in the store is gone."""
        await self._stores.aclose()

    async def close(self) -> None:
        """End."""
        await self._stores.aclose()
        await self._stack.aclose()

    def token(self) -> str:
        """Return a fresh token."""
        return f"token{next(self._numbers):06}"

    async def grant(self, person: str, role: Role) -> None:
        """Give somebody a role, as the owner does."""
        async with self.store.work(self.now) as work:
            await work.roles.grant(person, role, LOCAL_OWNER)

    def key(self, question: str) -> Key:
        """Return the key of a question of the packs, found by its words."""
        for shelf in self.conversation.desk.library.shelves:
            for asked in shelf.pack.questions:
                if question in asked.stem:
                    right = next(o.text for o in asked.options if o.fraction == 1)
                    wrong = next(o.text for o in asked.options if o.fraction != 1)
                    return Key(right, wrong)
        raise AssertionError(f"nobody asks {question!r}")

    async def settles(self) -> None:
        """Let everything happen that is due, and go out."""
        await self.conversation.finish()
        if self._published:
            self._published = False
            await self.conversation.librarian.look()
            await self.conversation.finish()
        await self.conversation.ringer.beat()
        while await self.conversation.ringer.ring_one():
            pass
        await self.conversation.live.catch_up()
        for platform in self.platforms:
            if platform.name in self._woken and await platform.deliver():
                self._woken.discard(platform.name)

    def _nudge(self) -> None:
        self._published = True

    async def rings(self) -> None:
        """Let the deadlines ring that are due."""
        while await self.conversation.ringer.ring_one():
            pass
        if self._woken:
            await self.settles()

    async def _until_rung(self, bell: asyncio.Event, seconds: float) -> None:
        """Wait for the bell alone: here no time passes by itself."""
        await bell.wait()


class Clock:
    """The only clock."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    async def passes(
        self, *, seconds: float = 0, minutes: float = 0, hours: float = 0, days: float = 0
    ) -> None:
        """Let time pass, with all that happens by itself meanwhile."""
        stage = self._stage
        end = stage.now + timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
        quiet = end - stage.now > SHORT
        while stage.now < end:
            stage.now = await self._next(end) if quiet else min(stage.now + STEP, end)
            await (stage.rings() if quiet else stage.settles())
        await stage.settles()

    async def _next(self, end: datetime) -> datetime:
        now = self._stage.now
        async with self._stage.store.work(now) as work:
            due = await work.deadlines.next_due()
        return min(max(due or end, now + STRIDE), end)


class Bot:
    """The process."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    async def is_killed_and_restarted(self, after: float = 1) -> None:
        """Kill it, and start it again some seconds later."""
        await self._stage.kill()
        self._stage.now += timedelta(seconds=after)
        await self._stage.start()
        await self._stage.settles()


@asynccontextmanager
async def staged(empty: Path, folder: Path, platforms: Sequence[Platform]) -> AsyncIterator[Stage]:
    """Open a stage on a copy of an empty database and of the packs; read everything at the end."""
    file, packs = folder / "doublecheck.db", folder / "packs"
    shutil.copy(empty, file)
    shutil.copytree(PACKS, packs)
    stage = Stage(file, packs, platforms)
    await stage.open()
    try:
        yield stage
        await stage.settles()
    finally:
        await stage.close()
    assert not stage.watch.broken, "\n".join(stage.watch.broken)
    assert stage.watch.cards, "nothing was said, so nothing was watched"
    for platform in platforms:
        assert platform.broken() == []
