"""The index at the left of a long sheet: jumps to a group, and shows which one is being read."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QButtonGroup, QPushButton, QScrollArea, QVBoxLayout, QWidget

from ketatrack.ui.tokens import px


class SectionIndex(QWidget):
    """One button for each (title, widget) on `page`, which scrolls in `area`."""

    def __init__(self, area: QScrollArea, page: QWidget, sections: Sequence[tuple[str, QWidget]], name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setProperty("tone", "window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._area, self._page = area, page
        self._sections = [widget for _title, widget in sections]
        self._group = QButtonGroup(self)
        self._jumped: int | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(px(12), px(14), px(12), px(12))
        column.setSpacing(px(2))
        for index, (title, _widget) in enumerate(sections):
            button = QPushButton(title)
            button.setProperty("kind", "nav")
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.setAccessibleName(title)
            button.clicked.connect(lambda _on=False, at=index: self.go_to(at))
            self._group.addButton(button, index)
            column.addWidget(button)
        column.addStretch(1)
        self._group.button(0).setChecked(True)
        area.verticalScrollBar().valueChanged.connect(self._follow)

    def current(self) -> int:
        """The group that is shown as being read."""
        return self._group.checkedId()

    def go_to(self, index: int) -> None:
        """Scroll to a group."""
        bar = self._area.verticalScrollBar()
        self._jumped = index
        bar.setValue(self._top(index) - px(16))
        self._group.button(index).setChecked(True)
        self._jumped = None

    def _top(self, index: int) -> int:
        return self._sections[index].mapTo(self._page, QPoint(0, 0)).y()

    def _follow(self, value: int) -> None:
        """The last group whose head has reached the top; at the very end the last one."""
        if self._jumped is not None:
            return
        line = value + px(48)
        passed = [index for index in range(len(self._sections)) if self._top(index) <= line]
        at_end = value == self._area.verticalScrollBar().maximum()
        self._group.button(len(self._sections) - 1 if at_end else (passed or [0])[-1]).setChecked(True)
