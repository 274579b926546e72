"""What viewers see of live quizzes: a board that all share, and what each alone sees."""

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from weakref import WeakValueDictionary

from bot.core.live import closes_for
from bot.core.live_types import (
    Asking,
    Board,
    Given,
    Mine,
    Paused,
    Phase,
    Ranked,
    Reveal,
    Shown,
    State,
)
from bot.service.desk import Desk
from bot.service.live_codes import read_code
from bot.service.live_hub import Hub
from bot.service.live_ports import LiveView, Participant, Pulse, Sent
from bot.service.live_stage import may_lead, position, staged
from bot.service.waiting import Wait, pause

_REMEMBERED = 256


@dataclass(slots=True)
class _Seen:
    """A board, and how far its quiz was."""

    pulse: Pulse
    board: Board
    news: int = 0
    """How much news the watch had of it before."""
    counted: Board | None = None
    """The same board with how many have answered since."""
    own: dict[str, Mine] | None = None
    """What each learner alone sees, by their keys; None before anybody asked."""


@dataclass(frozen=True, slots=True)
class _Own:
    """What one viewer alone sees, and when."""

    mine: Mine | None = None
    leads: bool = False
    epoch: int = -1


class Looking:
    """Looks at live quizzes."""

    def __init__(self, desk: Desk, wait: Wait = pause) -> None:
        self._desk = desk
        self.hub = Hub(desk.store, desk.clock, wait)
        self._seen: OrderedDict[str, _Seen] = OrderedDict()
        self._looks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def view(self, code: str, person: str = "", platform: str = "web") -> LiveView | None:
        """Return a live quiz as one viewer sees it, or None where there is none of that code."""
        board = await self.board(code)
        if board is None:
            return None
        said = self._desk.write(board.said, platform) if board.said else None
        own = await self._own(board, person) if person else _Own()
        return LiveView(board, self._desk.clock(), own.mine, said, own.leads)

    async def glance(
        self, code: str, person: str = "", *, sure: bool = False, counts: bool = False
    ) -> LiveView | None:
        """Return a live quiz as the watch saw it last, which costs nothing, however many ask.

        Where nobody watches it here, it is as it is now. With `sure` what the viewer alone sees
        is as it is now in any case; without `counts` it may lack who has joined and answered since
        the quiz last went on.
        """
        code = read_code(code)
        async with self._looks.setdefault(code, asyncio.Lock()):
            seen = await self._recent(code, counts=counts)
            if seen and person and seen.own is None and not sure:
                seen.own = await self._all_own(code, seen.board)
        if seen is None:
            return None
        board, mine = seen.counted or seen.board, (seen.own or {}).get(person)
        if not person or (mine and not sure):
            return LiveView(board, self._desk.clock(), mine)
        own = await self._own(board, person)
        if own.epoch != board.epoch:
            return await self.view(code, person)
        return LiveView(board, self._desk.clock(), own.mine)

    def answered(self, sent: Sent) -> None:
        """Note an answer that was kept, so that a glance does not ask for it again."""
        seen = self._seen.get(sent.code)
        question = seen.board.question if seen else None
        mine = seen.own.get(sent.person) if seen and seen.own else None
        if seen and seen.own and mine and question and question.position == sent.position:
            seen.own[sent.person] = replace(mine, response=sent.response)

    async def _recent(self, code: str, *, counts: bool) -> _Seen | None:
        seen, news = self._seen.get(code), self.hub.news(code)
        newest = news > 0 and seen is not None and (seen.news == news or not counts)
        if seen and newest and seen.pulse.epoch == self.hub.epoch(code):
            return seen
        pulse = await self.hub.pulse(code)
        if seen and pulse and _only_answered(seen, pulse):
            # More have answered the same question, nothing else: that needs no look.
            more = pulse.answered - seen.pulse.answered
            seen.counted = replace(seen.board, answered=seen.board.answered + more)
            seen.news = news
            return seen
        if pulse and (seen is None or seen.pulse != pulse or seen.news != news):
            seen = await self._look(code, pulse)
        return seen if pulse else None

    async def _all_own(self, code: str, board: Board) -> dict[str, Mine]:
        """Return what each learner alone sees, in one look."""
        now = self._desk.clock()
        async with self._desk.store.work(now) as work:
            stage = await staged(work, code, self._desk.library, now, lock=False)
            people = await stage.taking_part() if stage else ()
            at = position(stage.state) if stage else None
            given = (
                await work.sessions.answers(stage.session.id, at)
                if stage and at is not None
                else ()
            )
        if stage is None:
            return {}
        answers = {one.participant: one for one in given}
        places = {one.participant: one for one in board.standing}
        return {
            one.person: mine(stage.state, one, answers.get(one.id), places.get(one.id))
            for one in people
            if not one.gone
        }

    async def board(self, code: str) -> Board | None:
        """Return what everybody sees; cheap, however many ask."""
        code = read_code(code)
        # Who comes while somebody looks takes what they have seen.
        async with self._looks.setdefault(code, asyncio.Lock()):
            pulse = await self.hub.pulse(code)
            seen = self._seen.get(code)
            if pulse and (seen is None or seen.pulse != pulse):
                seen = await self._look(code, pulse)
            return seen.board if pulse and seen else None

    def watch(self, code: str) -> AsyncIterator[Pulse]:
        """Yield how far a live quiz is: now, and each time that it has changed."""
        return self.hub.watch(read_code(code))

    async def _look(self, code: str, pulse: Pulse) -> _Seen | None:
        now, news = self._desk.clock(), self.hub.news(code)
        async with self._desk.store.work(now) as work:
            stage = await staged(work, code, self._desk.library, now, lock=False)
            if stage is None:
                return None
            scene = await stage.scene()
        seen = self._seen[code] = _Seen(pulse, scene.board, news)
        self._seen.move_to_end(code)
        while len(self._seen) > _REMEMBERED:
            self._seen.popitem(last=False)
        return seen

    async def _own(self, board: Board, person: str) -> _Own:
        now = self._desk.clock()
        async with self._desk.store.work(now) as work:
            stage = await staged(work, board.code, self._desk.library, now, lock=False)
            if stage is None:
                return _Own()
            leads = await may_lead(work, stage.session, person)
            me = await work.sessions.participant(stage.session.id, person)
            if me is None or me.gone:
                return _Own(None, leads, stage.session.epoch)
            at = position(stage.state)
            given = (
                await work.sessions.answers(stage.session.id, at, me.id) if at is not None else ()
            )
        place = next((one for one in board.standing if one.participant == me.id), None)
        own = mine(stage.state, me, given[0] if given else None, place)
        return _Own(own, leads, stage.session.epoch)


def _only_answered(seen: _Seen, pulse: Pulse) -> bool:
    before = seen.pulse
    same = before.epoch == pulse.epoch and before.joined == pulse.joined
    return same and seen.board.phase is Phase.ASKING and pulse.answered > before.answered


def mine(state: State, me: Participant, given: Given | None, place: Ranked | None) -> Mine:
    """Return what one learner alone sees."""
    running = state.was if isinstance(state, Paused) else state
    closes = closes_for(running, me.factor) if isinstance(running, Asking) else None
    return Mine(
        me.name,
        me.id,
        given.response if given else None,
        given.fraction if given and _reveals(running) else None,
        closes,
        timed=closes is not None,
        place=place,
    )


def _reveals(running: State) -> bool:
    return isinstance(running, Shown) and running.course.setup.reveal is Reveal.EACH
