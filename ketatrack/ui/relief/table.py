"""The table of the Relief page: each course, how long relief lasted after it, how it ended, and why the next came."""

from dataclasses import replace
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent

from ketatrack.analysis.episodes import Span
from ketatrack.analysis.sentences import Length, how_it_ended, span_days
from ketatrack.charts.base import regimen
from ketatrack.i18n import _
from ketatrack.models import labels
from ketatrack.ui.localised import short_day
from ketatrack.ui.relief.load import ReliefContent
from ketatrack.ui.theme.tokens import px
from ketatrack.ui.widgets.cards import Card
from ketatrack.ui.widgets.labels import label
from ketatrack.ui.widgets.table import Column, ColumnModel, ReliefBar, TableView

MOST_ROWS = 12
WITH_BARS = 820
TREATMENT = 1


def span_columns(content: ReliefContent) -> tuple[Column[Span], ...]:
    """Return what each course shows."""
    longest = max((span.upper or span.lower or 0 for span in content.relief.spans), default=1)

    def treatment(span: Span) -> str:
        words, count = regimen(content.treatment(span.session_ids[-1])), len(span.session_ids)
        return words if count == 1 else _("{regimen}, last of {n}").format(regimen=words, n=count)

    def bar(span: Span) -> ReliefBar | None:
        return None if span.lower is None else ReliefBar(span.lower, span.upper, longest, current=span.running)

    columns: tuple[Column[Span], ...] = (
        Column(_("Session"), lambda span: short_day(span.day), strong=True),
        Column(_("Treatment"), treatment),
        Column(
            _("Relief"),
            lambda span: span_days(span, Length.CELL) or "–",
            quiet=lambda span: span.lower is None,
            bar=bar,
        ),
        Column(_("How it ended"), how_it_ended),
        Column(_("Next session because"), lambda span: labels.reason(span.next_reason)),
    )
    return tuple(replace(column, note=lambda span: span.note) for column in columns)


class SpansCard(Card):
    """The table on its card. `session_clicked` carries the id of the course's last session."""

    session_clicked = Signal(UUID)

    def __init__(self) -> None:
        super().__init__(padding=16)
        self.model = ColumnModel[Span](self)
        self.table = TableView(_("Relief after each session"))
        self.table.setModel(self.model)
        self.table.horizontalHeader().setSortIndicatorShown(False)
        self.table.horizontalHeader().setSectionsClickable(False)
        self.table.opened.connect(lambda at: self.session_clicked.emit(self.model.rows[at.row()].session_ids[-1]))
        self.body.addWidget(label(_("Relief after each session"), "strong"))
        self.body.addWidget(self.table)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()

    def _fit_columns(self) -> None:
        """Leave out the bars where the words alone fill the table."""
        bar = "0" * 10 if self.width() > px(WITH_BARS) else ""
        ends, reasons = _("faded once, not confirmed"), _("Next session because")
        self.table.fit_columns(TREATMENT, ("00 MMM 0000", "", _("000 d or longer") + bar, ends, reasons))

    def show_result(self, result: ReliefContent) -> None:
        """Fill the table; it is as high as its rows, up to a dozen, and scrolls beyond."""
        self.model.show(span_columns(result), reversed(result.relief.spans))
        self._fit_columns()
        rows = min(self.model.rowCount(), MOST_ROWS)
        self.table.setFixedHeight(px(40) + rows * px(38) + px(4))
        self.setVisible(bool(rows))
