"""A year of one habit at a glance: a square for each day, weekly totals below, sessions above.

Size and shade say the same, so that it reads in grey. heat_map_figure.py draws it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from statistics import median

from matplotlib.figure import Figure

from ketatrack.charts.frame import Frame, Point
from ketatrack.charts.numbers import Numbers, cells
from ketatrack.charts.style import ChartStyle
from ketatrack.charts.words import WEEKDAYS, counted, filled, number, tr, weekday_words
from ketatrack.models import labels
from ketatrack.models.records import Session, Tracked
from ketatrack.models.values import Kind

WEEKS = 53
LEAST_DAYS = 4
# Upper ends of the steps 1 to 4; fixed and round, so that one colour always means the same.
STEPS: Mapping[Kind, tuple[float, float, float, float]] = {
    Kind.MINUTES: (15, 30, 45, 60),
    Kind.HOURS: (5, 6, 7, 8),
    Kind.RATING: (2.5, 4.5, 6.5, 8.5),
    Kind.COUNT: (1.5, 2.5, 3.5, 4.5),
    Kind.YES_NO: (0, 0, 0, 0),
}
STEP_WORDS: Mapping[Kind, tuple[str, ...]] = {
    Kind.MINUTES: ("1–14", "15–29", "30–44", "45–59", "60+"),
    Kind.HOURS: ("under 5", "5–6", "6–7", "7–8", "8+"),
    Kind.RATING: ("1–2", "3–4", "5–6", "7–8", "9–10"),
    Kind.COUNT: ("1", "2", "3", "4", "5+"),
    Kind.YES_NO: ("", "", "", "", "yes"),
}
SUMMED = frozenset({Kind.MINUTES, Kind.COUNT, Kind.YES_NO})


@dataclass(frozen=True)
class Week:
    """What one week column holds: its total (sums) or mean (hours, ratings), and on how many days it was noted."""

    value: float | None
    days: int


@dataclass(frozen=True)
class HeatMap:
    """53 weeks of one habit up to the week of `last`; `values` by diary day, in the habit's own unit."""

    title: str
    subtitle: str
    habit: Tracked
    values: Mapping[date, float]
    sessions: tuple[Session, ...]
    last: date

    height = 290.0
    zooms = False
    rows = 7  # points() goes down one week column after the other

    @property
    def monday(self) -> date:
        """The Monday of the first week column."""
        this_week = self.last - timedelta(days=self.last.weekday())
        return this_week - timedelta(weeks=WEEKS - 1)

    def place(self, day: date) -> tuple[int, int]:
        """(week column, weekday row) of a day; Monday is row 0."""
        return divmod((day - self.monday).days, 7)

    def days(self) -> list[date]:
        """Every day from the first Monday to the last day."""
        return [self.monday + timedelta(days=n) for n in range((self.last - self.monday).days + 1)]

    def step(self, value: float) -> int:
        """0 for nothing, 1 to 5 by the habit's fixed steps."""
        if value <= 0:
            return 0
        return 1 + sum(value >= edge for edge in STEPS[self.habit.kind])

    @cached_property
    def weeks(self) -> tuple[Week, ...]:
        """Total or mean of each week column."""
        held: list[list[float]] = [[] for _ in range(WEEKS)]
        for day in self.days():
            if day in self.values:
                held[self.place(day)[0]].append(self.values[day])
        summed = self.habit.kind in SUMMED
        return tuple(Week((sum(v) if summed else sum(v) / len(v)) if v else None, len(v)) for v in held)

    @property
    def middle(self) -> float | None:
        """The median of the weeks with at least 4 days noted."""
        known = [week.value for week in self.weeks if week.value is not None and week.days >= LEAST_DAYS]
        return median(known) if known else None

    def frame(self, width: float, height: float, k: float) -> Frame:
        """Where the squares stand; x is the week column, y the weekday with Monday on top."""
        return Frame(width, height, 46 * k, 50 * k, 84 * k, height - 157 * k, -0.5, WEEKS - 0.5, 6.5, -0.5)

    def draw(self, style: ChartStyle, width: float, height: float) -> Figure:
        """The chart as a figure of `width` x `height` logical pixels."""
        from ketatrack.charts.heat_map_figure import draw

        return draw(self, style, width, height)

    def points(self, style: ChartStyle, width: float, height: float) -> tuple[Point, ...]:
        """One point for each day, week by week."""
        frame = self.frame(width, height, style.k)
        places = [(day, *self.place(day)) for day in self.days()]
        return tuple(Point(frame.x(week), frame.y(row), self._words(day, week)) for day, week, row in places)

    def unit(self, value: float) -> str:
        """A value with its unit: 45 min, 7.5 h, 3."""
        if self.habit.kind is Kind.YES_NO:
            return tr("yes") if value else tr("no")
        return f"{number(value)} {self.habit.unit}".rstrip()

    def spoken(self) -> str:
        """The chart in sentences, for those who hear it."""
        noted = sum(day in self.values for day in self.days())
        said = filled(
            "{name} over 53 weeks, noted on {n} of {all} days.", name=self.habit.name, n=noted, all=len(self.days())
        )
        if self.middle is not None:
            kind = (
                tr("Median week: {value}.") if self.habit.kind in SUMMED else tr("Median of the weekly means: {value}.")
            )
            said += " " + kind.format(value=f"{number(self.middle)} {self.habit.unit}".rstrip())
        return said

    def numbers(self) -> Numbers:
        """Each week, the latest first: its seven days, then its total (or mean) and on how many days it rests."""
        days = [tr(each) for each in WEEKDAYS]
        total = tr("Total") if self.habit.kind in SUMMED else tr("Mean")
        columns = (tr("Week of"), *days, total, tr("Days noted"))
        return Numbers(columns, tuple(self._row(column) for column in range(WEEKS - 1, -1, -1)))

    def _row(self, column: int) -> tuple[str, ...]:
        monday, week = self.monday + timedelta(weeks=column), self.weeks[column]
        values = (self.values.get(monday + timedelta(days=n)) for n in range(7))
        return cells((monday.isoformat(), *values, week.value, week.days))

    def _words(self, day: date, column: int) -> str:
        week = self.weeks[column]
        said = self.unit(self.values[day]) if day in self.values else tr("no entry")
        words = f"{weekday_words(day)}: {said}"
        if week.value is None:
            return words
        total = f"{number(week.value)} {self.habit.unit}".rstrip()
        name = tr("week") if self.habit.kind in SUMMED else tr("week’s mean")
        return f"{words} · {name} {total} {tr('from')} {counted(week.days, 'entry', 'entries')}"


def heat_map(habit: Tracked, values: Mapping[date, float], sessions: tuple[Session, ...], last: date) -> HeatMap:
    """The year of one habit up to `last`."""
    per = labels.kind_a_day(habit.kind)
    title = filled("{name}, {per}", name=habit.name, per=per) if per else habit.name
    made = HeatMap(title, "", habit, values, sessions, last)
    days = made.days()
    noted = sum(day in values for day in days)
    subtitle = filled("entries on {n} of {all} days", n=noted, all=len(days))
    return HeatMap(title, subtitle, habit, values, sessions, last)
