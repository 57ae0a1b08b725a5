"""Turnbull's estimate: published numbers, the KKT conditions over random data, and never worse than lifelines."""

import warnings
from math import inf, log

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from intervals import D1, D4, many
from lifelines.fitters.npmle import npmle as lifelines_npmle

from ketatrack.analysis import npmle
from ketatrack.analysis.kaplan_meier import kaplan_meier
from ketatrack.analysis.npmle import innermost, turnbull


def masses(found) -> dict[tuple[float, float], float]:
    return {box: round(mass, 6) for box, mass in zip(found.intervals, found.masses, strict=True) if mass > 1e-9}


def test_the_worked_sets():
    first, fourth = turnbull(D1), turnbull(D4)
    assert masses(first) == {(9, 10): 0.2, (12, 14): 0.2, (20, 21): 0.6}
    assert first.log_likelihood == pytest.approx(-4.751353, abs=1e-6)
    third = pytest.approx(7 / 30, abs=1e-6)
    assert masses(fourth) == {(9, 10): 0.1, (12, 13): 0.2, (17, 18): third, (20, 21): third, (25, 28): third}
    assert fourth.log_likelihood == pytest.approx(-14.609860, abs=1e-6)
    assert first.converged
    assert fourth.converged


def likelihoods(intervals, found) -> np.ndarray:
    """Each interval's probability, worked out anew from the masses."""
    result = []
    for low, high in intervals:
        inside = [
            mass
            for (left, right), mass in zip(found.intervals, found.masses, strict=True)
            if right <= high and (left > low or (left == low and (left < right or low == high)))
        ]
        result.append(sum(inside))
    return np.array(result)


@settings(max_examples=300, deadline=None)
@given(many)
def test_the_kkt_conditions_hold(intervals):
    found = turnbull(intervals)
    assert found.converged
    assert sum(found.masses) == pytest.approx(1)
    assert min(found.masses) >= 0
    chance = likelihoods(intervals, found)
    assert np.log(chance).sum() == pytest.approx(found.log_likelihood, abs=1e-6)
    n = len(intervals)
    for (left, right), mass in zip(found.intervals, found.masses, strict=True):
        slope = sum(
            1 / chance[i]
            for i, (low, high) in enumerate(intervals)
            if right <= high and (left > low or (left == low and (left < right or low == high)))
        )
        assert slope <= n + 1e-5
        assert mass <= 1e-8 or abs(slope - n) <= 1e-5


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 10)), min_size=2, max_size=25))
def test_never_less_likely_than_lifelines(pairs):
    intervals = [(low, low + length) for low, length in pairs]
    left, right = np.array([2 * low + 1 for low, _ in intervals]), np.array([2 * high for _, high in intervals])
    with np.errstate(all="ignore"), warnings.catch_warnings():
        # lifelines says when it stops early; that is why only likelihoods are compared.
        warnings.simplefilter("ignore")
        weights, boxes = lifelines_npmle(left, right, tol=1e-9, max_iter=5000)
    chance = [
        sum(w for w, (a, b) in zip(weights, boxes, strict=True) if lo <= a and b <= hi)
        for lo, hi in zip(left, right, strict=True)
    ]
    theirs = sum(log(each) for each in chance)
    assert turnbull(intervals).log_likelihood >= theirs - 1e-6


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 40), st.booleans()), min_size=1, max_size=40))
def test_with_exact_days_it_is_kaplan_meier(data):
    found = turnbull([(t, t if ended else inf) for t, ended in data])
    rows = kaplan_meier([t for t, _ in data], [ended for _, ended in data])
    for row in rows:
        least, most = found.survival(row.t)
        assert least - 1e-6 <= float(row.survival) <= most + 1e-6
        if row.t < max(t for t, _ in data):
            assert least == pytest.approx(float(row.survival), abs=1e-6)


def test_a_left_end_comes_after_a_right_end_on_the_same_day():
    assert innermost([(3, 5), (5, 8)]) == ((3, 5), (5, 8))
    assert innermost([(3, 5), (5, 5)]) == ((5, 5),)


def test_all_censored_and_one_alone():
    assert masses(turnbull([(7, inf), (9, inf)])) == {(9, inf): 1}
    assert turnbull([(7, inf)]).median is None
    assert turnbull([(3, 5)]).median == (3, 5)


def test_where_the_drop_is_not_determined():
    found = turnbull(D1)
    assert found.survival(9) == (pytest.approx(1), pytest.approx(1))
    assert found.survival(13) == (pytest.approx(0.6), pytest.approx(0.8))
    assert found.survival(14) == (pytest.approx(0.6), pytest.approx(0.6))
    assert found.median == (20, 21)


@pytest.mark.parametrize("wrong", [[], [(5, 3)], [(float("nan"), 3)]])
def test_what_is_no_interval_is_refused(wrong):
    with pytest.raises(ValueError, match="interval"):
        turnbull(wrong)


@pytest.mark.parametrize(
    "counted",
    [
        # A whole Newton step leaves some interval without any mass: it is shortened.
        {(8, 8): 1, (8, 10): 9, (6, 11): 598},
        # No shortened step is an improvement: one EM step is taken instead.
        {(9, 12): 50, (11, 13): 1, (8, 10): 1, (9, inf): 10, (10, 14): 1, (1, 3): 10},
    ],
)
def test_where_newtons_step_goes_wrong_the_maximum_is_reached_still(counted):
    intervals = [interval for interval, n in counted.items() for _ in range(n)]
    result = turnbull(intervals)
    assert result.converged
    assert sum(result.masses) == pytest.approx(1)
    assert np.log(likelihoods(intervals, result)).sum() == pytest.approx(result.log_likelihood, abs=1e-6)


def test_what_ran_out_of_steps_does_not_pass_for_the_estimate(monkeypatch):
    monkeypatch.setattr(npmle, "_NEWTON_STEPS", 0)
    monkeypatch.setattr(npmle, "_EM_STEPS", 1)
    result = turnbull(D4)
    assert not result.converged
    assert sum(result.masses) == pytest.approx(1)


def test_the_median_is_the_interval_that_reaches_one_half():
    assert turnbull(D1).median == (20, 21)
    assert turnbull([(1, 2), (3, 4)]).median == (1, 2)
    assert turnbull([(1, 2), (5, inf), (5, inf)]).median is None
