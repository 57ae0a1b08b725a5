"""The line through daily readings: a mean of the days around, never across a session nor over a long gap."""

from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

GAP = 4
REACH = 3
MOST_POINTS = 15_000
Series = tuple[NDArray[np.float64], NDArray[np.float64]]


def day_means(readings: Sequence[tuple[date, float]]) -> Series:
    """Day numbers and the mean reading of each, oldest first."""
    sums: dict[int, list[float]] = {}
    for day, value in readings:
        sums.setdefault(day.toordinal(), []).append(value)
    days = sorted(sums)
    means = [sum(sums[day]) / len(sums[day]) for day in days]
    return np.array(days, dtype=float), np.array(means, dtype=float)


def smooth(readings: Sequence[tuple[date, float]], sessions: Sequence[date]) -> Series:
    """Return the weighted mean of +-3 days (weights 4 3 2 1 outwards), as one line broken by NaN.

    It breaks after each session's day, or relief would seem to begin before the session, and where
    two readings are 4 days or more apart.
    """
    days, means = day_means(readings)
    if not len(days):
        return days, means
    course = np.searchsorted(np.array(sorted(day.toordinal() for day in sessions), dtype=float), days, side="left")
    breaks = np.flatnonzero((np.diff(days) >= GAP) | (np.diff(course) > 0)) + 1
    x: list[NDArray[np.float64]] = []
    y: list[NDArray[np.float64]] = []
    for piece_days, piece in zip(np.split(days, breaks), np.split(means, breaks), strict=True):
        x += [piece_days, np.array([np.nan])]
        y += [weighted(piece_days, piece, REACH), np.array([np.nan])]
    return np.concatenate(x), np.concatenate(y)


def thinned(series: Series, columns: int) -> Series:
    """Above 15,000 points the lowest and highest of each pixel column; fewer stay as they are."""
    x, y = series
    if len(x) <= MOST_POINTS:
        return series
    column = ((x - x[0]) / (x[-1] - x[0] or 1.0) * columns).astype(int)
    order = np.lexsort((y, column))
    starts = np.flatnonzero(np.diff(column[order], prepend=-1))
    ends = np.append(starts[1:], len(order)) - 1
    chosen = np.unique(np.concatenate([order[starts], order[ends]]))
    return x[chosen], y[chosen]


def weighted(days: NDArray[np.float64], values: NDArray[np.float64], reach: int) -> NDArray[np.float64]:
    """Return mean of +-`reach` days at each of the rising whole `days`, weights falling by one with each day away."""
    places = (days - days[0]).astype(int)
    dense, seen = np.zeros(places[-1] + 1), np.zeros(places[-1] + 1)
    dense[places], seen[places] = values, 1.0
    kernel = (reach + 1.0) - np.abs(np.arange(-reach, reach + 1))
    middle = slice(reach, reach + len(dense))
    sums, weights = np.convolve(dense, kernel)[middle], np.convolve(seen, kernel)[middle]
    result: NDArray[np.float64] = sums[places] / weights[places]
    return result
