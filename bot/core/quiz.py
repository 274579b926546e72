"""Quiz questions: one type for all kinds, and the marking of one response."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from bot.core.spelling import alike, exactly, matches, one_number

_NEAR = 1e-9


class QuestionKind(StrEnum):
    """How a question is answered; a double-check item is single choice about how to check."""

    SINGLE = "single"
    SEVERAL = "several"
    TRUE_FALSE = "true-false"
    NUMBER = "number"
    TEXT = "text"
    ORDER = "order"
    MATCHING = "matching"
    DOUBLE_CHECK = "double-check"


ONE_OF = frozenset({QuestionKind.SINGLE, QuestionKind.TRUE_FALSE, QuestionKind.DOUBLE_CHECK})
"""The kinds that are answered by choosing one option."""
TYPED = frozenset({QuestionKind.NUMBER, QuestionKind.TEXT})
"""The kinds that are answered by writing."""
TRUE, FALSE = "true", "false"
"""The ids of the two options that a true/false question has."""

STEM_LIMIT = 280
OPTION_LIMIT = 90
FEEDBACK_LIMIT = 300
FEWEST_OPTIONS, MOST_OPTIONS = 2, 6
"""With these a question fits Telegram's polls and buttons."""


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose."""

    id: str
    text: str
    fraction: float = 0.0
    """1 for a right one; where several are chosen it may be partial or negative."""
    feedback: str = ""


@dataclass(frozen=True, slots=True)
class Accepted:
    """One text that is taken as an answer, for a share of the mark."""

    text: str
    fraction: float = 1.0
    feedback: str = ""
    case: bool = False
    pattern: bool = False
    """Whether a `*` in the text stands for anything."""


@dataclass(frozen=True, slots=True)
class NumberKey:
    """One number, or range of numbers, that is taken as an answer."""

    value: float | None = None
    tolerance: float = 0.0
    low: float | None = None
    high: float | None = None
    fraction: float = 1.0
    feedback: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two things that belong together."""

    left: str
    """Empty where the right side belongs to nothing: it is only there to be chosen wrongly."""
    right: str
    feedback: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One question with its key; which of the fields count depends on the kind."""

    id: str
    kind: QuestionKind
    stem: str
    options: tuple[Option, ...] = ()
    """Also those of a true/false question, whose ids are TRUE and FALSE."""
    accepted: tuple[Accepted, ...] = ()
    numbers: tuple[NumberKey, ...] = ()
    pairs: tuple[Pair, ...] = ()
    sequence: tuple[str, ...] = ()
    """The things to put in order, in the right order."""
    feedback: str = ""
    feedback_right: str = ""
    feedback_wrong: str = ""
    feedback_partial: str = ""
    title: str = ""
    topic: str = ""
    difficulty: int = 2
    """From 1, easy, to 3."""
    facts: tuple[str, ...] = ()
    """The ids of the facts that it rests on."""
    sensitive: bool = False
    """Whether it is for reflection only: never scored, timed, ranked or praised."""
    tags: tuple[str, ...] = ()
    category: tuple[str, ...] = ()
    points: float = 1.0
    shuffle: bool = True
    source: tuple[str, int] = ("", 0)
    """The file and the line where it stands."""
    hash: str = ""
    """The first 16 hexadecimal digits of the SHA-256 of its content."""


@dataclass(frozen=True, slots=True)
class Response:
    """What a person answered; an empty one is a question that was left out."""

    chosen: tuple[str, ...] = ()
    """The ids of options; to put in order, the places in `sequence` ("0", "1") in the order given;
    to match, for each of `lefts` in turn the place in `pairs` of the right side that was chosen."""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Marked:
    """What a response is worth."""

    fraction: float
    """From 0 to 1."""
    right: bool
    """Whether it is whole."""
    feedback: str
    """What the question says to this response, then what it says to everybody."""


def mark(question: Question, response: Response) -> Marked:
    """Mark a response."""
    fraction, said = _fraction(question, response)
    fraction = min(1.0, max(0.0, fraction))
    right = fraction > 1 - _NEAR
    outcome = question.feedback_wrong
    if fraction > _NEAR:
        outcome = question.feedback_right if right else question.feedback_partial
    parts = dict.fromkeys((*said, outcome, question.feedback))
    return Marked(1.0 if right else fraction, right, " ".join(part for part in parts if part))


def readable(question: Question, response: Response) -> bool:
    """Say whether a response can be marked: one that cannot is asked for again, not held wrong."""
    if question.kind is QuestionKind.NUMBER:
        return one_number(response.text) is not None
    if question.kind is QuestionKind.TEXT:
        return any(c.isalnum() for c in response.text)
    places = [str(n) for n in range(len(question.sequence or question.pairs))]
    if question.kind is QuestionKind.ORDER:
        return sorted(response.chosen) == sorted(places)
    if question.kind is QuestionKind.MATCHING:
        return len(response.chosen) == len(lefts(question)) and set(response.chosen) <= set(places)
    return _options_readable(question, response)


def key_text(question: Question) -> str:
    """Return the key in words, as one line."""
    match question.kind:
        case QuestionKind.NUMBER:
            return next((_number_text(key) for key in question.numbers if key.fraction >= 1), "")
        case QuestionKind.TEXT:
            return next((key.text for key in question.accepted if key.fraction >= 1), "")
        case QuestionKind.ORDER:
            return ", ".join(f"{n}. {text}" for n, text in enumerate(question.sequence, 1))
        case QuestionKind.MATCHING:
            return "; ".join(f"{pair.left}: {pair.right}" for pair in lefts(question))
        case _:
            return ", ".join(option.text for option in right_options(question))


def lefts(question: Question) -> tuple[Pair, ...]:
    """Return the pairs whose left side is asked for."""
    return tuple(pair for pair in question.pairs if pair.left)


def right_options(question: Question) -> tuple[Option, ...]:
    """Return the options that make up the key."""
    least = _NEAR if question.kind is QuestionKind.SEVERAL else 1 - _NEAR
    return tuple(option for option in question.options if option.fraction > least)


def _options_readable(question: Question, response: Response) -> bool:
    known = {option.id for option in question.options}
    one = question.kind in ONE_OF
    count = len(response.chosen)
    fits = count == 1 if one else count == len(set(response.chosen)) > 0
    return fits and set(response.chosen) <= known


def _fraction(question: Question, response: Response) -> tuple[float, tuple[str, ...]]:
    match question.kind:
        case QuestionKind.NUMBER:
            return _best(_fits_number(question.numbers, response.text))
        case QuestionKind.TEXT:
            return _text(question.accepted, response.text)
        case QuestionKind.ORDER:
            return _order(question, response), ()
        case QuestionKind.MATCHING:
            return _matching(question, response)
        case QuestionKind.SEVERAL:
            return _several(question, response)
        case _:
            chosen = [o for o in question.options if (o.id,) == response.chosen]
            return _best((o.fraction, o.feedback) for o in chosen)


def _best(found: Iterable[tuple[float, str]]) -> tuple[float, tuple[str, ...]]:
    fraction, feedback = max(found, default=(0.0, ""), key=lambda pair: pair[0])
    return fraction, (feedback,)


def _fits_number(keys: tuple[NumberKey, ...], text: str) -> Iterable[tuple[float, str]]:
    number = one_number(text)
    if number is not None:
        yield from ((key.fraction, key.feedback) for key in keys if _within(number, key))


def _within(number: float, key: NumberKey) -> bool:
    if key.value is not None:
        return abs(number - key.value) <= key.tolerance + _NEAR * max(1.0, abs(key.value))
    low = float("-inf") if key.low is None else key.low
    high = float("inf") if key.high is None else key.high
    return low - _NEAR <= number <= high + _NEAR


def _text(accepted: tuple[Accepted, ...], text: str) -> tuple[float, tuple[str, ...]]:
    # What stands there word for word goes before what merely looks like it.
    for same in (_same, _similar):
        found = [(key.fraction, key.feedback) for key in accepted if same(key, text)]
        if found:
            return _best(found)
    return 0.0, ()


def _same(key: Accepted, text: str) -> bool:
    return not key.pattern and exactly(key.text, text, case=key.case)


def _similar(key: Accepted, text: str) -> bool:
    if key.pattern:
        return matches(key.text, text, case=key.case)
    return not key.case and alike(key.text, text)


def _order(question: Question, response: Response) -> float:
    """Return the share of neighbours that follow each other as they must."""
    if not readable(question, response):
        return 0.0
    given = [question.sequence[int(place)] for place in response.chosen]
    wanted = set(pairwise(question.sequence))
    steps = list(pairwise(given))
    return sum(step in wanted for step in steps) / len(steps) if steps else 1.0


def _matching(question: Question, response: Response) -> tuple[float, tuple[str, ...]]:
    if not readable(question, response):
        return 0.0, ()
    chosen = [question.pairs[int(place)].right for place in response.chosen]
    asked = lefts(question)
    right = [pair.right == text for pair, text in zip(asked, chosen, strict=True)]
    said = tuple(p.feedback for p, good in zip(asked, right, strict=True) if not good)
    return sum(right) / len(right), said


def _several(question: Question, response: Response) -> tuple[float, tuple[str, ...]]:
    chosen = [option for option in question.options if option.id in response.chosen]
    said = tuple(option.feedback for option in chosen)
    if any(option.fraction not in {0.0, 1.0} for option in question.options):
        return sum(option.fraction for option in chosen), said
    # Marked only right or wrong: who ticks everything gains nothing.
    rights = len(right_options(question))
    wrongs = len(question.options) - rights
    hits = sum(option.fraction for option in chosen)
    return hits / max(1, rights) - (len(chosen) - hits) / max(1, wrongs), said


def _number_text(key: NumberKey) -> str:
    unit = f" {key.unit}" if key.unit else ""
    if key.value is not None:
        return f"{key.value:g}{unit}" if key.value < 1e6 else f"{key.value:,.10g}{unit}"  # noqa: PLR2004
    if key.low is None or key.high is None:
        edge = key.high if key.low is None else key.low
        return f"{'at most' if key.low is None else 'at least'} {edge:g}{unit}"
    return f"{key.low:g} to {key.high:g}{unit}"
