"""A question with two answers, in a dialog of its own."""

from PySide6.QtWidgets import QDialog, QWidget

from ketatrack.ui.theme.tokens import px
from ketatrack.ui.widgets.boxes import Stretch, hbox, vbox
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
        explanation = label(words, "body", wrap=True)
        # A dialog asks for its height before it knows its width: the words would be cut off.
        explanation.setFixedWidth(px(WIDTH))
        explanation.setFixedHeight(explanation.heightForWidth(px(WIDTH)))
        self.body = vbox(gap=8)
        self.yes, self.no = primary(yes), secondary(no)
        self.yes.clicked.connect(self.accept)
        self.no.clicked.connect(self.reject)
        row = hbox(Stretch(), self.no, self.yes, gap=8)
        vbox(label(title, "title"), explanation, self.body, 8, row, gap=12, margins=(24, 20, 24, 20), of=self)

    @property
    def answer(self) -> str:
        """What was typed or chosen besides; "" where only yes or no was asked."""
        return ""
