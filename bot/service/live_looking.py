"""What viewers see of live quizzes: a board that all share, and what each alone sees."""

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator
from dataclasses import dataclass
from weakref import WeakValueDictionary

from bot.core.live import closes_for
from bot.core.live_types import Asking, Board, Mine, Over, Paused, Reveal
from bot.service.desk import Desk
from bot.service.live_codes import read_code
from bot.service.live_hub import Hub
from bot.service.live_ports import LiveView, Participant, Pulse
from bot.service.live_stage import Stage, may_lead, position, staged
from bot.service.waiting import Wait, pause

_REMEMBERED = 256


@dataclass(frozen=True, slots=True)
class _Seen:
    """A board, and how far its quiz was."""

    pulse: Pulse
    board: Board


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
        mine, leads = await self._own(code, person) if person else (None, False)
        return LiveView(board, self._desk.clock(), mine, said, leads)

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
        now = self._desk.clock()
        async with self._desk.store.work(now) as work:
            stage = await staged(work, code, self._desk.library, now, lock=False)
            if stage is None:
                return None
            scene = await stage.scene()
        seen = self._seen[code] = _Seen(pulse, scene.board)
        self._seen.move_to_end(code)
        while len(self._seen) > _REMEMBERED:
            self._seen.popitem(last=False)
        return seen

    async def _own(self, code: str, person: str) -> tuple[Mine | None, bool]:
        now = self._desk.clock()
        async with self._desk.store.work(now) as work:
            stage = await staged(work, read_code(code), self._desk.library, now, lock=False)
            if stage is None:
                return None, False
            leads = await may_lead(work, stage.session, person)
            me = await work.sessions.participant(stage.session.id, person)
            return await mine(stage, me) if me and not me.gone else None, leads


async def mine(stage: Stage, me: Participant) -> Mine:
    """Return what one learner alone sees."""
    at, over = position(stage.state), isinstance(stage.state, Over)
    running = stage.state.was if isinstance(stage.state, Paused) else stage.state
    given = (
        await stage.work.sessions.answers(stage.session.id, at, me.id) if at is not None else ()
    )
    shown = at is not None and not isinstance(running, Asking)
    place = None
    if over:
        board = (await stage.scene()).board
        place = next((one for one in board.standing if one.participant == me.id), None)
    closes = closes_for(running, me.factor) if isinstance(running, Asking) else None
    return Mine(
        me.name,
        me.id,
        given[0].response if given else None,
        given[0].fraction if given and shown and _reveals(stage) else None,
        closes,
        timed=closes is not None,
        place=place,
    )


def _reveals(stage: Stage) -> bool:
    return stage.state.course.setup.reveal is Reveal.EACH
