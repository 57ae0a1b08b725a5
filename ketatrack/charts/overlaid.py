"""All sessions laid over each other on days since the session: thin lines, their median and middle half."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from numpy.typing import NDArray

from ketatrack.analysis.result import Relief
from ketatrack.analysis.sentences import limit_words
from ketatrack.charts.axes import draw_days_since, draw_levels, weeks
from ketatrack.charts.base import (
    ChartStyle,
    Frame,
    Numbers,
    Point,
    add_plot,
    cells,
    day_words,
    drawing,
    new_figure,
    number,
    pad,
    regimen,
    width,
    write,
)
from ketatrack.charts.journey import end_words
from ketatrack.charts.smoothing import weighted
from ketatrack.i18n import _, ngettext

REACH = 2
LEAST_SESSIONS = 3
SHORTEST_AXIS, WEEK = 42, 7
GAP_DAILY, GAP_WEEKLY = 4, 15
DASHED = (0, (5, 3))
LINE_HEIGHT = 15.0


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

    def count(self, day: int) -> int:
        """How many sessions have a value on a day since them."""
        return int(np.count_nonzero(~np.isnan(self._grid[:, day])))

    def draw(self, style: ChartStyle, width: float, height: float) -> Figure:
        """Return the chart as a figure of `width` x `height` logical pixels."""
        return draw(self, style, width, height)

    def points(self, style: ChartStyle, width: float, height: float) -> tuple[Point, ...]:
        """Every reading inside the axis, from left to right."""
        frame = self.frame(width, height, style.k)
        result = [
            Point(frame.x(day), frame.y(smooth), self._words(run, day, value), session=run.session)
            for run in self.runs
            for day, value, smooth in zip(run.days, run.values, run.smooth, strict=True)
            if day <= self.last_day
        ]
        return tuple(sorted(result, key=lambda point: point.x))

    def spoken(self) -> str:
        """Return the chart in sentences, for those who hear it."""
        n = len(self.runs)
        sentences = [f"{self.title}.", ngettext("{n} session.", "{n} sessions.", n).format(n=n)]
        if not self.middles:
            return " ".join((*sentences, _("Median from 3 sessions on.")))
        by_day = {middle.day: middle for middle in self.middles}
        visible = [by_day[day] for day in (1, 7, 14, 21) if day in by_day] or [self.middles[0], self.middles[-1]]
        values = ", ".join(_("{y} on day {d}").format(y=number(item.median), d=item.day) for item in visible)
        crossed = self._crossed()
        if crossed is None:
            text = _("Median {values}.")
        elif self.higher_is_better:
            text = _("Median {values}; below the relief line from day {d}.")
        else:
            text = _("Median {values}; above the relief line from day {d}.")
        return " ".join((*sentences, text.format(values=values, d=crossed)))

    def numbers(self) -> Numbers:
        """Median and quartiles of each day since a session, of how many sessions, and the one still running."""
        columns = (
            _("Days since session"),
            _("Median"),
            _("Lower quartile"),
            _("Upper quartile"),
            _("Sessions with a value"),
            _("This session"),
        )
        by_day = {middle.day: middle for middle in self.middles}
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
        """Return the first day from which the median stays out of relief to its end; None where it ends in relief."""
        if self.relief_line is None:
            return None
        since = None
        for middle in self.middles:
            away = middle.median < self.relief_line if self.higher_is_better else middle.median > self.relief_line
            since = (since if since is not None else middle.day) if away else None
        return since

    def _words(self, run: Run, day: int, value: float) -> str:
        about = _("day {d}: {y}").format(d=day, y=number(value))
        return f"{day_words(run.day)} · {run.words} · {about}"


def overlaid(relief: Relief) -> Overlaid:
    """Return the chart of a relief result, over all sessions."""
    measure, line = relief.measure, relief.criterion
    runs, running = _runs(relief)
    return Overlaid(
        title=_("All sessions laid over each other"),
        subtitle="" if len(runs) >= LEAST_SESSIONS else _("Median from 3 sessions on"),
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
    """Return the sessions that have readings after them, oldest first, and the place of the one still running."""
    runs: list[Run] = []
    running = None
    for course, following, means in (
        (followed.course, followed.following, followed.means) for followed in relief.followed
    ):
        if not means:
            continue
        days = tuple((day - course.end).days for day, _unused in means)
        values = tuple(relief.measure.written(value) for _unused, value in means)
        smooth = weighted(np.array(days, dtype=float), np.array(values), REACH)
        running = len(runs) if following is None else None
        last = course.sessions[-1]
        runs.append(Run(course.end, last.id, regimen(last), days, values, tuple(float(value) for value in smooth)))
    return tuple(runs), running


def draw(chart: Overlaid, style: ChartStyle, wide: float, high: float) -> Figure:
    """Return the chart as a figure of `wide` x `high` logical pixels."""
    with drawing():
        figure = new_figure(style, wide, high)
        frame = chart.frame(wide, high, style.k)
        plot = add_plot(figure, frame, style)
        _axes(plot, frame, chart, style)
        _lines(plot, chart, style)
        _middle(plot, chart, style)
        taken = _name_median(plot, frame, chart, style)
        _running(plot, frame, chart, style, taken)
        if not chart.runs:
            write(
                plot,
                _("No entries after a session yet"),
                (0.5, 0.55),
                style,
                xycoords="axes fraction",
                ha="center",
                va="baseline",
            )
    return figure


def _axes(plot: Axes, frame: Frame, chart: Overlaid, style: ChartStyle) -> None:
    k, top = style.k, chart.highest
    ends = ((0.0, chart.end_words[0]), (top / 2, ""), (top, chart.end_words[1]))
    draw_levels(plot, ((height, f"{number(height)} {words}".strip()) for height, words in ends), style)
    days = weeks(chart.last_day, frame.plot_width / k, room=30)
    draw_days_since(plot, days, lambda day: str(chart.count(day)) if day else "", _("sessions"), style)
    if chart.relief_line is not None:
        plot.axhline(
            chart.relief_line, color=style.accent, linewidth=1.1 * k, linestyle=DASHED, zorder=1, label="relief line"
        )
        write(
            plot,
            _("relief line\n{limit}").format(limit=chart.relief_words),
            (1, chart.relief_line),
            style,
            (6, 0),
            xycoords=plot.get_yaxis_transform(),
            color=style.accent,
            linespacing=1.15,
        )


def _lines(plot: Axes, chart: Overlaid, style: ChartStyle) -> None:
    """Each session's own line, broken where its readings lie far apart."""
    pieces = [piece for place, run in enumerate(chart.runs) if place != chart.running for piece in _pieces(chart, run)]
    plot.add_collection(
        LineCollection(pieces, colors=style.raw, linewidths=0.8 * style.k, alpha=0.42, zorder=2, label="sessions"),
        autolim=False,
    )
    if pieces and max(float(piece[:, 1].max()) for piece in pieces) < 0.8 * chart.highest:
        write(plot, _("thin lines: each session"), (0.04, 0.9), style, xycoords="axes fraction")


def _pieces(chart: Overlaid, run: Run) -> list[NDArray[np.float64]]:
    line = np.column_stack((run.days, run.smooth))
    return np.split(line, np.flatnonzero(np.diff(run.days) >= chart.gap) + 1)


def _middle(plot: Axes, chart: Overlaid, style: ChartStyle) -> None:
    if not chart.middles:
        return
    days, low, median, high = _broken(chart.middles, chart.gap)
    plot.fill_between(
        days, low, high, facecolor=style.soft, edgecolor="none", alpha=0.85, zorder=1.5, label="middle half"
    )
    plot.plot(
        days, median, color=style.accent, linewidth=2.6 * style.k, solid_capstyle="round", zorder=4, label="median"
    )


def _broken(middles: Sequence[Middle], gap: int) -> NDArray[np.float64]:
    """Days, low, median and high as rows, with NaN between days that lie `gap` or more apart."""
    rows = np.array([(middle.day, middle.low, middle.median, middle.high) for middle in middles])
    breaks = np.flatnonzero(np.diff(rows[:, 0]) >= gap) + 1
    result: NDArray[np.float64] = np.insert(rows, breaks, np.nan, axis=0).T
    return result


def _name_median(plot: Axes, frame: Frame, chart: Overlaid, style: ChartStyle) -> float | None:
    """Name the median and the middle half where the line ends; returns the px from the top of the names' middle."""
    if not chart.middles:
        return None
    k, end = style.k, chart.middles[-1]
    inside = frame.left + frame.plot_width - frame.x(end.day) > (width(_("middle half")) + 14) * k
    half = 1.3 * LINE_HEIGHT * k
    middle = min(max(frame.y(end.median), frame.top + half), frame.top + frame.plot_height - half)
    if not inside:  # above the line, not on it
        middle = max(frame.y(end.high) - half, frame.top + half)
    for text, up, weight in ((_("middle half"), 0.5, 400), (_("median"), -0.5, 600)):
        offset = (10 if inside else 0, (frame.y(end.median) - middle) / k + up * LINE_HEIGHT)
        look: dict[str, Any] = {"color": style.accent, "weight": weight, "bbox": pad(style), "zorder": 6}
        write(plot, text, (end.day, end.median), style, offset, ha="left" if inside else "right", **look)
    return middle


def _running(plot: Axes, frame: Frame, chart: Overlaid, style: ChartStyle, taken: float | None) -> None:
    """Draw the session that nothing followed yet: its line, a dot at its end, its name away from the median's."""
    if chart.running is None:
        return
    k, run = style.k, chart.runs[chart.running]
    plot.add_collection(
        LineCollection(_pieces(chart, run), colors=style.mark, linewidths=1.6 * k, zorder=4.5, label="running"),
        autolim=False,
    )
    x, y = run.days[-1], run.smooth[-1]
    plot.plot([x], [y], "o", color=style.mark, ms=6 * k, mew=0, zorder=5, label="now", clip_on=x <= chart.last_day)
    text = _("this session, day {n}").format(n=x)
    at = frame.y(y) + 18 * k
    if at > frame.top + frame.plot_height - 6 * k or (taken is not None and abs(at - taken) < 2.2 * LINE_HEIGHT * k):
        below = frame.top + frame.plot_height - 9 * k
        at = below if taken is None or below - taken > 2.2 * LINE_HEIGHT * k else frame.y(y) - 3 * LINE_HEIGHT * k
    long = width(text, 600) * k
    left = min(max(frame.x(min(x, chart.last_day)) - long / 3, frame.left + 4 * k), frame.width - frame.right - long)
    offset = ((left - frame.x(x)) / k, (frame.y(y) - at) / k)
    look: dict[str, Any] = {"color": style.mark, "weight": 600, "bbox": pad(style), "zorder": 6}
    write(plot, text, (x, y), style, offset, annotation_clip=False, **look)
