"""The Relief page: how long relief lasted, the journey of a measure, the curve, and every session's part in it."""

from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QBoxLayout, QLabel, QLayout, QWidget

from ketatrack.analysis import sentences as words
from ketatrack.analysis.result import Relief
from ketatrack.errors import KetaTrackError
from ketatrack.i18n import _
from ketatrack.models import labels
from ketatrack.models.enums import RuleKind
from ketatrack.models.records import Baseline, EarlySign, Rule
from ketatrack.models.relief_records import RELIEF_KINDS
from ketatrack.ui import jobs
from ketatrack.ui.editor import Editor
from ketatrack.ui.localised import short_day
from ketatrack.ui.page import Page
from ketatrack.ui.relief.controls import Controls
from ketatrack.ui.relief.load import ReliefContent, headline, load_relief, with_drift
from ketatrack.ui.theme.tokens import px, text_scale, theme
from ketatrack.ui.widgets.boxes import Stretch, hbox, vbox
from ketatrack.ui.widgets.buttons import link
from ketatrack.ui.widgets.labels import label

if TYPE_CHECKING:
    from ketatrack.charts.journey import Journey
    from ketatrack.ui.relief.cards import Body

LARGE, NO_NUMBER, RANGE = 24, 18, 16
SIDE_BY_SIDE = 900
DRAWN_MS = 300


class HeadlineRow(QWidget):
    """`explain` is emitted by the link "How was this worked out?"."""

    explain = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._headline = words.Headline("")
        self.sentence = QLabel()
        self.sentence.setWordWrap(True)
        self.sentence.setTextFormat(Qt.TextFormat.RichText)
        self.now = label("", "body", wrap=True)
        self.counts = label("", "secondary")
        self.counts.setFixedHeight(px(24))
        self.link = link(_("How was this worked out?"))
        self.link.clicked.connect(self.explain)
        about = hbox(self.counts, self.link, Stretch(), gap=12)
        self._second = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._second.setSpacing(px(4))
        self._second.addWidget(self.now, 1)
        self._second.addLayout(about)
        self._second.setAlignment(about, Qt.AlignmentFlag.AlignTop)
        vbox(self.sentence, self._second, gap=4, margins=0, of=self)
        self.wait()

    def set_stacked(self, stacked: bool) -> None:
        """Put the counts below the second line, where there is no room beside it."""
        way = QBoxLayout.Direction.TopToBottom if stacked else QBoxLayout.Direction.LeftToRight
        self._second.setDirection(way)

    def wait(self) -> None:
        """Say that the notes are being read."""
        self._show_headline(words.Headline(_("Looking through your notes…")))
        self.counts.hide()
        self.link.hide()

    def show_result(self, result: Relief, headline: words.Headline) -> None:
        """Say the headline, where the person is now, and how much data there is."""
        self._show_headline(headline)
        self.now.setText(words.now(result))
        self.now.setVisible(bool(self.now.text()))
        self.now.updateGeometry()
        self.counts.setText(words.counts(result))
        self.counts.show()
        self.link.show()

    def show_failure(self, sentence: str) -> None:
        """Say why there is nothing to show."""
        self.wait()
        self._show_headline(words.Headline(sentence))
        self.now.setText("")

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._show_headline(self._headline)  # colours in rich text stay as they were

    def _show_headline(self, headline: words.Headline) -> None:
        """Large where it tells a number; a sentence that tells why there is none is no headline."""
        self._headline = headline
        self.sentence.setAccessibleName(headline.sentence)
        if not headline.number:
            self.sentence.setText(_span(headline.before, NO_NUMBER, 500, theme().text))
            return
        parts = (
            _span(headline.before, LARGE, 500, theme().text),
            _span(headline.number, LARGE, 700, theme().text),
            _span(headline.after, RANGE, 400, theme().secondary),
        )
        self.sentence.setText("".join(parts))


def _span(text: str, size: int, weight: int, color: str) -> str:
    return f'<span style="font-size:{px(size)}px; font-weight:{weight}; color:{color}">{escape(text)}</span>'


class ReliefPage(Page):
    """One measure at a time; the newest answer of the background thread is the one that is shown."""

    shows = RELIEF_KINDS | {EarlySign}

    def __init__(self, editor: Editor) -> None:
        super().__init__(_("Relief"))
        self.editor = editor
        self.key: str | None = None
        self.relief_content: ReliefContent | None = None
        self._latest, self._latest_drift = jobs.Latest(self), jobs.Latest(self)
        # Not while the charts are being drawn: both would take twice as long.
        self._drawn = QTimer(self, singleShot=True, interval=DRAWN_MS)
        self._drawn.timeout.connect(self._look_for_drift)
        self._shown: Body | None = None
        self.title.hide()
        self.controls = Controls()
        self.headline = HeadlineRow()
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
        self.headline.explain.connect(self._explain)

    def refresh(self) -> None:
        """Work out the numbers again and show them when they are there."""
        self._drawn.stop()
        self._latest_drift.drop()
        diary, key, today = self.editor.diary, self.key, self.editor.today()
        self._latest.run(lambda: load_relief(diary, key, today), self._show_first, self._fail)

    def show_measure(self, key: str) -> None:
        """Turn to another measure."""
        self.key = key
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
        """Return the cards; made on the first visit, when matplotlib has arrived."""
        if self._shown is None:
            from ketatrack.ui.relief.cards import Body

            self._shown = Body()
            self._shown.session_clicked.connect(self.open_session)
            self._shown.log_session.connect(lambda: self.open_session.emit(None))
            self._shown.explain.connect(self._explain)
            self._shown.offer.accepted.connect(self._accept)
            self.body.addWidget(self._shown)
            self.reflow()
        return self._shown

    def _show(self, result: ReliefContent) -> None:
        self.relief_content, self.key = result, result.relief.measure.key
        body = self.cards()
        self.controls.show_result(result)
        self.controls.setVisible(not result.empty)
        self.headline.setVisible(not result.empty)
        self.foot.setVisible(not result.empty)
        self.title.setVisible(result.empty)
        self.headline.show_result(result.relief, headline(result))
        body.show_result(result, self._facts(result.period(None)))
        self._show_period()

    def _show_first(self, result: ReliefContent) -> None:
        """Show what is found at once; whether relief drifts takes longer, and is said when it is known."""
        self._show(result)
        self._drawn.start()

    def _look_for_drift(self) -> None:
        result = self.relief_content
        if result is not None:
            self._latest_drift.run(lambda: with_drift(result), self._show_drift, self._fail)

    def _show_drift(self, fuller: ReliefContent) -> None:
        self.relief_content = fuller
        self.cards().show_drift(fuller)

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, KetaTrackError):
            raise error
        self.headline.show_failure(str(error))

    def _show_period(self) -> None:
        """Narrow the journey to the chosen period; the other numbers use everything."""
        if self.relief_content is None:
            return
        journey = self.relief_content.period(self.controls.period.value)
        self.cards().show_journey(journey, self._facts(journey))

    def _facts(self, journey: "Journey") -> str:
        """Period and rule, as they stand on a saved picture."""
        assert self.relief_content is not None  # asked for only while something is shown
        result = self.relief_content.relief
        rule = labels.rule(result.rule, result.measure.higher_is_better)
        return _("{a} to {b} · {measure}, in relief when {rule}").format(
            a=short_day(journey.first), b=short_day(journey.last), measure=result.measure.name, rule=rule
        )

    def _change_rule(self, kind: RuleKind, limit: int | None) -> None:
        if self.relief_content is None or self.key is None:
            return
        rule = Rule(measure=self.key, kind=kind, value=limit, recorded_at=self.editor.moment_to_record())
        if not self.editor.edit(_("Change when it counts as relief"), [(None, rule)]):
            self.controls.show_result(self.relief_content)

    def _accept(self, proposal: Baseline) -> None:
        accepted = replace(proposal, recorded_at=self.editor.moment_to_record())
        self.editor.edit(_("Accept baseline"), [(None, accepted)])

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
    """Take the stretch out of the row: the controls use all of it."""
    for index in reversed(range(row.count())):
        item = row.itemAt(index)
        if item is not None and item.spacerItem() is not None:
            row.takeAt(index)
