"""Habits: a year of one habit at a glance, weekly totals, months, and patterns that are not called causes."""

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ketatrack.errors import KetaTrackError
from ketatrack.i18n import _
from ketatrack.models.records import Draft, EarlySign, HabitChoice
from ketatrack.models.relief_records import RELIEF_KINDS
from ketatrack.ui import jobs
from ketatrack.ui.editor import Editor
from ketatrack.ui.habits.cards import PatternsCard, SignsCard
from ketatrack.ui.habits.load import HabitsContent, load_habits
from ketatrack.ui.localised import short_day
from ketatrack.ui.page import Page
from ketatrack.ui.widgets.boxes import hbox, vbox
from ketatrack.ui.widgets.buttons import icon_button
from ketatrack.ui.widgets.choices import Choice
from ketatrack.ui.widgets.labels import label
from ketatrack.ui.widgets.layout import in_order

if TYPE_CHECKING:
    from ketatrack.charts.months import Months
    from ketatrack.ui.chart_card import ChartCard

_YEAR = timedelta(weeks=52)
AFTER_PAINT_MS = 10


class HabitsPage(Page):
    """One habit at a time; the year moves back and forth."""

    shows = RELIEF_KINDS | {Draft, EarlySign, HabitChoice}

    def __init__(self, editor: Editor) -> None:
        super().__init__(_("Habits"))
        self.editor = editor
        self.habits_content: HabitsContent | None = None
        self._key: str | None = None
        self._last = editor.today()
        self._latest = jobs.Latest(self)
        self._cards: tuple[ChartCard, ChartCard] | None = None
        self.habit: Choice[str] = Choice(_("Habit"), [])
        self.habit.changed.connect(self._choose)
        self.title_row.addWidget(self.habit)
        self.title_row.addLayout(self._years())
        self.empty = label(_("The habits you track will stand here, a square for each day."), "secondary", wrap=True)
        self.patterns, self.signs = PatternsCard(editor), SignsCard(editor)
        self._place = vbox(gap=16)
        self.body.addWidget(self.empty)
        self.body.addLayout(self._place)
        self.body.addWidget(self.patterns)
        self.body.addWidget(self.signs)
        self.patterns.hide()

    def _years(self) -> QHBoxLayout:
        self.back = icon_button("chevron-left", _("A year earlier"))
        self.back.clicked.connect(lambda: self._move(-_YEAR))
        self.forward = icon_button("chevron-right", _("A year later"))
        self.forward.clicked.connect(lambda: self._move(_YEAR))
        self.year = label("", "body")
        return hbox(self.back, self.year, self.forward, gap=4)

    def _choose(self, key: str) -> None:
        self._key = key
        self.refresh()

    def _move(self, by: timedelta) -> None:
        self._last = min(self._last + by, self.editor.today())
        self.refresh()

    def reflow(self) -> None:
        self.patterns.set_stacked(self.tight())

    def refresh(self) -> None:
        diary, key, last, today = self.editor.diary, self._key, self._last, self.editor.today()
        self._latest.run(lambda: load_habits(diary, key, last, today), self._show, self._failed)

    def _show(self, result: HabitsContent) -> None:
        self.habits_content = result
        self.signs.show_signs(result.signs)
        self.patterns.setVisible(bool(result.habits))
        self.patterns.show_result(result)
        self.empty.setVisible(result.picture is None)
        for part in (self.habit, self.back, self.forward, self.year):
            part.setVisible(result.picture is not None)
        if result.picture is None or result.habit is None:
            return
        self._key = result.habit.key
        self.habit.set_options([(habit.key, habit.name) for habit in result.habits])
        self.habit.value = result.habit.key
        first = result.picture.monday
        self.year.setText(f"{short_day(first)} – {short_day(self._last)}")
        self.back.setEnabled(result.first is not None and result.first < first)
        self.forward.setEnabled(self._last < self.editor.today())
        year, months = self.cards()
        year.show_picture(result.picture, f"{short_day(first)} – {short_day(self._last)}")
        self._order_stops(year, months)
        # After the year has been painted: both at once would hold the window up for twice as long.
        QTimer.singleShot(AFTER_PAINT_MS, self, lambda: self._show_months(result.months))

    def _show_months(self, months: "Months | None") -> None:
        card = self.cards()[1]
        month_list = months.months if months is not None else ()
        if months is not None and month_list:
            card.show_picture(months, f"{short_day(month_list[0].first)} – {short_day(self.editor.today())}")
        card.setVisible(len(month_list) > 1)

    def _order_stops(self, *cards: "ChartCard") -> None:
        """Tab follows the screen, although cards and boxes are made after the fields below them."""
        stops: list[QWidget] = [self.habit, self.back, self.forward]
        for card in cards:
            stops += card.stops()
        in_order(*stops, *self.patterns.boxes.values(), *self.signs.stops())

    def cards(self) -> "tuple[ChartCard, ChartCard]":
        """Return the year and the months; made on the first visit, when matplotlib has arrived."""
        if self._cards is None:
            from ketatrack.ui.chart_card import ChartCard

            self._cards = ChartCard(), ChartCard()
            self._cards[0].session_clicked.connect(self.open_session)
            for card in self._cards:
                self._place.addWidget(card)
        return self._cards

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, KetaTrackError):
            raise error
        self.show_message.emit(str(error))
