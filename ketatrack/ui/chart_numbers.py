"""The numbers of a chart as a table, in the chart's place."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from ketatrack.charts.numbers import Numbers
from ketatrack.ui.widgets.table import Table

Index = QModelIndex | QPersistentModelIndex


class NumbersModel(QAbstractTableModel):
    """Shows one chart's numbers as they are."""

    def __init__(self) -> None:
        super().__init__()
        self.numbers = Numbers((), ())

    def show(self, numbers: Numbers) -> None:
        """Show the numbers of another chart."""
        self.beginResetModel()
        self.numbers = numbers
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.numbers.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.numbers.columns)

    def headerData(self, column: int, side: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        asked = side is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return self.numbers.columns[column] if asked else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        return self.numbers.rows[index.row()][index.column()] if role == Qt.ItemDataRole.DisplayRole else None


class NumbersTable(Table):
    """A chart's numbers; rows copy as tab-separated text."""

    def __init__(self) -> None:
        super().__init__("")
        self.shown = NumbersModel()
        self.setModel(self.shown)
        self.horizontalHeader().setSortIndicatorShown(False)
        self.horizontalHeader().setSectionsClickable(False)

    def show_numbers(self, title: str, numbers: Numbers) -> None:
        """Show them under the chart's own title."""
        self.setAccessibleName(title)
        self.shown.show(numbers)
        widest = [self.widest(row[column] for row in numbers.rows) for column in range(len(numbers.columns))]
        self.fit_columns(len(numbers.columns) - 1, widest)
