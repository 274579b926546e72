"""What classes and assignments are made of."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum

from bot.core.events import Place
from bot.core.quiz import Marked, Question, Response
from bot.core.solo_types import Shown, Solo


@dataclass(frozen=True, slots=True)
class Group:
    """A class: what its teacher calls it, and the code by which learners join."""

    number: int
    name: str
    owner: str
    """The key of the teacher; empty where they have had themselves deleted."""
    code: str
    coded: datetime
    """When the code was made: it runs out."""
    closed: datetime | None = None
    size: int = 0


@dataclass(frozen=True, slots=True)
class Member:
    """A learner in a class."""

    number: int
    group: int
    person: str
    name: str
    """The pseudonym that the learner goes by."""
    label: str = ""
    """The teacher's own code for them, such as `7B-12`."""
    place: Place | None = None
    """Where the learner can be written to, if anywhere."""
    factor: float = 1.0
    """How much more time they get: 1, 1.5, 2, or 0 for no limit at all."""


class Reveal(StrEnum):
    """When a learner is told what an answer was worth, and why."""

    NOW = "now"
    DUE = "due"
    NEVER = "never"


class Counts(StrEnum):
    """Which of several attempts counts."""

    BEST = "best"
    LAST = "last"
    FIRST = "first"


@dataclass(frozen=True, slots=True)
class Setup:
    """What the teacher decided."""

    opens: datetime
    due: datetime | None = None
    zone: str = "UTC"
    """The teacher's time zone, in which moments are shown."""
    attempts: int = 1
    counts: Counts = Counts.BEST
    reveal: Reveal = Reveal.NOW
    minutes: int = 0
    """How long an attempt may take; 0 for as long as one likes."""
    late: bool = True
    """Whether work is taken after it was due, and marked as late."""
    closed: bool = False
    """Whether the teacher has closed it."""
    announced: bool = False
    """Whether the learners were told of it."""


@dataclass(frozen=True, slots=True)
class Assignment:
    """Questions for a class, or for whoever has the link, until a day."""

    number: int
    code: str
    title: str
    host: str
    """The key of the teacher."""
    pack: str
    group: int
    """The class; 0 where it belongs to none."""
    setup: Setup
    questions: tuple[Question, ...] = ()
    """As they were when it was published."""
    deleted: datetime | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """One attempt of one learner."""

    number: int
    assignment: int
    participant: int
    attempt: int
    solo: Solo
    begun: datetime
    ends: datetime | None = None
    """When the learner's own time is up."""
    handed: datetime | None = None
    """When it was handed in."""
    touched: datetime = field(default=datetime(1970, 1, 1, tzinfo=UTC), compare=False)
    """When its learner last did something in it."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """What an attempt came to."""

    number: int
    points: float = 0.0


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer to keep."""

    position: int
    question: Question
    response: Response
    marked: Marked


class Stand(StrEnum):
    """Where an assignment stands for one learner at one moment."""

    EARLY = "early"
    OPEN = "open"
    LATE = "late"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Ran:
    """What a move in an attempt leads to."""

    solo: Solo
    shown: tuple[Shown, ...]
    answered: Answered | None = None
    saved: bool = False
    """Whether an answer was kept of which nothing is told yet."""
    over: bool = False
    """Whether there is nothing left to ask: it can be handed in."""
