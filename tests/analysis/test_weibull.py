"""The Weibull posterior: the worked sets, an independent quadrature, and the rule for unusual patterns."""

from math import inf

import numpy as np
import pytest
from hypothesis import given, settings
from intervals import D1, D2, D3, D4, many

from ketatrack.analysis.weibull import MOOD_PRIOR, PAIN_PRIOR, weibull_posterior

WORKED = [
    ([], 18.00, 4.83, 67.08, 0, (0.7520, 0.5602, 0.4279, 0.3355)),
    (D1, 16.093, 10.177, 27.076, 0.859, (0.8416, 0.5799, 0.3350, 0.1832)),
    (D2, 13.741, 7.169, 33.016, 0.658, (0.7583, 0.4839, 0.2988, 0.1946)),
    (D3, 41.630, 17.712, 113.417, 0.499, (0.9171, 0.8298, 0.7389, 0.6496)),
    (D4, 17.631, 13.236, 23.498, 0.951, (0.9025, 0.6568, 0.3626, 0.1605)),
]


@pytest.mark.parametrize(("intervals", "median", "lower", "upper", "own", "survival"), WORKED)
def test_the_worked_sets(intervals, median, lower, upper, own, survival):
    found = weibull_posterior(intervals)
    assert (found.median, found.lower, found.upper) == pytest.approx((median, lower, upper), rel=0.005)
    assert found.own_share == pytest.approx(own, abs=0.005)
    assert [found.survival(t) for t in (7, 14, 21, 28)] == pytest.approx(survival, rel=0.005)
    assert not found.differs


def by_a_fine_grid(intervals, prior):
    """The same posterior on the large grid of the design, written in another way."""
    m, k = np.meshgrid(np.geomspace(0.5, 400, 1601), np.geomspace(0.2, 8, 401), indexing="ij")
    weight = np.exp(
        -0.5 * (np.log(m / prior.median) / prior.median_sd) ** 2 - 0.5 * (np.log(k / prior.shape) / prior.shape_sd) ** 2
    )
    with np.errstate(all="ignore"):
        for low, high in intervals:
            if low == high:
                u = (low / m) ** k
                weight = weight * k / low * u * 2.0**-u
            else:
                weight = weight * (2.0 ** -((low / m) ** k) - (0 if high == inf else 2.0 ** -((high / m) ** k)))
    weight /= weight.sum()
    across = np.cumsum(weight.sum(axis=1))
    return [float(np.interp(level, across, m[:, 0])) for level in (0.05, 0.5, 0.95)]


@settings(max_examples=40, deadline=None)
@given(many)
def test_it_agrees_with_an_independent_quadrature(intervals):
    intervals = [(low, high) for low, high in intervals if high - low < 100 or high == inf][:12]
    found = weibull_posterior(intervals)
    if found.differs:
        return
    lower, median, upper = by_a_fine_grid(intervals, MOOD_PRIOR)
    assert found.median == pytest.approx(median, rel=0.005)
    assert found.lower == pytest.approx(lower, rel=0.02)
    assert found.upper == pytest.approx(upper, rel=0.02)


def test_a_pattern_unlike_the_published_ones_is_fitted_with_a_wider_prior():
    long = weibull_posterior([(150, 160), (140, 150), (160, 170), (155, 165), (150, 155)])
    assert long.differs
    assert 130 < long.median < 180
    assert not weibull_posterior(D4).differs


def test_pain_has_its_own_prior():
    assert weibull_posterior([], PAIN_PRIOR).median == pytest.approx(21, rel=0.005)


@settings(max_examples=60, deadline=None)
@given(many)
def test_numbers_stay_in_order(intervals):
    found = weibull_posterior(intervals)
    assert 0.5 <= found.lower <= found.median <= found.upper <= 400
    assert 0 <= found.own_share <= 1
    shares = [found.survival(t) for t in (0, 1, 7, 30, 365)]
    assert shares[0] == 1
    assert shares == sorted(shares, reverse=True)


@pytest.mark.parametrize("wrong", [(5, 3), (-1, 3), (0, 0)])
def test_what_is_no_time_of_relief_is_refused(wrong):
    with pytest.raises(ValueError, match="no time of relief"):
        weibull_posterior([wrong])
