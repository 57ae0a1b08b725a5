"""The lines below a group of fields that say what could not be taken, and that the old value stands."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ketatrack.ui.tokens import px
from ketatrack.ui.widgets.card import Icon
from ketatrack.ui.widgets.labels import label


class ErrorLine(QWidget):
    """Shows what each of its fields refused, one line each; hidden while there is none."""

    def __init__(self) -> None:
        super().__init__()
        self._said: dict[QWidget, str] = {}
        self._words = label("", "error")
        self._words.setWordWrap(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(6))
        row.addWidget(Icon("info", "error", 16), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)
        self.hide()

    def say(self, field: QWidget, refusal: str) -> None:
        """What `field` refused; empty when it no longer does."""
        if refusal:
            self._said[field] = refusal
        else:
            self._said.pop(field, None)
        said = "\n".join(self._said.values())
        self._words.setText(said)
        self.setAccessibleName(said)
        self.setVisible(bool(said))
