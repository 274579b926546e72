"""Live quiz: which questions are drawn, how long each gets, what an answer is worth, who stands where."""

from collections.abc import Iterable, Mapping, Sequence
from math import ceil

from bot.core.answer import Caveat
from bot.core.chance import Chance
from bot.core.facts import Pack
from bot.core.live_types import Counted, Course, Given, Ranked, Scoring, Setup
from bot.core.polls import poll_problem
from bot.core.quiz import ONE_OF, Option, Question, QuestionKind

ASKED_LIVE = ONE_OF | {QuestionKind.SEVERAL}
"""The kinds that a class answers by pressing letters, in a group and on the page alike."""
LEAST = 20.0
"""Seconds that a question has at least."""
_TO_THINK = 8.0
_LETTERS_A_SECOND = 12.0
"""Slower than most read: some of the class read it in their second language."""
_STEP = 5
_EXACT = 6
"""Digits after the point: sums of the same points in another order are the same."""


def drawn(pack: Pack, setup: Setup) -> tuple[Question, ...]:
    """Return the questions of a quiz; the same seed draws the same ones."""
    fitting = [q for q in _on_topic(pack, setup.topics) if _askable(q)]
    return Chance(setup.seed, pack.id).shuffled(fitting)[: max(0, setup.length)]


def available(pack: Pack, topics: Sequence[str] = ()) -> int:
    """Return how many questions there are to draw from."""
    return sum(_askable(question) for question in _on_topic(pack, topics))


def left_out(pack: Pack, topics: Sequence[str] = ()) -> int:
    """Return how many are left out because they are sensitive: those are never scored or timed."""
    return sum(question.sensitive for question in _on_topic(pack, topics))


def not_chosen(pack: Pack, topics: Sequence[str] = ()) -> int:
    """Return how many are left out because they are answered in another way than by choosing."""
    on_topic = _on_topic(pack, topics)
    return sum(q.kind not in ASKED_LIVE and not q.sensitive for q in on_topic)


def unfit_for_polls(pack: Pack, topics: Sequence[str], caveat: Caveat) -> list[tuple[str, str]]:
    """Return the stems that cannot be polls of a platform, each with the key of the reason."""
    found = ((q.stem, poll_problem(q, caveat)) for q in _on_topic(pack, topics) if _askable(q))
    return [(stem, problem) for stem, problem in found if problem]


def _askable(question: Question) -> bool:
    return question.kind in ASKED_LIVE and not question.sensitive


def _on_topic(pack: Pack, topics: Sequence[str]) -> list[Question]:
    return [q for q in pack.questions if not topics or q.topic in topics]


def seconds_for(question: Question, setup: Setup) -> float:
    """Return how long a question is open: what the teacher chose, or by the length of its text."""
    if setup.seconds is not None:
        return max(0.0, setup.seconds)
    letters = len(question.stem) + sum(len(option.text) for option in question.options)
    checking = 1.5 if question.kind is QuestionKind.DOUBLE_CHECK else 1.0
    seconds = (_TO_THINK + letters / _LETTERS_A_SECOND) * checking
    return max(LEAST, float(ceil(seconds / _STEP) * _STEP))


def arranged(question: Question, setup: Setup) -> tuple[Option, ...]:
    """Return the options in the order in which everybody sees them."""
    if question.kind is QuestionKind.TRUE_FALSE or not question.shuffle:
        return question.options
    return Chance(setup.seed, question.id).shuffled(question.options)


def worth(
    question: Question, fraction: float, counted: Counted, scoring: Scoring, most: float
) -> float:
    """Return the points of an answer.

    With speed, half of them are for being right and half for the share of the learner's own time
    that was left. Not for a double-check item: there, haste is what is to be unlearnt.
    """
    share = 1.0
    if scoring is Scoring.SPEED and question.kind is not QuestionKind.DOUBLE_CHECK:
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
    ranked = [
        Ranked(
            1 + sum(other > points for other in sums.values()),
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
