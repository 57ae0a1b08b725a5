"""An appointment of the person's own plan: a session or a visit, when, where and with whom."""

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QWidget

from ketatrack.errors import InvalidValue
from ketatrack.i18n import _, pgettext
from ketatrack.models import labels
from ketatrack.models.enums import AppointmentKind
from ketatrack.models.records import Appointment
from ketatrack.ui.editor import Editor
from ketatrack.ui.half_typed import HalfTyped, HalfTypedDialog
from ketatrack.ui.theme.tokens import px
from ketatrack.ui.unsaved import stays_here
from ketatrack.ui.widgets.boxes import Stretch, hbox, vbox
from ketatrack.ui.widgets.buttons import primary, quiet, secondary
from ketatrack.ui.widgets.choices import Segments
from ketatrack.ui.widgets.fields import DateField, FieldGroup, TextField, TimeField
from ketatrack.ui.widgets.labels import label
from ketatrack.ui.widgets.note_field import NoteField


class AppointmentDialog(HalfTypedDialog):
    """Adds an appointment, or changes or deletes one that is there."""

    def __init__(self, editor: Editor, appointment: Appointment | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Appointment"))
        self.setMinimumWidth(px(460))
        self._editor, self._before = editor, appointment
        kinds = [(kind, labels.appointment(kind)) for kind in AppointmentKind]
        self.kind = Segments(_("What it is"), kinds, optional=False)
        self.day, self.time = DateField(_("Date"), editor.today, coming=True), TimeField(_("Time"))
        self.place, self.provider = TextField(_("Place")), TextField(_("With whom"))
        self.note = NoteField(_("Note"))
        self.kind.value = appointment.kind if appointment else AppointmentKind.SESSION
        if appointment is not None:
            self.day.value, self.time.value = appointment.day, appointment.local_time
            self.place.value, self.provider.value = appointment.place, appointment.provider
            self.note.value = appointment.note
        self._missing = label("", "error", wrap=True)
        self._missing.hide()
        fields = {name: getattr(self, name) for name in ("day", "time", "place", "provider", "note")}
        self.offer_again(HalfTyped(editor, f"appointment {appointment.id if appointment else ''}".strip(), fields))
        vbox(
            label(_("Appointment"), "title"),
            self.draft_row,
            self._form(),
            self._missing,
            self._foot(),
            gap=16,
            margins=(24, 20, 24, 20),
            of=self,
        )

    def _form(self) -> QWidget:
        group = FieldGroup()
        form = QFormLayout()
        form.setHorizontalSpacing(px(16))
        form.setVerticalSpacing(px(8))
        when = hbox(self.day, label(pgettext("time of day", "at"), "secondary"), self.time, Stretch(), gap=8)
        form.addRow(label(_("What"), "secondary"), self.kind)
        form.addRow(label(_("Date"), "strong"), when)
        form.addRow(label(_("Place"), "secondary"), self.place)
        form.addRow(label(_("With"), "secondary"), self.provider)
        form.addRow(label(_("Note"), "secondary"), self.note)
        group.body.addLayout(form)
        return group

    def _foot(self) -> QHBoxLayout:
        row = hbox(gap=12)
        if self._before is not None:
            delete = quiet(_("Delete"), "trash")
            delete.clicked.connect(self._delete)
            row.addWidget(delete)
        row.addStretch(1)
        cancel, save = secondary(_("Cancel")), primary(_("Save"))
        cancel.clicked.connect(self.reject)
        save.clicked.connect(self._save)
        save.setDefault(True)
        row.addWidget(cancel)
        row.addWidget(save)
        return row

    def _save(self) -> None:
        fields = (self.day, self.time, self.place, self.provider)
        # Each is asked, so that all that is wrong shows at once.
        taken = [field.commit() for field in fields]
        if not all(taken):
            return
        if self.day.value is None:
            self._missing.setText(_("An appointment needs a date."))
            self._missing.show()
            self.day.setFocus()
            return
        try:
            written = self._entered(self.day.value)
        except InvalidValue as error:
            self._missing.setText(str(error))
            self._missing.show()
            return
        before = self._before
        if self._editor.edit(_("Edit appointment") if before else _("Add appointment"), [(before, written)]):
            self.accept()
            return
        self._missing.setText(stays_here())
        self._missing.show()

    def _entered(self, day: date) -> Appointment:
        """Return what stands in the fields."""
        entered = Appointment(
            kind=self.kind.chosen,
            day=day,
            local_time=self.time.value,
            place=self.place.value,
            provider=self.provider.value,
            note=self.note.value,
        )
        if self._before is None:
            return entered
        return replace(entered, id=self._before.id, utc_offset_minutes=self._before.utc_offset_minutes)

    def _delete(self) -> None:
        if self._editor.edit(_("Delete appointment"), [(self._before, None)]):
            self.accept()
