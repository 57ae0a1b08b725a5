"""Putting a backup back: choose it, see what it holds beside the present diary, and only then replace anything."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from ketatrack.diary import backup
from ketatrack.diary.database import Diary
from ketatrack.errors import KetaTrackError, WrongPassphrase
from ketatrack.i18n import _
from ketatrack.models import labels
from ketatrack.paths import backup_folder
from ketatrack.ui import jobs, localised
from ketatrack.ui.failures import sentence_of
from ketatrack.ui.theme.tokens import px
from ketatrack.ui.widgets.boxes import Stretch, hbox, vbox
from ketatrack.ui.widgets.buttons import primary, secondary
from ketatrack.ui.widgets.cards import Note
from ketatrack.ui.widgets.choices import Choice
from ketatrack.ui.widgets.labels import label
from ketatrack.ui.widgets.passphrase import SecretField


class RestoreDialog(QDialog):
    """Restores over `live`, which must be closed. `restored` carries the open Diary."""

    restored = Signal(object)

    def __init__(self, live: Path, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Restore a backup"))
        self.setMinimumWidth(px(560))
        self._live, self._now = live, now
        self._chosen: Path | None = None
        result = sorted(backup_folder(live).glob("*.ketatrack"), key=lambda path: path.stat().st_mtime, reverse=True)
        self._backups_found = result
        self.backups = Choice(_("Backup"), [(path, path.stem) for path in result], _("No backup here yet"))
        self.backups.changed.connect(self._choose)
        self.passphrase = SecretField(_("Passphrase of the backup"))
        self.passphrase.textEdited.connect(lambda _text: self._show_nothing())
        self.contents = label("", "body", wrap=True)
        self.note = Note()
        self.look = secondary(_("Look into it"))
        self.look.clicked.connect(self._look)
        self.go = primary(_("Put it in place"))
        self.go.clicked.connect(self._restore)
        self._lay_out()
        if result:
            self._choose(result[0])
            self.backups.value = result[0]
        self._show_nothing()

    def _lay_out(self) -> None:
        other = secondary(_("Another file …"), "folder")
        other.clicked.connect(self._ask_file)
        row = hbox((self.backups, 1), other)
        name = label(_("The passphrase it was made with"), "medium")
        name.setBuddy(self.passphrase)
        cancel = secondary(_("Cancel"))
        cancel.clicked.connect(self.reject)
        foot = hbox(Stretch(), cancel, self.look, self.go, gap=12)
        vbox(
            label(_("Restore a backup"), "title"),
            label(
                _("Nothing is replaced before you have seen what the backup holds. Your present diary is kept."),
                "secondary",
                wrap=True,
            ),
            8,
            row,
            name,
            self.passphrase,
            self.contents,
            self.note,
            8,
            foot,
            gap=8,
            margins=(24, 20, 24, 20),
            of=self,
        )

    def _ask_file(self) -> None:
        chosen, _unused = QFileDialog.getOpenFileName(
            self, _("Choose a backup"), str(backup_folder(self._live)), _("Diaries (*.ketatrack);;All files (*)")
        )
        if chosen:
            self.choose(Path(chosen))

    def choose(self, path: Path) -> None:
        """Take a file that may lie anywhere."""
        if path not in self._backups_found:
            self._backups_found = [path, *self._backups_found]
            self.backups.set_options([(path, path.stem) for path in self._backups_found])
        self.backups.value = path
        self._choose(path)

    def _choose(self, path: object) -> None:
        self._chosen = path if isinstance(path, Path) else None
        self._show_nothing()

    def _show_nothing(self) -> None:
        self.contents.setText("")
        self.note.set_words("")
        self.go.setEnabled(False)
        self.look.setEnabled(self._chosen is not None)
        self.look.setDefault(True)

    def _look(self) -> None:
        chosen, secret, live = self._chosen, self.passphrase.text(), self._live
        if chosen is None:
            return

        def work() -> tuple[backup.Contents, str]:
            contents = backup.inspect(chosen, secret)
            if not live.exists():
                return contents, _("There is no diary at its place now.")
            try:
                return contents, _("Your present diary: {contents}").format(
                    contents=_contents(backup.inspect(live, secret))
                )
            except WrongPassphrase:
                return contents, _(
                    "Your present diary has another passphrase, so what it holds cannot be shown; it is kept."
                )
            except KetaTrackError as error:
                return contents, _("Your present diary: {reason}").format(reason=error)

        self.look.setEnabled(False)
        jobs.run(self, work, self._looked, self._failed)

    def _looked(self, both: tuple[backup.Contents, str]) -> None:
        self.look.setEnabled(True)
        self.contents.setText(_("The backup: {contents}").format(contents=_contents(both[0])) + "\n" + both[1])
        self.note.set_words(_("This puts the backup in the place of your diary. The present diary is kept beside it."))
        self.adjustSize()
        self.go.setEnabled(True)
        self.go.setDefault(True)
        self.go.setFocus(Qt.FocusReason.OtherFocusReason)

    def _restore(self) -> None:
        chosen, secret, live, now = self._chosen, self.passphrase.text(), self._live, self._now()
        if chosen is None:
            return
        self.go.setEnabled(False)
        jobs.run(
            self,
            lambda: backup.restore(chosen, live, secret, now),
            self._done,
            self._failed,
            lambda result: result[0].close(),
        )

    def _done(self, result: tuple[Diary, Path | None]) -> None:
        self.restored.emit(result[0])
        self.accept()

    def _failed(self, error: Exception) -> None:
        self._show_nothing()
        self.note.set_words(sentence_of(error))
        self.adjustSize()


def _contents(contents: backup.Contents) -> str:
    first, last = contents.first_day, contents.last_day
    period = _("no entries")
    if first and last:
        period = _("{first} to {last}").format(first=localised.short_day(first), last=localised.short_day(last))
    return _("{counts}; {period}").format(counts=labels.entry_counts(contents.counts), period=period)
