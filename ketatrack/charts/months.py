"""One habit month by month: a bar for each, hatched where few days are noted, and the median."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby
from math import ceil
from statistics import median

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ketatrack.charts.axes import draw_levels, write_below
from ketatrack.charts.base import (
    ChartStyle,
    Frame,
    Numbers,
    Point,
    add_plot,
    bars,
    cells,
    drawing,
    month_name,
    new_figure,
    number,
    write,
)
from ketatrack.i18n import _, ngettext
from ketatrack.models.enums import Kind
from ketatrack.models.records import Tracked

LEAST_DAYS = 10
LEAST_SLOTS = 12
HEADROOM = 1.1
STEPS = (0.5, 1, 2, 5, 10, 15, 30, 60, 120, 240, 500, 1000, 2000, 5000)
WIDEST, SHARE = 26.0, 0.62
LABEL_ROOM = 40.0
LABEL_STEPS = (1, 2, 3, 6, 12)


@dataclass(frozen=True, slots=True)
class Month:
    """One calendar month: its first day, the mean of the days that have an entry, and how many do."""

    first: date
    mean: float
    days: int

    @property
    def enough(self) -> bool:
        """Whether enough days are noted to stand for the month."""
        return self.days >= LEAST_DAYS


@dataclass(frozen=True)
class Months:
    """Every month with an entry, oldest first; `mean` in the habit's own unit a day (yes/no: share of days)."""

    habit: Tracked
    months: tuple[Month, ...]

    height = 190.0
    zooms = False

    @property
    def title(self) -> str:
        """The card's title."""
        return _("{name}, month by month").format(name=self.habit.name)

    @property
    def subtitle(self) -> str:
        """What a bar is."""
        if self.habit.kind is Kind.YES_NO:
            return _("share of the days with an entry, %")
        return _("mean of the days with an entry")

    @cached_property
    def middle(self) -> float | None:
        """The median of the months with enough days."""
        known = [month.mean for month in self.months if month.enough]
        return median(known) if len(known) >= 3 else None

    @property
    def top(self) -> float:
        """The highest mean."""
        return max((month.mean for month in self.months), default=1.0) or 1.0

    @property
    def step(self) -> float:
        """The distance between two grid lines, in the habit's unit."""
        return next((step for step in STEPS if HEADROOM * self.top <= 3 * step), STEPS[-1])

    def place(self, month: Month) -> int:
        """How many months after the first one."""
        start = self.months[0].first
        return (month.first.year - start.year) * 12 + month.first.month - start.month

    def frame(self, width: float, height: float, k: float) -> Frame:
        """Where the plot stands; x is a month's place."""
        last = max(self.place(self.months[-1]) + 1 if self.months else 0, LEAST_SLOTS)
        high = self.step * ceil(HEADROOM * self.top / self.step)
        return Frame(width, height, 46 * k, 14 * k, 84 * k, 42 * k, -0.5, last - 0.5, 0, high)

    def draw(self, style: ChartStyle, width: float, height: float) -> Figure:
        """Return the chart as a figure of `width` x `height` logical pixels."""
        return draw(self, style, width, height)

    def points(self, style: ChartStyle, width: float, height: float) -> tuple[Point, ...]:
        """Return the top of each month's bar."""
        frame = self.frame(width, height, style.k)
        return tuple(
            Point(frame.x(self.place(month)), frame.y(month.mean), self._words(month)) for month in self.months
        )

    def spoken(self) -> str:
        """Return the chart in sentences."""
        if not self.months:
            return _("{title}. No entry yet.").format(title=self.title)
        first, last = self.months[0], self.months[-1]
        text = f"{self.title}, {self.subtitle}. {self._words(first)}."
        if len(self.months) > 1:
            text += f" {self._words(last)}."
        if self.middle is not None:
            median_month = _("Median month {value}.").format(value=self.unit(self.middle))
            text += f" {median_month}"
        return text

    def numbers(self) -> Numbers:
        """Each month, the latest first."""
        yes_no = self.habit.kind is Kind.YES_NO
        mean = _("Share of the days with an entry, %") if yes_no else _("Mean of the days with an entry")
        columns = (_("Month"), mean, _("Days noted"))
        rows = (cells((f"{month.first:%Y-%m}", month.mean, month.days)) for month in self.months[::-1])
        return Numbers(columns, tuple(rows))

    def unit(self, value: float) -> str:
        """Return a mean with its unit."""
        unit = "%" if self.habit.kind is Kind.YES_NO else self.habit.unit
        return f"{number(value)} {unit}".rstrip()

    def _words(self, month: Month) -> str:
        name = f"{month_name(month.first.month)} {month.first.year}"
        text = ngettext("{name}: {value}, from {n} day", "{name}: {value}, from {n} days", month.days)
        return text.format(name=name, value=self.unit(month.mean), n=month.days)


def months(habit: Tracked, values: Mapping[date, float]) -> Months:
    """All months of one habit; `values` by diary day, in the habit's own unit."""
    scale = 100 if habit.kind is Kind.YES_NO else 1
    result = []
    for first, days in groupby(sorted(values), key=lambda day: day.replace(day=1)):
        noted = [values[day] for day in days]
        result.append(Month(first, scale * sum(noted) / len(noted), len(noted)))
    return Months(habit, tuple(result))


def draw(chart: Months, style: ChartStyle, wide: float, high: float) -> Figure:
    """Return the chart as a figure of `wide` x `high` logical pixels."""
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
    heights = (chart.step * n for n in range(int(frame.high // chart.step) + 1))
    draw_levels(plot, ((height, number(height)) for height in heights), style)


def _bars(plot: Axes, chart: Months, frame: Frame, style: ChartStyle) -> None:
    slot = frame.plot_width / (frame.last - frame.first)
    share = min(SHARE, WIDEST * style.k / slot)
    for enough, hatch in ((True, ""), (False, "/////")):
        visible = [(chart.place(month), month.mean) for month in chart.months if month.enough is enough]
        if visible:
            bars(
                plot,
                visible,
                share,
                facecolors=style.ramp[4] if enough else "none",
                edgecolors=style.ramp[4],
                hatch=hatch,
                linewidths=0 if enough else 0.7 * style.k,
                label="months" if enough else "few days",
            )


def _dates(plot: Axes, chart: Months, frame: Frame, style: ChartStyle) -> None:
    if not chart.months:
        return
    slot = frame.plot_width / (frame.last - frame.first) / style.k
    step = next((step for step in LABEL_STEPS if step * slot >= LABEL_ROOM), LABEL_STEPS[-1])
    start, last_year = chart.months[0].first, 0
    for place in range(round(frame.last + 0.5)):
        year, month = divmod(start.year * 12 + start.month - 1 + place, 12)
        if month % step:
            continue
        write_below(plot, place, (month_name(month + 1), str(year) if year != last_year else ""), style)
        last_year = year


def _names(plot: Axes, chart: Months, style: ChartStyle) -> None:
    k = style.k
    if chart.middle is not None:
        plot.axhline(chart.middle, color=style.text, linewidth=1.1 * k, linestyle=(0, (5, 3)), label="median")
        write(
            plot,
            _("median\n{n}").format(n=number(chart.middle)),
            (1, chart.middle),
            style,
            (7, 0),
            xycoords=plot.get_yaxis_transform(),
            color=style.text,
            linespacing=1.1,
        )
    if any(not month.enough for month in chart.months):
        text = _("/// under {n}\ndays noted").format(n=LEAST_DAYS)
        write(plot, text, (1, 0), style, (7, -6), xycoords="axes fraction", va="top", linespacing=1.05)
