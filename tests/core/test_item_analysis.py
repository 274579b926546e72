"""Moodle's formulae: by hand, by the standard library's own statistics, and by what must always hold."""

import math
import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.item_analysis import (
    Analysis,
    analyse,
    covariance,
    item_statistics,
    median,
    wilson,
)

HAND = [[1.0, 1.0, 0.0], [1.0, 0.0, 1.0], [1.0, 0.0, 0.0], [0.0, 0.0, 0.0]]
"""Four learners, three questions of a point each: small enough to reckon on paper."""

MARKS = st.sampled_from([0.0, 0.25, 1 / 3, 0.5, 1.0])


@st.composite
def sheets(draw, least=2):
    items = draw(st.integers(1, 6))
    row = st.lists(MARKS, min_size=items, max_size=items)
    return draw(st.lists(row, min_size=least, max_size=14))


def of(rows) -> Analysis:
    return analyse(rows, [1.0] * len(rows[0]))


def test_the_first_question_is_what_paper_and_pencil_say():
    item = of(HAND).items[0]

    # Marks 1 1 1 0, the rest 1 1 0 0: means 3/4 and 1/2.
    assert item.facility == pytest.approx(3 / 4)
    assert item.sd == pytest.approx(1 / 2)
    # Covariance (1/8 + 1/8 - 1/8 + 3/8) / 3 = 1/6; variances 1/4 and 1/3.
    assert item.discrimination == pytest.approx(100 * (1 / 6) / math.sqrt(1 / 4 * 1 / 3))
    # Both are in the same order already, so nothing more can be had.
    assert item.efficiency == pytest.approx(100)
    assert item.intended_weight == pytest.approx(100 / 3)


def test_a_question_that_goes_against_the_rest_has_a_negative_efficiency():
    item = item_statistics([1.0, 0.0, 0.0, 0.0], [0.0, 0.0, 1.0, 2.0], 1.0)

    # Covariance -3/4 / 3 = -1/4; sorted it is (-1/4 * (-3/4 - 3/4 + 1/4) + 3/4 * 5/4) / 3 = 5/12.
    assert item.efficiency == pytest.approx(100 * (-1 / 4) / (5 / 12))
    assert item.discrimination is not None
    assert item.discrimination < 0


def test_the_whole_is_what_paper_and_pencil_say():
    whole = of(HAND).whole

    # Totals 2 2 1 0: mean 5/4, variance 11/12, moments m2 = 11/16, m3 = -9/32, m4 = 197/256.
    k2, k3 = 11 / 12, 16 * (-9 / 32) / 6
    k4 = 16 * (5 * 197 / 256 - 9 * (11 / 16) ** 2) / 6
    assert whole.mean == pytest.approx(5 / 4)
    assert whole.median == pytest.approx(3 / 2)
    assert whole.sd == pytest.approx(math.sqrt(k2))
    assert whole.skewness == pytest.approx(k3 / k2**1.5)
    assert whole.kurtosis == pytest.approx(k4 / k2**2)
    # Each question has the variance 1/4, so alpha is 3/2 * (1 - 3/4 / (11/12)) = 3/11.
    assert whole.alpha == pytest.approx(100 * 3 / 11)
    assert whole.error_ratio == pytest.approx(100 * math.sqrt(8 / 11))
    assert whole.standard_error == pytest.approx(math.sqrt(8 / 11) * math.sqrt(k2))


def test_effective_weights_leave_out_what_works_against_the_total():
    rows = [[1.0, 0.0, 0.0], [1.0, 1.0, 0.0], [0.0, 0.0, 1.0], [1.0, 1.0, 0.0], [1.0, 1.0, 0.0]]

    weights = [item.effective_weight for item in of(rows).items]

    assert weights[2] is None
    assert sum(weight for weight in weights if weight is not None) == pytest.approx(100)


@pytest.mark.parametrize(
    ("rows", "missing"),
    [
        ([[1.0]], {"sd", "skewness", "kurtosis", "alpha", "error_ratio", "standard_error"}),
        (
            [[1.0, 0.0], [0.0, 0.0]],
            {"skewness", "kurtosis", "alpha", "error_ratio", "standard_error"},
        ),
        ([[1.0, 0.0], [0.0, 0.0], [1.0, 1.0]], {"kurtosis"}),
        ([[1.0]] * 5, {"skewness", "kurtosis", "alpha", "error_ratio", "standard_error"}),
    ],
)
def test_what_is_not_defined_is_left_out(rows, missing):
    whole = of(rows).whole

    named = (
        "mean",
        "median",
        "sd",
        "skewness",
        "kurtosis",
        "alpha",
        "error_ratio",
        "standard_error",
    )
    assert {name for name in named if getattr(whole, name) is None} == missing


def test_nobody_has_no_statistics():
    analysis = analyse([], [1.0, 1.0])

    assert [item.facility for item in analysis.items] == [None, None]
    assert analysis.whole.mean is None
    assert median([]) is None


def test_a_question_without_points_has_no_facility():
    assert analyse([[0.0], [0.0]], [0.0]).items[0].facility is None


def test_everybody_right_tells_nobody_apart():
    item = of([[1.0, 1.0], [1.0, 0.0], [1.0, 1.0]]).items[0]

    assert item.discrimination is None
    assert item.efficiency is None


def test_the_error_of_reckoning_is_no_spread():
    # All have the same rest of 0.1 + 0.2, reckoned in different ways.
    item = item_statistics([0.0, 1.0, 0.0], [0.3, 0.1 + 0.2, 0.3], 1.0)

    assert item.discrimination is None


@given(sheets())
def test_the_discrimination_index_is_the_correlation_with_the_rest(rows):
    for place, item in enumerate(of(rows).items):
        own = [row[place] for row in rows]
        rest = [math.fsum(row) - row[place] for row in rows]
        try:
            wanted = 100 * statistics.correlation(own, rest)
        except statistics.StatisticsError:
            wanted = None
        if wanted is not None and item.discrimination is not None:
            assert item.discrimination == pytest.approx(wanted, abs=1e-6)


@given(sheets(least=4))
def test_the_whole_agrees_with_the_standard_library(rows):
    whole, totals = of(rows).whole, [math.fsum(row) for row in rows]

    assert whole.mean == pytest.approx(statistics.mean(totals))
    assert whole.median == pytest.approx(statistics.median(totals))
    assert whole.sd == pytest.approx(statistics.stdev(totals), abs=1e-9)


@given(sheets())
def test_nothing_is_ever_not_a_number_and_all_stays_within_bounds(rows):
    analysis = of(rows)

    for found in (*analysis.items, analysis.whole):
        values = [getattr(found, name) for name in found.__dataclass_fields__]
        plain = [value for value in values if isinstance(value, float)]
        assert all(math.isfinite(value) for value in plain)
    for item in analysis.items:
        assert item.facility is not None
        assert item.interval is not None
        assert item.interval[0] - 1e-9 <= item.facility <= item.interval[1] + 1e-9
        assert item.discrimination is None or -100 <= item.discrimination <= 100
        assert item.efficiency is None or item.efficiency <= 100
    assert analysis.whole.alpha is None or analysis.whole.alpha <= 100 + 1e-9


@given(sheets(), st.randoms(use_true_random=False))
def test_the_order_of_learners_makes_no_difference(rows, random):
    shuffled = random.sample(rows, len(rows))

    one, other = of(rows), of(shuffled)

    for left, right in zip(one.items, other.items, strict=True):
        assert left.facility == pytest.approx(right.facility)
        assert left.discrimination == pytest.approx(right.discrimination, abs=1e-6)


@given(sheets(), st.sampled_from([0.5, 2.0, 10.0]))
def test_what_a_point_is_called_makes_no_difference(rows, factor):
    scaled = analyse([[mark * factor for mark in row] for row in rows], [factor] * len(rows[0]))

    for left, right in zip(of(rows).items, scaled.items, strict=True):
        assert left.facility == pytest.approx(right.facility)
        assert left.discrimination == pytest.approx(right.discrimination, abs=1e-6)


@pytest.mark.parametrize(
    ("right", "count", "low", "high"),
    [(0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (5, 10, 0.2366, 0.7634), (1, 1, 0.2065, 1.0)],
)
def test_the_interval_is_wilson_s(right, count, low, high):
    assert wilson(right / count, count) == pytest.approx((low, high), abs=5e-5)


@given(st.integers(1, 200), st.data())
def test_more_learners_make_the_interval_narrower(count, data):
    share = data.draw(st.integers(0, count)) / count

    few, many = wilson(share, count), wilson(share, count * 4)

    assert few is not None
    assert many is not None
    assert many[1] - many[0] < few[1] - few[0]


def test_nobody_has_no_interval():
    assert wilson(0.0, 0) is None


@given(st.lists(MARKS, min_size=2, max_size=20))
def test_the_covariance_of_a_thing_with_itself_is_its_variance(values):
    assert covariance(values, values) == pytest.approx(statistics.variance(values), abs=1e-12)
