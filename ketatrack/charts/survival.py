"""The share of sessions still in relief by day: the curve with its range, the band around it, and today."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import isinf
from textwrap import wrap

from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from ketatrack.analysis.bounds import Bound
from ketatrack.analysis.estimates import Estimates
from ketatrack.analysis.kaplan_meier import CurveRow, Time, midpoints
from ketatrack.analysis.npmle import Turnbull
from ketatrack.analysis.result import CURVE_NEEDS, Estimate, Gate, Relief
from ketatrack.analysis.sentences import whole_days
from ketatrack.charts.axes import draw_days_since, draw_levels, weeks
from ketatrack.charts.base import (
    ChartStyle,
    Frame,
    Numbers,
    Point,
    add_plot,
    add_strip,
    cells,
    drawing,
    font,
    new_figure,
    pad,
    width,
    write,
)
from ketatrack.i18n import _, ngettext, pgettext

SHORTEST_AXIS = 42
WEEK = 7
SQUARE, BETWEEN = 18.0, 6.0
SMALLEST_DROP = 1e-6


@dataclass(frozen=True)
class SurvivalChart:
    """Everything the chart shows; `times` are days followed (midpoints where relief ended), in any order."""

    title: str
    subtitle: str
    estimate: Estimate
    lowers: tuple[int, ...]
    times: tuple[Time, ...]
    now: int | None
    too_little: str
    boxes: Turnbull | None
    bounds: tuple[Bound, ...]
    smooth: tuple[float, ...]

    height = 244.0
    zooms = False

    @property
    def rows(self) -> Sequence[CurveRow]:
        """The drops of the Kaplan-Meier curve; empty where it may not be drawn, or boxes stand in its place."""
        return self.estimate.curve

    @property
    def drawn(self) -> bool:
        """Whether there is enough for a curve of either kind."""
        return bool(self.rows) or self.boxes is not None

    def share(self, day: Time) -> Fraction:
        """Return the share still in relief after a day; the upper end of a grey box inside one."""
        if self.boxes is not None:
            return Fraction(self.boxes.survival(float(day))[1]).limit_denominator(10_000)
        return next((row.survival for row in reversed(self.rows) if row.t <= day), Fraction(1))

    def limits(self, day: Time) -> tuple[Fraction, Fraction]:
        """Return honesty band on a day: the least and the most the share can be, whatever brought the next session."""
        row = next((bound for bound in reversed(self.bounds) if bound.t <= day), None)
        return (row.lower, row.upper) if row else (Fraction(1), Fraction(1))

    @property
    def longest(self) -> float:
        """The longest time followed, in days; the curve ends there."""
        return float(max(self.times, default=0))

    @property
    def flat(self) -> bool:
        """Whether relief was followed often enough and never seen to end."""
        return self.estimate.ends == 0 and self.estimate.followed >= 3

    @property
    def last_day(self) -> int:
        """The right end of the axis: whole weeks, at least 42 days."""
        needed = max(self.longest, self.now or 0, SHORTEST_AXIS)
        return int(-(-needed // WEEK) * WEEK)

    def frame(self, width: float, height: float, k: float) -> Frame:
        """Where the plot stands in a figure of that size; x is days since the session, y a share."""
        return Frame(width, height, 42 * k, 10 * k, 92 * k, 52 * k, 0, self.last_day, 0, 1)

    def followed(self, day: int) -> int:
        """Sessions still followed on a day."""
        return sum(time >= day for time in self.times)

    def draw(self, style: ChartStyle, width: float, height: float) -> Figure:
        """Return the chart as a figure of `width` x `height` logical pixels."""
        return draw(self, style, width, height)

    def points(self, style: ChartStyle, width: float, height: float) -> tuple[Point, ...]:
        """One point for each day that was followed; none without a curve."""
        if not self.drawn:
            return ()
        frame = self.frame(width, height, style.k)
        days = range(int(self.longest) + 1)
        return tuple(Point(frame.x(day), frame.y(float(self.share(day))), self._words(day)) for day in days)

    def spoken(self) -> str:
        """Return the chart in sentences, for those who hear it."""
        if not self.drawn:
            return f"{self.title}. {self.too_little}"
        text = _("Of {n} sessions, relief lasted at least 7 days after {a}, 14 after {b}, 21 after {c}.").format(
            n=len(self.lowers), a=self._lasted(7), b=self._lasted(14), c=self._lasted(21)
        )
        middle, box = self.estimate.median, self.boxes.median if self.boxes is not None else None
        if middle is not None and middle.value is not None:
            half = _("Half had faded by day {day} ({low} to {high}).").format(
                day=whole_days(middle.value), low=_day(middle.lower), high=_day(middle.upper)
            )
        elif box is not None:
            half = _("Half had faded between day {low} and day {high}.").format(low=int(box[0]), high=int(box[1]))
        else:
            return text
        return f"{text} {half}"

    def numbers(self) -> Numbers:
        """Each day that was followed: the share still in relief, its limits, the smooth estimate, and of how many."""
        columns = (
            _("Days since session"),
            _("Still in relief, %"),
            _("At least, %"),
            _("At most, %"),
            _("Smooth estimate, %"),
            _("Sessions still followed"),
        )
        return Numbers(columns, tuple(self._row(day) for day in range(int(self.longest) + 1)) if self.drawn else ())

    def _row(self, day: int) -> tuple[str, ...]:
        low, high = self.limits(day)
        smooth = _percent(self.smooth[day]) if day < len(self.smooth) else None
        shares = (_percent(self.share(day)), _percent(low), _percent(high))
        return cells((day, *shares, smooth, self.followed(day)))

    def _lasted(self, days: int) -> int:
        return sum(lower >= days for lower in self.lowers)

    def _words(self, day: int) -> str:
        low, high = self.limits(day)
        text = _("Day {day}: {share} % still in relief; limits {low} to {high} %").format(
            day=day, share=_percent(self.share(day)), low=_percent(low), high=_percent(high)
        )
        counts = ngettext(
            "{n} of {all} session still followed", "{n} of {all} sessions still followed", len(self.times)
        ).format(n=self.followed(day), all=len(self.times))
        return f"{text} · {counts}"


def survival_chart(relief: Relief, estimates: Estimates) -> SurvivalChart:
    """Return the chart of a relief result and what may be said of it, over all sessions."""
    spans = [(span.lower, span.upper) for span in relief.spans if span.lower is not None]
    return SurvivalChart(
        title=_("Share of sessions still in relief"),
        subtitle=_subtitle(relief.estimate, estimates.turnbull),
        estimate=relief.estimate,
        lowers=tuple(lower for lower, _unused in spans),
        times=tuple(midpoints(spans)[0]),
        now=relief.since,
        too_little=_too_little(relief, estimates),
        boxes=estimates.turnbull,
        bounds=estimates.bounds,
        smooth=_smooth(estimates, max((float(midpoint) for midpoint in midpoints(spans)[0]), default=0.0)),
    )


def _smooth(estimates: Estimates, longest: float) -> tuple[float, ...]:
    """Return the posterior's share on each day, no further than the longest observation."""
    if estimates.posterior is None or not estimates.gate.draws_curve:
        return ()
    return tuple(estimates.posterior.survival(day) for day in range(int(longest) + 1))


def _subtitle(estimate: Estimate, boxes: Turnbull | None) -> str:
    middle = estimate.median
    if boxes is not None and boxes.median is not None:
        return _("half by day {low} to {high}").format(low=int(boxes.median[0]), high=int(boxes.median[1]))
    if middle is None or middle.value is None:
        return ""
    words = {"day": whole_days(middle.value), "low": _day(middle.lower), "high": _day(middle.upper)}
    return _("half by day {day} ({low} to {high})").format(**words)


def _too_little(relief: Relief, estimates: Estimates) -> str:
    result = relief.estimate
    if result.curve or estimates.turnbull is not None:
        return ""
    if estimates.gate is Gate.NO_ENDS:
        text = ngettext("Not seen to fade (longest {n} day)", "Not seen to fade (longest {n} days)", result.longest)
        return text.format(n=result.longest)
    return _("{n} of {n_all} sessions followed, {e} of {e_all} ends seen").format(
        n=result.followed, n_all=CURVE_NEEDS[0], e=result.ends, e_all=CURVE_NEEDS[1]
    )


def _day(day: Time | None) -> str:
    return _("not reached") if day is None else str(whole_days(day))


def _percent(share: float | Fraction) -> int:
    return round(100 * float(share))


def draw(share: SurvivalChart, style: ChartStyle, wide: float, high: float) -> Figure:
    """Return the chart as a figure of `wide` x `high` logical pixels."""
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


def _axes(plot: Axes, frame: Frame, share: SurvivalChart, style: ChartStyle) -> None:
    levels = (
        (1.0, pgettext("share of sessions", "all")),
        (0.5, pgettext("share of sessions", "half")),
        (0.0, pgettext("share of sessions", "none")),
    )
    draw_levels(plot, levels, style)
    days = weeks(share.last_day, frame.plot_width / style.k, room=34)
    draw_days_since(plot, days, lambda day: str(share.followed(day)), _("still followed"), style)


def _curve(plot: Axes, share: SurvivalChart, style: ChartStyle) -> None:
    _band(plot, share, style)
    if share.boxes is not None:
        _steps_with_boxes(plot, share.boxes, share, style)
    else:
        days = [0.0, *(float(row.t) for row in share.rows)]
        heights = [1.0, *(float(row.survival) for row in share.rows)]
        plot.step(
            [*days, max(share.longest, days[-1])],
            [*heights, heights[-1]],
            where="post",
            color=style.text,
            linewidth=2 * style.k,
            solid_capstyle="butt",
            zorder=3,
            label="recorded",
        )
    if share.smooth:
        plot.plot(
            range(len(share.smooth)),
            share.smooth,
            color=style.second,
            linewidth=1.7 * style.k,
            linestyle=(0, (4, 2)),
            zorder=4,
            label="smooth",
        )


def _band(plot: Axes, share: SurvivalChart, style: ChartStyle) -> None:
    """Draw the honesty band: where the curve would lie if every next session were an end, and if none were."""
    if not share.bounds:
        return
    days = [0.0, *(float(row.t) for row in share.bounds), share.longest]
    low = [1.0, *(float(row.lower) for row in share.bounds)]
    high = [1.0, *(float(row.upper) for row in share.bounds)]
    plot.fill_between(
        days,
        [*low, low[-1]],
        [*high, high[-1]],
        step="post",
        facecolor=style.band,
        edgecolor=style.box,
        linewidth=0.6 * style.k,
        zorder=1,
        label="band",
    )


def _steps_with_boxes(plot: Axes, boxes: Turnbull, share: SurvivalChart, style: ChartStyle) -> None:
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
            Rectangle(
                (low, level - mass),
                high - low,
                mass,
                facecolor=style.box,
                alpha=0.55,
                zorder=2,
                edgecolor=style.secondary,
                linewidth=0.7 * style.k,
                label="box",
            )
        )
        left, level = high, level - mass
    else:
        lines.append([(left, level), (share.longest, level)])
    plot.add_collection(
        LineCollection(lines, colors=style.text, linewidths=2 * style.k, zorder=3, label="recorded"), autolim=False
    )


def _names_above(share: SurvivalChart) -> bool:
    """Whether the upper right corner is empty, so that the names stand there."""
    middle = round(2 / 3 * share.last_day)
    return max(float(share.limits(middle)[1]), float(share.share(middle))) < 0.72


def _names(plot: Axes, share: SurvivalChart, style: ChartStyle) -> None:
    """Write the names on leaders: in the upper right corner where it is empty, else in the lower left one."""
    upper = _names_above(share)
    recorded = _("recorded; each drop lies\nsomewhere in its grey box") if share.boxes is not None else _("recorded")
    named = [
        (recorded, style.text, 600, 0.3, "level"),
        (_("smooth estimate"), style.second, 600, 0.42, "smooth"),
        (_("band: nothing assumed\nabout why you came back"), style.secondary, 400, 0.8, "band"),
    ]
    for place, (text, color, weight, along, kind) in enumerate(named):
        day = share.longest * along
        at = (0.52, 0.95 - 0.17 * place) if upper else (0.03, 0.44 - 0.17 * place)
        plot.annotate(
            text,
            (day, _height(share, day, kind, upper)),
            at,
            textcoords="axes fraction",
            color=color,
            va="center",
            ha="left",
            linespacing=1.1,
            zorder=6,
            bbox=pad(style),
            **font(style, weight),
            arrowprops={
                "arrowstyle": "-",
                "color": color,
                "linewidth": 0.7 * style.k,
                "shrinkB": 0,
                "patchA": None,  # its box covers the line; cutting it there is slow
                "shrinkA": 2 * style.k,
                "relpos": _leader_from(kind, upper),
            },
        )


def _leader_from(kind: str, upper: bool) -> tuple[float, float]:
    """Where a name's leader begins, so that it crosses no other name."""
    if not upper:
        return 1.0, 0.5
    return (0.5, 0.0) if kind == "band" else (0.0, 0.5)


def _height(share: SurvivalChart, day: float, kind: str, upper: bool) -> float:
    """Where a leader ends: on the steps, the smooth line, or the near edge of the band."""
    if kind == "smooth" and share.smooth:
        return share.smooth[min(int(day), len(share.smooth) - 1)]
    if kind == "band":
        return float(share.limits(int(day))[1 if upper else 0])
    return float(share.share(int(day)))


def _not_seen(plot: Axes, frame: Frame, share: SurvivalChart, style: ChartStyle) -> None:
    plot.plot([share.longest], [1], ">", color=style.text, ms=8 * style.k, mew=0, clip_on=False, label="arrow")
    write(
        plot,
        share.too_little,
        (0.5, 0.82),
        style,
        xycoords="axes fraction",
        ha="center",
        color=style.text,
        bbox=pad(style),
        va="baseline",
    )


def _now(plot: Axes, frame: Frame, day: int, style: ChartStyle, *, beside_names: bool) -> None:
    """Mark the day it is now, named at its left; at its right where there is no room or the names stand there."""
    k = style.k
    plot.axvline(day, color=style.mark, linewidth=1.1 * k, zorder=2, label="now")
    plot.plot([day], [0], "^", color=style.mark, ms=6 * k, mew=0, clip_on=False, zorder=4)
    text = _("now: day {n}").format(n=day)
    left = not beside_names and (frame.x(day) - frame.left) / k > width(text, 600) + 12
    write(
        plot,
        text,
        (day, 0.1),
        style,
        (-6 if left else 6, 0),
        xycoords="data",
        ha="right" if left else "left",
        color=style.mark,
        bbox=pad(style),
        zorder=5,
        weight=600,
    )


def _counted(figure: Figure, frame: Frame, share: SurvivalChart, style: ChartStyle) -> None:
    """Too little for a curve: squares that count what is there, and the sentence that says so."""
    k, result = style.k, share.estimate
    strip = add_strip(figure, frame, frame.top, frame.height - frame.top)
    strip.set_xlim(0, frame.plot_width)
    left, y = 0.0, 40 * k
    for have, need in ((result.followed, CURVE_NEEDS[0]), (result.ends, CURVE_NEEDS[1])):
        for place in range(need):
            there = place < have
            strip.add_patch(
                Rectangle(
                    (left, y),
                    SQUARE * k,
                    SQUARE * k,
                    linewidth=1.0 * k,
                    label="there" if there else "missing",
                    facecolor=style.bar if there else "none",
                    edgecolor=style.bar if there else style.box,
                )
            )
            left += (SQUARE + BETWEEN) * k
        left += 2 * SQUARE * k
    lines = wrap(share.too_little, max(20, int((frame.width - frame.left - 16 * k) / (6.6 * k))))
    write(strip, "\n".join(lines), (0, y + (SQUARE + 16) * k), style, va="top", linespacing=1.3, annotation_clip=False)
