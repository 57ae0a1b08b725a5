"""The parts of the import dialog: a row for each measure or habit, a sample of the file, what would come in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from ketatrack.formats.foreign.check_ins import Fit, Plan, Skipped
from ketatrack.formats.foreign.mapping import SAMPLE_ROWS, SourceColumn
from ketatrack.formats.foreign.reader import CsvText, Scale, find_out, lines, plain_number
from ketatrack.formats.plan import Bad, Merge, read_in_words
from ketatrack.i18n import _, ngettext
from ketatrack.models.enums import Kind
from ketatrack.models.fields import KIND_RANGES, Range
from ketatrack.models.records import Answers, CheckIn, Session, Tracked
from ketatrack.models.tracked import end_words
from ketatrack.ui import localised
from ketatrack.ui.theme.tokens import px
from ketatrack.ui.widgets.boxes import Stretch, hbox, vbox
from ketatrack.ui.widgets.buttons import CheckBox, check_box, link
from ketatrack.ui.widgets.choices import Choice
from ketatrack.ui.widgets.fields import NumberField
from ketatrack.ui.widgets.labels import label
from ketatrack.ui.widgets.layout import FlowLayout
from ketatrack.ui.widgets.table import Column, ColumnModel, TableView

_ROWS, _REASONS = 50, 500


@dataclass(frozen=True, slots=True)
class Sample:
    """The beginning of a file: how it is written, its columns, and its first rows."""

    text: CsvText
    names: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def cells(self, name: str) -> list[str]:
        """Return the first cells of one column."""
        place = self.names.index(name)
        return [row[place] for row in self.rows if len(row) > place]


def sample(path: Path) -> Sample:
    """Look at the beginning of a file; ImportRefused where it is no table."""
    text = find_out(path)
    head, *rows = islice(lines(path, text), SAMPLE_ROWS)
    return Sample(text, tuple(name.strip() for name in head.cells), tuple(row.cells for row in rows))


class TablesBeside(QWidget):
    """One box for each other table, none of them ticked; hidden where there is none."""

    chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.boxes: dict[Path, CheckBox] = {}
        self._holder = QWidget()
        self._flow = FlowLayout(self._holder)
        vbox(
            label(_("Other tables of KetaTrack lie in the same folder. Bring these in too?"), "strong"),
            self._holder,
            gap=4,
            margins=0,
            of=self,
        )
        self.hide()

    def show_files(self, files: Iterable[Path]) -> None:
        """Ask for these files; those of an earlier question go."""
        for box in self.boxes.values():
            self._flow.removeWidget(box)
            box.deleteLater()
        self.boxes = {file: CheckBox(file.name) for file in files}
        for box in self.boxes.values():
            box.clicked.connect(self.chosen)
            self._flow.addWidget(box)
        self.setVisible(bool(self.boxes))

    def files(self) -> tuple[Path, ...]:
        """Those that are wanted."""
        return tuple(path for path, box in self.boxes.items() if box.isChecked())


class ImportPreview(QWidget):
    """A sentence that counts, then two lists."""

    def __init__(self, tracked: Sequence[Tracked]) -> None:
        super().__init__()
        self._tracked = tracked
        self.account = label("", "strong", wrap=True)
        self.table = TableView(_("The first check-ins that would come in"))
        self._model = ColumnModel[CheckIn](self)
        self.table.setModel(self._model)
        self.skipped = QPlainTextEdit()
        self.skipped.setReadOnly(True)
        self.skipped.setAccessibleName(_("Rows that are left out, with the reason"))
        self.skipped.setTabChangesFocus(True)
        self.skipped.setMaximumWidth(px(320))
        row = hbox((self.table, 2), (self.skipped, 1), gap=12)
        vbox(self.account, (row, 1), gap=8, margins=0, of=self)

    def say(self, sentence: str) -> None:
        """Show a sentence and no rows."""
        self.account.setText(sentence)
        self.table.hide()
        self.skipped.hide()

    def show_plan(self, plan: Plan | Merge) -> None:
        """Show what would come in."""
        entries = [record for _unused, record in plan.pairs if isinstance(record, CheckIn)]
        days = [record.day for _unused, record in plan.pairs if isinstance(record, CheckIn | Session | Answers)]
        period = f" {localised.short_day(min(days))} – {localised.short_day(max(days))}." if days else ""
        self.account.setText(
            _("{read}: {imported} new, {duplicates} here already or twice in the file, {skipped} left out.").format(
                read=read_in_words(plan.unit, plan.read - plan.defaults),
                imported=f"{plan.imported:,}",
                duplicates=f"{plan.duplicates - plan.defaults:,}",
                skipped=f"{len(plan.skipped):,}",
            )
            + period
        )
        self._fill(entries)
        self.table.setVisible(bool(entries))
        lines = [_reason(row) for row in plan.skipped[:_REASONS]]
        if len(plan.skipped) > _REASONS:
            left = len(plan.skipped) - _REASONS
            lines.append(ngettext("… and {n} more", "… and {n} more", left).format(n=left))
        self.skipped.setPlainText("\n".join(lines))
        self.skipped.setVisible(bool(lines))

    def _fill(self, entries: Sequence[CheckIn]) -> None:
        used_ids = {value.tracked_id for entry in entries for value in entry.values}
        tracked = [item for item in self._tracked if item.id in used_ids]
        columns: list[Column[CheckIn]] = [
            Column(_("Day"), lambda entry: localised.short_day(entry.day)),
            Column(_("Time"), lambda entry: localised.clock(entry.local_time) if entry.local_time else "–"),
            *(_value_column(item) for item in tracked),
            Column(_("Note"), lambda entry: " ".join(entry.note.split())[:60]),
        ]
        self._model.show(columns, entries[:_ROWS])
        widest = ["28 Nov 2026", "00:00", *("0" * max(4, len(item.name)) for item in tracked), _("Note")]
        self.table.fit_columns(len(widest) - 1, widest)


def _value_column(item: Tracked) -> Column[CheckIn]:
    def words(entry: CheckIn) -> str:
        value = entry.value(item.id)
        return "–" if value is None else KIND_RANGES[item.kind].words(value)

    return Column(item.name, words)


def _reason(row: Skipped | Bad) -> str:
    if isinstance(row, Bad):
        return _("{file}, line {n}: {why}").format(file=row.file, n=row.line, why=row.reason)
    return _("Line {n}: {why}").format(n=row.line, why=row.reason)


class FieldRow(QObject):
    """Its `parts` stand in the dialog's grid; a rating has a scale, other habits are taken as they are."""

    changed = Signal()

    def __init__(self, tracked: Tracked) -> None:
        super().__init__()
        name = tracked.name
        self._name = label(name)
        self.choice: Choice[str] = Choice(_("Column of {name}").format(name=name), [])
        self._name.setBuddy(self.choice)
        ends = Range(_("An end of the scale"), -100_000_000, 100_000_000, scale=100)
        self.low = NumberField(
            _("Lowest value of {name} in the file").format(name=name), ends, placeholder="0", width=68
        )
        self.high = NumberField(
            _("Highest value of {name} in the file").format(name=name), ends, placeholder="10", width=68
        )
        self.reverse = check_box(_("turned round"))
        self.reverse.setAccessibleName(_("{name}: the file's scale runs the other way").format(name=name))
        self._tracked = tracked
        self._fit: Fit | None = None
        self._hint = label("", "hint")
        self.ends = (link(""), link(""))
        for place, end in enumerate(self.ends):
            end.clicked.connect(lambda _on=False, place=place: self._take_end(place))
        self._about = QWidget()
        hbox(self._hint, *self.ends, Stretch(), gap=8, margins=0, of=self._about)
        self._rating = tracked.kind is Kind.RATING
        self.choice.changed.connect(self._chosen)
        self.low.changed.connect(lambda _value: self.changed.emit())
        self.high.changed.connect(lambda _value: self.changed.emit())
        self.reverse.clicked.connect(lambda _on: self.changed.emit())
        self._show_scale()

    def parts(self) -> tuple[QWidget, ...]:
        """Return what stands in the grid, from left to right."""
        return self._name, self.choice, self.low, self.high, self.reverse, self._about

    def set_columns(self, columns: Sequence[tuple[str, str]]) -> None:
        """Offer the columns of a file."""
        self.choice.set_options(columns)

    def show_fit(self, fit: Fit | None) -> None:
        """Say which numbers the column has; where they are off its scale, ask which of its ends is which."""
        self._fit = fit
        self._show_scale()

    def column(self) -> SourceColumn | None:
        """Where this comes from; None where it is not in the file."""
        name = self.choice.value or ""
        if not name:
            return None
        low, high = self._ends()
        if not self._rating or (low == 0 and high == 10 and not self.reverse.isChecked()) or low >= high:
            return SourceColumn(name)
        return SourceColumn(name, Scale(low, high, self.reverse.isChecked()))

    def show_column(self, column: SourceColumn | None) -> None:
        """Choose what a saved mapping says."""
        self.choice.value = column.name if column else ""
        self._fit = None
        scale = column.scale if column else None
        self.low.value = round(scale.low * 100) if scale else None
        self.high.value = round(scale.high * 100) if scale else None
        self.reverse.setChecked(bool(scale and scale.reverse))
        self._show_scale()

    def _ends(self) -> tuple[Fraction, Fraction]:
        low, high = self.low.value, self.high.value
        return Fraction(low or 0, 100), Fraction(1000 if high is None else high, 100)

    def _chosen(self, _name: object) -> None:
        self.low.value = self.high.value = self._fit = None
        self._show_scale()
        self.changed.emit()

    def _take_end(self, place: int) -> None:
        """Take the column's own ends for its scale; the one at `place` is what becomes 0."""
        if self._fit is not None and self._fit.low is not None and self._fit.high is not None:
            self.low.value, self.high.value = round(self._fit.low * 100), round(self._fit.high * 100)
            self.reverse.setChecked(place == 1)
            self._fit = None
            self._show_scale()
            self.changed.emit()

    def _show_scale(self) -> None:
        visible = self._rating and bool(self.choice.value)
        for part in (self.low, self.high, self.reverse):
            part.setEnabled(visible)
        ends = self._ends_to_choose()
        for button, end in zip(self.ends, ends or ("", ""), strict=True):
            button.setText(end)
            button.setAccessibleName(_("{name}: {end} in the file becomes 0").format(name=self._tracked.name, end=end))
            button.setVisible(bool(end))
        self._hint.setText(self._hint_words(bool(ends)))

    def _ends_to_choose(self) -> tuple[str, str] | None:
        """Return the column's own lowest and highest number, where they are off its scale and a scale can be said."""
        fit = self._fit
        if not self._rating or fit is None or not fit.is_wrong or fit.low is None or fit.high is None:
            return None
        return None if fit.low == fit.high else (plain_number(fit.low), plain_number(fit.high))

    def _hint_words(self, asks: bool) -> str:
        low, high = end_words(self._tracked)
        seen = self._fit.seen() if self._fit is not None else ""
        if asks:
            return _("{seen} seen: which end is “{low}”?").format(seen=seen, low=low)
        if self._rating:
            becomes = _("becomes 0 {low} – 10 {high}").format(low=low, high=high)
        elif self._tracked.kind is Kind.YES_NO:
            return ""
        else:
            becomes = _("in {unit}").format(unit=self._tracked.unit) if self._tracked.unit else _("a count")
        return _("{seen} seen, {becomes}").format(seen=seen, becomes=becomes) if seen else becomes
