"""What was typed and could not be saved stays where it was typed, is tried again, and is asked about before it goes.

A widget that holds such words has `unsaved` set, tries again in `commit`, and gives them out in `unsaved_words`.
"""

from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QWidget

from ketatrack.diary import crypto
from ketatrack.diary.crypto import Key
from ketatrack.errors import InvalidValue
from ketatrack.i18n import _
from ketatrack.ui.widgets.buttons import secondary
from ketatrack.ui.widgets.choices import Choice
from ketatrack.ui.widgets.fields import LineField
from ketatrack.ui.widgets.labels import label
from ketatrack.ui.widgets.note_field import NoteField
from ketatrack.ui.widgets.passphrase import SecretField
from ketatrack.ui.widgets.question import Question

_AGAIN_MS = 3_000


def holders(root: QWidget) -> list[Any]:
    """Return the widgets at and below `root` that hold words which could not be saved."""
    return [widget for widget in (root, *root.findChildren(QWidget)) if getattr(widget, "unsaved", False) is True]


def commit_all(root: QWidget) -> list[Any]:
    """Save what is still being typed anywhere below `root`, and return who could not; those are tried again too."""
    for widget in (root, *root.findChildren(QWidget)):
        commit = getattr(widget, "commit", None)
        if commit is not None:
            commit()
    return holders(root)


def words_of(widgets: list[Any]) -> str:
    """Return all that could not be saved, as text to be copied out."""
    return "\n\n".join(dict.fromkeys(words for widget in widgets if (words := widget.unsaved_words())))


def stays_here() -> str:
    """Return what a dialog says whose own button could not save it."""
    return _("Not saved yet: the diary refuses it at the moment. What you typed stays here.")


def typed_in(root: QWidget) -> str:
    """Return what the fields and choices below `root` show, a line each, as a person reads it."""
    lines = []
    for field in root.findChildren(QWidget):
        if isinstance(field, NoteField):
            words = field.value
        elif isinstance(field, LineField):
            words = field.text()
        elif isinstance(field, Choice):
            words = field.currentText()
        else:
            continue
        if words:
            lines.append(f"{field.accessibleName()}: {words}")
    return "\n".join(lines)


class TryingAgain(QObject):
    """Tries again every few seconds while anything below `root` could not be saved; `saved` once all of it is."""

    saved = Signal()

    def __init__(self, root: QWidget) -> None:
        super().__init__(root)
        self._root = root
        self.trying = False
        self._timer = QTimer(self, interval=_AGAIN_MS)
        self._timer.timeout.connect(self.try_again)

    def start(self) -> None:
        """Begin to try again."""
        if not self._timer.isActive():
            self._timer.start()

    def try_again(self) -> None:
        """Try now."""
        had, self.trying = bool(holders(self._root)), True
        try:
            for holder in holders(self._root):
                holder.commit()
        finally:
            self.trying = False
        if not holders(self._root):
            self._timer.stop()
            if had:
                self.saved.emit()


class UnsavedQuestion(Question):
    """Asked before a lock or a close: go back to the words, or lose them; they can be copied out.

    With `key` somebody may have come to an unattended computer: the way back needs the passphrase, and nothing is
    copied.
    """

    # How it ends: back to the words; it has become superfluous; the words may go.
    GO_BACK, SAVED, LOSE = QDialog.DialogCode.Accepted, 2, 3

    def __init__(self, parent: QWidget, widgets: list[Any], lose: str, key: Key | None = None) -> None:
        words = _("What you typed could not be saved. It is tried again while you wait.")
        super().__init__(parent, _("Not saved yet"), words, _("Go back"), lose)
        self._key = key
        self.no.clicked.disconnect()
        self.no.clicked.connect(lambda: self.done(self.LOSE))
        if key is None:
            self.copy = secondary(_("Copy the words"), "copy")
            self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(words_of(widgets)))
            self.body.addWidget(self.copy)
        else:
            self.passphrase = SecretField(_("Passphrase"))
            self.refusal = label("", "error", wrap=True)
            self.body.addWidget(label(_("To go back, type your passphrase."), "secondary"))
            self.body.addWidget(self.passphrase)
            self.body.addWidget(self.refusal)

    def reject(self) -> None:
        """Go back with Esc too, but not from an unattended computer."""
        if self._key is None:
            super().reject()

    def accept(self) -> None:
        """Go back; from an unattended computer with the passphrase only."""
        if self._key is None or self._is_passphrase(self._key):
            super().accept()
        else:
            self.refusal.setText(_("That is not the passphrase. Check capitals and the keyboard."))

    def _is_passphrase(self, key: Key) -> bool:
        try:
            return crypto.derive(self.passphrase.text(), key.salt) == key
        except InvalidValue:  # nothing that can be a passphrase, as an empty field
            return False
