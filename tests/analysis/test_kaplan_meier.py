"""Kaplan-Meier against published tables, the design's worked sets, lifelines and scipy."""

import warnings
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from lifelines import KaplanMeierFitter
from lifelines.utils import median_survival_times, restricted_mean_survival_time
from scipy.stats import CensoredData, ecdf

from ketatrack.analysis.kaplan_meier import (
    HALF,
    Interval,
    Median,
    Time,
    kaplan_meier,
    median_of,
    midpoints,
    midpoints_allowed,
    restricted_mean,
)

SIX_MP = "6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+"
PLACEBO = "1 1 2 2 3 4 4 5 5 8 8 8 8 11 11 12 12 15 17 22 23"
D1: list[Interval] = [(12, 14), (18, 21), (9, 10), (15, None), (20, 24)]
D4: list[Interval] = [*D1, (16, 18), (22, None), (11, 13), (25, 28), (17, 19)]


def read(words: str) -> tuple[list[int], list[bool]]:
    return [int(part.rstrip("+")) for part in words.split()], ["+" not in part for part in words.split()]


def test_the_table_of_the_6_mp_arm() -> None:
    rows = kaplan_meier(*read(SIX_MP))
    assert [
        (row.t, row.at_risk, row.events, round(float(row.survival), 6), round(row.standard_error or 0, 6))
        for row in rows
    ] == [
        (6, 21, 3, 0.857143, 0.076360),
        (7, 17, 1, 0.806723, 0.086935),
        (10, 15, 1, 0.752941, 0.096350),
        (13, 12, 1, 0.690196, 0.106815),
        (16, 11, 1, 0.627451, 0.114054),
        (22, 7, 1, 0.537815, 0.128234),
        (23, 6, 1, 0.448179, 0.134591),
    ]
    assert [(round(row.lower or 0, 4), round(row.upper or 0, 4)) for row in rows] == [
        (0.6197, 0.9516),
        (0.5631, 0.9228),
        (0.5032, 0.8894),
        (0.4316, 0.8491),
        (0.3675, 0.8049),
        (0.2678, 0.7468),
        (0.1881, 0.6801),
    ]
    assert median_of(rows) == Median(23, 13, None)


@pytest.mark.parametrize(
    ("words", "horizon", "mean", "error"),
    [(SIX_MP, 21, 16.7440, 1.3550), (SIX_MP, 35, 23.2874, 2.8275), (PLACEBO, 21, 8.5238, 1.3104)],
)
def test_restricted_means_of_both_arms(words: str, horizon: int, mean: float, error: float) -> None:
    assert restricted_mean(*read(words), horizon) == pytest.approx((mean, error), abs=5e-5)


def test_the_placebo_arm_reaches_its_median() -> None:
    rows = kaplan_meier(*read(PLACEBO))
    assert median_of(rows) == Median(8, 4, 11)
    assert (rows[-1].survival, rows[-1].standard_error, rows[-1].lower, rows[-1].upper) == (0, None, None, None)


def test_midpoints_of_the_worked_set() -> None:
    rows = kaplan_meier(*midpoints(D4))
    assert [(float(row.t), round(float(row.survival), 4)) for row in rows] == [
        (9.5, 0.9),
        (12, 0.8),
        (13, 0.7),
        (17, 0.5833),
        (18, 0.4667),
        (19.5, 0.35),
        (22, 0.2333),
        (26.5, 0),
    ]
    assert median_of(rows) == Median(18, Fraction(19, 2), None)
    assert restricted_mean(*midpoints(D4), 28) == pytest.approx((18.5583, 1.8386), abs=5e-5)


def test_midpoints_are_for_short_gaps_only() -> None:
    assert not midpoints_allowed(D4)  # 4 days against 15 % of 18
    assert midpoints_allowed([(lower, upper) for lower, upper in D4 if (upper or lower) - lower < 3])
    assert midpoints_allowed([(5, 7), (9, None)])
    assert not midpoints_allowed([(5, 8), (9, None)])
    assert not midpoints_allowed([(30, 36)] * 3)  # 15 % of 33 is 4.95: six days are too many
    assert midpoints_allowed([])
    assert midpoints_allowed([(14, None)])


def test_the_gap_may_be_exactly_fifteen_percent() -> None:
    assert midpoints_allowed([(37, 43)] * 3)  # 0.15 x 40 = 6
    assert not midpoints_allowed([(36, 42)] * 3)  # 0.15 x 39 = 5.85


def test_a_censoring_tied_with_an_event_stays_in_the_risk_set() -> None:
    (row,) = kaplan_meier([5, 5], [True, False])
    assert (row.at_risk, row.survival) == (2, Fraction(1, 2))


def test_one_observation_and_none() -> None:
    assert median_of(kaplan_meier([4], [True])) == Median(4, 4, None)
    assert kaplan_meier([4], [False]) == ()
    assert median_of(()) == Median(None, None, None)
    assert kaplan_meier([], []) == ()
    assert restricted_mean([], [], 28) == (0, 0)


def test_a_restricted_mean_stops_at_the_longest_observation() -> None:
    assert restricted_mean([4, 6], [True, False], 28) == restricted_mean([4, 6], [True, False], 6)


def test_times_without_their_ends_are_refused() -> None:
    with pytest.raises(ValueError, match="zip"):
        kaplan_meier([1, 2], [True])


HALVES = st.integers(1, 80).map(lambda n: Fraction(n, 2))
DATA = st.lists(st.tuples(HALVES, st.booleans()), min_size=1, max_size=40)


@settings(deadline=None, max_examples=150)
@given(DATA)
def test_against_lifelines(data: list[tuple[Time, bool]]) -> None:
    times, ended = [t for t, _ in data], [end for _, end in data]
    rows = kaplan_meier(times, ended)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # lifelines divides by ln 1 and ln 0 where we give no limits
        fitter = KaplanMeierFitter().fit([float(t) for t in times], ended)
        limits = fitter.confidence_interval_
        middle = median_survival_times(limits)
    for row in rows:
        assert float(row.survival) == pytest.approx(float(fitter.predict(float(row.t))), abs=1e-9)
        assert row.at_risk == fitter.event_table.loc[float(row.t), "at_risk"]
        if row.lower is not None:
            assert [row.lower, row.upper] == pytest.approx(list(limits.loc[float(row.t)]), abs=1e-6)
    assume(all(row.survival != HALF for row in rows))  # floats miss an exact half; ours does not
    median = median_of(rows)
    assert float(median.value if median.value is not None else "inf") == fitter.median_survival_time_
    if rows and rows[-1].survival:
        expected = middle.iloc[0].tolist()
        assert [float(each if each is not None else "inf") for each in (median.lower, median.upper)] == expected


@settings(deadline=None, max_examples=150)
@given(DATA)
def test_against_scipy(data: list[tuple[Time, bool]]) -> None:
    assume(any(end for _, end in data))
    done = [float(t) for t, end in data if end]
    open_ = [float(t) for t, end in data if not end]
    curve = ecdf(CensoredData(uncensored=done, right=open_)).sf
    rows = kaplan_meier([t for t, _ in data], [end for _, end in data])
    assert [float(row.survival) for row in rows] == pytest.approx(
        [float(curve.evaluate(float(row.t))) for row in rows], abs=1e-9
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # scipy, too, divides by zero where the curve ends at 0
        limits = curve.confidence_interval(method="log-log")
    for row in rows:
        if row.lower is not None:
            found = [float(each.evaluate(float(row.t))) for each in (limits.low, limits.high)]
            assert [row.lower, row.upper] == pytest.approx(found, abs=1e-6)


@settings(deadline=None, max_examples=100)
@given(DATA, st.integers(1, 60))
def test_the_restricted_mean_against_lifelines(data: list[tuple[Time, bool]], horizon: int) -> None:
    times, ended = [t for t, _ in data], [end for _, end in data]
    end = min(float(horizon), float(max(times)))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        fitter = KaplanMeierFitter().fit([float(t) for t in times], ended)
        expected = float(restricted_mean_survival_time(fitter, t=end))
    mean, error = restricted_mean(times, ended, horizon)
    assert mean == pytest.approx(expected, abs=1e-6)
    assert error >= 0
