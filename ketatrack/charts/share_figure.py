"""Draws the share of sessions still in relief: steps with their range, now, and how many are still followed."""

from math import isinf
from textwrap import wrap
from typing import Any

from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from ketatrack.analysis.gates import CURVE_NEEDS
from ketatrack.analysis.npmle import Turnbull
from ketatrack.charts.frame import Frame, add_plot, add_strip, new_figure
from ketatrack.charts.lettering import font, pad, width
from ketatrack.charts.share_in_relief import ShareInRelief
from ketatrack.charts.style import ChartStyle, drawing
from ketatrack.charts.words import filled, tr

SQUARE, BETWEEN = 18.0, 6.0
SMALLEST_DROP = 1e-6


def draw(share: ShareInRelief, style: ChartStyle, wide: float, high: float) -> Figure:
    """The chart as a figure of `wide` x `high` logical pixels."""
    with drawing():
        figure = new_figure(style, wide, high)
        frame = share.frame(wide, high, style.k)
        if not share.drawn and not share.flat:
            _counted(figure, frame, share, style)
            return figure
        plot = add_plot(figure, frame, style)
        _axes(plot, frame, share, style)
        _curve(plot, share, style)
        if share.flat:
            _not_seen(plot, frame, share, style)
        else:
            _names(plot, share, style)
        if share.now is not None:
            _now(plot, frame, share.now, style, beside_names=not share.flat and not _names_above(share))
    return figure


def _axes(plot: Axes, frame: Frame, share: ShareInRelief, style: ChartStyle) -> None:
    k = style.k
    for y, word in ((1.0, tr("all")), (0.5, tr("half")), (0.0, tr("none"))):
        if y:
            plot.axhline(y, color=style.grid, linewidth=0.8 * k, zorder=0)
        plot.annotate(word, (0, y), (-6 * k, 0), xycoords=plot.get_yaxis_transform(), textcoords="offset points",
                      ha="right", va="center", color=style.secondary, **font(style))  # fmt: skip
    below: dict[str, Any] = {"xycoords": plot.get_xaxis_transform(), "textcoords": "offset points", "va": "top"}
    for day in share.ticks(frame.plot_width / k):
        for text, down in ((str(day), 5.0), (str(share.followed(day)), 33.0)):
            plot.annotate(text, (day, 0), (0, -down * k), ha="center", color=style.secondary, **below, **font(style))
    for text, down in ((tr("days since\nsession"), 5.0), (tr("still followed"), 33.0)):
        plot.annotate(
            text, (frame.last, 0), (12 * k, -down * k), color=style.secondary, linespacing=1.0, **below, **font(style)
        )


def _curve(plot: Axes, share: ShareInRelief, style: ChartStyle) -> None:
    _band(plot, share, style)
    if share.boxes is not None:
        _steps_with_boxes(plot, share.boxes, share, style)
    else:
        days = [0.0, *(float(row.t) for row in share.rows)]
        heights = [1.0, *(float(row.survival) for row in share.rows)]
        plot.step([*days, max(share.longest, days[-1])], [*heights, heights[-1]], where="post", color=style.text,
                  linewidth=2 * style.k, solid_capstyle="butt", zorder=3, label="recorded")  # fmt: skip
    if share.smooth:
        plot.plot(range(len(share.smooth)), share.smooth, color=style.second, linewidth=1.7 * style.k,
                  linestyle=(0, (4, 2)), zorder=4, label="smooth")  # fmt: skip


def _band(plot: Axes, share: ShareInRelief, style: ChartStyle) -> None:
    """The honesty band: where the curve would lie if every next session were an end, and if none were."""
    if not share.bounds:
        return
    days = [0.0, *(float(row.t) for row in share.bounds), share.longest]
    low = [1.0, *(float(row.lower) for row in share.bounds)]
    high = [1.0, *(float(row.upper) for row in share.bounds)]
    plot.fill_between(days, [*low, low[-1]], [*high, high[-1]], step="post", facecolor=style.band,
                      edgecolor=style.box, linewidth=0.6 * style.k, zorder=1, label="band")  # fmt: skip


def _steps_with_boxes(plot: Axes, boxes: Turnbull, share: ShareInRelief, style: ChartStyle) -> None:
    """Level where the share is known; a grey box where the drop lies somewhere inside."""
    left, level = 0.0, 1.0
    lines: list[list[tuple[float, float]]] = []
    for (low, high), mass in zip(boxes.intervals, boxes.masses, strict=True):
        if mass < SMALLEST_DROP:
            continue
        lines.append([(left, level), (min(low, share.longest), level)])
        if isinf(high):
            break
        plot.add_patch(
            Rectangle((low, level - mass), high - low, mass, facecolor=style.box, alpha=0.55, zorder=2,
                      edgecolor=style.secondary, linewidth=0.7 * style.k, label="box")
        )  # fmt: skip
        left, level = high, level - mass
    else:
        lines.append([(left, level), (share.longest, level)])
    plot.add_collection(
        LineCollection(lines, colors=style.text, linewidths=2 * style.k, zorder=3, label="recorded"), autolim=False
    )


def _names_above(share: ShareInRelief) -> bool:
    """Whether the upper right corner is empty, so that the names stand there."""
    middle = round(2 / 3 * share.last_day)
    return max(float(share.limits(middle)[1]), float(share.share(middle))) < 0.72


def _names(plot: Axes, share: ShareInRelief, style: ChartStyle) -> None:
    """The names on leaders: in the upper right corner where it is empty, else in the lower left one."""
    upper = _names_above(share)
    recorded = tr("recorded; each drop lies\nsomewhere in its grey box") if share.boxes is not None else tr("recorded")
    named = [(recorded, style.text, 600, 0.3, "level"), (tr("smooth estimate"), style.second, 600, 0.42, "smooth"),
             (tr("band: nothing assumed\nabout why you came back"), style.secondary, 400, 0.8, "band")]  # fmt: skip
    for place, (text, color, weight, along, kind) in enumerate(named):
        day = share.longest * along
        at = (0.52, 0.95 - 0.17 * place) if upper else (0.03, 0.44 - 0.17 * place)
        plot.annotate(text, (day, _height(share, day, kind, upper)), at, textcoords="axes fraction", color=color,
                      va="center", ha="left", linespacing=1.1, zorder=6, bbox=pad(style), **font(style, weight),
                      arrowprops={"arrowstyle": "-", "color": color, "linewidth": 0.7 * style.k, "shrinkB": 0,
                                  "patchA": None,  # its box covers the line; cutting it there is slow
                                  "shrinkA": 2 * style.k, "relpos": _leader_from(kind, upper)})  # fmt: skip


def _leader_from(kind: str, upper: bool) -> tuple[float, float]:
    """Where a name's leader begins, so that it crosses no other name."""
    if not upper:
        return 1.0, 0.5
    return (0.5, 0.0) if kind == "band" else (0.0, 0.5)


def _height(share: ShareInRelief, day: float, kind: str, upper: bool) -> float:
    """Where a leader ends: on the steps, the smooth line, or the near edge of the band."""
    if kind == "smooth" and share.smooth:
        return share.smooth[min(int(day), len(share.smooth) - 1)]
    if kind == "band":
        return float(share.limits(int(day))[1 if upper else 0])
    return float(share.share(int(day)))


def _not_seen(plot: Axes, frame: Frame, share: ShareInRelief, style: ChartStyle) -> None:
    plot.plot([share.longest], [1], ">", color=style.text, ms=8 * style.k, mew=0, clip_on=False, label="arrow")
    plot.annotate(share.too_little, (0.5, 0.82), xycoords="axes fraction", ha="center", color=style.text,
                  bbox=pad(style), **font(style))  # fmt: skip


def _now(plot: Axes, frame: Frame, day: int, style: ChartStyle, *, beside_names: bool) -> None:
    """The day it is now, named at its left; at its right where there is no room or the names stand there."""
    k = style.k
    plot.axvline(day, color=style.mark, linewidth=1.1 * k, zorder=2, label="now")
    plot.plot([day], [0], "^", color=style.mark, ms=6 * k, mew=0, clip_on=False, zorder=4)
    text = filled("now: day {n}", n=day)
    left = not beside_names and (frame.x(day) - frame.left) / k > width(text, 600) + 12
    plot.annotate(text, (day, 0.1), (-6 * k if left else 6 * k, 0), xycoords="data", textcoords="offset points",
                  ha="right" if left else "left", va="center", color=style.mark, bbox=pad(style), zorder=5,
                  **font(style, 600))  # fmt: skip


def _counted(figure: Figure, frame: Frame, share: ShareInRelief, style: ChartStyle) -> None:
    """Too little for a curve: squares that count what is there, and the sentence that says so."""
    k, found = style.k, share.estimate
    strip = add_strip(figure, frame, frame.top, frame.height - frame.top)
    strip.set_xlim(0, frame.plot_width)
    left, y = 0.0, 40 * k
    for have, need in ((found.followed, CURVE_NEEDS[0]), (found.ends, CURVE_NEEDS[1])):
        for place in range(need):
            there = place < have
            strip.add_patch(Rectangle(
                (left, y), SQUARE * k, SQUARE * k, linewidth=1.0 * k, label="there" if there else "missing",
                facecolor=style.bar if there else "none", edgecolor=style.bar if there else style.box,
            ))  # fmt: skip
            left += (SQUARE + BETWEEN) * k
        left += 2 * SQUARE * k
    lines = wrap(share.too_little, max(20, int((frame.width - frame.left - 16 * k) / (6.6 * k))))
    strip.annotate("\n".join(lines), (0, y + (SQUARE + 16) * k), va="top", color=style.secondary, linespacing=1.3,
                   annotation_clip=False, **font(style))  # fmt: skip
