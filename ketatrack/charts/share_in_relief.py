"""The share of sessions still in relief, by days since the session: what is drawn, said and pointed at.

share_figure.py draws it. With too little data it counts instead of drawing a curve.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from matplotlib.figure import Figure

from ketatrack.analysis.kaplan_meier import Row, Time, midpoints
from ketatrack.analysis.relief import CURVE_NEEDS, Estimate, Relief
from ketatrack.analysis.relief_words import no_curve, whole
from ketatrack.charts.frame import Frame, Point
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

    height = 244.0
    zooms = False

    @property
    def rows(self) -> Sequence[Row]:
        """The curve's drops; empty where it may not be drawn."""
        return self.estimate.curve

    def share(self, day: Time) -> Fraction:
        """The share still in relief after a day."""
        return next((row.survival for row in reversed(self.rows) if row.t <= day), Fraction(1))

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
        if not self.rows:
            return ()
        frame = self.frame(width, height, style.k)
        days = range(int(self.longest) + 1)
        return tuple(Point(frame.x(day), frame.y(float(self.share(day))), self._words(day)) for day in days)

    def spoken(self) -> str:
        """The chart in sentences, for those who hear it."""
        if not self.rows:
            return f"{self.title}. {self.too_little}"
        said = filled(
            "Of {n} sessions, relief lasted at least 7 days after {a}, 14 after {b}, 21 after {c}.",
            n=len(self.lowers), a=self._lasted(7), b=self._lasted(14), c=self._lasted(21),
        )  # fmt: skip
        middle = self.estimate.median
        if middle is not None and middle.value is not None:
            words = {"day": whole(middle.value), "low": _day(middle.lower), "high": _day(middle.upper)}
            said += " " + filled("Half had faded by day {day} ({low} to {high}).", **words)
        return said

    def _lasted(self, days: int) -> int:
        return sum(lower >= days for lower in self.lowers)

    def _words(self, day: int) -> str:
        share = self.share(day)
        row = next((each for each in reversed(self.rows) if each.t <= day), None)
        said = filled("Day {day}: {share} % still in relief", day=day, share=_percent(share))
        if row is not None and row.lower is not None and row.upper is not None:
            said += " " + filled("(95 % range {low} to {high})", low=_percent(row.lower), high=_percent(row.upper))
        counts = filled("{n} of {all} sessions still followed", n=self.followed(day), all=len(self.times))
        return f"{said} · {counts}"


def share_in_relief(relief: Relief) -> ShareInRelief:
    """The chart of a relief result, over all sessions."""
    spans = [(span.lower, span.upper) for span in relief.spans if span.lower is not None]
    return ShareInRelief(
        title=tr("Share of sessions still in relief"),
        subtitle=_subtitle(relief.estimate),
        estimate=relief.estimate,
        lowers=tuple(lower for lower, _ in spans),
        times=tuple(midpoints(spans)[0]),
        now=relief.since,
        too_little=_too_little(relief),
    )


def _subtitle(estimate: Estimate) -> str:
    middle = estimate.median
    if middle is None or middle.value is None:
        return ""
    words = {"day": whole(middle.value), "low": _day(middle.lower), "high": _day(middle.upper)}
    return filled("half by day {day} ({low} to {high})", **words)


def _too_little(relief: Relief) -> str:
    found = relief.estimate
    if found.curve:
        return ""
    if found.ends == 0 and found.followed >= 3:
        return filled("Not seen to fade (longest {days} days)", days=found.longest)
    if found.followed < CURVE_NEEDS[0] or found.ends < CURVE_NEEDS[1]:
        return filled(
            "{n} of {n_all} sessions followed, {e} of {e_all} ends seen",
            n=found.followed, n_all=CURVE_NEEDS[0], e=found.ends, e_all=CURVE_NEEDS[1],
        )  # fmt: skip
    return no_curve(relief)


def _day(day: Time | None) -> str:
    return tr("not reached") if day is None else str(whole(day))


def _percent(share: float | Fraction) -> int:
    return round(100 * float(share))
