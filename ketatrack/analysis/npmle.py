"""The share still in relief where ends are only known to lie between two readings: Turnbull's estimate.

Turnbull 1976, J R Stat Soc B 38:290-295. Any algorithm will do that ends on the KKT conditions; this one is EM
to come near, then projected Newton steps.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf

import numpy as np
from numpy.typing import NDArray

Ends = tuple[float, float]
"""(L, R]: L excluded, R included; `inf` where relief was not seen to end; L == R where the day is known exactly."""

TOLERANCE = 1e-6
_SUPPORT, _GOING = 1e-8, 1e-5
_EM_STEPS, _NEWTON_STEPS = 60, 200
_Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Turnbull:
    """Mass on each innermost interval; inside one it is not determined where the mass lies."""

    intervals: tuple[Ends, ...]
    masses: tuple[float, ...]
    log_likelihood: float
    converged: bool

    def survival(self, t: float) -> tuple[float, float]:
        """Return the least and the most that the share still in relief after day `t` can be."""
        weighted = list(zip(self.intervals, self.masses, strict=True))
        later = sum(mass for (low, high), mass in weighted if low >= t and high > t)
        maybe = sum(mass for (low, high), mass in weighted if low < t < high)
        return later, later + maybe

    @property
    def median(self) -> Ends | None:
        """The innermost interval in which the curve reaches one half; None where it never does."""
        left = 1 - np.cumsum(self.masses)
        low, high = self.intervals[int(np.argmax(left <= 0.5 + TOLERANCE))]
        return None if high == inf else (low, high)


def innermost(intervals: Sequence[Ends]) -> tuple[Ends, ...]:
    """Return the innermost intervals: each left end that a right end follows at once, in order.

    Raises ValueError for an interval whose ends are the wrong way round, or not numbers.
    """
    ends: list[tuple[float, int, int]] = []
    for low, high in intervals:
        if not low <= high:
            raise ValueError(f"({low}, {high}] is no interval")
        exact = low == high
        # An open left end lies just after its day, and after a right end on the same day.
        ends.append((low, 0 if exact else 2, 0))
        ends.append((high, 1, 1))
    ends.sort()
    result = [(first[0], second[0]) for first, second in pairwise(ends) if first[2] == 0 and second[2] == 1]
    return tuple(dict.fromkeys(result))


def turnbull(intervals: Sequence[Ends]) -> Turnbull:
    """Return the nonparametric maximum likelihood estimate from (L, R] pairs.

    KKT: the gradient is at most n + 1e-6 everywhere and within 1e-6 of n wherever there is mass; `converged` says
    whether that was reached. Raises ValueError without intervals, or for one whose ends are the wrong way round.
    """
    if not intervals:
        raise ValueError("an estimate needs at least one interval")
    boxes = innermost(intervals)
    rows, counts = np.unique(_covers(intervals, boxes), axis=0, return_counts=True)
    covers, weights = rows.astype(np.float64), counts.astype(np.float64)
    masses = _em(covers, weights)
    masses = _newton(covers, weights, masses)
    n = float(len(intervals))
    slope = _gradient(covers, weights, masses)
    on = masses > _SUPPORT
    converged = bool(np.all(slope <= n + TOLERANCE) and np.all(np.abs(slope[on] - n) <= TOLERANCE))
    likelihood = float(np.sum(weights * np.log(covers @ masses)))
    return Turnbull(boxes, tuple(float(mass) for mass in masses), likelihood, converged)


def _covers(intervals: Sequence[Ends], boxes: Sequence[Ends]) -> NDArray[np.bool_]:
    """Which innermost intervals lie inside which observed ones."""
    low = np.array([pair[0] for pair in intervals])[:, None]
    high = np.array([pair[1] for pair in intervals])[:, None]
    left = np.array([pair[0] for pair in boxes])[None, :]
    right = np.array([pair[1] for pair in boxes])[None, :]
    exact_box, exact = left == right, low == high
    # An exact day inside (L, R] must come after L; an exact observation holds only its own day.
    after = np.where(exact_box & ~exact, left > low, left >= low)
    return after & (right <= high)


def _gradient(covers: _Array, weights: _Array, masses: _Array) -> _Array:
    result: _Array = covers.T @ (weights / (covers @ masses))
    return result


def _em(covers: _Array, weights: _Array) -> _Array:
    masses = np.full(covers.shape[1], 1.0 / covers.shape[1])
    n = weights.sum()
    for _ in range(_EM_STEPS):
        masses = masses * _gradient(covers, weights, masses) / n
    result: _Array = masses / masses.sum()
    return result


def _newton(covers: _Array, weights: _Array, masses: _Array) -> _Array:
    """Maximise sum w log(A p) - n sum p over p >= 0; there the masses add up to 1 by themselves."""
    n = weights.sum()
    for _ in range(_NEWTON_STEPS):
        fitted = covers @ masses
        slope = covers.T @ (weights / fitted) - n
        if np.all(slope <= TOLERANCE / 10) and np.all(np.abs(slope[masses > _SUPPORT]) <= TOLERANCE / 10):
            break
        # Masses that are on their way to 0 are put there: a step that is cut off at them stays short for ever.
        bound = (masses < _GOING) & (slope < 0)
        masses = np.where(bound, 0.0, masses)
        fitted = covers @ masses
        slope = covers.T @ (weights / fitted) - n
        free = ~bound
        scaled = covers[:, free] * (np.sqrt(weights) / fitted)[:, None]
        bend = scaled.T @ scaled
        bend[np.diag_indices_from(bend)] += 1e-10 * max(float(np.trace(bend)) / len(bend), 1.0)
        step = np.zeros_like(masses)
        step[free] = np.linalg.solve(bend, slope[free])
        masses = _line_search(covers, weights, masses, step, slope)
    result: _Array = masses / masses.sum()
    return result


def _line_search(covers: _Array, weights: _Array, masses: _Array, step: _Array, slope: _Array) -> _Array:
    """Return the first of a few shortened steps, cut off at 0, that is an improvement; else one EM step."""
    n = weights.sum()

    def height(at: _Array) -> float:
        fitted = covers @ at
        if np.any(fitted <= 0):
            return -inf
        return float(np.sum(weights * np.log(fitted)) - n * at.sum())

    now, length = height(masses), 1.0
    while length > 1e-9:
        tried = np.maximum(masses + length * step, 0.0)
        # Armijo's rule on what the cut-off step really moves.
        if height(tried) >= now + 1e-4 * float(slope @ (tried - masses)) and not np.array_equal(tried, masses):
            return tried
        length /= 2
    em: _Array = masses * (slope + n) / n
    return em
