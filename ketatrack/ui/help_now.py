"""Help now: crisis lines and the person's own contacts; and the safety card that a questionnaire shows."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QWidget

from ketatrack.i18n import _
from ketatrack.models import safety
from ketatrack.models.records import Contact
from ketatrack.models.safety import CrisisLine
from ketatrack.ui import localised
from ketatrack.ui.theme.tokens import px
from ketatrack.ui.widgets.boxes import Stretch, hbox, vbox
from ketatrack.ui.widgets.buttons import primary, secondary
from ketatrack.ui.widgets.cards import Card
from ketatrack.ui.widgets.labels import Paragraph, label
from ketatrack.ui.widgets.layout import FlowLayout, scrolled

COLUMN = 200


class SafetyWords(QWidget):
    """The card's sentences and crisis lines; `answered` adds what is said after an answer only.

    `everywhere` shows the lines of all countries and the day they were checked.
    """

    def __init__(self, contacts: Sequence[Contact], answered: bool, everywhere: bool) -> None:
        super().__init__()
        words, lines = safety.card(), safety.crisis_lines()
        column = vbox(
            Paragraph(words.opening if answered else words.not_alone),
            Paragraph(f" {words.emergency_numbers}", words.urgent),
            label(words.talk),
            CrisisLines([line for line in lines if everywhere or line.on_card]),
            gap=8,
            margins=0,
            of=self,
        )
        team = [contact for contact in contacts if contact.treatment_team] or list(contacts[:1])
        if team:
            row = QWidget()
            flow = FlowLayout(row, gap=4)
            flow.addWidget(label(words.team))
            for contact in team:
                flow.addWidget(label(contact_words(contact), "strong"))
            column.addWidget(row)


class CrisisLines(QWidget):
    """Crisis lines side by side: where each helps, and below it the number, large."""

    def __init__(self, lines: Sequence[CrisisLine]) -> None:
        super().__init__()
        flow = FlowLayout(self, gap=12)
        for line in lines:
            flow.addWidget(_Line(line))


class _Line(QWidget):
    def __init__(self, line: CrisisLine) -> None:
        super().__init__()
        self.setAccessibleName(f"{line.label} {line.number}")
        vbox(label(line.label), label(line.number, "title"), gap=0, margins=0, of=self)

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(max(px(COLUMN), hint.width()), hint.height())


class ContactList(QWidget):
    """The person's own contacts, or where to write them down."""

    def __init__(self, contacts: Sequence[Contact]) -> None:
        super().__init__()
        column = vbox(gap=4, margins=0, of=self)
        for contact in contacts:
            column.addWidget(label(contact_words(contact), "strong"))
        if not contacts:
            column.addWidget(Paragraph(_("No contacts are saved yet. You can write them down in Settings.")))


class SafetyCard(Card):
    """Comes at once on a non-zero answer. Nothing but its own button takes it away: no key, no click beside it."""

    went_on = Signal()

    def __init__(self, contacts: Sequence[Contact]) -> None:
        super().__init__("notice")
        words = safety.card()
        self.setAccessibleName(words.marked)
        self.setAccessibleDescription(f"{words.not_alone} {words.urgent} {words.emergency_numbers}")
        self.body.setContentsMargins(px(24), px(16), px(24), px(20))
        self.body.setSpacing(px(8))
        self.body.addWidget(SafetyWords(contacts, answered=True, everywhere=False))
        self.contacts = ContactList(contacts)
        self.contacts.hide()
        self.body.addWidget(self.contacts)
        self.show_contacts = primary(words.show_contacts)
        self.show_contacts.clicked.connect(self._reveal)
        self.go_on = secondary(words.go_on)
        self.go_on.clicked.connect(self.went_on)
        buttons = QWidget()
        flow = FlowLayout(buttons, gap=12)
        flow.addWidget(self.show_contacts)
        flow.addWidget(self.go_on)
        self.body.addSpacing(px(4))
        self.body.addWidget(buttons)

    def _reveal(self) -> None:
        self.contacts.show()


def contact_words(contact: Contact) -> str:
    """Return a contact in one line: Dr Larsen, 555 0142."""
    return f"{contact.name}, {contact.phone}" if contact.phone else contact.name


class HelpNow(QDialog):
    """Crisis lines everywhere; `contacts` is None while the diary is locked, when nobody's names may be shown."""

    def __init__(self, contacts: Sequence[Contact] | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Help now"))
        self.setAccessibleName(_("Help now"))
        content = QWidget()
        card = Card("notice")
        card.body.addWidget(SafetyWords(contacts or (), answered=False, everywhere=True))
        column = vbox(
            label(_("Help now"), "page_title"),
            card,
            label(_("Your contacts"), "title"),
            gap=16,
            margins=(24, 20, 24, 8),
            of=content,
        )
        if contacts is None:
            column.addWidget(
                label(_("Your own contacts are shown once the diary is unlocked."), "secondary", wrap=True)
            )
        else:
            column.addWidget(ContactList(contacts))
        checked = _("The numbers are as known on {day}.").format(
            day=localised.short_day(safety.crisis_lines_checked_on())
        )
        column.addWidget(label(checked, "hint"))
        column.addStretch(1)
        vbox((scrolled(content), 1), self._foot(), margins=(0, 0, 0, 20), of=self)
        room = self.screen().availableSize() - QSize(px(20), px(40))
        self.resize(QSize(px(760), px(620)).boundedTo(room))

    def _foot(self) -> QHBoxLayout:
        self.close_button = secondary(_("Close"))
        self.close_button.clicked.connect(self.accept)
        return hbox(Stretch(), self.close_button, margins=(24, 12, 24, 0))
