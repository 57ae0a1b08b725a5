"""A field for a longer text: grows with its words, saves while one types, and keeps its own undo while it has one."""

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy

from ketatrack.i18n import _
from ketatrack.ui.theme.tokens import px
from ketatrack.ui.widgets.fields import undo_belongs_to_window
from ketatrack.ui.widgets.refusals import watching

SAVED_WITHIN_MS = 800


class NoteField(QPlainTextEdit):
    """The person's own words over several lines; `changed` comes at most 0.8 s after a key and on leaving.

    Where each `changed` becomes a step of the window's undo (`steps_kept`), the field forgets its own: Ctrl+Z then
    takes back what was typed since the last pause, not all of it.
    """

    changed = Signal(object)
    edited = Signal()

    def __init__(
        self,
        accessible_name: str,
        placeholder: str = "",
        lines: int = 2,
        most_lines: int = 12,
        steps_kept: bool = False,
    ) -> None:
        super().__init__()
        self._steps_kept = steps_kept
        self.setAccessibleName(accessible_name)
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self._lines, self._most_lines = lines, most_lines
        self._value, self._setting, self.unsaved = "", False, False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(SAVED_WITHIN_MS)
        self._pause.timeout.connect(self._take)
        self.textChanged.connect(self._typed)

    @property
    def value(self) -> str:
        """All that is written."""
        return self.toPlainText().replace("\x00", "")  # pasted from a binary file; it cannot be stored

    @value.setter
    def value(self, new: str) -> None:
        self._value = new
        if self.unsaved:  # what could not be saved stays where it was typed
            return
        if new != self.toPlainText():
            self._setting = True
            self.setPlainText(new)
            self._setting = False

    @property
    def typing(self) -> bool:
        """Whether something was typed that `changed` has not told yet."""
        return self._pause.isActive()

    def commit(self) -> bool:
        """Take what is typed now, without waiting for the pause; always possible."""
        self._take()
        return True

    def sizeHint(self) -> QSize:
        line = self.fontMetrics().lineSpacing()
        needed = int(self.document().size().height())  # a plain text document counts its height in lines
        line_count = max(self._lines, min(self._most_lines, needed))
        return QSize(px(240), line_count * line + px(24))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(120), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.updateGeometry()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._take()

    def event(self, event: QEvent) -> bool:
        document = self.document()
        if undo_belongs_to_window(event, document.isUndoAvailable(), document.isRedoAvailable()):
            return True
        return super().event(event)

    def unsaved_words(self) -> str:
        """Return the words, where they could not be saved."""
        return self.value

    def _typed(self) -> None:
        self.updateGeometry()
        if not self._setting:
            self.edited.emit()
            # Never wound up again: somebody who types without a pause is saved as often as anybody else.
            if not self._pause.isActive():
                self._pause.start()

    def _take(self) -> None:
        self._pause.stop()
        if self.value == self._value and not self.unsaved:
            return
        before, self._value = self._value, self.value
        if self._steps_kept:
            self.document().clearUndoRedoStacks()
        typed, self.unsaved = self.toPlainText(), False
        with watching() as refused:
            self.changed.emit(self._value)
        if refused():
            self._value = before
            if self.toPlainText() != typed:
                self._setting = True
                self.setPlainText(typed)
                self._setting = False
        self._show_unsaved(refused())

    def _show_unsaved(self, refusal: str) -> None:
        self.unsaved = bool(refusal)
        self.setProperty("state", "error" if refusal else "")
        self.style().unpolish(self)
        self.style().polish(self)
        self.setAccessibleDescription(_("Not saved yet. {reason}").format(reason=refusal) if refusal else "")
        self.setToolTip(self.accessibleDescription())
