"""The one window: first start, unlock screen, or an open diary; the lock after idle minutes, the look."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QCursor, QGuiApplication
from PySide6.QtWidgets import QApplication, QMainWindow

from ketatrack.diary import backup, reading
from ketatrack.diary.database import Diary
from ketatrack.errors import DamagedDiary, KetaTrackError
from ketatrack.i18n import _
from ketatrack.paths import backup_folder
from ketatrack.ui import jobs
from ketatrack.ui.diary_view import DiaryView
from ketatrack.ui.editor import Editor
from ketatrack.ui.failures import sentence_of
from ketatrack.ui.single_instance import FirstWindow
from ketatrack.ui.start import demo, trouble
from ketatrack.ui.start.screen import StartScreen
from ketatrack.ui.theme import tokens
from ketatrack.ui.theme.icons import window_icon
from ketatrack.ui.theme.preferences import Preferences
from ketatrack.ui.theme.stylesheet import apply_theme
from ketatrack.ui.theme.tokens import px
from ketatrack.ui.unsaved import UnsavedQuestion, words_of

_LOOK_AROUND_MS = 5_000
_SIGNS_OF_LIFE = {
    QEvent.Type.KeyPress,
    QEvent.Type.MouseMove,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
}
_AT_LEISURE_MS = 1000


class IdleTimer(QObject):
    """Emits `idle` once nothing has happened for the given minutes.

    Every few seconds it looks which window has the focus, and from then on sees what comes into that window from
    the system: a filter of every event of every widget would slow the whole window down.
    """

    idle = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.idle)
        self._pointer: QPoint | None = None
        self._look = QTimer(self)
        self._look.setInterval(_LOOK_AROUND_MS)
        self._look.timeout.connect(self._look_around)

    def start(self, minutes: int | None) -> None:
        """Count from now; None never locks."""
        self.stop()
        if minutes is not None:
            self._timer.start(minutes * 60_000)
            self._look.start()

    def stop(self) -> None:
        """Do not count any more."""
        self._timer.stop()
        self._look.stop()

    def _look_around(self) -> None:
        window = QGuiApplication.focusWindow()
        if window is not None:
            window.installEventFilter(self)
        # Moves over another program's window make no event here; the pointer tells of them.
        before, self._pointer = self._pointer, QCursor.pos()
        if before is not None and before != self._pointer:
            self._timer.start()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in _SIGNS_OF_LIFE and self._timer.isActive():
            self._timer.start()
        return False


class Appearance(QObject):
    """Applies the theme, and follows the system while the person has not chosen otherwise."""

    def __init__(self, app: QApplication, preferences: Preferences) -> None:
        super().__init__(app)
        self._app = app
        self._preferences = preferences
        app.styleHints().colorSchemeChanged.connect(lambda _scheme: self.apply())

    def apply(self) -> None:
        """Apply the theme that the preferences and the system ask for now."""
        theme, scale = self._theme(), self._preferences.text_size / 100
        if (tokens.theme(), tokens.text_scale()) != (theme, scale) or not self._app.styleSheet():
            apply_theme(self._app, theme, scale)

    def _theme(self) -> tokens.Theme:
        chosen = self._preferences.appearance
        if chosen == "system":
            dark = self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark
            return tokens.DARK if dark else tokens.LIGHT
        return tokens.DARK if chosen == "dark" else tokens.LIGHT


class Window(QMainWindow):
    """Holds either a start screen (first start, unlock) or the view of an open diary."""

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
        self.diary_view: DiaryView | None = None
        self._making_up = False
        self._idle = IdleTimer(self)
        self._idle.idle.connect(lambda: self.lock(idle=True))
        self._asking: UnsavedQuestion | None = None
        self._losing = False
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        self._appearance = Appearance(app, preferences)
        self._appearance.apply()
        geometry = preferences.geometry
        if geometry is not None:
            self.restoreGeometry(geometry)
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
        """Show the window over all others, as a second start on the same diary asks for."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized | Qt.WindowState.WindowActive)
        self.show()
        self.raise_()
        self.activateWindow()

    def show_message(self, words: str) -> None:
        """Tell the person something, wherever they are."""
        if self.diary_view is not None:
            self.diary_view.notice.show_message(words)
        elif isinstance(screen := self.centralWidget(), StartScreen):
            screen.show_error(words)

    # Start screens

    def show_start_screen(self, sentence: str = "") -> None:
        """Show the first start where there never was a diary, else unlocking; `sentence` says what went wrong."""
        if self._path.exists():
            from ketatrack.ui.start.unlock import UnlockScreen

            self._show_screen(UnlockScreen(self._path, self._now), sentence)
        elif self._was_there():
            self._show_screen(trouble.missing(self._path), sentence)
        else:
            self._show_first_start()

    def _was_there(self) -> bool:
        """Whether there was a diary: it was opened here before, or has backups."""
        backups = backup_folder(self._path)
        return self._path.resolve() in self._preferences.opened or any(backups.glob("*.ketatrack"))

    def _show_first_start(self) -> None:
        from ketatrack.ui.start.first_start import FirstStart

        screen = FirstStart(self._path, self._now)
        self.leaving.connect(screen.close_diary)
        self._show_screen(screen)

    def _show_damage(self, reason: str) -> None:
        """Stop: what is damaged is read no further, and nothing is written to it."""
        if self.diary_view is not None:
            unsaved = words_of(self.diary_view.save_all())
            self._close_diary()
            if self._asking is not None:
                self._asking.done(UnsavedQuestion.GO_BACK)
            self._show_screen(trouble.damaged(self._path, reason, unsaved))

    def _show_screen(self, screen: StartScreen, sentence: str = "") -> None:
        screen.opened.connect(self.open)
        screen.restore.connect(self.ask_restore)
        screen.look_around.connect(self.look_around)
        screen.other_diary.connect(self._ask_other_diary)
        screen.again.connect(self.show_start_screen)
        screen.begin.connect(self._show_first_start)
        screen.help_now.connect(self.help_now)
        self.setCentralWidget(screen)
        if sentence:
            screen.show_error(sentence)
        screen.focus_first()

    # An open diary

    def open(self, diary: Diary) -> None:
        """Show an open diary: Today first, then, in the background, today's backup."""
        self._making_up = False
        self._close_diary()
        if diary.path != self._path:
            self._own, self._path = self._path, diary.path
            self._listen()
        editor = Editor(diary, self._now)
        if diary.path != demo.path().resolve():
            self._preferences.remember_opened(diary.path)
        # Later, not in the middle of what is being read and drawn.
        editor.damaged.connect(self._show_damage, Qt.ConnectionType.QueuedConnection)
        editor.changed.connect(lambda _kinds: self._idle.start(editor.settings.lock_after_minutes))
        try:
            diary_view = self._show_diary(editor, "today")
        except DamagedDiary as error:  # met before there is anything to show
            self.diary_view = None
            jobs.drain()
            diary.close()
            self._show_screen(trouble.damaged(self._path, str(error), ""))
            return
        self._idle.start(editor.settings.lock_after_minutes)
        today = editor.today()
        QTimer.singleShot(_AT_LEISURE_MS, diary_view, diary_view.load_pages)
        jobs.run(self, lambda: backup.make_daily(diary, today), lambda _path: None, self._backup_failed)

    def _show_diary(self, editor: Editor, page: str) -> DiaryView:
        diary_view = DiaryView(editor)
        diary_view.lock.connect(self.lock)
        diary_view.help_now.connect(self.help_now)
        diary_view.restore.connect(self.ask_restore)
        diary_view.apply_theme.connect(self.apply_theme)
        self.diary_view = diary_view
        self.setCentralWidget(diary_view)
        diary_view.show_page(page)
        return diary_view

    def apply_theme(self) -> None:
        """Look as the preferences say now; another text size needs every page built anew."""
        before = tokens.text_scale()
        if self.diary_view is not None and self._preferences.text_size / 100 != before and self.diary_view.save_all():
            # Pages that are made anew would lose what could not be saved.
            self.show_message(_("The text keeps its size until everything is saved; choose it again then."))
            return
        self._appearance.apply()
        if self.diary_view is not None and tokens.text_scale() != before:
            self._show_diary(self.diary_view.editor, self.diary_view.page_name)

    def _backup_failed(self, error: Exception) -> None:
        if not isinstance(error, KetaTrackError):
            raise error
        if self.diary_view is not None:
            self.diary_view.notice.show_message(_("Today's backup could not be made. {reason}").format(reason=error))

    def lock(self, idle: bool = False) -> None:
        """Close the diary and show the unlock screen; what could not be saved is asked about before.

        After `idle` minutes nobody may be there: the diary is hidden while it waits for an answer.
        """
        if not self._may_close(_("Lock and lose it"), lambda: self.lock(idle), idle):
            return
        # The order matters: nothing may reach for a closed diary.
        if self._close_diary():
            # Nobody knows the passphrase of the made-up diary: from there the way leads back to one's own.
            if self._path == demo.path().resolve():
                self._path = self._own
                self._listen()
            self.show_start_screen()

    def save_all(self) -> None:
        """Save what is being typed, wherever it is."""
        if self.diary_view is not None:
            self.diary_view.save_all()

    def _may_close(self, lose: str, then: Callable[[], object], idle: bool = False) -> bool:
        """Save what is being typed; where that is refused, ask, and do `then` once nothing keeps it any more."""
        view = self.diary_view
        if view is None or self._losing or not (unsaved := view.save_all()):
            return True
        if self._asking is not None:
            return False
        question = UnsavedQuestion(self, unsaved, lose, view.editor.diary.key if idle else None)
        question.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._asking = question
        if idle:
            view.hide()
        saved_at_last = view.trying_again.saved.connect(lambda: question.done(UnsavedQuestion.SAVED))
        question.finished.connect(lambda answer: self._asked(answer, then))
        question.finished.connect(lambda _answer: view.trying_again.saved.disconnect(saved_at_last))
        question.open()
        return False

    def _asked(self, answer: int, then: Callable[[], object]) -> None:
        self._asking = None
        if self.diary_view is not None:
            self.diary_view.show()
            self._idle.start(self.diary_view.editor.settings.lock_after_minutes)
        if answer not in (UnsavedQuestion.SAVED, UnsavedQuestion.LOSE):
            return
        self._losing = answer == UnsavedQuestion.LOSE
        try:
            then()
        finally:
            self._losing = False

    def _close_diary(self) -> bool:
        """Close the diary that is open; whether there was one."""
        if self.diary_view is None:
            return False
        self._idle.stop()
        diary_view, self.diary_view = self.diary_view, None
        # What is closed may write and be read again, and what is being made is cancelled: then wait for the thread.
        diary_view.close_page()
        jobs.drain()
        diary_view.editor.diary.close()
        return True

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._may_close(_("Close and lose it"), self.close):
            event.ignore()
            return
        self._preferences.geometry = self.saveGeometry()
        self._close_diary()
        self.leaving.emit()
        if self._first is not None:
            self._first.close()
        super().closeEvent(event)

    # Other ways in

    def help_now(self) -> None:
        """Open the card behind "Help now"; without the person's contacts while the diary is locked."""
        from ketatrack.ui.help_now import HelpNow

        contacts = None
        if self.diary_view is not None:
            with self.diary_view.editor.diary.read() as connection:
                contacts = reading.contacts(connection)
        dialog = HelpNow(contacts, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def ask_restore(self) -> None:
        """Choose a backup, look into it, and put it in the place of the diary."""
        from ketatrack.ui.start.restore import RestoreDialog

        if not self._may_close(_("Lock and lose it"), self.ask_restore):
            return
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
        jobs.run(self, lambda: demo.make_up(self._now()), self.open, self._could_not, Diary.close)

    def _could_not(self, error: Exception) -> None:
        self._making_up = False
        self.show_start_screen(sentence_of(error))

    def _ask_other_diary(self) -> None:
        from PySide6.QtWidgets import QFileDialog

        chosen, _unused = QFileDialog.getOpenFileName(
            self, _("Open another diary"), str(self._path.parent), _("Diaries (*.ketatrack);;All files (*)")
        )
        if chosen:
            self._path = Path(chosen)
            self._preferences.diary = self._path
            self._listen()
            self.show_start_screen()
