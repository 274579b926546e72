"""What a live quiz is made of: how it is set up, its phases, what happens to it, what is shown.

Answers are rows of the store, not state: a press changes nothing here. The state says which
question is open and until when, and `bot.core.live.judge` holds a press against it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Literal

from bot.core.answer import Answer
from bot.core.quiz import QuestionKind, Response

LIVE = "live"
"""The kind of a live quiz's sessions and deadlines."""
UNTIMED = 0.0
"""Seconds of a question, or the factor of a learner, that stand for as long as it takes."""
SETTLE = timedelta(seconds=0.5)
"""How long a question stays open after its grace: what arrived in time is still being written."""
MORE = 15.0
"""Seconds that one press adds to a question."""


class Scoring(StrEnum):
    """Whether speed counts."""

    PLAIN = "plain"
    SPEED = "speed"


class Reveal(StrEnum):
    """When the answers are shown."""

    EACH = "each"
    END = "end"


class Way(StrEnum):
    """How a group answers."""

    BUTTONS = "buttons"
    POLLS = "polls"


@dataclass(frozen=True, slots=True)
class Setup:
    """How a teacher wants a live quiz."""

    pack: str
    topics: tuple[str, ...] = ()
    """Empty for all of them."""
    length: int = 10
    seconds: float | None = None
    """For each question; 0 is untimed, None goes by the length of its text."""
    scoring: Scoring = Scoring.PLAIN
    reveal: Reveal = Reveal.EACH
    way: Way = Way.BUTTONS
    changes: bool = False
    """Whether an answer may be changed until the time is up; otherwise the first one counts."""
    grace: float = 1.0
    """Seconds after the deadline in which an answer still counts."""
    onward: float = 0.0
    """Seconds after which the next question comes by itself; 0 waits for the teacher."""
    early: bool = False
    """Whether a question closes once everybody who joined has answered."""
    note: bool = False
    """Whether the class is shown the pack's content note."""
    writing: bool = False
    """Whether questions are drawn as well whose answer is a number, or a few words."""
    arranging: bool = False
    """Whether those are drawn whose answer is an order, or pairs: only the page can take them."""
    seed: str = ""
    """The chance by which questions and options are drawn."""


class Phase(StrEnum):
    """Where a live quiz is."""

    LOBBY = "lobby"
    ASKING = "asking"
    SHOWN = "shown"
    """Between two questions."""
    PAUSED = "paused"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Course:
    """What every phase knows."""

    setup: Setup
    seconds: tuple[float, ...]
    """For each question, in order."""
    epoch: int = 0
    """Goes up with every change; a deadline carries the one that it was set in."""
    closed: tuple[int, ...] = ()
    """The positions of the questions that were closed and count, in order."""
    skipped: tuple[int, ...] = ()
    """The positions of those that count for nobody."""


@dataclass(frozen=True, slots=True)
class Lobby:
    """People join."""

    course: Course
    kind: Literal[Phase.LOBBY] = Phase.LOBBY


@dataclass(frozen=True, slots=True)
class Asking:
    """A question is open."""

    course: Course
    at: int
    opened: datetime
    """Moves with what was lost to pauses and outages, so that it tells how long people had."""
    closes: datetime | None
    """When the time is up; None for as long as it takes."""
    closing: bool = False
    """Whether the time is up for most, and only those with more time of their own go on."""
    ends: datetime | None = None
    """While closing: when the last of them is out of time; None for as long as it takes."""
    kind: Literal[Phase.ASKING] = Phase.ASKING


@dataclass(frozen=True, slots=True)
class Shown:
    """A question was closed, and the next is not asked yet."""

    course: Course
    at: int
    since: datetime
    """When the time was up, or when the teacher ended it."""
    onward: datetime | None = None
    """When the next one comes by itself."""
    kind: Literal[Phase.SHOWN] = Phase.SHOWN


@dataclass(frozen=True, slots=True)
class Paused:
    """The teacher has stopped the clock; what was underway comes back as it was."""

    course: Course
    was: Asking | Shown
    since: datetime
    kind: Literal[Phase.PAUSED] = Phase.PAUSED


@dataclass(frozen=True, slots=True)
class Over:
    """It has ended."""

    course: Course
    kind: Literal[Phase.OVER] = Phase.OVER


State = Lobby | Asking | Shown | Paused | Over

# Events.


class Act(StrEnum):
    """What who leads a live quiz can do."""

    START = "start"
    PAUSE = "pause"
    RESUME = "resume"
    NEXT = "next"
    """Close the question that is open, or go on to the next one."""
    SKIP = "skip"
    """Drop the question that is open: it counts for nobody."""
    EXTEND = "extend"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class Control:
    """Somebody acts; whether they may was looked up at this very press."""

    act: Act
    may: bool
    seconds: float = MORE
    """For `EXTEND`."""
    epoch: int | None = None
    """The one that who acts had before their eyes; None where that does not matter."""


@dataclass(frozen=True, slots=True)
class Joined:
    """Somebody joined."""


@dataclass(frozen=True, slots=True)
class Left:
    """Somebody left."""


@dataclass(frozen=True, slots=True)
class TimeUp:
    """A deadline rings."""

    epoch: int
    waits: bool = False
    """Whether somebody with more time of their own has not answered yet."""
    ends: datetime | None = None
    """When the last of those is out of time; None for as long as it takes."""


@dataclass(frozen=True, slots=True)
class Outage:
    """Nobody was there to take answers, from that moment until now."""

    since: datetime


@dataclass(frozen=True, slots=True)
class EverybodyAnswered:
    """Nobody is left who could answer the question at that position."""

    at: int


Event = Control | Joined | Left | TimeUp | Outage | EverybodyAnswered

# Effects.


@dataclass(frozen=True, slots=True)
class Opened:
    """A question is asked."""

    at: int


@dataclass(frozen=True, slots=True)
class Closing:
    """The time is up for most."""

    at: int


@dataclass(frozen=True, slots=True)
class Closed:
    """A question was closed and counts."""

    at: int


@dataclass(frozen=True, slots=True)
class Skipped:
    """A question was dropped and counts for nobody."""

    at: int


@dataclass(frozen=True, slots=True)
class Changed:
    """What stands on the boards is to be written anew: paused, resumed, more time, somebody came."""


@dataclass(frozen=True, slots=True)
class Away:
    """The room is told of an outage."""

    lost: timedelta
    more: timedelta | None
    """What the question has more; None where none is timed."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How everybody did: once, at the end."""


@dataclass(frozen=True, slots=True)
class Cancelled:
    """It ended before the first question."""


@dataclass(frozen=True, slots=True)
class Wake:
    """The one deadline of the quiz from now on; None for none."""

    due: datetime | None


class Remark(StrEnum):
    """Why an event changed nothing; each is a sentence."""

    NOT_YOURS = "live.not-yours"
    NOT_NOW = "live.not-now"
    """Such as resuming what is not paused."""
    UNTIMED = "live.untimed"
    OLD = "live.old"
    """The button belongs to an earlier step."""
    OVER = "live.ended"


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing changed, and that is why."""

    why: Remark


Effect = (
    Opened | Closing | Closed | Skipped | Changed | Away | Standing | Cancelled | Wake | Refused
)

# What becomes of an answer.


@dataclass(frozen=True, slots=True)
class Counted:
    """It counts."""

    took: float
    """Seconds since the question was opened, for this learner."""
    left: float = 1.0
    """The share of their time that was left, from 0 to 1; 1 where it is untimed."""
    changed: bool = False
    """Whether it takes the place of an earlier one."""


@dataclass(frozen=True, slots=True)
class Late:
    """It came after the time was up, by so many seconds."""

    by: float


@dataclass(frozen=True, slots=True)
class Already:
    """An earlier answer counts."""

    response: Response


class Missed(StrEnum):
    """Why an answer has nothing to count for."""

    NOT_YET = "live.answer.not-yet"
    CLOSED = "live.answer.closed"
    PAUSED = "live.answer.paused"
    UNREADABLE = "live.answer.unreadable"
    """It is none to this question."""
    UNKNOWN = "live.answer.unknown"
    """There is no such quiz, or no such question in it."""
    STRANGER = "live.answer.stranger"
    """Who answers has not joined, and cannot any more."""


Judged = Counted | Late | Already | Missed


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as it is kept."""

    participant: int
    position: int
    response: Response
    fraction: float
    correct: bool
    points: float
    took: float
    at: datetime
    attempt: int = 1
    late: bool = False


# What is shown.


@dataclass(frozen=True, slots=True)
class OptionShown:
    """One option as it stands on a board."""

    id: str
    letter: str
    text: str
    count: int | None = None
    """How many chose it; None until that is revealed."""
    right: bool | None = None


@dataclass(frozen=True, slots=True)
class QuestionShown:
    """A question as it stands on a board: no key in it before it is revealed."""

    position: int
    count: int
    """How many questions there are."""
    kind: QuestionKind
    stem: str
    options: tuple[OptionShown, ...]
    topic: str = ""
    key: str = ""
    """The right answer in words, once it is revealed."""
    why: str = ""
    """The question's own feedback, once it is revealed; `said` has it with verdicts and sources."""
    lefts: tuple[str, ...] = ()
    """What is to be matched, in order; the options are what may belong to it."""
    rights: int | None = None
    """How many had it wholly right, once that is revealed; of questions without options it is all
    that is shown, since what pupils wrote themselves is shown to nobody else."""
    sensitive: bool = False
    """Whether it is for reflection only, without points and time."""

    @property
    def several(self) -> bool:
        """Whether several options make up one answer."""
        return self.kind is QuestionKind.SEVERAL


@dataclass(frozen=True, slots=True)
class Ranked:
    """One line of the standing; ties share a place."""

    place: int
    participant: int
    name: str
    points: float
    right: int
    answered: int


@dataclass(frozen=True, slots=True)
class Board:
    """What everybody sees of a live quiz; the same for all, so it can be shared."""

    code: str
    title: str
    phase: Phase
    epoch: int
    setup: Setup
    host: str
    """The key of who leads it; empty where they were erased."""
    count: int
    """How many questions there are."""
    question: QuestionShown | None
    """The open one, or the last one that was closed; None in the lobby."""
    opened: datetime | None
    closes: datetime | None
    closing: bool
    revealed: bool
    """Whether the question above shows its answer."""
    onward: datetime | None
    names: tuple[str, ...]
    answered: int
    """How many have answered the question above."""
    standing: tuple[Ranked, ...]
    """Once it is over."""
    most: float
    """The points that could be had in the standing."""
    said: Answer | None
    """All of it in words with its caveat, as a chat shows it; None where no claim is stated."""
    caveat: str
    note: str = ""
    """The pack's content note, where the teacher has switched it on."""
    asked: Mapping[int, int] = field(default_factory=dict[int, int])
    """How many answered each question that was closed."""
    why: Answer | None = None
    """Why the answer is right, with verdicts and caveat, for boards that draw the rest themselves."""


@dataclass(frozen=True, slots=True)
class Mine:
    """What one learner alone sees."""

    name: str
    participant: int
    response: Response | None = None
    """Their answer to the question on the board."""
    fraction: float | None = None
    """What it was worth, once that is revealed."""
    closes: datetime | None = None
    """Their own deadline."""
    timed: bool = True
    """Whether their time is limited at all."""
    place: Ranked | None = None
    """Once it is over."""
