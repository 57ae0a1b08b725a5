"""The rows of the Sessions table: one per session, sorted by any head, with relief once it is known."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ketatrack.analysis.episodes import Span
from ketatrack.analysis.relief_words import Length, how_it_ended, span_days
from ketatrack.i18n import translate
from ketatrack.models import labels
from ketatrack.models.records import Session
from ketatrack.models.values import Reason
from ketatrack.ui import words
from ketatrack.ui.pages.sessions_job import ReliefBySession
from ketatrack.ui.widgets.table import QUIET, RELIEF, STRONG, ReliefBar

Index = QModelIndex | QPersistentModelIndex
_RIGHT = Qt.AlignmentFlag.AlignRight


def tr(text: str, n: int = -1) -> str:
    """`text` in the person's language."""
    return translate("Sessions", text, n)


@dataclass(frozen=True, slots=True)
class Row:
    """One session with the words for its phase."""

    session: Session
    phase: str


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its head, the words of a cell, and what it sorts by (else by its words)."""

    head: str
    words: Callable[[Row], str]
    order: Callable[[Row], Any] | None = None
    right: bool = False
    quiet: bool = False


def columns() -> tuple[Column, ...]:
    """All columns but relief's words, which the model knows."""
    return (
        Column(tr("Date"), lambda row: words.short_day(row.session.day), _when),
        Column(tr("Phase"), lambda row: row.phase, _phase),
        Column(tr("Route"), lambda row: labels.short_route(row.session.route)),
        Column(tr("Drug"), lambda row: labels.drug(row.session.drug), quiet=True),
        Column(tr("Dose, mg"), _dose, lambda row: row.session.dose_mg or 0, right=True),
        Column(tr("Why this session"), _why),
        Column(tr("Relief"), lambda row: ""),
        Column(tr("Peak BP"), _pressure, lambda row: row.session.peak_pressure or (0, 0), right=True),
    )


DATE_COLUMN, PHASE_COLUMN, ROUTE_COLUMN, DRUG_COLUMN, DOSE_COLUMN, WHY_COLUMN, RELIEF_COLUMN, PRESSURE_COLUMN = range(8)


class SessionsModel(QAbstractTableModel):
    """Shows rows; `show` replaces them, `show_relief` fills in what relief was."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.columns = columns()
        self.rows: list[Row] = []
        self._relief: ReliefBySession | None = None
        self._order = (0, Qt.SortOrder.DescendingOrder)

    def show(self, rows: Sequence[Row]) -> None:
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
        """The head of the relief column, with the measure once it is known."""
        return tr("Relief ({measure})").format(measure=self._relief.measure) if self._relief else tr("Relief")

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

    def _span(self, row: Row) -> Span | None:
        return self._relief.spans.get(row.session.id) if self._relief else None

    def _relief_order(self, row: Row) -> tuple[int, int]:
        span = self._span(row)
        return (-1, -1) if span is None or span.lower is None else (span.lower, span.upper or span.lower)

    def _relief_data(self, row: Row, role: int) -> Any:
        span = self._span(row)
        in_course = self._relief is not None and row.session.id in self._relief.in_course
        if role == Qt.ItemDataRole.DisplayRole:
            return tr("part of the course") if in_course else _relief_words(span)
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


def _when(row: Row) -> tuple[Any, Any]:
    clock = row.session.local_time
    return row.session.day, clock.isoformat() if clock else ""


def _phase(row: Row) -> tuple[str, int, Any]:
    session = row.session
    return session.phase or "", session.phase_number or 0, _when(row)


def _dose(row: Row) -> str:
    return "–" if row.session.dose_mg is None else f"{row.session.dose_mg / 100:,.2f}".rstrip("0").rstrip(".")


def _why(row: Row) -> str:
    return "–" if row.session.reason is Reason.NOT_SAID else labels.reason(row.session.reason)


def _pressure(row: Row) -> str:
    peak = row.session.peak_pressure
    return "–" if peak is None else f"{peak[0]}/{peak[1]}"
