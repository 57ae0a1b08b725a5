"""Draws the days of relief after each session: bars with open tops, arrows where no end was seen, regimens above."""

from collections.abc import Sequence
from itertools import groupby, zip_longest
from typing import Any

from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.figure import Figure

from ketatrack.analysis.episodes import Status
from ketatrack.charts.dates import write_below
from ketatrack.charts.each_session import Bar, EachSession
from ketatrack.charts.frame import Frame, add_plot, new_figure
from ketatrack.charts.lettering import font, pad, width
from ketatrack.charts.style import GREY, PRINT, ChartStyle, drawing
from ketatrack.charts.words import MONTHS, filled, tr

DASHED = (0, (5, 3))
HALF_BAR = 0.26
WORDS_FLAT = 60.0
ARROW = 9.0
YEAR_ROOM, MONTH_ROOM = 36.0, 34.0
LINE_HEIGHT = 14.0
ON_PAPER = {PRINT.name, GREY.name}
SIGNS = {Status.NO_RESPONSE: ("×", "no response"), Status.NOT_ASSESSED: ("?", "not assessed")}
Placed = tuple[int, Bar]
Box = list[tuple[float, float]]


def draw(chart: EachSession, style: ChartStyle, wide: float, high: float) -> Figure:
    """The chart as a figure of `wide` x `high` logical pixels."""
    with drawing():
        figure = new_figure(style, wide, high)
        frame = chart.frame(wide, high, style.k)
        plot = add_plot(figure, frame, style)
        shown = [(place, chart.bars[place]) for place in chart.visible(frame)]
        _grid(plot, chart, frame, style)
        _bars(plot, shown, style)
        _arrows(plot, frame, shown, style)
        _numbers(plot, frame, shown, style)
        _dates(plot, frame, shown, style)
        _regimens(plot, frame, shown, style)
        _names(plot, frame, chart, shown, style)
        _out_of_sight(plot, shown[0][0] if shown else 0, len(chart.bars) - len(shown), style)
    return figure


def _grid(plot: Axes, chart: EachSession, frame: Frame, style: ChartStyle) -> None:
    k, edge = style.k, plot.get_yaxis_transform()
    days = range(0, int(frame.high) + 1, chart.step)
    lines = [[(0, day), (1, day)] for day in days[1:]]
    plot.add_collection(LineCollection(lines, colors=style.grid, linewidths=0.8 * k, zorder=0, transform=edge,
                                       label="grid"), autolim=False)  # fmt: skip
    for day in days:
        plot.annotate(str(day), (0, day), (-6 * k, 0), xycoords=edge, textcoords="offset points", ha="right",
                      va="center", color=style.secondary, **font(style))  # fmt: skip
    if chart.headline is not None:
        plot.axhline(chart.headline, color=style.text, linewidth=1.1 * k, linestyle=DASHED, zorder=1, label="headline")


def _bars(plot: Axes, shown: Sequence[Placed], style: ChartStyle) -> None:
    followed = [(place, bar, bar.lower) for place, bar in shown if bar.lower is not None]
    hatched = [_box(x, 0, low) for x, bar, low in followed if bar.status is Status.UNCONFIRMED and not bar.running]
    running = [_box(x, 0, low) for x, bar, low in followed if bar.running and bar.upper is None]
    whole = [_box(x, 0, low) for x, bar, low in followed
              if bar.upper is not None or (bar.status is Status.CENSORED and not bar.running)]  # fmt: skip
    opened = [_box(x, low, bar.upper) for x, bar, low in followed if bar.upper is not None]
    edge: dict[str, Any] = {"edgecolors": style.bar, "linewidths": 0.7 * style.k}
    for boxes, name, look in (
        (whole, "seen", {"facecolors": style.bar, "edgecolors": style.bar, "linewidths": 0.7 * style.k}),
        (opened, "faded in here", {"facecolors": style.soft, **edge}),
        (hatched, "not confirmed", {"facecolors": style.background, "hatch": "/////", **edge}),
        (running, "running", {"facecolors": style.background, **edge, "linewidths": 1.1 * style.k}),
    ):
        plot.add_collection(PolyCollection(boxes, zorder=2, label=name, **look), autolim=False)


def _box(place: float, low: float, high: float) -> Box:
    left, right = place - HALF_BAR, place + HALF_BAR
    return [(left, low), (left, high), (right, high), (right, low)]


def _arrows(plot: Axes, frame: Frame, shown: Sequence[Placed], style: ChartStyle) -> None:
    """An arrow on top of each bar whose end was not seen."""
    tops = [(place, bar.lower) for place, bar in shown if bar.lower is not None and bar.upper is None]
    rise = ARROW * style.k * (frame.high - frame.low) / frame.plot_height
    shafts = [[(place, top), (place, top + rise)] for place, top in tops]
    plot.add_collection(LineCollection(shafts, colors=style.accent, linewidths=1.4 * style.k, zorder=3,
                                       label="arrows"), autolim=False)  # fmt: skip
    plot.plot([place for place, _ in tops], [top + rise for _, top in tops], "^", color=style.accent,
              ms=5.5 * style.k, mew=0, zorder=3, label="not seen to end")  # fmt: skip


def _numbers(plot: Axes, frame: Frame, shown: Sequence[Placed], style: ChartStyle) -> None:
    """The number above each bar; × and ? with their words where there is none."""
    slot = frame.plot_width / (frame.last - frame.first) / style.k
    over: dict[str, Any] = {"textcoords": "offset points", "ha": "center", "va": "bottom", "zorder": 4,
                            "bbox": pad(style)}  # fmt: skip
    for place, bar in shown:
        if bar.status in SIGNS:
            sign, words = SIGNS[bar.status]
            flat = slot >= WORDS_FLAT + 14
            text = f"{sign}\n{tr(words)}" if flat else f"{sign} {tr(words)}"
            plot.annotate(text, (place, 0), (0, 4 * style.k), color=style.secondary, rotation=0 if flat else 90,
                          **over, **font(style))  # fmt: skip
            continue
        up = 3.0 if bar.upper is not None else ARROW + 5
        plot.annotate(bar.label(slot + 4), (place, bar.top), (0, up * style.k), color=style.text, **over,
                      **font(style, 600 if bar.running else 400))  # fmt: skip


def _dates(plot: Axes, frame: Frame, shown: Sequence[Placed], style: ChartStyle) -> None:
    """Day and month under each bar, the year where it is new; in narrow slots a month is written once."""
    slot = frame.plot_width / (frame.last - frame.first) / style.k
    new = [place for at, (place, bar) in enumerate(shown) if at == 0 or shown[at - 1][1].day.year != bar.day.year]
    years = {a for a, b in zip_longest(new, new[1:]) if b is None or (b - a) * slot >= YEAR_ROOM}
    month = 0
    for place, bar in shown:
        lines = [str(bar.day.day), tr(MONTHS[bar.day.month - 1])]
        if slot < MONTH_ROOM and bar.day.month == month and place not in new:
            lines[1] = ""
        month = bar.day.month
        lines += [str(bar.day.year)] if place in years else []
        write_below(plot, place, lines, style)


def _regimens(plot: Axes, frame: Frame, shown: Sequence[Placed], style: ChartStyle) -> None:
    """A line over each run of the same treatment, and its name where it fits."""
    k, high = style.k, 1 + 12 * style.k / frame.plot_height
    slot = frame.plot_width / (frame.last - frame.first) / k
    lines = []
    for name, run in groupby(shown, key=lambda each: each[1].regimen):
        places = [place for place, _ in run]
        lines.append([(places[0] - 0.35, high), (places[-1] + 0.35, high)])
        if width(name, 600) <= len(places) * slot:
            plot.annotate(name, (places[0] - 0.35, high), (0, 4 * k), xycoords=plot.get_xaxis_transform(),
                          textcoords="offset points", va="bottom", color=style.mark, **font(style, 600))  # fmt: skip
    plot.add_collection(LineCollection(lines, colors=style.mark, linewidths=1.0 * k, label="regimens", clip_on=False,
                                       transform=plot.get_xaxis_transform()), autolim=False)  # fmt: skip


def _names(plot: Axes, frame: Frame, chart: EachSession, shown: Sequence[Placed], style: ChartStyle) -> None:
    """What the signs mean, at the right edge: only those that are there, clear of the headline's name."""
    k, at = style.k, -8.0
    beside: dict[str, Any] = {"xycoords": "axes fraction", "textcoords": "offset points", "linespacing": 1.05}
    taken = None
    if chart.headline is not None:
        taken = (frame.y(chart.headline) - frame.top) / k
        plot.annotate(chart.headline_words, (1, 1), (8 * k, -taken * k), va="center", color=style.text, **beside,
                      **font(style, 600))  # fmt: skip
    for text in _signs(shown):
        tall = LINE_HEIGHT * (text.count("\n") + 1)
        if taken is not None and at < taken + 10 and at + tall > taken - 10:
            at = taken + 11
        plot.annotate(text, (1, 1), (8 * k, -at * k), va="top", color=style.secondary, **beside, **font(style))
        at += tall + 5


def _out_of_sight(plot: Axes, earlier: int, more: int, style: ChartStyle) -> None:
    """Say how many sessions have no room: on which side they are, or on paper that they are left out."""
    if style.name in ON_PAPER:
        said = [filled("{n} earlier", n=earlier)] if earlier else []
        said += [filled("{n} later", n=more - earlier)] if more > earlier else []
        said += [tr("not shown")] if said else []
    else:
        said = [filled("← {n} earlier", n=earlier)] if earlier else []
        said += [filled("{n} later →", n=more - earlier)] if more > earlier else []
    if said:
        plot.annotate("\n".join(said), (1, 0), (8 * style.k, -6 * style.k), xycoords="axes fraction",
                      textcoords="offset points", va="top", color=style.secondary, linespacing=1.05,
                      **font(style))  # fmt: skip


def _signs(shown: Sequence[Placed]) -> list[str]:
    bars = [bar for _, bar in shown if bar.lower is not None]
    named = (
        (any(bar.upper is None for bar in bars), tr("↑ still in relief at\nthe last reading")),
        (
            any(bar.status is Status.UNCONFIRMED and not bar.running for bar in bars),
            tr("/// faded once,\nnot confirmed"),
        ),
        (any(bar.running and bar.upper is None for bar in bars), tr("outline: still open")),
    )
    return [text for there, text in named if there]
