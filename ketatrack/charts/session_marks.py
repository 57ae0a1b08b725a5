"""The lane above a journey: regimens in brackets, each session's marker, and the relief seen after it."""

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from matplotlib.axes import Axes
from matplotlib.collections import LineCollection

from ketatrack.analysis.episodes import Span, Status
from ketatrack.charts.base import ChartStyle, Frame, regimen, width, write
from ketatrack.models.enums import Route
from ketatrack.models.records import Session


class RouteSymbol(NamedTuple):
    """How sessions of a route are marked: matplotlib's marker with its size, and the character for it in words."""

    marker: str
    size: float
    character: str


ROUTE_SYMBOLS = {
    Route.INTRAVENOUS: RouteSymbol("v", 6.5, "▼"),
    Route.INTRAMUSCULAR: RouteSymbol("D", 5.0, "◆"),
    Route.SUBCUTANEOUS: RouteSymbol("^", 6.5, "▲"),
    Route.SUBLINGUAL: RouteSymbol("o", 5.5, "●"),
    Route.ORAL: RouteSymbol("s", 5.0, "■"),
    Route.NASAL: RouteSymbol("*", 8.0, "★"),
}
TEXT_ROW, BRACKET_ROW, MARKER_ROW = 12.0, 25.0, 38.0
SIGNS = {Status.NO_RESPONSE: "×", Status.NOT_ASSESSED: "?"}


def draw_lane(lane: Axes, frame: Frame, style: ChartStyle, sessions: Sequence[Session], spans: Sequence[Span]) -> None:
    """Draw the lane; x of `lane` is a day's ordinal number, its y px downwards."""
    _regimens(lane, frame, style, sessions)
    _relief_lines(lane, style, spans)
    _markers(lane, style, sessions)
    for span in spans:
        if span.status in SIGNS and frame.shows(span.day.toordinal()):
            write(lane, SIGNS[span.status], (span.day.toordinal(), MARKER_ROW * style.k), style, (7, 0), ha="center")


def _regimens(lane: Axes, frame: Frame, style: ChartStyle, sessions: Sequence[Session]) -> None:
    k = style.k
    visible = [session for session in sessions if frame.shows(session.day.toordinal())]
    runs = [(name, list(run)) for name, run in groupby(visible, key=regimen)]
    starts = [frame.x(run[0].day.toordinal()) for _, run in runs]
    lines: list[list[tuple[float, float]]] = []
    for place, (name, run) in enumerate(runs):
        first, last = run[0].day.toordinal(), run[-1].day.toordinal()
        low, high = (BRACKET_ROW + 4) * k, BRACKET_ROW * k
        lines.append(
            [(first, low), (first, high), (last, high), (last, low)] if last > first else [(first, low), (first, high)]
        )
        until = starts[place + 1] if place + 1 < len(runs) else frame.width
        _name_regimen(lane, style, (name, len(run)), first, (until - starts[place]) / k)
    lane.add_collection(LineCollection(lines, colors=style.mark, linewidths=1.0 * k), autolim=False)


def _name_regimen(lane: Axes, style: ChartStyle, run: tuple[str, int], x: float, room: float) -> None:
    """Write the regimen and its count over the bracket's start; with too little room the count goes first."""
    name, count = run
    name_width, many = width(name, 600), f"× {count}"
    if name_width + 8 > room:
        return
    write(lane, name, (x, TEXT_ROW * style.k), style, color=style.mark, weight=600)
    if count > 1 and name_width + width(many) + 20 <= room:
        write(lane, many, (x, TEXT_ROW * style.k), style, (name_width + 10, 0))


def _relief_lines(lane: Axes, style: ChartStyle, spans: Sequence[Span]) -> None:
    k, y = style.k, MARKER_ROW * style.k
    seen, unsure, bars, arrows = [], [], [], []
    for span in spans:
        if span.lower is None:
            continue
        day = span.day.toordinal()
        seen.append([(day, y), (day + span.lower, y)])
        if span.upper is None:
            arrows.append(day + span.lower)
        else:
            unsure.append([(day + span.lower, y), (day + span.upper, y)])
            bars.append([(day + span.upper, y - 4.5 * k), (day + span.upper, y + 4.5 * k)])
    lane.add_collection(LineCollection(seen, colors=style.accent, linewidths=2.2 * k, label="seen"), autolim=False)
    lane.add_collection(
        LineCollection(unsure, colors=style.accent, linewidths=1.2 * k, linestyles=(0, (1.2, 1.6)), label="unsure"),
        autolim=False,
    )
    lane.add_collection(LineCollection(bars, colors=style.accent, linewidths=1.4 * k, label="faded"), autolim=False)
    lane.plot(arrows, [y] * len(arrows), ">", color=style.accent, ms=6 * k, mew=0, label="not seen to end")


def _markers(lane: Axes, style: ChartStyle, sessions: Sequence[Session]) -> None:
    for route, symbol in ROUTE_SYMBOLS.items():
        days = [session.day.toordinal() for session in sessions if session.route is route]
        if days:
            lane.plot(
                days,
                [MARKER_ROW * style.k] * len(days),
                symbol.marker,
                color=style.mark,
                ms=symbol.size * style.k,
                mew=0,
                linestyle="none",
                label=str(route),
            )
