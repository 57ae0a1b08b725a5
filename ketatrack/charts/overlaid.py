"""All sessions laid over each other on days since the session: how a typical one runs, and how far this one has come.

What is drawn, said and pointed at, as data; overlaid_figure.py draws it.
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from ketatrack.analysis.relief import Relief
from ketatrack.analysis.relief_words import limit_words
from ketatrack.charts.frame import Frame, Point
from ketatrack.charts.journey import end_words
from ketatrack.charts.numbers import Numbers, cells
from ketatrack.charts.smoothing import weighted
from ketatrack.charts.style import ChartStyle
from ketatrack.charts.words import counted, day_words, filled, number, regimen, tr

REACH = 2
LEAST_SESSIONS = 3
SHORTEST_AXIS, WEEK = 42, 7
GAP_DAILY, GAP_WEEKLY = 4, 15


@dataclass(frozen=True, slots=True)
class Run:
    """One session's readings: rising days since it, their values, and the same smoothed; as people write them."""

    day: date
    session: UUID
    words: str
    days: tuple[int, ...]
    values: tuple[float, ...]
    smooth: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Middle:
    """Median and quartiles of the smoothed values on one day since the session."""

    day: int
    low: float
    median: float
    high: float


@dataclass(frozen=True)
class Overlaid:
    """Everything the chart shows; `running` is the place in `runs` of the session that nothing followed yet."""

    title: str
    subtitle: str
    highest: float
    end_words: tuple[str, str]
    runs: tuple[Run, ...]
    running: int | None
    relief_line: float | None
    relief_words: str
    higher_is_better: bool
    daily: bool

    height = 244.0
    zooms = False

    @cached_property
    def middles(self) -> tuple[Middle, ...]:
        """Median and quartiles of each day on which at least 3 sessions have a value; oldest day first."""
        if len(self.runs) < LEAST_SESSIONS:
            return ()
        days = np.flatnonzero(np.count_nonzero(~np.isnan(self._grid), axis=0) >= LEAST_SESSIONS)
        if not len(days):
            return ()
        low, median, high = np.nanpercentile(self._grid[:, days], (25, 50, 75), axis=0)
        rows = zip(days, low, median, high, strict=True)
        return tuple(Middle(int(day), float(a), float(b), float(c)) for day, a, b, c in rows)

    @cached_property
    def _grid(self) -> NDArray[np.float64]:
        """A row per session and a column per day since it; NaN where it has no value.

        Weekly scores have one on every day that their line passes, or sessions would never meet on a day.
        """
        grid = np.full((len(self.runs), self.last_day + 1), np.nan)
        for place, run in enumerate(self.runs):
            days, values = np.array(run.days), np.array(run.smooth)
            for piece in np.split(np.arange(len(days)), np.flatnonzero(np.diff(days) >= self.gap) + 1):
                between = np.arange(days[piece[0]], min(days[piece[-1]], self.last_day) + 1)
                columns = days[piece][days[piece] <= self.last_day] if self.daily else between
                grid[place, columns] = np.interp(columns, days[piece], values[piece])
        return grid

    @property
    def gap(self) -> int:
        """From how many days between two readings on a session's line is broken."""
        return GAP_DAILY if self.daily else GAP_WEEKLY

    @cached_property
    def last_day(self) -> int:
        """The right end of the axis: whole weeks, at least 42 days, and to the end of the third-longest session."""
        ends = sorted((run.days[-1] for run in self.runs), reverse=True)
        needed = max(ends[LEAST_SESSIONS - 1] if len(ends) >= LEAST_SESSIONS else 0, SHORTEST_AXIS)
        return -(-needed // WEEK) * WEEK

    def frame(self, width: float, height: float, k: float) -> Frame:
        """Where the plot stands in a figure of that size; x is days since the session."""
        return Frame(width, height, 64 * k, 10 * k, 92 * k, 52 * k, 0, self.last_day, 0, self.highest)

    def ticks(self, width: float) -> range:
        """The labelled days on an axis `width` px long at 100 %: each week, or fewer where they would collide."""
        step = WEEK
        while self.last_day / step * 30 > width:
            step *= 2
        return range(0, self.last_day + 1, step)

    def count(self, day: int) -> int:
        """How many sessions have a value on a day since them."""
        return int(np.count_nonzero(~np.isnan(self._grid[:, day])))

    def draw(self, style: ChartStyle, width: float, height: float) -> Figure:
        """The chart as a figure of `width` x `height` logical pixels."""
        from ketatrack.charts.overlaid_figure import draw

        return draw(self, style, width, height)

    def points(self, style: ChartStyle, width: float, height: float) -> tuple[Point, ...]:
        """Every reading inside the axis, from left to right."""
        frame = self.frame(width, height, style.k)
        made = [
            Point(frame.x(day), frame.y(smooth), self._words(run, day, value), session=run.session)
            for run in self.runs
            for day, value, smooth in zip(run.days, run.values, run.smooth, strict=True)
            if day <= self.last_day
        ]
        return tuple(sorted(made, key=lambda point: point.x))

    def spoken(self) -> str:
        """The chart in sentences, for those who hear it."""
        said = f"{self.title}. {counted(len(self.runs), 'session', 'sessions')}."
        if not self.middles:
            return f"{said} {tr('Median from 3 sessions on')}."
        by_day = {each.day: each for each in self.middles}
        shown = [by_day[day] for day in (1, 7, 14, 21) if day in by_day] or [self.middles[0], self.middles[-1]]
        told = [filled("{y} on day {d}", y=number(each.median), d=each.day) for each in shown]
        said += " " + filled("Median {values}", values=", ".join(told))
        crossed = self._crossed()
        if crossed is not None:
            side = tr("below") if self.higher_is_better else tr("above")
            said += "; " + filled("{side} the relief line from day {d}", side=side, d=crossed)
        return f"{said}."

    def numbers(self) -> Numbers:
        """Median and quartiles of each day since a session, of how many sessions, and the one still running."""
        columns = (
            tr("Days since session"), tr("Median"), tr("Lower quartile"), tr("Upper quartile"),
            tr("Sessions with a value"), tr("This session"),
        )  # fmt: skip
        by_day = {each.day: each for each in self.middles}
        now = self.runs[self.running] if self.running is not None else None
        running = dict(zip(now.days, now.values, strict=True)) if now else {}
        rows = []
        for day in range(1, self.last_day + 1):
            count, middle = self.count(day), by_day.get(day)
            spread = (middle.median, middle.low, middle.high) if middle else (None, None, None)
            if count:
                rows.append(cells((day, *spread, count, running.get(day))))
        return Numbers(columns, tuple(rows))

    def _crossed(self) -> int | None:
        """The first day from which the median stays out of relief to its end; None where it ends in relief."""
        if self.relief_line is None:
            return None
        since = None
        for each in self.middles:
            away = each.median < self.relief_line if self.higher_is_better else each.median > self.relief_line
            since = (since if since is not None else each.day) if away else None
        return since

    def _words(self, run: Run, day: int, value: float) -> str:
        about = filled("day {d}: {y}", d=day, y=number(value))
        return f"{day_words(run.day)} · {run.words} · {about}"


def overlaid(relief: Relief) -> Overlaid:
    """The chart of a relief result, over all sessions."""
    measure, line = relief.measure, relief.criterion
    runs, running = _runs(relief)
    return Overlaid(
        title=tr("All sessions laid over each other"),
        subtitle="" if len(runs) >= LEAST_SESSIONS else tr("Median from 3 sessions on"),
        highest=measure.maximum / measure.points,
        end_words=end_words(measure),
        runs=runs,
        running=running,
        relief_line=float(measure.worse(line.limit) / measure.points) if line else None,
        relief_words=limit_words(relief),
        higher_is_better=measure.higher_is_better,
        daily=measure.daily,
    )


def _runs(relief: Relief) -> tuple[tuple[Run, ...], int | None]:
    """The sessions that have readings after them, oldest first, and the place of the one still running."""
    made: list[Run] = []
    running = None
    for course, following, means in ((each.course, each.following, each.means) for each in relief.followed):
        if not means:
            continue
        days = tuple((day - course.end).days for day, _ in means)
        values = tuple(relief.measure.written(value) for _, value in means)
        smooth = weighted(np.array(days, dtype=float), np.array(values), REACH)
        running = len(made) if following is None else None
        last = course.sessions[-1]
        made.append(Run(course.end, last.id, regimen(last), days, values, tuple(float(each) for each in smooth)))
    return tuple(made), running
