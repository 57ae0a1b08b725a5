"""How the numbers of the Relief page were worked out: rule, sessions used and left out, method, and its limits."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from ketatrack.i18n import translate
from ketatrack.ui.pages.relief_job import Found, origin
from ketatrack.ui.tokens import px
from ketatrack.ui.widgets.card import Card
from ketatrack.ui.widgets.labels import Paragraph, label


def tr(text: str, n: int = -1) -> str:
    """`text` in the person's language."""
    return translate("ReliefPage", text, n)


class OriginCard(Card):
    """Takes the focus when it is asked for, so that a screen reader reads it."""

    def __init__(self) -> None:
        super().__init__(padding=16)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(tr("How this was worked out"))
        self._parts: list[tuple[Paragraph, Paragraph]] = []
        self._column = QVBoxLayout()
        self._column.setSpacing(px(2))
        self.body.addWidget(label(tr("How this was worked out"), "strong"))
        self.body.addLayout(self._column)
        self.body.addStretch(1)

    def words(self) -> str:
        """Everything that the card says, a line each."""
        return "\n".join(each.text() for pair in self._parts for each in pair if not each.isHidden())

    def show_found(self, found: Found) -> None:
        """Say where these results come from."""
        said = origin(found)
        while len(self._parts) < len(said):
            self._parts.append(self._new_part())
        for place, (heading, lines) in enumerate(self._parts):
            shown = said[place] if place < len(said) else None
            heading.setVisible(shown is not None)
            lines.setVisible(shown is not None)
            if shown is not None:
                heading.set_words(shown.heading)
                lines.set_words("\n".join(shown.lines))
        self.setAccessibleDescription(self.words())

    def _new_part(self) -> tuple[Paragraph, Paragraph]:
        heading, lines = Paragraph(), Paragraph()
        heading.setProperty("role", "medium")
        lines.setProperty("role", "body")
        heading.setContentsMargins(0, px(8), 0, 0)
        self._column.addWidget(heading)
        self._column.addWidget(lines)
        return heading, lines
