"""How strong a passphrase is: four bars, and always a word."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ketatrack.ui.tokens import color, px
from ketatrack.ui.widgets.labels import label


class StrengthMeter(QWidget):
    """Bars, a word such as "Good", and a hint beside it."""

    def __init__(self) -> None:
        super().__init__()
        self._bars = _Bars()
        self._word = label("", "hint")
        self._word.setProperty("role", "strength")
        self._hint = label("", "hint")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(6))
        column.addWidget(self._bars)
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addWidget(self._word)
        row.addWidget(self._hint, 1)
        column.addLayout(row)

    def set_strength(self, bars: int, word: str, hint: str = "") -> None:
        """Fill `bars` of four; the word says the same, the hint what would help."""
        self._bars.filled = bars
        self._bars.update()
        self._word.setText(word)
        self._hint.setText(hint)
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
