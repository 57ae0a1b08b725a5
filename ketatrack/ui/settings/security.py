"""The start of the day, locking after idle minutes, and changing the passphrase."""

from dataclasses import replace
from datetime import time
from typing import Any

from PySide6.QtCore import Signal

from ketatrack.diary import passphrase, reading
from ketatrack.errors import InvalidValue, NotConfirmed
from ketatrack.i18n import _, ngettext
from ketatrack.models.fields import range_of
from ketatrack.models.records import Settings
from ketatrack.ui import jobs
from ketatrack.ui.editor import Editor
from ketatrack.ui.failures import sentence_of
from ketatrack.ui.settings.section import SettingsSection
from ketatrack.ui.theme.tokens import px
from ketatrack.ui.widgets.buttons import secondary
from ketatrack.ui.widgets.cards import Note
from ketatrack.ui.widgets.choices import Choice
from ketatrack.ui.widgets.fields import NumberField, TimeField
from ketatrack.ui.widgets.labels import label
from ketatrack.ui.widgets.passphrase import SecretField, StrengthMeter, strength

MINUTES = (1, 2, 5, 10, 15, 30, 60)


def change_settings(editor: Editor, step: str, **changed: Any) -> bool:
    """Write changed fields of the one Settings record, as a step that can be undone."""
    with editor.diary.read() as connection:
        before = reading.stored_settings(connection)
    try:
        after = replace(before or Settings(), **changed)
    except InvalidValue as error:
        return editor.refuse(str(error))
    return editor.edit(step, [(before, after)])


class DaySection(SettingsSection):
    """The start of the day, and the plan the person has agreed on."""

    def __init__(self, editor: Editor) -> None:
        super().__init__(editor, _("The diary day"))
        self.start = TimeField(_("A day begins at"))
        self.start.changed.connect(self._set_start)
        self.planned = NumberField(_("Sessions planned per 30 days"), range_of(Settings, "planned_sessions"))
        self.planned.changed.connect(
            lambda value: change_settings(editor, _("Change planned sessions"), planned_sessions=value)
        )
        self.add_row(
            _("A day begins at"),
            self.start,
            _("What you write after midnight still belongs to the evening. Entries that are there keep their day."),
        )
        self.add_row(
            _("Sessions planned per 30 days"),
            self.planned,
            _("Your own plan with your clinic; it stands beside the number of sessions. Leave it empty to hide it."),
        )

    def refresh(self) -> None:
        settings = self.editor.settings
        self.start.value = time(*divmod(settings.day_start_minutes, 60))
        self.planned.value = settings.planned_sessions

    def _set_start(self, at: object) -> None:
        if isinstance(at, time):
            minutes = at.hour * 60 + at.minute
            change_settings(self.editor, _("Change the start of the day"), day_start_minutes=minutes)
        self.refresh()


class SecuritySection(SettingsSection):
    """`say` carries what was done."""

    show_message = Signal(str)

    def __init__(self, editor: Editor) -> None:
        super().__init__(editor, _("Lock and passphrase"))
        options: list[tuple[int | None, str]] = [
            (n, ngettext("{n} minute", "{n} minutes", n).format(n=n)) for n in MINUTES
        ]
        self.minutes = Choice(_("Lock after"), [*options, (None, _("never by itself"))])
        self.minutes.changed.connect(
            lambda value: change_settings(editor, _("Change when it locks"), lock_after_minutes=value)
        )
        self.add_row(
            _("Lock after"), self.minutes, _("Without a key or a movement of the mouse. Ctrl+L locks at once.")
        )
        self.body.addSpacing(px(8))
        self.body.addWidget(label(_("Change the passphrase"), "strong"))
        self.body.addWidget(
            label(_("Backups made before keep the old passphrase; keep it with them."), "secondary", wrap=True)
        )
        self.old, self.new, self.again = (
            SecretField(_("Present passphrase")),
            SecretField(_("New passphrase")),
            SecretField(_("The new one again")),
        )
        for field in (self.old, self.new, self.again):
            field.setMaximumWidth(px(342))
            self.add_row(field.accessibleName(), field)
            field.textChanged.connect(self._typed)
        self.meter = StrengthMeter()
        self.meter.setMaximumWidth(px(342 + 196))
        self.body.addWidget(self.meter)
        self.note = Note()
        self.body.addWidget(self.note)
        self.change = secondary(_("Change the passphrase"))
        self.change.clicked.connect(self._change)
        self.add_row("", self.change)
        self._typed()

    def refresh(self) -> None:
        minutes = self.editor.settings.lock_after_minutes
        self.minutes.value = minutes if minutes is None else min(MINUTES, key=lambda offered: abs(offered - minutes))

    def _typed(self) -> None:
        self.meter.set_strength(*strength(self.new.text()))
        self.meter.setVisible(bool(self.new.text()))
        same = self.new.text() == self.again.text()
        self.change.setEnabled(bool(self.old.text() and self.new.text()) and same)
        self.note.set_words("" if same or not self.again.text() else _("The two new passphrases are not the same yet."))

    def _change(self) -> None:
        diary, old, new = self.editor.diary, self.old.text(), self.new.text()
        self.change.setEnabled(False)
        work = lambda: passphrase.change(diary, old, new)  # noqa: E731
        jobs.run(self, work, lambda _none: self._changed(), self._failed, needed=True)

    def _changed(self, words: str = "") -> None:
        for field in (self.old, self.new, self.again):
            field.clear()
        self.show_message.emit(words or _("The passphrase is changed."))

    def _failed(self, error: Exception) -> None:
        if isinstance(error, NotConfirmed):  # it is changed
            self._changed(str(error))
            return
        self.change.setEnabled(True)
        self.note.set_words(sentence_of(error))
