"""Draws groups side by side: one dot and its range per group, the counts under it, and the warning below."""

from textwrap import wrap
from typing import Any

from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure

from ketatrack.charts.frame import Frame, add_plot, new_figure
from ketatrack.charts.lettering import font, pad, width
from ketatrack.charts.side_by_side import SideBySide
from ketatrack.charts.style import ChartStyle, drawing
from ketatrack.charts.words import tr

WEEK = 7
LETTER = 6.4


def draw(chart: SideBySide, style: ChartStyle, wide: float, high: float) -> Figure:
    """The chart as a figure of `wide` x `high` logical pixels."""
    with drawing():
        figure = new_figure(style, wide, high)
        frame = chart.frame(wide, high, style.k)
        plot = add_plot(figure, frame, style)
        _axis(plot, frame, style)
        _ranges(plot, chart, style)
        _words(plot, frame, chart, style)
        lines = wrap(chart.warning, max(20, int(wide / style.k / LETTER)))
        figure.text(0, 4 * style.k / high, "\n".join(lines), va="bottom", color=style.text, linespacing=1.25,
                    **font(style))  # fmt: skip
    return figure


def _axis(plot: Axes, frame: Frame, style: ChartStyle) -> None:
    k, days = style.k, range(0, int(frame.last) + 1, WEEK)
    lines = [[(day, 0), (day, 1)] for day in days]
    plot.add_collection(LineCollection(lines, colors=style.grid, linewidths=0.8 * k, zorder=0, label="grid",
                                       transform=plot.get_xaxis_transform()), autolim=False)  # fmt: skip
    for day in days:
        text = f"{day} {tr('days')}" if day == days[-1] else str(day)
        plot.annotate(text, (day, 0), (0, -5 * k), xycoords=plot.get_xaxis_transform(), textcoords="offset points",
                      ha="center", va="top", color=style.secondary, **font(style))  # fmt: skip


def _ranges(plot: Axes, chart: SideBySide, style: ChartStyle) -> None:
    """The same ink for every group: nothing here is better or worse."""
    shown = [(chart.place(n), row) for n, row in enumerate(chart.rows)]
    ranges = [[(row.range[0], y), (row.range[1], y)] for y, row in shown if row.range is not None]
    plot.add_collection(LineCollection(ranges, colors=style.accent, linewidths=2 * style.k, zorder=2, label="ranges"),
                        autolim=False)  # fmt: skip
    dots = [(row.group.good_days, y) for y, row in shown if row.group.good_days is not None]
    plot.plot([x for x, _ in dots], [y for _, y in dots], "o", color=style.accent, ms=7 * style.k, mew=0, zorder=3,
              label="means")  # fmt: skip


def _words(plot: Axes, frame: Frame, chart: SideBySide, style: ChartStyle) -> None:
    k, edge = style.k, plot.get_yaxis_transform()
    beside: dict[str, Any] = {"xycoords": edge, "textcoords": "offset points", "va": "center"}
    room = (frame.width - frame.left) / k - 6
    for n, row in enumerate(chart.rows):
        y = chart.place(n)
        ways = row.counts_by_length
        counts = next((words for words in ways if width(words) <= room), ways[-1])
        plot.annotate(row.name, (0, y), (-8 * k, 0), ha="right", color=style.text, **beside, **font(style, 600))
        plot.annotate(counts, (0, y), (6 * k, -13 * k), color=style.secondary, bbox=pad(style),
                      **beside, **font(style))  # fmt: skip
        if row.too_few:
            plot.annotate(row.too_few, (0, y), (6 * k, 2 * k), color=style.text, **beside, **font(style))
