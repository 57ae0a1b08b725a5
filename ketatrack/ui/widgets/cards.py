"""Sheets of paper on the page: cards, calm notes and the line between two groups."""

from PySide6.QtCore import QEvent, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ketatrack.ui.theme import icons
from ketatrack.ui.theme.tokens import px
from ketatrack.ui.widgets.boxes import Stretch, hbox, vbox
from ketatrack.ui.widgets.labels import Paragraph


class Card(QFrame):
    """A white sheet with a hairline around it; `tone` "notice" is the calm ground of the safety card."""

    def __init__(self, tone: str = "card", padding: int = 24) -> None:
        super().__init__()
        self.setProperty("tone", tone)
        self.body = vbox(gap=8, of=self)
        self.set_padding(padding)

    def set_padding(self, padding: int) -> None:
        """Set the space between edge and content, in design pixels on every side."""
        self.body.setContentsMargins(px(padding), px(padding), px(padding), px(padding))


class Note(QFrame):
    """A calm note below the group it is about; shown for as long as its reason holds; it cannot be closed."""

    def __init__(self, text: str = "", strong: str = "") -> None:
        super().__init__()
        self.setProperty("tone", "note")
        column = vbox(Icon("info", "mark", 18), Stretch(), margins=(0, 3, 0, 0))
        self._words = Paragraph()
        hbox(column, (self._words, 1), gap=12, margins=(16, 8, 16, 8), of=self)
        self.set_words(text, strong)

    def set_words(self, text: str, strong: str = "") -> None:
        """Show `text` after the strong words; a note without any words is not shown."""
        self._words.set_words(f" {text}" if strong and text else text, strong)
        self.setAccessibleName(f"{strong} {text}".strip())
        self._show_or_hide()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ParentChange:
            self._show_or_hide()
        return super().event(event)

    def _show_or_hide(self) -> None:
        """Hide a note without words; one that is on no page yet would open a window of its own."""
        if self.parentWidget() is not None:
            self.setVisible(bool(self.accessibleName()))

    def words(self) -> str:
        """Return what the note says now."""
        return self._words.text()


class Icon(QWidget):
    """One icon as decoration, in a token's colour."""

    def __init__(self, name: str, color: str, size: float = 20) -> None:
        super().__init__()
        self._name, self._color = name, color
        self.setFixedSize(QSize(px(size), px(size)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        icons.paint(painter, self._name, QRectF(self.rect()), self._color)
        painter.end()


def hairline(upright: bool = False) -> QFrame:
    """Return a line between two parts that stand below each other, or `upright` beside each other."""
    line = QFrame()
    line.setProperty("tone", "divider")
    if upright:
        line.setFixedWidth(1)
    else:
        line.setFixedHeight(1)
    return line


def divider() -> QWidget:
    """Return a hairline with 14 px above and below."""
    widget = QWidget()
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, px(14) - px(8), 0, px(14) - px(8))
    column.addWidget(hairline())
    return widget
