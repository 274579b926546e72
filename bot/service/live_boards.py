"""Writes what has to be shown of a live quiz into its rooms.

A question takes one message in a room, its closing edit, and one message for what was right. How
many have answered is edited into it now and then; such an edit may be left out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

from bot.core import live_cards as cards
from bot.core.answer import Answer, Notice
from bot.core.effects import Post
from bot.core.events import Place
from bot.core.live import closes_for
from bot.core.live_cards import Scene
from bot.core.live_types import (
    UNTIMED,
    Asking,
    Away,
    Cancelled,
    Changed,
    Closed,
    Closing,
    Effect,
    Lobby,
    Opened,
    Paused,
    Refused,
    Shown,
    Skipped,
    Standing,
    Way,
)
from bot.core.polls import PollDraft, draft, poll_problem
from bot.core.words import notice
from bot.service.live_ports import BOARD, CONTROL, OWN, Participant, Room
from bot.service.live_stage import Stage, position
from bot.service.ports import Token

BETWEEN = timedelta(seconds=3)
"""Between two edits that say how many have answered."""
POLLING = frozenset({"telegram"})
"""The platforms that have polls of their own."""
SPOKEN = frozenset({"telegram"})
"""Those without fields to write in: there, answers are written in the private chat."""
LINK = "l_"
"""How what a link into the private chat carries begins; the code of the quiz follows."""


@dataclass
class Boards:
    """The rooms of one live quiz."""

    stage: Stage
    token: Token
    page: str = ""
    names: Mapping[str, str] = field(default_factory=dict[str, str])
    """The bot's own name on each platform."""
    _people: dict[str, Participant] = field(default_factory=dict[str, Participant], init=False)

    async def posts(self, effects: Sequence[Effect]) -> Sequence[Post]:
        """Return what has to be written, now that this has happened."""
        if all(isinstance(effect, Refused) for effect in effects):
            return ()
        rooms = await self.stage.work.sessions.rooms(self.stage.session.id)
        opening = any(isinstance(effect, Opened) for effect in effects)
        if opening:
            rooms = await self._with_own_copies(rooms)
        scene = await self.stage.scene(self.page)
        posts: list[Post] = []
        for effect in effects:
            posts += await self._shown(effect, scene, rooms)
        controls = [room for room in rooms if room.use == CONTROL]
        counts = _counts(rooms)
        return posts + [await self._controlled(room, scene, counts=counts) for room in controls]

    async def open(self, place: Place, use: str) -> Post:
        """Show the quiz in one more room, as it is."""
        scene = await self.stage.scene(self.page)
        room = Room(place, use)
        if use == CONTROL:
            rooms = await self.stage.work.sessions.rooms(self.stage.session.id)
            return await self._controlled(room, scene, counts=_counts(rooms))
        if use == OWN and isinstance(self.stage.state, Asking):
            return await self._asked(room, scene)
        return await self._new(room, cards.said(scene, where=self._where(place)))

    async def progress(self) -> Sequence[Post] | None:
        """Say how many have joined or answered; None where that was said only just now."""
        if not isinstance(self.stage.state, Lobby | Asking):
            return ()
        rooms = await self.stage.work.sessions.rooms(self.stage.session.id)
        counting = CONTROL if _counts(rooms) else BOARD
        told = [room for room in rooms if room.use == counting and room.receipt]
        here = [room for room in told if counting == CONTROL or _shows(room, self.stage)]
        since = self.stage.now - BETWEEN
        stale = [room for room in here if room.at is None or room.at <= since]
        if not stale:
            return None if here else ()
        scene = await self.stage.scene(self.page)
        drawn = [room for room in stale if not self._polls(room, scene)]
        return [await self._progressed(room, scene) for room in drawn]

    async def _progressed(self, room: Room, scene: Scene) -> Post:
        if room.use == CONTROL:
            return await self._replaced(room, cards.control(scene), passing=True)
        return await self._edited(room, scene, passing=True)

    async def _shown(self, effect: Effect, scene: Scene, rooms: Sequence[Room]) -> Sequence[Post]:
        boards = [room for room in rooms if room.use == BOARD]
        copies = [room for room in rooms if room.use == OWN and room.receipt]
        match effect:
            case Opened():
                own = [room for room in rooms if room.use == OWN]
                return [await self._asked(room, scene) for room in (*boards, *own)]
            case Closed():
                closed = [post for room in boards for post in await self._closed(room, scene)]
                return closed + [await self._own_result(room, scene) for room in copies]
            case Skipped(at):
                gone = notice("live.skipped", number=at + 1)
                standing = [room for room in (*boards, *copies) if room.position == at]
                return [await self._dropped(room, gone) for room in standing]
            case Closing() | Changed():
                return await self._changed(scene, boards, copies)
            case _:
                return await self._told(effect, scene, boards, copies)

    async def _told(
        self, effect: Effect, scene: Scene, boards: Sequence[Room], copies: Sequence[Room]
    ) -> Sequence[Post]:
        """Return what is told to the rooms, beside their boards."""
        match effect:
            case Standing():
                standing = cards.standing(scene)
                return [Post(r.place, standing, self.token()) for r in (*boards, *copies)]
            case Away(lost, more):
                seconds = round(lost.total_seconds())
                extra = round(more.total_seconds()) if more else 0
                key = "live.away.more" if more else "live.away"
                away = notice(key, lost=seconds, more=extra)
                return [Post(r.place, away, self.token()) for r in (*boards, *copies)]
            case Cancelled():
                off = notice("live.cancelled")
                return [await self._replaced(room, off) for room in boards if room.receipt]
            case _:
                return ()

    async def _asked(self, room: Room, scene: Scene) -> Post:
        own = room.use == OWN
        seen = await self._own_scene(room, scene) if own else scene
        shown = cards.question(seen, own=own, where=self._where(room.place))
        poll = self._poll(scene) if self._polls(room, scene) else None
        return await self._new(room, shown, poll)

    async def _closed(self, room: Room, scene: Scene) -> Sequence[Post]:
        revealed = scene.board.revealed
        if self._polls(room, scene):
            shown = cards.result(scene) if revealed else cards.question(scene)
            return (Post(room.place, shown, self.token(), room.receipt, closes=True),)
        edit = await self._replaced(room, cards.question(scene))
        told = (Post(room.place, cards.result(scene), self.token()),) if revealed else ()
        return edit, *told

    async def _dropped(self, room: Room, gone: Notice) -> Post:
        """Say that a question counts for nobody; where it stands as a poll, end that."""
        return replace(await self._replaced(room, gone), closes=room.use == BOARD)

    async def _own_result(self, room: Room, scene: Scene) -> Post:
        revealed = scene.board.revealed
        shown = cards.result(scene, own=True) if revealed else cards.question(scene, own=True)
        return await self._replaced(room, shown)

    async def _changed(
        self, scene: Scene, boards: Sequence[Room], copies: Sequence[Room]
    ) -> Sequence[Post]:
        """Write boards anew that show the question underway; the lobby can wait a moment."""
        running = self.stage.state
        was = running.was if isinstance(running, Paused) else running
        if isinstance(was, Lobby | Shown) or scene.board.question is None:
            return ()
        shows = [room for room in boards if _shows(room, self.stage)]
        here = [room for room in shows if not self._polls(room, scene)]
        edits = [await self._edited(room, scene) for room in here]
        polls = [room for room in shows if room not in here]
        told = self._held(running, polls) if isinstance(running, Paused) else []
        return (
            edits
            + told
            + [
                await self._replaced(room, await self._own_question(room, scene))
                for room in copies
            ]
        )

    def _held(self, paused: Paused, polls: Sequence[Room]) -> list[Post]:
        """Say once beside polls that the quiz is paused: they themselves stay open."""
        if paused.since != self.stage.now:
            return []
        return [Post(room.place, notice("live.paused.poll"), self.token()) for room in polls]

    async def _own_question(self, room: Room, scene: Scene) -> Answer:
        seen = await self._own_scene(room, scene)
        return cards.question(seen, own=True, where=self._where(room.place))

    def _where(self, place: Place) -> str:
        """Say where somebody in a room writes an answer: in a field, there, or at an address."""
        if place.platform not in SPOKEN:
            return cards.FIELD
        bot, code = self.names.get(place.platform, ""), self.stage.session.code
        link = f"https://t.me/{bot}?start={LINK}{code}" if bot else cards.FIELD
        return cards.HERE if place.private else link

    async def _controlled(self, room: Room, scene: Scene, *, counts: bool) -> Post:
        shown = cards.control(scene, counts=counts)
        if not room.receipt:
            return await self._new(room, shown)
        return await self._replaced(room, shown, passing=not room.place.private)

    async def _edited(self, room: Room, scene: Scene, *, passing: bool = False) -> Post:
        lobby = scene.board.question is None
        where = self._where(room.place)
        shown = cards.lobby(scene) if lobby else cards.question(scene, where=where)
        return await self._replaced(room, shown, passing=passing)

    async def _new(self, room: Room, what: Answer | Notice, poll: PollDraft | None = None) -> Post:
        at = position(self.stage.state)
        standing = replace(
            room, receipt=self.token(), position=-1 if at is None else at, at=self.stage.now
        )
        await self.stage.work.sessions.put_room(self.stage.session.id, standing)
        return Post(room.place, what, standing.receipt, poll=poll)

    async def _replaced(self, room: Room, what: Answer | Notice, *, passing: bool = False) -> Post:
        written = replace(room, at=self.stage.now)
        await self.stage.work.sessions.put_room(self.stage.session.id, written)
        return Post(room.place, what, room.receipt, room.receipt, passing=passing)

    def _polls(self, room: Room, scene: Scene) -> bool:
        wanted = scene.board.setup.way is Way.POLLS and room.use == BOARD
        if not wanted or room.place.platform not in POLLING or scene.question is None:
            return False
        return not poll_problem(scene.question, scene.caveat)

    def _poll(self, scene: Scene) -> PollDraft:
        assert scene.question  # noqa: S101 - `_polls` has looked; for the type checkers
        at = position(self.stage.state) or 0
        subject = f"l.{scene.board.code}.{at}"
        source = scene.pack.source.name if scene.pack else ""
        asked = draft(scene.question, scene.caveat, subject, source)
        return replace(asked, revoting=scene.board.setup.changes)

    async def _with_own_copies(self, rooms: Sequence[Room]) -> Sequence[Room]:
        """Let learners with more time have copies of their own, where they can be reached."""
        if self.stage.state.course.setup.arranging:
            return rooms  # no chat has a form for such answers
        people = await self.stage.taking_part()
        own = {room.place.chat for room in rooms if room.use == OWN}
        more = [p.person for p in people if p.factor != 1 and p.person and p.person not in own]
        reachable = await self.stage.work.sessions.reachable(more) if more else ()
        added = [Room(Place(key.partition(":")[0], key), OWN) for key in more if key in reachable]
        return [*rooms, *added]

    async def _own_scene(self, room: Room, scene: Scene) -> Scene:
        """Return a board with a learner's own deadline on it."""
        who = await self._whose(room)
        state = self.stage.state
        if who is None or not isinstance(state, Asking):
            return scene
        own = closes_for(state, who.factor) if who.factor != UNTIMED else None
        return replace(scene, board=replace(scene.board, closes=own, closing=False))

    async def _whose(self, room: Room) -> Participant | None:
        if not self._people:
            self._people = {one.person: one for one in await self.stage.taking_part()}
        return self._people.get(room.place.chat)


def _shows(room: Room, stage: Stage) -> bool:
    """Say whether a room's card is the lobby, or the question, that the quiz is at."""
    at = position(stage.state)
    return room.position == (-1 if at is None else at)


def _counts(rooms: Sequence[Room]) -> bool:
    """Say whether who leads is told the numbers on their own card: where no board has them."""
    return not any(room.use == BOARD for room in rooms)
