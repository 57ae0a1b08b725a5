"""A made-up person for the chart tests: known sessions, known scores, known relief."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

from ketatrack.analysis.estimates import estimates
from ketatrack.analysis.measures import measure_of
from ketatrack.analysis.result import Relief, relief
from ketatrack.charts.survival import SurvivalChart, survival_chart
from ketatrack.models.enums import BaselineSource, Reason, Route
from ketatrack.models.records import Baseline, Session
from ketatrack.models.tracked import built_in

TODAY = date(2026, 8, 15)
START = date(2026, 1, 1)


def sessions(count: int, every: int = 20, reason: Reason = Reason.PLANNED) -> list[Session]:
    made = []
    for number in range(count):
        route, dose = (Route.INTRAVENOUS, 5_500) if number < 4 else (Route.INTRAMUSCULAR, 7_000)
        day = START + timedelta(days=every * number)
        made.append(Session(day=day, route=route, dose_mg=dose, reason=reason))
    return made


def daily(attended: list[Session], lasts: int, every: int = 20) -> list[tuple[date, None, int]]:
    """Ratings of 2 while in relief and 7 after; relief lasts `lasts` days plus the session's number."""
    scores = [(START - timedelta(days=n), None, 700) for n in range(1, 8)]
    for number, session in enumerate(attended):
        for day in range(1, every):
            when = session.day + timedelta(days=day)
            if when <= TODAY:
                scores.append((when, None, 200 if day <= lasts + number else 700))
    return scores


def result(count: int = 8, lasts: int = 6, key: str = "low_mood", baseline: int | None = 7) -> Relief:
    attended = sessions(count)
    measure = measure_of(key, built_in())
    scores = daily(attended, lasts)
    if not measure.daily:
        scores = [(day, clock, score // 50) for day, clock, score in scores[::7]]
    given = None
    if baseline is not None:
        given = Baseline(
            measure=key,
            value=Fraction(baseline),
            source=BaselineSource.TYPED,
            recorded_at=datetime(2026, 1, 1, tzinfo=UTC),
        )
    return relief(measure, scores, attended, baseline=given, rule=None, today=TODAY)


def share_of(found: Relief) -> SurvivalChart:
    """The share in relief of a result, with all that may be said of it."""
    return survival_chart(found, estimates(found))
