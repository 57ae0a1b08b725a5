"""The Relief page: how long relief lasted, the journey of a measure, the curve, and every session's part in it.

Numbers come from a job beside the window (relief_job.py); late answers are dropped by their serial.
"""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QBoxLayout, QLayout

from ketatrack.analysis import relief_words as words
from ketatrack.errors import KetaTrackError
from ketatrack.i18n import translate
from ketatrack.models.records import Baseline, Rule
from ketatrack.models.values import RuleKind
from ketatrack.ui import jobs
from ketatrack.ui.editor import Editor
from ketatrack.ui.page import Page
from ketatrack.ui.pages.relief_controls import Controls
from ketatrack.ui.pages.relief_headline import Headline
from ketatrack.ui.pages.relief_job import Found, find, headline, with_drift
from ketatrack.ui.tokens import px, text_scale
from ketatrack.ui.widgets.labels import label
from ketatrack.ui.words import short_day

if TYPE_CHECKING:
    from ketatrack.charts.journey import Journey
    from ketatrack.ui.pages.relief_body import Body

SIDE_BY_SIDE = 900
DRAWN_MS = 300


def tr(text: str, n: int = -1) -> str:
    """`text` in the person's language."""
    return translate("ReliefPage", text, n)


class ReliefPage(Page):
    """`open_session` carries the id of a session to look at, or None to log a new one."""

    open_session = Signal(object)

    def __init__(self, editor: Editor) -> None:
        super().__init__(tr("Relief"))
        self.editor = editor
        self.key: str | None = None
        self.found: Found | None = None
        self._serial = 0
        self._shown: Body | None = None
        self.title.hide()
        self.controls = Controls()
        self.headline = Headline()
        _take_spacers(self.title_row)
        self.title_row.addWidget(self.controls, 1)
        self.body.addWidget(self.headline)
        self.foot = label(words.not_a_forecast(), "hint", wrap=True)
        outer = self.layout()
        assert outer is not None  # every page has one
        outer.addWidget(self.foot)
        self.controls.hide()
        self.controls.measure_changed.connect(self.show_measure)
        self.controls.rule_changed.connect(self._change_rule)
        self.controls.period_changed.connect(self._show_period)
        self.headline.asked.connect(self._explain)

    def refresh(self) -> None:
        """Work out the numbers again and show them when they are there."""
        self._serial += 1
        serial, diary, key = self._serial, self.editor.diary, self.key
        today = self.editor.today()
        jobs.run(
            self,
            lambda: find(diary, key, today),
            lambda found: self._show_first(found, serial) if serial == self._serial else None,
            lambda error: self._fail(error) if serial == self._serial else None,
        )

    def show_measure(self, key: object) -> None:
        """Turn to another measure."""
        self.key = str(key)
        self.refresh()

    def reflow(self) -> None:
        self.controls.set_short(self.compact(), self.tight())
        self.headline.set_stacked(self.compact())
        side = px(24 if self.compact() else 32)
        self.foot.setContentsMargins(side, px(8), side, px(10))
        if self._shown is not None:
            beside = (self.width() - 2 * side) / text_scale() >= SIDE_BY_SIDE
            way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
            self._shown.pair.setDirection(way)

    def cards(self) -> "Body":
        """The cards; made on the first visit, when matplotlib has arrived."""
        if self._shown is None:
            from ketatrack.ui.pages.relief_body import Body

            self._shown = Body()
            self._shown.session_clicked.connect(self.open_session)
            self._shown.log_session.connect(lambda: self.open_session.emit(None))
            self._shown.asked.connect(self._explain)
            self._shown.offer.accepted.connect(self._accept)
            self.body.addWidget(self._shown)
            self.reflow()
        return self._shown

    def _show(self, found: Found) -> None:
        self.found, self.key = found, found.relief.measure.key
        body = self.cards()
        self.controls.show_found(found)
        self.controls.setVisible(not found.empty)
        self.headline.setVisible(not found.empty)
        self.foot.setVisible(not found.empty)
        self.title.setVisible(found.empty)
        self.headline.show_found(found.relief, headline(found))
        body.show_found(found, self._facts(found.period(None)))
        self._show_period()

    def _show_first(self, found: Found, serial: int) -> None:
        """Show what is found at once; whether relief drifts takes longer, and is said when it is known."""
        self._show(found)
        # Not while the charts are being drawn: both would take twice as long.
        QTimer.singleShot(DRAWN_MS, self, lambda: self._look_for_drift(found, serial))

    def _look_for_drift(self, found: Found, serial: int) -> None:
        if serial != self._serial:
            return
        jobs.run(
            self,
            lambda: with_drift(found),
            lambda fuller: self._show_drift(fuller) if serial == self._serial else None,
            self._fail,
        )

    def _show_drift(self, fuller: Found) -> None:
        self.found = fuller
        self.cards().show_drift(fuller)

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, KetaTrackError):
            raise error
        self.headline.show_failure(str(error))

    def _show_period(self) -> None:
        """Narrow the journey to the chosen period; the other numbers use everything."""
        if self.found is None:
            return
        months = self.controls.period.value
        journey = self.found.period(months if isinstance(months, int) else None)
        self.cards().show_journey(journey, self._facts(journey))

    def _facts(self, journey: "Journey") -> str:
        """Period and rule, as they stand on a saved picture."""
        assert self.found is not None  # asked for only while something is shown
        result = self.found.relief
        rule = words.rule_words(result.rule, result.measure.higher_is_better)
        return tr("{a} to {b} · {measure}, in relief when {rule}").format(
            a=short_day(journey.first), b=short_day(journey.last), measure=result.measure.name, rule=rule
        )

    def _change_rule(self, kind: RuleKind, limit: int | None) -> None:
        if self.found is None or self.key is None:
            return
        rule = Rule(measure=self.key, kind=kind, value=limit, recorded_at=self.editor.moment_to_record())
        if not self.editor.edit(tr("Change when it counts as relief"), [(None, rule)]):
            self.controls.show_found(self.found)

    def _accept(self, proposal: Baseline) -> None:
        accepted = replace(proposal, recorded_at=self.editor.moment_to_record())
        self.editor.edit(tr("Accept baseline"), [(None, accepted)])

    def _explain(self) -> None:
        """Bring the card to the top that says how the numbers came about; a screen reader reads it then."""
        QTimer.singleShot(0, self, self._bring_origin_up)

    def _bring_origin_up(self) -> None:
        origin = self.cards().origin
        inside = self.area.widget()
        assert inside is not None  # every page has its body in there
        origin.setFocus(Qt.FocusReason.OtherFocusReason)
        self.area.verticalScrollBar().setValue(origin.mapTo(inside, QPoint(0, 0)).y() - px(16))


def _take_spacers(row: QLayout) -> None:
    """The controls use the whole row: no stretch before them."""
    for index in reversed(range(row.count())):
        item = row.itemAt(index)
        if item is not None and item.spacerItem() is not None:
            row.takeAt(index)
