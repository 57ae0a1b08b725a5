"""The overview of all scores: the questionnaires, one's history as a chart, its questions over time, its results."""

from collections.abc import Sequence
from datetime import timedelta

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ketatrack.i18n import translate
from ketatrack.models.instruments import KEYS, instrument
from ketatrack.models.records import Answers
from ketatrack.ui import jobs
from ketatrack.ui.pages.item_history import ItemHistory
from ketatrack.ui.pages.questionnaire_list import QuestionnaireList
from ketatrack.ui.pages.results_model import NOTE, ResultsModel
from ketatrack.ui.pages.scores_data import Scores
from ketatrack.ui.tokens import px
from ketatrack.ui.widgets.card import Card
from ketatrack.ui.widgets.labels import Paragraph, label
from ketatrack.ui.widgets.segments import Segments
from ketatrack.ui.widgets.table import Table
from ketatrack.ui.words import short_day

ROWS = 10


def tr(text: str, n: int = -1) -> str:
    """`text` in the person's language."""
    return translate("Scores", text, n)


class ScoresOverview(QWidget):
    """`opened` carries the id of a result, `session_opened` of a session, `deleted` the results to delete."""

    started = Signal(str)
    total_wanted = Signal(str)
    opened = Signal(object)
    session_opened = Signal(object)
    deleted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._scores: Scores | None = None
        self._options: list[str] = []
        self.key: str | None = None
        self.list = QuestionnaireList()
        self.list.started.connect(self.started)
        self.list.total_wanted.connect(self.total_wanted)
        self.segments: Segments | None = None
        self.period = self._period_segments()
        self._choices = QWidget()
        self._choice_row = QHBoxLayout(self._choices)
        self._choice_row.setContentsMargins(0, 0, 0, 0)
        self._choice_row.setSpacing(px(8))
        self._choice_row.addStretch(1)
        self._choice_row.addWidget(label(tr("Period"), "secondary"))
        self._choice_row.addWidget(self.period)
        self._history = QWidget()
        self._history_column = QVBoxLayout(self._history)
        self._history_column.setContentsMargins(0, 0, 0, 0)
        self._history_column.setSpacing(px(16))
        self._chart_place = QVBoxLayout()
        self._items = self._items_card()
        self._results = self._results_card()
        self._history_column.addLayout(self._chart_place)
        self._history_column.addWidget(self._items)
        self._history_column.addWidget(self._results)
        self.nothing = Paragraph(
            tr(
                "Once a questionnaire is filled in, its totals over time stand here with your sessions, and each "
                "question beside its earlier answers. One is enough to begin."
            )
        )
        self.nothing.setProperty("role", "secondary")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(px(16))
        for part in (self.list, self.nothing, self._choices, self._history):
            self._column.addWidget(part)
        self._column.addStretch(1)
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
        self.model.show_results(form, entries)
        rows = min(ROWS, len(entries))
        self.table.setFixedHeight(px(40) + rows * px(38) + px(4))
        self._results_title.setText(tr("All results of {name}").format(name=form.name))
        self._show_chart()

    def _show_items(self, entries: Sequence[Answers]) -> None:
        detailed = [entry for entry in entries if entry.items is not None]
        self._items.setVisible(bool(detailed))
        if detailed and self.key and self._scores:
            self.items.show_history(instrument(self.key), detailed, self._scores.today)
            self._say("")

    def _offer(self, filled: list[str]) -> None:
        """The choice between questionnaires that have results; none where there is one only."""
        if filled == self._options:
            return
        self._options = filled
        if self.segments is not None:
            self._choice_row.removeWidget(self.segments)
            self.segments.deleteLater()
            self.segments = None
        if len(filled) > 1:
            options = [(key, instrument(key).name) for key in filled]
            self.segments = Segments(tr("Questionnaire"), options, optional=False)
            self.segments.changed.connect(lambda key: self.show_history(str(key)))
            self._choice_row.insertWidget(0, self.segments)

    def _show_chart(self) -> None:
        """The chart; matplotlib is imported by the worker before it is first needed."""
        if self.chart_card is None:
            if not self._loading:
                self._loading = True
                place = QWidget()
                place.setFixedHeight(px(314))
                self._chart_place.addWidget(place)
                jobs.run(self, _import_charts, lambda _done: self._make_chart(place))
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
        if isinstance(self.period.value, int):
            picture = picture.between(scores.today - timedelta(days=self.period.value), scores.today)
        facts = f"{short_day(picture.first)} – {short_day(picture.last)}"
        self.chart_card.show_picture(picture, facts)

    def _period_segments(self) -> Segments:
        options = [(365, tr("12 m")), (730, tr("24 m")), ("all", tr("All"))]
        made = Segments(tr("Period"), options, optional=False)
        made.value = 730
        made.changed.connect(lambda _days: self._show_chart())
        return made

    def _items_card(self) -> Card:
        card = Card()
        card.set_padding(20)
        head = QHBoxLayout()
        head.setSpacing(px(8))
        head.addWidget(label(tr("Question by question"), "strong"))
        self._items_words = label("", "secondary", wrap=True)
        head.addWidget(self._items_words, 1)
        self.items = ItemHistory()
        self.items.pointed.connect(self._say)
        self.items.opened.connect(self.opened)
        card.body.addLayout(head)
        card.body.addWidget(self.items)
        return card

    def _say(self, words: str) -> None:
        self._items_words.setText(words or tr("the larger the square, the higher the answer"))

    def _results_card(self) -> Card:
        card = Card()
        card.body.setContentsMargins(px(8), px(14), px(8), px(8))
        self._results_title = label("", "strong")
        self._results_title.setContentsMargins(px(8), 0, 0, 0)
        self.model = ResultsModel(self)
        self.table = ResultsTable(tr("All results"))
        self.table.setModel(self.model)
        self.table.fit_columns(NOTE, ("30 Nov 2026", "Score", "moderately severe", "10.0 higher",
                                      "question by question", ""))  # fmt: skip
        self.table.opened.connect(self._open_row)
        self.table.delete_wanted.connect(self._delete_rows)
        card.body.addWidget(self._results_title)
        card.body.addWidget(self.table)
        return card

    def _open_row(self, index: QModelIndex) -> None:
        self.opened.emit(self.model.answers_at(index.row()).id)

    def _delete_rows(self) -> None:
        rows = self.table.selectionModel().selectedRows()
        self.deleted.emit([self.model.answers_at(index.row()) for index in rows])


class ResultsTable(Table):
    """A table whose chosen rows go with Delete."""

    delete_wanted = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and self.selectionModel().hasSelection():
            self.delete_wanted.emit()
        else:
            super().keyPressEvent(event)


def _import_charts() -> None:
    import ketatrack.charts.journey_figure
    import ketatrack.ui.chart_card  # noqa: F401
