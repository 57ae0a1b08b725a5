"""Blood pressure, pulse and oxygen over time: three moments that are always asked for, and any others."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ketatrack.errors import InvalidValue
from ketatrack.i18n import _
from ketatrack.models import labels, safety
from ketatrack.models.enums import VitalMoment
from ketatrack.models.fields import range_of
from ketatrack.models.records import Vital
from ketatrack.ui.sessions.sections import FormSection
from ketatrack.ui.theme.tokens import px
from ketatrack.ui.widgets.boxes import hbox
from ketatrack.ui.widgets.buttons import quiet
from ketatrack.ui.widgets.cards import Note
from ketatrack.ui.widgets.fields import NumberField, TimeField, ValueField
from ketatrack.ui.widgets.labels import label
from ketatrack.ui.widgets.layout import FormRow, words_between

_PRESETS = (VitalMoment.BEFORE, VitalMoment.FORTY_MINUTES, VitalMoment.BEFORE_LEAVING)
_TIME, _NUMBER, _SLASH = 68, 60, 17


class VitalsOverTime(FormSection):
    """The readings of one session, with the calm note about a high blood pressure below them.

    `noted` carries the note when it begins to say something.
    """

    noted = Signal(QWidget)

    def __init__(self, is_recent: Callable[[Vital], bool]) -> None:
        """`is_recent` tells whether a reading can be of the last 24 hours."""
        super().__init__(_("Vitals over time"))
        self._is_recent = is_recent
        add = quiet(_("Add a reading"), "plus")
        add.clicked.connect(self._add_and_go)
        self.head.addWidget(add)
        self.rows.addWidget(FormRow("", _heads()))
        self._readings: list[VitalRow] = []
        for moment in _PRESETS:
            self._add(moment)
        self.note = Note()
        self.notes.addWidget(self.note)
        self.edited.connect(self.judge)

    def show_fields(self, values: Mapping[str, Any]) -> None:
        """Show the readings of a session; a moment that was read twice gets a second row."""
        for row in self._readings[len(_PRESETS) :]:
            self.rows.removeWidget(row)
            self.error_line.say(row, "")
            row.deleteLater()
        del self._readings[len(_PRESETS) :]
        free = {row.moment: row for row in self._readings}
        for row in self._readings:
            row.show_vital(Vital(moment=row.moment))
        for vital in values.get("vitals", ()):
            (free.pop(vital.moment, None) or self._add(vital.moment)).show_vital(vital)
        self.judge()

    def fields(self) -> dict[str, Any]:
        """Return the readings that hold anything. One that contradicts itself is kept out until it is put right."""
        result = [row.vital() for row in self._readings]
        return {"vitals": tuple(vital for vital in result if vital is not None)}

    def refusal(self) -> tuple["VitalRow", str] | None:
        """Return the first reading that contradicts itself, and why."""
        return next(((row, row.wrong) for row in self._readings if row.wrong), None)

    def _add(self, moment: VitalMoment) -> "VitalRow":
        row = VitalRow(moment)
        for field in row.parts:
            self.watch(field)
        self._readings.append(row)
        self.rows.addWidget(row)
        return row

    def _add_and_go(self) -> None:
        self._add(VitalMoment.OTHER).parts[0].setFocus()

    def judge(self) -> None:
        """Say what clinical advice says of these readings, the most urgent first, and what cannot be right."""
        warnings: list[tuple[bool, str, str]] = []
        for row in self._readings:
            vital = row.vital()
            if vital is not None:
                before, recent = vital.moment is VitalMoment.BEFORE, self._is_recent(vital)
                words = safety.pressure_note(vital.systolic, vital.diastolic, before, recent=recent)
                everyday = safety.pressure_note(vital.systolic, vital.diastolic, before_session=False)
                if words:
                    warnings.append((bool(everyday), f"{vital.systolic or '–'}/{vital.diastolic or '–'}.", words))
            self.error_line.say(row, row.wrong)
        urgent = next((warning for warning in warnings if warning[0]), None)
        _rank, reading, words = urgent or (warnings[0] if warnings else (False, "", ""))
        before_it = self.note.words()
        self.note.set_words(words, reading)
        if words and self.note.words() != before_it:
            self.noted.emit(self.note)


class VitalRow(FormRow):
    """One timed reading."""

    edited = Signal()

    def __init__(self, moment: VitalMoment) -> None:
        words = labels.moment(moment)
        holder = QWidget()
        super().__init__(words, holder)
        self.moment, self.words = moment, words
        self.wrong = ""
        self._time = TimeField(_("{reading}: time").format(reading=words), width=_TIME)
        self._numbers = {name: _number(words, name) for name in ("systolic", "diastolic", "pulse", "spo2")}
        self.parts: list[ValueField] = [self._time, *self._numbers.values()]
        upper, lower, pulse, oxygen = self._numbers.values()
        self._upper, self._lower = upper, lower
        upper.edited.connect(self._split_pressure)
        row = hbox(gap=0, margins=0, of=holder)
        slash = words_between("/")
        slash.setAlignment(Qt.AlignmentFlag.AlignCenter)
        slash.setFixedWidth(px(_SLASH))
        for part, gap in ((self._time, 12), (upper, 0), (slash, 0), (lower, 12), (pulse, 12), (oxygen, 6)):
            row.addWidget(part)
            row.addSpacing(px(gap))
        row.addWidget(words_between("%"))
        row.addStretch(1)

    def _split_pressure(self) -> None:
        """Take "140/92", typed or pasted into the first field, as both numbers."""
        first, slash, second = self._upper.text().partition("/")
        if slash:
            self._upper.setText(first.strip())
            self._upper.commit()
            self._lower.setFocus(Qt.FocusReason.TabFocusReason)
            if second.strip():
                self._lower.setText(second.strip())
                self._lower.commit()

    def show_vital(self, vital: Vital) -> None:
        """Show one reading."""
        self._time.value = vital.local_time
        for name, field in self._numbers.items():
            field.value = getattr(vital, name)
        self.wrong = ""

    def vital(self) -> Vital | None:
        """Return the reading; None while it is empty or contradicts itself (then `wrong` says how)."""
        read = {name: field.peek() for name, field in self._numbers.items()}
        clock = self._time.peek()
        self.wrong = ""
        if clock is None and not any(value is not None for value in read.values()):
            return None
        try:
            return Vital(moment=self.moment, local_time=clock, **read)
        except InvalidValue as refused:
            self.wrong = f"{self.words}: {refused}"
            return None


def _number(row_words: str, name: str) -> NumberField:
    range_ = range_of(Vital, name)
    range_ = replace(range_, label=f"{row_words}: {_(range_.label)}")
    field = NumberField(range_.label, range_, "", "–", _NUMBER)
    field.setAlignment(Qt.AlignmentFlag.AlignRight)
    return field


def _heads() -> QWidget:
    holder = QWidget()
    row = hbox(gap=0, margins=0, of=holder)
    for words, width, gap in (
        (_("Time"), _TIME, 12),
        (_("Blood pressure"), 2 * _NUMBER + _SLASH, 12),
        (_("Pulse"), _NUMBER, 12),
        (_("SpO₂"), _NUMBER, 0),
    ):
        head = label(words, "heading", wrap=True)
        head.setFixedWidth(px(width))
        row.addWidget(head)
        row.addSpacing(px(gap))
    row.addStretch(1)
    return holder
