"""The one window: first start, unlock screen, or an open diary, and the ways between them."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QMainWindow

from ketatrack.diary import backup, queries
from ketatrack.diary.database import Diary
from ketatrack.errors import KetaTrackError
from ketatrack.i18n import translate
from ketatrack.ui import jobs, made_up, tokens
from ketatrack.ui.appearance import Appearance
from ketatrack.ui.desk import Desk
from ketatrack.ui.editor import Editor
from ketatrack.ui.idle import IdleTimer
from ketatrack.ui.preferences import Preferences
from ketatrack.ui.single import FirstWindow
from ketatrack.ui.tokens import px
from ketatrack.ui.widgets.logo import window_icon


def tr(text: str, n: int = -1) -> str:
    """`text` in the person's language."""
    return translate("Window", text, n)


_AT_LEISURE_MS = 1000


class Window(QMainWindow):
    """Holds either a gate (first start, unlock) or the desk of an open diary."""

    leaving = Signal()

    def __init__(self, path: Path, now: Callable[[], datetime], preferences: Preferences) -> None:
        super().__init__()
        self.setWindowTitle("KetaTrack")
        self.setWindowIcon(window_icon())
        self.setMinimumSize(px(320), px(320))
        self._fit_the_screen()
        self._path, self._now, self._preferences = path, now, preferences
        self._first: FirstWindow | None = None
        self._own = path
        self.desk: Desk | None = None
        self._making_up = False
        self._idle = IdleTimer(self)
        self._idle.idle.connect(self.lock)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        self._appearance = Appearance(app, preferences)
        self._appearance.apply()
        kept = preferences.geometry
        if kept is not None:
            self.restoreGeometry(kept)
        self._listen()

    def _fit_the_screen(self) -> None:
        """Open as large as is comfortable, but whole on the screen: its frame, and no panel over it."""
        free = self.screen().availableGeometry()
        frame = QSize(px(16), px(48))  # the window's own edge and title bar, not known before it is shown
        self.resize(QSize(px(1200), px(800)).boundedTo(free.size() - frame))
        place = QRect(QPoint(0, 0), self.size() + frame)
        place.moveCenter(free.center())
        self.move(place.topLeft())

    def _listen(self) -> None:
        if self._first is not None:
            self._first.close()
        self._first = FirstWindow(self._path, self.come_to_front, self)

    def come_to_front(self) -> None:
        """What a second start on the same diary asks for."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized | Qt.WindowState.WindowActive)
        self.show()
        self.raise_()
        self.activateWindow()

    def say(self, words: str) -> None:
        """Tell the person something, wherever they are."""
        if self.desk is not None:
            self.desk.notice.say(words)

    # The gates

    def show_gate(self, sentence: str = "") -> None:
        """The first start where there is no diary yet, else the unlock screen; `sentence` says what went wrong."""
        if self._path.exists():
            self._show_unlock(sentence)
        else:
            self._show_first_start()

    def _show_unlock(self, sentence: str) -> None:
        from ketatrack.ui.unlock import UnlockScreen

        screen = UnlockScreen(self._path, self._now)
        screen.opened.connect(self.open)
        screen.restore.connect(self.ask_restore)
        screen.look_around.connect(self.look_around)
        screen.other_diary.connect(self._ask_other_diary)
        screen.help_now.connect(self.help_now)
        self.setCentralWidget(screen)
        if sentence:
            screen.show_error(sentence)
        screen.passphrase.setFocus()

    def _show_first_start(self) -> None:
        from ketatrack.ui.first_start import FirstStart

        screen = FirstStart(self._path, self._now)
        screen.finished.connect(self.open)
        screen.restore.connect(self.ask_restore)
        screen.look_around.connect(self.look_around)
        screen.help_now.connect(self.help_now)
        self.leaving.connect(screen.close_diary)
        self.setCentralWidget(screen)
        screen.passphrase.take_focus()

    # An open diary

    def open(self, diary: Diary) -> None:
        """Show an open diary: Today first, then, in the background, today's backup."""
        self._making_up = False
        self._put_away()
        if diary.path != self._path:
            self._own, self._path = self._path, diary.path
            self._listen()
        editor = Editor(diary, self._now)
        editor.changed.connect(lambda _kinds: self._idle.start(editor.settings.lock_after_minutes))
        desk = self._show_desk(editor, "today")
        self._idle.start(editor.settings.lock_after_minutes)
        today = editor.today()
        QTimer.singleShot(_AT_LEISURE_MS, desk, desk.load_pages)
        jobs.run(self, lambda: backup.make_daily(diary, today), lambda _path: None, self._backup_failed)

    def _show_desk(self, editor: Editor, page: str) -> Desk:
        desk = Desk(editor)
        desk.lock.connect(self.lock)
        desk.help_now.connect(self.help_now)
        desk.restore.connect(self.ask_restore)
        desk.dress.connect(self._dress)
        self.desk = desk
        self.setCentralWidget(desk)
        desk.show_page(page)
        return desk

    def _dress(self) -> None:
        """Look as the preferences say now; another text size needs every page built anew."""
        before = tokens.text_scale()
        self._appearance.apply()
        if self.desk is not None and tokens.text_scale() != before:
            self._show_desk(self.desk.editor, self.desk.shown)

    def _backup_failed(self, error: Exception) -> None:
        if not isinstance(error, KetaTrackError):
            raise error
        if self.desk is not None:
            self.desk.notice.say(tr("Today's backup could not be made. {reason}").format(reason=error))

    def lock(self) -> None:
        """Close the diary and show the unlock screen. The order matters: nothing may reach for a closed diary."""
        if self._put_away():
            # Nobody knows the passphrase of the made-up diary: from there the way leads back to one's own.
            if self._path == made_up.path().resolve():
                self._path = self._own
                self._listen()
            self.show_gate()

    def _put_away(self) -> bool:
        """Close the diary that is open; whether there was one."""
        if self.desk is None:
            return False
        self._idle.stop()
        desk, self.desk = self.desk, None
        # What is closed may write and be read again, and what is being made is cancelled: then wait for the worker.
        desk.put_away()
        jobs.drain()
        desk.editor.diary.close()
        return True

    def closeEvent(self, event: QCloseEvent) -> None:
        self._preferences.geometry = self.saveGeometry()
        self._put_away()
        self.leaving.emit()
        if self._first is not None:
            self._first.close()
        super().closeEvent(event)

    # Other ways in

    def help_now(self) -> None:
        """The card behind "Help now"; without the person's contacts while the diary is locked."""
        from ketatrack.ui.dialogs.help_now import HelpNow

        contacts = None
        if self.desk is not None:
            with self.desk.editor.diary.read() as connection:
                contacts = queries.contacts(connection)
        dialog = HelpNow(contacts, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def ask_restore(self) -> None:
        """Choose a backup, look into it, and put it in the place of the diary."""
        from ketatrack.ui.dialogs.restore import RestoreDialog

        self.lock()
        dialog = RestoreDialog(self._path, self._now, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.restored.connect(self.open)
        dialog.open()

    def look_around(self) -> None:
        """Make up a diary and open it; a second click while that goes on does nothing."""
        if self._making_up:
            return
        self._making_up = True
        jobs.run(self, lambda: made_up.make_up(self._now()), self.open, self._could_not, Diary.close)

    def _could_not(self, error: Exception) -> None:
        if not isinstance(error, KetaTrackError):
            raise error
        self._making_up = False
        self.show_gate(str(error))

    def _ask_other_diary(self) -> None:
        from PySide6.QtWidgets import QFileDialog

        chosen, _ = QFileDialog.getOpenFileName(
            self, tr("Open another diary"), str(self._path.parent), tr("Diaries (*.ketatrack);;All files (*)")
        )
        if chosen:
            self._path = Path(chosen)
            self._preferences.diary = self._path
            self._listen()
            self.show_gate()
