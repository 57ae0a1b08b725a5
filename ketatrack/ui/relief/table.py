"""The table of the Relief page: each course, how long relief lasted after it, how it ended, and why the next came."""

from typing import Any
from uuid import UUID

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QResizeEvent

from ketatrack.analysis.episodes import Span
from ketatrack.analysis.sentences import Length, how_it_ended, span_days
from ketatrack.charts.base import regimen
from ketatrack.i18n import _
from ketatrack.models import labels
from ketatrack.ui.localised import short_day
from ketatrack.ui.relief.load import ReliefContent
from ketatrack.ui.theme.tokens import px
from ketatrack.ui.widgets.cards import Card
from ketatrack.ui.widgets.labels import label
from ketatrack.ui.widgets.table import QUIET, RELIEF, STRONG, ReliefBar, TableView

Index = QModelIndex | QPersistentModelIndex
MOST_ROWS = 12
WITH_BARS = 820
SESSION, TREATMENT, RELIEF_COLUMN, ENDED, NEXT = range(5)


class Spans(QAbstractTableModel):
    """One row per course, newest first."""

    def __init__(self) -> None:
        super().__init__()
        self._found: ReliefContent | None = None
        self._spans: tuple[Span, ...] = ()
        self._longest = 1

    def show(self, result: ReliefContent) -> None:
        """Show other results."""
        self.beginResetModel()
        self._found, self._spans = result, result.relief.spans[::-1]
        self._longest = max((span.upper or span.lower or 0 for span in self._spans), default=1)
        self.endResetModel()

    def course(self, row: int) -> Span:
        """Return the span of a row."""
        return self._spans[row]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._spans)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else 5

    def headerData(self, column: int, side: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        heads = (_("Session"), _("Treatment"), _("Relief"), _("How it ended"), _("Next session because"))
        return heads[column] if side is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        span, column = self._spans[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words(span, column)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole):
            return span.note
        if role == RELIEF and column == RELIEF_COLUMN and span.lower is not None:
            return ReliefBar(span.lower, span.upper, self._longest, current=span.running)
        if role == STRONG:
            return column == SESSION
        if role == QUIET:
            return column == RELIEF_COLUMN and span.lower is None
        return None

    def _words(self, span: Span, column: int) -> str:
        if column == SESSION:
            return short_day(span.day)
        if column == TREATMENT:
            return self._treatment(span)
        if column == RELIEF_COLUMN:
            return span_days(span, Length.CELL) or "–"
        return how_it_ended(span) if column == ENDED else labels.reason(span.next_reason)

    def _treatment(self, span: Span) -> str:
        assert self._found is not None  # a row exists only after show()
        words = regimen(self._found.treatment(span.session_ids[-1]))
        many = len(span.session_ids)
        return words if many == 1 else _("{regimen}, last of {n}").format(regimen=words, n=many)


class SpansCard(Card):
    """The table on its card. `session_clicked` carries the id of the course's last session."""

    session_clicked = Signal(UUID)

    def __init__(self) -> None:
        super().__init__(padding=16)
        self.model = Spans()
        self.table = TableView(_("Relief after each session"))
        self.table.setModel(self.model)
        self.table.horizontalHeader().setSortIndicatorShown(False)
        self.table.horizontalHeader().setSectionsClickable(False)
        self.table.opened.connect(lambda at: self.session_clicked.emit(self.model.course(at.row()).session_ids[-1]))
        self.body.addWidget(label(_("Relief after each session"), "strong"))
        self.body.addWidget(self.table)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out the bars where the words alone fill the table."""
        super().resizeEvent(event)
        bar = "0" * 10 if self.width() > px(WITH_BARS) else ""
        ends, reasons = _("faded once, not confirmed"), _("Next session because")
        self.table.fit_columns(TREATMENT, ("00 MMM 0000", "", _("000 d or longer") + bar, ends, reasons))

    def show_found(self, result: ReliefContent) -> None:
        """Fill the table; it is as high as its rows, up to a dozen, and scrolls beyond."""
        self.model.show(result)
        rows = min(self.model.rowCount(), MOST_ROWS)
        self.table.setFixedHeight(px(40) + rows * px(38) + px(4))
        self.setVisible(bool(rows))
