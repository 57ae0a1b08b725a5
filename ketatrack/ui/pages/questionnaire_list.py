"""The card that lists all questionnaires: what each is, how it was last time, and the button that starts it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ketatrack.i18n import translate
from ketatrack.models.instruments import Instrument, instruments
from ketatrack.ui.pages.scores_data import Scores, near_day, score_words
from ketatrack.ui.tokens import px
from ketatrack.ui.widgets.buttons import secondary
from ketatrack.ui.widgets.card import Card
from ketatrack.ui.widgets.labels import Paragraph, label


def tr(text: str, n: int = -1) -> str:
    """`text` in the person's language."""
    return translate("Scores", text, n)


class QuestionnaireList(Card):
    """`started` carries the key of the questionnaire to fill in, `total_wanted` of the total to type in."""

    started = Signal(str)
    total_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.body.setContentsMargins(px(16), px(14), px(16), px(14))
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(10))
        grid.setVerticalSpacing(px(10))
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self.body.addLayout(grid)
        self.buttons: dict[str, QPushButton] = {}
        self.latest: dict[str, QLabel] = {}
        for row, form in enumerate(instruments()):
            self._add(grid, row, form)

    def show_scores(self, scores: Scores) -> None:
        """Show the newest result of each, and where one was begun and not finished."""
        for form in instruments():
            self.latest[form.key].setText(_latest_words(scores, form))
            draft = scores.drafts.get(form.key)
            button = self.buttons[form.key]
            if not form.items:
                button.setText(tr("Type in a total"))
                button.setAccessibleName(tr("Type in a total: {name}").format(name=form.name))
                continue
            words = tr("Go on with {name}") if draft else tr("Start {name}")
            button.setText(words.format(name=form.name))
            button.setAccessibleName(button.text())

    def _add(self, grid: QGridLayout, row: int, form: Instrument) -> None:
        names = QWidget()
        column = QVBoxLayout(names)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(label(form.name, "strong"))
        title = Paragraph(form.title + (tr(", about {minutes}").format(minutes=form.minutes) if form.minutes else ""))
        title.setProperty("role", "hint")
        column.addWidget(title)
        button = secondary("")
        signal = self.started if form.items else self.total_wanted
        button.clicked.connect(lambda _on=False, key=form.key: signal.emit(key))
        last = Paragraph()
        grid.addWidget(names, row, 0)
        grid.addWidget(last, row, 1, Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(button, row, 2)
        self.buttons[form.key], self.latest[form.key] = button, last


def _latest_words(scores: Scores, form: Instrument) -> str:
    begun = scores.drafts.get(form.key)
    if begun is not None:
        return tr("begun, {n} of {all} answered").format(n=begun[1].answered, all=len(form.items))
    latest = scores.latest(form.key)
    if latest is None:
        return tr("not filled in yet") if form.items else tr("no total yet")
    return f"{score_words(form, latest.total)} · {near_day(latest.day, scores.today)}"
