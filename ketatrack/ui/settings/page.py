"""Settings: what is tracked, what relief is measured against, the lock, backups, older notes, and the window."""

import os

from PySide6.QtCore import Signal

from ketatrack.diary import backup
from ketatrack.diary.copies import unused_name
from ketatrack.errors import KetaTrackError
from ketatrack.i18n import _, ngettext
from ketatrack.models.records import Contact, Draft, Profile
from ketatrack.models.relief_records import RELIEF_KINDS
from ketatrack.paths import backup_folder
from ketatrack.ui import jobs
from ketatrack.ui.editor import Editor
from ketatrack.ui.page import Page
from ketatrack.ui.settings.baselines import ReliefSection
from ketatrack.ui.settings.people import PeopleSection
from ketatrack.ui.settings.section import SettingsSection
from ketatrack.ui.settings.security import DaySection, SecuritySection
from ketatrack.ui.settings.tracking import TrackingSection
from ketatrack.ui.theme.preferences import TEXT_SIZES, Preferences
from ketatrack.ui.theme.tokens import px
from ketatrack.ui.widgets.buttons import secondary
from ketatrack.ui.widgets.choices import Choice, Segments
from ketatrack.ui.widgets.labels import label
from ketatrack.ui.widgets.layout import wrapped_row


class WindowSection(SettingsSection):
    """`apply_theme` asks the window to look as the preferences say now."""

    apply_theme = Signal()

    def __init__(self, editor: Editor) -> None:
        super().__init__(editor, _("This window"))
        self._preferences = Preferences()
        looks = [("system", _("As the system")), ("light", _("Light")), ("dark", _("Dark"))]
        self.look = Segments(_("Appearance"), looks, optional=False)
        self.look.value = self._preferences.appearance
        self.look.changed.connect(self._set_look)
        self.text_size = Choice(_("Text size"), [(size, f"{size} %") for size in TEXT_SIZES])
        self.text_size.value = self._preferences.text_size
        self.text_size.changed.connect(self._set_size)
        self.add_row(_("Appearance"), self.look)
        self.add_row(_("Text size"), self.text_size)

    def _set_look(self, look: str) -> None:
        self._preferences.appearance = look
        self.apply_theme.emit()

    def _set_size(self, percent: int) -> None:
        self._preferences.text_size = percent
        self.apply_theme.emit()


class NotesSection(SettingsSection):
    """`import_notes` asks for the dialog that maps columns and shows what would come in."""

    import_notes = Signal()

    def __init__(self, editor: Editor) -> None:
        super().__init__(
            editor,
            _("Older notes"),
            _(
                "A table (CSV) from another diary comes in as check-ins; you say which column is what. An archive or "
                "tables that KetaTrack exported come in whole. You see the result before anything is written; one "
                "Ctrl+Z takes it back."
            ),
        )
        button = secondary(_("Bring in older notes …"), "import")
        button.clicked.connect(self.import_notes)
        self.add_row("", button)


class BackupSection(SettingsSection):
    """`restore` asks for the dialog that looks into a backup first."""

    restore = Signal()
    show_message = Signal(str)

    def __init__(self, editor: Editor) -> None:
        super().__init__(
            editor,
            _("Backups"),
            _(
                "A verified, encrypted copy is made once a day, when the diary is opened and something changed. "
                "The newest {daily} are kept, and the last of each of {monthly} months."
            ).format(daily=backup.DAILY, monthly=backup.MONTHLY),
        )
        self.summary = label("", "body", wrap=True)
        self.where = label("", "secondary", wrap=True)
        self.now = secondary(_("Back up now"))
        self.now.clicked.connect(self._make)
        put_back = secondary(_("Restore a backup …"))
        put_back.clicked.connect(self.restore)
        self.body.addWidget(self.summary)
        self.body.addWidget(self.where)
        self.body.addWidget(wrapped_row(self.now, put_back))

    def refresh(self) -> None:
        folder = backup_folder(self.editor.diary.path)
        paths = [path for path in folder.glob("*.ketatrack") if path.is_file()]
        if not paths:
            self.summary.setText(_("No backup yet."))
        else:
            size = sum(path.stat().st_size for path in paths) / 1_000_000
            dated = backup.dated(folder, self.editor.diary.path.stem)
            latest = backup.day_of(dated[-1]) if dated else ""
            text = ngettext("{n} backup, {size} MB.", "{n} backups, {size} MB.", len(paths))
            if latest:
                text = ngettext(
                    "{n} backup, {size} MB. The newest daily one is from {day}.",
                    "{n} backups, {size} MB. The newest daily one is from {day}.",
                    len(paths),
                )
            self.summary.setText(text.format(n=len(paths), size=f"{size:.1f}", day=latest))
        # A long path may break after each of its parts.
        self.where.setText(_("They lie in {folder}").format(folder=str(folder).replace(os.sep, f"{os.sep}\u200b")))

    def _make(self) -> None:
        diary, now = self.editor.diary, self.editor.now()
        target = unused_name(backup_folder(diary.path), f"{diary.path.stem} by hand {now:%Y-%m-%d %H%M}")
        self.now.setEnabled(False)
        jobs.run(self, lambda: backup.make(diary, target), lambda _none: self._made(target.name), self._failed)

    def _made(self, name: str) -> None:
        self.now.setEnabled(True)
        self.refresh()
        self.show_message.emit(_("A verified copy is made: {name}").format(name=name))

    def _failed(self, error: Exception) -> None:
        self.now.setEnabled(True)
        if not isinstance(error, KetaTrackError):
            raise error
        self.show_message.emit(str(error))


class SettingsPage(Page):
    """Everything is saved as it is changed, and Ctrl+Z takes it back; the window's look stays with this computer."""

    shows = RELIEF_KINDS | {Contact, Draft, Profile}

    def __init__(self, editor: Editor) -> None:
        super().__init__(_("Settings"))
        self.tracking, self.relief, self.day = TrackingSection(editor), ReliefSection(editor), DaySection(editor)
        self.people, self.security, self.backups = PeopleSection(editor), SecuritySection(editor), BackupSection(editor)
        self.notes, self.look = NotesSection(editor), WindowSection(editor)
        self.sections: tuple[SettingsSection, ...] = (
            self.tracking,
            self.relief,
            self.day,
            self.people,
            self.security,
            self.backups,
            self.notes,
            self.look,
        )
        for section in self.sections:
            section.setMaximumWidth(px(860))
            self.body.addWidget(section)
        self.backups.restore.connect(self.restore)
        self.backups.show_message.connect(self.show_message)
        self.security.show_message.connect(self.show_message)
        self.look.apply_theme.connect(self.apply_theme)
        self.notes.import_notes.connect(self.import_notes)

    def reflow(self) -> None:
        for section in self.sections:
            if section.narrow != self.narrow():
                section.set_narrow(self.narrow())
                section.refresh()

    def refresh(self) -> None:
        for section in self.sections:
            section.refresh()
