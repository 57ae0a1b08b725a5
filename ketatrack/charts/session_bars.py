"""Days of relief after each session: bars with open tops, arrows where no end was seen, treatments above."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby, zip_longest
from typing import Any
from uuid import UUID

from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.figure import Figure

from ketatrack.analysis.episodes import Span, Status
from ketatrack.analysis.estimates import Estimates
from ketatrack.analysis.result import Relief
from ketatrack.analysis.sentences import Length, days_words, how_it_ended, relief_and_end, span_days
from ketatrack.charts.axes import write_below
from ketatrack.charts.base import (
    GREY,
    PRINT,
    ChartStyle,
    Frame,
    Numbers,
    Point,
    add_plot,
    cells,
    day_words,
    drawing,
    month_name,
    new_figure,
    pad,
    regimen,
    width,
    write,
)
from ketatrack.i18n import _, ngettext
from ketatrack.models import labels
from ketatrack.models.enums import Reason

NARROWEST, LEAST_SLOTS = 24.0, 12
STEPS = (5, 10, 20, 50, 100, 200, 500, 1000)
MOST_LINES = 4
HEADROOM = 1.2
MOST_SPOKEN = 24
DASHED = (0, (5, 3))
HALF_BAR = 0.26
WORDS_FLAT = 60.0
ARROW = 9.0
YEAR_ROOM, MONTH_ROOM = 36.0, 34.0
LINE_HEIGHT = 14.0
ON_PAPER = {PRINT.name, GREY.name}
SIGNS = {Status.NO_RESPONSE: "×", Status.NOT_ASSESSED: "?"}
Box = list[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Bar:
    """Relief after one course of sessions: its days as in the span, and the words about it."""

    day: date
    session: UUID
    regimen: str
    status: Status
    running: bool
    lower: int | None
    upper: int | None
    days: str
    words: str
    ended: str
    because: str

    @property
    def top(self) -> int:
        """The highest day that the bar reaches; 0 without relief."""
        return self.upper or self.lower or 0

    def label(self, room: float) -> str:
        """Return the days above: "18–20" or "27+"; in two lines where `room` px are too few for one, else ""."""
        stacked = self.days.replace("–", "–\n")
        return next((text for text in (self.days, stacked) if max(map(width, text.split("\n"))) <= room), "")


@dataclass(frozen=True)
class SessionBars:
    """Everything the chart shows, oldest first; `headline` is the number on top of the page, None without one.

    Where not all bars fit, the latest are shown; `later` of them have been moved out of sight.
    """

    bars: tuple[Bar, ...]
    headline: float | None
    later: int = 0

    height = 216.0
    zooms = False

    @property
    def title(self) -> str:
        """The card's title."""
        return _("Days of relief after each session")

    @property
    def subtitle(self) -> str:
        """What the two parts of a bar mean."""
        return _("filled: last reading in relief; open top: it faded somewhere in here")

    @property
    def headline_words(self) -> str:
        """The headline's number: "about 21 days"; "" without one."""
        return "" if self.headline is None else days_words(self.headline)

    @property
    def step(self) -> int:
        """Days between two grid lines."""
        return next((step for step in STEPS if self._needed <= MOST_LINES * step), STEPS[-1])

    @property
    def _needed(self) -> float:
        return max([HEADROOM * bar.top for bar in self.bars] + [1.1 * (self.headline or 0), 10.0])

    def frame(self, width: float, height: float, k: float) -> Frame:
        """Where the plot stands; x is a bar's place in `bars`: as many as fit, y days."""
        left, right = 42 * k, 136 * k
        fitting = max(1, int((width - left - right) / (NARROWEST * k)))
        first = max(0, len(self.bars) - fitting - self.later)
        last = min(first + fitting, max(len(self.bars), LEAST_SLOTS))
        high = max(self._needed, 2 * self.step)
        return Frame(width, height, left, 36 * k, right, 52 * k, first - 0.5, last - 0.5, 0, high)

    def visible(self, frame: Frame) -> range:
        """Return the places of the bars inside a frame."""
        return range(round(frame.first + 0.5), min(round(frame.last + 0.5), len(self.bars)))

    def moved(self, share: float, frame: Frame) -> "SessionBars":
        """Return the bars that lie `share` of what the frame shows later; never beyond the first or the last."""
        visible = round(frame.last - frame.first)
        most = max(0, len(self.bars) - visible)
        return replace(self, later=min(max(self.later - round(share * visible), 0), most))

    def draw(self, style: ChartStyle, width: float, height: float) -> Figure:
        """Return the chart as a figure of `width` x `height` logical pixels."""
        return draw(self, style, width, height)

    def points(self, style: ChartStyle, width: float, height: float) -> tuple[Point, ...]:
        """Return the top of each bar that is shown, from left to right."""
        frame = self.frame(width, height, style.k)
        visible = ((place, self.bars[place]) for place in self.visible(frame))
        return tuple(Point(frame.x(place), frame.y(bar.top), bar.words, session=bar.session) for place, bar in visible)

    def spoken(self) -> str:
        """Return the list in sentences, newest first."""
        sentences = [f"{bar.words}." for bar in self.bars[::-1][:MOST_SPOKEN]]
        more = len(self.bars) - len(sentences)
        if more:
            text = ngettext("{n} earlier one is in the table.", "{n} earlier ones are in the table.", more)
            sentences.append(text.format(n=more))
        head = [_("The headline says {days}.").format(days=self.headline_words)] if self.headline is not None else []
        return " ".join([f"{self.title}.", *head, *sentences])

    def numbers(self) -> Numbers:
        """Relief after every session, newest first: the last day seen in relief, and the first day of the loss."""
        columns = (
            _("Session"),
            _("Treatment"),
            _("In relief until day"),
            _("Faded by day"),
            _("How it ended"),
            _("Next session because"),
        )
        return Numbers(columns, tuple(_row(bar) for bar in self.bars[::-1]))


def _row(bar: Bar) -> tuple[str, ...]:
    return cells((bar.day.isoformat(), bar.regimen, bar.lower, bar.upper, bar.ended, bar.because))


def bars_of_sessions(relief: Relief, estimates: Estimates) -> SessionBars:
    """Return the chart of a relief result and what may be said of it, over all sessions."""
    by_id = {session.id: regimen(session) for session in relief.sessions}
    bars = (_bar(span, by_id[span.session_ids[-1]]) for span in relief.spans)
    return SessionBars(tuple(bars), estimates.posterior.median if estimates.posterior else None)


def _bar(span: Span, treatment: str) -> Bar:
    last = span.session_ids[-1]
    because = labels.reason_in_text(span.next_reason)
    return Bar(
        span.day,
        last,
        treatment,
        span.status,
        span.running,
        span.lower,
        span.upper,
        days=span_days(span, Length.SHORT),
        words=_words(span, treatment),
        ended=how_it_ended(span),
        because=because,
    )


def _words(span: Span, treatment: str) -> str:
    """22 May 2026, IM 70 mg: relief 11–13 days, faded; next session because symptoms were coming back."""
    if span.next_reason is None:
        text = _("{day}, {treatment}: {relief}")
    elif span.next_reason is Reason.SYMPTOMS:
        text = _("{day}, {treatment}: {relief}; next session because {reason}")
    else:
        text = _("{day}, {treatment}: {relief}; next session: {reason}")
    return text.format(
        day=day_words(span.day),
        treatment=treatment,
        relief=relief_and_end(span),
        reason=labels.reason_in_text(span.next_reason),
    )


Placed = tuple[int, Bar]


def draw(chart: SessionBars, style: ChartStyle, wide: float, high: float) -> Figure:
    """Return the chart as a figure of `wide` x `high` logical pixels."""
    with drawing():
        figure = new_figure(style, wide, high)
        frame = chart.frame(wide, high, style.k)
        plot = add_plot(figure, frame, style)
        placeds = [(place, chart.bars[place]) for place in chart.visible(frame)]
        _grid(plot, chart, frame, style)
        _bars(plot, placeds, style)
        _arrows(plot, frame, placeds, style)
        _numbers(plot, frame, placeds, style)
        _dates(plot, frame, placeds, style)
        _regimens(plot, frame, placeds, style)
        _names(plot, frame, chart, placeds, style)
        _out_of_sight(plot, placeds[0][0] if placeds else 0, len(chart.bars) - len(placeds), style)
    return figure


def _grid(plot: Axes, chart: SessionBars, frame: Frame, style: ChartStyle) -> None:
    k, edge = style.k, plot.get_yaxis_transform()
    days = range(0, int(frame.high) + 1, chart.step)
    lines = [[(0, day), (1, day)] for day in days[1:]]
    plot.add_collection(
        LineCollection(lines, colors=style.grid, linewidths=0.8 * k, zorder=0, transform=edge, label="grid"),
        autolim=False,
    )
    for day in days:
        write(plot, str(day), (0, day), style, (-6, 0), xycoords=edge, ha="right")
    if chart.headline is not None:
        plot.axhline(chart.headline, color=style.text, linewidth=1.1 * k, linestyle=DASHED, zorder=1, label="headline")


def _bars(plot: Axes, placeds: Sequence[Placed], style: ChartStyle) -> None:
    followed = [(place, bar, bar.lower) for place, bar in placeds if bar.lower is not None]
    hatched = [_box(x, 0, low) for x, bar, low in followed if bar.status is Status.UNCONFIRMED and not bar.running]
    running = [_box(x, 0, low) for x, bar, low in followed if bar.running and bar.upper is None]
    full_bars = [
        _box(x, 0, low)
        for x, bar, low in followed
        if bar.upper is not None or (bar.status is Status.CENSORED and not bar.running)
    ]
    opened = [_box(x, low, bar.upper) for x, bar, low in followed if bar.upper is not None]
    edge: dict[str, Any] = {"edgecolors": style.bar, "linewidths": 0.7 * style.k}
    for boxes, name, look in (
        (full_bars, "seen", {"facecolors": style.bar, "edgecolors": style.bar, "linewidths": 0.7 * style.k}),
        (opened, "faded in here", {"facecolors": style.soft, **edge}),
        (hatched, "not confirmed", {"facecolors": style.background, "hatch": "/////", **edge}),
        (running, "running", {"facecolors": style.background, **edge, "linewidths": 1.1 * style.k}),
    ):
        plot.add_collection(PolyCollection(boxes, zorder=2, label=name, **look), autolim=False)


def _box(place: float, low: float, high: float) -> Box:
    left, right = place - HALF_BAR, place + HALF_BAR
    return [(left, low), (left, high), (right, high), (right, low)]


def _arrows(plot: Axes, frame: Frame, placeds: Sequence[Placed], style: ChartStyle) -> None:
    """Draw an arrow on top of each bar whose end was not seen."""
    tops = [(place, bar.lower) for place, bar in placeds if bar.lower is not None and bar.upper is None]
    rise = ARROW * style.k * (frame.high - frame.low) / frame.plot_height
    shafts = [[(place, top), (place, top + rise)] for place, top in tops]
    plot.add_collection(
        LineCollection(shafts, colors=style.accent, linewidths=1.4 * style.k, zorder=3, label="arrows"), autolim=False
    )
    plot.plot(
        [place for place, _unused in tops],
        [top + rise for _unused, top in tops],
        "^",
        color=style.accent,
        ms=5.5 * style.k,
        mew=0,
        zorder=3,
        label="not seen to end",
    )


def _numbers(plot: Axes, frame: Frame, placeds: Sequence[Placed], style: ChartStyle) -> None:
    """Write the number above each bar; × and ? with their words where there is none."""
    slot = frame.plot_width / (frame.last - frame.first) / style.k
    over: dict[str, Any] = {"ha": "center", "va": "bottom", "zorder": 4, "bbox": pad(style)}
    for place, bar in placeds:
        if bar.status in SIGNS:
            flat = slot >= WORDS_FLAT + 14
            text = ("\n" if flat else " ").join((SIGNS[bar.status], bar.ended))
            write(plot, text, (place, 0), style, (0, 4), rotation=0 if flat else 90, **over)
            continue
        up = 3.0 if bar.upper is not None else ARROW + 5
        write(
            plot,
            bar.label(slot + 4),
            (place, bar.top),
            style,
            (0, up),
            color=style.text,
            weight=600 if bar.running else 400,
            **over,
        )


def _dates(plot: Axes, frame: Frame, placeds: Sequence[Placed], style: ChartStyle) -> None:
    """Day and month under each bar, the year where it is new; in narrow slots a month is written once."""
    slot = frame.plot_width / (frame.last - frame.first) / style.k
    new = [place for at, (place, bar) in enumerate(placeds) if at == 0 or placeds[at - 1][1].day.year != bar.day.year]
    years = {a for a, b in zip_longest(new, new[1:]) if b is None or (b - a) * slot >= YEAR_ROOM}
    month = 0
    for place, bar in placeds:
        lines = [str(bar.day.day), month_name(bar.day.month)]
        if slot < MONTH_ROOM and bar.day.month == month and place not in new:
            lines[1] = ""
        month = bar.day.month
        lines += [str(bar.day.year)] if place in years else []
        write_below(plot, place, lines, style)


def _regimens(plot: Axes, frame: Frame, placeds: Sequence[Placed], style: ChartStyle) -> None:
    """Draw a line over each run of the same treatment, and its name where it fits."""
    k, high = style.k, 1 + 12 * style.k / frame.plot_height
    slot = frame.plot_width / (frame.last - frame.first) / k
    lines = []
    for name, run in groupby(placeds, key=lambda placed: placed[1].regimen):
        places = [place for place, _unused in run]
        lines.append([(places[0] - 0.35, high), (places[-1] + 0.35, high)])
        if width(name, 600) <= len(places) * slot:
            write(
                plot,
                name,
                (places[0] - 0.35, high),
                style,
                (0, 4),
                xycoords=plot.get_xaxis_transform(),
                va="bottom",
                color=style.mark,
                weight=600,
            )
    plot.add_collection(
        LineCollection(
            lines,
            colors=style.mark,
            linewidths=1.0 * k,
            label="regimens",
            clip_on=False,
            transform=plot.get_xaxis_transform(),
        ),
        autolim=False,
    )


def _names(plot: Axes, frame: Frame, chart: SessionBars, placeds: Sequence[Placed], style: ChartStyle) -> None:
    """Write what the signs mean, at the right edge: only those that are there, clear of the headline's name."""
    k, at = style.k, -8.0
    beside: dict[str, Any] = {"xycoords": "axes fraction", "linespacing": 1.05}
    taken = None
    if chart.headline is not None:
        taken = (frame.y(chart.headline) - frame.top) / k
        write(plot, chart.headline_words, (1, 1), style, (8, -taken), color=style.text, weight=600, **beside)
    for text in _signs(placeds):
        tall = LINE_HEIGHT * (text.count("\n") + 1)
        if taken is not None and at < taken + 10 and at + tall > taken - 10:
            at = taken + 11
        write(plot, text, (1, 1), style, (8, -at), va="top", **beside)
        at += tall + 5


def _out_of_sight(plot: Axes, earlier: int, more: int, style: ChartStyle) -> None:
    """Say how many sessions have no room: on which side they are, or on paper that they are left out."""
    if style.name in ON_PAPER:
        texts = [_("{n} earlier").format(n=earlier)] if earlier else []
        texts += [_("{n} later").format(n=more - earlier)] if more > earlier else []
        texts += [_("not shown")] if texts else []
    else:
        texts = [_("← {n} earlier").format(n=earlier)] if earlier else []
        texts += [_("{n} later →").format(n=more - earlier)] if more > earlier else []
    if texts:
        write(plot, "\n".join(texts), (1, 0), style, (8, -6), xycoords="axes fraction", va="top", linespacing=1.05)


def _signs(placeds: Sequence[Placed]) -> list[str]:
    bars = [bar for _unused, bar in placeds if bar.lower is not None]
    named = (
        (any(bar.upper is None for bar in bars), _("↑ still in relief at\nthe last reading")),
        (
            any(bar.status is Status.UNCONFIRMED and not bar.running for bar in bars),
            _("/// faded once,\nnot confirmed"),
        ),
        (any(bar.running and bar.upper is None for bar in bars), _("outline: still open")),
    )
    return [text for there, text in named if there]
