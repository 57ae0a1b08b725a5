"""The person and whom they could call; all of it optional."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QCheckBox, QGridLayout, QPushButton, QWidget

from ketatrack.diary import reading
from ketatrack.errors import InvalidValue
from ketatrack.i18n import _
from ketatrack.models.records import Contact, Profile
from ketatrack.ui.editor import Editor
from ketatrack.ui.settings.section import SettingsSection, clear
from ketatrack.ui.theme.tokens import px
from ketatrack.ui.unsaved import holders
from ketatrack.ui.widgets.buttons import check_box, icon_button, name_icon, secondary
from ketatrack.ui.widgets.fields import DateField, TextField
from ketatrack.ui.widgets.labels import label


class PeopleSection(SettingsSection):
    """Name and birth date, and the contacts behind "Help now"."""

    def __init__(self, editor: Editor) -> None:
        super().__init__(editor, _("You, and whom you could call"), _("All of it is optional."))
        self._profile: Profile | None = None
        self._contacts: tuple[Contact, ...] | None = None
        self._rows: dict[UUID, tuple[TextField, TextField, QCheckBox, QPushButton]] = {}
        self.name = TextField(_("Your name"), _("no entry"), width=220)
        self.name.changed.connect(lambda text: self._set_profile(name=str(text).strip()))
        self.born = DateField(_("Birth date"), editor.today)
        self.born.changed.connect(lambda day: self._set_profile(birth_date=day))
        self.add_row(_("Your name"), self.name)
        self.add_row(_("Birth date"), self.born)
        self.body.addSpacing(px(8))
        self.body.addWidget(label(_("Contacts behind “Help now”"), "strong"))
        self._grid = QGridLayout()
        self._grid.setColumnStretch(4, 1)
        self.body.addLayout(self._grid)
        self.add = secondary(_("Add a contact"), "plus")
        self.add.clicked.connect(self._add)
        self.add_row("", self.add)

    def refresh(self) -> None:
        if holders(self):  # rows that are made anew would lose what could not be saved
            return
        with self.editor.diary.read() as connection:
            self._profile, contacts = reading.profile(connection), reading.contacts(connection)
        profile = self._profile or Profile()
        self.name.value, self.born.value = profile.name, profile.birth_date
        same = self._contacts is not None and [contact.id for contact in self._contacts] == [
            contact.id for contact in contacts
        ]
        self._contacts = contacts
        if not same:
            clear(self._grid)
            self._rows = {}
            for place, contact in enumerate(contacts):
                self.put_row(self._grid, place, self._row(contact))
        # Rows that stay are only updated: whoever is typing in the next field goes on typing.
        for contact in contacts:
            name, phone, team, delete = self._rows[contact.id]
            phone.setAccessibleName(_("Phone of {name}").format(name=contact.name))
            team.setAccessibleName(_("{name} is of the treatment team").format(name=contact.name))
            name_icon(delete, _("Delete {name}").format(name=contact.name))
            name.value, phone.value = contact.name, contact.phone
            team.setChecked(contact.treatment_team)

    def set_narrow(self, narrow: bool) -> None:
        if narrow != self.narrow:
            self._contacts = None
        super().set_narrow(narrow)

    def _row(self, contact: Contact) -> list[QWidget]:
        name = TextField(_("Name of contact"), _("name"), width=220)
        phone = TextField("", _("phone number"), width=180)
        identity = contact.id
        name.changed.connect(lambda text: self._change(identity, name=str(text).strip()))
        phone.changed.connect(lambda text: self._change(identity, phone=str(text).strip()))
        team = check_box(_("treatment team"))
        team.clicked.connect(lambda on: self._change(identity, treatment_team=on))
        delete = icon_button("trash", "", "secondary")
        self._rows[identity] = (name, phone, team, delete)
        delete.clicked.connect(lambda: self.editor.edit(_("Delete contact"), [(self._contact(identity), None)]))
        return [name, phone, team, delete]

    def _set_profile(self, **changed: Any) -> None:
        try:
            after = replace(self._profile or Profile(), **changed)
        except InvalidValue as error:
            self.editor.refuse(str(error))
            return
        self.editor.edit(_("Change profile"), [(self._profile, after)])

    def _contact(self, identity: UUID) -> Contact:
        """Return a contact as the diary holds it now."""
        return next(contact for contact in self._contacts or () if contact.id == identity)

    def _change(self, identity: UUID, **changed: Any) -> None:
        contact = self._contact(identity)
        try:
            self.editor.edit(_("Change contact"), [(contact, replace(contact, **changed))])
        except InvalidValue as error:
            self.editor.refuse(str(error))

    def _add(self) -> None:
        position = max((contact.position for contact in self._contacts or ()), default=-1) + 1
        new = Contact(name=_("New contact"), position=position)
        if self.editor.edit(_("Add contact"), [(None, new)]):
            item = self._grid.itemAtPosition(len(self._contacts or ()) - 1, 0)
            field = item.widget() if item is not None else None
            if isinstance(field, TextField):
                field.setFocus()
                field.selectAll()
