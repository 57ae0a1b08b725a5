"""Draws one habit month by month: a bar for each, hatched where few days are noted, and the median."""

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ketatrack.charts.dates import write_below
from ketatrack.charts.frame import Frame, add_plot, bars, new_figure
from ketatrack.charts.lettering import font
from ketatrack.charts.months import LEAST_DAYS, Months
from ketatrack.charts.style import ChartStyle, drawing
from ketatrack.charts.words import MONTHS, filled, number, tr

WIDEST, SHARE = 26.0, 0.62
LABEL_ROOM = 40.0
LABEL_STEPS = (1, 2, 3, 6, 12)


def draw(chart: Months, style: ChartStyle, wide: float, high: float) -> Figure:
    """The chart as a figure of `wide` x `high` logical pixels."""
    with drawing():
        figure = new_figure(style, wide, high)
        frame = chart.frame(wide, high, style.k)
        plot = add_plot(figure, frame, style)
        _grid(plot, chart, frame, style)
        _bars(plot, chart, frame, style)
        _dates(plot, chart, frame, style)
        _names(plot, chart, style)
        return figure


def _grid(plot: Axes, chart: Months, frame: Frame, style: ChartStyle) -> None:
    height = 0.0
    while height <= frame.high:
        if height:
            plot.axhline(height, color=style.grid, linewidth=0.8 * style.k, zorder=0)
        plot.annotate(number(height), (frame.first, height), (-8 * style.k, 0), textcoords="offset points", ha="right",
                      va="center", color=style.secondary, annotation_clip=False, **font(style))  # fmt: skip
        height += chart.step


def _bars(plot: Axes, chart: Months, frame: Frame, style: ChartStyle) -> None:
    slot = frame.plot_width / (frame.last - frame.first)
    share = min(SHARE, WIDEST * style.k / slot)
    for enough, hatch in ((True, ""), (False, "/////")):
        shown = [(chart.place(each), each.mean) for each in chart.months if each.enough is enough]
        if shown:
            bars(plot, shown, share, facecolors=style.ramp[4] if enough else "none", edgecolors=style.ramp[4],
                 hatch=hatch, linewidths=0 if enough else 0.7 * style.k,
                 label="months" if enough else "few days")  # fmt: skip


def _dates(plot: Axes, chart: Months, frame: Frame, style: ChartStyle) -> None:
    if not chart.months:
        return
    slot = frame.plot_width / (frame.last - frame.first) / style.k
    step = next((step for step in LABEL_STEPS if step * slot >= LABEL_ROOM), LABEL_STEPS[-1])
    start, shown = chart.months[0].first, 0
    for place in range(round(frame.last + 0.5)):
        year, month = divmod(start.year * 12 + start.month - 1 + place, 12)
        if month % step:
            continue
        write_below(plot, place, (tr(MONTHS[month]), str(year) if year != shown else ""), style)
        shown = year


def _names(plot: Axes, chart: Months, style: ChartStyle) -> None:
    k = style.k
    if chart.middle is not None:
        plot.axhline(chart.middle, color=style.text, linewidth=1.1 * k, linestyle=(0, (5, 3)), label="median")
        plot.annotate(f"{tr('median')}\n{number(chart.middle)}", (1, chart.middle), (7 * k, 0),
                      xycoords=plot.get_yaxis_transform(), textcoords="offset points", va="center", color=style.text,
                      linespacing=1.1, **font(style))  # fmt: skip
    if any(not each.enough for each in chart.months):
        text = filled("/// under {n}\ndays noted", n=LEAST_DAYS)
        plot.annotate(text, (1, 0), (7 * k, -6 * k), xycoords="axes fraction", textcoords="offset points", va="top",
                      color=style.secondary, linespacing=1.05, **font(style))  # fmt: skip
