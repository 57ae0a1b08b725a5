"""Habits: a year of each at a glance, and patterns in the notes that are not called causes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ketatrack.analysis.habit_patterns import HabitPattern, day_words, not_causes, patterns, session_words
from ketatrack.analysis.measures import day_means, day_values
from ketatrack.charts.heat_map import heat_map
from ketatrack.i18n import _, ngettext
from ketatrack.models.records import Tracked
from ketatrack.report.cache import Sheet
from ketatrack.report.context import Drawing, Passage, ReportContext

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


def habits(basis: ReportContext, sheet: Sheet) -> Habits:
    """Return the habits of the period; their charts go to `sheet`."""
    diary = basis.shared.diary
    values = {
        item: {day: float(value) for day, value in day_values(item, diary.check_ins).items()}
        for item in diary.tracked
        if not item.is_measure
    }
    noted = {habit: by_day for habit, by_day in values.items() if by_day}
    charts = tuple(_chart(basis, sheet, habit, by_day) for habit, by_day in noted.items())
    passages = _patterns(basis, noted)
    return Habits(
        title=_("Habits"),
        about=_("The last 53 weeks of the period.") if charts else _("0 days with a habit noted in this period."),
        charts=charts,
        patterns_title=_("Patterns in the notes (not causes)"),
        patterns=passages,
        patterns_empty="" if passages else _no_patterns(basis),
        not_causes=not_causes() if passages else "",
    )


def _chart(basis: ReportContext, sheet: Sheet, habit: Tracked, values: Mapping[date, float]) -> Drawing:
    sessions, last = basis.sessions, basis.shared.last
    picture = heat_map(habit, values, sessions, last)
    days = [day for day in picture.days() if basis.covers(day)]
    noted = sum(day in values for day in days)
    text = ngettext("{name}: entries on {n} of {all} day", "{name}: entries on {n} of {all} days", len(days))
    title = text.format(name=picture.title, n=noted, all=len(days))
    key = (habit, tuple(sorted(values.items())), sessions, last)
    return sheet.draw(f"habit{len(sheet.files)}", title, picture, WIDE, HIGH, key)


def _patterns(basis: ReportContext, noted: Mapping[Tracked, Mapping[date, float]]) -> tuple[Passage, ...]:
    choice = max(basis.shared.diary.habit_choices, key=lambda pattern: pattern.recorded_at, default=None)
    if choice is None or basis.timed is None:
        return ()
    chosen = [habit for habit in noted if habit.key in choice.habits]
    readings = [reading for reading in basis.timed.readings if basis.covers(reading.day)]
    by_day = {day: float(value) for day, value in day_means(readings).items()}
    spans = [span for span in basis.timed.spans if basis.covers(span.day)]
    results = patterns(chosen, {habit.key: noted_days for habit, noted_days in noted.items()}, by_day, spans)
    return tuple(passage for pattern in results for passage in _pattern_passages(basis, pattern))


def _pattern_passages(basis: ReportContext, result: HabitPattern) -> list[Passage]:
    measure, write = basis.timed.measure.in_a_sentence if basis.timed else "", basis.formats.fixed
    passages = (
        (_("{habit}, first week:"), session_words(result, write)),
        (_("{habit}, day after:"), day_words(result, measure, write)),
    )
    return [
        Passage(lead.format(habit=result.habit.name), " ".join(filter(None, sentences))) for lead, sentences in passages
    ]


def _no_patterns(basis: ReportContext) -> str:
    choice = max(basis.shared.diary.habit_choices, key=lambda dated: dated.recorded_at, default=None)
    if choice is None or not choice.habits:
        return _("0 habits were chosen beforehand to look for patterns in.")
    return ngettext(
        "{n} habit was chosen beforehand; there are too few entries about it.",
        "{n} habits were chosen beforehand; there are too few entries about them.",
        len(choice.habits),
    ).format(n=len(choice.habits))
