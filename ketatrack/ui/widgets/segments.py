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
        policy = QSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
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
        return QSize(max(button.sizeHint().width() for button in self._group.buttons()), px(36))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(width, move=False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place(event.size().width(), move=True)

    def _place(self, width: int, move: bool) -> int:
        """Put the options side by side, going on below where there is no more room; returns the height."""
        left = top = 0
        for button in self._group.buttons():
            size = button.sizeHint()
            if left and left + size.width() > width:
                left, top = 0, top + size.height() - 1
            if move:
                button.setGeometry(left, top, size.width(), size.height())
            left += size.width() - 1  # neighbours share one edge
        return top + px(36)

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
        return QSize(QFontMetrics(bold).horizontalAdvance(self.text()) + 2 * px(11) + 2, px(36))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


def _edge(index: int, count: int) -> str:
    if count == 1:
        return "only"
    return {0: "first", count - 1: "last"}.get(index, "middle")
