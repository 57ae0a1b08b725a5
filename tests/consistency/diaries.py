"""A dozen small diaries and, for each, the one right answer to "how long did relief last?", worked out by hand."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone
from fractions import Fraction

from ketatrack.models.enums import BaselineSource, Drug, Reason, Route
from ketatrack.models.records import (
    Answers,
    Baseline,
    CheckIn,
    HabitChoice,
    Record,
    Session,
    Settings,
    Tracked,
    Value,
    built_in_id,
)
from ketatrack.models.tracked import built_in

TODAY = date(2026, 11, 23)
MORNING = datetime(2026, 11, 1, 9, tzinfo=timezone(timedelta(hours=1)))
FIRST, SECOND = 60, 30
"""How many days ago the two sessions of most of these diaries were."""


@dataclass(frozen=True)
class Life:
    """A diary, and what every place has to say of it: the measure, and each course's last day with its days of relief.

    `changed` are built-in rows that are other than in a new diary.
    """

    name: str
    records: tuple[Record, ...]
    measure: str
    days: tuple[tuple[int, str], ...]
    computed: bool = False
    changed: tuple[Tracked, ...] = ()


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def rated(key: str, values: Mapping[int, int]) -> tuple[CheckIn, ...]:
    """One rating a day: days ago, and the rating."""
    row = built_in_id(key)
    return tuple(
        CheckIn(day=ago(days), values=(Value(tracked_id=row, hundredths=100 * value),))
        for days, value in values.items()
    )


def weekly(totals: Mapping[int, int]) -> tuple[Answers, ...]:
    return tuple(Answers(instrument="phq9", day=ago(days), total=total) for days, total in totals.items())


def sessions(*days_ago: int, reason: Reason = Reason.PLANNED, route: Route = Route.INTRAVENOUS) -> tuple[Session, ...]:
    drug = Drug.ESKETAMINE if route is Route.NASAL else Drug.KETAMINE
    return tuple(Session(day=ago(days), route=route, drug=drug, dose_mg=5600, reason=reason) for days in days_ago)


def typed(key: str, value: int, later: int = 0, source: BaselineSource = BaselineSource.TYPED) -> Baseline:
    found = 7 if source is BaselineSource.COMPUTED else None
    return Baseline(
        measure=key, value=Fraction(value), source=source, recorded_at=MORNING + timedelta(hours=later), readings=found
    )


def before(level: int = 8, first: int = FIRST) -> dict[int, int]:
    """A week of ratings before the first session."""
    return {first + n: level for n in range(1, 8)}


def after(session: int, until: int, good: int, well: int = 2, ill: int = 8) -> dict[int, int]:
    """Daily ratings after a session: `well` for `good` days, then `ill`, up to `until` days ago."""
    return {session - n: well if n <= good else ill for n in range(1, session - until + 1)}


def archived(key: str) -> Tracked:
    return replace(next(item for item in built_in() if item.key == key), archived=True)


# In relief up to day 20 after the first session, and every day up to today after the second.
TWO = sessions(FIRST, SECOND)
LEVELS = after(FIRST, SECOND + 1, 20) | after(SECOND, 0, 30)
MOOD = rated("low_mood", before() | LEVELS)
ANXIETY = rated("anxiety", before() | after(FIRST, SECOND + 1, 9) | after(SECOND, 0, 12))
# Seven weeks of PHQ-9: relief seen on day 14 and gone on day 21, then seen on days 7 to 21.
PHQ9 = weekly({53: 8, 46: 6, 39: 15, 32: 16, 23: 8, 16: 6, 9: 7})
MOOD_DAYS = ((FIRST, "20–21"), (SECOND, "30+"))
ANXIETY_DAYS = ((FIRST, "9–10"), (SECOND, "12–13"))
PHQ9_DAYS = ((FIRST, "14–21"), (SECOND, "21+"))
COURSE = sessions(60, 57, 53, 50, 46, 43, route=Route.NASAL)
HABIT = (HabitChoice(habits=("exercise",), recorded_at=MORNING),)

LIVES = (
    Life("no baseline accepted", (*TWO, *MOOD), "Low mood", MOOD_DAYS, computed=True),
    Life("one computed, one typed", (*TWO, *MOOD, *PHQ9, typed("phq9", 20)), "Low mood", MOOD_DAYS, computed=True),
    Life(
        "two measures, one with a baseline",
        (*TWO, *rated("low_mood", LEVELS), *PHQ9, typed("phq9", 20)),
        "PHQ-9",
        PHQ9_DAYS,
    ),
    Life(
        "the first baseline is too low",
        (*TWO, *MOOD, *PHQ9, typed("low_mood", 2), typed("phq9", 20)),
        "PHQ-9",
        PHQ9_DAYS,
    ),
    Life(
        "esketamine twice a week",
        (*COURSE, *rated("low_mood", before() | after(43, 20, 10))),
        "Low mood",
        ((43, "10–11"),),
        computed=True,
    ),
    Life(
        "nothing was seen to fade",
        (*sessions(60, 40, 20), *rated("low_mood", before() | {n: 2 for n in range(60) if n not in (40, 20)})),
        "Low mood",
        ((60, "19+"), (40, "19+"), (20, "20+")),
        computed=True,
    ),
    Life(
        "no reason was noted",
        (*sessions(FIRST, SECOND, reason=Reason.NOT_SAID), *MOOD),
        "Low mood",
        MOOD_DAYS,
        computed=True,
    ),
    Life("too few readings", (*TWO, *rated("low_mood", {12: 3})), "Low mood", ((FIRST, ""), (SECOND, ""))),
    Life(
        "a chosen measure", (*TWO, *MOOD, *PHQ9, typed("phq9", 20), Settings(relief_measure="phq9")), "PHQ-9", PHQ9_DAYS
    ),
    Life(
        "an archived measure",
        (*TWO, *MOOD, *ANXIETY),
        "Anxiety",
        ANXIETY_DAYS,
        computed=True,
        changed=(archived("low_mood"),),
    ),
    Life(
        "an archived measure was chosen",
        (*TWO, *MOOD, *ANXIETY, Settings(relief_measure="low_mood")),
        "Low mood",
        MOOD_DAYS,
        computed=True,
        changed=(archived("low_mood"),),
    ),
    Life(
        "typed after one was accepted",  # half of 4 is below the 2.5 of today; half of 8 is not
        (
            *TWO,
            *MOOD,
            typed("low_mood", 8, source=BaselineSource.COMPUTED),
            typed("low_mood", 4, later=1),
            *rated("low_mood", {0: 3}),
        ),
        "Low mood",
        ((FIRST, "20–21"), (SECOND, "29+")),
    ),
    Life(
        "symptoms brought the next session",
        (
            *sessions(FIRST),
            *sessions(SECOND, reason=Reason.SYMPTOMS),
            *rated("low_mood", before() | LEVELS | {39: 2} | dict.fromkeys(range(31, 40), 2)),
        ),
        "Low mood",
        ((FIRST, "29–30"), (SECOND, "30+")),
        computed=True,
    ),
)
