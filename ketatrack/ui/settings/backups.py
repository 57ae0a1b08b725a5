"""Backups: where they lie, how many, one more by hand, and putting one back."""

import os

from PySide6.QtCore import Signal

from ketatrack.diary import backup
from ketatrack.diary.copies import unused_name
from ketatrack.errors import KetaTrackError
from ketatrack.i18n import translate
from ketatrack.paths import backup_folder
from ketatrack.ui import jobs
from ketatrack.ui.editor import Editor
from ketatrack.ui.settings.section import Section
from ketatrack.ui.widgets.buttons import secondary
from ketatrack.ui.widgets.form import side_by_side
from ketatrack.ui.widgets.labels import label


def tr(text: str, n: int = -1) -> str:
    """`text` in the person's language."""
    return translate("Settings", text, n)


class BackupSection(Section):
    """`restore` asks for the dialog that looks into a backup first."""

    restore = Signal()
    say = Signal(str)

    def __init__(self, editor: Editor) -> None:
        super().__init__(
            editor,
            tr("Backups"),
            tr("A verified, encrypted copy is made once a day, when the diary is opened and something changed. "
               "The newest {daily} are kept, and the last of each of {monthly} months.").format(
                daily=backup.DAILY, monthly=backup.MONTHLY
            ),
        )  # fmt: skip
        self.found = label("", "body", wrap=True)
        self.where = label("", "secondary", wrap=True)
        self.now = secondary(tr("Back up now"))
        self.now.clicked.connect(self._make)
        put_back = secondary(tr("Restore a backup …"))
        put_back.clicked.connect(self.restore)
        self.body.addWidget(self.found)
        self.body.addWidget(self.where)
        self.body.addWidget(side_by_side(self.now, put_back))

    def refresh(self) -> None:
        folder = backup_folder(self.editor.diary.path)
        paths = sorted(folder.glob("*.ketatrack"), key=lambda path: path.stat().st_mtime)
        if not paths:
            self.found.setText(tr("No backup yet."))
        else:
            size = sum(path.stat().st_size for path in paths) / 1_000_000
            dated = backup.dated(folder, self.editor.diary.path.stem)
            latest = dated[-1].stem[-10:] if dated else ""
            last = tr(" The newest daily one is from {day}.").format(day=latest) if latest else ""
            self.found.setText(
                (tr("1 backup, {size} MB.") if len(paths) == 1 else tr("{n} backups, {size} MB.")).format(
                    n=len(paths), size=f"{size:.1f}"
                )
                + last
            )
        # A long path may break after each of its parts.
        self.where.setText(tr("They lie in {folder}").format(folder=str(folder).replace(os.sep, f"{os.sep}\u200b")))

    def _make(self) -> None:
        diary, now = self.editor.diary, self.editor.now()
        target = unused_name(backup_folder(diary.path), f"{diary.path.stem} by hand {now:%Y-%m-%d %H%M}")
        self.now.setEnabled(False)
        jobs.run(self, lambda: backup.make(diary, target), lambda _none: self._made(target.name), self._failed)

    def _made(self, name: str) -> None:
        self.now.setEnabled(True)
        self.refresh()
        self.say.emit(tr("A verified copy is made: {name}").format(name=name))

    def _failed(self, error: Exception) -> None:
        self.now.setEnabled(True)
        if not isinstance(error, KetaTrackError):
            raise error
        self.say.emit(str(error))
