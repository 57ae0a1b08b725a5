"""One row of the import: a measure or habit of the diary, the column it comes from, and the scale of that column."""

from collections.abc import Sequence
from fractions import Fraction

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ketatrack.i18n import translate
from ketatrack.importing.cells import Scale
from ketatrack.importing.mapping import Column
from ketatrack.models.records import Tracked
from ketatrack.models.tracked import end_words
from ketatrack.models.values import Kind, Range
from ketatrack.ui.widgets.buttons import check_box
from ketatrack.ui.widgets.choice import Choice
from ketatrack.ui.widgets.fields import NumberField
from ketatrack.ui.widgets.labels import label


def tr(text: str, n: int = -1) -> str:
    """`text` in the person's language."""
    return translate("ImportCsv", text, n)


class FieldRow(QObject):
    """Its `parts` stand in the dialog's grid; a rating has a scale, other habits are taken as they are."""

    changed = Signal()

    def __init__(self, tracked: Tracked) -> None:
        super().__init__()
        name = tracked.name
        self._name = label(name)
        self.choice = Choice(tr("Column of {name}").format(name=name), [])
        self._name.setBuddy(self.choice)
        ends = Range(tr("An end of the scale"), -100_000_000, 100_000_000, scale=100)
        self.low = NumberField(
            tr("Lowest value of {name} in the file").format(name=name), ends, placeholder="0", width=68
        )
        self.high = NumberField(
            tr("Highest value of {name} in the file").format(name=name), ends, placeholder="10", width=68
        )
        self.reverse = check_box(tr("turned round"))
        self.reverse.setAccessibleName(tr("{name}: the file's scale runs the other way").format(name=name))
        self._hint = label("", "hint")
        self._rating = tracked.kind is Kind.RATING
        if self._rating:
            self._hint.setText(
                tr("becomes 0 {low} – 10 {high}").format(low=end_words(tracked)[0], high=end_words(tracked)[1])
            )
        elif tracked.kind is not Kind.YES_NO:
            self._hint.setText(tr("in {unit}").format(unit=tracked.unit) if tracked.unit else tr("a count"))
        self.choice.changed.connect(self._chosen)
        self.low.changed.connect(lambda _value: self.changed.emit())
        self.high.changed.connect(lambda _value: self.changed.emit())
        self.reverse.clicked.connect(lambda _on: self.changed.emit())
        self._show_scale()

    def parts(self) -> tuple[QWidget, ...]:
        """What stands in the grid, from left to right."""
        return self._name, self.choice, self.low, self.high, self.reverse, self._hint

    def set_columns(self, columns: Sequence[tuple[object, str]]) -> None:
        """Offer the columns of a file."""
        self.choice.set_options(columns)

    def propose(self, name: str) -> None:
        """Choose a column ("" for none); its scale is for the person to say, not to be guessed from what occurs."""
        self.choice.value = name
        self.low.value = self.high.value = None
        self._show_scale()

    def column(self) -> Column | None:
        """Where this comes from; None where it is not in the file."""
        name = str(self.choice.value or "")
        if not name:
            return None
        low, high = self._ends()
        if not self._rating or (low == 0 and high == 10 and not self.reverse.isChecked()) or low >= high:
            return Column(name)
        return Column(name, Scale(low, high, self.reverse.isChecked()))

    def show_column(self, column: Column | None) -> None:
        """Choose what a saved mapping says."""
        self.choice.value = column.name if column else ""
        scale = column.scale if column else None
        self.low.value = round(scale.low * 100) if scale else None
        self.high.value = round(scale.high * 100) if scale else None
        self.reverse.setChecked(bool(scale and scale.reverse))
        self._show_scale()

    def _ends(self) -> tuple[Fraction, Fraction]:
        low, high = self.low.value, self.high.value
        return Fraction(low or 0, 100), Fraction(1000 if high is None else high, 100)

    def _chosen(self, _name: object) -> None:
        self.low.value = self.high.value = None
        self._show_scale()
        self.changed.emit()

    def _show_scale(self) -> None:
        shown = self._rating and bool(self.choice.value)
        for part in (self.low, self.high, self.reverse):
            part.setEnabled(shown)
