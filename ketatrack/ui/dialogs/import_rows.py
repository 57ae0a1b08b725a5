"""One row of the import: a measure or habit of the diary, the column it comes from, and the scale of that column."""

from collections.abc import Sequence
from fractions import Fraction

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ketatrack.i18n import translate
from ketatrack.importing.cells import Scale, plain_number
from ketatrack.importing.check_ins import Fit
from ketatrack.importing.mapping import Column
from ketatrack.models.records import Tracked
from ketatrack.models.tracked import end_words
from ketatrack.models.values import Kind, Range
from ketatrack.ui.tokens import px
from ketatrack.ui.widgets.buttons import check_box, link
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
        self._tracked = tracked
        self._fit: Fit | None = None
        self._hint = label("", "hint")
        self.ends = (link(""), link(""))
        for place, end in enumerate(self.ends):
            end.clicked.connect(lambda _on=False, place=place: self._take_end(place))
        self._about = QWidget()
        about = QHBoxLayout(self._about)
        about.setContentsMargins(0, 0, 0, 0)
        about.setSpacing(px(8))
        for part in (self._hint, *self.ends):
            about.addWidget(part)
        about.addStretch(1)
        self._rating = tracked.kind is Kind.RATING
        self.choice.changed.connect(self._chosen)
        self.low.changed.connect(lambda _value: self.changed.emit())
        self.high.changed.connect(lambda _value: self.changed.emit())
        self.reverse.clicked.connect(lambda _on: self.changed.emit())
        self._show_scale()

    def parts(self) -> tuple[QWidget, ...]:
        """What stands in the grid, from left to right."""
        return self._name, self.choice, self.low, self.high, self.reverse, self._about

    def set_columns(self, columns: Sequence[tuple[object, str]]) -> None:
        """Offer the columns of a file."""
        self.choice.set_options(columns)

    def show_fit(self, fit: Fit | None) -> None:
        """Say which numbers the column has; where they are off its scale, ask which of its ends is which."""
        self._fit = fit
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
        shown = self._rating and bool(self.choice.value)
        for part in (self.low, self.high, self.reverse):
            part.setEnabled(shown)
        ends = self._ends_to_choose()
        for button, end in zip(self.ends, ends or ("", ""), strict=True):
            button.setText(end)
            button.setAccessibleName(tr("{name}: {end} in the file becomes 0").format(name=self._tracked.name, end=end))
            button.setVisible(bool(end))
        self._hint.setText(self._hint_words(bool(ends)))

    def _ends_to_choose(self) -> tuple[str, str] | None:
        """The column's own lowest and highest number, where they are off its scale and a rating's scale can be said."""
        fit = self._fit
        if not self._rating or fit is None or not fit.is_wrong or fit.low is None or fit.high is None:
            return None
        return None if fit.low == fit.high else (plain_number(fit.low), plain_number(fit.high))

    def _hint_words(self, asks: bool) -> str:
        low, high = end_words(self._tracked)
        seen = self._fit.seen() if self._fit is not None else ""
        if asks:
            return tr("{seen} seen: which end is “{low}”?").format(seen=seen, low=low)
        if self._rating:
            becomes = tr("becomes 0 {low} – 10 {high}").format(low=low, high=high)
        elif self._tracked.kind is Kind.YES_NO:
            return ""
        else:
            becomes = tr("in {unit}").format(unit=self._tracked.unit) if self._tracked.unit else tr("a count")
        return tr("{seen} seen, {becomes}").format(seen=seen, becomes=becomes) if seen else becomes
