"""The Sessions page before the first session: a sketch of what will stand here, and two ways to begin."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ketatrack.i18n import translate
from ketatrack.ui.tokens import color, px
from ketatrack.ui.widgets.buttons import primary, secondary
from ketatrack.ui.widgets.labels import label


def tr(text: str, n: int = -1) -> str:
    """`text` in the person's language."""
    return translate("Sessions", text, n)


class NoSessions(QWidget):
    """Asks to log a session or to bring in older notes."""

    log = Signal()
    bring_in = Signal()

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, px(100), 0, px(24))
        column.setSpacing(0)
        column.addLayout(_centred(Sketch()))
        column.addSpacing(px(28))
        column.addLayout(_centred(label(tr("No sessions yet"), "title")))
        column.addSpacing(px(4))
        words = label(
            tr(
                "Each session you write down becomes one row here: when it was, how you took it, and how long relief "
                "lasted afterwards. A date and a route are enough to begin."
            ),
            "secondary",
            wrap=True,
        )
        words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        words.setMaximumWidth(px(450))
        words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        column.addLayout(_centred(words, 100))
        column.addSpacing(px(30))
        self.log_button, self.bring_button = (
            primary(tr("Log a session"), "plus"),
            secondary(tr("Bring in older notes…")),
        )
        self.log_button.clicked.connect(self.log)
        self.bring_button.clicked.connect(self.bring_in)
        buttons = QHBoxLayout()
        buttons.setSpacing(px(12))
        buttons.addStretch(1)
        buttons.addWidget(self.log_button)
        buttons.addWidget(self.bring_button)
        buttons.addStretch(1)
        column.addLayout(buttons)
        column.addSpacing(px(20))
        column.addLayout(_centred(label(tr("Ctrl+N logs a session from any page."), "hint")))
        column.addStretch(1)


class Sketch(QWidget):
    """Three rows as they will look: a session mark, words, and how long relief lasted."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(QSize(px(280), px(132)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(color("hairline"), 1))
        painter.setBrush(color("card"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), px(12), px(12))
        painter.scale(px(100) / 100, px(100) / 100)
        for row, (days, open_end) in enumerate(((80, True), (52, False), (66, False))):
            self._paint_row(painter, 30 + 36 * row, days, open_end)
            if row < 2:
                painter.fillRect(QRectF(16, 47.5 + 36 * row, 248, 1), color("hairline"))
        painter.end()

    def _paint_row(self, painter: QPainter, y: float, days: float, open_end: bool) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("mark"))
        painter.drawPolygon(QPolygonF([QPointF(19.5, y - 4), QPointF(28.5, y - 4), QPointF(24, y + 4)]))
        painter.setBrush(color("groove"))
        painter.drawRoundedRect(QRectF(44, y - 3, 52, 6), 3, 3)
        painter.drawRoundedRect(QRectF(112, y - 3, 36, 6), 3, 3)
        painter.fillRect(QRectF(168, y - 3.5, days, 7), color("ramp3"))
        if open_end:
            for stroke in range(3):
                painter.fillRect(QRectF(168 + days + 2 + 4 * stroke, y - 3.5, 2, 7), color("ramp3"))


def _centred(widget: QWidget, share: int = 0) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addStretch(1)
    row.addWidget(widget, share)
    row.addStretch(1)
    return row
