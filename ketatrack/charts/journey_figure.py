"""Draws a journey: shading and lines of relief, scores, bands, the lane of sessions above, dates below."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.figure import Figure

from ketatrack.charts.dates import draw_dates
from ketatrack.charts.frame import Frame, add_plot, add_strip, new_figure
from ketatrack.charts.journey import LANE, Journey
from ketatrack.charts.lane import draw_lane
from ketatrack.charts.lettering import font, pad, width
from ketatrack.charts.smoothing import smooth, thinned
from ketatrack.charts.style import ChartStyle, drawing
from ketatrack.charts.words import filled, number, tr

DASHED, DOTTED = (0, (5, 3)), (0, (1.2, 2.4))
RIGHT_GAP = 6.0
DOT_ROOM, LINE_ROOM = 4.5, 8.0


def draw(journey: Journey, style: ChartStyle, wide: float, high: float) -> Figure:
    """The journey as a figure of `wide` x `high` logical pixels."""
    with drawing():
        figure = new_figure(style, wide, high)
        frame = journey.frame(wide, high, style.k)
        plot = add_plot(figure, frame, style)
        _grid(plot, journey, style)
        _shading(plot, journey, style)
        _thresholds(plot, frame, journey, style)
        _scores(plot, journey, style)
        draw_lane(add_strip(figure, frame, 0, LANE * style.k), frame, style, journey.sessions, journey.spans)
        draw_dates(plot, frame, style, journey.first, journey.last)
    return figure


def _grid(plot: Axes, journey: Journey, style: ChartStyle) -> None:
    top = journey.highest
    levels = [*(float(band.low) for band in journey.bands), top] if journey.bands else [0.0, top / 2, top]
    lines = [[(0, y), (1, y)] for y in levels[1:]]
    plot.add_collection(LineCollection(lines, colors=style.grid, linewidths=0.8 * style.k, zorder=0,
                                       transform=plot.get_yaxis_transform(), label="grid"), autolim=False)  # fmt: skip
    words = dict(zip((0.0, top), journey.end_words, strict=True))
    for y in levels:
        label = f"{number(y)} {words.get(y, '')}".strip()
        _beside(plot, (0, y), label, -RIGHT_GAP, style, color=style.secondary, ha="right")
    for band in journey.bands:
        _beside(plot, (1, (band.low + min(band.high + 1, top)) / 2), _broken(band.name), RIGHT_GAP, style,
                color=style.secondary)  # fmt: skip


def _broken(name: str) -> str:
    """A band's name on two lines where the right margin is too narrow for one."""
    return tr(name) if width(tr(name)) < 80 else tr(name).replace(" ", "\n", 1)


def _beside(
    plot: Axes, at: tuple[float, float], text: str, away: float, style: ChartStyle, *,
    color: str, ha: str = "left", weight: int = 400, up: float = 0,
) -> None:  # fmt: skip
    """Text `away` px left or right of the plot's edge (0 or 1) at a height in data, `up` px higher."""
    plot.annotate(text, at, (away * style.k, up * style.k), xycoords=plot.get_yaxis_transform(), linespacing=1.15,
                  textcoords="offset points", ha=ha, va="center", color=color, **font(style, weight))  # fmt: skip


def _shading(plot: Axes, journey: Journey, style: ChartStyle) -> None:
    boxes = [
        [(day, 0), (day, journey.highest), (day + span.lower, journey.highest), (day + span.lower, 0)]
        for span in journey.spans
        if span.lower is not None
        for day in [span.day.toordinal()]
    ]
    plot.add_collection(PolyCollection(boxes, facecolors=style.soft, edgecolors="none", alpha=0.75, zorder=0.5,
                                       label="relief"), autolim=False)  # fmt: skip
    days = [session.day.toordinal() for session in journey.sessions]
    marks = [[(x, 0), (x, journey.highest)] for x in days]
    shown = sum(journey.first <= session.day <= journey.last for session in journey.sessions)
    thin = 0.8 * style.k * _less_when_crowded(plot, shown, LINE_ROOM)
    plot.add_collection(LineCollection(marks, colors=style.mark, alpha=0.6, linewidths=thin, zorder=1,
                                       label="sessions"), autolim=False)  # fmt: skip


def _less_when_crowded(plot: Axes, count: int, room: float) -> float:
    """What is left of the size of a mark where `count` of them have less than `room` px each: 1 to 0.4."""
    return min(1.0, max(0.4, float(plot.bbox.width) / (room * max(1, count))))


def _thresholds(plot: Axes, frame: Frame, journey: Journey, style: ChartStyle) -> None:
    line, baseline = journey.relief_line, journey.baseline
    if baseline is not None:
        plot.axhline(baseline, color=style.secondary, linewidth=1.1 * style.k, linestyle=DOTTED, label="baseline")
    if line is not None:
        plot.axhline(line, color=style.accent, linewidth=1.1 * style.k, linestyle=DASHED, label="relief line")
    if journey.bands:
        _name_inside(plot, journey, style)
        return
    if line is not None:
        _beside(plot, (1, line), tr("relief line"), RIGHT_GAP, style, color=style.accent, weight=600, up=8)
        _beside(plot, (1, line), journey.relief_words, RIGHT_GAP, style, color=style.accent, up=-8)
    if baseline is not None:
        up = 0.0
        if line is not None:
            apart = (frame.y(line) - frame.y(baseline)) / style.k
            up = max(0.0, 28 - apart) if apart >= 0 else min(0.0, -28 - apart)
        _beside(plot, (1, baseline), filled("baseline {b}", b=number(baseline)), RIGHT_GAP, style,
                color=style.secondary, up=up)  # fmt: skip


def _name_inside(plot: Axes, journey: Journey, style: ChartStyle) -> None:
    """With band names at the right edge, the two lines are named inside, where they begin."""
    named = [(journey.baseline, style.secondary, filled("baseline {b}", b=number(journey.baseline or 0)), 400)]
    words = f"{journey.line_name or tr('relief line')}, {journey.relief_words}"
    named.append((journey.relief_line, style.accent, words, 600))
    for y, color, text, weight in named:
        if y is not None:
            plot.annotate(text, (0, y), (8 * style.k, 8 * style.k), xycoords=plot.get_yaxis_transform(),
                          textcoords="offset points", va="center", color=color, bbox=pad(style), zorder=5,
                          **font(style, weight))  # fmt: skip


def _scores(plot: Axes, journey: Journey, style: ChartStyle) -> None:
    """The scores: dots and a smoothed line where they are daily, else dots joined by a thin line."""
    shown = [(score.day, score.value) for score in journey.visible]
    x = np.array([day.toordinal() for day, _ in shown], dtype=float)
    y = np.array([value for _, value in shown], dtype=float)
    if journey.daily:
        x, y = thinned((x, y), int(plot.bbox.width))
        plot.plot(x, y, "o", color=style.raw, ms=2.4 * style.k, mew=0, label="readings", clip_on=False, zorder=2)
        line = smooth(shown, [session.day for session in journey.sessions])
        plot.plot(*line, color=style.text, linewidth=1.7 * style.k, solid_joinstyle="round", label="mean", zorder=3)
        return
    size = _less_when_crowded(plot, len(shown), DOT_ROOM)
    plot.plot(x, y, color=style.text, linewidth=1.2 * style.k, marker="o", ms=4.5 * style.k * size, label="scores",
              markerfacecolor=style.background, markeredgecolor=style.text, markeredgewidth=1.1 * style.k * size,
              clip_on=False, zorder=3)  # fmt: skip
    if journey.names_latest and shown:
        # Below where the line comes from above, so that the number does not stand on it; never on the dates.
        falls = len(y) > 1 and y[-2] > y[-1] > 0.12 * journey.highest
        away = (-12 if falls else 12) * style.k
        plot.annotate(number(y[-1]), (x[-1], y[-1]), (0, away), textcoords="offset points", ha="center",
                      va="center", color=style.text, bbox=pad(style), zorder=6, annotation_clip=False,
                      **font(style, 700))  # fmt: skip
