"""Rows of a form: a label at the left, or above where room is scarce, and what it asks for."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QLabel, QSizePolicy, QWidget

from ketatrack.ui.tokens import px
from ketatrack.ui.widgets.flow import FlowLayout
from ketatrack.ui.widgets.labels import label

LABEL_WIDTH, LABEL_GAP = 114, 12


class FormRow(QWidget):
    """One label with its content; a strong label means that the answer is needed."""

    def __init__(self, words: str, content: QWidget, strong: bool = False) -> None:
        super().__init__()
        self.content = content
        self._label = label(words, "strong" if strong else "secondary")
        self._label.setMinimumHeight(px(36) if words else 0)
        self._label.setBuddy(content)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self._label, 0, Qt.AlignmentFlag.AlignTop)
        # The content takes the rest of the row; one that keeps its width would push its label to the right.
        policy = content.sizePolicy()
        if policy.horizontalPolicy() == QSizePolicy.Policy.Maximum:
            policy.setHorizontalPolicy(QSizePolicy.Policy.Preferred)
            content.setSizePolicy(policy)
        self._row.addWidget(content, 1)
        self.set_narrow(False)

    def set_narrow(self, narrow: bool) -> None:
        """Put the label above its content, or back to its left."""
        direction = QBoxLayout.Direction
        self._row.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)
        self._row.setSpacing(0 if narrow else px(LABEL_GAP))
        self._label.setMinimumWidth(0 if narrow else px(LABEL_WIDTH))
        self._label.setMaximumWidth(16777215 if narrow else max(px(LABEL_WIDTH), self._label.sizeHint().width()))
        self._label.setVisible(not narrow or bool(self._label.text()))


def side_by_side(*parts: QWidget | str) -> QWidget:
    """Controls and words in one line that goes on below where there is no more room."""
    holder = QWidget()
    flow = FlowLayout(holder)
    policy = holder.sizePolicy()
    policy.setHeightForWidth(True)
    holder.setSizePolicy(policy)
    for part in parts:
        flow.addWidget(words_between(part) if isinstance(part, str) else part)
    return holder


def words_between(words: str) -> QLabel:
    """Quiet words between two controls, on their line."""
    made = label(words, "secondary")
    made.setMinimumHeight(px(36))
    return made
