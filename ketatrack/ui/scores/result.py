"""One result: the number with its words, the band bar, last time beside it, and every question verbatim."""

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from ketatrack.errors import InvalidValue
from ketatrack.i18n import _
from ketatrack.models.fields import Range
from ketatrack.models.instruments import Instrument, Item
from ketatrack.models.records import Answers
from ketatrack.ui.scores.load import compared, near_day
from ketatrack.ui.theme.tokens import px
from ketatrack.ui.widgets.boxes import hbox, vbox
from ketatrack.ui.widgets.buttons import quiet
from ketatrack.ui.widgets.cards import Card, hairline
from ketatrack.ui.widgets.fields import DateField, FieldGroup, NumberField
from ketatrack.ui.widgets.labels import Paragraph, centred, label
from ketatrack.ui.widgets.layout import FlowLayout
from ketatrack.ui.widgets.note_field import NoteField
from ketatrack.ui.widgets.painted import BandBar, Marker

NUMBER, TEXT, WORDS, NOW, BEFORE = range(5)


class ItemTable(Card):
    """One row for each question; the last one is the unscored question where the form has one."""

    def __init__(self, form: Instrument) -> None:
        super().__init__()
        self._form = form
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(px(12))
        self._grid.setVerticalSpacing(px(6))
        self._grid.setColumnStretch(TEXT, 1)
        self.body.addLayout(self._grid)
        self._now, self._before = label("", "heading"), label("", "heading")
        self.rows: list[tuple[QLabel, QLabel, QLabel]] = []
        self._build()

    def show_answers(self, answers: Answers, before: Answers | None, today: date) -> None:
        """Fill in the answers of one entry and of the one before."""
        self._now.setText(_("Today") if answers.day == today else near_day(answers.day, today))
        self._before.setText(near_day(before.day, today) if before else "")
        current, earlier = _all_answers(answers), _all_answers(before)
        questions = (*self._form.items, *([self._form.unscored] if self._form.unscored else []))
        for place, (item, (words, now, then)) in enumerate(zip(questions, self.rows, strict=True)):
            score = current[place] if place < len(current) else None
            words.setText(_words_of(item, score))
            scored = place < len(self._form.items)
            now.setText("–" if score is None else str(score) if scored else "")
            past = earlier[place] if place < len(earlier) else None
            then.setText(_("not scored") if not scored else "" if past is None else str(past))

    def set_narrow(self, narrow: bool) -> None:
        """Show the answers' words only where there is room beside the questions."""
        for words, _now, _before in self.rows:
            words.setVisible(not narrow)

    def _build(self) -> None:
        span = _("Over the last 2 weeks") if self._form.lead else self._form.title
        self._grid.addWidget(label(span, "heading"), 0, 0, 1, 2)
        right = Qt.AlignmentFlag.AlignRight
        self._grid.addWidget(self._now, 0, NOW, right)
        self._grid.addWidget(self._before, 0, BEFORE, right)
        for place, item in enumerate(self._form.items):
            self._add(str(place + 1), item, 2 * place + 1)
        if self._form.unscored is not None:
            self._add("", self._form.unscored, 2 * len(self._form.items) + 1)

    def _add(self, number: str, item: Item, row: int) -> None:
        self._grid.addWidget(hairline(), row, 0, 1, 5)
        middle, right = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignRight
        count = label(number, "hint")
        count.setMinimumWidth(px(12))
        text = Paragraph(item.text)
        text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        words, now, before = label("", "secondary"), label("", "strong"), label("", "secondary")
        if not number:
            before.setProperty("role", "hint")
        now.setMinimumWidth(px(48))
        before.setMinimumWidth(px(60))
        for answer in (now, before):
            answer.setAlignment(right | middle)
        self._grid.addWidget(count, row + 1, NUMBER, middle)
        self._grid.addWidget(text, row + 1, TEXT)
        self._grid.addWidget(words, row + 1, WORDS, middle)
        self._grid.addWidget(now, row + 1, NOW)
        self._grid.addWidget(before, row + 1, BEFORE)
        self.rows.append((words, now, before))


def _all_answers(answers: Answers | None) -> tuple[int | None, ...]:
    return () if answers is None or answers.items is None else (*answers.items, answers.unscored)


def _words_of(item: Item, score: int | None) -> str:
    option = next((option for option in item.options if option.score == score), None)
    return "" if option is None or option.text == str(option.score) else option.text


def total_range(form: Instrument) -> Range:
    """Return the range of a typed-in total, as people write it (PEG: a mean with decimals is typed as its sum)."""
    return Range(f"A {form.name} total", 0, form.maximum)


class QuestionnaireResult(QWidget):
    """`edited` carries the changed entry (day, note, typed-in total), `refused` why one cannot be."""

    edited = Signal(Answers)
    refused = Signal(str)
    deleted = Signal()

    def __init__(self, form: Instrument) -> None:
        super().__init__()
        self.form = form
        self._answers: Answers | None = None
        self._column = vbox(self._score_card(), gap=16, margins=0, of=self)
        self.table = ItemTable(form) if form.items else None
        if self.table is not None:
            self._column.addWidget(self.table)
        self._column.addWidget(self._details())
        self._column.addStretch(1)

    def show_answers(self, answers: Answers, before: Answers | None, today: date) -> None:
        """Show one entry beside the one before it."""
        self._answers = answers
        form, when = self.form, _("today") if answers.day == today else near_day(answers.day, today)
        band = form.band(answers.total)
        self.number.setText(form.words(answers.total))
        of = _("of {n}").format(n=form.words(form.maximum))
        self.words.setText(f"{of}, {_(band.name)}" if band else of)
        self.change.set_words(compared(form, answers.total, before, today))
        if self.bar is not None:
            self.bar.set_markers(self._markers(answers, before, when, today))
        if self.table is not None:
            self.table.setVisible(answers.items is not None)
            self.table.show_answers(answers, before, today)
        self.date_field.value, self.note.value = answers.day, answers.note
        self.total.value = answers.total
        typed_in = answers.items is None
        for part in (self.total, self._total_label):
            part.setVisible(typed_in)
        self.source.setText(
            _("A total typed in, without answers to single questions.") if typed_in else self.form.copyright
        )

    def set_narrow(self, narrow: bool) -> None:
        """Leave out the answers' words in the table where there is no room for them; their scores stay."""
        if self.table is not None:
            self.table.set_narrow(narrow)

    def _markers(self, answers: Answers, before: Answers | None, when: str, today: date) -> list[Marker]:
        result = [Marker(answers.total, f"{when}: {self.form.words(answers.total)}", True)]
        if before is not None:
            words = f"{near_day(before.day, today)}: {self.form.words(before.total)}"
            result.append(Marker(before.total, words, False))
        return result

    def _score_card(self) -> Card:
        card = Card()
        self.number, self.words = label("", "headline"), label("", "strong")
        self.change = Paragraph()
        self.change.setProperty("role", "secondary")
        self.change.setAlignment(Qt.AlignmentFlag.AlignRight)
        row = hbox(self.number, self.words, (centred(self.change), 1), gap=8)
        card.body.addLayout(row)
        self.bar = None
        if self.form.bands:
            self.bar = BandBar(_("{name} bands").format(name=self.form.name), self.form.bands, self.form.maximum)
            card.body.addSpacing(px(4))
            card.body.addWidget(self.bar)
        return card

    def _details(self) -> Card:
        card = Card(padding=20)
        group = FieldGroup()
        self.date_field = DateField(_("Date of this result"))
        self.date_field.changed.connect(self._day_changed)
        self.total = NumberField(_("Total"), total_range(self.form), width=68)
        self.total.changed.connect(self._total_changed)
        self.note = NoteField(_("Note"), _("A note, if you like"))
        self.note.changed.connect(lambda words: self._edit(note=words))
        self._total_label = label(_("Total"), "secondary")
        self.remove = quiet(_("Delete this result"), "trash")
        self.remove.clicked.connect(self.deleted)
        row = QWidget()
        flow = FlowLayout(row)
        for part in (label(_("Date"), "secondary"), self.date_field, self._total_label, self.total, self.remove):
            flow.addWidget(part)
        group.body.addWidget(row)
        group.body.addWidget(self.note)
        card.body.addWidget(group)
        self.source = Paragraph()
        self.source.setProperty("role", "hint")
        card.body.addWidget(self.source)
        return card

    def _day_changed(self, day: date | None) -> None:
        if day is None and self._answers is not None:
            self.date_field.value = self._answers.day
        elif day is not None:
            self._edit(day=day)

    def _total_changed(self, total: int | None) -> None:
        if total is None and self._answers is not None:
            self.total.value = self._answers.total
        elif total is not None:
            self._edit(total=total)

    def _edit(self, **fields: object) -> None:
        if self._answers is None:
            return
        try:
            changed = replace(self._answers, **fields)  # type: ignore[arg-type]
        except InvalidValue as error:
            self.refused.emit(str(error))
            return
        if changed != self._answers:
            self.edited.emit(changed)
