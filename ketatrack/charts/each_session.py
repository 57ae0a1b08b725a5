"""Days of relief after each session, in order: filled as far as relief was seen, open where it faded.

What is drawn, said and pointed at, as data; each_session_figure.py draws it.
"""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from matplotlib.figure import Figure

from ketatrack.analysis.episodes import Span, Status
from ketatrack.analysis.estimates import Estimates
from ketatrack.analysis.relief import Relief
from ketatrack.analysis.relief_words import (
    Length,
    days_words,
    how_it_ended,
    relief_and_end,
    span_days,
)
from ketatrack.charts.frame import Frame, Point
from ketatrack.charts.lettering import width
from ketatrack.charts.numbers import Numbers, cells
from ketatrack.charts.style import ChartStyle
from ketatrack.charts.words import day_words, filled, regimen, tr
from ketatrack.models import labels
from ketatrack.models.values import Reason

NARROWEST, LEAST_SLOTS = 24.0, 12
STEPS = (5, 10, 20, 50, 100, 200, 500, 1000)
MOST_LINES = 4
HEADROOM = 1.2
MOST_SPOKEN = 24


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
        """The days above: "18–20" or "27+"; in two lines where `room` px are too few for one, else ""."""
        stacked = self.days.replace("–", "–\n")
        return next((text for text in (self.days, stacked) if max(map(width, text.split("\n"))) <= room), "")


@dataclass(frozen=True)
class EachSession:
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
        return tr("Days of relief after each session")

    @property
    def subtitle(self) -> str:
        """What the two parts of a bar mean."""
        return tr("filled: last reading in relief; open top: it faded somewhere in here")

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
        """The places of the bars inside a frame."""
        return range(round(frame.first + 0.5), min(round(frame.last + 0.5), len(self.bars)))

    def moved(self, share: float, frame: Frame) -> "EachSession":
        """The bars that lie `share` of what the frame shows later; never beyond the first or the last."""
        shown = round(frame.last - frame.first)
        most = max(0, len(self.bars) - shown)
        return replace(self, later=min(max(self.later - round(share * shown), 0), most))

    def draw(self, style: ChartStyle, width: float, height: float) -> Figure:
        """The chart as a figure of `width` x `height` logical pixels."""
        from ketatrack.charts.each_session_figure import draw

        return draw(self, style, width, height)

    def points(self, style: ChartStyle, width: float, height: float) -> tuple[Point, ...]:
        """The top of each bar that is shown, from left to right."""
        frame = self.frame(width, height, style.k)
        shown = ((place, self.bars[place]) for place in self.visible(frame))
        return tuple(Point(frame.x(place), frame.y(bar.top), bar.words, session=bar.session) for place, bar in shown)

    def spoken(self) -> str:
        """The list in sentences, newest first."""
        told = [f"{bar.words}." for bar in self.bars[::-1][:MOST_SPOKEN]]
        more = len(self.bars) - len(told)
        told += [filled("{n} earlier ones are in the table.", n=more)] if more else []
        head = [filled("The headline says {days}.", days=self.headline_words)] if self.headline is not None else []
        return " ".join([f"{self.title}.", *head, *told])

    def numbers(self) -> Numbers:
        """Relief after every session, newest first: the last day seen in relief, and the first day of the loss."""
        columns = (
            tr("Session"), tr("Treatment"), tr("In relief until day"), tr("Faded by day"), tr("How it ended"),
            tr("Next session because"),
        )  # fmt: skip
        return Numbers(columns, tuple(_row(bar) for bar in self.bars[::-1]))


def _row(bar: Bar) -> tuple[str, ...]:
    return cells((bar.day.isoformat(), bar.regimen, bar.lower, bar.upper, bar.ended, bar.because))


def each_session(relief: Relief, found: Estimates) -> EachSession:
    """The chart of a relief result and what may be said of it, over all sessions."""
    by_id = {session.id: regimen(session) for session in relief.sessions}
    bars = (_bar(span, by_id[span.session_ids[-1]]) for span in relief.spans)
    return EachSession(tuple(bars), found.posterior.median if found.posterior else None)


def _bar(span: Span, treatment: str) -> Bar:
    last = span.session_ids[-1]
    because = labels.reason_in_text(span.next_reason)
    return Bar(
        span.day, last, treatment, span.status, span.running, span.lower, span.upper,
        days=span_days(span, Length.SHORT), words=_words(span, treatment), ended=how_it_ended(span), because=because,
    )  # fmt: skip


def _words(span: Span, treatment: str) -> str:
    """22 May 2026, IM 70 mg: relief 11–13 days, faded; next session because symptoms were coming back."""
    said = f"{day_words(span.day)}, {treatment}: {relief_and_end(span)}"
    if span.next_reason is not None:
        because = span.next_reason is Reason.SYMPTOMS
        words = "next session because {reason}" if because else "next session: {reason}"
        said += "; " + filled(words, reason=labels.reason_in_text(span.next_reason))
    return said
