"""A choice from a list: a combo box that paints its own arrow and leaves the wheel to the page."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QStyledItemDelegate

from ketatrack.ui import icons
from ketatrack.ui.tokens import px


class Choice(QComboBox):
    """`options` are (value, words); `placeholder` stands there while nothing is chosen."""

    changed = Signal(object)

    def __init__(self, name: str, options: Sequence[tuple[object, str]], placeholder: str = "") -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._values: list[object] = []
        self.set_options(options)
        self.view().setAccessibleName(name)
        self.setItemDelegate(QStyledItemDelegate(self))  # the combo's own one ignores the sheet
        self.setMaxVisibleItems(12)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        if placeholder:
            self.setPlaceholderText(placeholder)
            self.setCurrentIndex(-1)
        self.activated.connect(lambda _index: self.changed.emit(self.value))

    @property
    def value(self) -> object:
        """The value of the chosen option; None when none is."""
        index = self.currentIndex()
        return self._values[index] if index >= 0 else None

    @value.setter
    def value(self, new: object) -> None:
        self.setCurrentIndex(self._values.index(new) if new in self._values else -1)

    def set_options(self, options: Sequence[tuple[object, str]]) -> None:
        """Offer other options; the chosen one stays chosen where it is still among them."""
        chosen = self.value if self._values else None
        self.clear()
        self._values = [value for value, _words in options]
        self.addItems([words for _value, words in options])
        if chosen in self._values:
            self.value = chosen

    def sizeHint(self) -> QSize:
        """As wide as the longest option, so that choosing moves nothing."""
        shown = [self.itemText(index) for index in range(self.count())] + [self.placeholderText()]
        widest = max(self.fontMetrics().horizontalAdvance(words) for words in shown)
        return QSize(widest + px(10) + px(28) + px(8), px(36))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = px(16)
        box = QRectF(self.width() - side - px(8), (self.height() - side) / 2, side, side)
        icons.paint(painter, "chevron-down", box, "text" if self.isEnabled() else "disabled")
        painter.end()
