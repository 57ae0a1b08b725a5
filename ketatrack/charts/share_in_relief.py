"""The share of sessions still in relief, by days since the session: what is drawn, said and pointed at.

share_figure.py draws it. With too little data it counts instead of drawing a curve.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from matplotlib.figure import Figure

from ketatrack.analysis.bounds import Bound
from ketatrack.analysis.estimates import Estimates
from ketatrack.analysis.gates import CURVE_NEEDS, Gate
from ketatrack.analysis.kaplan_meier import Row, Time, midpoints
from ketatrack.analysis.npmle import Turnbull
from ketatrack.analysis.relief import Estimate, Relief
from ketatrack.analysis.relief_words import whole
from ketatrack.charts.frame import Frame, Point
from ketatrack.charts.numbers import Numbers, cells
from ketatrack.charts.style import ChartStyle
from ketatrack.charts.words import filled, tr

SHORTEST_AXIS = 42
WEEK = 7


@dataclass(frozen=True)
class ShareInRelief:
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
    def rows(self) -> Sequence[Row]:
        """The drops of the Kaplan-Meier curve; empty where it may not be drawn, or boxes stand in its place."""
        return self.estimate.curve

    @property
    def drawn(self) -> bool:
        """Whether there is enough for a curve of either kind."""
        return bool(self.rows) or self.boxes is not None

    def share(self, day: Time) -> Fraction:
        """The share still in relief after a day; the upper end of a grey box inside one."""
        if self.boxes is not None:
            return Fraction(self.boxes.survival(float(day))[1]).limit_denominator(10_000)
        return next((row.survival for row in reversed(self.rows) if row.t <= day), Fraction(1))

    def limits(self, day: Time) -> tuple[Fraction, Fraction]:
        """The honesty band on a day: the least and the most the share can be, whatever brought the next session."""
        row = next((each for each in reversed(self.bounds) if each.t <= day), None)
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

    def ticks(self, width: float) -> range:
        """The labelled days on an axis `width` px long at 100 %: each week, or fewer where they would collide."""
        step = WEEK
        while self.last_day / step * 34 > width:
            step *= 2
        return range(0, self.last_day + 1, step)

    def followed(self, day: int) -> int:
        """Sessions still followed on a day."""
        return sum(time >= day for time in self.times)

    def draw(self, style: ChartStyle, width: float, height: float) -> Figure:
        """The chart as a figure of `width` x `height` logical pixels."""
        from ketatrack.charts.share_figure import draw

        return draw(self, style, width, height)

    def points(self, style: ChartStyle, width: float, height: float) -> tuple[Point, ...]:
        """One point for each day that was followed; none without a curve."""
        if not self.drawn:
            return ()
        frame = self.frame(width, height, style.k)
        days = range(int(self.longest) + 1)
        return tuple(Point(frame.x(day), frame.y(float(self.share(day))), self._words(day)) for day in days)

    def spoken(self) -> str:
        """The chart in sentences, for those who hear it."""
        if not self.drawn:
            return f"{self.title}. {self.too_little}"
        said = filled(
            "Of {n} sessions, relief lasted at least 7 days after {a}, 14 after {b}, 21 after {c}.",
            n=len(self.lowers), a=self._lasted(7), b=self._lasted(14), c=self._lasted(21),
        )  # fmt: skip
        middle, box = self.estimate.median, self.boxes.median if self.boxes is not None else None
        if middle is not None and middle.value is not None:
            words = {"day": whole(middle.value), "low": _day(middle.lower), "high": _day(middle.upper)}
            said += " " + filled("Half had faded by day {day} ({low} to {high}).", **words)
        elif box is not None:
            said += " " + filled("Half had faded between day {low} and day {high}.", low=int(box[0]), high=int(box[1]))
        return said

    def numbers(self) -> Numbers:
        """Each day that was followed: the share still in relief, its limits, the smooth estimate, and of how many."""
        columns = (
            tr("Days since session"), tr("Still in relief, %"), tr("At least, %"), tr("At most, %"),
            tr("Smooth estimate, %"), tr("Sessions still followed"),
        )  # fmt: skip
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
        said = filled("Day {day}: {share} % still in relief", day=day, share=_percent(self.share(day)))
        said += "; " + filled("limits {low} to {high} %", low=_percent(low), high=_percent(high))
        counts = filled("{n} of {all} sessions still followed", n=self.followed(day), all=len(self.times))
        return f"{said} · {counts}"


def share_in_relief(relief: Relief, found: Estimates) -> ShareInRelief:
    """The chart of a relief result and what may be said of it, over all sessions."""
    spans = [(span.lower, span.upper) for span in relief.spans if span.lower is not None]
    return ShareInRelief(
        title=tr("Share of sessions still in relief"),
        subtitle=_subtitle(relief.estimate, found.turnbull),
        estimate=relief.estimate,
        lowers=tuple(lower for lower, _ in spans),
        times=tuple(midpoints(spans)[0]),
        now=relief.since,
        too_little=_too_little(relief, found),
        boxes=found.turnbull,
        bounds=found.bounds,
        smooth=_smooth(found, max((float(each) for each in midpoints(spans)[0]), default=0.0)),
    )


def _smooth(found: Estimates, longest: float) -> tuple[float, ...]:
    """The posterior's share on each day, no further than the longest observation."""
    if found.posterior is None or not found.gate.draws_curve:
        return ()
    return tuple(found.posterior.survival(day) for day in range(int(longest) + 1))


def _subtitle(estimate: Estimate, boxes: Turnbull | None) -> str:
    middle = estimate.median
    if boxes is not None and boxes.median is not None:
        return filled("half by day {low} to {high}", low=int(boxes.median[0]), high=int(boxes.median[1]))
    if middle is None or middle.value is None:
        return ""
    words = {"day": whole(middle.value), "low": _day(middle.lower), "high": _day(middle.upper)}
    return filled("half by day {day} ({low} to {high})", **words)


def _too_little(relief: Relief, estimates: Estimates) -> str:
    found = relief.estimate
    if found.curve or estimates.turnbull is not None:
        return ""
    if estimates.gate is Gate.NO_ENDS:
        return filled("Not seen to fade (longest {days} days)", days=found.longest)
    return filled(
        "{n} of {n_all} sessions followed, {e} of {e_all} ends seen",
        n=found.followed, n_all=CURVE_NEEDS[0], e=found.ends, e_all=CURVE_NEEDS[1],
    )  # fmt: skip


def _day(day: Time | None) -> str:
    return tr("not reached") if day is None else str(whole(day))


def _percent(share: float | Fraction) -> int:
    return round(100 * float(share))
