"""Groups of sessions side by side: a dot and its range per group, the counts under it, and the warning below."""

from collections.abc import Callable
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure

from ketatrack.analysis.comparisons import HORIZON, LEAST_ENDS, LEAST_SESSIONS, Group, comparisons
from ketatrack.analysis.kaplan_meier import NORMAL_975
from ketatrack.analysis.result import Relief
from ketatrack.charts.base import (
    ChartStyle,
    Frame,
    Numbers,
    Point,
    add_plot,
    cells,
    drawing,
    font,
    new_figure,
    pad,
    width,
    write,
)
from ketatrack.i18n import N_, _, ngettext
from ketatrack.models import labels
from ketatrack.models.records import Session

ROW = 40.0
BAND_MG = 25
WEEK = 7
LETTER = 6.4


@dataclass(frozen=True, slots=True)
class GroupRow:
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
        text = ngettext("{n} followed, {e} end", "{n} followed, {e} ends", group.ends)
        counts = text.format(n=group.followed, e=group.ends)
        if not group.assessed:
            return (counts,)
        rate = _("{counts}; relief after {n} of {all}").format(counts=counts, n=group.responded, all=group.assessed)
        with_limits = _("{rate} ({low} to {high} %)").format(rate=rate, low=round(100 * low), high=round(100 * high))
        return with_limits, rate, counts

    @property
    def too_few(self) -> str:
        """What the group still lacks; "" where it has enough."""
        return " ".join(words for words in lacking(self.group) if words)

    @property
    def days(self) -> str:
        """The mean and its range in words, or why there is none."""
        if self.group.good_days is None or self.range is None:
            return self.too_few
        low, high = self.range
        words = {"mean": f"{self.group.good_days:.1f}", "low": f"{low:.1f}", "high": f"{high:.1f}"}
        return _("{mean} days ({low} to {high})").format(**words)


def lacking(group: Group) -> tuple[str, str]:
    """Return what a group has too few of, and in brackets how many of how many; both "" where it has enough."""
    if group.followed < LEAST_SESSIONS:
        return _("too few sessions"), _("({n} of {needed})").format(n=group.followed, needed=LEAST_SESSIONS)
    if group.ends < LEAST_ENDS:
        return _("too few ends"), _("({n} of {needed})").format(n=group.ends, needed=LEAST_ENDS)
    return "", ""


@dataclass(frozen=True)
class ComparisonChart:
    """One way of grouping: `by` as a choice names it ("Route"), its rows largest first, and what it cannot show.

    `key` names it in files, the same in every language.
    """

    key: str
    by: str
    rows: tuple[GroupRow, ...]
    warning: str

    zooms = False

    @property
    def title(self) -> str:
        """The card's title."""
        return _("Side by side")

    @property
    def subtitle(self) -> str:
        """What the dots and ranges are."""
        return _("mean days in relief within {n} days after a session, 95 % range").format(n=HORIZON)

    @property
    def height(self) -> float:
        """A row for each group, the axis, and the warning below it."""
        return ROW * len(self.rows) + 84

    def frame(self, width: float, height: float, k: float) -> Frame:
        """Where the plot stands; x is days, y a row's place from below."""
        return Frame(width, height, 116 * k, 6 * k, 32 * k, 72 * k, 0, HORIZON, -0.65, len(self.rows) - 0.5)

    def place(self, row: int) -> int:
        """Return the height at which a row stands: the first on top."""
        return len(self.rows) - 1 - row

    def draw(self, style: ChartStyle, width: float, height: float) -> Figure:
        """Return the chart as a figure of `width` x `height` logical pixels."""
        return draw(self, style, width, height)

    def points(self, style: ChartStyle, width: float, height: float) -> tuple[Point, ...]:
        """Return the dot of each group that has one, from left to right."""
        frame = self.frame(width, height, style.k)
        dots = [(row.group.good_days, n, row) for n, row in enumerate(self.rows) if row.group.good_days is not None]
        result = [Point(frame.x(days), frame.y(self.place(n)), _spoken(row)) for days, n, row in dots]
        return tuple(sorted(result, key=lambda point: point.x))

    def spoken(self) -> str:
        """Every group in a sentence, and the warning."""
        text = " ".join(f"{_spoken(row)}." for row in self.rows)
        return f"{self.title}, {self.by}: {self.subtitle}. {text} {self.warning}"

    def numbers(self) -> Numbers:
        """Each group: mean days in relief with their range, and how many sessions they rest on."""
        columns = (
            self.by,
            _("Days in relief within {n}").format(n=HORIZON),
            _("Least"),
            _("Most"),
            _("Followed"),
            _("Ends seen"),
            _("Followed by relief"),
            _("Assessed"),
        )
        return Numbers(columns, tuple(_row(row) for row in self.rows))


def _row(row: GroupRow) -> tuple[str, ...]:
    group, (low, high) = row.group, row.range or (None, None)
    return cells((row.name, group.good_days, low, high, group.followed, group.ends, group.responded, group.assessed))


def _spoken(row: GroupRow) -> str:
    return f"{row.name}: {row.days}; {row.counts}"


def comparison_charts(relief: Relief) -> tuple[ComparisonChart, ...]:
    """Each way of grouping the sessions of a relief result that makes at least two groups."""
    by_id = {session.id: session for session in relief.sessions}
    result = []
    for grouping in _GROUPINGS:
        name = grouping.name
        names = {span: name(by_id[span.session_ids[-1]]) for span in relief.spans}
        if len(set(names.values()) - {None}) < 2:
            continue
        groups = comparisons(relief.spans, names.__getitem__)
        if len(groups) > 1:
            result.append(
                ComparisonChart(
                    grouping.by.lower(),
                    _(grouping.by),
                    tuple(GroupRow(str(group.key), group, _range(group)) for group in groups),
                    _(grouping.warning),
                )
            )
    return tuple(result)


def _range(group: Group) -> tuple[float, float] | None:
    if group.good_days is None or group.good_days_error is None:
        return None
    reach = NORMAL_975 * group.good_days_error
    return max(0.0, group.good_days - reach), min(float(HORIZON), group.good_days + reach)


def _dose_band(session: Session) -> str | None:
    if session.dose_mg is None:
        return None
    low = session.dose_mg // (100 * BAND_MG) * BAND_MG
    return _("{low} to under {high} mg").format(low=low, high=low + BAND_MG)


@dataclass(frozen=True, slots=True)
class _Grouping:
    """What sessions are grouped by, the warning under the chart, and the name of a session's group."""

    by: str
    warning: str
    name: Callable[[Session], str | None]


_GROUPINGS = (
    _Grouping(
        N_("Route"),
        N_("Different sessions differ in more than the route. This comparison cannot show which route works better."),
        lambda session: labels.route_in_text(session.route),
    ),
    _Grouping(
        N_("Drug"),
        N_("Different sessions differ in more than the drug. This comparison cannot show which drug works better."),
        lambda session: labels.drug(session.drug) or None,
    ),
    _Grouping(
        N_("Dose"),
        N_("Different sessions differ in more than the dose. This comparison cannot show which dose works better."),
        _dose_band,
    ),
    _Grouping(
        N_("Phase"),
        N_("Different sessions differ in more than the phase. This comparison cannot show which phase works better."),
        lambda session: labels.phase_word(session.phase) or None,
    ),
    _Grouping(
        N_("Place"),
        N_("Different sessions differ in more than the place. This comparison cannot show which place works better."),
        lambda session: labels.place_in_text(session.place) or None,
    ),
)


def draw(chart: ComparisonChart, style: ChartStyle, wide: float, high: float) -> Figure:
    """Return the chart as a figure of `wide` x `high` logical pixels."""
    with drawing():
        figure = new_figure(style, wide, high)
        frame = chart.frame(wide, high, style.k)
        plot = add_plot(figure, frame, style)
        _axis(plot, frame, style)
        _ranges(plot, chart, style)
        _words(plot, frame, chart, style)
        lines = wrap(chart.warning, max(20, int(wide / style.k / LETTER)))
        figure.text(
            0, 4 * style.k / high, "\n".join(lines), va="bottom", color=style.text, linespacing=1.25, **font(style)
        )
    return figure


def _axis(plot: Axes, frame: Frame, style: ChartStyle) -> None:
    k, days = style.k, range(0, int(frame.last) + 1, WEEK)
    lines = [[(day, 0), (day, 1)] for day in days]
    plot.add_collection(
        LineCollection(
            lines, colors=style.grid, linewidths=0.8 * k, zorder=0, label="grid", transform=plot.get_xaxis_transform()
        ),
        autolim=False,
    )
    for day in days:
        text = ngettext("{n} day", "{n} days", day).format(n=day) if day == days[-1] else str(day)
        write(plot, text, (day, 0), style, (0, -5), xycoords=plot.get_xaxis_transform(), ha="center", va="top")


def _ranges(plot: Axes, chart: ComparisonChart, style: ChartStyle) -> None:
    """Use the same ink for every group: nothing here is better or worse."""
    visible = [(chart.place(n), row) for n, row in enumerate(chart.rows)]
    ranges = [[(row.range[0], y), (row.range[1], y)] for y, row in visible if row.range is not None]
    plot.add_collection(
        LineCollection(ranges, colors=style.accent, linewidths=2 * style.k, zorder=2, label="ranges"), autolim=False
    )
    dots = [(row.group.good_days, y) for y, row in visible if row.group.good_days is not None]
    plot.plot(
        [x for x, _unused in dots],
        [y for _unused, y in dots],
        "o",
        color=style.accent,
        ms=7 * style.k,
        mew=0,
        zorder=3,
        label="means",
    )


def _words(plot: Axes, frame: Frame, chart: ComparisonChart, style: ChartStyle) -> None:
    k, edge = style.k, plot.get_yaxis_transform()
    beside: dict[str, Any] = {"xycoords": edge}
    room = (frame.width - frame.left) / k - 6
    for n, row in enumerate(chart.rows):
        y = chart.place(n)
        ways = row.counts_by_length
        counts = next((words for words in ways if width(words) <= room), ways[-1])
        write(plot, row.name, (0, y), style, (-8, 0), ha="right", color=style.text, weight=600, **beside)
        write(plot, counts, (0, y), style, (6, -13), bbox=pad(style), **beside)
        if row.too_few:
            write(plot, row.too_few, (0, y), style, (6, 2), color=style.text, **beside)
