"""What relief is measured by, and baseline and rule of every measure: against what, and when it counts."""

from dataclasses import dataclass
from fractions import Fraction

from PySide6.QtWidgets import QGridLayout, QLabel

from ketatrack.analysis import relief as analysis
from ketatrack.analysis.measures import Measure, measures
from ketatrack.analysis.relief_words import rule_words
from ketatrack.analysis.result import automatic_measure, known_measures
from ketatrack.diary import queries
from ketatrack.i18n import translate
from ketatrack.models.records import Baseline, Rule
from ketatrack.models.relief_records import ReliefRecords
from ketatrack.models.values import BaselineSource, Range, RuleKind
from ketatrack.ui import words
from ketatrack.ui.editor import Editor
from ketatrack.ui.settings.day import change_settings
from ketatrack.ui.settings.section import Section, clear
from ketatrack.ui.tokens import px
from ketatrack.ui.widgets.choice import Choice
from ketatrack.ui.widgets.fields import FieldGroup, NumberField
from ketatrack.ui.widgets.labels import label


def tr(text: str, n: int = -1) -> str:
    """`text` in the person's language."""
    return translate("Settings", text, n)


@dataclass(frozen=True, slots=True)
class _Row:
    measure: Measure
    baseline: Baseline | None
    rule: Rule | None


class ReliefSection(Section):
    """A row a measure. Every change is a new dated record; the newest applies to all sessions."""

    def __init__(self, editor: Editor) -> None:
        super().__init__(
            editor,
            tr("Baseline and relief"),
            tr("The baseline is how it was before treatment; relief is measured against it. A change applies to all "
               "sessions, and the earlier values stay in the diary."),
        )  # fmt: skip
        self._rows: list[_Row] = []
        self.baselines: dict[str, NumberField] = {}
        self.rules: dict[str, Choice] = {}
        self.limits: dict[str, NumberField] = {}
        self._hints: dict[str, QLabel] = {}
        self.measured_by = Choice(tr("Relief is measured by"), [])
        self.measured_by.changed.connect(
            lambda key: change_settings(editor, tr("Change what relief is measured by"), relief_measure=key)
        )
        self.add_row(
            tr("Relief is measured by"),
            self.measured_by,
            tr("Today, Sessions, Relief, Habits and reports tell how long relief lasted by this one."),
        )
        group = FieldGroup()
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(px(12))
        self._grid.setColumnStretch(4, 1)
        group.body.addLayout(self._grid)
        self.body.addWidget(group)

    def refresh(self) -> None:
        with self.editor.diary.read() as connection:
            records = queries.relief_records(connection)
        self._offer_measures(records)
        rows = [
            _Row(each, analysis.newest(records.baselines, each.key), analysis.newest(records.rules, each.key))
            for each in measures(records.tracked)
        ]
        same = [row.measure for row in rows] == [row.measure for row in self._rows]
        self._rows = rows
        if not same:
            self._fill()
        for row in rows:
            self._show_row(row)

    def _offer_measures(self, records: ReliefRecords) -> None:
        today = self.editor.today()
        automatic = tr("Automatic: {name}").format(name=automatic_measure(records, today).name)
        known = [(each.key, each.name) for each in known_measures(records, today)]
        self.measured_by.set_options([(None, automatic), *known])
        chosen = records.settings.relief_measure
        self.measured_by.value = chosen if chosen in {key for key, _ in known} else None

    def set_narrow(self, narrow: bool) -> None:
        if narrow != self.narrow:
            self._rows = []
        super().set_narrow(narrow)

    def _fill(self) -> None:
        clear(self._grid)
        heads = (tr("Measure"), tr("Baseline"), tr("In relief when"), tr("Limit"), "")
        if not self.narrow:
            self.put_row(self._grid, 0, [label(head, "heading") for head in heads])
        for place, row in enumerate(self._rows, start=1):
            self._fill_row(place, row)

    def _fill_row(self, place: int, row: _Row) -> None:
        measure = row.measure
        name = label(measure.name, "medium")
        field = NumberField(tr("Baseline of {name}").format(name=measure.name), _range(measure), placeholder=tr("none"))
        key = measure.key
        field.changed.connect(lambda value: self._set_baseline(self._row(key), value))
        name.setBuddy(field)
        options = [(each, rule_words(each, measure.higher_is_better)) for each in measure.rules]
        rule = Choice(tr("{name} is in relief when").format(name=measure.name), options)
        rule.changed.connect(lambda value: self._set_rule(self._row(key), RuleKind(str(value))))
        limit = NumberField(tr("Limit of {name}").format(name=measure.name), _range(measure), width=68)
        limit.changed.connect(lambda value: self._set_limit(self._row(key), value))
        since = label("", "hint")
        self.baselines[key], self.rules[key], self.limits[key], self._hints[key] = field, rule, limit, since
        self.put_row(self._grid, place, [name, field, rule, limit, since])

    def _row(self, key: str) -> _Row:
        """What the diary holds of a measure now."""
        return next(row for row in self._rows if row.measure.key == key)

    def _show_row(self, row: _Row) -> None:
        """Put the values into a row that stays: whoever is typing beside it goes on typing."""
        measure, key = row.measure, row.measure.key
        kind, held = row.rule.kind if row.rule else measure.default_rule, row.rule.value if row.rule else None
        self.baselines[key].value = _shown(measure, row.baseline.value) if row.baseline else None
        self.rules[key].value = kind
        self.limits[key].value = None if held is None else _shown(measure, Fraction(held, 100))
        self.limits[key].setVisible(kind is RuleKind.AT_MOST)
        self._hints[key].setText(_since(row.baseline))

    def _set_baseline(self, row: _Row, value: object) -> None:
        if not isinstance(value, int):
            self._show_row(row)
            self.editor.refused.emit(tr("A baseline stays once it was set; type another value to change it."))
            return
        new = Baseline(
            measure=row.measure.key, value=_stored(row.measure, value), source=BaselineSource.TYPED,
            recorded_at=self.editor.moment_to_record(),
        )  # fmt: skip
        self.editor.edit(tr("Set baseline of {name}").format(name=row.measure.name), [(None, new)])

    def _set_rule(self, row: _Row, kind: RuleKind) -> None:
        limit = None
        if kind is RuleKind.AT_MOST:
            worse = row.measure.worse  # energy: half of what is missing to 10, not half of the energy
            half = worse(row.baseline.value) / 2 if row.baseline else Fraction(row.measure.maximum) / 3
            limit = round(worse(half) * 100)
        self._write_rule(row, kind, limit)

    def _set_limit(self, row: _Row, value: object) -> None:
        if isinstance(value, int):
            self._write_rule(row, RuleKind.AT_MOST, round(_stored(row.measure, value) * 100))

    def _write_rule(self, row: _Row, kind: RuleKind, limit: int | None) -> None:
        new = Rule(measure=row.measure.key, kind=kind, value=limit, recorded_at=self.editor.moment_to_record())
        self.editor.edit(tr("Change when {name} counts as relief").format(name=row.measure.name), [(None, new)])


def _range(measure: Measure) -> Range:
    """What can be typed, as a person writes it: PEG as a mean, energy as it is rated."""
    return Range(measure.name, 0, round(measure.maximum / measure.points * 100), scale=100)


def _shown(measure: Measure, stored: Fraction) -> int:
    return round(stored / measure.points * 100)


def _stored(measure: Measure, shown: int) -> Fraction:
    return Fraction(shown, 100) * measure.points


def _since(baseline: Baseline | None) -> str:
    if baseline is None:
        return tr("not set")
    day = words.short_day(baseline.recorded_at.date())
    if baseline.source is BaselineSource.COMPUTED and baseline.readings is not None:
        return tr("worked out from {n} readings, taken on {day}").format(n=baseline.readings, day=day)
    return tr("typed in on {day}").format(day=day)
