"""Locking after idle minutes, and changing the passphrase."""

from PySide6.QtCore import Signal

from ketatrack.diary import passphrase
from ketatrack.errors import KetaTrackError
from ketatrack.i18n import translate
from ketatrack.ui import jobs
from ketatrack.ui.editor import Editor
from ketatrack.ui.passphrase_strength import strength
from ketatrack.ui.secret_field import SecretField
from ketatrack.ui.settings.day import change_settings
from ketatrack.ui.settings.section import Section
from ketatrack.ui.tokens import px
from ketatrack.ui.widgets.buttons import secondary
from ketatrack.ui.widgets.card import Note
from ketatrack.ui.widgets.choice import Choice
from ketatrack.ui.widgets.labels import label
from ketatrack.ui.widgets.strength import StrengthMeter

MINUTES = (1, 2, 5, 10, 15, 30, 60)


def tr(text: str, n: int = -1) -> str:
    """`text` in the person's language."""
    return translate("Settings", text, n)


class SecuritySection(Section):
    """`say` carries what was done."""

    say = Signal(str)

    def __init__(self, editor: Editor) -> None:
        super().__init__(editor, tr("Lock and passphrase"))
        options: list[tuple[object, str]] = [(n, tr("{n} minutes").format(n=n)) for n in MINUTES]
        options[0] = (1, tr("1 minute"))
        self.minutes = Choice(tr("Lock after"), [*options, (None, tr("never by itself"))])
        self.minutes.changed.connect(
            lambda value: change_settings(editor, tr("Change when it locks"), lock_after_minutes=value)
        )
        self.add_row(
            tr("Lock after"), self.minutes, tr("Without a key or a movement of the mouse. Ctrl+L locks at once.")
        )
        self.body.addSpacing(px(8))
        self.body.addWidget(label(tr("Change the passphrase"), "strong"))
        self.body.addWidget(
            label(tr("Backups made before keep the old passphrase; keep it with them."), "secondary", wrap=True)
        )
        self.old, self.new, self.again = (
            SecretField(tr("Present passphrase")),
            SecretField(tr("New passphrase")),
            SecretField(tr("The new one again")),
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
        self.change = secondary(tr("Change the passphrase"))
        self.change.clicked.connect(self._change)
        self.add_row("", self.change)
        self._typed()

    def refresh(self) -> None:
        kept = self.editor.settings.lock_after_minutes
        self.minutes.value = kept if kept is None else min(MINUTES, key=lambda each: abs(each - kept))

    def _typed(self) -> None:
        self.meter.set_strength(*strength(self.new.text()))
        self.meter.setVisible(bool(self.new.text()))
        same = self.new.text() == self.again.text()
        self.change.setEnabled(bool(self.old.text() and self.new.text()) and same)
        self.note.set_words(
            "" if same or not self.again.text() else tr("The two new passphrases are not the same yet.")
        )

    def _change(self) -> None:
        diary, old, new = self.editor.diary, self.old.text(), self.new.text()
        self.change.setEnabled(False)
        jobs.run(self, lambda: passphrase.change(diary, old, new), lambda _none: self._changed(), self._failed)

    def _changed(self) -> None:
        for field in (self.old, self.new, self.again):
            field.clear()
        self.say.emit(tr("The passphrase is changed."))

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, KetaTrackError):
            raise error
        self.note.set_words(str(error))
        self.change.setEnabled(True)
