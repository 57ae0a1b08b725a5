"""What the Relief page is asked: which measure, when it counts as relief, and which period."""

from fractions import Fraction

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QPushButton, QSizePolicy, QWidget

from ketatrack.analysis.measures import Measure
from ketatrack.i18n import _
from ketatrack.models import labels
from ketatrack.models.enums import RuleKind
from ketatrack.models.fields import Range
from ketatrack.ui.relief.load import ReliefContent
from ketatrack.ui.theme.tokens import px
from ketatrack.ui.widgets.boxes import hbox
from ketatrack.ui.widgets.choices import Choice, Segments
from ketatrack.ui.widgets.fields import NumberField
from ketatrack.ui.widgets.labels import label
from ketatrack.ui.widgets.layout import FlowLayout

DEFAULT_MONTHS = 12


class Labelled(QWidget):
    """A control with its name before it; the name goes where room is short, the accessible name stays."""

    def __init__(self, name: str, control: QWidget) -> None:
        super().__init__()
        self.name = label(name, "secondary")
        hbox(self.name, control, gap=10, margins=0, of=self)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)


class Controls(QWidget):
    """`measure_changed` carries a key, `rule_changed` a RuleKind and its limit in stored hundredths (or None)."""

    measure_changed = Signal(str)
    rule_changed = Signal(object, object)
    period_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._measure: Measure | None = None
        self._proposed = Fraction(0)
        self.measure: Choice[str] = Choice(_("Measure"), [])
        self.rule: Choice[RuleKind] = Choice(_("In relief when"), [])
        self.limit: NumberField | None = None
        self.period = _period()
        self._labelled = [Labelled(_("Measure"), self.measure), Labelled(_("In relief when"), self.rule)]
        left = QWidget()
        self._groups = FlowLayout(left, gap=12)
        for group in self._labelled:
            self._groups.addWidget(group)
        self._labelled.append(Labelled(_("Period"), self.period))
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(px(12))
        self._row.addWidget(left, 1)
        self._row.addWidget(self._labelled[-1], 0, Qt.AlignmentFlag.AlignTop)
        self.measure.changed.connect(self.measure_changed.emit)
        self.rule.changed.connect(self._rule_chosen)
        self.period.changed.connect(lambda _value: self.period_changed.emit())

    def show_result(self, content: ReliefContent) -> None:
        """Offer the diary's measures and what the chosen one can be judged by."""
        result, measure = content.relief, content.relief.measure
        self.measure.set_options([(offered.key, _measure_words(offered)) for offered in content.measures])
        self.measure.value = measure.key
        self.rule.set_options([(kind, labels.rule(kind, measure.higher_is_better)) for kind in measure.rules])
        self.rule.value = result.rule
        if self._measure != measure or self.limit is None:
            self._measure = measure
            self._new_limit(measure)
        hundredths = None if result.limit is None else result.limit * 100 / measure.points
        self._limit_field().value = None if hundredths is None else round(hundredths)
        self._limit_field().setVisible(result.rule is RuleKind.AT_MOST)
        self._proposed = result.criterion.limit if result.criterion else Fraction(3 * measure.maximum, 10)

    def set_short(self, short: bool, stacked: bool) -> None:
        """Leave out the names before the controls, and `stacked` put the period below, where there is no room."""
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._row.setDirection(down if stacked else across)
        for group in self._labelled:
            group.name.setVisible(not short)

    def _limit_field(self) -> NumberField:
        assert self.limit is not None  # made by the first show_result()
        return self.limit

    def _new_limit(self, measure: Measure) -> None:
        if self.limit is not None:
            self._groups.removeWidget(self.limit)
            self.limit.deleteLater()
        highest = 100 * measure.maximum // measure.points
        name = _("At least") if measure.higher_is_better else _("At most")
        self.limit = NumberField(name, Range(_("The limit"), 0, highest, "", 100), width=60)
        self.limit.changed.connect(self._limit_typed)
        self._groups.addWidget(self.limit)

    def _limit_typed(self, hundredths: int | None) -> None:
        if hundredths is not None and self._measure is not None:
            self.rule_changed.emit(RuleKind.AT_MOST, hundredths * self._measure.points)

    def _rule_chosen(self, kind: RuleKind) -> None:
        if kind is not RuleKind.AT_MOST or self._measure is None:
            self.rule_changed.emit(kind, None)
            return
        # Begin at the present relief line, on the scale people write.
        points = self._measure.points
        written = round(self._measure.worse(self._proposed) / points, 1)
        self.rule_changed.emit(kind, int(written * 100 * points))


def _period() -> Segments[int | None]:
    spans: tuple[tuple[int | None, str, str], ...] = (
        (3, _("3 m"), _("3 months")),
        (6, _("6 m"), _("6 months")),
        (12, _("12 m"), _("12 months")),
        (None, _("All"), _("Everything")),
    )
    segments = Segments(_("Period"), [(months, short) for months, short, _long in spans], optional=False)
    for button, (_months, _short, words) in zip(segments.findChildren(QPushButton), spans, strict=True):
        button.setAccessibleName(_("Period: {words}").format(words=words))
    segments.value = DEFAULT_MONTHS
    return segments


def _measure_words(measure: Measure) -> str:
    return _("{name}, daily").format(name=measure.name) if measure.daily else measure.name
