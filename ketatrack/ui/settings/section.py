"""What every card of the Settings page is: a title, a sentence, rows, and a way to show the diary again."""

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ketatrack.ui.editor import Editor
from ketatrack.ui.tokens import px
from ketatrack.ui.widgets.card import Card
from ketatrack.ui.widgets.labels import label


class Section(Card):
    """A card of the Settings page."""

    def __init__(self, editor: Editor, title: str, words: str = "") -> None:
        super().__init__()
        self.editor = editor
        self.title = title
        self.body.addWidget(label(title, "title"))
        if words:
            self.body.addWidget(label(words, "secondary", wrap=True))
        self.body.addSpacing(px(4))

    def refresh(self) -> None:
        """Show what the diary says now."""

    def add_row(self, name: str, control: QWidget, hint: str = "") -> None:
        """A named control, its hint beside it."""
        words = label(name, "medium")
        words.setBuddy(control)
        words.setMinimumWidth(px(204))
        row = QHBoxLayout()
        row.setSpacing(px(16))
        row.addWidget(words)
        row.addWidget(control)
        if hint:
            # Centred by stretches: an alignment would take a wrapped label its height.
            beside = QVBoxLayout()
            beside.addStretch(1)
            beside.addWidget(label(hint, "hint", wrap=True))
            beside.addStretch(1)
            row.addLayout(beside, 1)
        else:
            row.addStretch(1)
        self.body.addLayout(row)


def clear(grid: QGridLayout) -> None:
    """Take every widget out of a grid that is filled anew."""
    while (item := grid.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
