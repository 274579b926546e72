"""Live quizzes: opened, joined, led and answered, from wherever people are.

The part of the conversation (`live_part`), the page and the deadlines all come here. What changes
is committed before a call returns; what has to be shown in chats goes out through the outbox.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import replace
from functools import partial

from bot.core.effects import Effect, Post
from bot.core.events import Place
from bot.core.live_scoring import drawn, seconds_for
from bot.core.live_types import (
    MORE,
    Act,
    Board,
    Control,
    Counted,
    Course,
    EverybodyAnswered,
    Joined,
    Judged,
    Left,
    Lobby,
    Missed,
    Outage,
    Over,
    Refused,
    Remark,
    Setup,
)
from bot.core.live_types import Effect as Happened
from bot.service.answering import Answering, Arrived
from bot.service.deadlines import Back, Ringing
from bot.service.desk import Desk
from bot.service.groupcommit import GroupCommit
from bot.service.keeping import Posting
from bot.service.live_boards import BETWEEN, Boards
from bot.service.live_codes import digest, fresh_code, fresh_recovery, pseudonym, read_code
from bot.service.live_kept import setup_json, state_json
from bot.service.live_looking import Looking
from bot.service.live_ports import (
    BOARD,
    CodeTaken,
    Entered,
    LiveView,
    NewSession,
    NoQuestions,
    Participant,
    Pulse,
    Sent,
    Session,
)
from bot.service.live_stage import Stage, may_lead, position, staged
from bot.service.ports import StoreProblem, Work
from bot.service.waiting import Wait, pause

EVERY = 1.0
"""Seconds between two looks at the boards that do not say yet how many have answered."""
MOST_BOARDS = 20
"""Boards that are brought up to date each time, so that answers need not wait for many of them."""
_TRIES = 10

_log = logging.getLogger(__name__)


class Live:
    """Live quizzes; see `bot.service.live_ports.Lives`."""

    def __init__(
        self, desk: Desk, wait: Wait = pause, code: Callable[[], str] = fresh_code
    ) -> None:
        self._desk = desk
        self._wait = wait
        self._code = code
        self.looking = Looking(desk, wait)
        self._answering = Answering()
        self._answers = GroupCommit(desk.store, desk.clock, self._answering.take)
        self._behind: set[str] = set()
        """The quizzes whose boards in chats do not say yet how many have answered."""

    # Opening and joining.

    async def create(self, host: str, setup: Setup, place: Place | None = None) -> str:
        """Open a lobby and return its code; raise `NoQuestions` where the setup leaves none."""
        now = self._desk.clock()
        async with self._desk.store.work(now) as work:
            stage = await self.opened(work, await work.roles.acting(host), setup)
            posts = [await self.boards(stage).open(place, BOARD)] if place else []
            queued = await self._posted(work, posts)
        self._wake(queued)
        return stage.session.code

    async def opened(self, work: Work, host: str, setup: Setup) -> Stage:
        """Open a lobby in a transaction; raise `NoQuestions` where the setup leaves none."""
        now, library = self._desk.clock(), self._desk.library
        setup = replace(setup, seed=setup.seed or self._desk.token())
        pack = next((one.pack for one in library.shelves if one.pack.id == setup.pack), None)
        questions = drawn(pack, setup) if pack else ()
        if not pack or not questions:
            raise NoQuestions(setup.pack)
        state = Lobby(Course(setup, tuple(seconds_for(one, setup) for one in questions)))
        kept = (setup_json(setup), state_json(state), state.kind)
        version = (await work.banks.published()).get(pack.id, 0)
        new = NewSession(
            self._code(), pack.id, pack.title, host, *kept, questions, now, version=version
        )
        return Stage(work, await self._kept(work, new), state, library, now)

    async def _kept(self, work: Work, new: NewSession) -> Session:
        for _ in range(_TRIES):
            try:
                return await work.sessions.open(new)
            except CodeTaken:
                new = replace(new, code=self._code())
        return await work.sessions.open(new)

    async def join(self, code: str, person: str, name: str) -> Entered | Missed:
        """Let somebody take part."""
        recovery = fresh_recovery()
        async with self._desk.store.work(self._desk.clock()) as work:
            stage = await self.staged(work, code)
            if stage is None or isinstance(stage.state, Over):
                return Missed.UNKNOWN
            known = await work.sessions.participant(stage.session.id, person)
            joined = await self.joined(stage, person, name, recovery)
        self.changed(stage.session.code)
        return Entered(stage.session.code, joined.name, "" if known else recovery)

    async def joined(
        self, stage: Stage, person: str, name: str, recovery: str = ""
    ) -> Participant:
        """Let somebody take part, in a transaction."""
        kept = digest(recovery) if recovery else ""
        sessions, number = stage.work.sessions, stage.session.id
        joined = await sessions.join(number, person, pseudonym(name), stage.now, kept)
        await stage.apply(Joined())
        return joined

    async def recover(self, code: str, recovery: str, person: str) -> Entered | Missed:
        """Let somebody who closed their tab go on under another key."""
        async with self._desk.store.work(self._desk.clock()) as work:
            stage = await self.staged(work, code)
            if stage is None:
                return Missed.UNKNOWN
            found = await work.sessions.recover(stage.session.id, digest(recovery), person)
        if found is None:
            return Missed.STRANGER
        self.changed(stage.session.code)
        return Entered(stage.session.code, found.name)

    async def leave(self, code: str, person: str) -> bool:
        """Let somebody go; say whether they were there."""
        now = self._desk.clock()
        async with self._desk.store.work(now) as work:
            stage = await self.staged(work, code)
            if stage is None or not await work.sessions.leave(stage.session.id, person, now):
                return False
            await stage.apply(Left())
        self.changed(stage.session.code)
        return True

    # Leading.

    async def control(
        self, code: str, person: str, act: Act, *, seconds: float = MORE, may: bool = False
    ) -> Remark | Missed | None:
        """Act on a live quiz; return why nothing changed, or None."""
        async with self._desk.store.work(self._desk.clock()) as work:
            stage = await self.staged(work, code)
            if stage is None:
                return Missed.UNKNOWN
            may = may or await may_lead(work, stage.session, person)
            effects = await stage.control(Control(act, may, seconds), person)
            queued = await self._shown(stage, effects)
        self._wake(queued)
        self.changed(stage.session.code)
        return next((effect.why for effect in effects if isinstance(effect, Refused)), None)

    async def time_up(self, ringing: Ringing) -> Sequence[Effect]:
        """Deal with the deadline of a live quiz."""
        number = int(ringing.deadline.subject)
        stage = await staged(ringing.work, number, ringing.library, ringing.now)
        if stage is None:
            return ()
        ringing.after.append(partial(self.changed, stage.session.code))
        effects = await stage.time_up(ringing.deadline.epoch)
        return await self.boards(stage).posts(effects)

    async def returned(self, back: Back) -> Sequence[Effect]:
        """Give every running question the time back that was lost."""
        posts: list[Effect] = []
        for number in await back.work.sessions.underway():
            stage = await staged(back.work, number, back.library, back.now)
            if stage:
                back.after.append(partial(self.changed, stage.session.code))
                posts += await self.boards(stage).posts(await stage.apply(Outage(back.since)))
        return posts

    # Answering.

    async def answer(self, sent: Sent) -> Judged:
        """Take an answer; when this returns, it is committed (or was not counted)."""
        code = read_code(sent.code)
        sent = replace(sent, code=code, name=pseudonym(sent.name) if sent.name else "")
        judged = await self._answers.take(Arrived(sent, self._desk.clock()))
        if isinstance(judged, Counted):
            self.looking.answered(sent)
            self.changed(code)
            if code in self._answering.awaited:
                self._answering.awaited.discard(code)
                await self._perhaps_all(code)
        return judged

    async def written(self, work: Work, sent: Sent) -> tuple[Judged, Sequence[Post]]:
        """Take an answer in the transaction of the message that it was written in.

        Return what became of it, and what has to be shown where it was the last to wait for.
        """
        arrived = Arrived(sent, self._desk.clock())
        # Held from the beginning, since the question may close with it.
        stage = await self.staged(work, sent.code)
        [judged] = await self._answering.take(work, [arrived])
        if stage is None or not isinstance(judged, Counted):
            return judged, ()
        self.changed(stage.session.code)
        if sent.code not in self._answering.awaited:
            return judged, ()
        self._answering.awaited.discard(sent.code)
        if not await stage.all_answered():
            return judged, ()
        effects = await stage.apply(EverybodyAnswered(sent.position))
        return judged, await self.boards(stage).posts(effects)

    async def _perhaps_all(self, code: str) -> None:
        """Close the question where this was the last answer to wait for."""
        async with self._desk.store.work(self._desk.clock()) as work:
            stage = await self.staged(work, code)
            if stage is None or not await stage.all_answered():
                return
            effects = await stage.apply(EverybodyAnswered(position(stage.state) or 0))
            queued = await self._shown(stage, effects)
        self._wake(queued)
        self.changed(code)

    # Looking.

    async def view(self, code: str, person: str = "", platform: str = "web") -> LiveView | None:
        """Return a live quiz as one viewer sees it, or None where there is none of that code."""
        return await self.looking.view(code, person, platform)

    async def glance(
        self, code: str, person: str = "", *, sure: bool = False, counts: bool = False
    ) -> LiveView | None:
        """Return a live quiz as it was seen last, which costs nothing, however many ask."""
        return await self.looking.glance(code, person, sure=sure, counts=counts)

    async def board(self, code: str) -> Board | None:
        """Return what everybody sees; cheap, however many ask."""
        return await self.looking.board(code)

    def watch(self, code: str) -> AsyncIterator[Pulse]:
        """Yield how far a live quiz is: now, and each time that it has changed."""
        return self.looking.watch(code)

    def changed(self, code: str) -> None:
        """Tell who watches, and the boards in chats, that a quiz has changed."""
        self.looking.hub.ring(code)
        self._behind.add(code)

    async def keep_boards(self, stop: asyncio.Event) -> None:
        """Write into the boards in chats how many have joined and answered, now and then."""
        while not stop.is_set():
            try:
                await self.catch_up()
            except StoreProblem as problem:
                _log.error("live: %s", problem)
            await self._wait(stop, EVERY)

    async def catch_up(self) -> None:
        """Bring the boards in chats up to date, as far as their last edit is a while ago.

        Those that have waited longest come first: of hundreds of quizzes not all can be written
        each second, and a platform would not take it either.
        """
        now, behind = self._desk.clock(), self._behind
        self._behind = set[str]()
        if not behind:
            return
        async with self._desk.store.work(now) as work:
            written = await work.sessions.boards(behind)
        standing = sorted(written, key=lambda code: (written[code], code))
        due = [code for code in standing if written[code] <= now - BETWEEN][:MOST_BOARDS]
        self._behind |= written.keys() - {*due}
        for code in due:
            await self._catch_up(code)

    async def _catch_up(self, code: str) -> None:
        async with self._desk.store.work(self._desk.clock()) as work:
            stage = await self.staged(work, code)
            posts = await self.boards(stage).progress() if stage else ()
            queued = await self._posted(work, posts or ())
        if posts is None:
            self._behind.add(code)
        self._wake(queued)

    # In a transaction of the caller.

    async def staged(self, work: Work, code: str) -> Stage | None:
        """Return a live quiz, held until the transaction ends."""
        return await staged(work, read_code(code), self._desk.library, self._desk.clock())

    def boards(self, stage: Stage) -> Boards:
        """Return the rooms of a live quiz."""
        return Boards(stage, self._desk.token, names=self._desk.names)

    async def _shown(self, stage: Stage, effects: Sequence[Happened]) -> set[str]:
        return await self._posted(stage.work, await self.boards(stage).posts(effects))

    async def _posted(self, work: Work, posts: Sequence[Post]) -> set[str]:
        posting = Posting(self._desk, work, self._desk.clock())
        await posting.keep(posts)
        return posting.queued

    def _wake(self, platforms: set[str]) -> None:
        for platform in platforms:
            self._desk.wake(platform)
