"""Publishing a draft, and rolling back: both move the pointer, and nothing is ever rewritten."""

import asyncio
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.core.bank_diff import Diff, compare
from bot.core.facts import Pack
from bot.core.library import Shelf
from bot.core.roles import LOCAL_OWNER, Role
from bot.core.roles import Act as May
from bot.formats.checks import checks_in
from bot.formats.problems import PackError, Problem
from bot.search.engine import build
from bot.service.bank_editing import CHECKS, QUIZ
from bot.service.bank_ports import Act, Content, Draft, State, Version
from bot.service.bank_problems import Refusal
from bot.service.bank_reading import OpenDraft, Opened, Texts, opened
from bot.service.banks import Banks, Released, allow
from bot.service.checking import Failure, expected, failures
from bot.service.ports import Work

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Published:
    """What a publication or a rollback did."""

    pack: str
    version: int
    before: int
    """The version that was published before; 0 where none was."""
    diff: Diff
    alone: bool = False
    """Whether something sensitive was changed, and nobody was there to look at it too."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """What somebody wants to publish, and what they saw of it."""

    draft: OpenDraft
    seen: int
    by: str
    old: Opened | None
    diff: Diff
    alone: bool


@dataclass(frozen=True, slots=True)
class Publisher:
    """Moves the pointer."""

    banks: Banks

    async def publish(self, number: int, seen: int, by: str, *, alone: bool = False) -> Published:
        """Make a version of a draft whose revision `seen` the person saw, and publish it.

        Refused below the bar of the pack's own checks, over what somebody else published meanwhile, and
        where a change to something sensitive wants a second person. Whoever has the machine may answer
        for that `alone`, which the audit log says.
        """
        async with self.banks.work() as work:
            by = await allow(work, by, May.BANK_PUBLISH)
        draft = await self.banks.draft(number)
        old = await self._current(draft.draft.pack)
        await asyncio.to_thread(hold_to_checks, old, draft)
        diff = await asyncio.to_thread(compare, old.pack if old else None, draft.pack)
        async with self.banks.work() as work:
            published = await self._kept(work, _Asked(draft, seen, by, old, diff, alone))
        self.banks.moved()
        return published

    async def rollback(self, pack: str, version: int, by: str) -> Published:
        """Publish an earlier version again; 0 withdraws the pack. A rollback is undone by another one."""
        async with self.banks.work() as work:
            by = await allow(work, by, May.BANK_ROLLBACK)
        old = await self._current(pack)
        new = await self.banks.version(pack, version) if version else None
        was, now = old.pack if old else None, new.pack if new else None
        diff = await asyncio.to_thread(_between, was, now)
        async with self.banks.work() as work:
            await work.banks.hold(pack)
            before = (await work.banks.published()).get(pack, 0)
            if before == version:
                raise Refusal("bank.rollback.same", pack=pack, number=version)
            await self._move(work, Released(pack, version, was, now, by), before, Act.ROLLED_BACK)
        self.banks.moved()
        return Published(pack, version, before, diff)

    async def _current(self, pack: str) -> Opened | None:
        async with self.banks.work() as work:
            number = (await work.banks.published()).get(pack, 0)
            content = await work.banks.content(pack, number) if number else None
        return await opened(content) if content else None

    async def _kept(self, work: Work, asked: _Asked) -> Published:
        pack, number, by = asked.draft.draft.pack, asked.draft.draft.id, asked.by
        await work.banks.hold(pack)
        before = (await work.banks.published()).get(pack, 0)
        now = await _still(work, asked.draft.draft, asked.seen, before)
        lonely = await self._second(work, now, asked)
        content = await work.banks.draft_content(number)
        version = await _added(work, now, by, content, self.banks.clock())
        await work.banks.set_state(number, State.OPEN, State.PUBLISHED, self.banks.clock())
        old = asked.old.pack if asked.old else None
        released = Released(pack, version, old, asked.draft.pack, by)
        await self._move(work, released, before, Act.PUBLISHED)
        return Published(pack, version, before, asked.diff, lonely)

    async def _move(self, work: Work, released: Released, before: int, act: Act) -> None:
        pack, version, by = released.pack, released.version, released.by
        await work.banks.publish(pack, version, by, act, self.banks.clock())
        name = "bank.publish" if act is Act.PUBLISHED else "bank.rollback"
        await work.roles.record(by, name, pack, f"version {before}", f"version {version}")
        for listener in self.banks.listeners:
            await listener(work, released)

    async def _second(self, work: Work, draft: Draft, asked: _Asked) -> bool:
        """Ask for a second person where something sensitive changes; say whether there was none."""
        touchy, by = asked.diff.sensitive, asked.by
        if not touchy or _seen_by_two(draft, by):
            return False
        others = await _others(work, {by, *draft.editors})
        if others and not (asked.alone and by == LOCAL_OWNER):
            raise Refusal("bank.second", diff=asked.diff, number=draft.id, count=len(touchy))
        names = ", ".join(item.id for item in touchy)
        await work.roles.record(by, "bank.alone", draft.pack, after=names[:500])
        _log.warning("banks: %s: sensitive items changed, seen by one person only", draft.pack)
        return True


def _seen_by_two(draft: Draft, by: str) -> bool:
    editors = set(draft.editors) or {""}
    agreed = {draft.approved} if draft.approved and draft.approved != by else set[str]()
    return bool(({by} - editors) or agreed)


def _between(old: Pack | None, new: Pack | None) -> Diff:
    """Return what differs; a pack that is withdrawn loses everything."""
    if new:
        return compare(old, new)
    return compare(old, replace(old, facts=(), questions=())) if old else Diff()


async def _others(work: Work, known: set[str]) -> set[str]:
    """Return who else could look at it."""
    granted = {g.person for g in await work.roles.granted() if g.role >= Role.EDITOR}
    return {*granted, *work.roles.owners} - known


async def _still(work: Work, saw: Draft, seen: int, published: int) -> Draft:
    """Return the draft where it is still as it was seen, and stands on what is published."""
    now = await work.banks.draft(saw.id)
    if now is None or now.state is not State.OPEN:
        raise Refusal(f"bank.draft.{now.state if now else 'none'}", number=saw.id)
    if (now.revision, now.revision) != (seen, saw.revision):
        raise Refusal("bank.draft.changed", number=saw.id, editors=", ".join(now.editors))
    if now.base != published:
        raise Refusal("bank.draft.behind", number=saw.id, base=now.base, version=published)
    return now


async def _added(work: Work, draft: Draft, by: str, content: Content | None, now: datetime) -> int:
    versions = await work.banks.versions(draft.pack)
    number = versions[0].number + 1 if versions else 1
    version = Version(draft.pack, number, now, by, draft.note, draft.origin)
    if content is None or not await work.banks.add_version(version, content):
        raise Refusal("bank.draft.behind", number=draft.id, base=draft.base, version=number)
    return number


def hold_to_checks(old: Opened | None, draft: OpenDraft) -> None:
    """Ask the draft the questions of its checks; refuse it where one is lost.

    A check that the published version does not meet either is no reason. Where nothing but the quiz has
    changed, every answer is the same.
    """
    if CHECKS not in draft.texts or (old and _same_answers(old.texts, draft.texts)):
        return
    try:
        checks = checks_in(draft.texts[CHECKS], CHECKS, {fact.id for fact in draft.pack.facts})
    except PackError as error:
        raise Refusal("bank.files.wrong", error.problems, count=len(error.problems)) from error
    missed = list(failures(checks, Shelf(draft.pack, build(draft.pack))))
    if missed and old:
        shelf = Shelf(old.pack, build(old.pack))
        before = {f.check.id for f in failures([f.check for f in missed], shelf)}
        missed = [failure for failure in missed if failure.check.id not in before]
    if missed:
        raise Refusal("bank.checks", tuple(_told(missed)), count=len(missed), of=len(checks))


def _same_answers(old: Texts, new: Texts) -> bool:
    return all(old.get(n) == new.get(n) for n in {*old, *new} - {QUIZ})


def _told(missed: Sequence[Failure]) -> Iterator[Problem]:
    for failure in missed:
        check = failure.check
        asked = " / ".join((*check.after, check.question))
        cause = f'"{asked}" must lead to {expected(check.expect)}, but {failure.got}'
        cure = "mend the fact that it should lead to, or the check"
        yield Problem(CHECKS, check.line, cause, cure)
