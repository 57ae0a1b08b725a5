"""Kaplan-Meier: the share of sessions still in relief by day, its error and its median.

Standard library only, because Today needs it before numpy is loaded. Formulas: relief.md, "Method".
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import exp, log, sqrt

NORMAL_975 = 1.959964
WIDEST_GAP = 2
WIDEST_SHARE = Fraction(15, 100)
HALF = Fraction(1, 2)

Time = int | Fraction
Interval = tuple[int, int | None]
"""(L, R]: relief ended after day L and not later than day R; R None where it was not seen to end."""


@dataclass(frozen=True, slots=True)
class CurveRow:
    """The curve after its drop at day `t`. No error or limits where the survival is 0."""

    t: Time
    at_risk: int
    events: int
    survival: Fraction
    standard_error: float | None
    lower: float | None
    upper: float | None


@dataclass(frozen=True, slots=True)
class Median:
    """The day by which half had ended, with its 95 % interval; None means "not reached"."""

    value: Time | None
    lower: Time | None
    upper: Time | None


def kaplan_meier(times: Sequence[Time], ended: Sequence[bool]) -> tuple[CurveRow, ...]:
    """One row per distinct time of an event, in order.

    Standard error by Greenwood, 95 % limits by log-log. A censoring tied with an event stays in the risk set.
    Raises ValueError when the two lists differ in length.
    """
    events = Counter(t for t, end in zip(times, ended, strict=True) if end)
    ordered = sorted(times, key=float)  # Fractions compare slowly
    rows: list[CurveRow] = []
    survival, greenwood = Fraction(1), 0.0
    for t in sorted(events, key=float):
        at_risk, d = len(ordered) - bisect_left(ordered, t), events[t]
        survival *= 1 - Fraction(d, at_risk)
        if survival:
            greenwood += d / (at_risk * (at_risk - d))
            rows.append(CurveRow(t, at_risk, d, survival, *_spread(float(survival), greenwood)))
        else:
            rows.append(CurveRow(t, at_risk, d, survival, None, None, None))
    return tuple(rows)


def _spread(survival: float, greenwood: float) -> tuple[float, float, float]:
    error = sqrt(greenwood)
    reach = NORMAL_975 * error / abs(log(survival))
    return survival * error, float(survival ** exp(reach)), float(survival ** exp(-reach))


def median_of(rows: Sequence[CurveRow]) -> Median:
    """Return first day at which the curve is at or under one half; its interval by the same rule from the limits."""
    value = next((row.t for row in rows if row.survival <= HALF), None)
    lower = next((row.t for row in rows if row.lower is None or row.lower <= 0.5), None)
    upper = next((row.t for row in rows if row.upper is not None and row.upper <= 0.5), None)
    return Median(value, lower, upper)


def midpoints(intervals: Sequence[Interval]) -> tuple[list[Time], list[bool]]:
    """Return times and ends of spans: (L+R)/2 where relief ended, else censored at L."""
    times = [lower if upper is None else Fraction(lower + upper, 2) for lower, upper in intervals]
    return times, [upper is not None for _, upper in intervals]


def midpoints_allowed(intervals: Sequence[Interval]) -> bool:
    """Whether every gap R-L is short enough to put each end in its middle.

    At most 2 days, or 15 % of the median on midpoints where that is longer.
    """
    widest = max((upper - lower for lower, upper in intervals if upper is not None), default=0)
    middle = median_of(kaplan_meier(*midpoints(intervals))).value
    return widest <= max(Fraction(WIDEST_GAP), WIDEST_SHARE * (middle or 0))


def restricted_mean(times: Sequence[Time], ended: Sequence[bool], horizon: int) -> tuple[float, float]:
    """Mean days in relief within `horizon` days and its standard error; the area under the curve.

    Never beyond the longest observation: a later horizon stops there. var = sum A_j^2 d_j / (n_j (n_j - d_j)),
    A_j the area to the right of t_j.
    """
    rows = kaplan_meier(times, ended)
    end = min(Fraction(horizon), Fraction(max(times, default=0)))
    inside = [row for row in rows if row.t < end]
    edges = [Fraction(0), *(Fraction(row.t) for row in inside), end]
    levels = [Fraction(1), *(row.survival for row in inside)]
    areas = [level * (right - left) for level, (left, right) in zip(levels, pairwise(edges), strict=True)]
    right, variance = Fraction(0), 0.0
    for row, area in zip(reversed(inside), reversed(areas), strict=False):
        right += area
        variance += float(right) ** 2 * row.events / (row.at_risk * (row.at_risk - row.events))
    return float(sum(areas)), sqrt(variance)
