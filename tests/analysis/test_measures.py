"""From stored scores to exact readings: scales, baselines, limits, and what a day amounts to."""

from datetime import date, time, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketatrack.analysis.measures import (
    Criterion,
    Reading,
    criterion,
    day_value,
    day_values,
    measure_of,
    measures,
    propose_baseline,
    readings,
    too_low,
)
from ketatrack.errors import InvalidValue
from ketatrack.models.enums import Kind, RuleKind
from ketatrack.models.records import CheckIn, Tracked, Value
from ketatrack.models.relief_records import Score
from ketatrack.models.tracked import built_in

TRACKED = built_in()
DAY = date(2026, 3, 2)
PHQ9, GAD7, PEG = (measure_of(key) for key in ("phq9", "gad7", "peg"))
LOW_MOOD, PAIN, ENERGY = (measure_of(key, TRACKED) for key in ("low_mood", "pain", "energy"))


def before(*values: int, measure: str = "low_mood", gap: int = 1) -> list[Reading]:
    """Readings that end the day before DAY, `gap` days apart."""
    return [Reading(DAY - timedelta(days=1 + gap * n), None, Fraction(value)) for n, value in enumerate(values)]


def test_each_measure_times_relief_its_own_way() -> None:
    found = [(m.name, m.maximum, m.window, m.confirm_after, m.baseline_minimum) for m in (PHQ9, GAD7, PEG, LOW_MOOD)]
    assert found == [
        ("PHQ-9", 27, 14, 5, 10),
        ("GAD-7", 21, 14, 5, 8),
        ("PEG", 30, 10, 5, 12),
        ("Low mood", 10, 3, 1, 4),
    ]
    defaults = [m.default_rule for m in (PHQ9, GAD7, LOW_MOOD, ENERGY, PEG, PAIN)]
    assert defaults == [RuleKind.HALF] * 4 + [RuleKind.THIRTY_PERCENT] * 2
    assert RuleKind.REMISSION in PHQ9.rules
    assert RuleKind.REMISSION not in PEG.rules


def test_what_is_not_a_measure_is_refused_by_name() -> None:
    for key in ("exercise", "sleep_quality", "nonsense", "madrs"):
        with pytest.raises(InvalidValue, match=key):
            measure_of(key, TRACKED)


def test_daily_ratings_come_first_and_archived_ones_not_at_all() -> None:
    own = Tracked(key="a1", name="Dread", kind=Kind.RATING, is_measure=True)
    gone = Tracked(key="b2", name="Old", kind=Kind.RATING, is_measure=True, archived=True)
    keys = [measure.key for measure in measures([*TRACKED, own, gone])]
    assert keys == ["low_mood", "anxiety", "pain", "energy", "a1", "phq9", "gad7", "peg"]
    assert measure_of("b2", [gone]).name == "Old"


def test_readings_are_exact_sorted_and_higher_is_worse() -> None:
    scores: list[Score] = [(DAY, time(20), 305), (DAY, None, 300), (DAY - timedelta(days=1), time(9), 1000)]
    assert [float(reading.value) for reading in readings(LOW_MOOD, scores)] == [10, 3, 3.05]
    assert [float(reading.value) for reading in readings(ENERGY, scores)] == [0, 7, 6.95]
    assert readings(PEG, [(DAY, None, 15)])[0].value == 15


@pytest.mark.parametrize(
    ("measure", "value", "words"),
    [
        (PEG, Fraction(14), "4.7"),
        (PEG, Fraction(15), "5"),
        (LOW_MOOD, Fraction(41, 6), "6.8"),
        (PHQ9, Fraction(18), "18"),
        (ENERGY, Fraction(7), "3"),
    ],
)
def test_values_are_written_as_people_write_them(measure: object, value: Fraction, words: str) -> None:
    assert measure.words(value) == words  # type: ignore[attr-defined]


def rule(
    measure: object, kind: RuleKind, limit: Fraction | None = None, baseline: int | Fraction | None = None
) -> Criterion:
    found = criterion(measure, kind, limit, None if baseline is None else Fraction(baseline))  # type: ignore[arg-type]
    assert found is not None
    return found


@given(st.integers(10, 27), st.integers(0, 27))
def test_half_of_baseline_is_exact(baseline: int, score: int) -> None:
    assert rule(PHQ9, RuleKind.HALF, baseline=baseline).holds(Fraction(score)) == (2 * score <= baseline)


@given(st.integers(12, 30), st.integers(0, 30))
def test_thirty_percent_down_is_exact(baseline: int, score: int) -> None:
    assert rule(PEG, RuleKind.THIRTY_PERCENT, baseline=baseline).holds(Fraction(score)) == (10 * score <= 7 * baseline)


def test_seven_times_seven_tenths_is_in_relief_at_four_point_nine() -> None:
    assert rule(PAIN, RuleKind.THIRTY_PERCENT, baseline=7).holds(Fraction(49, 10))


def test_limits_that_need_no_baseline() -> None:
    below = rule(PHQ9, RuleKind.REMISSION)
    assert (below.holds(Fraction(4)), below.holds(Fraction(5))) == (True, False)
    at_most = rule(LOW_MOOD, RuleKind.AT_MOST, limit=Fraction(3))
    assert (at_most.holds(Fraction(3)), at_most.holds(Fraction(301, 100))) == (True, False)
    energy = rule(ENERGY, RuleKind.AT_MOST, limit=Fraction(6))  # an energy of 6 or more
    assert (energy.holds(Fraction(4)), energy.holds(Fraction(5))) == (True, False)


def test_a_percentage_needs_a_baseline_that_is_high_enough() -> None:
    assert criterion(PHQ9, RuleKind.HALF, None, None) is None
    assert criterion(PHQ9, RuleKind.HALF, None, Fraction(9)) is None
    assert criterion(PHQ9, RuleKind.AT_MOST, None, Fraction(20)) is None
    minimums = [(PHQ9, 10), (GAD7, 8), (PEG, 12), (LOW_MOOD, 4)]
    assert [too_low(measure, Fraction(least)) for measure, least in minimums] == [False] * 4
    assert all(too_low(measure, Fraction(least) - Fraction(1, 100)) for measure, least in minimums)
    assert too_low(ENERGY, Fraction(7))  # energy 7 of 10 is 3 from the best


def test_a_questionnaires_baseline_is_the_median_of_fourteen_days() -> None:
    own = [
        *before(20, 17, gap=7),
        Reading(DAY - timedelta(days=15), None, Fraction(3)),
        Reading(DAY, None, Fraction(4)),
    ]
    found = propose_baseline(PHQ9, own, DAY)
    assert found is not None
    assert (found.value, found.readings) == (Fraction(37, 2), 2)
    assert (found.from_day, found.to_day) == (date(2026, 2, 16), date(2026, 3, 1))
    assert propose_baseline(PHQ9, own[2:], DAY) is None


def test_a_daily_baseline_is_the_mean_of_three_days_of_seven() -> None:
    three = [*before(7, 6, 8), Reading(DAY - timedelta(days=1), time(20), Fraction(9))]
    found = propose_baseline(LOW_MOOD, three, DAY)
    assert found is not None
    assert (found.value, found.readings) == (Fraction(22, 3), 4)
    assert propose_baseline(LOW_MOOD, before(7, 6), DAY) is None
    assert propose_baseline(LOW_MOOD, before(7, 6, 8, gap=4), DAY) is None


def test_the_baseline_of_energy_is_told_as_energy() -> None:
    found = propose_baseline(ENERGY, readings(ENERGY, [(DAY - timedelta(days=n), None, 300) for n in (1, 2, 3)]), DAY)
    assert found is not None
    assert found.value == 3


def test_a_days_value_by_kind() -> None:
    assert day_value(Kind.RATING, [300, 400, 400]) == Fraction(11, 3)
    assert day_value(Kind.MINUTES, [1000, 2000]) == 30
    assert day_value(Kind.COUNT, [100, 100]) == 2
    assert day_value(Kind.HOURS, [600, 750]) == Fraction(15, 2)
    assert day_value(Kind.YES_NO, [0, 100]) == 1
    assert day_value(Kind.YES_NO, [0, 0]) == 0


def test_days_without_an_entry_are_absent() -> None:
    exercise = next(each for each in TRACKED if each.key == "exercise")
    check_ins = [
        CheckIn(day=DAY, local_time=time(8), values=(Value(tracked_id=exercise.id, hundredths=3000),)),
        CheckIn(day=DAY, local_time=time(20), values=(Value(tracked_id=exercise.id, hundredths=0),)),
        CheckIn(day=DAY + timedelta(days=1)),
        CheckIn(day=DAY + timedelta(days=2), values=(Value(tracked_id=exercise.id, hundredths=0),)),
    ]
    assert day_values(exercise, check_ins) == {DAY: 30, DAY + timedelta(days=2): 0}


@pytest.mark.parametrize(
    ("key", "limit", "words"),
    [
        ("low_mood", Fraction(13, 4), "3.25"),
        ("low_mood", Fraction(23, 7), "3.28"),
        ("low_mood", Fraction(4), "4"),
        ("energy", Fraction(23, 7), "6.72"),
        ("phq9", Fraction(19, 2), "9.5"),
        ("peg", Fraction(14), "4.66"),
    ],
)
def test_a_limit_is_never_rounded_to_what_is_not_relief(key, limit, words):
    measure = measure_of(key, built_in())
    assert measure.limit_words(limit) == words
    written = measure.worse(Fraction(words) * measure.points)
    assert written <= limit


def test_the_name_and_the_values_inside_a_sentence_and_a_chart() -> None:
    mood, energy, phq9, peg = (measure_of(key, built_in()) for key in ("low_mood", "energy", "phq9", "peg"))
    assert (mood.in_a_sentence, phq9.in_a_sentence) == ("low mood", "PHQ-9")
    assert mood.written(Fraction(7, 2)) == 3.5
    assert energy.written(energy.worse(Fraction(7))) == 7
    assert peg.written(Fraction(21)) == 7
