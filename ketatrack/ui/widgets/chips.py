"""Chips: any number of short answers, with a place to add one's own."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from ketatrack.i18n import translate
from ketatrack.ui import icons
from ketatrack.ui.tokens import px
from ketatrack.ui.widgets.fields import TextField
from ketatrack.ui.widgets.flow import FlowLayout

Option = TypeVar("Option", bound=str)


def tr(text: str, n: int = -1) -> str:
    """`text` in the person's language."""
    return translate("Chips", text, n)


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
        self._field = TextField(tr("{name}: another").format(name=name), tr("another"), 140)
        self._field.hide()
        for option in options:
            self._add(option, words(option))
        self._other = _plain_chip(tr("+ Other"), tr("{name}: add another").format(name=name))
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
        for each in wanted:
            if each not in known:
                self._add(each, each)
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
        _dress(self, f"{group_name}: {words}")
        self.setCheckable(True)
        self.setIconSize(QSize(px(16), px(16)))
        self.toggled.connect(self._show_tick)

    def _show_tick(self, on: bool) -> None:
        self.setIcon(icons.icon("check") if on else QIcon())
        self.setText(f"\u2009{self.words}" if on else self.words)
        self.updateGeometry()


def _plain_chip(words: str, accessible_name: str) -> QPushButton:
    made = QPushButton(words)
    _dress(made, accessible_name)
    return made


def _dress(button: QPushButton, accessible_name: str) -> None:
    button.setProperty("kind", "chip")
    button.setProperty("ring_radius", 15)
    button.setAccessibleName(accessible_name)
    button.setAutoDefault(False)
