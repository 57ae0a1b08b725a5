"""What an import would bring: the account of all rows, the first check-ins, and what is left out and why."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from ketatrack.i18n import translate
from ketatrack.importing.check_ins import Plan, Skipped
from ketatrack.importing.merging import Bad, Merge
from ketatrack.models.records import Answers, CheckIn, Session, Tracked
from ketatrack.models.values import KIND_RANGES
from ketatrack.ui import words
from ketatrack.ui.tokens import px
from ketatrack.ui.widgets.labels import label
from ketatrack.ui.widgets.table import Table

_ROWS, _REASONS = 50, 500


def tr(text: str, n: int = -1) -> str:
    """`text` in the person's language."""
    return translate("ImportCsv", text, n)


class ImportPreview(QWidget):
    """A sentence that counts, then two lists."""

    def __init__(self, tracked: Sequence[Tracked]) -> None:
        super().__init__()
        self._tracked = tracked
        self.account = label("", "strong", wrap=True)
        self.table = Table(tr("The first check-ins that would come in"))
        self._model = QStandardItemModel(self)
        self.table.setModel(self._model)
        self.skipped = QPlainTextEdit()
        self.skipped.setReadOnly(True)
        self.skipped.setAccessibleName(tr("Rows that are left out, with the reason"))
        self.skipped.setTabChangesFocus(True)
        self.skipped.setMaximumWidth(px(320))
        row = QHBoxLayout()
        row.setSpacing(px(12))
        row.addWidget(self.table, 2)
        row.addWidget(self.skipped, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        column.addWidget(self.account)
        column.addLayout(row, 1)

    def say(self, sentence: str) -> None:
        """Show a sentence and no rows."""
        self.account.setText(sentence)
        self.table.hide()
        self.skipped.hide()

    def show_plan(self, made: Plan | Merge) -> None:
        """Show what would come in."""
        entries = [record for _, record in made.pairs if isinstance(record, CheckIn)]
        days = [record.day for _, record in made.pairs if isinstance(record, CheckIn | Session | Answers)]
        period = f" {words.short_day(min(days))} – {words.short_day(max(days))}." if days else ""
        self.account.setText(
            tr(
                "{read} {unit} read: {imported} new, {duplicates} here already or twice in the file, "
                "{skipped} left out."
            ).format(
                read=f"{made.read - made.defaults:,}",
                unit=tr("entries") if isinstance(made, Merge) else tr("rows"),
                imported=f"{made.imported:,}",
                duplicates=f"{made.duplicates - made.defaults:,}",
                skipped=f"{len(made.skipped):,}",
            )
            + period
        )
        self._fill(entries)
        self.table.setVisible(bool(entries))
        lines = [_left_out(row) for row in made.skipped[:_REASONS]]
        if len(made.skipped) > _REASONS:
            lines.append(tr("… and {n} more").format(n=len(made.skipped) - _REASONS))
        self.skipped.setPlainText("\n".join(lines))
        self.skipped.setVisible(bool(lines))

    def _fill(self, entries: Sequence[CheckIn]) -> None:
        held = {value.tracked_id for entry in entries for value in entry.values}
        columns = [each for each in self._tracked if each.id in held]
        self._model.clear()
        self._model.setHorizontalHeaderLabels([tr("Day"), tr("Time"), *(each.name for each in columns), tr("Note")])
        for entry in entries[:_ROWS]:
            cells = [words.short_day(entry.day), words.clock(entry.local_time) if entry.local_time else "–"]
            for each in columns:
                value = entry.value(each.id)
                cells.append("–" if value is None else KIND_RANGES[each.kind].words(value))
            cells.append(" ".join(entry.note.split())[:60])
            self._model.appendRow([_cell(text) for text in cells])
        widest = ["28 Nov 2026", "00:00", *("0" * max(4, len(each.name)) for each in columns), tr("Note")]
        self.table.fit_columns(len(widest) - 1, widest)


def _left_out(row: Skipped | Bad) -> str:
    if isinstance(row, Bad):
        return tr("{file}, line {n}: {why}").format(file=row.file, n=row.line, why=row.reason)
    return tr("Line {n}: {why}").format(n=row.line, why=row.reason)


def _cell(text: str) -> QStandardItem:
    item = QStandardItem(text)
    item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
    return item
