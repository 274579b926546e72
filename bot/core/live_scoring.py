"""Live quiz: which questions are drawn, how long each gets, what an answer is worth, who stands where."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from math import ceil

from bot.core.answer import Caveat
from bot.core.arranging import offered
from bot.core.chance import Chance
from bot.core.facts import Pack
from bot.core.live_types import Counted, Course, Given, Ranked, Scoring, Setup
from bot.core.live_written import CHOSEN, kinds
from bot.core.polls import poll_problem
from bot.core.quiz import Option, Question, QuestionKind

LEAST, LEAST_WRITING = 20.0, 45.0
"""Seconds that a question has at least: to choose, and to write or arrange the answer."""
_TO_THINK = 8.0
_LETTERS_A_SECOND = 12.0
"""Slower than most read: some of the class read it in their second language."""
_STEP = 5
_EXACT = 6
"""Digits after the point: sums of the same points in another order are the same."""


def drawn(pack: Pack, setup: Setup) -> tuple[Question, ...]:
    """Return the questions of a quiz; the same seed draws the same ones."""
    fitting = [q for q in _on_topic(pack, setup.topics) if _askable(q, kinds(setup))]
    return Chance(setup.seed, pack.id).shuffled(fitting)[: max(0, setup.length)]


def available(
    pack: Pack, topics: Sequence[str] = (), among: Collection[QuestionKind] = CHOSEN
) -> int:
    """Return how many questions there are to draw from, of some kinds."""
    return sum(_askable(question, among) for question in _on_topic(pack, topics))


def left_out(pack: Pack, topics: Sequence[str] = ()) -> int:
    """Return how many are left out because they are sensitive: those are never scored or timed."""
    return sum(question.sensitive for question in _on_topic(pack, topics))


def unfit_for_polls(pack: Pack, topics: Sequence[str], caveat: Caveat) -> list[tuple[str, str]]:
    """Return the stems that cannot be polls of a platform, each with the key of the reason.

    Without those whose answer is written: they are announced by themselves.
    """
    chosen = (q for q in _on_topic(pack, topics) if _askable(q, CHOSEN))
    found = ((q.stem, poll_problem(q, caveat)) for q in chosen)
    return [(stem, problem) for stem, problem in found if problem]


def _askable(question: Question, among: Collection[QuestionKind]) -> bool:
    return question.kind in among and not question.sensitive


def _on_topic(pack: Pack, topics: Sequence[str]) -> list[Question]:
    return [q for q in pack.questions if not topics or q.topic in topics]


def seconds_for(question: Question, setup: Setup) -> float:
    """Return how long a question is open: what the teacher chose, or by the length of its text."""
    if setup.seconds is not None:
        return max(0.0, setup.seconds)
    chosen = question.kind in CHOSEN
    slower = 1.5 if question.kind is QuestionKind.DOUBLE_CHECK or not chosen else 1.0
    seconds = (_TO_THINK + _letters(question) / _LETTERS_A_SECOND) * slower
    return max(LEAST if chosen else LEAST_WRITING, float(ceil(seconds / _STEP) * _STEP))


def _letters(question: Question) -> int:
    """Count what there is to read."""
    pairs = (side for pair in question.pairs for side in (pair.left, pair.right))
    read = (*(option.text for option in question.options), *question.sequence, *pairs)
    return len(question.stem) + sum(map(len, read))


def arranged(question: Question, setup: Setup) -> tuple[Option, ...]:
    """Return the options in the order in which everybody sees them."""
    return offered(question, setup.seed)


def worth(
    question: Question, fraction: float, counted: Counted, scoring: Scoring, most: float
) -> float:
    """Return the points of an answer.

    With speed, half of them are for being right and half for the share of the learner's own time
    that was left. Not for a double-check item: there, haste is what is to be unlearnt. Nor for an
    answer that is written or arranged: how fast somebody types is no knowledge.
    """
    share = 1.0
    if scoring is Scoring.SPEED and question.kind in CHOSEN - {QuestionKind.DOUBLE_CHECK}:
        share = 0.5 + 0.5 * counted.left
    return round(most * fraction * share, _EXACT)


def standing(
    names: Mapping[int, str], given: Iterable[Given], course: Course
) -> tuple[Ranked, ...]:
    """Return who stands where: a fold of the answers to the questions that count."""
    counting = [answer for answer in given if answer.position in course.closed]
    theirs: dict[int, list[Given]] = {participant: [] for participant in names}
    for answer in counting:
        theirs.setdefault(answer.participant, []).append(answer)
    sums = {
        participant: round(sum(answer.points for answer in answers), _EXACT)
        for participant, answers in theirs.items()
    }
    descending = sorted(sums.values(), reverse=True)
    places: dict[float, int] = {}
    for place, points in enumerate(descending, 1):
        places.setdefault(points, place)
    ranked = [
        Ranked(
            places[points],
            participant,
            names.get(participant, ""),
            points,
            sum(answer.correct for answer in theirs[participant]),
            len(theirs[participant]),
        )
        for participant, points in sums.items()
    ]
    return tuple(sorted(ranked, key=lambda one: (one.place, one.name.casefold(), one.participant)))


def most_points(course: Course, points: Mapping[int, float]) -> float:
    """Return what a learner could have who had every question right, and at once."""
    return sum(points.get(position, 1.0) for position in course.closed)
