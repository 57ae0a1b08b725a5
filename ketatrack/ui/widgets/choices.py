"""Ways to choose: one of a list, one of a few side by side, and any number of short answers."""

from collections.abc import Callable, Iterable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QFont, QFontMetrics, QIcon, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QButtonGroup, QComboBox, QPushButton, QSizePolicy, QStyledItemDelegate, QWidget

from ketatrack.i18n import _
from ketatrack.ui.theme import icons
from ketatrack.ui.theme.tokens import px
from ketatrack.ui.widgets.fields import TextField
from ketatrack.ui.widgets.layout import FlowLayout, is_delete

Option = TypeVar("Option", bound=str)
T = TypeVar("T")


class Choice(QComboBox, Generic[T]):
    """`options` are (value, words); `placeholder` stands there while nothing is chosen."""

    changed = Signal(object)

    def __init__(self, name: str, options: Sequence[tuple[T, str]], placeholder: str = "") -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._values: list[T] = []  # not the items' own data: Qt would make a plain str of a StrEnum
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
    def value(self) -> T | None:
        """The value of the chosen option; None when none is."""
        return self._values[self.currentIndex()] if self.currentIndex() >= 0 else None

    @value.setter
    def value(self, new: T | None) -> None:
        self.setCurrentIndex(self._index_of(new))

    @property
    def chosen(self) -> T:
        """The value of the chosen option, where one always is."""
        return self._values[self.currentIndex()]

    def set_options(self, options: Sequence[tuple[T, str]]) -> None:
        """Offer other options; the chosen one stays chosen where it is still among them."""
        before = self.value if self._values else None
        self.clear()
        self._values = [value for value, _words in options]
        self.addItems([words for _value, words in options])
        if self._index_of(before) >= 0:
            self.value = before

    def _index_of(self, wanted: T | None) -> int:
        return next((at for at, value in enumerate(self._values) if value == wanted), -1)

    def sizeHint(self) -> QSize:
        """As wide as the longest option, so that choosing moves nothing."""
        texts = [self.itemText(index) for index in range(self.count())] + [self.placeholderText()]
        widest = max(self.fontMetrics().horizontalAdvance(text) for text in texts)
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


class Segments(QWidget, Generic[T]):
    """`options` are (value, words); clicking the chosen one again, or Delete, takes the choice back if `optional`."""

    changed = Signal(object)

    def __init__(self, name: str, options: Sequence[tuple[T, str]], optional: bool = True) -> None:
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
    def value(self) -> T | None:
        """The value of the chosen option; None when none is."""
        return None if self._chosen is None else self._values[self._chosen]

    @value.setter
    def value(self, new: T | None) -> None:
        self._choose(next((at for at, value in enumerate(self._values) if value == new), None))

    @property
    def chosen(self) -> T:
        """The value of the chosen option, where one always is: without `optional`, once one was set."""
        assert self._chosen is not None
        return self._values[self._chosen]

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


class Chips(QWidget):
    """`value` holds what is chosen of the options, in their order, and then the person's own words.

    `words` tells how an option is shown; own words are shown as they are.
    """

    changed = Signal(object)

    def __init__(self, name: str, options: Iterable[Option], words: Callable[[Option], str]) -> None:
        super().__init__()
        self.setAccessibleName(name)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._name = name
        self._chips: list[_Chip] = []
        self._flow = FlowLayout(self)
        self._field = TextField(_("{name}: another").format(name=name), _("another"), 140)
        self._field.hide()
        for option in options:
            self._add(option, words(option))
        self._other = _plain_chip(_("+ Other"), _("{name}: add another").format(name=name))
        self._other.clicked.connect(self._ask)
        self._flow.addWidget(self._other)
        self._flow.addWidget(self._field)
        self._field.editingFinished.connect(self._take_other)

    @property
    def value(self) -> tuple[str, ...]:
        """The chosen options, and the person's own words."""
        return tuple(chip.value for chip in self._chips if chip.isChecked())

    @value.setter
    def value(self, chosen: Iterable[str]) -> None:
        wanted = list(chosen)
        known = {chip.value for chip in self._chips}
        for text in wanted:
            if text not in known:
                self._add(text, text)
        for chip in self._chips:
            chip.setChecked(chip.value in wanted)

    def _add(self, value: str, words: str) -> "_Chip":
        chip = _Chip(value, words, self._name)
        chip.clicked.connect(lambda _on=False: self.changed.emit(self.value))
        self._flow.insertWidget(len(self._chips), chip)
        self._chips.append(chip)
        return chip

    def _ask(self) -> None:
        self._field.show()
        self._field.setFocus()

    def _take_other(self) -> None:
        words, self._field.value = self._field.value, ""
        if self._field.hasFocus():
            self._other.setFocus()
        self._field.hide()
        if words:
            same = next((chip for chip in self._chips if chip.words.casefold() == words.casefold()), None)
            (same or self._add(words, words)).setChecked(True)
            self.changed.emit(self.value)


class _Chip(QPushButton):
    def __init__(self, value: str, words: str, group_name: str) -> None:
        super().__init__(words)
        self.value, self.words = value, words
        _style_chip(self, f"{group_name}: {words}")
        self.setCheckable(True)
        self.setIconSize(QSize(px(16), px(16)))
        self.toggled.connect(self._show_tick)

    def _show_tick(self, on: bool) -> None:
        self.setIcon(icons.icon("check") if on else QIcon())
        self.setText(f"\u2009{self.words}" if on else self.words)
        self.updateGeometry()


def _plain_chip(words: str, accessible_name: str) -> QPushButton:
    button = QPushButton(words)
    _style_chip(button, accessible_name)
    return button


def _style_chip(button: QPushButton, accessible_name: str) -> None:
    button.setProperty("kind", "chip")
    button.setProperty("ring_radius", 15)
    button.setAccessibleName(accessible_name)
    button.setAutoDefault(False)
