"""The journey of one measure: scores, relief line, shaded relief, sessions above; its data and its drawing."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.figure import Figure

from ketatrack.analysis.episodes import Span
from ketatrack.analysis.measures import Measure, day_means
from ketatrack.analysis.result import Relief
from ketatrack.analysis.sentences import limit_words, relief_and_end
from ketatrack.charts.axes import draw_dates
from ketatrack.charts.base import (
    ChartStyle,
    Frame,
    Numbers,
    Point,
    add_plot,
    add_strip,
    day_words,
    drawing,
    new_figure,
    number,
    pad,
    regimen,
    weekday_words,
    width,
    write,
)
from ketatrack.charts.session_marks import draw_lane
from ketatrack.charts.smoothing import smooth, thinned
from ketatrack.i18n import _, ngettext
from ketatrack.models import labels
from ketatrack.models.instruments import KEYS, Band, Instrument, instrument
from ketatrack.models.records import Answers, Session

LANE = 46.0
MARKER_ROW = 38.0
SHORTEST = 14
DASHED, DOTTED = (0, (5, 3)), (0, (1.2, 2.4))
RIGHT_GAP = 6.0
DOT_ROOM, LINE_ROOM = 4.5, 8.0


@dataclass(frozen=True, slots=True)
class Score:
    """One score as it is drawn: its day, its height, and the record that a click opens (if any)."""

    day: date
    value: float
    record: UUID | None = None


@dataclass(frozen=True)
class Journey:
    """Everything the chart shows between `first` and `last`; values are on the scale people write.

    `line_name` is said in place of "relief line", and `names_latest` writes the latest value at its point: on paper
    the sessions may be shaded by another measure than the one that is drawn.
    """

    name: str
    title: str
    subtitle: str
    highest: float
    end_words: tuple[str, str]
    bands: tuple[Band, ...]
    daily: bool
    scores: tuple[Score, ...]
    sessions: tuple[Session, ...]
    spans: tuple[Span, ...]
    baseline: float | None
    relief_line: float | None
    relief_words: str
    relieved_days: frozenset[date]
    begin: date
    end: date
    first: date
    last: date
    line_name: str = ""
    names_latest: bool = False

    height = 250.0
    zooms = True

    def between(self, first: date, last: date) -> "Journey":
        """Return the same journey over another period: at least 14 days, kept inside the entries."""
        all_days = max((self.end - self.begin).days, SHORTEST)
        length = min(max((last - first).days, SHORTEST), all_days)
        start = min(max(first, self.begin), self.begin + timedelta(days=all_days - length))
        return replace(self, first=start, last=start + timedelta(days=length))

    def moved(self, share: float, _frame: Frame) -> "Journey":
        """Return the period that lies `share` of its length later."""
        by = timedelta(days=round(share * (self.last - self.first).days))
        return self.between(self.first + by, self.last + by)

    def frame(self, width: float, height: float, k: float) -> Frame:
        """Where the plot stands in a figure of that size; x is a day's ordinal number."""
        return Frame(
            width,
            height,
            64 * k,
            LANE * k,
            92 * k,
            42 * k,
            self.first.toordinal() - 0.5,
            self.last.toordinal() + 0.5,
            0,
            self.highest,
        )

    @cached_property
    def visible(self) -> tuple[Score, ...]:
        """The scores inside the period, oldest first."""
        low = bisect_left(self.scores, self.first, key=lambda score: score.day)
        return self.scores[low : bisect_right(self.scores, self.last, key=lambda score: score.day)]

    def draw(self, style: ChartStyle, width: float, height: float) -> Figure:
        """Return the chart as a figure of `width` x `height` logical pixels."""
        return draw(self, style, width, height)

    def points(self, style: ChartStyle, width: float, height: float) -> tuple[Point, ...]:
        """Every score and session in the period that can be pointed at, from left to right."""
        frame = self.frame(width, height, style.k)
        days = [session.day for session in self.sessions]
        result = [
            Point(
                frame.x(score.day.toordinal()),
                frame.y(score.value),
                self._score_words(score, days),
                record=score.record,
                session=self._session_before(score.day, days),
            )
            for score in self.visible
        ]
        result += [
            Point(
                frame.x(one.day.toordinal()),
                MARKER_ROW * style.k,
                self._session_words(place),
                session=one.id,
                stop=True,
            )
            for place, one in enumerate(self.sessions)
            if self.first <= one.day <= self.last
        ]
        return tuple(sorted(result, key=lambda point: point.x))

    def spoken(self) -> str:
        """Return the chart in sentences, for those who hear it."""
        visible = self.visible
        sessions = sum(self.first <= session.day <= self.last for session in self.sessions)
        sentences = [
            _("{name} from {a} to {b}, {readings}, {sessions}.").format(
                name=self.name,
                a=day_words(self.first),
                b=day_words(self.last),
                readings=ngettext("{n} reading", "{n} readings", len(visible)).format(n=len(visible)),
                sessions=ngettext("{n} session", "{n} sessions", sessions).format(n=sessions),
            )
        ]
        if self.baseline is not None:
            sentences.append(_("Baseline {b}.").format(b=number(self.baseline)))
        if visible:
            y, day = number(visible[-1].value), day_words(visible[-1].day)
            sentences.append(_("Latest {y} on {day}.").format(y=y, day=day))
        days = {score.day for score in visible}
        if days and self.relief_line is not None:
            share = round(100 * len(days & self.relieved_days) / len(days))
            sentences.append(_("In relief {p} % of the days with an entry.").format(p=share))
        return " ".join(sentences)

    def numbers(self) -> Numbers:
        """Each reading and each session in the period, oldest first."""
        days = [session.day for session in self.sessions]
        rows = [(score.day, 1, number(score.value), "", self._days_since(score.day, days)) for score in self.visible]
        rows += [(one.day, 0, "", regimen(one), "") for one in self.sessions if self.first <= one.day <= self.last]
        columns = (_("Date"), self.name, _("Session"), _("Days since session"))
        return Numbers(columns, tuple((day.isoformat(), *rest) for day, _order, *rest in sorted(rows)))

    def _days_since(self, day: date, days: Sequence[date]) -> str:
        place = bisect_right(days, day)
        return str((day - days[place - 1]).days) if place else ""

    def _session_before(self, day: date, days: Sequence[date]) -> UUID | None:
        place = bisect_right(days, day)
        return self.sessions[place - 1].id if place else None

    def _score_words(self, score: Score, days: Sequence[date]) -> str:
        name = labels.in_a_sentence(self.name) if self.daily else self.name
        text = f"{weekday_words(score.day)} · {name} {number(score.value)}"
        place = bisect_right(days, score.day)
        if not place:
            return text
        after = _("day {d} after session {n} ({what})").format(
            d=(score.day - days[place - 1]).days, n=place, what=regimen(self.sessions[place - 1])
        )
        return f"{text} · {after}"

    def _session_words(self, place: int) -> str:
        session = self.sessions[place]
        text = _("{day} · session {n} ({what})").format(
            day=weekday_words(session.day), n=place + 1, what=regimen(session)
        )
        span = next((item for item in self.spans if item.session_ids[-1] == session.id), None)
        if span is None:
            return text
        return f"{text} · {relief_and_end(span)}"


def journey_of(relief: Relief) -> Journey:
    """Return the journey of a relief result, over everything there is; narrow it with `between`."""
    measure = relief.measure
    scores = tuple(Score(reading.day, measure.written(reading.value)) for reading in relief.readings)
    line, baseline = relief.criterion, relief.baseline
    begin, end = _period(scores, relief.sessions, relief.today)
    return Journey(
        name=measure.name,
        title=(_("{name}, day by day") if measure.daily else _("{name} over time")).format(name=measure.name),
        subtitle=_subtitle(relief),
        highest=measure.maximum / measure.points,
        end_words=end_words(measure),
        bands=instrument(measure.key).bands if measure.key in KEYS else (),
        daily=measure.daily,
        scores=scores,
        sessions=relief.sessions,
        spans=relief.spans,
        baseline=float(baseline.value / measure.points) if baseline else None,
        relief_line=float(measure.worse(line.limit) / measure.points) if line else None,
        relief_words=limit_words(relief),
        relieved_days=frozenset(d for d, value in day_means(relief.readings).items() if line and line.holds(value)),
        begin=begin,
        end=end,
        first=begin,
        last=end,
    )


def history_of(form: Instrument, answers: Iterable[Answers], sessions: Sequence[Session], today: date) -> Journey:
    """Return the history of one questionnaire's totals, with its bands and the sessions; a score opens its answers."""
    scores = tuple(Score(entry.day, float(form.value(entry.total)), entry.id) for entry in answers)
    begin, end = _period(scores, (), today)
    return Journey(
        name=form.name,
        title=_("{name} over time").format(name=form.name),
        subtitle=_("Marks above: your sessions"),
        highest=form.maximum / form.items_per_point,
        end_words=("", ""),
        bands=form.bands,
        daily=False,
        scores=scores,
        sessions=tuple(session for session in sessions if session.day <= today),
        spans=(),
        baseline=None,
        relief_line=None,
        relief_words="",
        relieved_days=frozenset(),
        begin=begin,
        end=end,
        first=begin,
        last=end,
    )


def _period(scores: Sequence[Score], sessions: Sequence[Session], today: date) -> tuple[date, date]:
    days = [score.day for score in scores] + [session.day for session in sessions]
    begin, end = min(days, default=today), max([*days, today])
    return min(begin, end - timedelta(days=SHORTEST)), end


def _subtitle(relief: Relief) -> str:
    if relief.criterion is not None:
        return _("Shaded: in relief after a session")
    return _("No baseline yet") if relief.baseline is None else _("Baseline too low for a percentage")


def end_words(measure: Measure) -> tuple[str, str]:
    """Return the words at the lower and upper end of a daily rating's axis; empty for a questionnaire."""
    return labels.rating_ends(measure.higher_is_better) if measure.daily else ("", "")


def draw(journey: Journey, style: ChartStyle, wide: float, high: float) -> Figure:
    """Return the journey as a figure of `wide` x `high` logical pixels."""
    with drawing():
        figure = new_figure(style, wide, high)
        frame = journey.frame(wide, high, style.k)
        plot = add_plot(figure, frame, style)
        _grid(plot, journey, style)
        _shading(plot, journey, style)
        _thresholds(plot, frame, journey, style)
        _scores(plot, journey, style)
        draw_lane(add_strip(figure, frame, 0, LANE * style.k), frame, style, journey.sessions, journey.spans)
        draw_dates(plot, frame, style, journey.first, journey.last)
    return figure


def _grid(plot: Axes, journey: Journey, style: ChartStyle) -> None:
    top = journey.highest
    levels = [*(float(band.low) for band in journey.bands), top] if journey.bands else [0.0, top / 2, top]
    lines = [[(0, y), (1, y)] for y in levels[1:]]
    plot.add_collection(
        LineCollection(
            lines,
            colors=style.grid,
            linewidths=0.8 * style.k,
            zorder=0,
            transform=plot.get_yaxis_transform(),
            label="grid",
        ),
        autolim=False,
    )
    words = dict(zip((0.0, top), journey.end_words, strict=True))
    for y in levels:
        label = f"{number(y)} {words.get(y, '')}".strip()
        _beside(plot, (0, y), label, -RIGHT_GAP, style, color=style.secondary, ha="right")
    for band in journey.bands:
        _beside(
            plot,
            (1, (band.low + min(band.high + 1, top)) / 2),
            _broken(band.name),
            RIGHT_GAP,
            style,
            color=style.secondary,
        )


def _broken(name: str) -> str:
    """Return a band's name on two lines where the right margin is too narrow for one."""
    return _(name) if width(_(name)) < 80 else _(name).replace(" ", "\n", 1)


def _beside(
    plot: Axes,
    at: tuple[float, float],
    text: str,
    away: float,
    style: ChartStyle,
    *,
    color: str,
    ha: str = "left",
    weight: int = 400,
    up: float = 0,
) -> None:
    """Text `away` px left or right of the plot's edge (0 or 1) at a height in data, `up` px higher."""
    write(
        plot,
        text,
        at,
        style,
        (away, up),
        xycoords=plot.get_yaxis_transform(),
        linespacing=1.15,
        ha=ha,
        color=color,
        weight=weight,
    )


def _shading(plot: Axes, journey: Journey, style: ChartStyle) -> None:
    boxes = [
        [(day, 0), (day, journey.highest), (day + span.lower, journey.highest), (day + span.lower, 0)]
        for span in journey.spans
        if span.lower is not None
        for day in [span.day.toordinal()]
    ]
    plot.add_collection(
        PolyCollection(boxes, facecolors=style.soft, edgecolors="none", alpha=0.75, zorder=0.5, label="relief"),
        autolim=False,
    )
    days = [session.day.toordinal() for session in journey.sessions]
    marks = [[(x, 0), (x, journey.highest)] for x in days]
    visible = sum(journey.first <= session.day <= journey.last for session in journey.sessions)
    thin = 0.8 * style.k * _less_when_crowded(plot, visible, LINE_ROOM)
    plot.add_collection(
        LineCollection(marks, colors=style.mark, alpha=0.6, linewidths=thin, zorder=1, label="sessions"), autolim=False
    )


def _less_when_crowded(plot: Axes, count: int, room: float) -> float:
    """Return what is left of the size of a mark where `count` of them have less than `room` px each: 1 to 0.4."""
    return min(1.0, max(0.4, float(plot.bbox.width) / (room * max(1, count))))


def _thresholds(plot: Axes, frame: Frame, journey: Journey, style: ChartStyle) -> None:
    line, baseline = journey.relief_line, journey.baseline
    if baseline is not None:
        plot.axhline(baseline, color=style.secondary, linewidth=1.1 * style.k, linestyle=DOTTED, label="baseline")
    if line is not None:
        plot.axhline(line, color=style.accent, linewidth=1.1 * style.k, linestyle=DASHED, label="relief line")
    if journey.bands:
        _name_inside(plot, journey, style)
        return
    if line is not None:
        _beside(plot, (1, line), _("relief line"), RIGHT_GAP, style, color=style.accent, weight=600, up=8)
        _beside(plot, (1, line), journey.relief_words, RIGHT_GAP, style, color=style.accent, up=-8)
    if baseline is not None:
        up = 0.0
        if line is not None:
            apart = (frame.y(line) - frame.y(baseline)) / style.k
            up = max(0.0, 28 - apart) if apart >= 0 else min(0.0, -28 - apart)
        _beside(
            plot,
            (1, baseline),
            _("baseline {b}").format(b=number(baseline)),
            RIGHT_GAP,
            style,
            color=style.secondary,
            up=up,
        )


def _name_inside(plot: Axes, journey: Journey, style: ChartStyle) -> None:
    """With band names at the right edge, the two lines are named inside, where they begin."""
    named = [(journey.baseline, style.secondary, _("baseline {b}").format(b=number(journey.baseline or 0)), 400)]
    words = _("{line}, {limit}").format(line=journey.line_name or _("relief line"), limit=journey.relief_words)
    named.append((journey.relief_line, style.accent, words, 600))
    for y, color, text, weight in named:
        if y is not None:
            write(
                plot,
                text,
                (0, y),
                style,
                (8, 8),
                xycoords=plot.get_yaxis_transform(),
                color=color,
                bbox=pad(style),
                zorder=5,
                weight=weight,
            )


def _scores(plot: Axes, journey: Journey, style: ChartStyle) -> None:
    """Draw the scores: dots and a smoothed line where they are daily, else dots joined by a thin line."""
    visible = [(score.day, score.value) for score in journey.visible]
    x = np.array([day.toordinal() for day, _unused in visible], dtype=float)
    y = np.array([value for _unused, value in visible], dtype=float)
    if journey.daily:
        x, y = thinned((x, y), int(plot.bbox.width))
        plot.plot(x, y, "o", color=style.raw, ms=2.4 * style.k, mew=0, label="readings", clip_on=False, zorder=2)
        line = smooth(visible, [session.day for session in journey.sessions])
        plot.plot(*line, color=style.text, linewidth=1.7 * style.k, solid_joinstyle="round", label="mean", zorder=3)
        return
    size = _less_when_crowded(plot, len(visible), DOT_ROOM)
    plot.plot(
        x,
        y,
        color=style.text,
        linewidth=1.2 * style.k,
        marker="o",
        ms=4.5 * style.k * size,
        label="scores",
        markerfacecolor=style.background,
        markeredgecolor=style.text,
        markeredgewidth=1.1 * style.k * size,
        clip_on=False,
        zorder=3,
    )
    if journey.names_latest and visible:
        # Below where the line comes from above, so that the number does not stand on it; never on the dates.
        falls = len(y) > 1 and y[-2] > y[-1] > 0.12 * journey.highest
        look: dict[str, Any] = {"color": style.text, "weight": 700, "bbox": pad(style), "zorder": 6}
        latest, offset = (x[-1], y[-1]), (0, -12 if falls else 12)
        write(plot, number(y[-1]), latest, style, offset, ha="center", annotation_clip=False, **look)
