"""What the Habits page shows, worked out in a background thread: a year of one habit, patterns of the chosen ones."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ketatrack.analysis import measures
from ketatrack.analysis.result import relief_of
from ketatrack.analysis.sentences import measured_by
from ketatrack.diary import reading
from ketatrack.diary.database import Diary
from ketatrack.models.records import CheckIn, EarlySign, HabitChoice, Session, Tracked

if TYPE_CHECKING:
    from ketatrack.analysis.habit_patterns import HabitPattern
    from ketatrack.charts.heat_map import HeatMap
    from ketatrack.charts.months import Months


@dataclass(frozen=True, slots=True)
class HabitsContent:
    """One answer of the job; `measure` names what the patterns were looked for in, `measured_by` says it in full."""

    habits: tuple[Tracked, ...]
    habit: Tracked | None
    picture: "HeatMap | None"
    months: "Months | None"
    first: date | None
    choice: HabitChoice | None
    patterns: "tuple[HabitPattern, ...]"
    measure: str
    measured_by: str
    signs: tuple[EarlySign, ...]


def load_habits(diary: Diary, key: str | None, last: date, today: date) -> HabitsContent:
    """Read the diary and work out the year of the habit `key` up to `last`, and the patterns over everything."""
    with diary.read() as connection:
        check_ins = reading.check_ins(connection)
        choices, signs = reading.habit_choices(connection), reading.early_signs(connection)
        records = reading.relief_records(connection)
        relief = relief_of(records, today)
    habits = tuple(item for item in records.tracked if not item.is_measure and not item.archived)
    habit = next((item for item in habits if item.key == key), habits[0] if habits else None)
    values = {item.key: _values(item, check_ins) for item in habits}
    choice = max(choices, key=lambda habit_choice: habit_choice.recorded_at, default=None)
    chosen = [item for item in habits if choice is not None and item.key in choice.habits]
    patterns: tuple[HabitPattern, ...] = ()
    if chosen:
        from ketatrack.analysis.habit_patterns import patterns as look_for

        by_day = {day: float(value) for day, value in measures.day_means(relief.readings).items()}
        patterns = look_for(chosen, values, by_day, relief.spans)
    first = min((entry.day for entry in check_ins), default=None)
    picture = _picture(habit, values.get(habit.key, {}), records.sessions, last) if habit else None
    trend = _months(habit, values.get(habit.key, {})) if habit else None
    return HabitsContent(
        habits, habit, picture, trend, first, choice, patterns, relief.measure.in_a_sentence, measured_by(relief), signs
    )


def _values(habit: Tracked, check_ins: tuple[CheckIn, ...]) -> dict[date, float]:
    return {day: float(value) for day, value in measures.day_values(habit, check_ins).items()}


def _picture(habit: Tracked, values: dict[date, float], sessions: tuple[Session, ...], last: date) -> "HeatMap":
    from ketatrack.charts.heat_map import heat_map

    return heat_map(habit, values, sessions, last)


def _months(habit: Tracked, values: dict[date, float]) -> "Months":
    from ketatrack.charts.months import months

    return months(habit, values)
