"""Banks: drafts that are worked on, versions that never change, and which of them is published.

Every act is checked against the role of whoever does it, and stands in the audit log. Reading files is done
off the loop. Each act has a transaction of its own, unless the banks are bound to one with `within`; on SQLite
there is one writer, so never call an unbound act inside somebody else's `work`.
"""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace

from bot.core.bank_diff import Item, compare
from bot.core.facts import Pack
from bot.core.quiz import Question
from bot.core.roles import Act as May
from bot.core.roles import may
from bot.formats.merging import merge
from bot.formats.problems import PackError
from bot.service import bank_editing as editing
from bot.service.bank_comparing import Compared, reach
from bot.service.bank_editing import Edit, apply, verify
from bot.service.bank_ports import Content, Draft, Publication, State, Version
from bot.service.bank_problems import Refusal
from bot.service.bank_reading import OpenDraft, Opened, Texts, opened, read
from bot.service.ports import Clock, Store, Work


@dataclass(frozen=True, slots=True)
class Released:
    """What a publication, or a rollback, changes: given to everybody who wants to know."""

    pack: str
    version: int
    old: Pack | None
    """What was published before."""
    new: Pack | None
    """What is published now; None where the pack was withdrawn."""
    by: str


Listener = Callable[[Work, Released], Awaitable[None]]
"""Called in the transaction of a publication: what it queues goes out if, and only if, that is kept."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A pack that there is, and which version of it is published."""

    pack: str
    version: int
    """0 where none is."""
    drafts: int


@dataclass(frozen=True, slots=True)
class Told:
    """One version of a pack in its history."""

    version: Version
    publications: Sequence[Publication]
    """The moves of the pointer to it, newest first."""
    current: bool


@dataclass(frozen=True, slots=True)
class Past:
    """What one version did to one item."""

    version: Version
    item: Item


@dataclass
class Banks:
    """The drafts and versions of all packs."""

    store: Store
    clock: Clock
    listeners: list[Listener] = field(default_factory=list[Listener])
    """Told of every publication and rollback: offers of marking again, corrections."""
    moved: Callable[[], None] = lambda: None
    """Called once a publication is kept, so that this worker notices at once."""
    _bound: Work | None = None

    def within(self, work: Work) -> "Banks":
        """Return the same banks, acting in a transaction that is open already."""
        return replace(self, _bound=work)

    @asynccontextmanager
    async def work(self) -> AsyncGenerator[Work]:
        """Give the transaction that an act belongs to."""
        if self._bound is not None:
            yield self._bound
        else:
            async with self.store.work(self.clock()) as work:
                yield work

    # Looking.

    async def standings(self) -> Sequence[Standing]:
        """Return every pack that is published or has a draft."""
        async with self.work() as work:
            published = await work.banks.published()
            drafts = [draft.pack for draft in await work.banks.drafts()]
        names = sorted({*published, *drafts})
        return [Standing(n, published.get(n, 0), drafts.count(n)) for n in names]

    async def drafts(self, pack: str = "", state: State | None = State.OPEN) -> Sequence[Draft]:
        """Return drafts, newest first."""
        async with self.work() as work:
            return await work.banks.drafts(pack, state)

    async def own_draft(self, pack: str, by: str) -> Draft | None:
        """Return somebody's newest draft that stands on what is published, and nobody else works on."""
        async with self.work() as work:
            who = await work.roles.acting(by)
            published = (await work.banks.published()).get(pack, 0)
            drafts = await work.banks.drafts(pack)
        mine = (d for d in drafts if set(d.editors) <= {who} and d.base == published)
        return next(mine, None)

    async def draft(self, number: int) -> OpenDraft:
        """Return a draft with its files and what they mean."""
        async with self.work() as work:
            draft = await _draft(work, number)
            content = await work.banks.draft_content(number)
        if content is None:
            raise Refusal("bank.draft.none", number=number)
        found = await opened(content)
        return OpenDraft(draft, found.texts, found.pack)

    async def version(self, pack: str, number: int = 0) -> Opened:
        """Return a version of a pack, the published one by default."""
        async with self.work() as work:
            number = number or (await work.banks.published()).get(pack, 0)
            content = await work.banks.content(pack, number)
        if content is None:
            key = "bank.version.none" if number else "bank.pack.none"
            raise Refusal(key, pack=pack, number=number)
        return await opened(content)

    async def history(self, pack: str) -> Sequence[Told]:
        """Return the versions of a pack, newest first, and when each was published."""
        async with self.work() as work:
            versions = await work.banks.versions(pack)
            moves = await work.banks.publications(pack)
        if not versions:
            raise Refusal("bank.pack.none", pack=pack)
        now = moves[0].version if moves else 0
        return [
            Told(v, [m for m in moves if m.version == v.number], v.number == now) for v in versions
        ]

    async def item_history(self, pack: str, name: str) -> Sequence[Past]:
        """Return what each version did to a question or a fact, newest first."""
        found: list[Past] = []
        before: Pack | None = None
        for told in reversed(await self.history(pack)):
            after = (await self.version(pack, told.version.number)).pack
            changed = await asyncio.to_thread(compare, before, after)
            found += [Past(told.version, item) for item in changed.items if item.id == name]
            before = after
        return found[::-1]

    async def diff(self, number: int) -> Compared:
        """Return what a draft changes against what is published, and what that touches."""
        draft = await self.draft(number)
        published = await self._published(draft.draft.pack)
        return await self._compared(draft.draft.pack, published, draft.pack)

    async def diff_texts(self, pack: str, texts: Texts) -> Compared:
        """Return what files would change against what is published, and what that touches."""
        found, _ = await read(texts)
        return await self._compared(pack, await self._published(pack), found)

    async def diff_versions(self, pack: str, one: int, other: int) -> Compared:
        """Return what differs between two versions."""
        old = (await self.version(pack, one)).pack if one else None
        return await self._compared(pack, old, (await self.version(pack, other)).pack)

    async def _compared(self, pack: str, old: Pack | None, new: Pack) -> Compared:
        diff = await asyncio.to_thread(compare, old, new)
        async with self.work() as work:
            return await reach(work, pack, diff, new)

    async def _published(self, pack: str) -> Pack | None:
        async with self.work() as work:
            number = (await work.banks.published()).get(pack, 0)
            content = await work.banks.content(pack, number) if number else None
        return (await opened(content)).pack if content else None

    # Drafts.

    async def open_draft(
        self,
        pack: str,
        by: str,
        texts: Texts | Content | None = None,
        *,
        origin: str = "edit",
        note: str = "",
    ) -> Draft:
        """Begin a draft from what is published, or from files; raise Refusal with what is wrong in them.

        Files that were read before are given as Content.
        """
        async with self.work() as work:
            by = await allow(work, by, May.BANK_EDIT)
            base = (await work.banks.published()).get(pack, 0)
            content = await work.banks.content(pack, base) if base and texts is None else None
        if texts is not None:
            content = await _content(pack, texts)
        if content is None:
            raise Refusal("bank.pack.none", pack=pack)
        now = self.clock()
        draft = Draft(0, pack, base, 1, now, now, by, note, origin, State.OPEN, content.digest)
        async with self.work() as work:
            number = await work.banks.add_draft(draft, content)
            await work.roles.record(by, "bank.draft", f"{pack}: draft {number}", after=origin)
            return await _draft(work, number)

    async def edit(self, number: int, seen: int, by: str, *edits: Edit) -> Draft:
        """Change a draft whose revision `seen` the person saw; all of the changes, or none.

        Where somebody else was faster, the refusal has what is different by now.
        """
        by, draft = await self._to_change(number, seen, by)
        texts = await asyncio.to_thread(_applied, draft.texts, edits)
        return await self._replace(draft, by, texts, edits)

    async def _replace(
        self, draft: OpenDraft, by: str, texts: Texts | Content, edits: Sequence[Edit] = ()
    ) -> Draft:
        content = await _content(draft.draft.pack, texts, edits)
        number, seen = draft.draft.id, draft.draft.revision
        async with self.work() as work:
            kept = await work.banks.change_draft(number, seen, content, by, self.clock())
            if kept:
                subject = f"{draft.draft.pack}: draft {number}"
                await work.roles.record(by, "bank.edit", subject, *_in_audit(edits))
                return await _draft(work, number)
        raise await self._too_late(number, draft.pack)

    async def put_files(self, number: int, seen: int, by: str, texts: Texts | Content) -> Draft:
        """Put other files into a draft whose revision `seen` the person saw."""
        by, draft = await self._to_change(number, seen, by)
        return await self._replace(draft, by, texts)

    async def put_question(self, number: int, seen: int, by: str, question: Question) -> Draft:
        """Write a quiz question into a draft."""
        return await self.edit(number, seen, by, editing.PutQuestion(question))

    async def put_fact(self, number: int, seen: int, by: str, plain: dict[str, object]) -> Draft:
        """Write a fact into a draft, with the keys that facts.yaml has."""
        return await self.edit(number, seen, by, editing.PutItem(editing.FACTS, plain))

    async def remove_question(self, number: int, seen: int, by: str, name: str) -> Draft:
        """Take a quiz question out of a draft."""
        return await self.edit(number, seen, by, editing.RemoveItem(editing.QUIZ, name))

    async def remove_fact(self, number: int, seen: int, by: str, name: str) -> Draft:
        """Take a fact out of a draft."""
        return await self.edit(number, seen, by, editing.RemoveItem(editing.FACTS, name))

    async def rename_topic(self, number: int, seen: int, by: str, topic: str, title: str) -> Draft:
        """Give a topic of a draft another title, or add one."""
        return await self.edit(number, seen, by, editing.RenameTopic(topic, title))

    async def rebase(self, number: int, seen: int, by: str) -> Draft:
        """Move the changes of a draft onto what was published meanwhile; never over other changes."""
        by, draft = await self._to_change(number, seen, by)
        pack, base = draft.draft.pack, draft.draft.base
        async with self.work() as work:
            now = (await work.banks.published()).get(pack, 0)
        was: Texts = (await self.version(pack, base)).texts if base else {}
        theirs: Texts = (await self.version(pack, now)).texts if now else {}
        try:
            texts = merge(was, draft.texts, theirs)
        except PackError as error:
            raise Refusal("bank.rebase.clash", error.problems, version=now) from error
        changed = await self._replace(draft, by, texts)
        async with self.work() as work:
            await work.banks.rebase(number, now)
            return replace(changed, base=now)

    async def throw_away(self, number: int, by: str) -> Draft:
        """Put a draft into the bin; it can be taken out again."""
        return await self._move(number, by, State.OPEN, State.THROWN)

    async def restore(self, number: int, by: str) -> Draft:
        """Take a draft out of the bin."""
        return await self._move(number, by, State.THROWN, State.OPEN)

    async def approve(self, number: int, seen: int, by: str) -> Draft:
        """Agree to a draft as it is now, so that somebody else may publish what is sensitive in it."""
        async with self.work() as work:
            by = await allow(work, by, May.BANK_APPROVE)
            draft = await _draft(work, number)
            if not await work.banks.approve(number, seen, by):
                raise Refusal("bank.draft.changed", number=number)
            await work.roles.record(by, "bank.approve", f"{draft.pack}: draft {number}")
            return await _draft(work, number)

    async def _move(self, number: int, by: str, before: State, after: State) -> Draft:
        async with self.work() as work:
            by = await allow(work, by, May.BANK_EDIT)
            draft = await _draft(work, number)
            if not await work.banks.set_state(number, before, after, self.clock()):
                raise Refusal(f"bank.draft.{draft.state}", number=number)
            act = "bank.throw-away" if after is State.THROWN else "bank.restore"
            await work.roles.record(by, act, f"{draft.pack}: draft {number}")
            return await _draft(work, number)

    async def _to_change(self, number: int, seen: int, by: str) -> tuple[str, OpenDraft]:
        """Return who it is, and the draft, where it is still as they saw it."""
        async with self.work() as work:
            by = await allow(work, by, May.BANK_EDIT)
        draft = await self.draft(number)
        if draft.draft.state is not State.OPEN:
            raise Refusal(f"bank.draft.{draft.draft.state}", number=number)
        if draft.draft.revision != seen:
            raise await self._too_late(number, None)
        return by, draft

    async def _too_late(self, number: int, saw: Pack | None) -> Refusal:
        """Return the refusal for who comes second, with what is different by now."""
        now = await self.draft(number)
        old = saw or await self._published(now.draft.pack)
        diff = await asyncio.to_thread(compare, old, now.pack)
        editors = ", ".join(now.draft.editors)
        return Refusal("bank.draft.changed", diff=diff, number=number, editors=editors)


async def allow(work: Work, by: str, act: May) -> str:
    """Hold somebody to their role; return whom a session of the page acts for."""
    if not may(await work.roles.role_of(by), act):
        raise Refusal("bank.not-allowed")
    return await work.roles.acting(by)


async def _draft(work: Work, number: int) -> Draft:
    draft = await work.banks.draft(number)
    if draft is None:
        raise Refusal("bank.draft.none", number=number)
    return draft


async def _content(pack: str, texts: Texts | Content, edits: Sequence[Edit] = ()) -> Content:
    return texts if isinstance(texts, Content) else await _read(pack, texts, edits)


async def _read(pack: str, texts: Texts, edits: Sequence[Edit] = ()) -> Content:
    try:
        found, content = await read(texts)
    except PackError as error:
        raise Refusal("bank.files.wrong", error.problems, count=len(error.problems)) from error
    if found.id != pack:
        raise Refusal("bank.files.other", pack=pack, other=found.id)
    for edit in edits:
        verify(edit, texts, found)
    return content


def _applied(texts: Texts, edits: Sequence[Edit]) -> Texts:
    for edit in edits:
        try:
            texts = apply(texts, edit)
        except PackError as error:
            raise Refusal("bank.files.wrong", error.problems, count=len(error.problems)) from error
    return texts


def _in_audit(edits: Sequence[Edit]) -> tuple[str, str]:
    return "", "; ".join(map(_edit_in_audit, edits)) or "files"


def _edit_in_audit(edit: Edit) -> str:
    match edit:
        case editing.PutItem(file, plain):
            return f"put {plain.get('id', '')} into {file}"
        case editing.PutQuestion(question):
            return f"put {question.id} into {editing.QUIZ}"
        case editing.RemoveItem(file, name):
            return f"took {name} out of {file}"
        case editing.RenameTopic(topic, title):
            return f"called the topic {topic} {title}"
        case editing.PutText(file):
            return f"wrote {file}"
