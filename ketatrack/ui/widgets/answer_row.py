"""One answer of a questionnaire: a key cap with its number, the words, and a tick when it is chosen."""

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QRadioButton, QSizePolicy

from ketatrack.ui import icons
from ketatrack.ui.fonts import font
from ketatrack.ui.tokens import color, px


class AnswerRow(QRadioButton):
    """An answer with its score; the whole row can be clicked."""

    def __init__(self, score: int, text: str) -> None:
        super().__init__(text)
        self.score, self.words = score, text
        self.setAccessibleName(f"{score}: {text}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        words = self.fontMetrics().horizontalAdvance(self.text())
        return QSize(px(48) + words + px(44), max(px(42), self.fontMetrics().height() + px(12)))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = self.isChecked()
        ground = "soft" if chosen else "hover" if self.underMouse() else "field"
        painter.setPen(QPen(color("accent" if chosen else "control"), 1))
        painter.setBrush(color(ground))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), px(8), px(8))
        self._paint_cap(painter, chosen)
        painter.setFont(font(14))
        painter.setPen(color("text"))
        words = self.rect().adjusted(px(48), 0, -px(44), 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())
        if chosen:
            side = px(18)
            tick = QRectF(self.width() - px(34), (self.height() - side) / 2, side, side)
            icons.paint(painter, "check", tick, "accent")
        painter.end()

    def _paint_cap(self, painter: QPainter, chosen: bool) -> None:
        side = px(22)
        cap = QRectF(px(12) + 0.5, (self.height() - side) / 2 + 0.5, side - 1, side - 1)
        painter.setPen(QPen(color("fill" if chosen else "control"), 1))
        painter.setBrush(color("fill" if chosen else "field"))
        painter.drawRoundedRect(cap, px(5), px(5))
        painter.setFont(font(12, 600))
        painter.setPen(color("on_fill" if chosen else "secondary"))
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, str(self.score))


class AnswerCap(AnswerRow):
    """An answer on a scale of numbers: the number alone; its words are read out and stand in the tool tip."""

    def __init__(self, score: int, text: str) -> None:
        super().__init__(score, text)
        self.setToolTip("" if text == str(score) else text)
        self.setAccessibleName(str(score) if text == str(score) else f"{score}: {text}")

    def sizeHint(self) -> QSize:
        return QSize(px(44), max(px(42), self.fontMetrics().height() + px(12)))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(32), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = self.isChecked()
        ground = "fill" if chosen else "hover" if self.underMouse() else "field"
        painter.setPen(QPen(color("fill" if chosen else "control"), 1))
        painter.setBrush(color(ground))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), px(8), px(8))
        painter.setFont(font(14, 600))
        painter.setPen(color("on_fill" if chosen else "text"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, str(self.score))
        painter.end()
