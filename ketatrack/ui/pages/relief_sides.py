"""The card that puts groups of sessions side by side, and the choice of what they are grouped by."""

from ketatrack.charts.side_by_side import SideBySide
from ketatrack.i18n import translate
from ketatrack.ui.chart_card import ChartCard
from ketatrack.ui.tokens import px
from ketatrack.ui.widgets.choice import Choice


def tr(text: str, n: int = -1) -> str:
    """`text` in the person's language."""
    return translate("ReliefPage", text, n)


class SidesCard(ChartCard):
    """Shown only where some grouping makes two groups; the choice stays while that grouping is there."""

    def __init__(self) -> None:
        super().__init__()
        self._sides: tuple[SideBySide, ...] = ()
        self._shown_facts = ""
        self.by = Choice(tr("Side by side, grouped by"), [])
        self.by.changed.connect(lambda _by: self._show_chosen())
        self.by.setFixedWidth(px(200))
        self.body.insertWidget(1, self.by)

    def show_sides(self, sides: tuple[SideBySide, ...], facts: str) -> None:
        """Show the groupings there are; `facts` (period and rule) stand on saved pictures."""
        self.setVisible(bool(sides))
        if not sides or (sides, facts) == (self._sides, self._shown_facts):
            return
        self._sides, self._shown_facts = sides, facts
        chosen, names = self.by.value, [each.by for each in sides]
        self.by.set_options([(name, name) for name in names])
        self.by.value = chosen if chosen in names else names[0]
        self._show_chosen()

    def _show_chosen(self) -> None:
        chosen = next((each for each in self._sides if each.by == self.by.value), None)
        if chosen is not None:
            self.show_picture(chosen, self._shown_facts)
