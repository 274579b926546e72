"""Item analysis by Moodle's definitions: how hard each question was, how well it tells learners apart.

The formulae are those of Moodle's quiz statistics report. Marks are rows of learners by columns of
items; a missing answer is a zero. What is not defined is None, never "not a number".
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum, sqrt

FEWEST = 5
"""With fewer learners nothing is said of how well a question tells them apart."""
FEWEST_SURE = 15
"""With fewer learners Moodle calls what it says of that dubious, and so do we."""
_Z = 1.959963984540054
"""The 97.5 % point of the normal distribution: intervals that hold in 95 of 100 cases."""
_NOTHING = 1e-12
"""Below this share of what is measured, a spread is but the error of reckoning."""
_FEWEST_SKEWED, _FEWEST_PEAKED = 3, 4

Numbers = Sequence[float]


@dataclass(frozen=True, slots=True)
class ItemStatistics:
    """What the marks say about one question; all but facility and interval are percentages."""

    count: int
    """How many learners it rests on."""
    facility: float | None
    """The mean mark as a share of the greatest, from 0 to 1."""
    interval: tuple[float, float] | None
    """Where the facility would lie for many such learners, in 95 of 100 cases (Wilson)."""
    sd: float | None
    """The standard deviation of the marks."""
    discrimination: float | None
    """How this mark goes along with the rest of the marks, from -100 to 100."""
    efficiency: float | None
    """The same, measured by the most that these marks would allow."""
    intended_weight: float | None
    """The share of the greatest total that it was meant to make up."""
    effective_weight: float | None
    """The share of the spread of totals that it does make up; None where it works against them."""


@dataclass(frozen=True, slots=True)
class WholeStatistics:
    """What the totals say about a whole quiz; the last three as Moodle calls them."""

    count: int
    mean: float | None
    median: float | None
    sd: float | None
    skewness: float | None
    kurtosis: float | None
    alpha: float | None
    """Cronbach's alpha, which is Moodle's coefficient of internal consistency, as a percentage."""
    error_ratio: float | None
    """How much of the spread is chance, as a percentage."""
    standard_error: float | None
    """How far a total may be from what the learner knows, in points."""


@dataclass(frozen=True, slots=True)
class Analysis:
    """The statistics of a quiz and of each of its items, in order."""

    items: tuple[ItemStatistics, ...]
    whole: WholeStatistics


def analyse(rows: Sequence[Numbers], maxima: Numbers) -> Analysis:
    """Analyse the marks of learners, a row each, for items with these greatest marks."""
    columns = [[row[n] for row in rows] for n in range(len(maxima))]
    totals = [fsum(row) for row in rows]
    rests = [[t - x for t, x in zip(totals, column, strict=True)] for column in columns]
    weights = _effective(columns, totals)
    full = fsum(maxima)
    items = (
        item_statistics(column, rest, most, _share(most, full), weight)
        for column, rest, most, weight in zip(columns, rests, maxima, weights, strict=True)
    )
    return Analysis(tuple(items), whole_statistics(totals, columns))


def item_statistics(
    marks: Numbers,
    rest: Numbers,
    maximum: float,
    intended_weight: float | None = None,
    effective_weight: float | None = None,
) -> ItemStatistics:
    """Describe one item by its marks and by each learner's marks in all others."""
    count, spread = len(marks), variance(marks)
    facility = _mean(marks) / maximum if marks and maximum > 0 else None
    return ItemStatistics(
        count,
        facility,
        None if facility is None else wilson(facility, count),
        None if spread is None else sqrt(spread),
        _discrimination(marks, rest),
        _efficiency(marks, rest),
        intended_weight,
        effective_weight,
    )


def whole_statistics(totals: Numbers, columns: Sequence[Numbers]) -> WholeStatistics:
    """Describe the totals of a quiz with these columns of marks."""
    spread = variance(totals)
    sd = None if spread is None else sqrt(spread)
    alpha = _alpha(totals, columns)
    ratio = None if alpha is None else 100 * sqrt(max(0.0, 1 - alpha / 100))
    return WholeStatistics(
        len(totals),
        _mean(totals) if totals else None,
        median(totals),
        sd,
        _skewness(totals),
        _kurtosis(totals),
        alpha,
        ratio,
        None if ratio is None or sd is None else ratio * sd / 100,
    )


def wilson(share: float, count: int) -> tuple[float, float] | None:
    """Return the interval around a share of so many that holds in 95 of 100 cases."""
    if count < 1:
        return None
    bend = _Z**2 / count
    middle = (share + bend / 2) / (1 + bend)
    half = _Z * sqrt(max(0.0, share * (1 - share) / count + bend / (4 * count))) / (1 + bend)
    return max(0.0, middle - half), min(1.0, middle + half)


def median(values: Numbers) -> float | None:
    """Return the middle value, or the mean of the middle two."""
    if not values:
        return None
    ordered, half = sorted(values), len(values) // 2
    if len(ordered) % 2:
        return ordered[half]
    return (ordered[half - 1] + ordered[half]) / 2


def variance(values: Numbers) -> float | None:
    """Return the variance of a sample, or None where there are fewer than two values."""
    return covariance(values, values)


def covariance(left: Numbers, right: Numbers) -> float | None:
    """Return the covariance of a sample, or None where there are fewer than two pairs."""
    count = len(left)
    if count < 2:  # noqa: PLR2004 - a sample of one has no spread
        return None
    middle_left, middle_right = _mean(left), _mean(right)
    products = ((x - middle_left) * (y - middle_right) for x, y in zip(left, right, strict=True))
    return fsum(products) / (count - 1)


def _mean(values: Numbers) -> float:
    return fsum(values) / len(values)


def _share(part: float, whole: float) -> float | None:
    return 100 * part / whole if whole > 0 else None


def _varies(values: Numbers) -> float | None:
    """Return the variance, or None where there is none but by the error of reckoning."""
    spread = variance(values)
    largest = max(map(abs, values), default=0.0)
    return spread if spread and spread > _NOTHING * largest**2 else None


def _discrimination(marks: Numbers, rest: Numbers) -> float | None:
    own, others, both = _varies(marks), _varies(rest), covariance(marks, rest)
    if own is None or others is None or both is None:
        return None
    return max(-100.0, min(100.0, 100 * both / (sqrt(own) * sqrt(others))))


def _efficiency(marks: Numbers, rest: Numbers) -> float | None:
    both, most = covariance(marks, rest), covariance(sorted(marks), sorted(rest))
    if _varies(marks) is None or _varies(rest) is None or both is None or not most:
        return None
    return min(100.0, 100 * both / most)


def _effective(columns: Sequence[Numbers], totals: Numbers) -> list[float | None]:
    """Return the weight that each item has in the spread of the totals."""
    together = [covariance(column, totals) for column in columns]
    roots = [None if both is None or both < 0 else sqrt(both) for both in together]
    whole = fsum(root for root in roots if root is not None)
    return [None if root is None else _share(root, whole) for root in roots]


def _alpha(totals: Numbers, columns: Sequence[Numbers]) -> float | None:
    items, spread = len(columns), _varies(totals)
    if items < 2 or len(totals) < _FEWEST_SKEWED or spread is None:  # noqa: PLR2004 - of one item
        return None
    single = fsum(variance(column) or 0.0 for column in columns)
    return 100 * items / (items - 1) * (1 - single / spread)


def _moment(totals: Numbers, power: int) -> float:
    middle = _mean(totals)
    return fsum((total - middle) ** power for total in totals) / len(totals)


def _skewness(totals: Numbers) -> float | None:
    count, spread = len(totals), _varies(totals)
    if count < _FEWEST_SKEWED or spread is None:
        return None
    third = count**2 * _moment(totals, 3) / ((count - 1) * (count - 2))
    return third / (spread * sqrt(spread))


def _kurtosis(totals: Numbers) -> float | None:
    count, spread = len(totals), _varies(totals)
    if count < _FEWEST_PEAKED or spread is None:
        return None
    peak = (count + 1) * _moment(totals, 4) - 3 * (count - 1) * _moment(totals, 2) ** 2
    return count**2 * peak / ((count - 1) * (count - 2) * (count - 3)) / spread**2
