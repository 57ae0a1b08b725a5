"""How long the numbers of relief take: everything about one measure of a ten-year diary, and the posterior alone."""

import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from statistics import median

from benchmarks.table import Figure
from ketatrack import demo
from ketatrack.analysis.estimates import estimates
from ketatrack.analysis.measures import measure_of
from ketatrack.analysis.relief import Relief, computed_baseline, relief
from ketatrack.analysis.weibull import weibull_posterior
from ketatrack.models.records import CheckIn, Session, Tracked, built_in_id
from ketatrack.models.relief_records import Score
from ketatrack.models.tracked import built_in

TODAY = date(2026, 11, 23)
RUNS = 5


def figures() -> list[Figure]:
    """Seconds on this machine, and how they grow when the diary is ten times as long."""
    long, short = _diary(10), _diary(1)
    whole, part = _seconds(lambda: _numbers(*long)), _seconds(lambda: _numbers(*short))
    with_drift = _seconds(lambda: estimates(_relief(*long)))
    spans = [(float(n % 19), float(n % 19 + 2)) for n in range(25)]
    posterior = _seconds(lambda: weibull_posterior(spans))
    return [
        Figure(
            "all statistics of one measure, ten years",
            whole,
            0.3,
            "s",
            f"{len(long[1])} sessions, {len(long[0])} ratings",
        ),
        Figure("the same, against one year", whole / part, 10, "x"),
        Figure("with drift, on the worker", with_drift, 1, "s"),
        Figure("weibull_posterior, 25 intervals", posterior, 0.05, "s"),
    ]


def _numbers(scores: list[Score], sessions: list[Session]) -> None:
    estimates(_relief(scores, sessions), look_for_drift=False)


def _seconds(work: Callable[[], object]) -> float:
    work()
    taken = []
    for _ in range(RUNS):
        begin = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begin)
    return median(taken)


def _diary(years: int) -> tuple[list[Score], list[Session]]:
    records = demo.records(years, demo.SEED, TODAY)
    mood = built_in_id("low_mood")
    rated = [(each, each.value(mood)) for each in records if isinstance(each, CheckIn)]
    scores = [(each.day, each.local_time, value) for each, value in rated if value is not None]
    return scores, [each for each in records if isinstance(each, Session)]


def _relief(scores: list[Score], sessions: list[Session]) -> Relief:
    tracked: tuple[Tracked, ...] = built_in()
    measure = measure_of("low_mood", tracked)
    now = datetime.combine(TODAY, datetime.min.time(), UTC) + timedelta(hours=8)
    baseline = computed_baseline(measure, scores, sessions, TODAY, now)
    return relief(measure, scores, sessions, baseline=baseline, rule=None, today=TODAY)
