"""The Scores page: the overview, a questionnaire being filled in, or one result; everything is saved as it goes."""

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ketatrack.i18n import _, ngettext
from ketatrack.models.instruments import Instrument, instrument
from ketatrack.models.records import Answers, CardShown, Contact, Draft, Session, Settings
from ketatrack.ui import jobs, localised
from ketatrack.ui.editor import Editor
from ketatrack.ui.half_typed import HalfTyped
from ketatrack.ui.page import Page
from ketatrack.ui.scores.answers import AnswerDraft, begin, of_answers, to_record
from ketatrack.ui.scores.clinic_total import ClinicTotal
from ketatrack.ui.scores.load import Scores, read, recall_note
from ketatrack.ui.scores.overview import ScoresOverview
from ketatrack.ui.scores.questionnaire import Questionnaire
from ketatrack.ui.scores.result import QuestionnaireResult
from ketatrack.ui.theme.tokens import px
from ketatrack.ui.widgets.boxes import hbox
from ketatrack.ui.widgets.buttons import primary, quiet, secondary
from ketatrack.ui.widgets.fields import LineField
from ketatrack.ui.widgets.labels import label
from ketatrack.ui.widgets.note_field import NoteField

AskTotal = Callable[[str, Editor, QWidget, Callable[[Answers], bool]], None]


def ask_total(key: str, editor: Editor, owner: QWidget, save: Callable[[Answers], bool]) -> None:
    """Ask for a clinic's total and `save` it. What is typed and not saved is offered again."""
    dialog = ClinicTotal(key, editor.today, owner)
    fields: dict[str, LineField | NoteField] = {"total": dialog.total, "day": dialog.date_field, "note": dialog.note}
    dialog.offer_again(HalfTyped(editor, f"clinic total {key}", fields))
    dialog.save_entry = save
    dialog.exec()
    dialog.deleteLater()


class ScoresPage(Page):
    """The overview, one questionnaire that is being filled in, or one result."""

    shows = frozenset({Answers, Draft, Session, Contact, Settings})

    def __init__(self, editor: Editor, ask: AskTotal = ask_total) -> None:
        super().__init__(_("Scores"))
        self._editor = editor
        self._ask = ask
        self._scores: Scores | None = None
        self._visited = False
        self._draft: Draft | None = None
        self.unsaved = False
        self.overview = ScoresOverview()
        self.overview.started.connect(self.start)
        self.overview.total_wanted.connect(self.type_total)
        self.overview.opened.connect(self.open_answers)
        self.overview.session_opened.connect(self._open_session)
        self.overview.deleted.connect(self._delete)
        self.questionnaire: Questionnaire | None = None
        self.result: QuestionnaireResult | None = None
        self._shown: Answers | None = None
        self._corner = QWidget()
        self._corner_row = hbox(gap=12, margins=0, of=self._corner)
        self._corner_row.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        self.title_row.addWidget(self._corner)
        self.overview.hide()
        self.body.addWidget(self.overview)
        self.area.verticalScrollBar().rangeChanged.connect(self._reveal_card)

    def refresh(self) -> None:
        """Read the diary again, the first time in a background thread; a questionnaire being filled in stays."""
        if self._visited:
            self._arrived(read(self._editor.diary, self._editor.today()))
            return
        self._visited = True
        diary, today = self._editor.diary, self._editor.today()
        jobs.run(self, lambda: read(diary, today), self._arrived)

    def show_beginning(self) -> None:
        """Leave an old result for the overview; a questionnaire being filled in stays."""
        if self.result is not None and self.may_leave():
            self._show_overview()

    def start(self, key: str) -> None:
        """Begin a questionnaire, or go on with the one that was begun."""
        if not self.may_leave():
            return
        scores = self._read()
        unfinished = scores.drafts.get(key)
        self._draft = unfinished[0] if unfinished else None
        self._fill_in(instrument(key), unfinished[1] if unfinished else begin(instrument(key), scores.today))

    def open_answers(self, identity: UUID) -> None:
        """Show one result."""
        if not self.may_leave():
            return
        result = self._read().find(identity)
        if result is not None:
            self._show_result(result)

    def type_total(self, key: str) -> None:
        """Ask for a total from the clinic and log it."""
        self._ask(key, self._editor, self, self._log_total)

    def _log_total(self, entry: Answers) -> bool:
        name = instrument(entry.instrument).name
        if not self._editor.edit(_("Log {name} total").format(name=name), [(None, entry)]):
            return False
        self.overview.key = entry.instrument
        self.refresh()
        return True

    def reflow(self) -> None:
        """Put the list of answers below the question in a narrow window."""
        if self.questionnaire is not None:
            self.questionnaire.set_narrow(self.narrow(), self.compact())
        if self.result is not None:
            self.result.set_narrow(self.narrow())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.questionnaire is not None:
            self.questionnaire.leave()
        elif event.key() == Qt.Key.Key_Escape and self._shown is not None:
            self._show_overview()
        else:
            super().keyPressEvent(event)

    def _arrived(self, scores: Scores) -> None:
        self._scores = scores
        if self.questionnaire is not None:
            return
        answers = scores.find(self._shown.id) if self._shown is not None else None
        if answers is not None:
            self._show_result(answers)
        else:
            self._show_overview()

    def _read(self) -> Scores:
        if self._scores is None:
            self._scores = read(self._editor.diary, self._editor.today())
        return self._scores

    def _show_overview(self) -> None:
        self._shown = None
        if self.questionnaire is None and self.result is None and self._corner_row.count():
            self.overview.show_scores(self._read())
            return
        self._clear()
        self.set_title(_("Scores"))
        self.set_subtitle("")
        total = quiet(_("Type in a clinic total"), "plus")
        total.clicked.connect(lambda: self.type_total(self.overview.key or "madrs"))
        self._put_into_corner(total)
        self.overview.show_scores(self._read())
        self.overview.show()

    def _fill_in(self, form: Instrument, draft: AnswerDraft) -> None:
        scores = self._read()
        self._shown = None
        self._clear()
        self.overview.hide()
        self.set_title(form.name)
        self.set_subtitle(localised.long_day(scores.today, year=False))
        if draft.answered and draft.edits is None:
            again = quiet(_("Start over"))
            again.clicked.connect(lambda: self._start_over(form))
            self._put_into_corner(again)
        hint = label(_("Esc keeps your answers and goes back"), "hint", wrap=True)
        hint.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._put_into_corner(hint)
        note = "" if draft.edits else recall_note(form, scores.answers[form.key], scores.today)
        questionnaire = Questionnaire(form, draft, scores.contacts, note)
        self.questionnaire = questionnaire
        questionnaire.set_narrow(self.narrow(), self.compact())
        questionnaire.changed.connect(self._keep)
        questionnaire.card_shown.connect(self._record_card)
        questionnaire.question_shown.connect(self._reveal_question)
        questionnaire.finished.connect(self._finish)
        questionnaire.left.connect(self._leave)
        self.body.addWidget(questionnaire)
        questionnaire.show()
        if questionnaire.card is not None:
            self._record_card()

    def _show_result(self, answers: Answers) -> None:
        scores, form = self._read(), instrument(answers.instrument)
        if self.result is None or self.result.form is not form:
            self._clear()
            self.result = QuestionnaireResult(form)
            self.result.edited.connect(self._edit)
            self.result.refused.connect(self._editor.refuse)
            self.result.deleted.connect(self._delete_shown)
            self.result.set_narrow(self.narrow())
            self.body.addWidget(self.result)
            self.result.show()
            self._result_corner(answers)
        self._shown = answers
        self.overview.hide()
        self.set_title(form.name)
        self.set_subtitle(localised.long_day(answers.day, year=answers.day.year != scores.today.year))
        self.result.show_answers(answers, scores.before(answers), scores.today)

    def _result_corner(self, answers: Answers) -> None:
        if answers.items is not None:
            change = secondary(_("Change answers"))
            change.clicked.connect(self._change_answers)
            self._put_into_corner(change)
        done = primary(_("Done"))
        done.clicked.connect(lambda: self._show_overview() if self.may_leave() else None)
        self._put_into_corner(done)
        done.setFocus(Qt.FocusReason.OtherFocusReason)

    def _put_into_corner(self, widget: QWidget) -> None:
        self._corner_row.addWidget(widget)
        widget.show()

    def _clear(self) -> None:
        """Take away what is shown besides the overview, and the buttons that belong to it."""
        for part in (self.questionnaire, self.result):
            if part is not None:
                self.body.removeWidget(part)
                part.hide()
                part.deleteLater()
        self.questionnaire = self.result = None
        self.area.verticalScrollBar().setValue(0)
        while (item := self._corner_row.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def _keep(self, draft: AnswerDraft) -> None:
        """Write the answers so far into the diary at once."""
        record = to_record(draft, self._draft, self._editor.now())
        if self._editor.write_quietly([(self._draft, record)]):
            self._draft = record
            self.unsaved = False
        else:
            self.unsaved = True

    def commit(self) -> None:
        """Try again to keep the answers so far, where they could not be."""
        if self.unsaved and self.questionnaire is not None:
            self._keep(self.questionnaire.draft)

    def unsaved_words(self) -> str:
        """Return the answers so far, where they could not be kept."""
        if self.questionnaire is None:
            return ""
        form, items = self.questionnaire.form, self.questionnaire.draft.items
        given = ", ".join(f"{number}: {score}" for number, score in enumerate(items, start=1) if score is not None)
        return f"{form.name} ({given})"

    def _record_card(self) -> None:
        draft = self.questionnaire.draft if self.questionnaire else None
        card_shown = CardShown(shown_at=self._editor.now(), answers_id=draft.edits if draft else None)
        self._editor.write_quietly([(None, card_shown)])

    def _reveal_card(self) -> None:
        """Scroll to the safety card, if there is one, whenever the page has become longer."""
        card = self.questionnaire.card if self.questionnaire else None
        if card is not None:
            self.area.ensureWidgetVisible(card, 0, px(16))

    def _reveal_question(self) -> None:
        """Scroll up to the question that is asked now."""
        if self.questionnaire is not None and self.questionnaire.card is None:
            self.area.ensureWidgetVisible(self.questionnaire.question, 0, px(16))

    def _leave(self) -> None:
        if not self.may_leave():
            return
        self._draft = None
        self._scores = None
        self._show_overview()

    def _start_over(self, form: Instrument) -> None:
        if self._draft is not None and self._editor.write_quietly([(self._draft, None)]):
            self._draft, self._scores = None, None
            self._fill_in(form, begin(form, self._editor.today()))

    def _change_answers(self) -> None:
        if self._shown is not None:
            self._draft = None
            self._fill_in(instrument(self._shown.instrument), of_answers(self._shown))

    def _finish(self, draft: AnswerDraft) -> None:
        """Score the answers and log them; the draft goes in the same step, so undo brings it back."""
        form = instrument(draft.instrument)
        items = tuple(answer for answer in draft.items if answer is not None)
        old = self._read().find(draft.edits) if draft.edits else None
        now = self._editor.now()
        answers = Answers(
            instrument=form.key,
            items=items,
            unscored=draft.unscored,
            total=form.score(items),
            day=old.day if old else self._editor.today(),
            local_time=old.local_time if old else now.time().replace(second=0, microsecond=0),
            utc_offset_minutes=old.utc_offset_minutes if old else self._editor.offset_minutes(),
            note=old.note if old else "",
            **({"id": old.id} if old else {}),
        )
        words = _("Edit {name}") if old else _("Log {name}")
        pairs: list[tuple[Answers | Draft | None, Answers | Draft | None]] = [(old, answers)]
        if self._draft is not None:
            pairs.append((self._draft, None))
        if not self._editor.edit(words.format(name=form.name), pairs):
            return
        self._draft, self._scores, self.unsaved = None, None, False
        self._clear()
        self.overview.key = form.key
        self._show_result(answers)
        self.content.setFocus()  # not on Done: an Enter meant for the last question would take the result away

    def _edit(self, changed: Answers) -> None:
        if self._shown is None:
            return
        name = instrument(changed.instrument).name
        self._editor.edit(_("Edit {name}").format(name=name), [(self._shown, changed)], merge=f"answers {changed.id}")
        self._scores = None
        self.refresh()

    def _open_session(self, identity: UUID) -> None:
        session = next((candidate for candidate in self._read().sessions if candidate.id == identity), None)
        if session is not None:
            self.open_session.emit(session)

    def _delete_shown(self) -> None:
        if self._shown is not None:
            self._delete([self._shown])

    def _delete(self, entries: list[Answers]) -> None:
        if not entries:
            return
        name = instrument(entries[0].instrument).name
        what = name if len(entries) == 1 else ngettext("{n} result", "{n} results", len(entries)).format(n=len(entries))
        if self._editor.edit(_("Delete {name}").format(name=what), [(entry, None) for entry in entries]):
            self._shown = None
            self.refresh()
