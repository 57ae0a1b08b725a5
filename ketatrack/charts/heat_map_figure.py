"""Draws a year of one habit: squares by day, marks of sessions above, bars of weeks below, and the key."""

from datetime import date, timedelta

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ketatrack.charts.frame import Frame, add_strip, bars, new_figure
from ketatrack.charts.heat_map import LEAST_DAYS, STEP_WORDS, SUMMED, WEEKS, HeatMap
from ketatrack.charts.lane import MARKERS
from ketatrack.charts.lettering import font, width
from ketatrack.charts.style import ChartStyle, drawing
from ketatrack.charts.words import MONTHS, WEEKDAYS, filled, number, tr
from ketatrack.models.values import Kind

CELL = 15.3
SHARES = (0.5, 0.46, 0.57, 0.68, 0.79, 0.9)
BARS_TOP, BARS_HIGH = 178.0, 74.0
KEY_TOP = 262.0


def draw(chart: HeatMap, style: ChartStyle, wide: float, high: float) -> Figure:
    """The chart as a figure of `wide` x `high` logical pixels."""
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
    """The side of a day's place in px."""
    return min(frame.plot_width / WEEKS, CELL * style.k)


def _top(figure: Figure, frame: Frame, chart: HeatMap, style: ChartStyle) -> None:
    k = style.k
    strip = add_strip(figure, frame, 0, frame.top)
    last = -1e9
    for month in _month_starts(chart):
        x = chart.place(month)[0]
        name = tr(MONTHS[month.month - 1])
        text = f"{name} {month.year}" if month.month == 1 else name
        if frame.x(x) < last or frame.x(x) + width(text) * k > frame.width:
            continue
        strip.annotate(text, (x, 16 * k), color=style.secondary, va="center", annotation_clip=False, **font(style))
        last = frame.x(x) + (width(text) + 8) * k
    shown = [each for each in chart.sessions if chart.monday <= each.day <= chart.last]
    for route in {each.route for each in shown}:
        columns = [chart.place(each.day)[0] for each in shown if each.route is route]
        strip.plot(columns, [39 * k] * len(columns), MARKERS[route], color=style.mark, ms=6 * k, mew=0, ls="",
                   clip_on=False, label="sessions")  # fmt: skip
    if shown:
        strip.annotate(tr("sessions"), (WEEKS + 0.1, 39 * k), color=style.mark, va="center", annotation_clip=False,
                       **font(style))  # fmt: skip


def _month_starts(chart: HeatMap) -> list[date]:
    days = [chart.monday + timedelta(days=n) for n in range(WEEKS * 7)]
    return [day for day in days if day.day == 1 and day <= chart.last]


def _squares(figure: Figure, frame: Frame, chart: HeatMap, style: ChartStyle) -> None:
    plot = add_strip(figure, frame, frame.top, frame.plot_height)
    plot.set_ylim(6.5, -0.5)
    for row in (0, 2, 4, 6):
        plot.annotate(tr(WEEKDAYS[row]), (-0.5, row), (-8 * style.k, 0), textcoords="offset points", ha="right",
                      va="center", color=style.secondary, annotation_clip=False, **font(style))  # fmt: skip
    side, colors = _cell(frame, style), _colors(style)
    by_step: dict[int, list[tuple[int, int]]] = {}
    for day in chart.days():
        step = chart.step(chart.values[day]) if day in chart.values else -1
        by_step.setdefault(step, []).append(chart.place(day))
    for step, places in sorted(by_step.items()):
        x, y = [week for week, _ in places], [row for _, row in places]
        if step < 0:
            plot.scatter(x, y, s=(1.8 * style.k) ** 2, c=style.secondary, linewidths=0, label="no entry")
        elif step == 0:
            plot.scatter(x, y, s=(SHARES[0] * side) ** 2, marker="s", facecolors="none", edgecolors=style.secondary,
                         linewidths=0.8 * style.k, label="zero")  # fmt: skip
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
    units = {Kind.MINUTES: tr("minutes per week"), Kind.HOURS: tr("hours, mean of the week")}
    label = units.get(chart.habit.kind, tr("per week") if chart.habit.kind in SUMMED else tr("mean of the week"))
    plot.annotate(label, (-0.5, top), (0, 9 * k), textcoords="offset points", va="center", color=style.secondary,
                  annotation_clip=False, **font(style))  # fmt: skip
    for height in (0, top / 2, top):
        if height:
            plot.axhline(height, color=style.grid, linewidth=0.8 * k, zorder=0)
        plot.annotate(number(height), (-0.5, height), (-8 * k, 0), textcoords="offset points", ha="right", va="center",
                      color=style.secondary, annotation_clip=False, **font(style))  # fmt: skip
    for enough, hatch in ((True, ""), (False, "/////")):
        found = [(x, w.value) for x, w in enumerate(chart.weeks) if w.value and (w.days >= LEAST_DAYS) is enough]
        if found:
            bars(plot, found, 0.62, facecolors=style.ramp[4] if enough else "none", edgecolors=style.ramp[4],
                 linewidths=0 if enough else 0.7 * k, hatch=hatch,
                 label="weeks" if enough else "few entries")  # fmt: skip
    _middle(plot, chart, style)


def _middle(plot: Axes, chart: HeatMap, style: ChartStyle) -> None:
    middle = chart.middle
    if middle is None:
        return
    plot.axhline(middle, color=style.text, linewidth=1.1 * style.k, linestyle=(0, (5, 3)), label="median")
    text = f"{tr('median')}\n{number(middle)}"
    plot.annotate(text, (WEEKS - 0.5, middle), (7 * style.k, 0), textcoords="offset points", va="center",
                  color=style.text, linespacing=1.1, annotation_clip=False, **font(style))  # fmt: skip


def _key(figure: Figure, frame: Frame, chart: HeatMap, style: ChartStyle) -> None:
    k, kind = style.k, chart.habit.kind
    strip = add_strip(figure, frame, KEY_TOP * k, frame.height - KEY_TOP * k)
    strip.set_xlim(0, frame.plot_width)
    side, y, x = _cell(frame, style), 14 * k, 4.0 * k
    names = [(-1, tr("no entry")), (0, tr("no") if kind is Kind.YES_NO else "0")]
    names += [(step, tr(word)) for step, word in enumerate(STEP_WORDS[kind], start=1) if word]
    if any(week.days < LEAST_DAYS for week in chart.weeks if week.value):
        names.append((6, filled("week with fewer than {n} entries", n=LEAST_DAYS)))
    signs: list[tuple[float, float, str, float]] = []  # x, side, fill, edge: one collection for all of them
    for step, word in names:
        if x + (width(word) + 20) * k > frame.plot_width + 80 * k:
            break
        if step == 6:
            strip.scatter([x], [y], s=(0.8 * side) ** 2, marker="s", facecolors="none", edgecolors=style.ramp[4],
                          linewidths=0.7 * k, hatch="/////")  # fmt: skip
        elif step < 0:
            signs.append((x, 1.8 * k, style.secondary, 0))
        else:
            signs.append((x, SHARES[step] * side, "none" if step == 0 else _colors(style)[step], 0.8 * k * (step == 0)))
        strip.annotate(word, (x + 12 * k, y), va="center", color=style.secondary, annotation_clip=False, **font(style))
        x += (12 + width(word) + 22) * k
    strip.scatter([sign[0] for sign in signs], [y] * len(signs), s=[sign[1] ** 2 for sign in signs], marker="s",
                  facecolors=[sign[2] for sign in signs], edgecolors=style.secondary,
                  linewidths=[sign[3] for sign in signs])  # fmt: skip


def _round_up(value: float) -> float:
    """A round number at or above `value`, for the top of an axis."""
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
