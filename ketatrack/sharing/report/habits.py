"""Habits: a year of each at a glance, and patterns in the notes that are not called causes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ketatrack.analysis.habit_patterns import Found, day_words, not_causes, patterns, session_words
from ketatrack.analysis.measures import day_means, day_values
from ketatrack.charts.heat_map import heat_map
from ketatrack.models.records import Tracked
from ketatrack.sharing.report.basis import Basis
from ketatrack.sharing.report.kept import Sheet
from ketatrack.sharing.report.parts import Drawing, Passage
from ketatrack.sharing.report.words import filled, tr

WIDE, HIGH = 504, 188.5


@dataclass(frozen=True, slots=True)
class Habits:
    """The section: a chart for each habit noted in the last 53 weeks of the period, then the patterns."""

    title: str
    about: str
    charts: tuple[Drawing, ...]
    patterns_title: str
    patterns: tuple[Passage, ...]
    patterns_empty: str
    not_causes: str


def habits(basis: Basis, sheet: Sheet) -> Habits:
    """The habits of the period; their charts go to `sheet`."""
    diary = basis.shared.diary
    values = {
        each: {day: float(value) for day, value in day_values(each, diary.check_ins).items()}
        for each in diary.tracked if not each.is_measure
    }  # fmt: skip
    noted = {habit: held for habit, held in values.items() if held}
    charts = tuple(_chart(basis, sheet, habit, held) for habit, held in noted.items())
    found = _patterns(basis, noted)
    return Habits(
        title=tr("Habits"),
        about=tr("The last 53 weeks of the period.") if charts else tr("0 days with a habit noted in this period."),
        charts=charts,
        patterns_title=tr("Patterns in the notes (not causes)"),
        patterns=found,
        patterns_empty="" if found else _no_patterns(basis),
        not_causes=not_causes() if found else "",
    )


def _chart(basis: Basis, sheet: Sheet, habit: Tracked, values: Mapping[date, float]) -> Drawing:
    sessions, last = basis.sessions, basis.shared.last
    picture = heat_map(habit, values, sessions, last)
    shown = [day for day in picture.days() if basis.covers(day)]
    noted = sum(day in values for day in shown)
    title = f"{picture.title}: " + filled("entries on {n} of {all} days", n=noted, all=len(shown))
    key = (habit, tuple(sorted(values.items())), sessions, last)
    return sheet.draw(f"habit{len(sheet.files)}", title, picture, WIDE, HIGH, key)


def _patterns(basis: Basis, noted: Mapping[Tracked, Mapping[date, float]]) -> tuple[Passage, ...]:
    choice = max(basis.shared.diary.habit_choices, key=lambda each: each.recorded_at, default=None)
    if choice is None or basis.timed is None:
        return ()
    chosen = [habit for habit in noted if habit.key in choice.habits]
    readings = [each for each in basis.timed.readings if basis.covers(each.day)]
    by_day = {day: float(value) for day, value in day_means(readings).items()}
    spans = [each for each in basis.timed.spans if basis.covers(each.day)]
    found = patterns(chosen, {habit.key: held for habit, held in noted.items()}, by_day, spans)
    return tuple(passage for each in found for passage in _said(basis, each))


def _said(basis: Basis, found: Found) -> list[Passage]:
    measure, written = basis.timed.measure.in_a_sentence if basis.timed else "", basis.formats.written
    told = ((tr("{habit}, first week:"), session_words(found)), (tr("{habit}, day after:"), day_words(found, measure)))
    return [
        Passage(lead.format(habit=found.habit.name), written(strong + rest).strip()) for lead, (strong, rest) in told
    ]


def _no_patterns(basis: Basis) -> str:
    choice = max(basis.shared.diary.habit_choices, key=lambda each: each.recorded_at, default=None)
    if choice is None or not choice.habits:
        return tr("0 habits were chosen beforehand to look for patterns in.")
    return filled("{n} habits were chosen beforehand; there are too few entries about them.", n=len(choice.habits))
