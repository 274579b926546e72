"""What was answered to a question, and what that says about the question itself."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from math import ceil, sqrt

from bot.core.item_analysis import (
    FEWEST,
    FEWEST_SURE,
    Analysis,
    ItemStatistics,
    item_statistics,
)
from bot.core.quiz import Question, QuestionKind, Response, right_options
from bot.core.results import RIGHT, Item, Reply, Row, Taken, analysis, in_words, rows
from bot.core.spelling import one_number, words_of

_MOST = 2 / 3
"""The share of all who gave the same wrong answer, from which the key is doubted."""
_BEST = 1 / 3
"""The share of learners who are called the best scorers; at least so many:"""
_FEWEST_BEST = 3
_EASY, _HARD = 0.95, 0.25
_CHANCE = 200.0
"""Over the root of how many learners there are: a correlation, in percent, that chance may bring."""
_FEWEST_UNCHOSEN = 8
"""With fewer answers it means nothing that nobody chose an option."""


class Sign(StrEnum):
    """Something that a question says about itself."""

    KEY = "key"
    """Another answer than the key was given by most, or by the best scorers."""
    WORSE = "worse"
    """Who did well in the rest did worse here."""
    HARD = "hard"
    EASY = "easy"
    UNCHOSEN = "unchosen"
    """Nobody chose one of the options."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """One answer, and how often it was given."""

    text: str
    count: int
    right: bool


@dataclass(frozen=True, slots=True)
class Look:
    """What was answered to one version of a question, and what to make of it."""

    item: Item
    learners: int
    """Who took part, whether they answered this or not."""
    answered: int
    right: int
    chosen: tuple[Chosen, ...]
    """Every option in its order; what was written, the most frequent first."""
    statistics: ItemStatistics | None = None
    """None where the question has no marks."""
    signs: tuple[Sign, ...] = ()
    instead: Chosen | None = None
    """The answer that was given instead of the key, where that makes the key doubtful."""
    by_best: bool = False
    """Whether it was the best scorers who gave it."""

    @property
    def share(self) -> float:
        """Return the share of the learners who had it right."""
        return self.right / self.learners if self.learners else 0.0

    @property
    def facility(self) -> float:
        """Return the mean mark as a share; a question without marks is as good as right."""
        own = self.statistics
        return 1.0 if own is None or own.facility is None else own.facility

    @property
    def wrong(self) -> Chosen | None:
        """Return the wrong answer that was given most often."""
        given = [c for c in self.chosen if c.count and not c.right]
        return max(given, key=lambda one: one.count, default=None)

    @property
    def unchosen(self) -> tuple[Chosen, ...]:
        """Return the options that nobody chose."""
        return tuple(one for one in self.chosen if not one.count)


@dataclass(frozen=True, slots=True)
class One:
    """One learner's answer to a question, beside how they did in the rest of that session."""

    reply: Reply | None
    mark: float
    rest: float
    """The share of the points of all other questions."""


def looks(taken: Taken, known: Analysis | None = None) -> tuple[Look, ...]:
    """Look at every question that was answered, in order; `known` is the session's analysis."""
    found, known = rows(taken), known or analysis(taken)
    columns = {item.position: n for n, item in enumerate(taken.scored)}
    return tuple(
        _looked(_ones(taken, found, item, columns.get(item.position)), item, columns, known)
        for item in taken.items
        if item.position in taken.asked
    )


def _looked(ones: Sequence[One], item: Item, columns: Mapping[int, int], known: Analysis) -> Look:
    column = columns.get(item.position)
    return _look(item, ones, None if column is None else known.items[column])


def _ones(taken: Taken, found: Sequence[Row], item: Item, column: int | None) -> list[One]:
    """Return what each learner made of a question."""
    others = taken.full - (item.points if column is not None else 0.0)
    ones: list[One] = []
    for row in found:
        mark = row.marks[column] if column is not None else 0.0
        rest = (row.total - mark) / others if others > 0 else 0.0
        ones.append(One(row.replies.get(item.position), mark, rest))
    return ones


def pool(sessions: Iterable[Taken]) -> tuple[Look, ...]:
    """Look at every version of a question over all sessions in which it was asked, by its id.

    The rest of a learner's marks is measured as a share, since sessions have other questions.
    """
    found: dict[str, list[One]] = {}
    items: dict[str, Item] = {}
    for taken in sessions:
        made = rows(taken)
        scored = {item.position: n for n, item in enumerate(taken.scored)}
        for item in taken.items:
            if item.position in taken.asked:
                items.setdefault(item.question.hash, item)
                # In every session its marks count as shares, whatever it was worth there.
                ones = _ones(taken, made, item, scored.get(item.position))
                shares = [One(one.reply, one.mark / (item.points or 1), one.rest) for one in ones]
                found.setdefault(item.question.hash, []).extend(shares)
    order = sorted(items.values(), key=lambda item: (item.question.id, item.question.hash))
    return tuple(_look(Item(0, i.question, 1.0), found[i.question.hash], None) for i in order)


def _look(item: Item, ones: Sequence[One], statistics: ItemStatistics | None) -> Look:
    answers = [one.reply for one in ones if one.reply and one.reply.given]
    right = sum(reply.fraction > RIGHT for reply in answers)
    listed = _chosen(item.question, answers)
    if not item.scored:
        return Look(item, len(ones), len(answers), 0, listed)
    own = statistics or item_statistics(
        [o.mark for o in ones], [o.rest for o in ones], item.points
    )
    instead, by_best = _instead(item.question, ones)
    look = Look(item, len(ones), len(answers), right, listed, own, (), instead, by_best)
    return replace(look, signs=tuple(_signs(look)))


def _signs(look: Look) -> Iterable[Sign]:
    own = look.statistics
    if own is None or look.learners < FEWEST or own.facility is None:
        return
    if look.instead:
        yield Sign.KEY
    if _worse(own):
        yield Sign.WORSE
    if own.facility <= _HARD and not look.instead:
        yield Sign.HARD
    if own.facility >= _EASY:
        yield Sign.EASY
    if look.item.question.options and look.unchosen and look.answered >= _FEWEST_UNCHOSEN:
        yield Sign.UNCHOSEN


def _worse(own: ItemStatistics) -> bool:
    """Tell whether who did well in the rest did worse here, by more than chance would have it."""
    if own.discrimination is None or own.count < FEWEST_SURE:
        return False
    return own.discrimination < -_CHANCE / sqrt(own.count)


def _instead(question: Question, ones: Sequence[One]) -> tuple[Chosen | None, bool]:
    """Return the wrong answer that makes the key doubtful, and whether the best scorers gave it."""
    given = [one for one in ones if one.reply and one.reply.given]
    if len(given) < FEWEST:
        return None, False
    best = _best(given)
    leading, key = _leading(question, best), _right_among(best)
    # Where most did equally well in the rest, there are no best scorers.
    apart = len(best) * 2 <= len(given)
    if apart and leading and leading.count * 2 > len(best) and leading.count > key:
        return _leading_of(question, given, leading.text), True
    everyone = _leading(question, given)
    if everyone and everyone.count >= _MOST * len(given) and key * 2 <= len(best):
        return everyone, False
    return None, False


def _best(given: Sequence[One]) -> list[One]:
    """Return who did best in the rest, with all who did equally well."""
    count = max(_FEWEST_BEST, ceil(len(given) * _BEST))
    least = sorted((one.rest for one in given), reverse=True)[count - 1]
    return [one for one in given if one.rest >= least]


def _right_among(ones: Sequence[One]) -> int:
    return sum(one.reply is not None and one.reply.fraction > RIGHT for one in ones)


def _leading(question: Question, ones: Sequence[One]) -> Chosen | None:
    """Return the wrong answer, as a whole, that was given most often."""
    wrong = [one.reply for one in ones if one.reply and one.reply.fraction <= RIGHT]
    counted = _whole(question, wrong)
    return counted[0] if counted else None


def _leading_of(question: Question, ones: Sequence[One], text: str) -> Chosen | None:
    replies = [one.reply for one in ones if one.reply]
    return next((one for one in _whole(question, replies) if one.text == text), None)


def _chosen(question: Question, replies: Sequence[Reply]) -> tuple[Chosen, ...]:
    if not question.options:
        return tuple(_whole(question, replies))
    ticked = Counter(option for reply in replies for option in reply.response.chosen)
    right = {option.id for option in right_options(question)}
    scored = not question.sensitive
    return tuple(Chosen(o.text, ticked[o.id], scored and o.id in right) for o in question.options)


def _whole(question: Question, replies: Sequence[Reply]) -> list[Chosen]:
    """Count whole answers, the most frequent first; those that mean the same are one."""
    same = [_same(question, reply.response) for reply in replies]
    first: dict[str, Reply] = {}
    for name, reply in zip(same, replies, strict=True):
        first.setdefault(name, reply)
    return [
        Chosen(
            in_words(question, first[name].response),
            count,
            not question.sensitive and first[name].fraction > RIGHT,
        )
        for name, count in Counter(same).most_common()
    ]


def _same(question: Question, response: Response) -> str:
    """Return what equal answers have in common."""
    if question.kind is QuestionKind.NUMBER and (number := one_number(response.text)) is not None:
        return f"{number:g}"
    if question.kind in {QuestionKind.NUMBER, QuestionKind.TEXT}:
        return " ".join(words_of(response.text)) or response.text
    ordered = question.kind in {QuestionKind.ORDER, QuestionKind.MATCHING}
    return "\0".join(response.chosen if ordered else sorted(response.chosen))
