"""The cards of the Relief page; importing this brings the charts, so it happens on the first visit."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from ketatrack.analysis import relief_words as words
from ketatrack.charts.journey import Journey
from ketatrack.charts.saving import Picture
from ketatrack.ui.chart_card import ChartCard
from ketatrack.ui.pages.relief_baseline import BaselineOffer
from ketatrack.ui.pages.relief_job import Found, drift_words
from ketatrack.ui.pages.relief_nothing import Nothing
from ketatrack.ui.pages.relief_origin import OriginCard
from ketatrack.ui.pages.relief_sides import SidesCard
from ketatrack.ui.pages.relief_table import SpansCard
from ketatrack.ui.today.cards import sign_words
from ketatrack.ui.tokens import px
from ketatrack.ui.widgets.card import Note
from ketatrack.ui.widgets.labels import label


class Body(QWidget):
    """The journey, sessions laid over each other beside the share in relief (`pair`), each session, and the table."""

    session_clicked = Signal(object)
    log_session = Signal()
    asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.journey, self.overlaid, self.share, self.each = (ChartCard() for _ in range(4))
        self.sides, self.origin, self.spans = SidesCard(), OriginCard(), SpansCard()
        self.nothing = Nothing()
        self.offer, self.signs, self.cautions = BaselineOffer(), Note(), Note()
        self.drift = label("", "body", wrap=True)
        self._last: dict[ChartCard, tuple[Picture, str]] = {}
        self.pair = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.pair.setSpacing(px(16))
        self.pair.addWidget(self.overlaid, 1)
        self.pair.addWidget(self.share, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(16))
        column.addWidget(self.nothing)
        column.addWidget(self.offer)
        column.addWidget(self.signs)
        column.addWidget(self.cautions)
        column.addWidget(self.journey)
        column.addLayout(self.pair)
        column.addWidget(self.each)
        column.addWidget(self.spans)
        column.addWidget(self.sides)
        column.addWidget(self.origin)
        for card in (self.journey, self.overlaid, self.share, self.each, self.spans):
            card.session_clicked.connect(self.session_clicked)
        for chart in (self.overlaid, self.share, self.each, self.sides):
            chart.explains()
            chart.asked.connect(self.asked)
        self.each.body.addWidget(self.drift)
        self.nothing.log.clicked.connect(self.log_session)

    def show_found(self, found: Found, facts: str) -> None:
        """Show everything but the journey, which has its own period; `facts` stand on saved pictures."""
        for card in (self.journey, self.overlaid, self.share, self.origin):
            card.setVisible(not found.empty)
        self.each.setVisible(bool(found.each.bars))
        self.nothing.setVisible(found.empty)
        self._show(self.overlaid, found.overlaid, facts)
        self._show(self.share, found.share, facts)
        self._show(self.each, found.each, facts)
        self.show_drift(found)
        self.sides.show_sides(found.sides, facts)
        self.signs.set_words(*sign_words(found.signs))
        self.offer.show_found(found)
        self.cautions.set_words("" if found.empty else " ".join(words.cautions(found.relief, missing_baseline=False)))
        self.spans.show_found(found)

    def show_drift(self, found: Found) -> None:
        """Say below the sessions in order whether relief is changing, and below what it rests on."""
        self.drift.setText(drift_words(found))
        self.drift.setVisible(bool(self.drift.text()))
        self.origin.show_found(found)

    def show_journey(self, journey: Journey, facts: str) -> None:
        """Show the journey over its period; `facts` stand on the saved picture."""
        self._show(self.journey, journey, facts)

    def _show(self, card: ChartCard, picture: Picture, facts: str) -> None:
        """Draw a picture only where it differs from the last one: unchanged, it keeps its zoom and costs nothing."""
        if self._last.get(card) != (picture, facts):
            self._last[card] = (picture, facts)
            card.show_picture(picture, facts)
