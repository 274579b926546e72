"""What follows from a publication: corrections, reports that are mended, questions that have an answer.

It goes by the publications in the store, not by who publishes: so it comes after one on the command line
and in another worker too, and of each people are told once.
"""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from bot.core.bank_diff import Diff, compare
from bot.core.corrections import Corrected, concerns, corrected, told
from bot.core.effects import Post
from bot.core.facts import Pack
from bot.core.flags import changed
from bot.core.show import key
from bot.core.unanswered import State
from bot.service.asking_again import answers_now, tell_answers, waiting_questions
from bot.service.bank_reading import opened
from bot.service.desk import Desk
from bot.service.errands import Errands
from bot.service.flag_ports import Move
from bot.service.flagging import Triage
from bot.service.keeping import Posting
from bot.service.ports import Work
from bot.service.regrading import reachable
from bot.service.wish_part import CORRECTIONS


@dataclass(frozen=True, slots=True)
class _Change:
    """What a publication changed."""

    old: Pack
    new: Pack
    diff: Diff
    corrections: Mapping[str, Corrected]


class Follower:
    """Follows publications: what each means to people is looked for aside, and told once."""

    def __init__(self, desk: Desk) -> None:
        self.errands = Errands(desk)
        self._desk = desk
        self._one_at_a_time = asyncio.Lock()

    def look(self) -> None:
        """Look aside whether there is something to tell; call it once the library was swapped."""
        self.errands.begin(self._followed)

    async def _followed(self) -> Sequence[Post]:
        await self.follow()
        return ()  # sent already, each in the transaction that takes it off the list

    async def follow(self) -> int:
        """Tell people what follows from every publication of which nobody was told yet."""
        async with self._one_at_a_time:
            async with self._desk.store.work(self._desk.clock()) as work:
                moves = await work.flags.to_follow()
            done = [move for move in moves if await self._after(move)]
            if done:
                await self._ask_again()
                await self._reopen({move.pack for move in done})
            return len(done)

    async def _after(self, move: Move) -> bool:
        change = await self._changed(move)
        now = self._desk.clock()
        async with self._desk.store.work(now) as work:
            if not await work.flags.follow(move.publication):
                return False  # another worker was faster
            posts = [*await self._posts(work, move, change)] if change else []
            queued = await self._send(work, posts)
        self._wake(queued)
        return True

    async def _changed(self, move: Move) -> _Change | None:
        """Return what a publication changed; None where nothing was there before or is there now."""
        async with self._desk.store.work(self._desk.clock()) as work:
            before = await work.banks.content(move.pack, move.before) if move.before else None
            after = await work.banks.content(move.pack, move.version) if move.version else None
        if before is None or after is None:
            return None
        old, new = (await opened(before)).pack, (await opened(after)).pack
        diff = await asyncio.to_thread(compare, old, new)
        return _Change(old, new, diff, corrected(old, new, diff))

    async def _posts(self, work: Work, move: Move, change: _Change) -> Sequence[Post]:
        triage = Triage(self._desk, work)
        mended = await triage.mended(changed(change.diff), move.pack, move.version, move.by)
        return [*mended, *await self._corrections(work, change)]

    async def _corrections(self, work: Work, change: _Change) -> Sequence[Post]:
        """Return one message for each person who was given something that is corrected."""
        if not change.corrections:
            return ()
        pack, found = change.new, change.corrections
        since = self._desk.clock() - self._desk.retention.receipts
        given = await work.flags.given(CORRECTIONS, pack.id, set(found), since)
        people = dict(enumerate(given))
        posts: list[Post] = []
        for number, place in (await reachable(work, people, self._desk)).items():
            person = people[number]
            news = [
                one
                for one in concerns(given[person], found)
                if await work.flags.tell_correction(person, key(pack, one.new))
            ]
            if news:
                posts.append(Post(place, told(pack, news), self._desk.token()))
        return posts

    async def _ask_again(self) -> None:
        """Ask the kept questions again, and tell who asked what has an answer now."""
        desk = self._desk
        async with desk.store.work(desk.clock()) as work:
            questions = await waiting_questions(work)
        found = await asyncio.to_thread(answers_now, questions, desk.library)
        if not found:
            return
        async with desk.store.work(desk.clock()) as work:
            queued = await self._send(work, await tell_answers(work, desk, found))
        self._wake(queued)

    async def _reopen(self, packs: Collection[str]) -> None:
        """Let questions wait again whose fact was not what they asked, or is in no draft any more."""
        async with self._desk.store.work(self._desk.clock()) as work:
            questions = await waiting_questions(work)
            drafted = {q.pack for q in questions if q.state is State.DRAFTED}
            for pack in sorted(drafted.intersection(packs)):
                drafts = await work.banks.drafts(pack)
                contents = [await work.banks.draft_content(draft.id) for draft in drafts]
                found = [(await opened(content)).pack for content in contents if content]
                await work.flags.reopen(pack, {fact.id for p in found for fact in p.facts})

    async def _send(self, work: Work, posts: Sequence[Post]) -> set[str]:
        posting = Posting(self._desk, work, self._desk.clock())
        await posting.keep(posts)
        return posting.queued

    def _wake(self, platforms: set[str]) -> None:
        for platform in platforms:
            self._desk.wake(platform)
