"""The unlock screen: the passphrase, and the ways out when it is forgotten or the file does not open."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from ketatrack.diary.database import Diary, open_diary
from ketatrack.errors import WrongPassphrase
from ketatrack.i18n import _
from ketatrack.ui import jobs, localised
from ketatrack.ui.failures import sentence_of
from ketatrack.ui.page import TIGHT
from ketatrack.ui.sidebar import help_button
from ketatrack.ui.start.screen import StartScreen
from ketatrack.ui.theme.icons import Logo
from ketatrack.ui.theme.tokens import px
from ketatrack.ui.widgets.boxes import Stretch, hbox, vbox
from ketatrack.ui.widgets.buttons import big, quiet
from ketatrack.ui.widgets.cards import Card, Note
from ketatrack.ui.widgets.labels import centred, label
from ketatrack.ui.widgets.layout import scrolled
from ketatrack.ui.widgets.passphrase import SecretField

TRIES_BEFORE_DOUBT = 3  # from which wrong passphrase on the file is doubted too


class UnlockScreen(StartScreen):
    """Asks for the passphrase of one file."""

    def __init__(self, path: Path, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._path = path
        self._wrong = 0
        self.passphrase = SecretField(_("Passphrase"))
        self.passphrase.returnPressed.connect(self._unlock)
        self.button = big(_("Unlock"))
        self.button.clicked.connect(self._unlock)
        self.note = Note()
        page = QWidget()
        page.setObjectName("page")
        self.area = scrolled(page)
        self._ways_row = _centred(*self._ways())
        vbox(
            Stretch(3),
            _centred(Logo(40)),
            16,
            _centred(label(_("Your diary is locked"), "headline")),
            _centred(label(_last_written(path, now()), "secondary")),
            16,
            _centred(self._card(), share=100),
            8,
            self._ways_row,
            Stretch(4),
            margins=(24, 24, 24, 8),
            of=page,
        )
        # The foot stands below what scrolls: always in sight.
        vbox((self.area, 1), _foot(self.help_now), margins=0, of=self)

    def _card(self) -> QWidget:
        card = Card(padding=28)
        card.setMaximumWidth(px(400))
        name = label(_("Passphrase"), "medium")
        name.setBuddy(self.passphrase)
        for part in (name, self.passphrase, self.note):
            card.body.addWidget(part)
        card.body.addSpacing(px(4))
        card.body.addWidget(self.button)
        return card

    def _ways(self) -> list[QWidget]:
        other, restore, look = (
            quiet(_("Open another diary")),
            quiet(_("Restore a backup")),
            quiet(_("Look around with a made-up diary")),
        )
        other.clicked.connect(self.other_diary)
        restore.clicked.connect(self.restore)
        look.clicked.connect(self.look_around)
        return [other, restore, look]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Set the ways out below each other where large text leaves no room beside."""
        super().resizeEvent(event)
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._ways_row.setDirection(down if event.size().width() < px(TIGHT) else across)

    def _unlock(self) -> None:
        secret = self.passphrase.text()
        if not self.button.isEnabled():
            return
        self._busy(True)
        jobs.run(self, lambda: open_diary(self._path, secret), self._done, self._failed, Diary.close)

    def _busy(self, busy: bool) -> None:
        self.button.setEnabled(not busy)
        self.button.setText(_("Opening …") if busy else _("Unlock"))

    def _done(self, diary: Diary) -> None:
        self.passphrase.clear()
        self.opened.emit(diary)

    def _failed(self, error: Exception) -> None:
        self._busy(False)
        self.show_error(self._in_words(error))
        self.passphrase.selectAll()
        self.passphrase.setFocus(Qt.FocusReason.OtherFocusReason)

    def _in_words(self, error: Exception) -> str:
        """Return a slip of the finger is told as one; only somebody who is sure of it hears of a damaged file."""
        if not isinstance(error, WrongPassphrase):
            return sentence_of(error)
        self._wrong += 1
        if self._wrong < TRIES_BEFORE_DOUBT:
            return str(error)
        return f"{error} " + _("If you are sure of it, the file may be damaged: a backup can be restored below.")

    def show_error(self, sentence: str) -> None:
        """Say why the diary did not open."""
        self.note.set_words(sentence)
        QTimer.singleShot(0, self, self._reveal_note)

    def focus_first(self) -> None:
        """Put the cursor into the passphrase."""
        self.passphrase.setFocus()

    def _reveal_note(self) -> None:
        """Scroll to what went wrong and to the field, where large text leaves no room for all."""
        self.area.ensureWidgetVisible(self.button)
        self.area.ensureWidgetVisible(self.passphrase)


def _last_written(path: Path, now: datetime) -> str:
    try:
        at = datetime.fromtimestamp(path.stat().st_mtime).astimezone(now.tzinfo)
    except OSError:
        return path.name
    clock = localised.clock(at.time())
    if at.date() == now.date():
        return _("Last written today at {time}").format(time=clock)
    return _("Last written on {day} at {time}").format(day=localised.long_day(at.date()), time=clock)


def _centred(*parts: QWidget, share: int = 0) -> QHBoxLayout:
    """Return a row with its parts in the middle; with `share` they take what room there is, up to their limit."""
    row = hbox(Stretch(), gap=14)
    for part in parts:
        row.addWidget(part, share)
    row.addStretch(1)
    return row


def _foot(help_now: object) -> QHBoxLayout:
    button = help_button()
    button.setFixedWidth(px(184))
    button.clicked.connect(help_now)
    promise = label(_("Works offline. Nothing leaves this computer."), "hint", wrap=True)
    promise.setAlignment(Qt.AlignmentFlag.AlignRight)
    return hbox(button, (centred(promise), 1), gap=24, margins=(24, 8, 24, 16))
