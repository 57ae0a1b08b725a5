"""Help now: crisis lines and the person's own contacts, one click away from every screen, also when locked."""

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from ketatrack.i18n import translate
from ketatrack.models import safety_words
from ketatrack.models.records import Contact
from ketatrack.ui import words
from ketatrack.ui.tokens import px
from ketatrack.ui.widgets.buttons import secondary
from ketatrack.ui.widgets.card import Card
from ketatrack.ui.widgets.labels import label
from ketatrack.ui.widgets.safety_card import ContactList, SafetyWords
from ketatrack.ui.widgets.scroll import scrolled


def tr(text: str, n: int = -1) -> str:
    """`text` in the person's language."""
    return translate("HelpNow", text, n)


class HelpNow(QDialog):
    """Crisis lines everywhere; `contacts` is None while the diary is locked, when nobody's names may be shown."""

    def __init__(self, contacts: Sequence[Contact] | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Help now"))
        self.setAccessibleName(tr("Help now"))
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(px(24), px(20), px(24), px(8))
        column.setSpacing(px(16))
        column.addWidget(label(tr("Help now"), "page_title"))
        card = Card("notice")
        card.body.addWidget(SafetyWords(contacts or (), answered=False, everywhere=True))
        column.addWidget(card)
        column.addWidget(label(tr("Your contacts"), "title"))
        if contacts is None:
            column.addWidget(
                label(tr("Your own contacts are shown once the diary is unlocked."), "secondary", wrap=True)
            )
        else:
            column.addWidget(ContactList(contacts))
        checked = tr("The numbers are as known on {day}.").format(
            day=words.short_day(safety_words.crisis_lines_checked_on())
        )
        column.addWidget(label(checked, "hint"))
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, px(20))
        outer.addWidget(scrolled(content), 1)
        outer.addLayout(self._foot())
        room = self.screen().availableSize() - QSize(px(20), px(40))
        self.resize(QSize(px(760), px(620)).boundedTo(room))

    def _foot(self) -> QHBoxLayout:
        self.close_button = secondary(tr("Close"))
        self.close_button.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.setContentsMargins(px(24), px(12), px(24), 0)
        row.addStretch(1)
        row.addWidget(self.close_button)
        return row
