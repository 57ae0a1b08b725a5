"""One questionnaire, question by question, by keys or mouse. Every answer is kept as a draft at once.

A non-zero answer to the safety question brings the safety card, before any total and before going on.
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ketatrack.i18n import translate
from ketatrack.models.instruments import Instrument, Item
from ketatrack.models.records import Contact
from ketatrack.ui.pages.answer_draft import AnswerDraft
from ketatrack.ui.pages.answer_index import AnswerIndex
from ketatrack.ui.tokens import px
from ketatrack.ui.widgets.answer_row import AnswerCap, AnswerRow
from ketatrack.ui.widgets.buttons import quiet, secondary
from ketatrack.ui.widgets.card import Card, Note
from ketatrack.ui.widgets.labels import Paragraph, centred, label, set_role
from ketatrack.ui.widgets.safety_card import SafetyCard

SEEN_MS = 180
ZERO_MS = 600
MOST_ROWS = 6
ARROWS: dict[int, int] = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


def tr(text: str, n: int = -1) -> str:
    """`text` in the person's language."""
    return translate("Questionnaire", text, n)


class Questionnaire(QWidget):
    """`changed` carries the draft after each answer; `finished` the complete one; `left` that the person went back.

    `asked` tells that a question stands there now, `card_shown` that the safety card came up.
    """

    changed = Signal(object)
    finished = Signal(object)
    left = Signal()
    asked = Signal()
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
        self._onwards.timeout.connect(self.go_on)
        self.index = AnswerIndex(form)
        self.index.chosen.connect(self.show_question)
        self.question = self._question_card()
        self._columns = QGridLayout()
        self._columns.setHorizontalSpacing(px(16))
        self._columns.setVerticalSpacing(px(16))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(16))
        self.note = Note(note)
        column.addWidget(self.note)
        column.addLayout(self._columns)
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
            self.index.setMaximumWidth(16_777_215)
        else:
            self.index.setFixedWidth(max(px(216 if compact else 256), self.index.minimumSizeHint().width()))

    def show_question(self, place: int) -> None:
        """Ask question `place` (from 0); the one after the last item is the unscored question."""
        self._onwards.stop()
        self.place = place
        item = self._item(place)
        unscored = place == len(self.form.items)
        self._lead.setText(tr("Not scored; you can leave it out.") if unscored else self.form.lead)
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
            waits = score == 1 and self._item(self.place).options[-1].score >= 10
            self._onwards.start(ZERO_MS if waits else SEEN_MS)

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
        self.back = quiet(tr("Back"))
        self.back.clicked.connect(self.go_back)
        self.next = secondary(tr("Next"))
        self.next.clicked.connect(self.go_on)
        foot = QHBoxLayout()
        foot.addLayout(centred(self.hint), 1)
        foot.addWidget(self.back)
        foot.addWidget(self.next)
        card.body.addWidget(self._lead)
        card.body.addWidget(self._text)
        card.body.addSpacing(px(4))
        card.body.addLayout(self._answers)
        ends = QHBoxLayout()
        ends.addWidget(self._ends[0])
        ends.addStretch(1)
        ends.addWidget(self._ends[1])
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
        given = self._given(self.place)
        at = next((place for place, row in enumerate(self.rows) if row.score == given), 0)
        if self.isVisible():
            self.rows[at].show()
            self.rows[at].setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.asked.emit()
        for row in old:  # only now, or the focus would leave the page with them
            self._answers.removeWidget(row)
            row.hide()
            row.deleteLater()

    def _lay_out(self, options: list[tuple[int, str]]) -> None:
        """A row for each answer with words; a 0-10 scale as caps side by side with words at its two ends."""
        scale = len(options) > MOST_ROWS
        direction = QBoxLayout.Direction.LeftToRight if scale else QBoxLayout.Direction.TopToBottom
        self._answers.setDirection(direction)
        self.rows = [self._row(AnswerCap(*each) if scale else AnswerRow(*each)) for each in options]
        for end, (_score, words) in zip(self._ends, (options[0], options[-1]), strict=True):
            end.setText(words)
            end.setVisible(scale)

    def _row(self, row: AnswerRow) -> AnswerRow:
        row.setAutoExclusive(False)
        row.installEventFilter(self)
        row.clicked.connect(lambda _on=False: self.answer(row.score))
        self._answers.addWidget(row)
        return row

    def _mark(self) -> None:
        """Show which answer is chosen, and what is answered so far."""
        given = self._given(self.place)
        for row in self.rows:
            row.setChecked(row.score == given)
        self.index.show_answers(self.draft, self.place, waiting=self.card is not None)
        self.back.setEnabled(self.place > 0)
        unscored = self.place == len(self.form.items)
        self.next.setEnabled(given is not None or unscored)
        last = unscored or (self.draft.complete and self.place + 1 == len(self.form.items))
        self.next.setText(tr("See the result") if last and not self._asks_more() else tr("Next"))
        highest = self._item(self.place).options[-1].score
        moves = "← →" if highest >= MOST_ROWS else "↑ ↓"
        keys = tr("0 to {n} answers,  {arrows} moves,  Enter goes on,  Backspace goes back")
        self.hint.setText(keys.format(n=highest, arrows=moves))

    def _asks_more(self) -> bool:
        return self.place < len(self.form.items) and self._asks_unscored()

    def _asks_unscored(self) -> bool:
        """The last question begins "If you checked off any problems": it is asked only then."""
        return self.form.unscored is not None and any(self.draft.items)

    def _item(self, place: int) -> Item:
        if place < len(self.form.items) or self.form.unscored is None:
            return self.form.items[place]
        return self.form.unscored

    def _given(self, place: int) -> int | None:
        return self.draft.unscored if place == len(self.form.items) else self.draft.items[place]

    def _first_open(self) -> int:
        return next((place for place, given in enumerate(self.draft.items) if given is None), len(self.draft.items) - 1)

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
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and isinstance(watched, AnswerRow):
            return self._typed(event, self.rows.index(watched))
        return super().eventFilter(watched, event)

    def _typed(self, event: QKeyEvent, at: int) -> bool:
        """Keys on an answer: digits answer, arrows move, Enter chooses and goes on, Backspace goes back."""
        key = event.key()
        if event.text().isdigit() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._digit(int(event.text()))
        elif key in ARROWS:
            to = max(0, min(len(self.rows) - 1, at + ARROWS[key]))
            self.rows[to].setFocus(Qt.FocusReason.TabFocusReason)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._given(self.place) == self.rows[at].score or self._skips(at):
                self.go_on()
            else:
                self.answer(self.rows[at].score)
        elif key == Qt.Key.Key_Backspace:
            self.go_back()
        elif key == Qt.Key.Key_Escape:
            self.leave()
        else:
            return False
        return True

    def _skips(self, at: int) -> bool:
        """Enter on the unscored question without having moved leaves it out."""
        return self.place == len(self.form.items) and at == 0 and self._given(self.place) is None

    def _digit(self, digit: int) -> None:
        """Answer by a digit; 0 soon after 1 means 10 where there is such an answer."""
        scores = [row.score for row in self.rows]
        if digit == 0 and 10 in scores and self._onwards.isActive() and self._given(self.place) == 1:
            digit = 10
        elif self._onwards.isActive():
            self.go_on()
            scores = [row.score for row in self.rows]
        if digit in scores:
            self.rows[scores.index(digit)].setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.answer(digit)
