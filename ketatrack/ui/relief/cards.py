"""The cards of the Relief page; importing this brings the charts, so it happens on the first visit."""

from uuid import UUID

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QBoxLayout, QFrame, QWidget

from ketatrack.analysis import sentences as words
from ketatrack.charts.comparison import ComparisonChart
from ketatrack.charts.export import Picture
from ketatrack.charts.journey import Journey
from ketatrack.i18n import _
from ketatrack.models.records import Baseline
from ketatrack.ui.chart_card import ChartCard
from ketatrack.ui.localised import short_day
from ketatrack.ui.relief.load import ReliefContent, drift_words, origin
from ketatrack.ui.relief.table import SpansCard
from ketatrack.ui.theme.tokens import color, px
from ketatrack.ui.today.cards import sign_words
from ketatrack.ui.widgets.boxes import hbox, vbox
from ketatrack.ui.widgets.buttons import primary, secondary
from ketatrack.ui.widgets.cards import Card, Note
from ketatrack.ui.widgets.choices import Choice
from ketatrack.ui.widgets.labels import Paragraph, label

_RISES = ((24, 62), (36, 34), (60, 22), (92, 30), (108, 64))
_AGAIN = ((148, 66), (160, 38), (188, 24), (228, 26), (256, 34))


class SidesCard(ChartCard):
    """Shown only where some grouping makes two groups; the choice stays while that grouping is there."""

    def __init__(self) -> None:
        super().__init__()
        self._sides: tuple[ComparisonChart, ...] = ()
        self._shown_facts = ""
        self.by: Choice[str] = Choice(_("Side by side, grouped by"), [])
        self.by.changed.connect(lambda _by: self._show_chosen())
        self.by.setFixedWidth(px(200))
        self.body.insertWidget(1, self.by)

    def show_sides(self, sides: tuple[ComparisonChart, ...], facts: str) -> None:
        """Show the groupings there are; `facts` (period and rule) stand on saved pictures."""
        self.setVisible(bool(sides))
        if not sides or (sides, facts) == (self._sides, self._shown_facts):
            return
        self._sides, self._shown_facts = sides, facts
        chosen, names = self.by.value, [side.by for side in sides]
        self.by.set_options([(name, name) for name in names])
        self.by.value = chosen if chosen in names else names[0]
        self._show_chosen()

    def _show_chosen(self) -> None:
        chosen = next((side for side in self._sides if side.by == self.by.value), None)
        if chosen is not None:
            self.show_picture(chosen, self._shown_facts)


class Nothing(QWidget):
    """`log` is the button that begins."""

    def __init__(self) -> None:
        super().__init__()
        self.log = primary(_("Log a session"), "plus")
        begin = _(
            "Rate your days under Today and write down your sessions. From the first session on this page shows "
            "what followed it, and how long relief lasted."
        )
        text = label(begin, "secondary", wrap=True)
        text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column = vbox(gap=8, margins=(0, 88, 0, 0), of=self)
        for widget, below in (
            (ReliefSketch(), 24),
            (label(_("No relief to show yet"), "title"), 0),
            (text, 20),
            (self.log, 0),
        ):
            row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
            row.addStretch(1)
            row.addWidget(widget, 2 if widget is text else 0)
            row.addStretch(1)
            column.addLayout(row)
            column.addSpacing(px(below))


class ReliefSketch(QWidget):
    """A small journey: two sessions, shaded relief, a line that sinks and rises. Decoration only."""

    def sizeHint(self) -> QSize:
        return QSize(px(280), px(132))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        unit = self.width() / 280
        painter.scale(unit, unit)
        painter.setPen(QPen(color("hairline"), 1))
        painter.setBrush(color("card"))
        painter.drawRoundedRect(QRectF(0.5, 0.5, 279, 131), 12, 12)
        painter.translate(0, 26)
        for start, length in ((24, 76), (148, 108)):
            painter.fillRect(QRectF(start, 0, length, 84), color("soft"))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("mark"))
            painter.drawPolygon(QPolygonF([QPointF(start - 5, -14), QPointF(start + 5, -14), QPointF(start, -5)]))
        painter.setPen(QPen(color("groove"), 1, Qt.PenStyle.DashLine))
        painter.drawLine(16, 44, 264, 44)
        painter.setPen(QPen(color("accent"), 2.4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for line in (_RISES, _AGAIN):
            painter.drawPolyline(QPolygonF([QPointF(x, 84 - y if y > 50 else 84 - y / 2) for x, y in line]))
        painter.end()


class OriginCard(Card):
    """Takes the focus when it is asked for, so that a screen reader reads it."""

    def __init__(self) -> None:
        super().__init__(padding=16)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(_("How this was worked out"))
        self._parts: list[tuple[Paragraph, Paragraph]] = []
        self._column = vbox(gap=2)
        self.body.addWidget(label(_("How this was worked out"), "strong"))
        self.body.addLayout(self._column)
        self.body.addStretch(1)

    def words(self) -> str:
        """Everything that the card says, a line each."""
        return "\n".join(part.text() for pair in self._parts for part in pair if not part.isHidden())

    def show_result(self, result: ReliefContent) -> None:
        """Say where these results come from."""
        parts = origin(result)
        while len(self._parts) < len(parts):
            self._parts.append(self._new_part())
        for place, (heading, lines) in enumerate(self._parts):
            part = parts[place] if place < len(parts) else None
            heading.setVisible(part is not None)
            lines.setVisible(part is not None)
            if part is not None:
                heading.set_words(part.heading)
                lines.set_words("\n".join(part.lines))
        self.setAccessibleDescription(self.words())

    def _new_part(self) -> tuple[Paragraph, Paragraph]:
        heading, lines = Paragraph(), Paragraph()
        heading.setProperty("role", "medium")
        lines.setProperty("role", "body")
        heading.setContentsMargins(0, px(8), 0, 0)
        self._column.addWidget(heading)
        self._column.addWidget(lines)
        return heading, lines


class BaselineOffer(QFrame):
    """Shown while none is stored; `accepted` carries the computed one that the person takes as theirs."""

    accepted = Signal(Baseline)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("tone", "note")
        self._proposal: Baseline | None = None
        self.words = label("", "body", wrap=True)
        self.accept = secondary("")
        self.accept.clicked.connect(lambda: self.accepted.emit(self._proposal))
        row = hbox((self.words, 1), gap=16, margins=(16, 8, 16, 8), of=self)
        row.addWidget(self.accept, 0, Qt.AlignmentFlag.AlignVCenter)

    def show_result(self, result: ReliefContent) -> None:
        """Say what is missing and offer what there is."""
        self._proposal = result.proposal
        self.words.setText(_words(result))
        self.accept.setVisible(result.proposal is not None)
        if result.proposal is not None:
            measure = result.relief.measure
            value = measure.words(measure.worse(result.proposal.value))
            self.accept.setText(_("Use {value} as your baseline").format(value=value))
            self.accept.setAccessibleName(self.accept.text())
        self.setVisible((result.relief.baseline is None or result.proposal is not None) and not result.empty)


def _words(result: ReliefContent) -> str:
    proposal = result.proposal
    if proposal is None or proposal.from_day is None or proposal.to_day is None:
        missing = _("No baseline yet: without one nobody can say when a score counts as relief.")
        return missing + " " + _("You can type one in under Settings.")
    text = _(
        "You have not set a baseline. Until you do, these numbers use {baseline}, from your {n} entries of {a} to {b}. "
        "You can type in another one under Settings."
    )
    measure = result.relief.measure
    return text.format(
        baseline=measure.words(measure.worse(proposal.value)),
        n=proposal.readings,
        a=short_day(proposal.from_day),
        b=short_day(proposal.to_day),
    )


class Body(QWidget):
    """The journey, sessions laid over each other beside the share in relief (`pair`), each session, and the table."""

    session_clicked = Signal(UUID)
    log_session = Signal()
    explain = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.journey, self.overlaid, self.share, self.session_bars = (ChartCard() for _ in range(4))
        self.sides, self.origin, self.spans = SidesCard(), OriginCard(), SpansCard()
        self.nothing = Nothing()
        self.offer, self.signs, self.cautions = BaselineOffer(), Note(), Note()
        self.drift = label("", "body", wrap=True)
        self._last: dict[ChartCard, tuple[Picture, str]] = {}
        self.pair = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.pair.setSpacing(px(16))
        self.pair.addWidget(self.overlaid, 1)
        self.pair.addWidget(self.share, 1)
        vbox(
            self.nothing,
            self.offer,
            self.signs,
            self.cautions,
            self.journey,
            self.pair,
            self.session_bars,
            self.spans,
            self.sides,
            self.origin,
            gap=16,
            margins=0,
            of=self,
        )
        for card in (self.journey, self.overlaid, self.share, self.session_bars, self.spans):
            card.session_clicked.connect(self.session_clicked)
        for chart in (self.overlaid, self.share, self.session_bars, self.sides):
            chart.explains()
            chart.explain.connect(self.explain)
        self.session_bars.body.addWidget(self.drift)
        self.nothing.log.clicked.connect(self.log_session)

    def show_result(self, result: ReliefContent, facts: str) -> None:
        """Show everything but the journey, which has its own period; `facts` stand on saved pictures."""
        for card in (self.journey, self.overlaid, self.share, self.origin):
            card.setVisible(not result.empty)
        self.session_bars.setVisible(bool(result.session_bars.bars))
        self.nothing.setVisible(result.empty)
        self._show(self.overlaid, result.overlaid, facts)
        self._show(self.share, result.share, facts)
        self._show(self.session_bars, result.session_bars, facts)
        self.show_drift(result)
        self.sides.show_sides(result.sides, facts)
        self.signs.set_words(*sign_words(result.signs))
        self.offer.show_result(result)
        self.cautions.set_words("" if result.empty else " ".join(words.cautions(result.relief, missing_baseline=False)))
        self.spans.show_result(result)

    def show_drift(self, result: ReliefContent) -> None:
        """Say below the sessions in order whether relief is changing, and below what it rests on."""
        self.drift.setText(drift_words(result))
        self.drift.setVisible(bool(self.drift.text()))
        self.origin.show_result(result)

    def show_journey(self, journey: Journey, facts: str) -> None:
        """Show the journey over its period; `facts` stand on the saved picture."""
        self._show(self.journey, journey, facts)

    def _show(self, card: ChartCard, picture: Picture, facts: str) -> None:
        """Draw a picture only where it differs from the last one: unchanged, it keeps its zoom and costs nothing."""
        if self._last.get(card) != (picture, facts):
            self._last[card] = (picture, facts)
            card.show_picture(picture, facts)
