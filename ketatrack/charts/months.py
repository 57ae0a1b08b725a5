"""One habit month by month over all entries: is it more, less or the same as a year ago.

What is drawn, said and pointed at, as data; months_figure.py draws it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby
from math import ceil
from statistics import median

from matplotlib.figure import Figure

from ketatrack.charts.frame import Frame, Point
from ketatrack.charts.numbers import Numbers, cells
from ketatrack.charts.style import ChartStyle
from ketatrack.charts.words import MONTHS, filled, number, tr
from ketatrack.models.records import Tracked
from ketatrack.models.values import Kind

LEAST_DAYS = 10
LEAST_SLOTS = 12
HEADROOM = 1.1
STEPS = (0.5, 1, 2, 5, 10, 15, 30, 60, 120, 240, 500, 1000, 2000, 5000)


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
        return filled("{name}, month by month", name=self.habit.name)

    @property
    def subtitle(self) -> str:
        """What a bar is."""
        if self.habit.kind is Kind.YES_NO:
            return tr("share of the days with an entry, %")
        return tr("mean of the days with an entry")

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
        """The chart as a figure of `width` x `height` logical pixels."""
        from ketatrack.charts.months_figure import draw

        return draw(self, style, width, height)

    def points(self, style: ChartStyle, width: float, height: float) -> tuple[Point, ...]:
        """The top of each month's bar."""
        frame = self.frame(width, height, style.k)
        return tuple(Point(frame.x(self.place(each)), frame.y(each.mean), self._words(each)) for each in self.months)

    def spoken(self) -> str:
        """The chart in sentences."""
        if not self.months:
            return f"{self.title}. {tr('No entry yet.')}"
        first, last = self.months[0], self.months[-1]
        said = f"{self.title}, {self.subtitle}. {self._words(first)}."
        if len(self.months) > 1:
            said += f" {self._words(last)}."
        if self.middle is not None:
            said += " " + filled("Median month {value}.", value=self.unit(self.middle))
        return said

    def numbers(self) -> Numbers:
        """Each month, the latest first."""
        columns = (tr("Month"), self.subtitle.capitalize(), tr("Days noted"))
        rows = (cells((f"{each.first:%Y-%m}", each.mean, each.days)) for each in self.months[::-1])
        return Numbers(columns, tuple(rows))

    def unit(self, value: float) -> str:
        """A mean with its unit."""
        unit = "%" if self.habit.kind is Kind.YES_NO else self.habit.unit
        return f"{number(value)} {unit}".rstrip()

    def _words(self, month: Month) -> str:
        name = f"{tr(MONTHS[month.first.month - 1])} {month.first.year}"
        return filled("{name}: {value}, from {n} days", name=name, value=self.unit(month.mean), n=month.days)


def months(habit: Tracked, values: Mapping[date, float]) -> Months:
    """All months of one habit; `values` by diary day, in the habit's own unit."""
    scale = 100 if habit.kind is Kind.YES_NO else 1
    made = []
    for first, days in groupby(sorted(values), key=lambda day: day.replace(day=1)):
        held = [values[day] for day in days]
        made.append(Month(first, scale * sum(held) / len(held), len(held)))
    return Months(habit, tuple(made))
