"""What quiz sessions need of the store: live quizzes and assignments stand in the same tables."""

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from bot.core.cards import Card
from bot.core.events import Place
from bot.core.live_types import (
    LIVE,
    MORE,
    Act,
    Board,
    Given,
    Judged,
    Mine,
    Missed,
    Remark,
    Setup,
)
from bot.core.quiz import Question, Response

Json = Mapping[str, Any]
"""A setup or a state as it is kept; who owns the kind of session reads and writes it."""

AnswerPlace = tuple[int, int, int]
"""Where an answer stands: session, position, participant; of a session that allows one attempt."""

BOARD, CONTROL, OWN = "board", "control", "own"
"""What a room is used for: by everybody, by the teacher alone, by one learner alone."""


@dataclass(frozen=True, slots=True)
class NewSession:
    """A session that begins."""

    code: str
    pack: str
    title: str
    host: str
    """The person's key."""
    setup: Json
    state: Json
    phase: str
    questions: Sequence[Question]
    at: datetime
    points: float = 1.0
    """What a whole answer to each of them is worth."""
    version: int = 0
    """Of the bank; 0 is what stands in the folder."""
    kind: str = LIVE


@dataclass(frozen=True, slots=True)
class Session:
    """A session as it is kept."""

    id: int
    code: str
    kind: str
    pack: str
    version: int
    title: str
    host: str
    """Empty where they were erased."""
    setup: Json
    state: Json
    phase: str
    epoch: int
    at: datetime
    ended: datetime | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a session, as it was when the session began."""

    position: int
    question: Question
    points: float = 1.0
    opened: datetime | None = None
    closed: datetime | None = None
    skipped: bool = False


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody who takes part."""

    id: int
    person: str
    """The person's key; empty where they were erased."""
    name: str
    """What the others see."""
    joined: datetime
    choosing: Json = field(default_factory=dict[str, Any])
    """What was chosen so far where several presses make one answer."""
    gone: datetime | None = None
    factor: float = 1.0
    """How much more time they have than others, by the host's word; 0 for as long as it takes."""


@dataclass(frozen=True, slots=True)
class Room:
    """A chat in which a session shows itself."""

    place: Place
    use: str = BOARD
    receipt: str = ""
    """Of the card that stands there; empty where none does yet."""
    position: int = -1
    """The question that the card shows; -1 for the lobby."""
    at: datetime | None = None
    """When it was last written."""


@dataclass(frozen=True, slots=True)
class Pulse:
    """How far a session is: what is looked at often, to see whether anything has changed."""

    epoch: int
    joined: int
    answered: int
    """Answers to all of its questions."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """Something that happens at a moment, once."""

    kind: str
    subject: str
    epoch: int
    due: datetime
    id: int = 0
    tries: int = 0
    """How often its handler failed."""


class Sessions(Protocol):
    """What a transaction keeps of sessions. Those of both kinds, unless a method says otherwise."""

    async def open(self, new: NewSession) -> Session:
        """Keep a session that begins, with its questions; raise `CodeTaken` for a code in use."""
        ...

    async def by_code(self, code: str, *, lock: bool = False) -> Session | None:
        """Return the session of that code.

        With `lock` nobody else changes it, and no answer to it is kept, until the transaction ends.
        """
        ...

    async def by_id(self, number: int, *, lock: bool = False) -> Session | None:
        """Return the session of that number."""
        ...

    async def by_codes(self, codes: Collection[str]) -> Mapping[str, Session]:
        """Return sessions that nobody changes until the transaction ends; answers to them may be kept."""
        ...

    async def keep(self, session: Session) -> None:
        """Keep what changes in a session: state, phase, epoch, setup, title, when it ended."""
        ...

    async def questions(self, session: int) -> Sequence[Asked]:
        """Return the questions of a session in order."""
        ...

    async def mark_question(
        self,
        session: int,
        position: int,
        *,
        opened: datetime | None = None,
        closed: datetime | None = None,
        skipped: bool = False,
    ) -> None:
        """Note when a question was opened or closed, or that it counts for nobody."""
        ...

    async def join(
        self, session: int, person: str, name: str, at: datetime, recovery: str = ""
    ) -> Participant:
        """Let a person take part, once, under a name that is unique in the session.

        Who was there before is returned as they are, and is no longer gone.
        `recovery` is the digest of the code by which a closed tab is found again.
        """
        ...

    async def join_all(self, joining: Mapping[tuple[int, str], str], at: datetime) -> None:
        """Let many people take part at once: a session and a person's key, and a name for each."""
        ...

    async def leave(self, session: int, person: str, at: datetime) -> bool:
        """Note that a person has left; say whether they were there."""
        ...

    async def recover(self, session: int, recovery: str, person: str) -> Participant | None:
        """Hand over to a person the part of whoever was given that recovery code."""
        ...

    async def participants(self, session: int) -> Sequence[Participant]:
        """Return who takes part, in the order in which they joined."""
        ...

    async def participant(self, session: int, person: str) -> Participant | None:
        """Return a person as they take part."""
        ...

    async def takers(
        self, of: Collection[tuple[int, str]]
    ) -> Mapping[tuple[int, str], Participant]:
        """Return people as they take part, each by a session and the person's key."""
        ...

    async def choose(self, participant: int, choosing: Json) -> None:
        """Keep what a learner has chosen so far."""
        ...

    async def answers(
        self, session: int, position: int | None = None, participant: int | None = None
    ) -> Sequence[Given]:
        """Return the answers to a session, or to one question of it, or of one learner."""
        ...

    async def given(self, places: Collection[AnswerPlace]) -> Mapping[AnswerPlace, Given]:
        """Return the answers that stand in those places."""
        ...

    async def take_answers(
        self, given: Sequence[tuple[int, Given]], *, change: bool = False
    ) -> Collection[AnswerPlace]:
        """Keep answers, each to a session, at most one for each place; return where one was kept.

        Without `change` the one that is there already counts, otherwise the newer one.
        """
        ...

    async def rooms(self, session: int, use: str = "") -> Sequence[Room]:
        """Return the chats in which a session shows itself."""
        ...

    async def boards(self, codes: Collection[str]) -> Mapping[str, datetime]:
        """Return when something was last written into the rooms of sessions that have any."""
        ...

    async def put_room(self, session: int, room: Room) -> None:
        """Keep a room, in place of what was kept of it."""
        ...

    async def drop_room(self, session: int, place: Place, use: str = "") -> None:
        """Let a session show itself no more in a chat."""
        ...

    async def reachable(self, people: Collection[str]) -> Collection[str]:
        """Return those who have a private chat with the bot, by their keys."""
        ...

    async def in_room(self, place: Place, use: str = BOARD) -> Session | None:
        """Return the session underway that a chat was used for last."""
        ...

    async def led_by(self, person: str, kind: str = LIVE) -> Sequence[Session]:
        """Return the sessions underway of a host, newest first."""
        ...

    async def underway(self, kind: str = LIVE) -> Sequence[int]:
        """Return the numbers of the sessions that are not over."""
        ...

    async def pulses(self, codes: Collection[str]) -> Mapping[str, Pulse]:
        """Return how far sessions are."""
        ...

    async def factors(self, teacher: str) -> Mapping[str, float]:
        """Return who has more time by a teacher's word, by their keys."""
        ...

    async def put_factor(self, teacher: str, person: str, factor: float) -> None:
        """Give a person more time; 1 takes it away."""
        ...


class CodeTaken(Exception):
    """A session of that code exists already."""


class Deadlines(Protocol):
    """What a transaction keeps of what happens later."""

    async def put(self, kind: str, subject: str, epoch: int, due: datetime) -> None:
        """Set a deadline; the same one again moves it."""
        ...

    async def drop(self, kind: str, subject: str) -> None:
        """Drop the deadlines of a subject, but for one that is just ringing."""
        ...

    async def of(self, kind: str, subject: str) -> Sequence[Deadline]:
        """Return the deadlines of a subject, the earliest first."""
        ...

    async def claim(self, now: datetime) -> Deadline | None:
        """Hold the first deadline that is due until the transaction ends, and take it away."""
        ...

    async def again(self, deadline: Deadline, due: datetime) -> None:
        """Put a deadline back whose handler failed."""
        ...

    async def give_up(self, deadline: Deadline) -> None:
        """Take a deadline away whose handler failed too often."""
        ...

    async def next_due(self) -> datetime | None:
        """Return when the next deadline is due."""
        ...

    async def beat(self, name: str, at: datetime) -> datetime | None:
        """Note that we are alive; return when that was last noted, by whichever process."""
        ...


@dataclass(frozen=True, slots=True)
class Sent:
    """An answer on its way into the store."""

    code: str
    position: int
    person: str
    response: Response
    platform: str = ""
    update: str = ""
    """The platform's id of the update, by which a repeated one is known; empty for none."""
    name: str = ""
    """Under which the person joins, where they have not yet; empty where that is no joining."""


@dataclass(frozen=True, slots=True)
class Entered:
    """What somebody who joined is told."""

    code: str
    name: str
    """The name that they go by, cleaned and made unique."""
    recovery: str = ""
    """By which a closed tab is found again; empty where they had joined before."""


@dataclass(frozen=True, slots=True)
class LiveView:
    """A live quiz as one viewer sees it."""

    board: Board
    """What everybody sees; the same object for all as long as nothing changes."""
    now: datetime
    """The server's clock, to count down by."""
    mine: Mine | None = None
    """What this viewer alone sees; None for who only watches."""
    said: Card | None = None
    """The board in words with its caveat, written for the viewer's platform."""
    leads: bool = False
    """Whether this viewer may control it."""


class Lives(Protocol):
    """Live quizzes, for front ends that are no chat; `bot.service.live.Live` is the one."""

    async def create(self, host: str, setup: Setup, place: Place | None = None) -> str:
        """Open a lobby and return its code; raise `NoQuestions` where the setup leaves none."""
        ...

    async def join(self, code: str, person: str, name: str) -> Entered | Missed:
        """Let somebody take part."""
        ...

    async def recover(self, code: str, recovery: str, person: str) -> Entered | Missed:
        """Let somebody who closed their tab go on under another key."""
        ...

    async def leave(self, code: str, person: str) -> bool:
        """Let somebody go; say whether they were there."""
        ...

    async def control(
        self, code: str, person: str, act: Act, *, seconds: float = MORE, may: bool = False
    ) -> Remark | Missed | None:
        """Act on a live quiz; return why nothing changed, or None.

        The host and granted teachers may; `may` says that the front end knows of another right,
        such as being an admin of the group.
        """
        ...

    async def answer(self, sent: Sent) -> Judged:
        """Take an answer; when this returns, it is committed (or was not counted)."""
        ...

    async def view(self, code: str, person: str = "", platform: str = "web") -> LiveView | None:
        """Return a live quiz as one viewer sees it, or None where there is none of that code."""
        ...

    async def glance(
        self, code: str, person: str = "", *, sure: bool = False, counts: bool = False
    ) -> LiveView | None:
        """Return the same as it was seen last: a moment old where it is watched here.

        It costs nothing, however many ask, and says neither who leads nor anything in words.
        With `sure` what the viewer alone sees is looked up anew; without `counts` it may lack
        who has joined and answered since the quiz last went on.
        """
        ...

    async def board(self, code: str) -> Board | None:
        """Return what everybody sees; cheap, however many ask."""
        ...

    def watch(self, code: str) -> AsyncIterator[Pulse]:
        """Yield how far a live quiz is: now, and each time that it has changed."""
        ...


class NoQuestions(Exception):
    """A setup leaves no question to ask."""
