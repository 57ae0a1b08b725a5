"""Words on a page: labels by role, and running text with the line height of the design."""

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout

from ketatrack.ui.theme.tokens import px
from ketatrack.ui.widgets.boxes import Stretch, vbox

_LINE_HEIGHT = 1.64  # of the font's pixel size: 23 px at 14 px, as in the pictures


def label(text: str, role: str = "body", wrap: bool = False) -> QLabel:
    """Return a label that looks by its role; `wrap` makes running text of it (140 % line height)."""
    paragraph = Paragraph(text) if wrap else QLabel(text)
    paragraph.setProperty("role", role)
    paragraph.setTextFormat(Qt.TextFormat.PlainText)
    return paragraph


def set_role(which: QLabel, role: str) -> None:
    """Give a label another role after it was shown."""
    which.setProperty("role", role)
    which.style().unpolish(which)
    which.style().polish(which)


def centred(which: QLabel) -> QVBoxLayout:
    """Return a layout that keeps running text in the middle of a row; an alignment would cut it off."""
    return vbox(Stretch(), which, Stretch(), margins=0)


class Paragraph(QLabel):
    """Running text: wraps, has the design's line height, and may begin with strong words."""

    def __init__(self, text: str = "", strong: str = "") -> None:
        super().__init__(strong + text)
        self._strong = len(strong)
        self._counted: tuple[object, dict[int, int]] = (None, {})
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_words(self, text: str, strong: str = "") -> None:
        """Show other words; `strong` stand first, in semi-bold."""
        self._strong = len(strong)
        self.setText(strong + text)
        self.updateGeometry()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        margins = self.contentsMargins()
        lines = self._lines(width - margins.left() - margins.right())
        return round(lines * self._line_height()) + margins.top() + margins.bottom()

    def sizeHint(self) -> QSize:
        natural = QFontMetricsF(self._strong_font()).horizontalAdvance(self.text()) + 2
        width = round(min(natural, 80 * self.fontMetrics().averageCharWidth()))
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        metrics = QFontMetricsF(self._strong_font())
        longest = max(
            (metrics.horizontalAdvance(word) for word in self.text().replace("\u200b", " ").split()), default=0.0
        )
        return QSize(round(longest) + 2, round(self._line_height()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        box = self.contentsRect()
        layout, _lines = self._lay_out(box.width())
        layout.draw(painter, box.topLeft())
        painter.end()

    def _line_height(self) -> float:
        return self.font().pixelSize() * _LINE_HEIGHT

    def _strong_font(self) -> QFont:
        strong = QFont(self.font())
        strong.setWeight(QFont.Weight.DemiBold)
        return strong

    def _lines(self, width: int) -> int:
        """How many lines the words take; layouts ask for the same few widths over and over."""
        state = (self.text(), self._strong, self.font().key())
        if self._counted[0] != state:
            self._counted = (state, {})
        counts = self._counted[1]
        if width not in counts:
            counts[width] = self._lay_out(width)[1]
        return counts[width]

    def _lay_out(self, width: int) -> tuple[QTextLayout, int]:
        layout = QTextLayout(self.text().replace("\n", "\u2028"), self.font())
        if self._strong:
            bold = QTextCharFormat()
            bold.setFontWeight(QFont.Weight.DemiBold)
            span = QTextLayout.FormatRange()
            span.start, span.length, span.format = 0, self._strong, bold
            layout.setFormats([span])
        option = layout.textOption()
        option.setAlignment(self.alignment())
        layout.setTextOption(option)
        height, count = self._line_height(), 0
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(1, width))
            line.setPosition(QPointF(0, count * height + (height - line.height()) / 2))
            count += 1
        layout.endLayout()
        return layout, count


class ElidedLabel(QLabel):
    """Quiet words on one line that end in … where there is no room; the tool tip has them all."""

    def __init__(self, role: str = "secondary") -> None:
        super().__init__()
        self.setProperty("role", role)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def minimumSizeHint(self) -> QSize:
        return QSize(px(40), super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        words = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        self.setToolTip(self.text() if words != self.text() else "")
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
        painter.end()
