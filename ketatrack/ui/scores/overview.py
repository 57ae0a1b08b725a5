"""The overview of all scores: the questionnaires, one's history as a chart, its questions over time, its results."""

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ketatrack.i18n import _
from ketatrack.models.instruments import KEYS, Instrument, instrument, instruments
from ketatrack.models.periods import months_before
from ketatrack.models.records import Answers
from ketatrack.ui import jobs, preload
from ketatrack.ui.localised import short_day
from ketatrack.ui.scores.history import ItemHistory, Result, result_columns, results
from ketatrack.ui.scores.load import Scores, near_day, score_words
from ketatrack.ui.theme.tokens import px
from ketatrack.ui.widgets.boxes import Stretch, hbox, vbox
from ketatrack.ui.widgets.buttons import secondary
from ketatrack.ui.widgets.cards import Card
from ketatrack.ui.widgets.choices import Segments
from ketatrack.ui.widgets.labels import Paragraph, label
from ketatrack.ui.widgets.table import ColumnModel, TableView

ROWS = 10


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
                button.setText(_("Type in a total"))
                button.setAccessibleName(_("Type in a total: {name}").format(name=form.name))
                continue
            words = _("Go on with {name}") if draft else _("Start {name}")
            button.setText(words.format(name=form.name))
            button.setAccessibleName(button.text())

    def _add(self, grid: QGridLayout, row: int, form: Instrument) -> None:
        names = QWidget()
        about = _("{title}, about {minutes}").format(title=form.title, minutes=form.minutes)
        title = Paragraph(about if form.minutes else form.title)
        title.setProperty("role", "hint")
        vbox(label(form.name, "strong"), title, gap=0, margins=0, of=names)
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
        return _("begun, {n} of {all} answered").format(n=begun[1].answered, all=len(form.items))
    latest = scores.latest(form.key)
    if latest is None:
        return _("not filled in yet") if form.items else _("no total yet")
    return f"{score_words(form, latest.total)} · {near_day(latest.day, scores.today)}"


class ScoresOverview(QWidget):
    """`opened` carries the id of a result, `session_opened` of a session, `deleted` the results to delete."""

    started = Signal(str)
    total_wanted = Signal(str)
    opened = Signal(UUID)
    session_opened = Signal(UUID)
    deleted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._scores: Scores | None = None
        self._options: list[str] = []
        self.key: str | None = None
        self.list = QuestionnaireList()
        self.list.started.connect(self.started)
        self.list.total_wanted.connect(self.total_wanted)
        self.segments: Segments[str] | None = None
        self.period = self._period_segments()
        self._choices = QWidget()
        self._choice_row = hbox(
            Stretch(), label(_("Period"), "secondary"), self.period, gap=8, margins=0, of=self._choices
        )
        self._history = QWidget()
        self._history_column = vbox(gap=16, margins=0, of=self._history)
        self._chart_place = QVBoxLayout()
        self._items = self._items_card()
        self._results = self._results_card()
        self._history_column.addLayout(self._chart_place)
        self._history_column.addWidget(self._items)
        self._history_column.addWidget(self._results)
        self.nothing = Paragraph(
            _(
                "Once a questionnaire is filled in, its totals over time stand here with your sessions, and each "
                "question beside its earlier answers. One is enough to begin."
            )
        )
        self.nothing.setProperty("role", "secondary")
        self._column = vbox(
            self.list, self.nothing, self._choices, self._history, Stretch(), gap=16, margins=0, of=self
        )
        self.chart_card: QWidget | None = None
        self._loading = False

    def show_scores(self, scores: Scores) -> None:
        """Show what the diary holds now."""
        self._scores = scores
        self.list.show_scores(scores)
        filled = [key for key in KEYS if scores.answers[key]]
        self.nothing.setVisible(not filled)
        self._history.setVisible(bool(filled))
        self._choices.setVisible(bool(filled))
        self._offer(filled)
        if filled:
            self.show_history(self.key if self.key in filled else filled[0])

    def show_history(self, key: str) -> None:
        """Show the history of one questionnaire."""
        self.key = key
        if self._scores is None:
            return
        if self.segments is not None:
            self.segments.value = key
        form, entries = instrument(key), self._scores.answers[key]
        self._show_items(entries)
        self.model.show(result_columns(form), results(entries))
        widest = ("30 Nov 2026", "Score", "moderately severe", "10.0 higher", _("question by question"), "")
        self.table.fit_columns(len(widest) - 1, widest)
        rows = min(ROWS, len(entries))
        self.table.setFixedHeight(px(40) + rows * px(38) + px(4))
        self._results_title.setText(_("All results of {name}").format(name=form.name))
        self._show_chart()

    def _show_items(self, entries: Sequence[Answers]) -> None:
        detailed = [entry for entry in entries if entry.items is not None]
        self._items.setVisible(bool(detailed))
        if detailed and self.key and self._scores:
            self.items.show_history(instrument(self.key), detailed, self._scores.today)
            self._say("")

    def _offer(self, filled: list[str]) -> None:
        """Offer the questionnaires that have results; none where there is one only."""
        if filled == self._options:
            return
        self._options = filled
        if self.segments is not None:
            self._choice_row.removeWidget(self.segments)
            self.segments.deleteLater()
            self.segments = None
        if len(filled) > 1:
            options = [(key, instrument(key).name) for key in filled]
            self.segments = Segments(_("Questionnaire"), options, optional=False)
            self.segments.changed.connect(self.show_history)
            self._choice_row.insertWidget(0, self.segments)

    def _show_chart(self) -> None:
        """Show the chart; what draws it is imported in the background thread before it is first needed."""
        if self.chart_card is None:
            if not self._loading:
                self._loading = True
                place = QWidget()
                place.setFixedHeight(px(314))
                self._chart_place.addWidget(place)
                jobs.run(self, preload.load_charts, lambda _done: self._make_chart(place))
            return
        self._draw()

    def _make_chart(self, place: QWidget) -> None:
        from ketatrack.ui.chart_card import ChartCard

        self._chart_place.removeWidget(place)
        place.deleteLater()
        card = ChartCard()
        card.record_clicked.connect(self.opened)
        card.session_clicked.connect(self.session_opened)
        self.chart_card = card
        self._chart_place.addWidget(card)
        self._draw()

    def _draw(self) -> None:
        from ketatrack.charts.journey import history_of
        from ketatrack.ui.chart_card import ChartCard

        scores, key = self._scores, self.key
        if scores is None or key is None or not isinstance(self.chart_card, ChartCard):
            return
        picture = history_of(instrument(key), scores.answers[key], scores.sessions, scores.today)
        if self.period.value is not None:
            picture = picture.between(months_before(scores.today, self.period.value), scores.today)
        facts = f"{short_day(picture.first)} – {short_day(picture.last)}"
        self.chart_card.show_picture(picture, facts)

    def _period_segments(self) -> Segments[int | None]:
        options = [(12, _("12 m")), (24, _("24 m")), (None, _("All"))]
        segments = Segments(_("Period"), options, optional=False)
        segments.value = 24
        segments.changed.connect(lambda _days: self._show_chart())
        return segments

    def _items_card(self) -> Card:
        card = Card()
        card.set_padding(20)
        self._items_words = label("", "secondary", wrap=True)
        head = hbox(label(_("Question by question"), "strong"), (self._items_words, 1), gap=8)
        self.items = ItemHistory()
        self.items.pointed.connect(self._say)
        self.items.opened.connect(self.opened)
        card.body.addLayout(head)
        card.body.addWidget(self.items)
        return card

    def _say(self, words: str) -> None:
        self._items_words.setText(words or _("the larger the square, the higher the answer"))

    def _results_card(self) -> Card:
        card = Card()
        card.body.setContentsMargins(px(8), px(14), px(8), px(8))
        self._results_title = label("", "strong")
        self._results_title.setContentsMargins(px(8), 0, 0, 0)
        self.model = ColumnModel[Result](self)
        self.table = ResultsTable(_("All results"))
        self.table.setModel(self.model)
        self.table.opened.connect(self._open_row)
        self.table.delete_wanted.connect(self._delete_rows)
        card.body.addWidget(self._results_title)
        card.body.addWidget(self.table)
        return card

    def _open_row(self, index: QModelIndex) -> None:
        self.opened.emit(self.model.rows[index.row()].answers.id)

    def _delete_rows(self) -> None:
        rows = self.table.selectionModel().selectedRows()
        self.deleted.emit([self.model.rows[index.row()].answers for index in rows])


class ResultsTable(TableView):
    """A table whose chosen rows go with Delete."""

    delete_wanted = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and self.selectionModel().hasSelection():
            self.delete_wanted.emit()
        else:
            super().keyPressEvent(event)
