"""A table on a card: painted head, rows of 38 px with a hairline below each, and relief bars in cells.

Rows copy as tab-separated text; Enter or a double-click opens one.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QGuiApplication, QKeyEvent, QKeySequence, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from ketatrack.i18n import _
from ketatrack.ui.theme import icons
from ketatrack.ui.theme.fonts import font
from ketatrack.ui.theme.tokens import color, px

Index = QModelIndex | QPersistentModelIndex
RELIEF = Qt.ItemDataRole.UserRole + 1  # a ReliefBar
STRONG = Qt.ItemDataRole.UserRole + 2  # True: semi-bold words
QUIET = Qt.ItemDataRole.UserRole + 3  # True: secondary words
NOTE_ROLES = (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole)
ROOT = QModelIndex()
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class ReliefBar:
    """How long relief lasted, in days: surely to `lower`, somewhere up to `upper` (None: not ended yet)."""

    lower: float
    upper: float | None
    longest: float
    current: bool = False


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """One column: its header, and what a row shows in it.

    `order` is what rows are sorted by, else it is their text; `note` says more about a cell,
    when it is pointed at or read aloud.
    """

    header: str
    text: Callable[[Row], str]
    order: Callable[[Row], Any] | None = None
    right: bool = False
    strong: bool = False
    quiet: Callable[[Row], bool] | bool = False
    note: Callable[[Row], str | None] | None = None
    header_note: str | None = None
    bar: Callable[[Row], ReliefBar | None] | None = None


CELLS: dict[int, Callable[[Column[Any], Any], object]] = {
    Qt.ItemDataRole.DisplayRole: lambda column, row: column.text(row),
    Qt.ItemDataRole.TextAlignmentRole: lambda column, _row: Qt.AlignmentFlag.AlignRight if column.right else None,
    STRONG: lambda column, _row: column.strong,
    QUIET: lambda column, row: column.quiet(row) if callable(column.quiet) else column.quiet,
    RELIEF: lambda column, row: column.bar(row) if column.bar else None,
    **dict.fromkeys(NOTE_ROLES, lambda column, row: column.note(row) if column.note else None),
}
"""What a cell shows by role; a cell shows nothing in any other."""


class ColumnModel(QAbstractTableModel, Generic[Row]):
    """Shows any rows by their columns, in the order of the column whose header was clicked.

    A QSortFilterProxyModel asks Python twice for each comparison: 0.1 s for the sessions of ten years.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns: tuple[Column[Row], ...] = ()
        self.rows: tuple[Row, ...] = ()
        self._unsorted: tuple[Row, ...] = ()
        self._order: tuple[int, Qt.SortOrder] | None = None

    def show(self, columns: Iterable[Column[Row]], rows: Iterable[Row]) -> None:
        """Show these rows in these columns; rows that sort as equal keep the order in which they come."""
        self.beginResetModel()
        self.columns, self._unsorted = tuple(columns), tuple(rows)
        self.rows = self._sorted()
        self.endResetModel()

    def show_columns(self, columns: Iterable[Column[Row]]) -> None:
        """Show the same rows by as many other columns; what is chosen stays chosen."""
        self.columns = tuple(columns)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)
        self._sort_again()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._order = (column, order)
        self._sort_again()

    def _sort_again(self) -> None:
        self.layoutAboutToBeChanged.emit()
        before, self.rows = self.rows, self._sorted()
        place = {id(row): n for n, row in enumerate(self.rows)}
        for index in self.persistentIndexList():
            self.changePersistentIndex(index, self.index(place[id(before[index.row()])], index.column()))
        self.layoutChanged.emit()

    def _sorted(self) -> tuple[Row, ...]:
        if self._order is None:
            return self._unsorted
        column, order = self.columns[self._order[0]], self._order[1]
        return tuple(
            sorted(self._unsorted, key=column.order or column.text, reverse=order is Qt.SortOrder.DescendingOrder)
        )

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal or section >= len(self.columns):
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.header
        if role in NOTE_ROLES:
            return column.header_note
        return Qt.AlignmentFlag.AlignRight if role == Qt.ItemDataRole.TextAlignmentRole and column.right else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        show = CELLS.get(role)
        return show(self.columns[index.column()], self.rows[index.row()]) if show else None


class TableView(QTableView):
    """Shows a model; `opened` carries the row's index in it."""

    opened = Signal(QModelIndex)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setProperty("ring", "inside")
        self.setProperty("ring_radius", 5)
        self.setHorizontalHeader(Head(self))
        self.setItemDelegate(Cell(self))
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(px(20))
        self.verticalHeader().setDefaultSectionSize(px(38))
        self.viewport().setAutoFillBackground(False)
        self.doubleClicked.connect(self.opened)
        self._stretch = 0
        self._widest: list[str] = []
        self._more: dict[int, int] = {}

    def setModel(self, model: QAbstractItemModel | None) -> None:
        super().setModel(model)
        self.horizontalHeader().setSortIndicatorShown(True)
        self.horizontalHeader().sortIndicatorChanged.connect(lambda *_: self.share_width())

    def fit_columns(self, stretch: int, widest: Sequence[str]) -> None:
        """Column widths from measured text: `widest` has each column's longest words; `stretch` takes the rest.

        Where there is no room for all, the table scrolls sideways; no column is squeezed.
        """
        self._stretch = stretch
        self._widest = list(widest)
        self._more.clear()
        self.share_width()

    def set_least_width(self, column: int, width: int) -> None:
        """Give what one column shows at least `width` pixels."""
        self._more[column] = width
        self.share_width()

    def share_width(self) -> None:
        """Share the room among the columns that are visible."""
        visible = [column for column in range(len(self._widest)) if not self.isColumnHidden(column)]
        least = {column: self._least(column) for column in visible}
        left = self.viewport().width() - sum(least.values())
        taker = self._stretch if self._stretch in visible else (visible or [0])[-1]
        for column in visible:
            self.setColumnWidth(column, least[column] + (max(0, left) if column == taker else 0))

    def _least(self, column: int) -> int:
        """Return what the longest words need, or the head with its arrow."""
        head = str(self.model().headerData(column, Qt.Orientation.Horizontal) or "")
        arrow = px(18) if self.horizontalHeader().sortIndicatorSection() == column else 0
        needed = QFontMetrics(font(12, 600)).horizontalAdvance(head) + arrow
        return max(needed, self.words_width(self._widest[column]), self._more.get(column, 0)) + 2 * px(8) + 1

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.share_width()

    def widest(self, many: Iterable[str]) -> str:
        """Return the words that need most room in a cell."""
        return max(many, key=self.words_width, default="")

    def words_width(self, words: str) -> int:
        """How wide `words` are in a cell, in pixels."""
        return QFontMetrics(font(14, 500, tabular=True)).horizontalAdvance(words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def copy(self) -> None:
        """Put the chosen rows on the clipboard."""
        QGuiApplication.clipboard().setText(self.selected_text())

    def selected_text(self) -> str:
        """Return the chosen rows with their heads, tab-separated, as spreadsheets take them."""
        model = self.model()
        columns = range(model.columnCount())
        heads = [_clean(model.headerData(c, Qt.Orientation.Horizontal)) for c in columns]
        rows = sorted({index.row() for index in self.selectionModel().selectedRows()})
        lines = [[_clean(model.index(row, c).data()) for c in columns] for row in rows]
        return "\n".join("\t".join(cells) for cells in [heads, *lines])


class Head(QHeaderView):
    """Column heads, painted by hand: the style sheet and the header quarrel over font, alignment and arrow."""

    def __init__(self, table: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, table)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(px(24))
        self.setFixedHeight(px(40))
        self.viewport().setAutoFillBackground(False)

    def paintSection(self, painter: QPainter, rect: QRect, column: int) -> None:
        sorted_by = self.isSortIndicatorShown() and self.sortIndicatorSection() == column
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font(12, 600 if sorted_by else 500))
        painter.setPen(color("text" if sorted_by else "secondary"))
        words = str(self.model().headerData(column, Qt.Orientation.Horizontal) or "")
        flags = _alignment(
            self.model().headerData(column, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole)
        )
        box = rect.adjusted(px(8), 0, -px(8), 0)
        arrow = px(14)
        width = painter.fontMetrics().horizontalAdvance(words)
        right = bool(flags & Qt.AlignmentFlag.AlignRight)
        if sorted_by and right:
            box.setRight(box.right() - arrow)
        painter.drawText(box, flags, words)
        if sorted_by:
            up = self.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder
            x = box.right() + px(2) if right else box.left() + width + px(4)
            where = QRectF(x, rect.center().y() - arrow / 2 + 1, arrow, arrow)
            icons.paint(painter, "chevron-up" if up else "chevron-down", where, "text")
        painter.setPen(QPen(color("hairline"), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.restore()

    def sectionSizeFromContents(self, column: int) -> QSize:
        return QSize(super().sectionSizeFromContents(column).width(), px(40))


class Cell(QStyledItemDelegate):
    """A cell: words by weight and tone, tabular figures, and a relief bar behind its words where there is one."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        box: QRect = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if chosen:
            painter.fillRect(box, color("soft"))
        weight = 500 if index.data(STRONG) else 400
        painter.setFont(font(14, weight, tabular=True))
        painter.setPen(color("secondary" if index.data(QUIET) and not chosen else "text"))
        inner = box.adjusted(px(8), 0, -px(8), 0)
        bar = index.data(RELIEF)
        flags = _alignment(index.data(Qt.ItemDataRole.TextAlignmentRole))
        words = str(index.data() or "")
        if isinstance(bar, ReliefBar):
            flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            start = painter.fontMetrics().horizontalAdvance(_("part of the course") + " ")
            _paint_bar(painter, QRectF(inner).adjusted(start, 0, 0, 0), bar, chosen)
        elided = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, flags, elided)
        painter.setPen(QPen(color("hairline"), 1))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        width = super().sizeHint(option, index).width()
        return QSize(width, px(38))


def _paint_bar(painter: QPainter, room: QRectF, bar: ReliefBar, chosen: bool) -> None:
    """Solid while relief is known, pale where it ended somewhere, three strokes where it has not ended."""
    full = min(room.width() - px(12), px(64))
    if full < px(16):
        return
    height, y = px(8), room.center().y() - px(8) / 2
    unit = full / max(bar.longest, 1)
    solid = color("accent" if bar.current else "ramp5")
    pale = color("ramp4" if chosen else "ramp3")
    lower = max(bar.lower * unit, 2.0)
    painter.fillRect(QRectF(room.x(), y, lower, height), solid)
    if bar.upper is not None:
        painter.fillRect(QRectF(room.x() + lower, y, max((bar.upper - bar.lower) * unit, 2.0), height), pale)
        return
    for stroke in range(3):
        x = room.x() + lower + px(2) + stroke * px(4)
        painter.fillRect(QRectF(x, y, px(2), height), solid)


def _alignment(flags: object) -> Qt.AlignmentFlag:
    chosen = flags if isinstance(flags, Qt.AlignmentFlag) else Qt.AlignmentFlag.AlignLeft
    return chosen | Qt.AlignmentFlag.AlignVCenter


def _clean(words: object) -> str:
    return " ".join(str(words if words is not None else "").split())
