"""What the Habits page shows, worked out beside the window: a year of one habit, and patterns of the chosen ones."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from ketatrack.analysis import measures
from ketatrack.analysis import relief as analysis
from ketatrack.diary import queries
from ketatrack.diary.database import Diary
from ketatrack.models.records import CheckIn, EarlySign, HabitChoice, Session, Tracked

if TYPE_CHECKING:
    from ketatrack.analysis.habit_patterns import Found as Pattern
    from ketatrack.charts.heat_map import HeatMap
    from ketatrack.charts.months import Months


@dataclass(frozen=True, slots=True)
class Found:
    """One answer of the job; `measure` names what the patterns were looked for in."""

    habits: tuple[Tracked, ...]
    habit: Tracked | None
    picture: "HeatMap | None"
    months: "Months | None"
    first: date | None
    choice: HabitChoice | None
    patterns: "tuple[Pattern, ...]"
    measure: str
    signs: tuple[EarlySign, ...]


def find(diary: Diary, key: str | None, last: date, today: date, now: datetime) -> Found:
    """Read the diary and work out the year of the habit `key` up to `last`, and the patterns over everything."""
    with diary.read() as connection:
        tracked = queries.tracked(connection)
        check_ins, sessions = queries.check_ins(connection), queries.sessions(connection)
        choices, signs = queries.habit_choices(connection), queries.early_signs(connection)
        baselines, rules = queries.baselines(connection), queries.rules(connection)
        asked = next((each for each in tracked if each.is_measure and not each.archived), None)
        scores = queries.scores(connection, asked.key) if asked else ()
    habits = tuple(each for each in tracked if not each.is_measure and not each.archived)
    habit = next((each for each in habits if each.key == key), habits[0] if habits else None)
    values = {each.key: _values(each, check_ins) for each in habits}
    choice = max(choices, key=lambda each: each.recorded_at, default=None)
    chosen = [each for each in habits if choice is not None and each.key in choice.habits]
    patterns: tuple[Pattern, ...] = ()
    if chosen and asked is not None:
        from ketatrack.analysis.habit_patterns import patterns as look_for

        measure = measures.measure_of(asked.key, tracked)
        baseline = analysis.newest(baselines, asked.key)
        if baseline is None:
            baseline = analysis.computed_baseline(measure, scores, sessions, today, now)
        rule = analysis.newest(rules, asked.key)
        result = analysis.relief(measure, scores, sessions, baseline=baseline, rule=rule, today=today)
        by_day = {day: float(value) for day, value in measures.day_means(result.readings).items()}
        patterns = look_for(chosen, values, by_day, result.spans)
    first = min((entry.day for entry in check_ins), default=None)
    picture = _picture(habit, values.get(habit.key, {}), tuple(sessions), last) if habit else None
    trend = _months(habit, values.get(habit.key, {})) if habit else None
    return Found(habits, habit, picture, trend, first, choice, patterns, asked.name if asked else "", signs)


def _values(habit: Tracked, check_ins: tuple[CheckIn, ...]) -> dict[date, float]:
    return {day: float(value) for day, value in measures.day_values(habit, check_ins).items()}


def _picture(habit: Tracked, values: dict[date, float], sessions: tuple[Session, ...], last: date) -> "HeatMap":
    from ketatrack.charts import heat_map_figure  # noqa: F401 - loaded here, on the worker, with matplotlib
    from ketatrack.charts.heat_map import heat_map

    return heat_map(habit, values, sessions, last)


def _months(habit: Tracked, values: dict[date, float]) -> "Months":
    from ketatrack.charts import months_figure  # noqa: F401 - loaded here, on the worker, with matplotlib
    from ketatrack.charts.months import months

    return months(habit, values)
