"""A year of one habit: squares by day, marks of sessions above, bars of weeks below, and the key."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from statistics import median

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ketatrack.charts.axes import draw_levels
from ketatrack.charts.base import (
    ChartStyle,
    Frame,
    Numbers,
    Point,
    add_strip,
    bars,
    cells,
    drawing,
    month_name,
    new_figure,
    number,
    weekday_name,
    weekday_words,
    width,
    write,
)
from ketatrack.charts.session_marks import ROUTE_SYMBOLS
from ketatrack.i18n import N_, _, ngettext
from ketatrack.models import labels
from ketatrack.models.enums import Kind
from ketatrack.models.records import Session, Tracked

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
    Kind.HOURS: (N_("under 5"), "5–6", "6–7", "7–8", "8+"),
    Kind.RATING: ("1–2", "3–4", "5–6", "7–8", "9–10"),
    Kind.COUNT: ("1", "2", "3", "4", "5+"),
    Kind.YES_NO: ("", "", "", "", N_("yes")),
}
SUMMED = frozenset({Kind.MINUTES, Kind.COUNT, Kind.YES_NO})
CELL = 15.3
SHARES = (0.5, 0.46, 0.57, 0.68, 0.79, 0.9)
BARS_TOP, BARS_HIGH = 178.0, 74.0
KEY_TOP = 262.0


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
        numbers: list[list[float]] = [[] for _unused in range(WEEKS)]
        for day in self.days():
            if day in self.values:
                numbers[self.place(day)[0]].append(self.values[day])
        summed = self.habit.kind in SUMMED
        return tuple(Week((sum(v) if summed else sum(v) / len(v)) if v else None, len(v)) for v in numbers)

    @property
    def middle(self) -> float | None:
        """The median of the weeks with at least 4 days noted."""
        known = [week.value for week in self.weeks if week.value is not None and week.days >= LEAST_DAYS]
        return median(known) if known else None

    def frame(self, width: float, height: float, k: float) -> Frame:
        """Where the squares stand; x is the week column, y the weekday with Monday on top."""
        return Frame(width, height, 46 * k, 50 * k, 84 * k, height - 157 * k, -0.5, WEEKS - 0.5, 6.5, -0.5)

    def draw(self, style: ChartStyle, width: float, height: float) -> Figure:
        """Return the chart as a figure of `width` x `height` logical pixels."""
        return draw(self, style, width, height)

    def points(self, style: ChartStyle, width: float, height: float) -> tuple[Point, ...]:
        """One point for each day, week by week."""
        frame = self.frame(width, height, style.k)
        places = [(day, *self.place(day)) for day in self.days()]
        return tuple(Point(frame.x(week), frame.y(row), self._words(day, week)) for day, week, row in places)

    def unit(self, value: float) -> str:
        """Return a value with its unit: 45 min, 7.5 h, 3."""
        if self.habit.kind is Kind.YES_NO:
            return _("yes") if value else _("no")
        return f"{number(value)} {self.habit.unit}".rstrip()

    def spoken(self) -> str:
        """Return the chart in sentences, for those who hear it."""
        noted = sum(day in self.values for day in self.days())
        all_days = len(self.days())
        text = ngettext(
            "{name} over 53 weeks, noted on {n} of {all} day.",
            "{name} over 53 weeks, noted on {n} of {all} days.",
            all_days,
        ).format(name=self.habit.name, n=noted, all=all_days)
        if self.middle is not None:
            kind = (
                _("Median week: {value}.") if self.habit.kind in SUMMED else _("Median of the weekly means: {value}.")
            )
            middle = kind.format(value=f"{number(self.middle)} {self.habit.unit}".rstrip())
            return f"{text} {middle}"
        return text

    def numbers(self) -> Numbers:
        """Each week, the latest first: its seven days, then its total (or mean) and on how many days it rests."""
        days = [weekday_name(weekday) for weekday in range(7)]
        total = _("Total") if self.habit.kind in SUMMED else _("Mean")
        columns = (_("Week of"), *days, total, _("Days noted"))
        return Numbers(columns, tuple(self._row(column) for column in range(WEEKS - 1, -1, -1)))

    def _row(self, column: int) -> tuple[str, ...]:
        monday, week = self.monday + timedelta(weeks=column), self.weeks[column]
        values = (self.values.get(monday + timedelta(days=n)) for n in range(7))
        return cells((monday.isoformat(), *values, week.value, week.days))

    def _words(self, day: date, column: int) -> str:
        week = self.weeks[column]
        value = self.unit(self.values[day]) if day in self.values else _("no entry")
        words = _("{day}: {value}").format(day=weekday_words(day), value=value)
        if week.value is None:
            return words
        text = (
            ngettext("week {total} from {n} entry", "week {total} from {n} entries", week.days)
            if self.habit.kind in SUMMED
            else ngettext("week’s mean {total} from {n} entry", "week’s mean {total} from {n} entries", week.days)
        )
        total = f"{number(week.value)} {self.habit.unit}".rstrip()
        return f"{words} · {text.format(total=total, n=week.days)}"


def heat_map(habit: Tracked, values: Mapping[date, float], sessions: tuple[Session, ...], last: date) -> HeatMap:
    """Return the year of one habit up to `last`."""
    per = labels.kind_a_day(habit.kind)
    title = _("{name}, {per}").format(name=habit.name, per=per) if per else habit.name
    result = HeatMap(title, "", habit, values, sessions, last)
    days = result.days()
    noted = sum(day in values for day in days)
    subtitle = ngettext("entries on {n} of {all} day", "entries on {n} of {all} days", len(days))
    return replace(result, subtitle=subtitle.format(n=noted, all=len(days)))


def draw(chart: HeatMap, style: ChartStyle, wide: float, high: float) -> Figure:
    """Return the chart as a figure of `wide` x `high` logical pixels."""
    with drawing():
        figure = new_figure(style, wide, high)
        frame = chart.frame(wide, high, style.k)
        _top(figure, frame, chart, style)
        _squares(figure, frame, chart, style)
        _bars(figure, frame, chart, style)
        _key(figure, frame, chart, style)
        return figure


def _colors(style: ChartStyle) -> tuple[str, ...]:
    return (style.background, *style.ramp[1:], style.accent)


def _cell(frame: Frame, style: ChartStyle) -> float:
    """Return the side of a day's place in px."""
    return min(frame.plot_width / WEEKS, CELL * style.k)


def _top(figure: Figure, frame: Frame, chart: HeatMap, style: ChartStyle) -> None:
    k = style.k
    strip = add_strip(figure, frame, 0, frame.top)
    last = -1e9
    for month in _month_starts(chart):
        x = chart.place(month)[0]
        name = month_name(month.month)
        text = f"{name} {month.year}" if month.month == 1 else name
        if frame.x(x) < last or frame.x(x) + width(text) * k > frame.width:
            continue
        write(strip, text, (x, 16 * k), style, annotation_clip=False)
        last = frame.x(x) + (width(text) + 8) * k
    visible = [session for session in chart.sessions if chart.monday <= session.day <= chart.last]
    for route in {one.route for one in visible}:
        columns = [chart.place(one.day)[0] for one in visible if one.route is route]
        strip.plot(
            columns,
            [39 * k] * len(columns),
            ROUTE_SYMBOLS[route].marker,
            color=style.mark,
            ms=6 * k,
            mew=0,
            ls="",
            clip_on=False,
            label="sessions",
        )
    if visible:
        write(strip, _("sessions"), (WEEKS + 0.1, 39 * k), style, color=style.mark, annotation_clip=False)


def _month_starts(chart: HeatMap) -> list[date]:
    days = [chart.monday + timedelta(days=n) for n in range(WEEKS * 7)]
    return [day for day in days if day.day == 1 and day <= chart.last]


def _squares(figure: Figure, frame: Frame, chart: HeatMap, style: ChartStyle) -> None:
    plot = add_strip(figure, frame, frame.top, frame.plot_height)
    plot.set_ylim(6.5, -0.5)
    for row in (0, 2, 4, 6):
        write(plot, weekday_name(row), (-0.5, row), style, (-8, 0), ha="right", annotation_clip=False)
    side, colors = _cell(frame, style), _colors(style)
    by_step: dict[int, list[tuple[int, int]]] = {}
    for day in chart.days():
        step = chart.step(chart.values[day]) if day in chart.values else -1
        by_step.setdefault(step, []).append(chart.place(day))
    for step, places in sorted(by_step.items()):
        x, y = [week for week, _unused in places], [row for _unused, row in places]
        if step < 0:
            plot.scatter(x, y, s=(1.8 * style.k) ** 2, c=style.secondary, linewidths=0, label="no entry")
        elif step == 0:
            plot.scatter(
                x,
                y,
                s=(SHARES[0] * side) ** 2,
                marker="s",
                facecolors="none",
                edgecolors=style.secondary,
                linewidths=0.8 * style.k,
                label="zero",
            )
        else:
            plot.scatter(
                x, y, s=(SHARES[step] * side) ** 2, marker="s", c=colors[step], linewidths=0, label=f"step {step}"
            )


def _bars(figure: Figure, frame: Frame, chart: HeatMap, style: ChartStyle) -> None:
    k = style.k
    plot = add_strip(figure, frame, BARS_TOP * k, BARS_HIGH * k)
    values = [week.value for week in chart.weeks if week.value is not None]
    top = _round_up(max(values, default=1.0))
    plot.set_ylim(0, top)
    plot.axhline(0, color=style.hairline, linewidth=0.8 * k)
    write(plot, labels.kind_a_week(chart.habit.kind), (-0.5, top), style, (0, 9), annotation_clip=False)
    draw_levels(plot, ((height, number(height)) for height in (0, top / 2, top)), style)
    for enough, hatch in ((True, ""), (False, "/////")):
        result = [(x, w.value) for x, w in enumerate(chart.weeks) if w.value and (w.days >= LEAST_DAYS) is enough]
        if result:
            bars(
                plot,
                result,
                0.62,
                facecolors=style.ramp[4] if enough else "none",
                edgecolors=style.ramp[4],
                linewidths=0 if enough else 0.7 * k,
                hatch=hatch,
                label="weeks" if enough else "few entries",
            )
    _middle(plot, chart, style)


def _middle(plot: Axes, chart: HeatMap, style: ChartStyle) -> None:
    middle = chart.middle
    if middle is None:
        return
    plot.axhline(middle, color=style.text, linewidth=1.1 * style.k, linestyle=(0, (5, 3)), label="median")
    text = _("median\n{n}").format(n=number(middle))
    write(plot, text, (WEEKS - 0.5, middle), style, (7, 0), color=style.text, linespacing=1.1, annotation_clip=False)


def _key(figure: Figure, frame: Frame, chart: HeatMap, style: ChartStyle) -> None:
    k, kind = style.k, chart.habit.kind
    strip = add_strip(figure, frame, KEY_TOP * k, frame.height - KEY_TOP * k)
    strip.set_xlim(0, frame.plot_width)
    side, y, x = _cell(frame, style), 14 * k, 4.0 * k
    names = [(-1, _("no entry")), (0, _("no") if kind is Kind.YES_NO else "0")]
    names += [(step, _(word)) for step, word in enumerate(STEP_WORDS[kind], start=1) if word]
    if any(week.days < LEAST_DAYS for week in chart.weeks if week.value):
        names.append((6, _("week with fewer than {n} entries").format(n=LEAST_DAYS)))
    signs: list[tuple[float, float, str, float]] = []  # x, side, fill, edge: one collection for all of them
    for step, word in names:
        if x + (width(word) + 20) * k > frame.plot_width + 80 * k:
            break
        if step == 6:
            strip.scatter(
                [x],
                [y],
                s=(0.8 * side) ** 2,
                marker="s",
                facecolors="none",
                edgecolors=style.ramp[4],
                linewidths=0.7 * k,
                hatch="/////",
            )
        elif step < 0:
            signs.append((x, 1.8 * k, style.secondary, 0))
        else:
            signs.append((x, SHARES[step] * side, "none" if step == 0 else _colors(style)[step], 0.8 * k * (step == 0)))
        write(strip, word, (x + 12 * k, y), style, annotation_clip=False)
        x += (12 + width(word) + 22) * k
    strip.scatter(
        [sign[0] for sign in signs],
        [y] * len(signs),
        s=[sign[1] ** 2 for sign in signs],
        marker="s",
        facecolors=[sign[2] for sign in signs],
        edgecolors=style.secondary,
        linewidths=[sign[3] for sign in signs],
    )


def _round_up(value: float) -> float:
    """Return a round number at or above `value`, for the top of an axis."""
    for step in (
        1,
        2,
        3,
        4,
        5,
        6,
        8,
        10,
        12,
        20,
        30,
        40,
        60,
        80,
        100,
        120,
        150,
        200,
        300,
        400,
        600,
        800,
        1000,
        1500,
        2000,
    ):
        if value <= step:
            return float(step)
    return value
