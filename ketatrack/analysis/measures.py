"""What relief is timed by: questionnaires and daily ratings as exact readings where higher means worse.

Windows, limits and minimums per measure stand here once (relief.md, "Definitions").
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cache
from math import ceil, floor, lcm
from statistics import median

from ketatrack.errors import InvalidValue
from ketatrack.i18n import _
from ketatrack.models import labels
from ketatrack.models.enums import Kind, RuleKind
from ketatrack.models.instruments import REMISSION_BELOW, instrument
from ketatrack.models.records import CheckIn, Tracked
from ketatrack.models.relief_records import Score

QUESTIONNAIRES = ("phq9", "gad7", "peg")
RATING_MAXIMUM = 10


@dataclass(frozen=True, slots=True)
class Reading:
    """One score of one measure; `value` is exact and higher is worse."""

    day: date
    local_time: time | None
    value: Fraction


@dataclass(frozen=True, slots=True)
class Measure:
    """How one measure times relief.

    `window` (W) and `confirm_after` (delta) are days, `baseline_minimum` is what a percentage needs, on the
    scale of the readings (PEG: the sum 0-30); `points` of that scale make one point as people write it.
    """

    key: str
    name: str
    maximum: int
    daily: bool
    window: int
    confirm_after: int
    baseline_minimum: int
    rules: tuple[RuleKind, ...]
    higher_is_better: bool = False
    points: int = 1

    @property
    def in_a_sentence(self) -> str:
        """The name inside a sentence: low mood, PHQ-9."""
        return labels.in_a_sentence(self.name) if self.daily else self.name

    @property
    def default_rule(self) -> RuleKind:
        """The rule that holds until the person chooses another."""
        return self.rules[0]

    def worse(self, stored: Fraction) -> Fraction:
        """Return a stored score turned so that higher is worse; the same function turns it back."""
        return self.maximum - stored if self.higher_is_better else stored

    def written(self, value: Fraction) -> float:
        """Return a reading's value on the scale people write: PEG as a mean, energy turned back."""
        # As integers: the same number as by Fractions, at a tenth of the time, for thousands of points in a chart.
        n, d = value.numerator, value.denominator
        return (self.maximum * d - n if self.higher_is_better else n) / (d * self.points)

    def words(self, value: Fraction, write: Callable[[Decimal], str] = str) -> str:
        """Return a reading's value as the person writes it, one decimal at most: PEG as a mean, energy turned back.

        `write` puts the number into the reader's own format.
        """
        visible = round(self.worse(value) / self.points, 1)
        return write(Decimal(visible.numerator) / Decimal(visible.denominator))

    def limit_words(self, limit: Fraction, write: Callable[[Decimal], str] = str) -> str:
        """Return where relief begins as the person writes it: never rounded to a score that is not relief any more."""
        hundredths = self.worse(limit) / self.points * 100
        return write(Decimal(ceil(hundredths) if self.higher_is_better else floor(hundredths)) / 100)


_HALF_FIRST = (RuleKind.HALF, RuleKind.THIRTY_PERCENT, RuleKind.AT_MOST)
_THIRTY_FIRST = (RuleKind.THIRTY_PERCENT, RuleKind.HALF, RuleKind.AT_MOST)
_WITH_REMISSION = (RuleKind.HALF, RuleKind.AT_MOST, RuleKind.REMISSION)


def measure_of(key: str, tracked: Iterable[Tracked] = ()) -> Measure:
    """Return the measure of that key, with its name.

    Raises InvalidValue for a key that is neither a questionnaire nor a daily rating of this diary.
    """
    if key in QUESTIONNAIRES:
        return _questionnaire(key)
    match = next((item for item in tracked if item.key == key and item.is_measure), None)
    if match is None:
        raise InvalidValue(_("There is no measure called {key} in this diary.").format(key=key))
    rules = _THIRTY_FIRST if key == "pain" else _HALF_FIRST
    return Measure(key, match.name, RATING_MAXIMUM, True, 3, 1, 4, rules, match.higher_is_better)


def measures(tracked: Iterable[Tracked]) -> tuple[Measure, ...]:
    """Every measure that relief can be timed by: daily ratings first, then the questionnaires."""
    rows = [item for item in tracked if item.is_measure and not item.archived]
    return tuple(measure_of(key, rows) for key in (*(row.key for row in rows), *QUESTIONNAIRES))


def _questionnaire(key: str) -> Measure:
    form = instrument(key)
    if key == "peg":
        return Measure(key, form.name, form.maximum, False, 10, 5, 12, _THIRTY_FIRST, points=form.items_per_point)
    minimum = 10 if key == "phq9" else 8
    return Measure(key, form.name, form.maximum, False, 14, 5, minimum, _WITH_REMISSION)


def readings(measure: Measure, scores: Iterable[Score]) -> tuple[Reading, ...]:
    """Return the readings of a measure, oldest first, whatever order the scores come in."""
    scale = 100 if measure.daily else 1
    exact = cache(lambda stored: measure.worse(Fraction(stored, scale)))  # few values, thousands of readings
    result = (Reading(day, clock, exact(stored)) for day, clock, stored in scores)
    return tuple(sorted(result, key=lambda reading: (reading.day, reading.local_time or time.min)))


@dataclass(frozen=True, slots=True)
class Criterion:
    """When a reading is in relief: at most `limit`, or below it; with the measure's two spans of days."""

    limit: Fraction
    below: bool
    window: int
    confirm_after: int

    def holds(self, value: Fraction) -> bool:
        """Whether a reading of this value is in relief (exact arithmetic)."""
        # Fractions compare slowly, and a diary of years has thousands: cross-multiplied integers say the same.
        ours, bound = value.numerator * self.limit.denominator, self.limit.numerator * value.denominator
        return ours < bound if self.below else ours <= bound


def criterion(measure: Measure, kind: RuleKind, limit: Fraction | None, baseline: Fraction | None) -> Criterion | None:
    """When a reading is in relief under a rule; None where a percentage has no baseline, or too low a one.

    `limit` (only for "at most") and `baseline` are on the stored scale (PEG: the sum; energy as entered).
    """
    days = (measure.window, measure.confirm_after)
    if kind is RuleKind.REMISSION:
        return Criterion(Fraction(REMISSION_BELOW), True, *days)
    if kind is RuleKind.AT_MOST:
        return None if limit is None else Criterion(measure.worse(limit), False, *days)
    if baseline is None or too_low(measure, baseline):
        return None
    share = Fraction(1, 2) if kind is RuleKind.HALF else Fraction(7, 10)
    return Criterion(measure.worse(baseline) * share, False, *days)


def too_low(measure: Measure, baseline: Fraction) -> bool:
    """Whether a baseline (stored scale) is too low for a percentage of it to mean anything."""
    return measure.worse(baseline) < measure.baseline_minimum


@dataclass(frozen=True, slots=True)
class Proposal:
    """A computed baseline: its value on the stored scale, the days it looks at, and how many readings it has."""

    value: Fraction
    from_day: date
    to_day: date
    readings: int


def propose_baseline(measure: Measure, known: Sequence[Reading], first_day: date) -> Proposal | None:
    """Return the baseline before the first-ever course, which began on `first_day`; None with too few readings.

    Questionnaires: the median of the last 14 days, from 1 reading on. Daily ratings: the mean of the days with
    a reading among the last 7, from 3 such days on.
    """
    from_day, to_day = first_day - timedelta(days=7 if measure.daily else 14), first_day - timedelta(days=1)
    inside = [reading for reading in known if from_day <= reading.day <= to_day]
    means = day_means(inside)
    if len(means) < (3 if measure.daily else 1):
        return None
    level = _mean(list(means.values())) if measure.daily else median(reading.value for reading in inside)
    return Proposal(measure.worse(level), from_day, to_day, len(inside))


def day_means(known: Iterable[Reading]) -> dict[date, Fraction]:
    """Return the exact mean of each day's readings, days in order."""
    by_day: defaultdict[date, list[Fraction]] = defaultdict(list)
    for reading in known:
        by_day[reading.day].append(reading.value)
    return {day: values[0] if len(values) == 1 else _mean(values) for day, values in sorted(by_day.items())}


def day_value(kind: Kind, hundredths: Sequence[int]) -> Fraction:
    """Return what one day's entries of a measure or habit amount to (data.md, "A day's value"), entries oldest first.

    Ratings the exact mean, minutes and counts the sum, hours (sleep) the last entry, yes/no any.
    """
    if kind is Kind.RATING:
        return Fraction(sum(hundredths), 100 * len(hundredths))
    if kind is Kind.HOURS:
        return Fraction(hundredths[-1], 100)
    if kind is Kind.YES_NO:
        return Fraction(int(any(hundredths)))
    return Fraction(sum(hundredths), 100)


def day_values(tracked: Tracked, check_ins: Iterable[CheckIn]) -> dict[date, Fraction]:
    """Return the value of each day that has an entry; check-ins oldest first. A day without one is absent, never 0."""
    by_day: defaultdict[date, list[int]] = defaultdict(list)
    for check_in in check_ins:
        entered = check_in.value(tracked.id)
        if entered is not None:
            by_day[check_in.day].append(entered)
    return {day: day_value(tracked.kind, entries) for day, entries in by_day.items()}


def _mean(values: Sequence[Fraction]) -> Fraction:
    # Fractions add slowly; integers over one denominator do not.
    common = lcm(*(value.denominator for value in values))
    return Fraction(sum(value.numerator * (common // value.denominator) for value in values), common * len(values))
