"""Draws all sessions laid over each other: thin lines, their median and middle half, and the running one."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from numpy.typing import NDArray

from ketatrack.charts.frame import Frame, add_plot, new_figure
from ketatrack.charts.lettering import font, pad, width
from ketatrack.charts.overlaid import Middle, Overlaid, Run
from ketatrack.charts.style import ChartStyle, drawing
from ketatrack.charts.words import filled, number, tr

DASHED = (0, (5, 3))
LINE_HEIGHT = 15.0


def draw(chart: Overlaid, style: ChartStyle, wide: float, high: float) -> Figure:
    """The chart as a figure of `wide` x `high` logical pixels."""
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
            plot.annotate(tr("No entries after a session yet"), (0.5, 0.55), xycoords="axes fraction", ha="center",
                          color=style.secondary, **font(style))  # fmt: skip
    return figure


def _axes(plot: Axes, frame: Frame, chart: Overlaid, style: ChartStyle) -> None:
    k, top = style.k, chart.highest
    for y, word in ((0.0, chart.end_words[0]), (top / 2, ""), (top, chart.end_words[1])):
        if y:
            plot.axhline(y, color=style.grid, linewidth=0.8 * k, zorder=0)
        plot.annotate(f"{number(y)} {word}".strip(), (0, y), (-6 * k, 0), xycoords=plot.get_yaxis_transform(),
                      textcoords="offset points", ha="right", va="center", color=style.secondary,
                      **font(style))  # fmt: skip
    below: dict[str, Any] = {"xycoords": plot.get_xaxis_transform(), "textcoords": "offset points", "va": "top"}
    for day in chart.ticks(frame.plot_width / k):
        for text, down in ((str(day), 5.0), (str(chart.count(day)) if day else "", 33.0)):
            plot.annotate(text, (day, 0), (0, -down * k), ha="center", color=style.secondary, **below, **font(style))
    for text, down in ((tr("days since\nsession"), 5.0), (tr("sessions"), 33.0)):
        plot.annotate(
            text, (frame.last, 0), (12 * k, -down * k), color=style.secondary, linespacing=1.0, **below, **font(style)
        )
    if chart.relief_line is not None:
        plot.axhline(chart.relief_line, color=style.accent, linewidth=1.1 * k, linestyle=DASHED, zorder=1,
                     label="relief line")  # fmt: skip
        plot.annotate(f"{tr('relief line')}\n{chart.relief_words}", (1, chart.relief_line), (6 * k, 0),
                      xycoords=plot.get_yaxis_transform(), textcoords="offset points", va="center",
                      color=style.accent, linespacing=1.15, **font(style))  # fmt: skip


def _lines(plot: Axes, chart: Overlaid, style: ChartStyle) -> None:
    """Each session's own line, broken where its readings lie far apart."""
    pieces = [piece for place, run in enumerate(chart.runs) if place != chart.running for piece in _pieces(chart, run)]
    plot.add_collection(LineCollection(pieces, colors=style.raw, linewidths=0.8 * style.k, alpha=0.42, zorder=2,
                                       label="sessions"), autolim=False)  # fmt: skip
    if pieces and max(float(piece[:, 1].max()) for piece in pieces) < 0.8 * chart.highest:
        plot.annotate(tr("thin lines: each session"), (0.04, 0.9), xycoords="axes fraction", va="center",
                      color=style.secondary, **font(style))  # fmt: skip


def _pieces(chart: Overlaid, run: Run) -> list[NDArray[np.float64]]:
    line = np.column_stack((run.days, run.smooth))
    return np.split(line, np.flatnonzero(np.diff(run.days) >= chart.gap) + 1)


def _middle(plot: Axes, chart: Overlaid, style: ChartStyle) -> None:
    if not chart.middles:
        return
    days, low, median, high = _broken(chart.middles, chart.gap)
    plot.fill_between(days, low, high, facecolor=style.soft, edgecolor="none", alpha=0.85, zorder=1.5,
                      label="middle half")  # fmt: skip
    plot.plot(days, median, color=style.accent, linewidth=2.6 * style.k, solid_capstyle="round", zorder=4,
              label="median")  # fmt: skip


def _broken(middles: Sequence[Middle], gap: int) -> NDArray[np.float64]:
    """Days, low, median and high as rows, with NaN between days that lie `gap` or more apart."""
    rows = np.array([(each.day, each.low, each.median, each.high) for each in middles])
    breaks = np.flatnonzero(np.diff(rows[:, 0]) >= gap) + 1
    result: NDArray[np.float64] = np.insert(rows, breaks, np.nan, axis=0).T
    return result


def _name_median(plot: Axes, frame: Frame, chart: Overlaid, style: ChartStyle) -> float | None:
    """Name the median and the middle half where the line ends; returns the px from the top of the names' middle."""
    if not chart.middles:
        return None
    k, end = style.k, chart.middles[-1]
    inside = frame.left + frame.plot_width - frame.x(end.day) > (width(tr("middle half")) + 14) * k
    half = 1.3 * LINE_HEIGHT * k
    middle = min(max(frame.y(end.median), frame.top + half), frame.top + frame.plot_height - half)
    if not inside:  # above the line, not on it
        middle = max(frame.y(end.high) - half, frame.top + half)
    for text, up, weight in ((tr("middle half"), 0.5, 400), (tr("median"), -0.5, 600)):
        offset = (frame.y(end.median) - middle) + up * LINE_HEIGHT * k
        plot.annotate(text, (end.day, end.median), (10 * k if inside else 0, offset), textcoords="offset points",
                      ha="left" if inside else "right", va="center", color=style.accent, bbox=pad(style), zorder=6,
                      **font(style, weight))  # fmt: skip
    return middle


def _running(plot: Axes, frame: Frame, chart: Overlaid, style: ChartStyle, taken: float | None) -> None:
    """The session that nothing followed yet: its line, a dot where it stands, and its name away from the median's."""
    if chart.running is None:
        return
    k, run = style.k, chart.runs[chart.running]
    plot.add_collection(LineCollection(_pieces(chart, run), colors=style.mark, linewidths=1.6 * k, zorder=4.5,
                                       label="running"), autolim=False)  # fmt: skip
    x, y = run.days[-1], run.smooth[-1]
    plot.plot([x], [y], "o", color=style.mark, ms=6 * k, mew=0, zorder=5, label="now", clip_on=x <= chart.last_day)
    text = filled("this session, day {n}", n=x)
    at = frame.y(y) + 18 * k
    if at > frame.top + frame.plot_height - 6 * k or (taken is not None and abs(at - taken) < 2.2 * LINE_HEIGHT * k):
        below = frame.top + frame.plot_height - 9 * k
        at = below if taken is None or below - taken > 2.2 * LINE_HEIGHT * k else frame.y(y) - 3 * LINE_HEIGHT * k
    long = width(text, 600) * k
    left = min(max(frame.x(min(x, chart.last_day)) - long / 3, frame.left + 4 * k), frame.width - frame.right - long)
    plot.annotate(text, (x, y), (left - frame.x(x), frame.y(y) - at), textcoords="offset points", va="center",
                  color=style.mark, bbox=pad(style), zorder=6, annotation_clip=False,
                  **font(style, 600))  # fmt: skip
