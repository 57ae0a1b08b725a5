"""The axes of the charts: dates, days since a session, and the numbers at the left.

Dates are not left to matplotlib: its AutoDateLocator does not know how wide labels are and counts weeks from the
first of each month, and its ConciseDateFormatter writes the year in the place of January.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from matplotlib.axes import Axes

from ketatrack.charts.base import ChartStyle, Frame, month_name, write
from ketatrack.i18n import _

DAY_STEPS = (1, 2, 7, 14)
MONTH_STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240)
ROOM = 46.0
# From the axis down to the first line of its labels, and from each line to the next, in px at 100 %.
FIRST_BASELINE, NEXT_BASELINE = 16.5, 13.0


@dataclass(frozen=True, slots=True)
class Tick:
    """One label of a date axis; `year` is empty where it need not be said again."""

    day: date
    label: str
    year: str


def ticks(first: date, last: date, width: float) -> tuple[Tick, ...]:
    """Return the labels between two days on an axis `width` px long at 100 %, at least 46 px apart."""
    per_day = width / max(1, (last - first).days)
    for step in DAY_STEPS:
        if step * per_day >= ROOM and (last - first).days <= 100:
            return _labelled(_days(first, last, step), with_day=True)
    for step in MONTH_STEPS:
        if step * 30.4 * per_day >= ROOM:
            return _labelled(_months(first, last, step), with_day=False)
    return ()


def draw_dates(plot: Axes, frame: Frame, style: ChartStyle, first: date, last: date) -> None:
    """Short ticks and labels under the plot; x is the day's ordinal number."""
    for tick in ticks(first, last, frame.plot_width / style.k):
        x = tick.day.toordinal()
        plot.plot(
            [x, x],
            [0, -4 * style.k / frame.plot_height],
            transform=plot.get_xaxis_transform(),
            color=style.hairline,
            linewidth=0.8 * style.k,
            clip_on=False,
        )
        write_below(plot, x, (tick.label, tick.year), style)


def write_below(plot: Axes, x: float, lines: Sequence[str], style: ChartStyle) -> None:
    """Words under the axis at `x`, one below the other; each line has one baseline, whatever letters are in it."""
    for number, line in enumerate(lines):
        if line:
            down = FIRST_BASELINE + number * NEXT_BASELINE
            below: dict[str, Any] = {"xycoords": plot.get_xaxis_transform(), "ha": "center", "va": "baseline"}
            write(plot, line, (x, 0), style, (0, -down), annotation_clip=False, **below)


def draw_levels(plot: Axes, levels: Iterable[tuple[float, str]], style: ChartStyle) -> None:
    """Words at the left of the plot, each at its height, and a grid line over all but the lowest, 0."""
    for height, words in levels:
        if height:
            plot.axhline(height, color=style.grid, linewidth=0.8 * style.k, zorder=0)
        write(plot, words, (0, height), style, (-6, 0), xycoords=plot.get_yaxis_transform(), ha="right")


def weeks(last_day: int, width: float, room: float) -> range:
    """Return the days to label on an axis `width` px long: each week, or fewer so that each has `room` px."""
    step = 7
    while last_day / step * room > width:
        step *= 2
    return range(0, last_day + 1, step)


def draw_days_since(
    plot: Axes, days: Iterable[int], count: Callable[[int], str], counted: str, style: ChartStyle
) -> None:
    """Write days since a session under the plot, how many are `counted` under each, and both names at the right."""
    below: dict[str, Any] = {"xycoords": plot.get_xaxis_transform(), "va": "top"}
    for day in days:
        for text, down in ((str(day), 5.0), (count(day), 33.0)):
            write(plot, text, (day, 0), style, (0, -down), ha="center", **below)
    for text, down in ((_("days since\nsession"), 5.0), (counted, 33.0)):
        write(plot, text, (plot.get_xlim()[1], 0), style, (12, -down), linespacing=1.0, **below)


def _labelled(days: list[date], with_day: bool) -> tuple[Tick, ...]:
    result, last_year = [], 0
    for day in days:
        month = month_name(day.month)
        new_year = day.year != last_year
        result.append(Tick(day, f"{day.day} {month}" if with_day else month, str(day.year) if new_year else ""))
        last_year = day.year
    return tuple(result)


def _days(first: date, last: date, step: int) -> list[date]:
    start = first + timedelta(days=-first.weekday() % 7) if step >= 7 else first
    return [start + timedelta(days=n) for n in range(0, (last - start).days + 1, step)]


def _months(first: date, last: date, step: int) -> list[date]:
    number = first.year * 12 + first.month - 1 + (first.day > 1)
    number += -number % step
    until = last.year * 12 + last.month - 1
    return [date(n // 12, n % 12 + 1, 1) for n in range(number, until + 1, step)]
