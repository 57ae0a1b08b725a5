"""The cards of the Relief page; importing this brings the charts, so it happens on the first visit."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from ketatrack.charts.journey import Journey
from ketatrack.charts.saving import Picture
from ketatrack.ui.chart_card import ChartCard
from ketatrack.ui.pages.relief_job import Found
from ketatrack.ui.pages.relief_nothing import Nothing
from ketatrack.ui.pages.relief_origin import OriginCard
from ketatrack.ui.pages.relief_sides import SidesCard
from ketatrack.ui.pages.relief_table import SpansCard
from ketatrack.ui.tokens import px


class Body(QWidget):
    """The journey, sessions laid over each other beside the share in relief (`pair`), each session, and the table."""

    session_clicked = Signal(object)
    log_session = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.journey, self.overlaid, self.share, self.each = (ChartCard() for _ in range(4))
        self.sides, self.origin, self.spans = SidesCard(), OriginCard(), SpansCard()
        self.nothing = Nothing()
        self._last: dict[ChartCard, tuple[Picture, str]] = {}
        self.pair = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.pair.setSpacing(px(16))
        self.pair.addWidget(self.overlaid, 1)
        self.pair.addWidget(self.share, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(16))
        column.addWidget(self.nothing)
        column.addWidget(self.journey)
        column.addLayout(self.pair)
        column.addWidget(self.each)
        column.addWidget(self.sides)
        column.addWidget(self.origin)
        column.addWidget(self.spans)
        for card in (self.journey, self.overlaid, self.share, self.each, self.spans):
            card.session_clicked.connect(self.session_clicked)
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
        self.sides.show_sides(found.sides, facts)
        self.origin.show_found(found)
        self.spans.show_found(found)

    def show_journey(self, journey: Journey, facts: str) -> None:
        """Show the journey over its period; `facts` stand on the saved picture."""
        self._show(self.journey, journey, facts)

    def _show(self, card: ChartCard, picture: Picture, facts: str) -> None:
        """Draw a picture only where it differs from the last one: unchanged, it keeps its zoom and costs nothing."""
        if self._last.get(card) != (picture, facts):
            self._last[card] = (picture, facts)
            card.show_picture(picture, facts)
