"""What relief is measured by, and baseline and rule of every measure: against what, and when it counts."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from PySide6.QtWidgets import QGridLayout, QLabel

from ketatrack.analysis.measures import Measure, measures
from ketatrack.analysis.result import automatic_measure, known_measures, newest
from ketatrack.diary import reading
from ketatrack.diary.database import Diary
from ketatrack.i18n import _, ngettext, pgettext
from ketatrack.models import labels
from ketatrack.models.enums import BaselineSource, RuleKind
from ketatrack.models.fields import Range
from ketatrack.models.records import Baseline, Rule
from ketatrack.ui import jobs, localised
from ketatrack.ui.editor import Editor
from ketatrack.ui.settings.section import SettingsSection, clear
from ketatrack.ui.settings.security import change_settings
from ketatrack.ui.theme.tokens import px
from ketatrack.ui.widgets.choices import Choice
from ketatrack.ui.widgets.fields import FieldGroup, NumberField
from ketatrack.ui.widgets.labels import ElidedLabel, label


@dataclass(frozen=True, slots=True)
class _Row:
    measure: Measure
    baseline: Baseline | None
    rule: Rule | None


@dataclass(frozen=True, slots=True)
class _MeasureChoices:
    automatic: Measure
    known: tuple[Measure, ...]
    chosen: str | None


def _load_choices(diary: Diary, today: date) -> _MeasureChoices:
    """Read, in a background thread, what relief can be measured by; which one is automatic takes many readings."""
    with diary.read() as connection:
        records = reading.relief_records(connection)
        automatic, known = automatic_measure(records, today), known_measures(records, today)
    chosen = records.settings.relief_measure
    return _MeasureChoices(automatic, known, chosen if chosen in {measure.key for measure in known} else None)


class ReliefSection(SettingsSection):
    """A row a measure. Every change is a new dated record; the newest applies to all sessions."""

    def __init__(self, editor: Editor) -> None:
        super().__init__(
            editor,
            _("Baseline and relief"),
            _(
                "The baseline is how it was before treatment; relief is measured against it. A change applies to all "
                "sessions, and the earlier values stay in the diary."
            ),
        )
        self._rows: list[_Row] = []
        self.baselines: dict[str, NumberField] = {}
        self.rules: dict[str, Choice[RuleKind]] = {}
        self.limits: dict[str, NumberField] = {}
        self._hints: dict[str, QLabel] = {}
        self.measured_by: Choice[str | None] = Choice(_("Relief is measured by"), [])
        self.measured_by.changed.connect(
            lambda key: change_settings(editor, _("Change what relief is measured by"), relief_measure=key)
        )
        self.add_row(
            _("Relief is measured by"),
            self.measured_by,
            _("Today, Sessions, Relief, Habits and reports tell how long relief lasted by this one."),
        )
        group = FieldGroup()
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(px(12))
        self._grid.setColumnStretch(4, 1)
        group.body.addLayout(self._grid)
        self.body.addWidget(group)

    def refresh(self) -> None:
        with self.editor.diary.read() as connection:
            known = measures(reading.tracked(connection))
            baselines, rules = reading.baselines(connection), reading.rules(connection)
        rows = [_Row(measure, newest(baselines, measure.key), newest(rules, measure.key)) for measure in known]
        same = [row.measure for row in rows] == [row.measure for row in self._rows]
        self._rows = rows
        if not same:
            self._fill()
        for row in rows:
            self._show_row(row)
        diary, today = self.editor.diary, self.editor.today()
        jobs.run(self, lambda: _load_choices(diary, today), self._offer_measures)

    def _offer_measures(self, choices: _MeasureChoices) -> None:
        automatic = _("Automatic: {name}").format(name=choices.automatic.name)
        self.measured_by.set_options([(None, automatic), *((measure.key, measure.name) for measure in choices.known)])
        self.measured_by.value = choices.chosen

    def set_narrow(self, narrow: bool) -> None:
        if narrow != self.narrow:
            self._rows = []
        super().set_narrow(narrow)

    def _fill(self) -> None:
        clear(self._grid)
        heads = (_("Measure"), _("Baseline"), _("In relief when"), _("Limit"), "")
        if not self.narrow:
            self.put_row(self._grid, 0, [label(head, "heading") for head in heads])
        for place, row in enumerate(self._rows, start=1):
            self._fill_row(place, row)

    def _fill_row(self, place: int, row: _Row) -> None:
        measure = row.measure
        name = label(measure.name, "medium")
        field = NumberField(
            _("Baseline of {name}").format(name=measure.name), _range(measure), placeholder=pgettext("baseline", "none")
        )
        key = measure.key
        field.changed.connect(lambda value: self._set_baseline(self._row(key), value))
        name.setBuddy(field)
        options = [(rule_kind, labels.rule(rule_kind, measure.higher_is_better)) for rule_kind in measure.rules]
        rule = Choice(_("{name} is in relief when").format(name=measure.name), options)
        rule.changed.connect(lambda kind: self._set_rule(self._row(key), kind))
        limit = NumberField(_("Limit of {name}").format(name=measure.name), _range(measure), width=68)
        limit.changed.connect(lambda value: self._set_limit(self._row(key), value))
        since = ElidedLabel("hint")
        self.baselines[key], self.rules[key], self.limits[key], self._hints[key] = field, rule, limit, since
        self.put_row(self._grid, place, [name, field, rule, limit, since])

    def _row(self, key: str) -> _Row:
        """Return what the diary holds of a measure now."""
        return next(row for row in self._rows if row.measure.key == key)

    def _show_row(self, row: _Row) -> None:
        """Put the values into a row that stays: whoever is typing beside it goes on typing."""
        measure, key = row.measure, row.measure.key
        kind, limit = row.rule.kind if row.rule else measure.default_rule, row.rule.value if row.rule else None
        self.baselines[key].value = _shown(measure, row.baseline.value) if row.baseline else None
        self.rules[key].value = kind
        self.limits[key].value = None if limit is None else _shown(measure, Fraction(limit, 100))
        self.limits[key].setVisible(kind is RuleKind.AT_MOST)
        self._hints[key].setText(_since(row.baseline))

    def _set_baseline(self, row: _Row, value: int | None) -> None:
        if value is None:
            self._show_row(row)
            self.editor.refused.emit(_("A baseline stays once it was set; type another value to change it."))
            return
        new = Baseline(
            measure=row.measure.key,
            value=_stored(row.measure, value),
            source=BaselineSource.TYPED,
            recorded_at=self.editor.moment_to_record(),
        )
        self.editor.edit(_("Set baseline of {name}").format(name=row.measure.name), [(None, new)])

    def _set_rule(self, row: _Row, kind: RuleKind) -> None:
        limit = None
        if kind is RuleKind.AT_MOST:
            worse = row.measure.worse  # energy: half of what is missing to 10, not half of the energy
            half = worse(row.baseline.value) / 2 if row.baseline else Fraction(row.measure.maximum) / 3
            limit = round(worse(half) * 100)
        self._write_rule(row, kind, limit)

    def _set_limit(self, row: _Row, value: int | None) -> None:
        if value is not None:
            self._write_rule(row, RuleKind.AT_MOST, round(_stored(row.measure, value) * 100))

    def _write_rule(self, row: _Row, kind: RuleKind, limit: int | None) -> None:
        new = Rule(measure=row.measure.key, kind=kind, value=limit, recorded_at=self.editor.moment_to_record())
        self.editor.edit(_("Change when {name} counts as relief").format(name=row.measure.name), [(None, new)])


def _range(measure: Measure) -> Range:
    """Return what can be typed, as a person writes it: PEG as a mean, energy as it is rated."""
    return Range(measure.name, 0, round(measure.maximum / measure.points * 100), scale=100)


def _shown(measure: Measure, stored: Fraction) -> int:
    return round(stored / measure.points * 100)


def _stored(measure: Measure, number: int) -> Fraction:
    return Fraction(number, 100) * measure.points


def _since(baseline: Baseline | None) -> str:
    if baseline is None:
        return _("not set")
    day = localised.short_day(baseline.recorded_at.date())
    if baseline.source is BaselineSource.COMPUTED and baseline.readings is not None:
        words = ngettext(
            "worked out from {n} reading, taken on {day}",
            "worked out from {n} readings, taken on {day}",
            baseline.readings,
        )
        return words.format(n=baseline.readings, day=day)
    return _("typed in on {day}").format(day=day)
