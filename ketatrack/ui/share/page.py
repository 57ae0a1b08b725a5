"""Share: on the left what leaves the diary, on the right the report itself, and the files that can be made of it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QLocale, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QDialog, QVBoxLayout, QWidget

from ketatrack.diary import reading
from ketatrack.diary.writing import Pair
from ketatrack.errors import KetaTrackError
from ketatrack.i18n import _
from ketatrack.models.diary_data import DiaryData
from ketatrack.models.enums import AppointmentKind, Period
from ketatrack.models.records import RECORD_TYPES, SharingChoices, VisitQuestion
from ketatrack.ui import jobs
from ketatrack.ui.editor import Editor
from ketatrack.ui.page import Page
from ketatrack.ui.share import dialogs
from ketatrack.ui.share.choices import ContentsCard, PaperCard, QuestionsCard
from ketatrack.ui.share.files import Actions, Making
from ketatrack.ui.share.jobs import ExportCache, FileChoice, PagePicture, Preview, Wanted, picture, preview
from ketatrack.ui.share.preview import PreviewPane
from ketatrack.ui.theme.tokens import px
from ketatrack.ui.widgets.boxes import vbox
from ketatrack.ui.widgets.layout import ANY_WIDTH

SETTLE_MS, PATIENCE_MS, SCROLL_BAR = 150, 300, 12
COLUMN, STACKED_BELOW, PREVIEW_HIGH, SHORT_BELOW = 332, 820, 620, 1260


class SharePage(Page):
    """The preview is made anew 150 ms after the last change; files hold everything that the diary does."""

    shows = frozenset(RECORD_TYPES)

    def __init__(self, editor: Editor, ask: dialogs.AskPath = dialogs.ask_path) -> None:
        super().__init__(_("Share"))
        self.editor = editor
        self._ask = ask
        self._whole = DiaryData()
        self._choices = SharingChoices()
        self._cache = ExportCache()
        self._serial = 0
        self._writing = False
        self._read, self._reading, self._known = 0, False, False
        self._held: Callable[[], None] | None = None
        self._allowed: set[str] = set()
        self.making = Making(self._cache, self)
        self.paper, self.contents, self.questions = PaperCard(), ContentsCard(), QuestionsCard()
        self.files, self.pane = Actions(), PreviewPane()
        for card in (self.paper, self.contents, self.questions):
            self.body.addWidget(card)
        self._settling = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settling.timeout.connect(self._preview)
        self._waiting = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._waiting.timeout.connect(lambda: self.pane.show_notice(_("Making the pages…")))
        self._stacked: bool | None = None
        self._lay_out()
        self._connect()

    @property
    def choices(self) -> SharingChoices:
        """What is chosen now."""
        return self._choices

    def wanted(self) -> Wanted:
        """Return what would be made at this moment."""
        from ketatrack.formats.export_data import Consent

        consent = Consent(safety_answers="safety" in self._allowed, notes="notes" in self._allowed)
        return Wanted(self.choices, consent, self.editor.today(), self.editor.now(), QLocale().name())

    def print_report(self) -> None:
        """Open the print preview, as its button does."""
        self.files.print.click()

    def refresh(self) -> None:
        """Read the diary again, then make the pages anew."""
        if self._writing and not self._reading:  # what this page writes itself it knows already
            return
        self._read += 1
        self._reading = True
        number, diary = self._read, self.editor.diary

        def read() -> DiaryData:
            with diary.read() as connection:
                return reading.diary_data(connection)

        # A read that was overtaken may hold what the diary held before: the later one follows.
        jobs.run(self, read, lambda data: self._show(data) if number == self._read else None, self._not_read)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.reflow()  # its own widths lie beside those that every page is told of

    def reflow(self) -> None:
        """Put the pages below the choices where there is no room beside them."""
        self.pane.set_short(self._logical_width() < SHORT_BELOW)
        stacked = self._logical_width() < STACKED_BELOW
        self._foot.setContentsMargins(self._side(), 0, self._side() + px(SCROLL_BAR), 0)
        if not stacked:
            self._left.setFixedWidth(px(COLUMN) + 2 * self._side() + px(SCROLL_BAR))
        if stacked == self._stacked:
            return
        self._stacked = stacked
        self.pane.set_beside(not stacked)
        if stacked:
            self.body.addWidget(self.pane)
            self.body.addWidget(self.files)
            self.pane.setMinimumHeight(px(PREVIEW_HIGH))
            self._left.setMinimumWidth(0)
            self._left.setMaximumWidth(ANY_WIDTH)
        else:
            self._row.addWidget(self.pane, 1)
            self._foot.addWidget(self.files)
            self.pane.setMinimumHeight(0)

    def close_page(self) -> None:
        self.making.cancel()
        self._settling.stop()
        self._serial += 1
        self._read += 1
        self._reading, self._known, self._held = False, False, None
        self._whole = DiaryData()
        self._cache.clear()
        self._allowed.clear()
        self.pane.close_page()

    def _lay_out(self) -> None:
        outer = self.layout()
        assert isinstance(outer, QVBoxLayout)  # every page has one
        outer.removeWidget(self.area)
        self._left = QWidget()
        self._foot = QVBoxLayout()
        vbox((self.area, 1), self._foot, gap=0, margins=0, of=self._left)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(0)
        self._row.addWidget(self._left)
        outer.addLayout(self._row)
        self.reflow()

    def _side(self) -> int:
        return px(24 if self.compact() else 32)

    def _connect(self) -> None:
        for card in (self.paper, self.contents):
            card.changed.connect(self._choose)
        self.contents.safety_wanted.connect(partial(self._ask_first, "safety"))
        self.contents.notes_wanted.connect(partial(self._ask_first, "notes"))
        self.questions.changed.connect(self._write_questions)
        self.pane.picture_wanted.connect(self._draw_page)
        self.files.wanted.connect(self._begin)
        self.files.print_wanted.connect(self._print)
        self.files.cancelled.connect(self.making.cancel)
        self.making.stepped.connect(self.files.show_step)
        self.making.ended.connect(self._ended)
        self.making.saved.connect(self._forget_answers)

    def _show(self, data: DiaryData) -> None:
        self._whole, self._known, self._reading = data, True, False
        self._choices = data.sharing_choices[0] if data.sharing_choices else SharingChoices()
        self._show_choices()
        self.questions.show_questions(tuple(visit_question.words for visit_question in data.visit_questions))
        self._preview() if self.pane.empty else self._settling.start()
        waiting, self._held = self._held, None
        if waiting is not None:
            waiting()

    def _not_read(self, error: Exception) -> None:
        self._reading, self._held = False, None
        self._fail(error)

    def _when_read(self, then: Callable[[], None]) -> None:
        """Do it now, or once the diary has been read: no file is made of what it held before, or of nothing."""
        if self._reading:
            self._held = then
        else:
            then()

    def _show_choices(self) -> None:
        self.paper.show_choices(self.choices, self.editor.today())
        self.contents.show_choices(self.choices, "safety" in self._allowed, "notes" in self._allowed)

    def _preview(self) -> None:
        self._settling.stop()
        if not self._known:  # the diary is being read, and its pages follow
            return
        self._serial += 1
        serial, data, wanted = self._serial, self._whole, self.wanted()
        number, ppi = self.pane.number, self.pane.pixels_per_inch
        self._waiting.start()

        def work() -> Preview | None:
            # Where a later change has been made meanwhile, its own pages follow.
            return preview(data, self._cache, wanted, number, ppi) if serial == self._serial else None

        jobs.run(self, work, lambda result: self._show_preview(result) if serial == self._serial else None, self._fail)

    def _show_preview(self, shown_preview: Preview | None) -> None:
        if shown_preview is not None:
            self._waiting.stop()
            self.pane.show_notice("")
            self.pane.show_preview(shown_preview)
            visits = (
                appointment.day for appointment in self._whole.appointments if appointment.kind is AppointmentKind.VISIT
            )
            since_visit = self.choices.period is Period.SINCE_VISIT
            self.paper.show_preview(shown_preview, since_visit and not any(day < self.editor.today() for day in visits))
            self.contents.show_preview(shown_preview)

    def _draw_page(self) -> None:
        """Draw the page that is looked at, of the report that is shown, at its size."""
        current, serial = self.pane.shown, self._serial
        if current is None or self._settling.isActive():
            return
        number, ppi = self.pane.number, self.pane.pixels_per_inch

        def work() -> PagePicture | None:
            looked_at = (self.pane.number, serial) == (number, self._serial)
            return picture(current.pages, number, ppi) if looked_at else None

        def done(drawn: PagePicture | None) -> None:
            if drawn is not None and serial == self._serial:
                self.pane.show_picture(drawn)

        jobs.run(self, work, done, self._fail)

    def _fail(self, error: Exception) -> None:
        self._waiting.stop()
        if not isinstance(error, KetaTrackError):
            self.pane.show_notice(_("The pages could not be made; nothing was lost. Change a choice to try again."))
            raise error
        self.pane.show_notice(str(error))

    def _choose(self, new: SharingChoices) -> None:
        with self.editor.diary.read() as connection:
            before = reading.sharing_choices(connection)
        if self._write(_("Change what is shared"), [(before, new)]):
            self._choices = new
            self._settling.start()
        self._show_choices()

    def _write_questions(self, lines: tuple[str, ...]) -> None:
        with self.editor.diary.read() as connection:
            visit_questions = reading.visit_questions(connection)
        pairs: list[tuple[VisitQuestion | None, VisitQuestion | None]] = []
        for place in range(max(len(visit_questions), len(lines))):
            before, after = visit_questions[place] if place < len(visit_questions) else None, None
            if place < len(lines):
                same = {"id": before.id} if before else {}
                after = VisitQuestion(words=lines[place], position=place, **same)
            pairs.append((before, after))
        if self._write(_("Questions for the visit"), pairs):
            self._whole = replace(self._whole, visit_questions=tuple(after for _unused, after in pairs if after))
            self._settling.start()

    def _write(self, step: str, pairs: Sequence[Pair]) -> bool:
        """Write without reading everything again; False where it was refused."""
        self._writing = True
        try:
            return self.editor.edit(step, pairs)
        finally:
            self._writing = False

    def _ask_first(self, name: str, on: bool) -> None:
        """Ask before something that is never remembered goes in; leaving it out needs no question."""
        self._allowed.discard(name)
        self._show_choices()
        if not on:
            self._settling.start()
            return
        question = dialogs.safety_answers(self) if name == "safety" else dialogs.notes(self)
        question.accepted.connect(lambda: self._allow(name))
        question.open()

    def _allow(self, name: str) -> None:
        self._allowed.add(name)
        self._show_choices()
        self._settling.start()

    def _forget_answers(self) -> None:
        if self._allowed:
            self._allowed.clear()
            self._show_choices()
            self._settling.start()

    def _begin(self, kind: FileChoice) -> None:
        """Ask what must be asked, then where to put the file, then make it."""
        if kind is FileChoice.PDF:
            self._save(kind, "")
            return
        question = dialogs.question_before(kind, self, self.wanted().consent)
        question.accepted.connect(lambda: self._save(kind, question.answer))
        question.open()

    def _save(self, kind: FileChoice, answer: str) -> None:
        chosen = self._ask(self, kind, dialogs.proposed(kind, self.editor.today().isoformat()))
        if chosen:
            self._when_read(lambda: self.making.save(kind, self._whole, self.wanted(), Path(chosen), answer))

    def _print(self) -> None:
        self._when_read(lambda: self.making.draw_pages(self._whole, self.wanted(), self._open_printing))

    def _open_printing(self, drawn: tuple[bytes, ...]) -> None:
        from ketatrack.ui.share.files import preview_dialog

        dialog: QDialog = preview_dialog(self, drawn, self.choices.paper, _("Ketamine therapy report"))
        dialog.finished.connect(self._forget_answers)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _ended(self, words: str) -> None:
        again = _("Question 9 and notes are left out again until you tick them.") if self._allowed else ""
        self.files.set_idle(" ".join(part for part in (words, again if words else "") if part))
