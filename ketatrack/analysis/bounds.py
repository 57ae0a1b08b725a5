"""The honesty band: how high and how low the curve could be, whatever the reason for the next session was.

Peterson 1976, PNAS 73:11-13; with a session that is still running by Aalen and Johansen 1978, Scand J Stat 5:141-150.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from ketatrack.analysis.kaplan_meier import Time


@dataclass(frozen=True, slots=True)
class Bound:
    """From day `t` on the share still in relief is at least `lower` and at most `upper`."""

    t: Time
    lower: Fraction
    upper: Fraction


def peterson_bounds(times: Sequence[Time], ended: Sequence[bool], running: Sequence[bool] = ()) -> tuple[Bound, ...]:
    """One row per day on which a bound changes, in order; before the first both are 1.

    `lower` takes every next session for an end, `upper` none of them. `running` marks sessions with nothing after
    them yet (none, where it is left out): they are censored, and nothing is assumed about them. Raises ValueError
    when the lists differ in length, or a running session has ended.
    """
    waits = tuple(running) or (False,) * len(times)
    if any(end and wait for end, wait in zip(ended, waits, strict=True)):
        raise ValueError("a session that is still running has not ended")
    ordered = sorted(times)
    rows: list[Bound] = []
    lower = upper = Fraction(1)
    for t in sorted({t for t, wait in zip(times, waits, strict=True) if not wait}):
        at_risk = len(ordered) - bisect_left(ordered, t)
        here = [end for at, end, wait in zip(times, ended, waits, strict=True) if at == t and not wait]
        upper -= lower * Fraction(sum(here), at_risk)
        lower *= 1 - Fraction(len(here), at_risk)
        rows.append(Bound(t, lower, upper))
    return tuple(rows)


def restricted_mean_bounds(rows: Sequence[Bound], horizon: Time) -> tuple[Fraction, Fraction]:
    """Return the least and the most that the mean days in relief within `horizon` days can be."""
    inside = [row for row in rows if row.t < horizon]
    edges = [Fraction(0), *(Fraction(row.t) for row in inside), Fraction(horizon)]
    widths = [right - left for left, right in pairwise(edges)]
    lower = sum(
        (w * level for w, level in zip(widths, [Fraction(1), *(r.lower for r in inside)], strict=True)), Fraction(0)
    )
    upper = sum(
        (w * level for w, level in zip(widths, [Fraction(1), *(r.upper for r in inside)], strict=True)), Fraction(0)
    )
    return lower, upper
