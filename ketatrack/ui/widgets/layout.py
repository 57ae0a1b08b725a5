"""How controls are placed: in a scrolled column, in lines that wrap, in rows of a form."""

from itertools import pairwise

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QLabel, QLayout, QLayoutItem, QScrollArea, QSizePolicy, QWidget

from ketatrack.ui.theme.tokens import px
from ketatrack.ui.widgets.labels import label

LABEL_WIDTH, LABEL_GAP = 114, 12
ANY_WIDTH = 16_777_215
"""Qt's QWIDGETSIZE_MAX, which PySide does not name: a widget that may be as wide as it likes."""


def scrolled(content: QWidget) -> QScrollArea:
    """`content` in a scroll area that is as wide as its place and scrolls down when it must."""
    area, through = QScrollArea(), QWidget()
    through.setAutoFillBackground(False)
    area.setViewport(through)  # asking for Qt's own makes Python learn every kind of widget first: 20 ms
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(content)
    content.setAutoFillBackground(False)  # after setWidget, which switches it on: a card's colour is to show through
    return area


def is_delete(event: QKeyEvent) -> bool:
    """Delete or Backspace: take the answer back."""
    return event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


def in_order(*stops: QWidget) -> None:
    """Let Tab go from each control to the next one, in whatever order they were made."""
    for before, after in pairwise(stops):
        QWidget.setTabOrder(before, after)


class FlowLayout(QLayout):
    """Parts `gap` design pixels apart, in lines `gap` apart."""

    def __init__(self, parent: QWidget | None = None, gap: int = 8) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap = px(gap)
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def insertWidget(self, index: int, widget: QWidget) -> None:
        """Put `widget` before the part at `index`."""
        self.addWidget(widget)
        self._items.insert(index, self._items.pop())
        self.invalidate()

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, move=True)

    def sizeHint(self) -> QSize:
        hints = [item.sizeHint() for item in self._shown()]
        width = sum(hint.width() + self._gap for hint in hints) - self._gap
        return QSize(max(0, width), max((hint.height() for hint in hints), default=0))

    def minimumSize(self) -> QSize:
        size = QSize(0, 0)
        for item in self._shown():
            size = size.expandedTo(item.minimumSize())
        return size

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _place(self, rect: QRect, move: bool) -> int:
        """Return the height that the lines take; what is lower than its line stands in its middle."""
        y = rect.y()
        for line in self._lines(rect.width()):
            x, height = rect.x(), max(size.height() for _item, size in line)
            for item, size in line if move else ():
                down = (height - size.height()) // 2
                item.setGeometry(QRect(x, y + down, min(size.width(), max(1, rect.width())), size.height()))
                x += size.width() + self._gap
            y += height + self._gap
        return max(0, y - self._gap - rect.y())

    def _lines(self, width: int) -> list[list[tuple[QLayoutItem, QSize]]]:
        lines: list[list[tuple[QLayoutItem, QSize]]] = []
        x = 0
        for item in self._shown():
            size = item.sizeHint()
            if size.width() > width and item.hasHeightForWidth():
                size = QSize(width, item.heightForWidth(width))
            if not lines or x + size.width() > width:
                lines.append([])
                x = 0
            lines[-1].append((item, size))
            x += size.width() + self._gap
        return lines


class FormRow(QWidget):
    """One label with its content; a strong label means that the answer is needed."""

    def __init__(self, words: str, content: QWidget, strong: bool = False) -> None:
        super().__init__()
        self.content = content
        self._label = label(words, "strong" if strong else "secondary")
        self._label.setMinimumHeight(px(36) if words else 0)
        self._label.setBuddy(content)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self._label, 0, Qt.AlignmentFlag.AlignTop)
        # The content takes the rest of the row; one that keeps its width would push its label to the right.
        policy = content.sizePolicy()
        if policy.horizontalPolicy() == QSizePolicy.Policy.Maximum:
            policy.setHorizontalPolicy(QSizePolicy.Policy.Preferred)
            content.setSizePolicy(policy)
        self._row.addWidget(content, 1)
        self.set_narrow(False)

    def set_narrow(self, narrow: bool) -> None:
        """Put the label above its content, or back to its left."""
        direction = QBoxLayout.Direction
        self._row.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)
        self._row.setSpacing(0 if narrow else px(LABEL_GAP))
        self._label.setMinimumWidth(0 if narrow else px(LABEL_WIDTH))
        self._label.setMaximumWidth(ANY_WIDTH if narrow else max(px(LABEL_WIDTH), self._label.sizeHint().width()))
        self._label.setVisible(not narrow or bool(self._label.text()))


def wrapped_row(*parts: QWidget | str) -> QWidget:
    """Return controls and words in one line that goes on below where there is no more room."""
    holder = QWidget()
    flow = FlowLayout(holder)
    policy = holder.sizePolicy()
    policy.setHeightForWidth(True)
    holder.setSizePolicy(policy)
    for part in parts:
        flow.addWidget(words_between(part) if isinstance(part, str) else part)
    return holder


def words_between(words: str) -> QLabel:
    """Quiet words between two controls, on their line."""
    result = label(words, "secondary")
    result.setMinimumHeight(px(36))
    return result
