"""The journey of one measure: its scores over time, every session, and the relief that followed.

What is drawn, said and pointed at, as data; journey_figure.py draws it.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from uuid import UUID

from matplotlib.figure import Figure

from ketatrack.analysis.episodes import Span
from ketatrack.analysis.measures import Measure, day_means
from ketatrack.analysis.relief import Relief
from ketatrack.analysis.relief_words import limit_words, relief_and_end
from ketatrack.charts.frame import Frame, Point
from ketatrack.charts.numbers import Numbers
from ketatrack.charts.style import ChartStyle
from ketatrack.charts.words import counted, day_words, filled, number, regimen, tr, weekday_words
from ketatrack.models.instruments import KEYS, Band, Instrument, instrument
from ketatrack.models.records import Answers, Session

LANE = 46.0
MARKER_ROW = 38.0
SHORTEST = 14


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
        """The same journey over another period: at least 14 days, kept inside the entries."""
        whole = max((self.end - self.begin).days, SHORTEST)
        length = min(max((last - first).days, SHORTEST), whole)
        start = min(max(first, self.begin), self.begin + timedelta(days=whole - length))
        return replace(self, first=start, last=start + timedelta(days=length))

    def moved(self, share: float, _frame: Frame) -> "Journey":
        """The period that lies `share` of its length later."""
        by = timedelta(days=round(share * (self.last - self.first).days))
        return self.between(self.first + by, self.last + by)

    def frame(self, width: float, height: float, k: float) -> Frame:
        """Where the plot stands in a figure of that size; x is a day's ordinal number."""
        return Frame(
            width, height, 64 * k, LANE * k, 92 * k, 42 * k,
            self.first.toordinal() - 0.5, self.last.toordinal() + 0.5, 0, self.highest,
        )  # fmt: skip

    @cached_property
    def visible(self) -> tuple[Score, ...]:
        """The scores inside the period, oldest first."""
        low = bisect_left(self.scores, self.first, key=lambda score: score.day)
        return self.scores[low : bisect_right(self.scores, self.last, key=lambda score: score.day)]

    def draw(self, style: ChartStyle, width: float, height: float) -> Figure:
        """The chart as a figure of `width` x `height` logical pixels."""
        from ketatrack.charts.journey_figure import draw

        return draw(self, style, width, height)

    def points(self, style: ChartStyle, width: float, height: float) -> tuple[Point, ...]:
        """Every score and session in the period that can be pointed at, from left to right."""
        frame = self.frame(width, height, style.k)
        days = [session.day for session in self.sessions]
        made = [
            Point(frame.x(score.day.toordinal()), frame.y(score.value), self._score_words(score, days),
                  record=score.record, session=self._session_before(score.day, days))
            for score in self.visible
        ]  # fmt: skip
        made += [
            Point(frame.x(each.day.toordinal()), MARKER_ROW * style.k, self._session_words(place), session=each.id,
                  stop=True)
            for place, each in enumerate(self.sessions) if self.first <= each.day <= self.last
        ]  # fmt: skip
        return tuple(sorted(made, key=lambda point: point.x))

    def spoken(self) -> str:
        """The chart in sentences, for those who hear it."""
        shown = self.visible
        sessions = sum(self.first <= session.day <= self.last for session in self.sessions)
        said = filled(
            "{name} from {a} to {b}, {n}, {k}.",
            name=self.name, a=day_words(self.first), b=day_words(self.last),
            n=counted(len(shown), "reading", "readings"), k=counted(sessions, "session", "sessions"),
        )  # fmt: skip
        if self.baseline is not None:
            said += " " + filled("Baseline {b}.", b=number(self.baseline))
        if shown:
            said += " " + filled("Latest {y} on {day}.", y=number(shown[-1].value), day=day_words(shown[-1].day))
        days = {score.day for score in shown}
        if days and self.relief_line is not None:
            share = round(100 * len(days & self.relieved_days) / len(days))
            said += " " + filled("In relief {p} % of the days with an entry.", p=share)
        return said

    def numbers(self) -> Numbers:
        """Each reading and each session in the period, oldest first."""
        days = [session.day for session in self.sessions]
        rows = [(score.day, 1, number(score.value), "", self._days_since(score.day, days)) for score in self.visible]
        rows += [(each.day, 0, "", regimen(each), "") for each in self.sessions if self.first <= each.day <= self.last]
        columns = (tr("Date"), self.name, tr("Session"), tr("Days since session"))
        return Numbers(columns, tuple((day.isoformat(), *rest) for day, _order, *rest in sorted(rows)))

    def _days_since(self, day: date, days: Sequence[date]) -> str:
        place = bisect_right(days, day)
        return str((day - days[place - 1]).days) if place else ""

    def _session_before(self, day: date, days: Sequence[date]) -> UUID | None:
        place = bisect_right(days, day)
        return self.sessions[place - 1].id if place else None

    def _score_words(self, score: Score, days: Sequence[date]) -> str:
        said = (
            f"{weekday_words(score.day)} · {self.name if not self.daily else self.name.lower()} {number(score.value)}"
        )
        place = bisect_right(days, score.day)
        if not place:
            return said
        after = filled(
            "day {d} after session {n} ({what})",
            d=(score.day - days[place - 1]).days, n=place, what=regimen(self.sessions[place - 1]),
        )  # fmt: skip
        return f"{said} · {after}"

    def _session_words(self, place: int) -> str:
        session = self.sessions[place]
        said = f"{weekday_words(session.day)} · " + filled("session {n} ({what})", n=place + 1, what=regimen(session))
        span = next((each for each in self.spans if each.session_ids[-1] == session.id), None)
        if span is None:
            return said
        return f"{said} · {relief_and_end(span)}"


def journey_of(relief: Relief) -> Journey:
    """The journey of a relief result, over everything there is; narrow it with `between`."""
    measure = relief.measure
    scores = tuple(Score(each.day, measure.written(each.value)) for each in relief.readings)
    line, baseline = relief.criterion, relief.baseline
    begin, end = _period(scores, relief.sessions, relief.today)
    return Journey(
        name=measure.name,
        title=filled("{name}, day by day" if measure.daily else "{name} over time", name=measure.name),
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
        begin=begin, end=end, first=begin, last=end,
    )  # fmt: skip


def history_of(form: Instrument, answers: Iterable[Answers], sessions: Sequence[Session], today: date) -> Journey:
    """The history of one questionnaire's totals, with its bands and the sessions; a score opens its answers."""
    scores = tuple(Score(each.day, float(form.value(each.total)), each.id) for each in answers)
    begin, end = _period(scores, (), today)
    return Journey(
        name=form.name,
        title=filled("{name} over time", name=form.name),
        subtitle=tr("Marks above: your sessions"),
        highest=form.maximum / form.items_per_point,
        end_words=("", ""),
        bands=form.bands,
        daily=False,
        scores=scores,
        sessions=tuple(session for session in sessions if session.day <= today),
        spans=(),
        baseline=None, relief_line=None, relief_words="", relieved_days=frozenset(),
        begin=begin, end=end, first=begin, last=end,
    )  # fmt: skip


def _period(scores: Sequence[Score], sessions: Sequence[Session], today: date) -> tuple[date, date]:
    days = [score.day for score in scores] + [session.day for session in sessions]
    begin, end = min(days, default=today), max([*days, today])
    return min(begin, end - timedelta(days=SHORTEST)), end


def _subtitle(relief: Relief) -> str:
    if relief.criterion is not None:
        return tr("Shaded: in relief after a session")
    return tr("No baseline yet") if relief.baseline is None else tr("Baseline too low for a percentage")


def end_words(measure: Measure) -> tuple[str, str]:
    """The words at the lower and upper end of a daily rating's axis; empty for a questionnaire."""
    if not measure.daily:
        return "", ""
    return tr("none"), tr("plenty") if measure.higher_is_better else tr("worst")
