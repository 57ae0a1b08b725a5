"""One questionnaire, question by question, by keys or mouse. Every answer is kept as a draft at once.

An answer is chosen by its digit, by Space or by a click, never by Enter and never by moving the focus.
A non-zero answer to the safety question brings the safety card, before any total and before going on.
"""

from collections.abc import Sequence

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QGridLayout, QWidget

from ketatrack.i18n import _
from ketatrack.models.instruments import Instrument, Item
from ketatrack.models.records import Contact
from ketatrack.ui.help_now import SafetyCard
from ketatrack.ui.scores.answers import AnswerCap, AnswerDraft, AnswerIndex, AnswerRow
from ketatrack.ui.theme.tokens import px
from ketatrack.ui.widgets.boxes import Stretch, hbox, vbox
from ketatrack.ui.widgets.buttons import quiet, secondary
from ketatrack.ui.widgets.cards import Card, Note
from ketatrack.ui.widgets.labels import Paragraph, centred, label, set_role
from ketatrack.ui.widgets.layout import ANY_WIDTH

SEEN_MS = 180  # how long a chosen answer is seen before the page goes on by itself
ZERO_MS = 600  # how long after a 1 another digit is still typed ahead, for the next question
MEANT_FOR_LAST_MS = 1_000  # how long after going on by itself Enter and Space still belong to the last question
MOST_ROWS = 6
ARROWS: dict[int, int] = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class Questionnaire(QWidget):
    """`changed` carries the draft after each answer; `finished` the complete one; `left` that the person went back.

    `question_shown` tells that a question stands there now, `card_shown` that the safety card came up.
    """

    changed = Signal(AnswerDraft)
    finished = Signal(AnswerDraft)
    left = Signal()
    question_shown = Signal()
    card_shown = Signal()

    def __init__(self, form: Instrument, draft: AnswerDraft, contacts: Sequence[Contact], note: str = "") -> None:
        super().__init__()
        self.form, self.draft = form, draft
        self._contacts = contacts
        self._safe = False
        self.place = 0
        self.rows: list[AnswerRow] = []
        self.card: SafetyCard | None = None
        self._onwards = QTimer(self, singleShot=True, interval=SEEN_MS)
        self._onwards.timeout.connect(self._go_on_by_itself)
        self._went_on = QElapsedTimer()
        self._typed_one = False
        self.index = AnswerIndex(form)
        self.index.chosen.connect(self.show_question)
        self.question = self._question_card()
        self._columns = QGridLayout()
        self._columns.setHorizontalSpacing(px(16))
        self._columns.setVerticalSpacing(px(16))
        self.note = Note(note)
        column = vbox(self.note, self._columns, gap=16, margins=0, of=self)
        self.body = column
        column.addStretch(1)
        self.set_narrow(False, False)
        self.show_question(self._first_open())
        if self._alarming():
            self._bring_card()

    def set_narrow(self, narrow: bool, compact: bool) -> None:
        """Put the list of answers below the question where there is room for one column only."""
        for part in (self.index, self.question):
            self._columns.removeWidget(part)
        self._columns.addWidget(self.index, 1 if narrow else 0, 0)
        self._columns.addWidget(self.question, 0, 0 if narrow else 1)
        self._columns.setColumnStretch(0, 1 if narrow else 0)
        self._columns.setColumnStretch(1, 0 if narrow else 1)
        if narrow:
            self.index.setMaximumWidth(ANY_WIDTH)
        else:
            self.index.setFixedWidth(max(px(216 if compact else 256), self.index.minimumSizeHint().width()))

    def show_question(self, place: int) -> None:
        """Ask question `place` (from 0); the one after the last item is the unscored question."""
        self._onwards.stop()
        self._typed_one = False
        self._went_on.invalidate()
        self.place = place
        item = self._item(place)
        unscored = place == len(self.form.items)
        self._lead.setText(_("Not scored; you can leave it out.") if unscored else self.form.lead)
        self._lead.setVisible(bool(self._lead.text()))
        self._text.setText(f"{place + 1}.  {item.text}")
        self._ask(item)
        self._mark()

    def answer(self, score: int) -> None:
        """Choose an answer to the question that is asked now."""
        self.draft = self.draft.with_answer(self.place, score)
        self.changed.emit(self.draft)
        self._mark()
        if self._alarming() and self.place + 1 == self.form.safety_item:
            self._bring_card()
        elif self.card is None or self.place + 1 < len(self.form.items):
            self._onwards.start(ZERO_MS if self._typed_one else SEEN_MS)

    def go_on(self) -> None:
        """To the next question without an answer; after the last one to the unscored question, then done."""
        self._onwards.stop()
        if self.place < len(self.form.items) and self._given(self.place) is None:
            return
        if self.place + 1 < len(self.form.items):
            self.show_question(self.place + 1)
        elif not self.draft.complete:
            self.show_question(self._first_open())
        elif self.card is not None:
            self.card.show_contacts.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif self.place < len(self.form.items) and self._asks_unscored():
            self.show_question(len(self.form.items))
        else:
            self.finished.emit(self.draft)

    def _go_on_by_itself(self) -> None:
        """Go on after an answer was seen; after a typed 1, which a 0 can still make a 10, stay."""
        if not self._typed_one:
            self.go_on()
            self._went_on.start()

    def _just_went_on(self, within_ms: int) -> bool:
        """Whether the page went on by itself so lately that what comes now was meant for the last question."""
        return self._went_on.isValid() and self._went_on.elapsed() < within_ms

    def go_back(self) -> None:
        """To the question before."""
        if self.place > 0:
            self.show_question(self.place - 1)

    def leave(self) -> None:
        """Go back to the overview; the answers stay as a draft."""
        self._onwards.stop()
        self.left.emit()

    def _question_card(self) -> Card:
        card = Card()
        card.body.setContentsMargins(px(24), px(14), px(24), px(12))
        card.body.setSpacing(px(6))
        self._lead = Paragraph()
        set_role(self._lead, "secondary")
        self._text = Paragraph()
        set_role(self._text, "title")
        self._answers = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._answers.setSpacing(px(6))
        self._ends = (label("", "hint"), label("", "hint"))
        self.hint = Paragraph()
        set_role(self.hint, "hint")
        self.back = quiet(_("Back"))
        self.back.clicked.connect(self.go_back)
        self.next = secondary(_("Next"))
        self.next.clicked.connect(self.go_on)
        foot = hbox((centred(self.hint), 1), self.back, self.next)
        card.body.addWidget(self._lead)
        card.body.addWidget(self._text)
        card.body.addSpacing(px(4))
        card.body.addLayout(self._answers)
        ends = hbox(self._ends[0], Stretch(), self._ends[1])
        card.body.addLayout(ends)
        card.body.addStretch(1)
        card.body.addLayout(foot)
        return card

    def _ask(self, item: Item) -> None:
        """Rows for one question's answers; rows that fit are used again, so that the focus stays."""
        options = [(option.score, option.text) for option in item.options]
        old = self.rows if [(row.score, row.words) for row in self.rows] != options else []
        if old or not self.rows:
            self._lay_out(options)
        for row in self.rows:
            row.setAccessibleDescription(item.text)
            row.setDown(False)  # a button pressed over the last question is let go over this one
        stop = self._make_tab_stop()
        if self.isVisible():
            stop.show()
            stop.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.question_shown.emit()
        for row in old:  # only now, or the focus would leave the page with them
            self._answers.removeWidget(row)
            row.hide()
            row.deleteLater()

    def _lay_out(self, options: list[tuple[int, str]]) -> None:
        """Make a row for each answer with words; a 0-10 scale as caps side by side with words at its two ends."""
        scale = len(options) > MOST_ROWS
        direction = QBoxLayout.Direction.LeftToRight if scale else QBoxLayout.Direction.TopToBottom
        self._answers.setDirection(direction)
        self.rows = [self._row(AnswerCap(*option) if scale else AnswerRow(*option)) for option in options]
        for end, (_score, words) in zip(self._ends, (options[0], options[-1]), strict=True):
            end.setText(words)
            end.setVisible(scale)

    def _row(self, row: AnswerRow) -> AnswerRow:
        row.setAutoExclusive(False)
        row.installEventFilter(self)
        row.clicked.connect(lambda _on=False: self._clicked(row.score))
        self._answers.addWidget(row)
        return row

    def _make_tab_stop(self, focused: AnswerRow | None = None) -> AnswerRow:
        """Let Tab stop at one answer only: the focused one, else the chosen one, else the first."""
        number = self._given(self.place)
        chosen = next((row for row in self.rows if row.score == number), self.rows[0])
        stop = focused or chosen
        for row in self.rows:
            row.setFocusPolicy(Qt.FocusPolicy.StrongFocus if row is stop else Qt.FocusPolicy.ClickFocus)
        return stop

    def _clicked(self, score: int) -> None:
        """Take a click as the answer, but for the second half of a double click on the answer before."""
        if self._just_went_on(QApplication.doubleClickInterval()):
            self._mark()
        else:
            self._choose(score)

    def _choose(self, score: int, typed_one: bool = False) -> None:
        self._typed_one = typed_one
        self._went_on.invalidate()
        self.answer(score)

    def _mark(self) -> None:
        """Show which answer is chosen, and what is answered so far."""
        number = self._given(self.place)
        for row in self.rows:
            row.setChecked(row.score == number)
        self.index.show_answers(self.draft, self.place, waiting=self.card is not None)
        self.back.setEnabled(self.place > 0)
        unscored = self.place == len(self.form.items)
        self.next.setEnabled(number is not None or unscored)
        last = unscored or (self.draft.complete and self.place + 1 == len(self.form.items))
        self.next.setText(_("See the result") if last and not self._asks_more() else _("Next"))
        highest = self._item(self.place).options[-1].score
        moves = "← →" if highest >= MOST_ROWS else "↑ ↓"
        keys = _("0 to {n} answers,  {arrows} moves,  Enter goes on,  Backspace goes back")
        one = _("1 is chosen.  0 makes it 10,  Enter goes on")
        self.hint.setText(one if self._typed_one else keys.format(n=highest, arrows=moves))

    def _asks_more(self) -> bool:
        return self.place < len(self.form.items) and self._asks_unscored()

    def _asks_unscored(self) -> bool:
        """Return the last question begins "If you checked off any problems": it is asked only then."""
        return self.form.unscored is not None and any(self.draft.items)

    def _item(self, place: int) -> Item:
        if place < len(self.form.items) or self.form.unscored is None:
            return self.form.items[place]
        return self.form.unscored

    def _given(self, place: int) -> int | None:
        return self.draft.unscored if place == len(self.form.items) else self.draft.items[place]

    def _first_open(self) -> int:
        return next(
            (place for place, answer in enumerate(self.draft.items) if answer is None), len(self.draft.items) - 1
        )

    def _alarming(self) -> bool:
        number = self.form.safety_item
        return number is not None and not self._safe and bool(self.draft.items[number - 1])

    def _bring_card(self) -> None:
        if self.card is not None:
            return
        self.card = SafetyCard(self._contacts)
        self.card.went_on.connect(self._put_card_away)
        self.body.insertWidget(self.body.count() - 1, self.card)
        self.card.setVisible(True)
        self.card_shown.emit()
        self._mark()

    def _put_card_away(self) -> None:
        if self.card is not None:
            self._safe = True
            self.body.removeWidget(self.card)
            self.card.deleteLater()
            self.card = None
            self._mark()
            self.go_on()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._ask(self._item(self.place))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(watched, AnswerRow) and watched in self.rows:
            if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
                return self._typed(event, watched)
            if event.type() == QEvent.Type.FocusIn:
                self._make_tab_stop(watched)
            elif event.type() == QEvent.Type.FocusOut:
                self._make_tab_stop()
        return super().eventFilter(watched, event)

    def _typed(self, event: QKeyEvent, row: AnswerRow) -> bool:
        """Keys on an answer: digits and Space answer, arrows move, Enter goes on, Backspace goes back."""
        key = event.key()
        digit = event.text().isdecimal() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        enter, space = key in (Qt.Key.Key_Return, Qt.Key.Key_Enter), key == Qt.Key.Key_Space
        if key in ARROWS:
            to = max(0, min(len(self.rows) - 1, self.rows.index(row) + ARROWS[key]))
            self.rows[to].setFocus(Qt.FocusReason.TabFocusReason)
        elif event.isAutoRepeat() and (digit or enter or space):
            pass  # a key that is held down answers once
        elif digit:
            self._digit(int(event.text()))
        elif enter:
            self._enter()
        elif space:
            self._space(row)
        elif key == Qt.Key.Key_Backspace:
            self.go_back()
        elif key == Qt.Key.Key_Escape:
            self.leave()
        else:
            return False
        return True

    def _enter(self) -> None:
        """Go on from an answered question; Enter that was meant for the question before does nothing here."""
        if self._given(self.place) is not None and not self._just_went_on(MEANT_FOR_LAST_MS):
            self.go_on()

    def _space(self, row: AnswerRow) -> None:
        """Choose the focused answer, unless it stands already or Space was meant for the question before."""
        if row.score != self._given(self.place) and not self._just_went_on(MEANT_FOR_LAST_MS):
            self._choose(row.score)

    def _digit(self, digit: int) -> None:
        """Answer by a digit; 0 after a typed 1 means 10 where there is such an answer."""
        ten = digit == 0 and self._typed_one
        ahead, place = self._onwards.isActive(), self.place
        if ten:
            digit = 10
        elif ahead:
            self.go_on()
            if self.place == place:
                return  # that was the last one: there is no next question to answer
        scores = [row.score for row in self.rows]
        if digit not in scores:
            return
        self.rows[scores.index(digit)].setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._choose(digit, typed_one=digit == 1 and 10 in scores)
        if ten and not ahead:
            self._onwards.stop()  # typed late: it may have been meant as 0, so let it be seen
