"""One result: the number with its words, the band bar, last time beside it, and every question verbatim."""

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ketatrack.errors import InvalidValue
from ketatrack.i18n import translate
from ketatrack.models.instruments import Instrument
from ketatrack.models.records import Answers
from ketatrack.models.values import Range
from ketatrack.ui.pages.item_table import ItemTable
from ketatrack.ui.pages.scores_data import compared, near_day
from ketatrack.ui.tokens import px
from ketatrack.ui.widgets.band_bar import BandBar, Marker
from ketatrack.ui.widgets.buttons import quiet
from ketatrack.ui.widgets.card import Card
from ketatrack.ui.widgets.fields import DateField, FieldGroup, NumberField
from ketatrack.ui.widgets.flow import FlowLayout
from ketatrack.ui.widgets.labels import Paragraph, centred, label
from ketatrack.ui.widgets.note_field import NoteField


def tr(text: str, n: int = -1) -> str:
    """`text` in the person's language."""
    return translate("QuestionnaireResult", text, n)


def total_range(form: Instrument) -> Range:
    """The range of a typed-in total, as people write it (PEG: a mean with decimals is typed as its sum)."""
    return Range(f"A {form.name} total", 0, form.maximum)


class QuestionnaireResult(QWidget):
    """`edited` carries the changed entry (day, note, typed-in total), `refused` why one cannot be."""

    edited = Signal(object)
    refused = Signal(str)
    deleted = Signal()

    def __init__(self, form: Instrument) -> None:
        super().__init__()
        self.form = form
        self._answers: Answers | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(px(16))
        self._column.addWidget(self._score_card())
        self.table = ItemTable(form) if form.items else None
        if self.table is not None:
            self._column.addWidget(self.table)
        self._column.addWidget(self._details())
        self._column.addStretch(1)

    def show_answers(self, answers: Answers, before: Answers | None, today: date) -> None:
        """Show one entry beside the one before it."""
        self._answers = answers
        form, when = self.form, tr("today") if answers.day == today else near_day(answers.day, today)
        band = form.band(answers.total)
        self.number.setText(form.words(answers.total))
        of = tr("of {n}").format(n=form.words(form.maximum))
        self.words.setText(f"{of}, {tr(band.name)}" if band else of)
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
            tr("A total typed in, without answers to single questions.") if typed_in else self.form.copyright
        )

    def set_narrow(self, narrow: bool) -> None:
        """Leave out the answers' words in the table where there is no room for them; their scores stay."""
        if self.table is not None:
            self.table.set_narrow(narrow)

    def _markers(self, answers: Answers, before: Answers | None, when: str, today: date) -> list[Marker]:
        made = [Marker(answers.total, f"{when}: {self.form.words(answers.total)}", True)]
        if before is not None:
            words = f"{near_day(before.day, today)}: {self.form.words(before.total)}"
            made.append(Marker(before.total, words, False))
        return made

    def _score_card(self) -> Card:
        card = Card()
        self.number, self.words = label("", "headline"), label("", "strong")
        self.change = Paragraph()
        self.change.setProperty("role", "secondary")
        self.change.setAlignment(Qt.AlignmentFlag.AlignRight)
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addWidget(self.number)
        row.addWidget(self.words)
        row.addLayout(centred(self.change), 1)
        card.body.addLayout(row)
        self.bar = None
        if self.form.bands:
            self.bar = BandBar(tr("{name} bands").format(name=self.form.name), self.form.bands, self.form.maximum)
            card.body.addSpacing(px(4))
            card.body.addWidget(self.bar)
        return card

    def _details(self) -> Card:
        card = Card(padding=20)
        group = FieldGroup()
        self.date_field = DateField(tr("Date of this result"))
        self.date_field.changed.connect(self._day_changed)
        self.total = NumberField(tr("Total"), total_range(self.form), width=68)
        self.total.changed.connect(self._total_changed)
        self.note = NoteField(tr("Note"), tr("A note, if you like"))
        self.note.changed.connect(lambda words: self._edit(note=words))
        self._total_label = label(tr("Total"), "secondary")
        self.remove = quiet(tr("Delete this result"), "trash")
        self.remove.clicked.connect(self.deleted)
        row = QWidget()
        flow = FlowLayout(row)
        for part in (label(tr("Date"), "secondary"), self.date_field, self._total_label, self.total, self.remove):
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
            self.date_field.value, self.total.value = self._answers.day, self._answers.total
            self.refused.emit(str(error))
            return
        if changed != self._answers:
            self.edited.emit(changed)
