"""What a quiz alone is made of: a person's state, the moves they can make, and what is shown."""

from dataclasses import dataclass
from enum import StrEnum

from bot.core.facts import Pack
from bot.core.quiz import Marked, Question, Response


class Stage(StrEnum):
    """What a person is doing."""

    OVER = "over"
    PACK = "pack"
    TOPIC = "topic"
    LENGTH = "length"
    SORT = "sort"
    QUESTION = "question"
    TOLD = "told"
    """A question was answered, and the next is not asked for yet."""
    PAUSED = "paused"


class Sort(StrEnum):
    """Which kinds of questions to ask."""

    MIXED = "mixed"
    CHOOSING = "choosing"
    CHECKING = "checking"


@dataclass(frozen=True, slots=True)
class Given:
    """What became of one question."""

    question: str
    step: int
    """The step at which it was answered or skipped."""
    fraction: float = 0.0
    skipped: bool = False
    scored: bool = True


@dataclass(frozen=True, slots=True)
class Solo:
    """Where one person is in their quiz; it outlives the process."""

    step: int = 0
    stage: Stage = Stage.OVER
    seed: str = ""
    pack: str = ""
    topic: str = ""
    """Empty for all of them."""
    count: int = 0
    """0 until it is chosen."""
    sort: Sort = Sort.MIXED
    practice: bool = False
    """Whether these are questions that were missed before."""
    questions: tuple[str, ...] = ()
    at: int = 0
    partial: tuple[str, ...] = ()
    """What was chosen so far, where several presses make one answer."""
    given: tuple[Given, ...] = ()
    typed: bool = False
    """Whether the question is answered by writing."""
    verb: str = "q"
    """How the verbs of its buttons begin; that of an assignment names the attempt."""

    @property
    def awaits_words(self) -> bool:
        """Whether the person's next words are the answer to a question."""
        return self.stage is Stage.QUESTION and self.typed

    @property
    def underway(self) -> bool:
        """Whether there is a quiz to go on with."""
        return self.stage in {Stage.QUESTION, Stage.TOLD, Stage.PAUSED}


# Moves.


@dataclass(frozen=True, slots=True)
class Begin:
    """Start, as far as it is said with what; otherwise choices are shown, or the quiz under way."""

    words: str = ""
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class Practise:
    """Ask again what was missed before, most overdue first."""

    pack: str
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pick:
    """Press the button of that place in the list."""

    number: int


@dataclass(frozen=True, slots=True)
class Write:
    """Write an answer."""

    text: str


class Press(StrEnum):
    """The other buttons."""

    DONE = "d"
    AGAIN = "a"
    SKIP = "s"
    NEXT = "n"
    STOP = "x"
    RESUME = "r"
    END = "e"


Move = Begin | Practise | Pick | Write | Press

# What is shown.


@dataclass(frozen=True, slots=True)
class Menu:
    """Something to choose before the quiz begins."""

    stage: Stage
    labels: tuple[str, ...]
    """What stands on the buttons: titles, numbers, or the names of sorts."""
    pack: Pack | None = None
    unknown: str = ""
    """What was asked for and is not there."""
    first: bool = False
    """Whether nothing of the pack was shown before it, such as its content note."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question."""

    pack: Pack
    question: Question
    resumed: bool = False
    changed: bool = False
    """Whether it stands already, and only what was chosen is new."""
    first: bool = False
    """Whether nothing of the pack was shown before it, such as its content note."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """What was written is no answer to this question."""

    question: Question


@dataclass(frozen=True, slots=True)
class Told:
    """What an answer was worth, and why."""

    pack: Pack
    question: Question
    response: Response
    marked: Marked
    last: bool


@dataclass(frozen=True, slots=True)
class Summary:
    """How it went, at the end or so far."""

    pack: Pack
    paused: bool = False


class Remark(StrEnum):
    """Short replies to a press that changes nothing."""

    NO_QUESTIONS = "quiz.none"
    OLD = "quiz.old"
    TWICE = "quiz.twice"
    NOTHING = "quiz.nothing"
    CHOOSE = "quiz.choose"


Shown = Menu | Asked | Unreadable | Told | Summary | Remark


@dataclass(frozen=True, slots=True)
class Recalled:
    """Whether somebody knew the answer to a question; for practice later."""

    pack: str
    question: str
    right: bool


@dataclass(frozen=True, slots=True)
class Practice:
    """The quiz questions that a person missed, each a pack and a question, most overdue first."""

    due: tuple[tuple[str, str], ...] = ()
    later: tuple[tuple[str, str], ...] = ()
    next_due: str = ""
    """When the first of the later ones is due, in words."""


@dataclass(frozen=True, slots=True)
class Moved:
    """What a move leads to."""

    state: Solo
    shown: tuple[Shown, ...]
    recalled: tuple[Recalled, ...] = ()
