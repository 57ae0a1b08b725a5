"""Patterns in habits, not causes: what went with longer relief, and with a better next day, behind strict gates.

Two traps are designed out: longer relief gives more days to practise (so only days 1-7 count), and a worse day
means less practice (so yesterday's score is held constant).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import permutations
from math import sqrt, tanh

import numpy as np
from numpy.typing import NDArray

from ketatrack.analysis.trends import EXACT_UP_TO, SEED, SHUFFLES, comparable
from ketatrack.i18n import N_, _
from ketatrack.models.records import MOST_HABITS

LEAST_SESSIONS, LEAST_ENDS, LEAST_FOR_SHIFTS = 12, 8, 20

LEAST_PAIRS, LEAST_GROUPS = 60, 4
AUTOCORRELATION = 0.3
RESAMPLES = 1_000
# Why there is no pattern, in two sentences; the first is looked up when it is said.
Reason = tuple[str, str]
NO_REASON: Reason = ("", "")
SAME_SIDE: Reason = (N_("It was on the same side of the limit on all days."), "")
SAME_ALWAYS: Reason = (N_("It was the same after every session."), "")
_Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class SessionPattern:
    """How one habit in the week after a session goes with the relief that remained after that week.

    `r` is the rank correlation and `p` its permutation probability after Holm; both are None where `reason` says
    why nothing was worked out. `difference` is in days, upper half of the habit minus lower half, with its
    bootstrap interval. `detectable` is the smallest |r| that so many sessions could show with 80 % power.
    """

    habit: str
    sessions: int
    ends: int
    r: float | None = None
    p: float | None = None
    difference: float | None = None
    lower: float | None = None
    upper: float | None = None
    detectable: float | None = None
    reason: Reason = NO_REASON


def session_patterns(
    exposures: Mapping[str, Sequence[float]], remaining: Sequence[float], ended: Sequence[bool]
) -> tuple[SessionPattern, ...]:
    """One pattern for each habit chosen beforehand.

    Args:
        exposures: the habit's mean over the noted days 1-7 of each session still in relief at day 7, in order.
        remaining: days of relief beyond day 7 of the same sessions.
        ended: whether that relief was seen to end.

    Raises ValueError for more than three habits, or lists of different lengths.
    """
    if len(exposures) > MOST_HABITS:
        raise ValueError(f"at most {MOST_HABITS} habits are chosen beforehand")
    if any(len(exposure) != len(remaining) for exposure in exposures.values()) or len(ended) != len(remaining):
        raise ValueError("every session has one value of each habit, one time and one end")
    result = [_session_pattern(name, np.asarray(values, float), remaining, ended) for name, values in exposures.items()]
    adjusted = iter(holm([pattern.p for pattern in result if pattern.p is not None]))
    return tuple(replace(pattern, p=next(adjusted)) if pattern.p is not None else pattern for pattern in result)


def _session_pattern(habit: str, x: _Array, remaining: Sequence[float], ended: Sequence[bool]) -> SessionPattern:
    n, ends = len(x), sum(ended)
    if n < LEAST_SESSIONS or ends < LEAST_ENDS:
        lack = _not_enough(
            _("{n} of {n_needed} sessions, {e} of {e_needed} ends.").format(
                n=n, n_needed=LEAST_SESSIONS, e=ends, e_needed=LEAST_ENDS
            )
        )
        return SessionPattern(habit, n, ends, reason=lack)
    if float(np.std(x)) == 0:
        return SessionPattern(habit, n, ends, reason=SAME_ALWAYS)
    shifts = autocorrelation(x) > AUTOCORRELATION
    if shifts and n < LEAST_FOR_SHIFTS:
        lack = _not_enough(_("{n} of {needed} sessions, as it changes slowly.").format(n=n, needed=LEAST_FOR_SHIFTS))
        return SessionPattern(habit, n, ends, reason=lack)
    r, p = rank_correlation(x, remaining, ended, shifts=shifts)
    difference, lower, upper = _halves(x, np.asarray(remaining, float))
    return SessionPattern(habit, n, ends, r, p, difference, lower, upper, detectable(n))


def rank_correlation(
    x: Sequence[float] | _Array, times: Sequence[float], ended: Sequence[bool], shifts: bool = False
) -> tuple[float, float]:
    """Correlation of the ranks of x with the Gehan scores of possibly censored times, and its two-sided p.

    Without censoring this is Spearman's. Permutations are all of them up to 8 sessions, 10,000 seeded ones above;
    with `shifts` the circular shifts of x, which keep its slow changes.
    """
    ranks = _ranks(np.asarray(x, float))
    scores = comparable(times, ended).sum(axis=0).astype(float)
    u, v = _standard(ranks), _standard(scores)
    observed = float(u @ v)
    if shifts:
        orders = np.array([np.roll(np.arange(len(u)), by) for by in range(len(u))])
    elif len(u) <= EXACT_UP_TO:
        orders = np.array(list(permutations(range(len(u)))))
    else:
        rows = np.tile(np.arange(len(u)), (SHUFFLES, 1))
        orders = np.vstack([np.arange(len(u)), np.random.default_rng(SEED).permuted(rows, axis=1)])
    extreme = np.abs(u[orders] @ v) >= abs(observed) - 1e-12
    return observed, float(np.mean(extreme))


def holm(probabilities: Sequence[float]) -> tuple[float, ...]:
    """Probabilities adjusted for how many were looked at (Holm 1979, Scand J Stat 6:65-70), in the order given."""
    order = sorted(range(len(probabilities)), key=lambda place: probabilities[place])
    adjusted, highest = [0.0] * len(probabilities), 0.0
    for rank, place in enumerate(order):
        highest = max(highest, min(1.0, probabilities[place] * (len(probabilities) - rank)))
        adjusted[place] = highest
    return tuple(adjusted)


def detectable(n: int) -> float:
    """Return the smallest |r| that n sessions could show with 80 % power at 5 % (by Fisher's z)."""
    return tanh((1.959964 + 0.841621) / sqrt(n - 3))


def autocorrelation(x: _Array) -> float:
    """Lag-1 autocorrelation; 0 for a constant."""
    centred = x - x.mean()
    total = float(centred @ centred)
    return float(centred[1:] @ centred[:-1]) / total if total > 0 else 0.0


def _ranks(x: _Array) -> _Array:
    """Ranks from 1, ties sharing their mean."""
    _, place, counts = np.unique(x, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    means: _Array = (last - (counts - 1) / 2)[place]
    return means


def _standard(values: _Array) -> _Array:
    centred = values - values.mean()
    length = float(np.sqrt(centred @ centred))
    result: _Array = centred / length if length > 0 else centred
    return result


def _halves(x: _Array, remaining: _Array) -> tuple[float, float, float]:
    """Mean remaining relief where the habit was above its median, minus where it was not, with a 95 % interval."""

    def difference(rows: NDArray[np.intp]) -> float:
        upper = x[rows] > np.median(x[rows])
        if upper.all() or not upper.any():
            return float("nan")
        return float(remaining[rows][upper].mean() - remaining[rows][~upper].mean())

    draw = np.random.default_rng(SEED)
    spread = np.array([difference(draw.integers(0, len(x), len(x))) for _ in range(RESAMPLES)])
    lower, upper = np.nanquantile(spread, [0.025, 0.975])
    return difference(np.arange(len(x))), float(lower), float(upper)


@dataclass(frozen=True, slots=True)
class DayPair:
    """Two days that follow each other inside one session's time: today's score and habit, tomorrow's score."""

    session: int
    day: int
    weekday: int
    score: float
    habit: float
    next_score: float


@dataclass(frozen=True, slots=True)
class DayPattern:
    """How the score on the day after goes with the habit above its limit.

    `effect` is the change of tomorrow's score with its 95 % block-bootstrap interval; None where `reason` says why
    nothing was worked out.
    """

    pairs: int
    sessions: int
    effect: float | None = None
    lower: float | None = None
    upper: float | None = None
    reason: Reason = NO_REASON


def day_patterns(pairs: Sequence[DayPair], limit: float) -> DayPattern:
    """y(d+1) = a + phi y(d) + b x(d) + g1 t + g2 ln(1+t) + weekday, x = 1 above `limit`, centred within sessions.

    Needs 60 pairs of days over 4 sessions, and days on both sides of the limit.
    """
    groups = sorted({pair.session for pair in pairs})
    n, sessions = len(pairs), len(groups)
    if n < LEAST_PAIRS or sessions < LEAST_GROUPS:
        lack = _not_enough(
            _("{n} of {n_needed} days, {k} of {k_needed} sessions.").format(
                n=n, n_needed=LEAST_PAIRS, k=sessions, k_needed=LEAST_GROUPS
            )
        )
        return DayPattern(n, sessions, reason=lack)
    parts = [_design([pair for pair in pairs if pair.session == group], limit) for group in groups]
    if max(float(np.abs(x[:, 0]).max()) for x, _ in parts) == 0:
        return DayPattern(n, sessions, reason=SAME_SIDE)
    squares, products = np.array([x.T @ x for x, _ in parts]), np.array([x.T @ y for x, y in parts])
    drawn = np.random.default_rng(SEED).multinomial(sessions, [1 / sessions] * sessions, size=RESAMPLES)
    spread = _effects(np.tensordot(drawn, squares, 1), drawn @ products)
    lower, upper = np.quantile(spread, [0.025, 0.975])
    effect = float(_effects(squares.sum(axis=0)[None], products.sum(axis=0)[None])[0])
    return DayPattern(n, sessions, effect, float(lower), float(upper))


def _effects(squares: _Array, products: _Array) -> _Array:
    """Return the first coefficient of each least-squares fit, from its normal equations."""
    result: _Array = (np.linalg.pinv(squares, hermitian=True) @ products[..., None])[:, 0, 0]
    return result


def _design(pairs: Sequence[DayPair], limit: float) -> tuple[_Array, _Array]:
    over = np.array([float(pair.habit > limit) for pair in pairs])
    t = np.array([float(pair.day) for pair in pairs])
    weekdays = np.array([[float(pair.weekday == day) for day in range(1, 7)] for pair in pairs])
    score = np.array([pair.score for pair in pairs])
    columns = [over - over.mean(), np.ones(len(pairs)), score, t, np.log1p(t), *weekdays.T]
    return np.column_stack(columns), np.array([pair.next_score for pair in pairs])


def _not_enough(counted: str) -> Reason:
    return N_("Not enough data yet."), counted
