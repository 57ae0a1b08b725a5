"""The logo: a rounded square with a falling curve, the shape of relief."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from ketatrack.ui.tokens import color, px, theme


class Logo(QWidget):
    """The logo at `size` design pixels."""

    def __init__(self, size: float = 22) -> None:
        super().__init__()
        self.setFixedSize(QSize(px(size), px(size)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_logo(painter, QRectF(self.rect()))
        painter.end()


def paint_logo(painter: QPainter, box: QRectF) -> None:
    """Draw the logo into `box` in the colours of the theme."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    unit = box.width() / 22
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color("accent"))
    painter.drawRoundedRect(box, 5.5 * unit, 5.5 * unit)
    curve = QPainterPath(QPointF(4.6, 7.2))
    curve.cubicTo(QPointF(10.6, 7.2), QPointF(10, 15), QPointF(17.4, 15))
    painter.translate(box.topLeft())
    painter.scale(unit, unit)
    pen = QPen(color("window" if theme().is_dark else "on_fill"), 2)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(curve)
    painter.restore()


def window_icon() -> QIcon:
    """The logo as the icon of windows and the task bar."""
    made = QIcon()
    for side in (16, 32, 64, 128):
        drawing = QPixmap(side, side)
        drawing.fill(Qt.GlobalColor.transparent)
        painter = QPainter(drawing)
        paint_logo(painter, QRectF(0, 0, side, side))
        painter.end()
        made.addPixmap(drawing)
    return made
