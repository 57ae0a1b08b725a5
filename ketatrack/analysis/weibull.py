"""The headline estimate: a Bayesian Weibull for relief whose ends are only known to lie between two readings.

By median M and shape k: S(t) = 2^-((t/M)^k). The priors are what studies found; quadrature, no sampling.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import exp, inf, log

import numpy as np
from numpy.typing import NDArray

from ketatrack.analysis.npmle import Ends

NORMAL_95 = 1.6448536
LEAST, MOST = (0.5, 0.2), (400.0, 8.0)
_COARSE, _FINE = (81, 41), (201, 81)
_NEGLIGIBLE = 30.0
_Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Prior:
    """ln M and ln k are normal, independent; the median in days."""

    median: float
    median_sd: float
    shape: float = 1.3
    shape_sd: float = 0.4

    @property
    def range(self) -> tuple[float, float]:
        """The middle 90 % of the median before any of the person's own sessions."""
        reach = exp(NORMAL_95 * self.median_sd)
        return self.median / reach, self.median * reach


MOOD_PRIOR = Prior(18.0, 0.8)
PAIN_PRIOR = Prior(21.0, 1.0)
WIDER_SD = 1.6


@dataclass(frozen=True, slots=True)
class WeibullPosterior:
    """Posterior median of the median relief in days, its 90 % interval, and how much of it is the person's own.

    `differs` says that the pattern lies outside the published range, and that a wider prior was used.
    """

    median: float
    lower: float
    upper: float
    own_share: float
    differs: bool
    log_medians: _Array
    shapes: _Array
    weights: _Array

    def survival(self, t: float) -> float:
        """Return the posterior mean of the share still in relief after `t` days."""
        if t <= 0:
            return 1.0
        return float(np.sum(self.weights * np.exp2(-_ratio(t, self.log_medians, self.shapes))))


def weibull_posterior(intervals: Sequence[Ends], prior: Prior = MOOD_PRIOR) -> WeibullPosterior:
    """Return the posterior from (L, R] pairs (`inf`: not seen to end; L == R: known exactly, enters as the density).

    Deterministic quadrature on a grid in ln M and ln k over M in [0.5, 400] days and k in [0.2, 8]. Where the
    posterior median leaves the prior's own middle 90 %, the fit is repeated with an SD of 1.6. Raises ValueError
    for an interval whose ends are the wrong way round, or that ends on day 0.
    """
    for low, high in intervals:
        if not 0 <= low <= high or high == 0:
            raise ValueError(f"({low}, {high}] is no time of relief")
    result = _fit(intervals, prior)
    least, most = prior.range
    if least <= result.median <= most:
        return result
    return replace(_fit(intervals, replace(prior, median_sd=WIDER_SD)), differs=True)


def _fit(intervals: Sequence[Ends], prior: Prior) -> WeibullPosterior:
    log_medians, log_shapes = _axes((log(LEAST[0]), log(MOST[0])), (log(LEAST[1]), log(MOST[1])), _COARSE)
    height = _log_posterior(intervals, prior, log_medians, log_shapes)
    log_medians, log_shapes = _axes(*_where_it_matters(log_medians[:, 0], log_shapes[0], height), _FINE)
    height = _log_posterior(intervals, prior, log_medians, log_shapes)
    weights = np.exp(height - height.max()) * _trapezoid(log_medians.shape)
    weights /= weights.sum()
    across = weights.sum(axis=1)
    lower, median, upper = np.exp(_quantiles(log_medians[:, 0], across, (0.05, 0.5, 0.95)))
    mean = float(np.sum(across * log_medians[:, 0]))
    variance = float(np.sum(across * (log_medians[:, 0] - mean) ** 2))
    own = min(max(1 - variance / prior.median_sd**2, 0.0), 1.0)
    return WeibullPosterior(
        float(median), float(lower), float(upper), own, False, log_medians, np.exp(log_shapes), weights
    )


def _axes(medians: tuple[float, float], shapes: tuple[float, float], size: tuple[int, int]) -> tuple[_Array, _Array]:
    grid = np.meshgrid(np.linspace(*medians, size[0]), np.linspace(*shapes, size[1]), indexing="ij")
    return grid[0], grid[1]


def _where_it_matters(
    log_medians: _Array, log_shapes: _Array, height: _Array
) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return the rectangle, a step wider on each side, outside of which the posterior is negligible."""
    relevant = height > height.max() - _NEGLIGIBLE
    rows, columns = np.flatnonzero(relevant.any(axis=1)), np.flatnonzero(relevant.any(axis=0))

    def ends(axis: _Array, inside: NDArray[np.intp]) -> tuple[float, float]:
        return float(axis[max(inside[0] - 1, 0)]), float(axis[min(inside[-1] + 1, len(axis) - 1)])

    return ends(log_medians, rows), ends(log_shapes, columns)


def _log_posterior(intervals: Sequence[Ends], prior: Prior, log_medians: _Array, log_shapes: _Array) -> _Array:
    height: _Array = -0.5 * ((log_medians - log(prior.median)) / prior.median_sd) ** 2
    height = height - 0.5 * ((log_shapes - log(prior.shape)) / prior.shape_sd) ** 2
    shapes = np.exp(log_shapes)
    known: dict[float, _Array] = {}

    def ratio(t: float) -> _Array:
        if t not in known:
            known[t] = _ratio(t, log_medians, shapes)
        return known[t]

    for (low, high), times in Counter(intervals).items():
        height = height + times * _log_likelihood(low, high, ratio, shapes)
    return height


def _log_likelihood(low: float, high: float, ratio: Callable[[float], _Array], shapes: _Array) -> _Array:
    """ln[S(L) - S(R)]; ln S(L) where the end was not seen; the log density where it is known exactly."""
    ln2 = log(2.0)
    if low == high:
        exact: _Array = np.log(ln2 * shapes / low) + np.log(ratio(low)) - ln2 * ratio(low)
        return exact
    if high == inf:
        return -ln2 * ratio(low) if low > 0 else np.zeros_like(shapes)
    before = ratio(low) if low > 0 else np.zeros_like(shapes)
    # ln(2^-a - 2^-b) = -a ln 2 + ln(1 - 2^-(b-a)): stable where both are tiny.
    gap = np.maximum(ratio(high) - before, 1e-300)
    between: _Array = -ln2 * before + np.log(-np.expm1(-ln2 * gap))
    return between


def _ratio(t: float, log_medians: _Array, shapes: _Array) -> _Array:
    """(t/M)^k, kept below where 2^-x is 0 anyway."""
    result: _Array = np.exp(np.minimum(shapes * (log(t) - log_medians), 12.0))
    return result


def _trapezoid(shape: tuple[int, ...]) -> _Array:
    weights = np.ones(shape)
    for axis, length in enumerate(shape):
        ends = [slice(None)] * len(shape)
        for end in (0, length - 1):
            ends[axis] = slice(end, end + 1)
            weights[tuple(ends)] *= 0.5
    return weights


def _quantiles(axis: _Array, across: _Array, levels: Sequence[float]) -> _Array:
    """Where the cumulated marginal reaches each level; a cell's mass lies evenly around its point."""
    width = axis[1] - axis[0]
    edges = np.concatenate(([axis[0]], axis[:-1] + width / 2, [axis[-1]]))
    cumulated = np.concatenate(([0.0], np.cumsum(across)))
    result: _Array = np.interp(levels, cumulated, edges)
    return result
