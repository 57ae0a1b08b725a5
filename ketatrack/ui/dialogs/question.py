"""Asks one thing in plain words: a title, sentences, and two answers; No is the one that Esc gives."""

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from ketatrack.ui.tokens import px
from ketatrack.ui.widgets.buttons import primary, secondary
from ketatrack.ui.widgets.labels import label

WIDTH = 440


class Question(QDialog):
    """Accepted by the button `yes`; what is asked for besides goes into `body`, and is told by `answer`."""

    def __init__(self, parent: QWidget, title: str, words: str, yes: str, no: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setAccessibleDescription(words)
        self.setModal(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(24), px(20), px(24), px(20))
        column.setSpacing(px(12))
        column.addWidget(label(title, "title"))
        said = label(words, "body", wrap=True)
        # A dialog asks for its height before it knows its width: the words would be cut off.
        said.setFixedWidth(px(WIDTH))
        said.setFixedHeight(said.heightForWidth(px(WIDTH)))
        column.addWidget(said)
        self.body = QVBoxLayout()
        self.body.setSpacing(px(8))
        column.addLayout(self.body)
        self.yes, self.no = primary(yes), secondary(no)
        self.yes.clicked.connect(self.accept)
        self.no.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addStretch(1)
        row.addWidget(self.no)
        row.addWidget(self.yes)
        column.addSpacing(px(8))
        column.addLayout(row)

    @property
    def answer(self) -> str:
        """What was typed or chosen besides; "" where only yes or no was asked."""
        return ""
