"""What the pages of a live quiz show of it, ready for the templates; nothing is decided here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil

from bot.core.live_types import Board, Mine, OptionShown, Phase, QuestionShown, Ranked
from bot.core.quiz import ONE_OF, TYPED, QuestionKind
from bot.core.words import say
from bot.service.live_ports import LiveView

_MINUTE = 60
_MOST_NAMES = 60
_MOST_RANKED = 10


@dataclass(frozen=True, slots=True)
class Clock:
    """A countdown, as far as it has come when the page is drawn."""

    closes: datetime
    now: datetime
    seconds: int
    total: int

    @property
    def text(self) -> str:
        """Return what is left, in figures."""
        minutes, seconds = divmod(self.seconds, _MINUTE)
        return f"{minutes}:{seconds:02}" if minutes else say("web.board.seconds", count=seconds)


def clock(view: LiveView, *, own: bool = False) -> Clock | None:
    """Return the countdown of the open question: everybody's, or this viewer's own."""
    board, mine = view.board, view.mine
    if board.phase is not Phase.ASKING or board.opened is None:
        return None
    closes = (mine.closes if own and mine else None) or board.closes
    if closes is None or (own and mine and not mine.timed) or (board.closing and not own):
        return None
    left, total = (closes - view.now).total_seconds(), (closes - board.opened).total_seconds()
    return Clock(closes, view.now, max(0, ceil(left)), max(1, ceil(total)))


def heading(question: QuestionShown, topic: str) -> str:
    """Say which question it is."""
    number, count = question.position + 1, question.count
    if topic:
        return say("web.board.number.topic", number=number, count=count, topic=topic)
    return say("web.board.number", number=number, count=count)


@dataclass(frozen=True, slots=True)
class Bar:
    """How many chose one option."""

    option: OptionShown
    percent: int
    words: str


def bars(question: QuestionShown, answered: int) -> tuple[Bar, ...]:
    """Return how the answers fell; empty where that is not revealed, or means nothing."""
    if any(option.count is None for option in question.options):
        return ()
    return tuple(_bar(option, answered) for option in question.options)


def _bar(option: OptionShown, answered: int) -> Bar:
    count = option.count or 0
    percent = round(100 * count / answered) if answered else 0
    return Bar(option, percent, say("web.board.share", count=count, all=answered, percent=percent))


@dataclass(frozen=True, slots=True)
class Names:
    """The newest of those who joined, and how many more there are."""

    shown: Sequence[str]
    more: int


def names(board: Board) -> Names:
    """Return as many names as fit."""
    return Names(board.names[-_MOST_NAMES:], max(0, len(board.names) - _MOST_NAMES))


def leaders(board: Board) -> Sequence[Ranked]:
    """Return the first of the standing: the rest see their own places alone."""
    return board.standing[:_MOST_RANKED]


def form_of(question: QuestionShown) -> str:
    """Name the form in which a question is answered."""
    if question.kind in ONE_OF:
        return "one"
    if question.kind in TYPED:
        return "number" if question.kind is QuestionKind.NUMBER else "text"
    return str(question.kind)


_OUTCOMES: Mapping[bool, str] = {True: "web.play.partly", False: "web.play.wrong"}


def outcome(question: QuestionShown, mine: Mine) -> str:
    """Say what an answer was worth."""
    if question.sensitive or mine.fraction is None:
        return say("web.play.reflected")
    return say("web.play.right") if mine.fraction >= 1 else say(_OUTCOMES[mine.fraction > 0])


def standing_of(view: LiveView) -> str:
    """Name where a pupil is in the quiz, by which the template chooses what to draw."""
    board, mine = view.board, view.mine
    answered = mine is not None and mine.response is not None
    match board.phase:
        case Phase.ASKING:
            if answered:
                return "answered"
            return "ask" if _in_time(view) else "late"
        case Phase.SHOWN:
            return ("result" if answered else "missed") if board.revealed else "hidden"
        case _:
            return str(board.phase)


def _in_time(view: LiveView) -> bool:
    """Tell whether this viewer may still answer; whether it counts is judged at the press."""
    mine = view.mine
    if mine is None or not view.board.closing:
        return not view.board.closing
    return not mine.timed or (mine.closes is not None and view.now <= mine.closes)
