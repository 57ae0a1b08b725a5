"""Asks for a total that the clinic worked out: which questionnaire, the number, the day, a note."""

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QFormLayout, QWidget

from ketatrack.errors import InvalidValue
from ketatrack.i18n import _
from ketatrack.models.fields import Range
from ketatrack.models.instruments import instrument, instruments
from ketatrack.models.records import Answers
from ketatrack.ui.half_typed import HalfTypedDialog
from ketatrack.ui.localised import parse_number
from ketatrack.ui.theme.tokens import px
from ketatrack.ui.unsaved import stays_here
from ketatrack.ui.widgets.boxes import Stretch, hbox, vbox
from ketatrack.ui.widgets.buttons import primary, secondary
from ketatrack.ui.widgets.choices import Choice
from ketatrack.ui.widgets.fields import DateField, ErrorLine, FieldGroup, TextField
from ketatrack.ui.widgets.labels import Paragraph, label
from ketatrack.ui.widgets.note_field import NoteField


class ClinicTotal(HalfTypedDialog):
    """`entry` is the record once the dialog was accepted."""

    def __init__(self, key: str, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entry: Answers | None = None
        self.save_entry: Callable[[Answers], bool] | None = None  # False where the diary refuses it
        self.setWindowTitle(_("A total from the clinic"))
        self.setAccessibleName(_("A total from the clinic"))
        self.choice = Choice(_("Questionnaire"), [(form.key, form.name) for form in instruments()])
        self.choice.value = key
        self.choice.changed.connect(self._explain)
        self.total = TextField(_("Total"), width=68)
        self.date_field = DateField(_("Date"), today)
        self.date_field.value = today()
        self.note = NoteField(_("Note"), _("A note, if you like"))
        self.hint = label("", "hint")
        self.source = Paragraph()
        self.source.setProperty("role", "secondary")
        self.refusal = ErrorLine()
        self._lay_out()
        self._explain()

    def accept(self) -> None:
        """Take the entry, or say what is wrong with it."""
        try:
            self.entry = self._read()
        except InvalidValue as error:
            self.refusal.say(self.total, str(error))
            self.total.setFocus()
            return
        if self.save_entry is not None and not self.save_entry(self.entry):
            self.refusal.say(self.total, stays_here())
            return
        super().accept()

    def _read(self) -> Answers:
        form = instrument(self.choice.chosen)
        if not self.total.value:
            raise InvalidValue(_("Type in the total that the clinic gave you."))
        if not self.date_field.commit() or self.date_field.value is None:
            raise InvalidValue(self.date_field.refusal or _("Type in the day of this total."))
        limits = Range(_("A {name} total").format(name=form.name), 0, form.maximum)
        total = parse_number(self.total.value, limits)
        return Answers(instrument=form.key, day=self.date_field.value, total=total, note=self.note.value)

    def _explain(self) -> None:
        form = instrument(self.choice.chosen)
        words = _("0 to {n}") if form.items_per_point == 1 else _("0 to {n}, the sum of its answers")
        self.hint.setText(words.format(n=form.maximum))
        self.total.setAccessibleDescription(self.hint.text())
        self.source.setText("" if form.items else form.copyright)
        self.source.setVisible(not form.items)
        self.refusal.say(self.total, "")

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(px(16))
        form.setVerticalSpacing(px(12))
        number = hbox(self.total, self.hint, Stretch())
        form.addRow(_("Questionnaire"), self.choice)
        form.addRow(_("Total"), number)
        form.addRow(_("Date"), self.date_field)
        form.addRow(_("Note"), self.note)
        group = FieldGroup()
        group.body.addLayout(form)
        cancel, save = secondary(_("Cancel")), primary(_("Save total"))
        save.setDefault(True)
        cancel.clicked.connect(self.reject)
        save.clicked.connect(self.accept)
        self.save = save
        foot = hbox(Stretch(), cancel, save, gap=12)
        vbox(
            label(_("A total from the clinic"), "title"),
            self.draft_row,
            self.source,
            group,
            self.refusal,
            foot,
            gap=16,
            margins=(24, 20, 24, 20),
            of=self,
        )
        self.setMinimumWidth(px(460))
        self.total.setFocus()
