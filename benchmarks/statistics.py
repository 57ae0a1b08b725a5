"""How long the numbers of relief take: everything about one measure of a ten-year diary, and the posterior alone."""

from datetime import UTC, date, datetime, timedelta

from benchmarks.reference import loop_seconds
from benchmarks.reference import seconds as seconds_of
from benchmarks.table import Figure, against
from ketatrack import demo
from ketatrack.analysis.estimates import estimates
from ketatrack.analysis.measures import measure_of
from ketatrack.analysis.result import Relief, computed_baseline, relief
from ketatrack.analysis.weibull import weibull_posterior
from ketatrack.models.records import CheckIn, Session, Tracked, built_in_id
from ketatrack.models.relief_records import Score
from ketatrack.models.tracked import built_in

# How many times the bare thing each may be.
REACH_ALL = 28
REACH_DRIFT = 90
REACH_POSTERIOR = 4.5

TODAY = date(2026, 11, 23)


def figures() -> list[Figure]:
    """Seconds on this machine, and how they grow when the diary is ten times as long."""
    long, short = _diary(10), _diary(1)
    whole, part = seconds_of(lambda: _numbers(*long)), seconds_of(lambda: _numbers(*short))
    with_drift = seconds_of(lambda: estimates(_relief(*long)))
    spans = [(float(n % 19), float(n % 19 + 2)) for n in range(25)]
    posterior = seconds_of(lambda: weibull_posterior(spans))
    loop, beside = loop_seconds(), f"{len(long[1])} sessions, {len(long[0])} ratings"
    return [
        against("all statistics of one measure, ten years, bare loop", whole, loop, REACH_ALL, "s", beside),
        against("the same, one year", whole, part, 10),
        against("with drift, in the background thread, bare loop", with_drift, loop, REACH_DRIFT),
        against("weibull_posterior, 25 intervals, bare loop", posterior, loop, REACH_POSTERIOR),
    ]


def _numbers(scores: list[Score], sessions: list[Session]) -> None:
    estimates(_relief(scores, sessions), look_for_drift=False)


def _diary(years: int) -> tuple[list[Score], list[Session]]:
    records = demo.records(years, demo.SEED, TODAY)
    mood = built_in_id("low_mood")
    rated = [(record, record.value(mood)) for record in records if isinstance(record, CheckIn)]
    scores = [(each.day, each.local_time, value) for each, value in rated if value is not None]
    return scores, [record for record in records if isinstance(record, Session)]


def _relief(scores: list[Score], sessions: list[Session]) -> Relief:
    tracked: tuple[Tracked, ...] = built_in()
    measure = measure_of("low_mood", tracked)
    now = datetime.combine(TODAY, datetime.min.time(), UTC) + timedelta(hours=8)
    baseline = computed_baseline(measure, scores, sessions, TODAY, now)
    return relief(measure, scores, sessions, baseline=baseline, rule=None, today=TODAY)
