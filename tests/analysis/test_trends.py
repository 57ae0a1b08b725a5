"""Drift: agrees with scipy without censoring, with counting by hand with it, and stays calm over noise."""

from dataclasses import replace
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from ketatrack.analysis import trends
from ketatrack.analysis.trends import comparable, drift, theil_sen


def by_hand(times, ended):
    total = 0
    for i in range(len(times)):
        for j in range(i + 1, len(times)):
            a, b = (times[i], ended[i]), (times[j], ended[j])
            if a[1] and (a[0] < b[0] or (a[0] == b[0] and not b[1])):
                total += 1
            elif b[1] and (b[0] < a[0] or (a[0] == b[0] and not a[1])):
                total -= 1
    return total


@given(st.lists(st.tuples(st.integers(1, 20), st.booleans()), min_size=1, max_size=15))
def test_comparable_pairs(data):
    times, ended = [t for t, _ in data], [e for _, e in data]
    scores = comparable(times, ended)
    assert np.triu(scores).sum() == by_hand(times, ended)
    assert np.array_equal(scores, -scores.T)


@given(st.permutations(list(range(12))))
@settings(max_examples=20, deadline=None)
def test_without_censoring_it_is_kendalls_tau(order):
    found = drift([float(each) for each in order], [True] * 12)
    assert found.tau == pytest.approx(stats.kendalltau(range(12), order).statistic)
    assert found.p == pytest.approx(stats.kendalltau(range(12), order, method="exact").pvalue, abs=0.025)


def test_few_sessions_are_permuted_exactly():
    scores = comparable([3, 1, 4, 2, 5], [True] * 5)
    sums = trends._shuffled_sums(scores)
    assert len(sums) == 120
    assert sorted(sums) == sorted(by_hand(p, [True] * 5) for p in permutations([3, 1, 4, 2, 5]))


def test_the_slope_is_theil_sens():
    rng = np.random.default_rng(3)
    points = np.column_stack([np.arange(15.0), rng.normal(20, 3, 15)])
    assert theil_sen(points) == pytest.approx(stats.theilslopes(points[:, 1], points[:, 0]).slope)


def test_a_clear_change_is_spoken_of_with_its_slope():
    found = drift([30.0 - n for n in range(14)], [True] * 14)
    assert found.may_be_spoken_of
    assert found.tau == -1
    assert found.slope == pytest.approx(-5)
    assert found.lower <= found.slope <= found.upper


def test_a_slope_that_is_nought_or_may_be_either_sign_is_not_spoken_of():
    clear = drift([30.0 - n for n in range(14)], [True] * 14)
    assert not replace(clear, slope=-0.04, lower=-0.1, upper=-0.01).may_be_spoken_of
    assert not replace(clear, slope=-1.0, lower=-2.0, upper=0.2).may_be_spoken_of
    assert not replace(clear, slope=None, lower=None, upper=None).may_be_spoken_of
    assert replace(clear, slope=-1.0, lower=-2.0, upper=-0.2).may_be_spoken_of


def test_the_same_sessions_always_give_the_same_answer():
    rng = np.random.default_rng(1)
    times, ended = list(rng.integers(5, 30, 20)), list(rng.random(20) < 0.7)
    assert drift(times, ended) == drift(times, ended)


def test_noise_is_rarely_spoken_of():
    rng = np.random.default_rng(5)
    spoken = sum(drift(list(rng.normal(18, 5, 12)), [True] * 12).may_be_spoken_of for _ in range(60))
    assert spoken <= 9


def test_all_open_ended_says_nothing():
    found = drift([10.0] * 12, [False] * 12)
    assert (found.tau, found.p, found.slope) == (0, 1, None)


def test_too_few_sessions():
    assert drift([5.0] * 9, [True] * 9) is None
    with pytest.raises(ValueError, match="one end for each"):
        comparable([1, 2], [True])


def test_two_ends_have_a_slope_and_one_has_none():
    slope, lower, upper = trends._slope(np.array([[0.0, 20.0], [1.0, 18.0]]))
    assert (slope, lower, upper) == pytest.approx((-10, -10, -10))
    assert trends._slope(np.array([[0.0, 20.0]])) == (None, None, None)
    assert np.isnan(theil_sen(np.array([[3.0, 20.0], [3.0, 18.0]])))
