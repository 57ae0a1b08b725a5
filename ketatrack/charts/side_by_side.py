"""Groups of sessions side by side on one axis of days: by route, drug, dose, phase or place, and never a verdict.

What is drawn, said and pointed at, as data; side_by_side_figure.py draws it.
"""

from collections.abc import Callable
from dataclasses import dataclass

from matplotlib.figure import Figure

from ketatrack.analysis.comparisons import HORIZON, LEAST_ENDS, LEAST_SESSIONS, Group, comparisons
from ketatrack.analysis.kaplan_meier import NORMAL_975
from ketatrack.analysis.relief import Relief
from ketatrack.charts.frame import Frame, Point
from ketatrack.charts.numbers import Numbers, cells
from ketatrack.charts.style import ChartStyle
from ketatrack.charts.words import counted, filled, tr
from ketatrack.models import labels
from ketatrack.models.records import Session

ROW = 40.0
BAND_MG = 25


@dataclass(frozen=True, slots=True)
class Row:
    """One group: its name, its numbers, and the 95 % range of its mean days in relief (None where too small)."""

    name: str
    group: Group
    range: tuple[float, float] | None

    @property
    def counts(self) -> str:
        """12 followed, 9 ends; relief after 12 of 15 (55 to 93 %)."""
        return self.counts_by_length[0]

    @property
    def counts_by_length(self) -> tuple[str, ...]:
        """The counts, and shorter ways to say them: without the range, and without the sessions that responded."""
        group, (low, high) = self.group, self.group.response_interval
        said = filled("{n} followed", n=group.followed) + ", " + counted(group.ends, "end", "ends")
        if not group.assessed:
            return (said,)
        rate = f"{said}; " + filled("relief after {n} of {all}", n=group.responded, all=group.assessed)
        limits = filled("({low} to {high} %)", low=round(100 * low), high=round(100 * high))
        return f"{rate} {limits}", rate, said

    @property
    def too_few(self) -> str:
        """What the group still lacks; "" where it has enough."""
        return " ".join(each for each in lacking(self.group) if each)

    @property
    def days(self) -> str:
        """The mean and its range in words, or why there is none."""
        if self.group.good_days is None or self.range is None:
            return self.too_few
        low, high = self.range
        words = {"mean": f"{self.group.good_days:.1f}", "low": f"{low:.1f}", "high": f"{high:.1f}"}
        return filled("{mean} days ({low} to {high})", **words)


def lacking(group: Group) -> tuple[str, str]:
    """What a group has too few of, and in brackets how many of how many; both "" where it has enough."""
    if group.followed < LEAST_SESSIONS:
        return tr("too few sessions"), filled("({n} of {needed})", n=group.followed, needed=LEAST_SESSIONS)
    if group.ends < LEAST_ENDS:
        return tr("too few ends"), filled("({n} of {needed})", n=group.ends, needed=LEAST_ENDS)
    return "", ""


@dataclass(frozen=True)
class SideBySide:
    """One way of grouping: `by` as a choice names it ("Route"), its rows largest first, and what it cannot show."""

    by: str
    rows: tuple[Row, ...]
    warning: str

    zooms = False

    @property
    def title(self) -> str:
        """The card's title."""
        return tr("Side by side")

    @property
    def subtitle(self) -> str:
        """What the dots and ranges are."""
        return filled("mean days in relief within {n} days after a session, 95 % range", n=HORIZON)

    @property
    def height(self) -> float:
        """A row for each group, the axis, and the warning below it."""
        return ROW * len(self.rows) + 84

    def frame(self, width: float, height: float, k: float) -> Frame:
        """Where the plot stands; x is days, y a row's place from below."""
        return Frame(width, height, 116 * k, 6 * k, 32 * k, 72 * k, 0, HORIZON, -0.65, len(self.rows) - 0.5)

    def place(self, row: int) -> int:
        """The height at which a row stands: the first on top."""
        return len(self.rows) - 1 - row

    def draw(self, style: ChartStyle, width: float, height: float) -> Figure:
        """The chart as a figure of `width` x `height` logical pixels."""
        from ketatrack.charts.side_by_side_figure import draw

        return draw(self, style, width, height)

    def points(self, style: ChartStyle, width: float, height: float) -> tuple[Point, ...]:
        """The dot of each group that has one, from left to right."""
        frame = self.frame(width, height, style.k)
        dots = [(row.group.good_days, n, row) for n, row in enumerate(self.rows) if row.group.good_days is not None]
        made = [Point(frame.x(days), frame.y(self.place(n)), _said(row)) for days, n, row in dots]
        return tuple(sorted(made, key=lambda point: point.x))

    def spoken(self) -> str:
        """Every group in a sentence, and the warning."""
        told = " ".join(f"{_said(row)}." for row in self.rows)
        return f"{self.title}, {self.by}: {self.subtitle}. {told} {self.warning}"

    def numbers(self) -> Numbers:
        """Each group: mean days in relief with their range, and how many sessions they rest on."""
        columns = (
            tr(self.by), filled("Days in relief within {n}", n=HORIZON), tr("Least"), tr("Most"), tr("Followed"),
            tr("Ends seen"), tr("Followed by relief"), tr("Assessed"),
        )  # fmt: skip
        return Numbers(columns, tuple(_row(row) for row in self.rows))


def _row(row: Row) -> tuple[str, ...]:
    group, (low, high) = row.group, row.range or (None, None)
    return cells((row.name, group.good_days, low, high, group.followed, group.ends, group.responded, group.assessed))


def _said(row: Row) -> str:
    return f"{row.name}: {row.days}; {row.counts}"


def side_by_side(relief: Relief) -> tuple[SideBySide, ...]:
    """Each way of grouping the sessions of a relief result that makes at least two groups."""
    by_id = {session.id: session for session in relief.sessions}
    made = []
    for by, thing, name in _GROUPINGS:
        names = {span: name(by_id[span.session_ids[-1]]) for span in relief.spans}
        if len(set(names.values()) - {None}) < 2:
            continue
        groups = comparisons(relief.spans, names.__getitem__)
        if len(groups) > 1:
            warning = filled(
                "Different sessions differ in more than the {thing}. "
                "This comparison cannot show which {thing} works better.",
                thing=tr(thing),
            )
            made.append(SideBySide(tr(by), tuple(Row(str(each.key), each, _range(each)) for each in groups), warning))
    return tuple(made)


def _range(group: Group) -> tuple[float, float] | None:
    if group.good_days is None or group.good_days_error is None:
        return None
    reach = NORMAL_975 * group.good_days_error
    return max(0.0, group.good_days - reach), min(float(HORIZON), group.good_days + reach)


def _dose_band(session: Session) -> str | None:
    if session.dose_mg is None:
        return None
    low = session.dose_mg // (100 * BAND_MG) * BAND_MG
    return filled("{low} to under {high} mg", low=low, high=low + BAND_MG)


_GROUPINGS: tuple[tuple[str, str, Callable[[Session], str | None]], ...] = (
    ("Route", "route", lambda session: labels.route_in_text(session.route)),
    ("Drug", "drug", lambda session: tr(session.drug.value) if session.drug else None),
    ("Dose", "dose", _dose_band),
    ("Phase", "phase", lambda session: tr(session.phase.value) if session.phase else None),
    ("Place", "place", lambda session: tr(session.place.value) if session.place else None),
)
