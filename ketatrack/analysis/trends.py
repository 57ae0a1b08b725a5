"""Is relief becoming longer or shorter from session to session: rank correlation that knows of open-ended spans.

Kendall's tau over comparable pairs (Gehan 1965, Biometrika 52:203-223), by permutation; Theil-Sen for the slope.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import permutations
from math import nan

import numpy as np
from numpy.typing import NDArray

LEAST_SESSIONS = 10
SHUFFLES, RESAMPLES, SEED = 10_000, 400, 20_260_101
EXACT_UP_TO = 8
SPOKEN_BELOW = 0.05
PER_SESSIONS = 5
_BATCH = 200
_Scores = NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Drift:
    """Change of relief over `n` sessions in order.

    `tau` is the surplus of longer-later over shorter-later among comparable pairs; `p` its two-sided permutation
    probability. `slope` is in days per 5 sessions, from ended spans only, with a 95 % bootstrap interval; None
    with fewer than two of them.
    """

    n: int
    tau: float
    p: float
    slope: float | None
    lower: float | None
    upper: float | None

    @property
    def may_be_spoken_of(self) -> bool:
        """Whether it is more than chance would often do, and its slope is neither nought nor may be either sign."""
        if self.slope is None or self.lower is None or self.upper is None:
            return False
        return self.p < SPOKEN_BELOW and round(self.slope, 1) != 0 and self.lower * self.upper > 0


def drift(times: Sequence[float], ended: Sequence[bool]) -> Drift | None:
    """Whether relief changes over the sessions, given in their order; None with fewer than 10.

    `times` are days of relief (midpoints, or the last day in relief where it was not seen to end). The
    permutations are seeded: the same sessions always give the same answer. Raises ValueError when the two lists
    differ in length.
    """
    n = len(times)
    if n < LEAST_SESSIONS:
        return None
    scores = comparable(times, ended)
    pairs = int(np.count_nonzero(np.triu(scores)))
    observed = int(np.triu(scores).sum())
    shuffled = _shuffled_sums(scores)
    # The order that was seen is one of those that could have been: p is never 0.
    p = (1 + int(np.count_nonzero(np.abs(shuffled) >= abs(observed)))) / (1 + len(shuffled))
    finished = [(number, time) for number, (time, end) in enumerate(zip(times, ended, strict=True)) if end]
    slope, lower, upper = _slope(np.array(finished, dtype=np.float64))
    return Drift(n, observed / pairs if pairs else 0.0, p, slope, lower, upper)


def comparable(times: Sequence[float], ended: Sequence[bool]) -> _Scores:
    """For each pair: 1 where the column's relief is known to be longer, -1 shorter, 0 where it cannot be told."""
    if len(times) != len(ended):
        raise ValueError("there is one end for each time")
    x, end = np.asarray(times, dtype=np.float64), np.asarray(ended, dtype=bool)
    later, tie = x[None, :] > x[:, None], x[None, :] == x[:, None]
    # Two that ended on the same day are equal; one that went on from that day lasted longer.
    longer = end[:, None] & (later | (tie & ~end[None, :]))
    result: _Scores = longer.astype(np.int8) - longer.T.astype(np.int8)
    return result


def _shuffled_sums(scores: _Scores) -> NDArray[np.int64]:
    """Return the sum of scores over pairs in order, for every order (few sessions) or for 10,000 drawn ones."""
    n = len(scores)
    if n <= EXACT_UP_TO:
        orders = np.array(list(permutations(range(n))))
    else:
        draw = np.random.default_rng(SEED)
        orders = draw.permuted(np.tile(np.arange(n), (SHUFFLES, 1)), axis=1)
    first, second = np.nonzero(np.triu(scores))
    worth = scores[first, second].astype(np.float32)
    places = orders.astype(np.int16)
    # A pair keeps its worth where the shuffle leaves it in order, and turns it round where it does not.
    parts = [
        (part[:, second] > part[:, first]).astype(np.float32) @ worth
        for part in np.array_split(places, max(1, len(places) // _BATCH))
    ]
    sums: NDArray[np.int64] = np.rint(2 * np.concatenate(parts) - worth.sum()).astype(np.int64)
    return sums


def _slope(points: NDArray[np.float64]) -> tuple[float | None, float | None, float | None]:
    if len(points) < 2:
        return None, None, None
    draw = np.random.default_rng(SEED)
    slopes = [theil_sen(points[draw.integers(0, len(points), len(points))]) for _ in range(RESAMPLES)]
    # A resample that drew one session alone has no slope.
    lower, upper = np.nanquantile(slopes, [0.025, 0.975])
    return theil_sen(points) * PER_SESSIONS, float(lower) * PER_SESSIONS, float(upper) * PER_SESSIONS


def theil_sen(points: NDArray[np.float64]) -> float:
    """Return the median slope over all pairs of (session number, days); not a number where no two numbers differ."""
    rows, columns = np.triu_indices(len(points), 1)
    steps = points[columns] - points[rows]
    apart = steps[steps[:, 0] != 0]
    return float(np.median(apart[:, 1] / apart[:, 0])) if len(apart) else nan
