"""Keeps the library what is published: from the store at the start, and whenever somebody publishes.

The folder of packs is the first version of each. Where it changes later, what it holds is offered as a
draft, and never published over what admins did.
"""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from bot.core.events import Place
from bot.core.library import Library, Shelf
from bot.core.roles import LOCAL_OWNER
from bot.core.words import notice, say
from bot.formats import archive
from bot.formats.problems import PackError
from bot.formats.strict_yaml import MapNode, Scalar, read_yaml
from bot.formats.undisturbed import undisturbed
from bot.search.engine import build
from bot.service.bank_ports import FOLDER, Act, Content, Draft, State, Version
from bot.service.bank_reading import Texts, opened_now, read
from bot.service.banks import Banks
from bot.service.desk import Desk
from bot.service.ports import StoreProblem, Work
from bot.service.shelves import NoPack, find_packs, kept_for_good, naming
from bot.service.waiting import Wait, pause

EVERY = 3.0
"""Seconds after which a publication by another worker is noticed at the latest."""
PACK = "pack.yaml"

_log = logging.getLogger(__name__)


def _nowhere(library: Library) -> None:
    """Hand a library to nobody."""
    del library


@dataclass
class Librarian:
    """Keeps one library up to date."""

    banks: Banks
    swap: Callable[[Library], None] = _nowhere
    """Called with the whole new library, after each publication."""
    library: Library = field(default_factory=lambda: Library(()))
    versions: Mapping[str, int] = field(default_factory=dict[str, int])
    """Which version of each pack is open."""
    _seen: int = 0
    _nudged: asyncio.Event = field(default_factory=asyncio.Event)

    async def begin(self, folder: Path) -> Sequence[Draft]:
        """Take in what the folder holds and open what is published; return the drafts made of changes."""
        offered = await take_in(self.banks, folder)
        with kept_for_good():
            await self.look()
        return offered

    async def look(self) -> bool:
        """Open what was published since the last look; return whether there was anything."""
        async with self.banks.work() as work:
            newest = await work.banks.newest()
            if newest == self._seen:
                return False
            published = await work.banks.published()
            contents = {
                pack: await work.banks.content(pack, number)
                for pack, number in published.items()
                if self.versions.get(pack) != number
            }
        fresh = {
            pack: await asyncio.to_thread(_shelf, content)
            for pack, content in contents.items()
            if content
        }
        old = {shelf.pack.id: shelf for shelf in self.library.shelves}
        shelves = {**old, **fresh}
        self.library = Library(tuple(shelves[pack] for pack in published if pack in shelves))
        self.versions, self._seen = published, newest
        self.swap(self.library)
        return True

    def nudge(self) -> None:
        """Look at once."""
        self._nudged.set()

    async def watch(self, stop: asyncio.Event, wait: Wait = pause) -> None:
        """Look again and again until told to stop."""
        ending = asyncio.create_task(self._nudge_at(stop))
        try:
            while not stop.is_set():
                await wait(self._nudged, EVERY)
                self._nudged.clear()
                await self._looked(stop)
        finally:
            ending.cancel()
            with suppress(asyncio.CancelledError):
                await ending

    async def _looked(self, stop: asyncio.Event) -> None:
        if stop.is_set():
            return
        try:
            if await self.look():
                _log.info("librarian: opened what was published")
        except (StoreProblem, PackError) as problem:
            _log.error("librarian: %s", problem)

    async def _nudge_at(self, stop: asyncio.Event) -> None:
        await stop.wait()
        self.nudge()


def _shelf(content: Content) -> Shelf:
    with undisturbed():
        pack = opened_now(content).pack
        return Shelf(pack, build(pack))


async def tell_owners(desk: Desk, offered: Sequence[Draft]) -> None:
    """Tell whoever owns the bot of drafts that were made of the folder: once, when they are made."""
    for draft in offered:
        said = notice("bank.folder.draft.notice", "en", (), **_numbers(draft))
        async with desk.store.work(desk.clock()) as work:
            for owner in desk.admins:
                platform = owner.partition(":")[0]
                if platform in desk.outbox and platform in desk.markups:
                    await work.queue(Place(platform, owner), desk.write(said, platform))


def _numbers(draft: Draft) -> Mapping[str, object]:
    return {"pack": draft.pack, "version": draft.base, "draft": draft.id}


async def take_in(banks: Banks, folder: Path) -> Sequence[Draft]:
    """Take in the packs of a folder: new ones are published, changed ones become drafts."""
    offered: list[Draft] = []
    for path in await _packs(banks, folder):
        with naming(path):
            texts = archive.texts_in(path)
            pack = _id_in(texts) or path.name
        try:
            with naming(path):
                offered += await _taken_in(banks, pack, texts)
        except PackError as error:
            version = await _published(banks, pack)
            if not version:
                raise
            _log.warning("%s", say("bank.folder.wrong", pack=pack, version=version))
            _log.warning("%s", error)
    return offered


async def _packs(banks: Banks, folder: Path) -> Sequence[Path]:
    try:
        return find_packs(folder)
    except NoPack:
        async with banks.work() as work:
            if not await work.banks.newest():
                raise
        return ()


async def _published(banks: Banks, pack: str) -> int:
    async with banks.work() as work:
        return (await work.banks.published()).get(pack, 0)


def _id_in(texts: Texts) -> str:
    """Return the id of a pack without reading the rest of it."""
    root = read_yaml(texts.get(PACK, "").encode(), PACK)
    entry = root.entries.get("id") if isinstance(root, MapNode) else None
    return entry.value.text.strip() if entry and isinstance(entry.value, Scalar) else ""


async def _taken_in(banks: Banks, pack: str, texts: Texts) -> Sequence[Draft]:
    digest = archive.digest(texts)
    async with banks.work() as work:
        if await _known(work, pack, digest):
            return ()
    _, content = await read(texts)
    now = banks.clock()
    async with banks.work() as work:
        # Another worker may have been faster.
        await work.banks.hold(pack)
        if await _known(work, pack, digest):
            return ()
        base = (await work.banks.published()).get(pack, 0)
        if not await work.banks.versions(pack):
            await work.banks.add_version(Version(pack, 1, now, origin=FOLDER), content)
            await work.banks.publish(pack, 1, "", Act.PUBLISHED, now)
            await work.roles.record(LOCAL_OWNER, "bank.publish", pack, "version 0", "version 1")
            return ()
        draft = Draft(0, pack, base, 1, now, now, "", "", FOLDER, State.OPEN, digest)
        number = await work.banks.add_draft(draft, content)
        await work.roles.record(LOCAL_OWNER, "bank.draft", f"{pack}: draft {number}", after=FOLDER)
    draft = replace(draft, id=number)
    _log.warning("%s", say("bank.folder.draft", "en", **_numbers(draft)))
    return (draft,)


async def _known(work: Work, pack: str, digest: str) -> bool:
    """Say whether these files came from the folder before, or are a version anyhow."""
    if digest in await work.banks.from_folder(pack):
        return True
    return any(version.digest == digest for version in await work.banks.versions(pack))
