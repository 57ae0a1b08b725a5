"""A dot and its range on a line with "same" in the middle: the same ink whichever way it points."""

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ketatrack.ui.fonts import font
from ketatrack.ui.tokens import color, px


class DotRange(QWidget):
    """Shows `value` between `low` and `high`; `ends` are the words at both ends of the line, `middle` at zero."""

    def __init__(self, low: float, value: float, high: float, ends: tuple[str, str], middle: str) -> None:
        super().__init__()
        self._numbers, self._middle = (low, value, high), middle
        self._reach = max(abs(low), abs(high), abs(value), 0.1) * 1.25
        self._ends = tuple(f"{self._reach:.1f} {end}" for end in ends)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{ends[0]} … {middle} … {ends[1]}: {value:.1f} ({low:.1f} – {high:.1f})")

    def sizeHint(self) -> QSize:
        return QSize(px(264), px(44))

    def _x(self, value: float) -> float:
        return self.width() * (0.5 + 0.5 * value / self._reach)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        low, value, high = self._numbers
        y = px(12)
        painter.setPen(QPen(color("secondary"), 1))
        painter.drawLine(QPointF(0, y), QPointF(self.width(), y))
        painter.drawLine(QPointF(self._x(0), y - px(7)), QPointF(self._x(0), y + px(7)))
        painter.setPen(QPen(color("text"), px(3)))
        painter.drawLine(QPointF(self._x(low), y), QPointF(self._x(high), y))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("text"))
        painter.drawEllipse(QPointF(self._x(value), y), px(5), px(5))
        painter.setPen(color("secondary"))
        painter.setFont(font(12))
        box = self.rect().adjusted(0, px(24), 0, 0)
        for words, where in zip(
            (self._ends[0], self._middle, self._ends[1]),
            (Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignHCenter, Qt.AlignmentFlag.AlignRight),
            strict=True,
        ):
            painter.drawText(box, where | Qt.AlignmentFlag.AlignTop, words)
        painter.end()
