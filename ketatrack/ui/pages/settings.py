"""Settings: what is tracked, what relief is measured against, the lock, backups, older notes, and the window."""

from PySide6.QtCore import Signal

from ketatrack.i18n import translate
from ketatrack.ui.editor import Editor
from ketatrack.ui.page import Page
from ketatrack.ui.settings.backups import BackupSection
from ketatrack.ui.settings.day import DaySection
from ketatrack.ui.settings.notes import NotesSection
from ketatrack.ui.settings.people import PeopleSection
from ketatrack.ui.settings.relief import ReliefSection
from ketatrack.ui.settings.section import Section
from ketatrack.ui.settings.security import SecuritySection
from ketatrack.ui.settings.tracking import TrackingSection
from ketatrack.ui.settings.window import WindowSection
from ketatrack.ui.tokens import px


def tr(text: str, n: int = -1) -> str:
    """`text` in the person's language."""
    return translate("Settings", text, n)


class SettingsPage(Page):
    """Everything is saved as it is changed, and Ctrl+Z takes it back; the window's look stays with this computer."""

    restore = Signal()
    say = Signal(str)
    dress = Signal()
    bring_in = Signal()

    def __init__(self, editor: Editor) -> None:
        super().__init__(tr("Settings"))
        self.tracking, self.relief, self.day = TrackingSection(editor), ReliefSection(editor), DaySection(editor)
        self.people, self.security, self.backups = PeopleSection(editor), SecuritySection(editor), BackupSection(editor)
        self.notes, self.look = NotesSection(editor), WindowSection(editor)
        self.sections: tuple[Section, ...] = (
            self.tracking, self.relief, self.day, self.people, self.security, self.backups, self.notes, self.look,
        )  # fmt: skip
        for section in self.sections:
            section.setMaximumWidth(px(860))
            self.body.addWidget(section)
        self.backups.restore.connect(self.restore)
        self.backups.say.connect(self.say)
        self.security.say.connect(self.say)
        self.look.dress.connect(self.dress)
        self.notes.bring_in.connect(self.bring_in)

    def reflow(self) -> None:
        for section in self.sections:
            if section.narrow != self.narrow():
                section.set_narrow(self.narrow())
                section.refresh()

    def refresh(self) -> None:
        for section in self.sections:
            section.refresh()
