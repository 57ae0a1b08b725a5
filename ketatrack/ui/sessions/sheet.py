"""The session sheet: everything about one session on one page; only the date and the route are needed.

What is typed is kept as a draft within a second, so that Esc, a lock or a crash lose nothing.
"""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QScrollArea, QWidget

from ketatrack.diary import reading
from ketatrack.errors import InvalidValue
from ketatrack.i18n import _
from ketatrack.models import labels, safety
from ketatrack.models.enums import Route, VitalMoment
from ketatrack.models.fields import range_of
from ketatrack.models.records import Draft, Session, Vital
from ketatrack.ui import localised
from ketatrack.ui.editor import Editor
from ketatrack.ui.sessions import draft as session_fields
from ketatrack.ui.sessions.sections import Afterwards, Experience, FormSection, SectionIndex, Treatment, WhenAndWhy
from ketatrack.ui.sessions.vitals import VitalsOverTime
from ketatrack.ui.theme.tokens import px, text_scale
from ketatrack.ui.unsaved import stays_here, typed_in
from ketatrack.ui.widgets.boxes import Stretch, hbox, vbox
from ketatrack.ui.widgets.buttons import link, primary, quiet, secondary
from ketatrack.ui.widgets.cards import divider, hairline
from ketatrack.ui.widgets.fields import LineField
from ketatrack.ui.widgets.labels import label, set_role
from ketatrack.ui.widgets.layout import FormRow
from ketatrack.ui.widgets.question import Question

DRAFT_AFTER_MS = 400
WIDTH, HEIGHT, INDEX = 820, 760, 168
WITH_INDEX, LABELS_BESIDE = 810, 650  # from which width on (design px)


class SessionSheet(QDialog):
    """Writes a new session, or edits `session`; `copy_last` begins with what the last one had.

    A new one is proposed for `day`, or for today. `saved` carries the session; `draft_kept` the one that was edited
    (None: a new one) when the sheet was left with something typed and not saved.
    """

    saved = Signal(Session)
    draft_kept = Signal(object)

    def __init__(
        self,
        editor: Editor,
        parent: QWidget | None,
        session: Session | None = None,
        copy_last: bool = False,
        day: date | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Session"))
        self._editor, self._session = editor, session
        # The person said that what could not be kept may go.
        self.unsaved = self.losing = False
        self._day = day or editor.today()
        with editor.diary.read() as connection:
            known = reading.sessions(connection) if session is None else ()
            self._draft = self._own_draft(reading.drafts(connection))
        self._last = known[-1] if known else None
        self._build()
        self._draft_timer = QTimer(self)
        self._draft_timer.setSingleShot(True)
        self._draft_timer.setInterval(DRAFT_AFTER_MS)
        self._draft_timer.timeout.connect(self._keep_draft)
        if self._draft is not None:
            self._show(session_fields.from_json(self._draft.payload)[0])
            self._draft_bar.show()
        else:
            self._begin(copy_last)
        for section in self.sections:
            section.edited.connect(self._edited)
        editor.refused.connect(self._say)
        self.resize(self._best_size())
        self.sections[0].setFocus()
        self.when.day.setFocus()

    def _own_draft(self, drafts: tuple[Draft, ...]) -> Draft | None:
        """Return the latest draft of this very session, or of a new one."""
        for draft in reversed(drafts):
            if draft.kind == session_fields.KIND:
                fields, new = session_fields.from_json(draft.payload)
                if new if self._session is None else fields.get("id") == self._session.id:
                    return draft
        return None

    def _begin(self, copy_last: bool) -> None:
        """Fill the sheet with the stored session, or with the day alone."""
        if self._session is not None:
            self._show(session_fields.fields_of(self._session))
            return
        blank = session_fields.fields_of(Session(day=self._day, route=Route.ORAL))
        empty: session_fields.Fields = blank | {"route": None, "id": uuid4()}
        self._show(empty | (session_fields.copied_from(self._last) if copy_last and self._last else {}))

    def _show(self, fields: session_fields.Fields) -> None:
        self._fields = fields
        for section in self.sections:
            section.show_fields(fields)
        self._name_day()

    def _build(self) -> None:
        self.when, self.treatment = WhenAndWhy(self._editor.today), Treatment()
        self.vitals = VitalsOverTime(self._is_recent)
        self.when.edited.connect(self.vitals.judge)
        self.afterwards = Afterwards()
        self.sections: list[FormSection] = [self.when, self.treatment, self.vitals, Experience(), self.afterwards]
        page = QWidget()
        page.setObjectName("page")
        column = vbox(gap=8, margins=(24, 12, 24, 20), of=page)
        for index, section in enumerate(self.sections):
            if index:
                column.addWidget(divider())
            column.addWidget(section)
        column.addStretch(1)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(page)
        titles = [(section.title, section) for section in self.sections]
        self.index = SectionIndex(self.area, page, titles, _("Parts of the sheet"))
        self.index.setFixedWidth(max(px(INDEX), self.index.sizeHint().width()))
        self.vitals.noted.connect(self._reveal_note)
        self.area.verticalScrollBar().rangeChanged.connect(self._reveal_note)
        self._lay_out()

    def _is_recent(self, vital: Vital) -> bool:
        """Whether a reading of this session can be of the last 24 hours; one after midnight is of the next day."""
        day, begin = self.when.day.peek(), self.when.clock.peek()
        clock = vital.local_time or begin
        past_midnight = begin is not None and clock is not None and clock < begin
        if day is not None and past_midnight and vital.moment is not VitalMoment.BEFORE:
            day += timedelta(days=1)
        return safety.is_recent(day, clock, self._editor.now())

    def _reveal_note(self) -> None:
        """Scroll to the note about a reading while one types it, with the row that is typed in still in sight."""
        typed_in, note = self.focusWidget(), self.vitals.note
        if typed_in is not None and self.vitals.isAncestorOf(typed_in) and note.isVisibleTo(self):
            self.area.ensureWidgetVisible(note, 0, px(16))
            self.area.ensureWidgetVisible(typed_in, 0, px(8))

    def _lay_out(self) -> None:
        self._draft_bar = self._draft_words()
        self._index_line = hairline(upright=True)
        middle = hbox(self.index, self._index_line, (self.area, 1), gap=0)
        vbox(
            self._head(), hairline(), self._draft_bar, (middle, 1), hairline(), self._foot(), gap=0, margins=0, of=self
        )

    def _head(self) -> QHBoxLayout:
        title = label(_("Session"), "page_title")
        title.setMinimumHeight(px(40))
        self._day_words = label("", "secondary")
        self._copy = quiet(_("Copy from the last session"), "copy")
        self._copy.clicked.connect(self._copy_last)
        self._copy.setVisible(self._session is None and self._last is not None)
        return hbox(title, self._day_words, Stretch(), self._copy, gap=12, margins=(24, 9, 20, 9))

    def _draft_words(self) -> QFrame:
        bar = QFrame()
        bar.setProperty("tone", "notice-bar")
        sentence = _("This is what you typed and did not save.")
        if self._draft is not None:
            at = self._draft.saved_at.astimezone(self._editor.now().tzinfo)
            sentence = _("This is what you typed on {day} at {time} and did not save.").format(
                day=localised.day_and_month(at.date()), time=localised.clock(at.time())
            )
        again = link(_("Show what is saved") if self._session else _("Start with an empty sheet"))
        again.clicked.connect(self._start_again)
        hbox((label(sentence), 1), again, margins=(24, 8, 24, 8), of=bar)
        bar.hide()
        return bar

    def _foot(self) -> QHBoxLayout:
        self._hint = label(self._usual_hint(), "secondary")
        self._hint.setWordWrap(True)
        cancel, self.save_button = secondary(_("Cancel")), primary(_("Save session"))
        cancel.setToolTip(_("Closes the sheet and keeps what you typed; so does Esc."))
        cancel.clicked.connect(self.reject)
        # Enter in a short field must not save a half-filled sheet; Ctrl+Enter and Ctrl+S do.
        for keys in ("Ctrl+Return", "Ctrl+S"):
            QShortcut(QKeySequence(keys), self, self._save)
        self.save_button.clicked.connect(self._save)
        return hbox((self._hint, 1), cancel, self.save_button, gap=12, margins=(24, 12, 24, 12))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self.width() / text_scale()
        self.index.setVisible(room >= WITH_INDEX)
        self._index_line.setVisible(room >= WITH_INDEX)
        for row in self.findChildren(FormRow):
            row.set_narrow(room < LABELS_BESIDE)

    def _best_size(self) -> QSize:
        room = self.screen().availableSize() - QSize(px(40), px(60))
        return QSize(px(WIDTH), px(HEIGHT)).boundedTo(room)

    def _edited(self) -> None:
        self._name_day()
        if not self._draft_timer.isActive():
            self._draft_timer.start()

    def _name_day(self) -> None:
        day = self.when.day.peek()
        self._day_words.setText(localised.long_day(day) if day else "")
        recent = safety.is_recent(day, self.when.clock.peek(), self._editor.now())
        self.afterwards.show_driving_note(recent)

    def _copy_last(self) -> None:
        if self._last is not None:
            taken = session_fields.copied_from(self._last)
            for section in self.sections:
                section.show_fields({"vitals": section.fields()["vitals"]} if section is self.vitals else taken)
            self._edited()

    def _typed(self) -> session_fields.Fields:
        fields: dict[str, Any] = dict(self._fields)
        for section in self.sections:
            fields |= section.fields()
        return fields

    def _keep_draft(self) -> None:
        self._draft_timer.stop()
        payload = session_fields.to_json(self._typed(), new=self._session is None)
        at = self._editor.now()
        try:
            draft = Draft(kind=session_fields.KIND, payload=payload, saved_at=at)
        except InvalidValue as error:
            self._say(str(error))
            return
        if self._draft is not None:
            draft = replace(self._draft, payload=payload, saved_at=at)
        if self._editor.write_quietly([(self._draft, draft)]):
            self._draft, self.unsaved = draft, False
        else:
            self.unsaved = True
            self._say(_("What you typed cannot be kept at the moment. It stays here and is tried again."))

    def commit(self) -> None:
        """Keep what is typed as a draft, where that has not been done or could not be."""
        if self.unsaved or self._draft_timer.isActive():
            self._keep_draft()

    def unsaved_words(self) -> str:
        """Return all that is typed, where it could not be kept."""
        return typed_in(self)

    def _drop_draft(self) -> None:
        self._draft_timer.stop()
        if self._draft is not None and self._editor.write_quietly([(self._draft, None)]):
            self._draft = None

    def _start_again(self) -> None:
        self._drop_draft()
        self._draft_bar.hide()
        self._begin(copy_last=False)
        self.when.day.setFocus()

    def reject(self) -> None:
        """Cancel, Esc, the window's own close button, or a lock: what was typed is kept."""
        for field in self.findChildren(LineField):
            field.commit()
        self.commit()
        if self.unsaved and not self.losing:
            return
        super().reject()
        if self._draft is not None:
            self.draft_kept.emit(self._session)

    def _save(self) -> None:
        fields = self._typed()
        problem = self._problem(fields)
        if problem is not None:
            self._stop(_("Not saved yet: {why}").format(why=problem[0]), problem[1])
        elif self._may_be_a_slip(fields):
            self._ask_about_dose(fields["dose_mg"], fields["route"])
        else:
            self._write(fields)

    def _may_be_a_slip(self, fields: session_fields.Fields) -> bool:
        """Whether the dose may be a slip of the finger; one that is stored already was answered for."""
        dose, route = fields["dose_mg"], fields["route"]
        stored = self._session is not None and (self._session.dose_mg, self._session.route) == (dose, route)
        return not stored and safety.may_be_a_slip(dose, route)

    def _ask_about_dose(self, dose: int, route: Route) -> None:
        words = _("{dose} mg, {route}: is that what you took?")
        question_words = words.format(dose=range_of(Session, "dose_mg").words(dose), route=labels.route_in_text(route))
        question = Question(self, _("Is the dose right?"), question_words, _("Yes, save it"), _("Change it"))
        question.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        question.accepted.connect(lambda: self._write(self._typed()))
        question.rejected.connect(lambda: self._stop(self._usual_hint(), self.treatment.dose))
        question.open()

    def _write(self, fields: session_fields.Fields) -> None:
        if self._session is None:
            fields["utc_offset_minutes"] = self._editor.offset_minutes()
        try:
            session = Session(**fields)
        except InvalidValue as error:
            self._say(_("Not saved yet: {why}").format(why=error))
            return
        name = _("Edit session") if self._session else _("Log session")
        if self._editor.edit(name, [(self._session, session)]):
            self.unsaved = False
            self._drop_draft()
            self.accept()
            self.saved.emit(session)
        else:
            self._say(stays_here())

    def _problem(self, fields: session_fields.Fields) -> tuple[str, QWidget] | None:
        """Return what keeps the session from being saved, and where that is put right."""
        refused = [field for field in self.findChildren(LineField) if field.isEnabled() and not field.commit()]
        wrong = self.vitals.refusal()
        if refused:
            return refused[0].refusal, refused[0]
        if wrong is not None:
            return wrong[1], wrong[0].parts[1]
        if fields["day"] is None:
            return _("the date is needed."), self.when.day
        if fields["route"] is None:
            return _("the route is needed."), self.treatment.route
        return None

    def _stop(self, sentence: str, where: QWidget) -> None:
        self._say(sentence)
        where.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.area.ensureWidgetVisible(where, px(24), px(80))

    def _say(self, sentence: str) -> None:
        self._hint.setText(sentence)
        set_role(self._hint, "error")

    def _usual_hint(self) -> str:
        return _("Only the date and the route are needed.")
