"""Every question of a filled-in questionnaire, word for word, with the answer now and last time."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QSizePolicy

from ketatrack.i18n import translate
from ketatrack.models.instruments import Instrument, Item
from ketatrack.models.records import Answers
from ketatrack.ui.pages.scores_data import near_day
from ketatrack.ui.tokens import px
from ketatrack.ui.widgets.card import Card
from ketatrack.ui.widgets.labels import Paragraph, label

NUMBER, TEXT, WORDS, NOW, BEFORE = range(5)


def tr(text: str, n: int = -1) -> str:
    """`text` in the person's language."""
    return translate("QuestionnaireResult", text, n)


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
        self._now.setText(tr("Today") if answers.day == today else near_day(answers.day, today))
        self._before.setText(near_day(before.day, today) if before else "")
        given, earlier = _all_answers(answers), _all_answers(before)
        questions = (*self._form.items, *([self._form.unscored] if self._form.unscored else []))
        for place, (item, (words, now, then)) in enumerate(zip(questions, self.rows, strict=True)):
            score = given[place] if place < len(given) else None
            words.setText(_words_of(item, score))
            scored = place < len(self._form.items)
            now.setText("–" if score is None else str(score) if scored else "")
            past = earlier[place] if place < len(earlier) else None
            then.setText(tr("not scored") if not scored else "" if past is None else str(past))

    def set_narrow(self, narrow: bool) -> None:
        """Show the answers' words only where there is room beside the questions."""
        for words, _now, _before in self.rows:
            words.setVisible(not narrow)

    def _build(self) -> None:
        lead = self._form.lead.partition(",")[0] or self._form.title
        self._grid.addWidget(label(lead, "heading"), 0, 0, 1, 2)
        right = Qt.AlignmentFlag.AlignRight
        self._grid.addWidget(self._now, 0, NOW, right)
        self._grid.addWidget(self._before, 0, BEFORE, right)
        for place, item in enumerate(self._form.items):
            self._add(str(place + 1), item, 2 * place + 1)
        if self._form.unscored is not None:
            self._add("", self._form.unscored, 2 * len(self._form.items) + 1)

    def _add(self, number: str, item: Item, row: int) -> None:
        line = QFrame()
        line.setProperty("tone", "divider")
        line.setFixedHeight(1)
        self._grid.addWidget(line, row, 0, 1, 5)
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
        for each in (now, before):
            each.setAlignment(right | middle)
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
