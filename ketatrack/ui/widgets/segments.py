"""A choice of a few, side by side: one is chosen, or none where the answer is optional."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QPushButton, QSizePolicy, QWidget

from ketatrack.ui.tokens import px
from ketatrack.ui.widgets.keys import is_delete


class Segments(QWidget):
    """`options` are (value, words); clicking the chosen one again, or Delete, takes the choice back if `optional`."""

    changed = Signal(object)

    def __init__(self, name: str, options: Sequence[tuple[object, str]], optional: bool = True) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._optional = optional
        self._values = [value for value, _words in options]
        self._group = QButtonGroup(self)
        for index, (_value, words) in enumerate(options):
            button = _Segment(words, name, _edge(index, len(options)), self)
            button.clicked.connect(lambda _on=False, at=index: self._clicked(at))
            self._group.addButton(button, index)
        self._chosen: int | None = None
        self.setFocusProxy(self._group.button(0))

    @property
    def value(self) -> object:
        """The value of the chosen option; None when none is."""
        return None if self._chosen is None else self._values[self._chosen]

    @value.setter
    def value(self, new: object) -> None:
        self._choose(self._values.index(new) if new in self._values else None)

    def sizeHint(self) -> QSize:
        widths = [button.sizeHint().width() - 1 for button in self._group.buttons()]
        return QSize(sum(widths) + 1, px(36))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        left = 0
        for button in self._group.buttons():
            size = button.sizeHint()
            button.setGeometry(left, 0, size.width(), size.height())
            left += size.width() - 1  # neighbours share one edge

    def _choose(self, index: int | None) -> None:
        self._chosen = index
        if index is not None:
            self._group.button(index).setChecked(True)
            self._group.button(index).raise_()
            self.setFocusProxy(self._group.button(index))
            return
        self._group.setExclusive(False)
        for button in self._group.buttons():
            button.setChecked(False)
        self._group.setExclusive(True)

    def _clicked(self, index: int) -> None:
        unset = self._optional and index == self._chosen
        if unset or index != self._chosen:
            self._choose(None if unset else index)
            self.changed.emit(self.value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_delete(event) and self._optional and self._chosen is not None:
            self._choose(None)
            self.changed.emit(None)
        else:
            super().keyPressEvent(event)


class _Segment(QPushButton):
    def __init__(self, words: str, group_name: str, edge: str, parent: QWidget) -> None:
        super().__init__(words, parent)
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setProperty("kind", "segment")
        self.setProperty("edge", edge)
        self.setAccessibleName(f"{group_name}: {words}")

    def sizeHint(self) -> QSize:
        """As wide as the words are when chosen (semi-bold), so that nothing moves."""
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        return QSize(QFontMetrics(bold).horizontalAdvance(self.text()) + 2 * px(11) + 3, px(36))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


def _edge(index: int, count: int) -> str:
    if count == 1:
        return "only"
    return {0: "first", count - 1: "last"}.get(index, "middle")
