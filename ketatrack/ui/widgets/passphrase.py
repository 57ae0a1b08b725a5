"""A field for a passphrase, and how strong one is: four bars, and always a word."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAction, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from ketatrack.i18n import _
from ketatrack.ui.theme.icons import icon
from ketatrack.ui.theme.tokens import color, px
from ketatrack.ui.widgets.boxes import hbox, vbox
from ketatrack.ui.widgets.labels import label

_LONGEST_LOOKED_AT = 100


class SecretField(QLineEdit):
    """A line of text shown as dots until the eye is pressed."""

    def __init__(self, accessible_name: str) -> None:
        super().__init__()
        self.setAccessibleName(accessible_name)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setMinimumHeight(px(36))
        self._eye = QAction(icon("eye", "secondary"), _("Show the passphrase"), self)
        self._eye.setCheckable(True)
        self._eye.toggled.connect(self._show)
        self.addAction(self._eye, QLineEdit.ActionPosition.TrailingPosition)

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(px(342), hint.height())

    def _show(self, on: bool) -> None:
        self.setEchoMode(QLineEdit.EchoMode.Normal if on else QLineEdit.EchoMode.Password)
        self._eye.setIcon(icon("eye-off" if on else "eye", "secondary"))
        self._eye.setText(_("Hide the passphrase") if on else _("Show the passphrase"))


def strength(passphrase: str) -> tuple[int, str, str]:
    """(bars of four, word, hint) for a passphrase; nothing is refused for being weak, it is only said."""
    if not passphrase:
        return 0, "", _("Four unrelated words are a good start.")
    from zxcvbn import zxcvbn

    # The estimate takes quadratic time; what is longer is strong by its length.
    guesses = float(zxcvbn(passphrase[:_LONGEST_LOOKED_AT])["guesses_log10"])
    if guesses < 6:
        return 1, _("Weak"), _("Someone with this file could guess it quickly.")
    if guesses < 10:
        return 2, _("Fair"), _("Another unrelated word would make it good.")
    if guesses < 14:
        return 3, _("Good"), _("One more word would make it very strong.")
    return 4, _("Very strong"), ""


class StrengthMeter(QWidget):
    """Bars, a word such as "Good", and a hint beside it."""

    def __init__(self) -> None:
        super().__init__()
        self._bars = _Bars()
        self._word = label("", "hint")
        self._word.setProperty("role", "strength")
        self._hint = label("", "hint")
        row = hbox(self._word, (self._hint, 1), gap=8)
        vbox(self._bars, row, gap=6, margins=0, of=self)

    def set_strength(self, bars: int, word: str, hint: str = "") -> None:
        """Fill `bars` of four; the word says the same, the hint what would help."""
        self._bars.filled = bars
        self._bars.update()
        self._word.setText(word)
        self._hint.setText(hint)
        self._word.setVisible(bool(word))  # an empty one would push the hint to the right
        self.setAccessibleName(f"{word} {hint}".strip())


class _Bars(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.filled = 0
        self.setFixedHeight(px(6))

    def sizeHint(self) -> QSize:
        return QSize(px(240), px(6))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        gap = px(4)
        width = (self.width() - 3 * gap) / 4
        for index in range(4):
            painter.setBrush(color("accent" if index < self.filled else "groove"))
            painter.drawRoundedRect(QRectF(index * (width + gap), 0, width, self.height()), px(3), px(3))
        painter.end()
