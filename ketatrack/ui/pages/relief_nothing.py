"""The Relief page before there is anything to show: a sketch of what will be here, and how to begin."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from ketatrack.i18n import translate
from ketatrack.ui.tokens import color, px
from ketatrack.ui.widgets.buttons import primary
from ketatrack.ui.widgets.labels import label

_RISES = ((24, 62), (36, 34), (60, 22), (92, 30), (108, 64))
_AGAIN = ((148, 66), (160, 38), (188, 24), (228, 26), (256, 34))


def tr(text: str, n: int = -1) -> str:
    """`text` in the person's language."""
    return translate("ReliefPage", text, n)


class Nothing(QWidget):
    """`log` is the button that begins."""

    def __init__(self) -> None:
        super().__init__()
        self.log = primary(tr("Log a session"), "plus")
        begin = tr(
            "Rate your days under Today and write down your sessions. From the first session on this page shows "
            "what followed it, and how long relief lasted."
        )
        text = label(begin, "secondary", wrap=True)
        text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, px(88), 0, 0)
        column.setSpacing(px(8))
        for widget, below in (
            (Sketch(), 24),
            (label(tr("No relief to show yet"), "title"), 0),
            (text, 20),
            (self.log, 0),
        ):
            row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
            row.addStretch(1)
            row.addWidget(widget, 2 if widget is text else 0)
            row.addStretch(1)
            column.addLayout(row)
            column.addSpacing(px(below))


class Sketch(QWidget):
    """A small journey: two sessions, shaded relief, a line that sinks and rises. Decoration only."""

    def sizeHint(self) -> QSize:
        return QSize(px(280), px(132))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        unit = self.width() / 280
        painter.scale(unit, unit)
        painter.setPen(QPen(color("hairline"), 1))
        painter.setBrush(color("card"))
        painter.drawRoundedRect(QRectF(0.5, 0.5, 279, 131), 12, 12)
        painter.translate(0, 26)
        for start, length in ((24, 76), (148, 108)):
            painter.fillRect(QRectF(start, 0, length, 84), color("soft"))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("mark"))
            painter.drawPolygon(QPolygonF([QPointF(start - 5, -14), QPointF(start + 5, -14), QPointF(start, -5)]))
        painter.setPen(QPen(color("groove"), 1, Qt.PenStyle.DashLine))
        painter.drawLine(16, 44, 264, 44)
        painter.setPen(QPen(color("accent"), 2.4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for line in (_RISES, _AGAIN):
            painter.drawPolyline(QPolygonF([QPointF(x, 84 - y if y > 50 else 84 - y / 2) for x, y in line]))
        painter.end()
