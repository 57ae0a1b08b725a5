"""The first start: the three promises beside four short steps, each skippable but the passphrase."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QScrollArea, QStackedWidget, QWidget

from ketatrack.diary import writing
from ketatrack.diary.database import Diary, create
from ketatrack.errors import KetaTrackError
from ketatrack.i18n import _
from ketatrack.models.tracked import built_in
from ketatrack.ui import jobs
from ketatrack.ui.failures import sentence_of
from ketatrack.ui.page import COMPACT, NARROW, TIGHT
from ketatrack.ui.sidebar import help_button
from ketatrack.ui.start.screen import StartScreen
from ketatrack.ui.start.steps import BaselineStep, ContactStep, PassphraseStep, Step, TrackStep
from ketatrack.ui.theme.icons import Logo
from ketatrack.ui.theme.tokens import px, text_scale
from ketatrack.ui.widgets.boxes import Stretch, hbox, vbox
from ketatrack.ui.widgets.buttons import primary, quiet, secondary
from ketatrack.ui.widgets.cards import Icon
from ketatrack.ui.widgets.fields import ErrorLine
from ketatrack.ui.widgets.labels import label
from ketatrack.ui.widgets.layout import FlowLayout, scrolled


class FirstStart(StartScreen):
    """Makes a diary at `path` after the first step; `opened` carries it once the last step is done."""

    def __init__(self, path: Path, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._path, self._now = path, now
        self._diary: Diary | None = None
        self._pairs: list[writing.Pair] = []
        self.passphrase = PassphraseStep()
        self.track = TrackStep()
        self.baseline = BaselineStep(now)
        self.contact = ContactStep()
        self.steps: tuple[Step, ...] = (self.passphrase, self.track, self.baseline, self.contact)
        self._stack = QStackedWidget()
        for number, step in enumerate(self.steps, start=1):
            step.set_number(number, len(self.steps))
            step.ready_changed.connect(self._show_ready)
            self._stack.addWidget(_in_the_middle(step))
        self._promises = _Promises(self.help_now)
        self.refusal = ErrorLine()
        right = vbox((self._stack, 1), self.refusal, self._foot(), margins=24)
        hbox(self._promises, (right, 1), gap=0, margins=0, of=self)
        self._show_step(0)

    def _foot(self) -> QWidget:
        foot = QWidget()
        foot.setMaximumWidth(px(560))
        self.help_button = help_button()
        self.help_button.clicked.connect(self.help_now)
        self.look = quiet(_("Look around with a made-up diary"))
        self.look.clicked.connect(self.look_around)
        self.restoring = quiet(_("Restore a backup"))
        self.restoring.clicked.connect(self.restore)
        self.back = secondary(_("Back"))
        self.back.clicked.connect(lambda: self._show_step(self._stack.currentIndex() - 1))
        self.skip = secondary(_("Skip"))
        self.skip.clicked.connect(lambda: self._leave(keep=False))
        self.next = primary(_("Continue"))
        self.next.clicked.connect(lambda: self._leave(keep=True))
        self._foot_row = QBoxLayout(QBoxLayout.Direction.LeftToRight, foot)
        self._foot_row.setContentsMargins(px(20), 0, px(20), 0)
        self._foot_row.setSpacing(px(8))
        ways, onwards = FlowLayout(gap=8), QHBoxLayout()
        for button in (self.look, self.restoring):
            ways.addWidget(button)
        onwards.addWidget(self.help_button)
        onwards.addStretch(1)
        for button in (self.back, self.skip, self.next):
            onwards.addWidget(button)
        self._foot_row.addLayout(vbox(Stretch(), ways, Stretch(), gap=0), 1)
        self._foot_row.addLayout(onwards)
        holder = QWidget()
        hbox(foot, margins=0, of=holder)
        return holder

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the promises less room in a narrow window, and none where the text is large too; Help stays."""
        super().resizeEvent(event)
        room = event.size().width() / text_scale()
        self._promises.setFixedWidth(px(400 if room >= COMPACT else 336))
        self._promises.setVisible(room >= NARROW)
        self.help_button.setVisible(room < NARROW)
        direction = QBoxLayout.Direction
        self._foot_row.setDirection(direction.TopToBottom if room < TIGHT else direction.LeftToRight)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter is Continue on every step; where that is not possible yet it leads to the next field."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or event.isAutoRepeat():
            super().keyPressEvent(event)
        elif self.next.isEnabled():
            self.next.click()
        else:
            self.focusNextChild()

    def _show_step(self, index: int) -> None:
        self._stack.setCurrentIndex(index)
        if self.steps[index] is self.baseline:
            self.baseline.ask_for(self.track.chosen_measures())
        first, last = index == 0, index == len(self.steps) - 1
        self.look.setVisible(first)
        self.restoring.setVisible(first)
        # The passphrase has made the file: there is no way back to it, only to the steps after it.
        self.back.setVisible(index > 1)
        self.skip.setVisible(not first)
        self.next.setText(_("Open the diary") if last else _("Continue"))
        self._show_ready()
        self.steps[index].focus_first()

    def _show_ready(self) -> None:
        self.next.setEnabled(self.steps[self._stack.currentIndex()].is_ready())

    def _leave(self, keep: bool) -> None:
        index = self._stack.currentIndex()
        if keep and not self.steps[index].takes():
            return
        if index == 0:
            self._create()
        elif index < len(self.steps) - 1:
            self._show_step(index + 1)
        else:
            self._finish(keep)
        if not keep and 0 < index < len(self.steps) - 1:
            self.steps[index].forget()

    def _create(self) -> None:
        secret, path, today = self.passphrase.text(), self._path, self._now().date()

        def make() -> Diary:
            diary = create(path, secret)
            try:
                writing.apply(diary, [(None, tracked) for tracked in built_in()], today)
            except BaseException:
                diary.close()
                path.unlink()  # made a moment ago, and empty: it would stand in the way of the next try
                raise
            return diary

        self.next.setEnabled(False)
        jobs.run(self, make, self._created, self._failed, Diary.close)

    def _created(self, diary: Diary) -> None:
        self._diary = diary
        self.passphrase.forget()
        self._show_step(1)

    def _failed(self, error: Exception) -> None:
        self._show_ready()
        self.passphrase.show_error(sentence_of(error))

    def _finish(self, keep: bool) -> None:
        assert self._diary is not None
        if not keep:
            self.contact.forget()
        pairs = [pair for step in self.steps for pair in step.pairs()]
        try:
            writing.apply(self._diary, pairs, self._now().date())
        except KetaTrackError as error:
            again = _("{error} What you typed here is still in its fields; try again when that is mended.")
            self.refusal.say(self.next, again.format(error=error))
            return
        self.refusal.say(self.next, "")
        diary, self._diary = self._diary, None
        self.opened.emit(diary)

    def show_error(self, sentence: str) -> None:
        """Say what went wrong, at the foot of every step."""
        self.refusal.say(self, sentence)

    def focus_first(self) -> None:
        """Put the cursor into the passphrase."""
        self.passphrase.focus_first()

    def close_diary(self) -> None:
        """Close a diary that was made but not opened yet, when the window is closed in between."""
        if self._diary is not None:
            self._diary.close()


class _Promises(QWidget):
    """The left half: what KetaTrack is, and what it promises."""

    def __init__(self, help_now: object) -> None:
        super().__init__()
        self.setProperty("tone", "sidebar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        head = hbox(Logo(28), label("KetaTrack", "title"), Stretch(), gap=12)
        title = label(_("A diary for your\nketamine therapy"), "headline", wrap=True)
        column = vbox(head, 48, title, 16, margins=(48, 48, 44, 32), of=self)
        for drawing, name, words in (
            (
                "check-double",
                _("Nothing is ever lost"),
                _("Every change is saved as you make it, can be taken back, and is backed up on this computer."),
            ),
            (
                "shield",
                _("Nobody else reads it"),
                _("No account and no network. One encrypted file that belongs to you."),
            ),
            ("bars", _("The numbers are honest"), _("It says how much your own notes can tell, and what they cannot.")),
        ):
            column.addLayout(_promise(drawing, name, words))
            column.addSpacing(px(12))
        column.addStretch(1)
        button = help_button()
        button.clicked.connect(help_now)
        column.addLayout(hbox(button, Stretch()))


def _promise(drawing: str, name: str, words: str) -> QHBoxLayout:
    drawn = vbox(Icon(drawing, "accent", 24), Stretch())
    column = vbox(label(name, "strong"), label(words, "secondary", wrap=True), gap=2)
    return hbox(drawn, (column, 1), gap=16)


def _in_the_middle(step: Step) -> QScrollArea:
    middle = QWidget()
    middle.setObjectName("page")
    step.setMaximumWidth(px(520))
    hbox(Stretch(), (step, 10), Stretch(), of=middle)
    return scrolled(middle)
