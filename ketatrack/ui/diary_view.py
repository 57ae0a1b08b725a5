"""The window while a diary is open: the sidebar, one page beside it, notices, and what belongs to all pages.

Pages are made on their first visit, with the Editor; what a page cannot do itself it asks for with a signal of `Page`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QAction,
    QClipboard,
    QKeySequence,
    QResizeEvent,
    QShortcut,
    QUndoStack,
)
from PySide6.QtWidgets import QApplication, QDialog, QFrame, QStackedWidget, QWidget

from ketatrack.diary import reading
from ketatrack.i18n import N_, _
from ketatrack.models.records import Draft, Record, Session
from ketatrack.ui import localised
from ketatrack.ui.editor import Editor
from ketatrack.ui.page import Page, SessionToOpen
from ketatrack.ui.sidebar import Sidebar
from ketatrack.ui.start import demo
from ketatrack.ui.theme.tokens import px, text_scale
from ketatrack.ui.unsaved import TryingAgain, commit_all, holders
from ketatrack.ui.widgets.boxes import hbox
from ketatrack.ui.widgets.buttons import quiet
from ketatrack.ui.widgets.labels import centred, label

_SHOWN_MS = 7_000
_WITH_BUTTON_MS = 20_000
_PAUSE_MS = 100
_CLOCK_MS = 60_000


class Notice(QFrame):
    """Stands over the foot of `over`, a part of `host`, for a while, or until it is closed."""

    def __init__(self, host: QWidget, over: QWidget) -> None:
        super().__init__(host)
        self._over = over
        self.setProperty("tone", "notice")
        self.setObjectName("notice")
        self._words = label("", "body", wrap=True)
        self.button = quiet("")
        self.button.clicked.connect(self._do)
        self._action: Callable[[], object] | None = None
        close = quiet(_("Close"))
        close.clicked.connect(self.hide)
        hbox((centred(self._words), 1), self.button, close, margins=(16, 6, 8, 6), of=self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self.hide()

    def show_message(self, words: str, button: str = "", action: Callable[[], object] | None = None) -> None:
        """Show `words` and tell them to a screen reader; with a `button` that does `action`."""
        self._words.setText(words)
        self._action = action
        self.button.setText(button)
        self.button.setAccessibleName(button)
        self.button.setVisible(bool(button))
        self.setAccessibleName(words)
        self.place()
        self.show()
        self.raise_()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))
        self._timer.start(_WITH_BUTTON_MS if button else _SHOWN_MS)

    def _do(self) -> None:
        self.hide()
        if self._action is not None:
            self._action()

    def place(self) -> None:
        """Along the foot of the page, never over the sidebar: "Help now" stays in reach."""
        page = self._over.geometry()
        width = min(page.width() - px(48), px(760))
        self.resize(width, self.heightForWidth(width) if self.hasHeightForWidth() else self.sizeHint().height())
        self.move(page.left() + (page.width() - width) // 2, page.bottom() - self.height() - px(16))


PageClass = Callable[[Editor], Page]


@dataclass(frozen=True, slots=True)
class PageSpec:
    """A page in the sidebar; `load` imports its code, which may take a while the first time."""

    name: str
    title: str
    icon: str
    load: Callable[[], PageClass]


def _load_today() -> PageClass:
    from ketatrack.ui.today.page import TodayPage

    return TodayPage


def _load_sessions() -> PageClass:
    from ketatrack.ui.sessions.page import SessionsPage

    return SessionsPage


def _load_scores() -> PageClass:
    from ketatrack.ui.scores.page import ScoresPage

    return ScoresPage


def _load_relief() -> PageClass:
    from ketatrack.ui.relief.page import ReliefPage

    return ReliefPage


def _load_habits() -> PageClass:
    from ketatrack.ui.habits.page import HabitsPage

    return HabitsPage


def _load_share() -> PageClass:
    from ketatrack.ui.share.page import SharePage

    return SharePage


def _load_settings() -> PageClass:
    from ketatrack.ui.settings.page import SettingsPage

    return SettingsPage


PAGES = (
    PageSpec("today", N_("Today"), "today", _load_today),
    PageSpec("sessions", N_("Sessions"), "sessions", _load_sessions),
    PageSpec("scores", N_("Scores"), "scores", _load_scores),
    PageSpec("relief", N_("Relief"), "relief", _load_relief),
    PageSpec("habits", N_("Habits"), "habits", _load_habits),
    PageSpec("share", N_("Share"), "export", _load_share),
    PageSpec("settings", N_("Settings"), "settings", _load_settings),
)
"""Every page, in the sidebar's order."""


class DiaryView(QWidget):
    """Everything one sees of an open diary; deleted when it is locked."""

    lock = Signal()
    help_now = Signal()
    restore = Signal()
    apply_theme = Signal()

    def __init__(self, editor: Editor) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.editor = editor
        editor.setParent(self)
        self._pages: dict[str, Page] = {}
        self._not_loaded = list(PAGES)
        self._stale: set[str] = set()
        self.page_name = ""
        self.sidebar = Sidebar([(spec.name, _(spec.title), spec.icon) for spec in PAGES])
        made_up = editor.diary.path == demo.path().resolve()
        self._caption = _("A made-up diary. Lock leads back to yours.") if made_up else ""
        self.sidebar.set_caption(self._caption)
        self.sidebar.chosen.connect(self.go_to)
        self.sidebar.lock.connect(self.lock)
        self.sidebar.help_now.connect(self.help_now)
        self.stack = QStackedWidget()
        hbox(self.sidebar, (self.stack, 1), gap=0, margins=0, of=self)
        self.notice = Notice(self, over=self.stack)
        editor.changed.connect(self._mark_stale)
        self.trying_again = TryingAgain(self)
        self.trying_again.saved.connect(self._tell_saved_at_last)
        editor.refused.connect(self._tell_refused)
        editor.deleted.connect(
            lambda step: self.notice.show_message(_("{step}: done. Ctrl+Z takes it back.").format(step=step))
        )
        self._make_actions(editor.undo_stack)
        self._today = editor.today()
        clock = QTimer(self, interval=_CLOCK_MS)
        clock.timeout.connect(self.look_at_the_clock)
        clock.start()

    def save_all(self) -> list[Any]:
        """Save all that is still being typed, on every page and in every dialog; return who could not."""
        return commit_all(self)

    def _tell_refused(self, words: str) -> None:
        """Say why, once; as long as something is not saved the sidebar says so, and it is tried again."""
        if self.trying_again.trying:
            return
        self.notice.show_message(words)
        # What was refused is marked only once the signal has come back to where it was typed.
        QTimer.singleShot(0, self, self._look_for_unsaved)

    def _look_for_unsaved(self) -> None:
        if holders(self):
            self.sidebar.set_caption(_("Not saved yet. KetaTrack goes on trying."))
            self.trying_again.start()

    def _tell_saved_at_last(self) -> None:
        self.sidebar.set_caption(self._caption)
        self.notice.show_message(_("Saved now."))

    def page(self, name: str) -> Page:
        """Return the page of that name, made if this is its first visit."""
        if name not in self._pages:
            spec = next(spec for spec in PAGES if spec.name == name)
            page = spec.load()(self.editor)
            page.open_session.connect(self.open_session)
            page.copy_session.connect(self.copy_session)
            page.import_notes.connect(self.import_notes)
            page.apply_theme.connect(self.apply_theme)
            page.restore.connect(self.restore)
            page.start_questionnaire.connect(self.start_questionnaire)
            page.show_message.connect(self.notice.show_message)
            self._pages[name] = page
            self._stale.add(name)
            self.stack.addWidget(page)
        return self._pages[name]

    def load_pages(self) -> None:
        """Load the code of one more page, and soon the next: done while nothing else is, it spares a first visit."""
        if self._not_loaded:
            self._not_loaded.pop(0).load()
            QTimer.singleShot(_PAUSE_MS, self, self.load_pages)

    def go_to(self, name: str) -> None:
        """Go to the beginning of a page: Today to today, Scores to its overview."""
        self.page(name).show_beginning()
        self.show_page(name)

    def look_at_the_clock(self) -> None:
        """Let every page move on when a new diary day has begun."""
        if self.editor.today() != self._today:
            self._today = self.editor.today()
            self._stale |= set(self._pages)
            self._refresh_current()

    def show_page(self, name: str) -> None:
        """Go to a page; it reads the diary again if something changed since it was shown last."""
        page = self.page(name)
        if self.page_name and self.page_name != name:
            commit_all(self._pages[self.page_name])
        self.look_at_the_clock()
        self.page_name = name
        self.sidebar.show_chosen(name)
        self.stack.setCurrentWidget(page)
        self._refresh_current()
        page.focus_first()

    def open_session(self, session: SessionToOpen = None) -> None:
        """Open the session sheet on a session (or the one of that id), or on a new one of that day, or of today."""
        if session is None or isinstance(session, date):
            self._open_sheet(day=session)
            return
        if isinstance(session, UUID):
            with self.editor.diary.read() as connection:
                session = reading.get(connection, Session, session)
        self._open_sheet(session)

    def copy_session(self) -> None:
        """Open the session sheet on a new session that begins with what the last one had."""
        self._open_sheet(copy_last=True)

    def _open_sheet(self, session: Session | None = None, copy_last: bool = False, day: date | None = None) -> None:
        from ketatrack.ui.sessions.sheet import SessionSheet

        sheet = SessionSheet(self.editor, self, session, copy_last, day)
        sheet.saved.connect(self._tell_saved)
        sheet.draft_kept.connect(self._tell_draft_kept)
        sheet.finished.connect(self._refresh_current)
        self._open(sheet)

    def _tell_saved(self, session: Session) -> None:
        same_year = session.day.year == self.editor.today().year
        day = localised.day_and_month(session.day) if same_year else localised.short_day(session.day)
        self.notice.show_message(_("Session of {day} saved.").format(day=day))

    def _tell_draft_kept(self, session: Session | None) -> None:
        self.notice.show_message(_("Kept, not saved yet."), _("Continue"), lambda: self.open_session(session))

    def import_notes(self) -> None:
        """Open the dialog that brings in older notes."""
        from ketatrack.ui.importing.dialog import ImportDialog

        dialog = ImportDialog(self.editor, self)
        dialog.brought.connect(self.notice.show_message)
        self._open(dialog)

    def _open(self, dialog: QDialog) -> None:
        """Open a dialog over the diary; Ctrl+L locks from there too."""
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        QShortcut(QKeySequence("Ctrl+L"), dialog, self.lock.emit)
        dialog.open()

    def start_questionnaire(self, key: str) -> None:
        """Go to Scores and begin a questionnaire there."""
        from ketatrack.ui.scores.page import ScoresPage

        self.show_page("scores")
        page = self.page("scores")
        assert isinstance(page, ScoresPage)
        page.start(key)

    def print_report(self) -> None:
        """Go to Share, and from there to the system's print dialog."""
        from ketatrack.ui.share.page import SharePage

        self.show_page("share")
        page = self.page("share")
        assert isinstance(page, SharePage)
        page.print_report()

    def _mark_stale(self, kinds: frozenset[type[Record]]) -> None:
        """Mark the pages that show one of these kinds; the one that is seen reads the diary again at once."""
        self._stale |= {name for name, page in self._pages.items() if page.shows & kinds}
        if kinds != frozenset({Draft}):  # saved while one types: a page that offers it shows it on the next visit
            self._refresh_current()

    def _refresh_current(self) -> None:
        if self.page_name in self._stale:
            self._stale.discard(self.page_name)
            self._pages[self.page_name].refresh()

    def _make_actions(self, steps: QUndoStack) -> None:
        def add(keys: str | QKeySequence.StandardKey, slot: Callable[[], object]) -> None:
            action = QAction(self)
            action.setShortcuts([QKeySequence(keys)] if isinstance(keys, str) else QKeySequence.keyBindings(keys))
            action.triggered.connect(lambda _checked=False: slot())
            self.addAction(action)

        for number, spec in enumerate(PAGES[:-1], start=1):
            add(f"Ctrl+{number}", partial(self.go_to, spec.name))
        add("Ctrl+,", lambda: self.go_to("settings"))
        add("Ctrl+N", self.open_session)
        add("Ctrl+L", self.lock.emit)
        add(QKeySequence.StandardKey.Print, self.print_report)
        add("F1", self.help_now.emit)
        add(QKeySequence.StandardKey.Undo, lambda: self._step(steps, back=True))
        add(QKeySequence.StandardKey.Redo, lambda: self._step(steps, back=False))
        if QKeySequence("Ctrl+Y") not in QKeySequence.keyBindings(QKeySequence.StandardKey.Redo):
            add("Ctrl+Y", lambda: self._step(steps, back=False))

    def _step(self, steps: QUndoStack, back: bool) -> None:
        """Undo or redo one step and say which."""
        name = steps.undoText() if back else steps.redoText()
        if not (steps.canUndo() if back else steps.canRedo()):
            self.notice.show_message(
                _("There is nothing to take back.") if back else _("There is nothing to do again.")
            )
            return
        if self.editor.step(back):
            self.notice.show_message((_("Taken back: {step}.") if back else _("Done again: {step}.")).format(step=name))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.sidebar.fit(self.width() / text_scale(), self.height() / text_scale())
        QTimer.singleShot(0, self, self.notice.place)  # once the page beside the sidebar has its new width

    def close_page(self) -> None:
        """Before a lock: close dialogs (their drafts are kept), forget undo, figures and what was copied."""
        self.save_all()
        for dialog in self.findChildren(QWidget):
            if dialog.isWindow() and dialog.isVisible():
                if isinstance(dialog, QDialog) and hasattr(dialog, "losing"):
                    dialog.losing = True  # asked about before, where something of it could not be kept
                dialog.close()
        for page in self._pages.values():
            page.close_page()
        self.editor.undo_stack.clear()
        clipboard = QApplication.clipboard()
        if clipboard.ownsClipboard():
            clipboard.clear()
        if clipboard.ownsSelection():  # what was marked last, which X11 pastes with the middle button
            clipboard.clear(QClipboard.Mode.Selection)
