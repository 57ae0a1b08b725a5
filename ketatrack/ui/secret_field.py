"""A field for a passphrase: dots, an eye to look, and nothing of it in the clipboard or an undo history."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit

from ketatrack.i18n import translate
from ketatrack.ui.icons import icon
from ketatrack.ui.tokens import px


def tr(text: str, n: int = -1) -> str:
    """`text` in the person's language."""
    return translate("SecretField", text, n)


class SecretField(QLineEdit):
    """A line of text shown as dots until the eye is pressed."""

    def __init__(self, accessible_name: str) -> None:
        super().__init__()
        self.setAccessibleName(accessible_name)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setMinimumHeight(px(36))
        self._eye = QAction(icon("eye", "secondary"), tr("Show the passphrase"), self)
        self._eye.setCheckable(True)
        self._eye.toggled.connect(self._show)
        self.addAction(self._eye, QLineEdit.ActionPosition.TrailingPosition)

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(px(342), hint.height())

    def _show(self, on: bool) -> None:
        self.setEchoMode(QLineEdit.EchoMode.Normal if on else QLineEdit.EchoMode.Password)
        self._eye.setIcon(icon("eye-off" if on else "eye", "secondary"))
        self._eye.setText(tr("Hide the passphrase") if on else tr("Show the passphrase"))
