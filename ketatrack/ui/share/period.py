"""Which days are shared: since the last visit, so many months, everything, or two days of the person's choice."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ketatrack.i18n import translate
from ketatrack.models import labels
from ketatrack.models.records import SharingChoices
from ketatrack.models.values import Period
from ketatrack.ui.tokens import px
from ketatrack.ui.widgets.choice import Choice
from ketatrack.ui.widgets.fields import DateField, FieldGroup
from ketatrack.ui.widgets.labels import label


def tr(text: str, n: int = -1) -> str:
    """`text` in the person's language."""
    return translate("Share", text, n)


class PeriodChoice(QWidget):
    """`changed` carries (period, first day, last day); the days are None where the period says them itself."""

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._today = date.today()
        self.choice = Choice(tr("Period"), [(each, labels.period(each)) for each in Period])
        self.first = DateField(tr("First day"), lambda: self._today)
        self.last = DateField(tr("Last day"), lambda: self._today)
        self._own = FieldGroup()
        days = QHBoxLayout()
        days.addWidget(self.first)
        days.addWidget(label("–", "secondary"))
        days.addWidget(self.last)
        days.addStretch(1)
        self._own.body.addLayout(days)
        row = QHBoxLayout()
        name = label(tr("Period"), "strong")
        name.setBuddy(self.choice)
        row.addWidget(name)
        row.addStretch(1)
        row.addWidget(self.choice)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        column.addLayout(row)
        column.addWidget(self._own)
        self.choice.changed.connect(self._chosen)
        for field in (self.first, self.last):
            field.changed.connect(self._days_changed)

    def show_choices(self, choices: SharingChoices, today: date) -> None:
        """Show what is chosen; `today` is what words like "yesterday" mean."""
        self._today = today
        self.choice.value = choices.period
        self._own.setVisible(choices.period is Period.OWN)
        if choices.period is Period.OWN:
            self.first.value, self.last.value = choices.from_day, choices.to_day

    def _chosen(self, period: object) -> None:
        self._own.setVisible(period is Period.OWN)
        if period is Period.OWN:
            self.first.setFocus()
        self._emit()

    def _days_changed(self) -> None:
        first, last = self.first.value, self.last.value
        if first and last and first > last:
            self._own.error_line.say(self.first, tr("The first day comes after the last one; change one of them."))
            return
        self._own.error_line.say(self.first, "")
        self._emit()

    def _emit(self) -> None:
        own = self.choice.value is Period.OWN
        days = (self.first.value, self.last.value) if own else (None, None)
        if not (own and days[0] and days[1] and days[0] > days[1]):
            self.changed.emit((self.choice.value, *days))
