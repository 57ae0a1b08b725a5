"""What every card of the Settings page is: a title, a sentence, rows, and a way to show the diary again."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QLabel, QWidget

from ketatrack.ui.editor import Editor
from ketatrack.ui.theme.tokens import px
from ketatrack.ui.widgets.boxes import Stretch, vbox
from ketatrack.ui.widgets.cards import Card
from ketatrack.ui.widgets.labels import label
from ketatrack.ui.widgets.layout import wrapped_row


class SettingsSection(Card):
    """A card of the Settings page."""

    def __init__(self, editor: Editor, title: str, words: str = "") -> None:
        super().__init__()
        self.editor = editor
        self.title = title
        self.narrow = False
        self._named: list[tuple[QBoxLayout, QLabel, QWidget]] = []
        self.body.addWidget(label(title, "title"))
        if words:
            self.body.addWidget(label(words, "secondary", wrap=True))
        self.body.addSpacing(px(4))

    def refresh(self) -> None:
        """Show what the diary says now."""

    def add_row(self, name: str, control: QWidget, hint: str = "") -> None:
        """Add a named control, its hint beside it."""
        words = label(name, "medium")
        words.setBuddy(control)
        row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        row.addWidget(words)
        row.addWidget(control)
        if hint:
            # Centred by stretches: an alignment would take a wrapped label its height.
            beside = vbox(Stretch(), label(hint, "hint", wrap=True), Stretch())
            row.addLayout(beside, 1)
        else:
            row.addStretch(1)
        self.body.addLayout(row)
        self._named.append((row, words, control))
        self._turn(row, words, control)

    def set_narrow(self, narrow: bool) -> None:
        """Put names above their controls, or back beside them."""
        self.narrow = narrow
        for row, words, control in self._named:
            self._turn(row, words, control)

    def _turn(self, row: QBoxLayout, words: QLabel, control: QWidget) -> None:
        direction, left = QBoxLayout.Direction, Qt.AlignmentFlag.AlignLeft
        row.setDirection(direction.TopToBottom if self.narrow else direction.LeftToRight)
        row.setSpacing(px(4 if self.narrow else 16))
        row.setAlignment(control, left if self.narrow else Qt.AlignmentFlag(0))
        words.setMinimumWidth(0 if self.narrow else px(204))
        words.setVisible(bool(words.text()) or not self.narrow)

    def put_row(self, grid: QGridLayout, place: int, parts: Sequence[QWidget]) -> None:
        """Parts in the columns of a grid; where room is scarce, one after the other over several lines."""
        if self.narrow:
            grid.addWidget(wrapped_row(*parts), place, 0, 1, -1)
            return
        for column, part in enumerate(parts):
            grid.addWidget(part, place, column)


def clear(grid: QGridLayout) -> None:
    """Take every widget out of a grid that is filled anew."""
    while (item := grid.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
