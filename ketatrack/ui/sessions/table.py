"""The rows of the Sessions table with relief once it is known, and the line above it that filters them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from ketatrack.analysis.episodes import Span
from ketatrack.analysis.result import relief_of
from ketatrack.analysis.sentences import Length, how_it_ended, measured_by, span_days
from ketatrack.diary import reading
from ketatrack.diary.database import Diary
from ketatrack.i18n import _
from ketatrack.models import labels
from ketatrack.models.enums import Phase, Reason, Route
from ketatrack.models.periods import months_before
from ketatrack.models.records import Session
from ketatrack.ui import localised
from ketatrack.ui.theme import icons
from ketatrack.ui.theme.tokens import px
from ketatrack.ui.widgets.boxes import hbox
from ketatrack.ui.widgets.choices import Choice
from ketatrack.ui.widgets.labels import label
from ketatrack.ui.widgets.layout import FlowLayout
from ketatrack.ui.widgets.table import Column, ReliefBar

SERIES_GAP = timedelta(days=30)
DATE_COLUMN, PHASE_COLUMN, ROUTE_COLUMN, DRUG_COLUMN, DOSE_COLUMN, WHY_COLUMN, RELIEF_COLUMN, PRESSURE_COLUMN = range(8)


def phases_in_words(sessions: Iterable[Session]) -> dict[UUID, str]:
    """Return the phase of each session by its id: "Booster 8", "Series 1, 3 of 6"; sessions oldest first."""
    result: dict[UUID, str] = {}
    series: list[list[Session]] = []
    before: Session | None = None
    for session in sessions:
        if session.phase is Phase.SERIES:
            if before is None or _begins_series(before, session):
                series.append([])
            series[-1].append(session)
        else:
            words = (labels.phase(session.phase), session.phase_number)
            result[session.id] = " ".join(str(part) for part in words if part)
        before = session
    for nth, run in enumerate(series, start=1):
        for at, session in enumerate(run, start=1):
            n = session.phase_number or at
            of = max(len(run), *(session.phase_number or 0 for session in run))
            result[session.id] = _("Series {nth}, {n} of {of}").format(nth=nth, n=n, of=of)
    return result


def _begins_series(before: Session, session: Session) -> bool:
    """After another phase, a long gap, or where the numbers begin anew."""
    if before.phase is not Phase.SERIES or session.day - before.day > SERIES_GAP:
        return True
    return before.phase_number is not None and session.phase_number == 1


@dataclass(frozen=True, slots=True)
class ReliefBySession:
    """The span of each course's last session by its id, the ids of the sessions before it, and the longest span.

    `measure` is the name of the measure, `measured_by` says in a sentence what relief is told by.
    """

    measure: str
    measured_by: str
    spans: dict[UUID, Span]
    in_course: frozenset[UUID]
    longest: int


def load_relief_by_session(diary: Diary, today: date) -> ReliefBySession:
    """Time relief on the main measure."""
    with diary.read() as connection:
        relief = relief_of(reading.relief_records(connection), today)
    return ReliefBySession(
        relief.measure.name,
        measured_by(relief),
        {span.session_ids[-1]: span for span in relief.spans},
        frozenset(identity for span in relief.spans for identity in span.session_ids[:-1]),
        max((span.upper or span.lower or 0 for span in relief.spans), default=0),
    )


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One session with the words for its phase."""

    session: Session
    phase: str


def relief_header(relief: ReliefBySession | None) -> str:
    """Return the header of the relief column, with the measure once it is known."""
    return _("Relief ({measure})").format(measure=relief.measure) if relief else _("Relief")


def columns(relief: ReliefBySession | None) -> tuple[Column[SessionRow], ...]:
    """Return what each session shows; relief follows once it is known."""
    return (
        Column(_("Date"), lambda row: localised.short_day(row.session.day), lambda row: when(row.session), strong=True),
        Column(_("Phase"), lambda row: row.phase, _phase),
        Column(_("Route"), lambda row: labels.short_route(row.session.route)),
        Column(_("Drug"), lambda row: labels.drug(row.session.drug), quiet=True),
        Column(_("Dose, mg"), _dose, lambda row: row.session.dose_mg or 0, right=True),
        Column(_("Why this session"), _why),
        _relief_column(relief) if relief else Column(relief_header(None), lambda _row: ""),
        Column(_("Peak BP"), _pressure, lambda row: row.session.peak_pressure or (0, 0), right=True),
    )


def _relief_column(relief: ReliefBySession) -> Column[SessionRow]:
    def span_of(row: SessionRow) -> Span | None:
        return relief.spans.get(row.session.id)

    def text(row: SessionRow) -> str:
        return _("part of the course") if row.session.id in relief.in_course else _relief_words(span_of(row))

    def order(row: SessionRow) -> tuple[int, int]:
        span = span_of(row)
        return (-1, -1) if span is None or span.lower is None else (span.lower, span.upper or span.lower)

    def bar(row: SessionRow) -> ReliefBar | None:
        span = span_of(row)
        if span is None or span.lower is None:
            return None
        return ReliefBar(span.lower, span.upper, relief.longest, span.upper is None and span.running)

    def note(row: SessionRow) -> str | None:
        span = span_of(row)
        return span.note if span else None

    return Column(
        relief_header(relief),
        text,
        order,
        quiet=lambda row: order(row) == (-1, -1),
        note=note,
        header_note=relief.measured_by,
        bar=bar,
    )


def _relief_words(span: Span | None) -> str:
    return "" if span is None else span_days(span, Length.CELL) or how_it_ended(span)


def when(session: Session) -> tuple[date, str]:
    """Return what sorts sessions by time; one without a time of day comes before the others of its day."""
    return session.day, session.local_time.isoformat() if session.local_time else ""


def _phase(row: SessionRow) -> tuple[str, int, Any]:
    session = row.session
    return session.phase or "", session.phase_number or 0, when(row.session)


def _dose(row: SessionRow) -> str:
    return "–" if row.session.dose_mg is None else f"{row.session.dose_mg / 100:,.2f}".rstrip("0").rstrip(".")


def _why(row: SessionRow) -> str:
    return "–" if row.session.reason is Reason.NOT_SAID else labels.reason(row.session.reason)


def _pressure(row: SessionRow) -> str:
    peak = row.session.peak_pressure
    return "–" if peak is None else f"{peak[0]}/{peak[1]}"


class SessionsFilter(QWidget):
    """`changed` tells that other sessions pass."""

    changed = Signal()

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self._today = today
        self.search = QLineEdit()
        self.search.addAction(icons.icon("search", "secondary"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.setAccessibleName(_("Find in notes, people"))
        self.search.setPlaceholderText(_("Find in notes, people"))
        self.search.setMinimumWidth(px(216))
        self.search.textChanged.connect(lambda _text: self.changed.emit())
        self._time = Choice(
            _("Time"), [(None, _("All time")), (1, _("Last month")), (3, _("Last 3 months")), (12, _("Last year"))]
        )
        self._phase = Choice(_("Phase"), [(None, _("All phases")), *[(p, labels.phase(p)) for p in Phase]])
        routes = [(route, labels.short_route(route)) for route in Route]
        self._route = Choice(_("Route"), [(None, _("All routes")), *routes])
        self._reason = Choice(_("Reason"), [(None, _("Any reason")), *[(r, labels.reason(r)) for r in Reason]])
        self.count = label("", "secondary")
        self.count.setMinimumHeight(px(36))
        holder = QWidget()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        holder.setSizePolicy(policy)
        row = hbox((holder, 1), gap=8, margins=0, of=self)
        row.addWidget(self.count, 0, Qt.AlignmentFlag.AlignBottom)
        flow = FlowLayout(holder)
        flow.addWidget(self.search)
        for choice in (self._time, self._phase, self._route, self._reason):
            choice.changed.connect(lambda _value: self.changed.emit())
            flow.addWidget(choice)
        self._add_shortcut()

    def _add_shortcut(self) -> None:
        action = QAction(self)
        action.setShortcut(QKeySequence(QKeySequence.StandardKey.Find))
        action.triggered.connect(self.search.setFocus)
        self.addAction(action)

    def passes(self, session: Session) -> bool:
        """Whether a session is among those asked for."""
        months = self._time.value
        if months is not None and session.day < months_before(self._today(), months):
            return False
        wanted = ((self._phase, session.phase), (self._route, session.route), (self._reason, session.reason))
        if any(choice.value not in (None, has) for choice, has in wanted):
            return False
        searched = self.search.text().casefold().split()
        hay = _words_of(session).casefold() if searched else ""
        return all(word in hay for word in searched)

    def clear(self) -> None:
        """Let every session pass."""
        self.search.clear()
        for choice in (self._time, self._phase, self._route, self._reason):
            choice.value = None
        self.changed.emit()


def _words_of(session: Session) -> str:
    texts = (session.notes, session.intention, session.provider, session.taken_home_by)
    return "\n".join((*texts, *labels.side_effects(session), *labels.medicines(session)))
