"""The rows of the Sessions table with relief once it is known, and the line above it that filters them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QWidget

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
from ketatrack.ui.widgets.choices import Choice
from ketatrack.ui.widgets.labels import label
from ketatrack.ui.widgets.layout import FlowLayout
from ketatrack.ui.widgets.table import QUIET, RELIEF, STRONG, ReliefBar

SERIES_GAP = timedelta(days=30)
Index = QModelIndex | QPersistentModelIndex
_RIGHT = Qt.AlignmentFlag.AlignRight
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


@dataclass(frozen=True, slots=True)
class SessionColumn:
    """One column: its head, the words of a cell, and what it sorts by (else by its words)."""

    head: str
    words: Callable[[SessionRow], str]
    order: Callable[[SessionRow], Any] | None = None
    right: bool = False
    quiet: bool = False


def columns() -> tuple[SessionColumn, ...]:
    """All columns but relief's words, which the model knows."""
    return (
        SessionColumn(_("Date"), lambda row: localised.short_day(row.session.day), _when),
        SessionColumn(_("Phase"), lambda row: row.phase, _phase),
        SessionColumn(_("Route"), lambda row: labels.short_route(row.session.route)),
        SessionColumn(_("Drug"), lambda row: labels.drug(row.session.drug), quiet=True),
        SessionColumn(_("Dose, mg"), _dose, lambda row: row.session.dose_mg or 0, right=True),
        SessionColumn(_("Why this session"), _why),
        SessionColumn(_("Relief"), lambda row: ""),
        SessionColumn(_("Peak BP"), _pressure, lambda row: row.session.peak_pressure or (0, 0), right=True),
    )


class SessionsModel(QAbstractTableModel):
    """Shows rows; `show` replaces them, `show_relief` fills in what relief was."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.columns = columns()
        self.rows: list[SessionRow] = []
        self._relief: ReliefBySession | None = None
        self._order = (0, Qt.SortOrder.DescendingOrder)

    def show(self, rows: Sequence[SessionRow]) -> None:
        """Show these rows in the order that was chosen last."""
        self.beginResetModel()
        self.rows = list(rows)
        self._sort()
        self.endResetModel()

    def show_relief(self, relief: ReliefBySession) -> None:
        """Fill in relief."""
        self._relief = relief
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, RELIEF_COLUMN, RELIEF_COLUMN)
        if self._order[0] == RELIEF_COLUMN:
            self.show(self.rows)
        elif self.rows:
            self.dataChanged.emit(self.index(0, RELIEF_COLUMN), self.index(len(self.rows) - 1, RELIEF_COLUMN))

    def relief_head(self) -> str:
        """Return the head of the relief column, with the measure once it is known."""
        return _("Relief ({measure})").format(measure=self._relief.measure) if self._relief else _("Relief")

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.relief_head() if section == RELIEF_COLUMN else self.columns[section].head
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole):
            return self._relief.measured_by if self._relief and section == RELIEF_COLUMN else None
        return _RIGHT if role == Qt.ItemDataRole.TextAlignmentRole and self.columns[section].right else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row, column = self.rows[index.row()], self.columns[index.column()]
        if index.column() == RELIEF_COLUMN:
            return self._relief_data(row, role)
        if role == Qt.ItemDataRole.DisplayRole:
            return column.words(row)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if column.right else None
        if role == STRONG:
            return index.column() == 0
        return column.quiet if role == QUIET else None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._order = (column, order)
        self.layoutAboutToBeChanged.emit()
        before = list(self.rows)
        self._sort()
        moved = {id(row): at for at, row in enumerate(self.rows)}
        for index in self.persistentIndexList():
            self.changePersistentIndex(index, self.index(moved[id(before[index.row()])], index.column()))
        self.layoutChanged.emit()

    def _sort(self) -> None:
        column, order = self._order
        down = order == Qt.SortOrder.DescendingOrder
        self.rows.sort(key=_when, reverse=True)  # within equals the newest first
        own = self.columns[column]
        key = self._relief_order if column == RELIEF_COLUMN else own.order or own.words
        self.rows.sort(key=key, reverse=down)

    def _span(self, row: SessionRow) -> Span | None:
        return self._relief.spans.get(row.session.id) if self._relief else None

    def _relief_order(self, row: SessionRow) -> tuple[int, int]:
        span = self._span(row)
        return (-1, -1) if span is None or span.lower is None else (span.lower, span.upper or span.lower)

    def _relief_data(self, row: SessionRow, role: int) -> Any:
        span = self._span(row)
        in_course = self._relief is not None and row.session.id in self._relief.in_course
        if role == Qt.ItemDataRole.DisplayRole:
            return _("part of the course") if in_course else _relief_words(span)
        if role == Qt.ItemDataRole.ToolTipRole:
            return span.note if span else None
        if role == QUIET:
            return span is None or span.lower is None
        if role == RELIEF and self._relief and span and span.lower is not None:
            open_end = span.upper is None
            return ReliefBar(
                span.lower, None if open_end else span.upper, self._relief.longest, open_end and span.running
            )
        return None


def _relief_words(span: Span | None) -> str:
    return "" if span is None else span_days(span, Length.CELL) or how_it_ended(span)


def _when(row: SessionRow) -> tuple[Any, Any]:
    clock = row.session.local_time
    return row.session.day, clock.isoformat() if clock else ""


def _phase(row: SessionRow) -> tuple[str, int, Any]:
    session = row.session
    return session.phase or "", session.phase_number or 0, _when(row)


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
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(8))
        holder = QWidget()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        holder.setSizePolicy(policy)
        row.addWidget(holder, 1)
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
