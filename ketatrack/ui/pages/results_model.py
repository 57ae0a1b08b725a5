"""The results of one questionnaire as a table, newest first."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ketatrack.i18n import translate
from ketatrack.models.instruments import Instrument
from ketatrack.models.records import Answers
from ketatrack.ui import words
from ketatrack.ui.widgets.table import QUIET, STRONG

Index = QModelIndex | QPersistentModelIndex
DAY, SCORE, BAND, CHANGE, SOURCE, NOTE = range(6)
ROOT = QModelIndex()


def tr(text: str, n: int = -1) -> str:
    """`text` in the person's language."""
    return translate("Scores", text, n)


class ResultsModel(QAbstractTableModel):
    """One row a result; `answers_at` gives the record behind a row."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._form: Instrument | None = None
        self._rows: tuple[Answers, ...] = ()

    def show_results(self, form: Instrument, entries: Sequence[Answers]) -> None:
        """Show these entries, which come oldest first."""
        self.beginResetModel()
        self._form, self._rows = form, tuple(reversed(entries))
        self.endResetModel()

    def answers_at(self, row: int) -> Answers:
        """The record of a row."""
        return self._rows[row]

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else NOTE + 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(section)
        heads = (tr("Date"), tr("Score"), tr("In words"), tr("Change"), tr("How"), tr("Note"))
        return heads[section] if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words(index.row(), index.column())
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(index.column())
        if role == STRONG:
            return index.column() in (DAY, SCORE)
        if role == QUIET:
            return index.column() in (CHANGE, SOURCE, NOTE)
        return None

    def _words(self, row: int, column: int) -> str:
        entry, form = self._rows[row], self._form
        if form is None:
            return ""
        band = form.band(entry.total)
        return {
            DAY: words.short_day(entry.day),
            SCORE: form.words(entry.total),
            BAND: tr(band.name) if band else "",
            CHANGE: self._change(form, row),
            SOURCE: tr("total typed in") if entry.items is None else tr("question by question"),
            NOTE: entry.note.partition("\n")[0],
        }[column]

    def _change(self, form: Instrument, row: int) -> str:
        if row + 1 >= len(self._rows):
            return ""
        difference = self._rows[row].total - self._rows[row + 1].total
        if not difference:
            return tr("the same")
        words = tr("{n} lower") if difference < 0 else tr("{n} higher")
        return words.format(n=form.words(abs(difference)))


def _alignment(column: int) -> Qt.AlignmentFlag:
    return Qt.AlignmentFlag.AlignRight if column == SCORE else Qt.AlignmentFlag.AlignLeft
