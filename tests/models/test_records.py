"""Every range edge of data.md is accepted, one step beyond is refused, and the sentence names the range."""

from collections.abc import Callable
from dataclasses import FrozenInstanceError
from datetime import UTC, date, datetime, time
from fractions import Fraction
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketatrack.errors import InvalidValue
from ketatrack.models import enums
from ketatrack.models import fields as v
from ketatrack.models import records as r

DAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


def session(**fields: Any) -> r.Session:
    return r.Session(**{"day": DAY, "route": enums.Route.INTRAVENOUS, **fields})


def answers(**fields: Any) -> r.Answers:
    return r.Answers(**{"instrument": "phq9", "day": DAY, "total": 0, **fields})


def rule(**fields: Any) -> r.Rule:
    return r.Rule(**{"measure": "pain", "kind": enums.RuleKind.AT_MOST, "value": 300, "recorded_at": NOW, **fields})


RANGES: list[tuple[Callable[..., Any], str, int, int, str]] = [
    (session, "duration_minutes", 0, 10_080, "from 0 to 10,080 min"),
    (session, "dose_mg", 1, 1_000_000, "from 0.01 to 10,000 mg"),
    (session, "weight_kg", 2_000, 40_000, "from 20 to 400 kg"),
    (session, "phase_number", 1, 10_000, "from 1 to 10,000"),
    (session, "detached", 0, 1_000, "from 0 to 10"),
    (session, "sleepy", 0, 1_000, "from 0 to 10"),
    (session, "nausea", 0, 1_000, "from 0 to 10"),
    (session, "mood_before", 0, 1_000, "from 0 to 10"),
    (session, "mood_after", 0, 1_000, "from 0 to 10"),
    (r.Vital, "systolic", 40, 300, "from 40 to 300 mmHg"),
    (r.Vital, "diastolic", 20, 200, "from 20 to 200 mmHg"),
    (r.Vital, "pulse", 20, 300, "from 20 to 300 per minute"),
    (r.Vital, "spo2", 40, 100, "from 40 to 100 %"),
    (rule, "value", 0, 10_000, "from 0 to 100"),
    (r.Settings, "day_start_minutes", 0, 720, "from 0 to 720 min"),
    (r.Settings, "lock_after_minutes", 1, 1_440, "from 1 to 1,440 min"),
    (r.Settings, "planned_sessions", 0, 60, "from 0 to 60"),
]


@pytest.mark.parametrize(("make", "field", "low", "high", "words"), RANGES)
def test_both_edges_are_accepted_and_one_step_beyond_is_refused(
    make: Callable[..., Any], field: str, low: int, high: int, words: str
):
    assert getattr(make(**{field: low}), field) == low
    assert getattr(make(**{field: high}), field) == high
    for outside in (low - 1, high + 1):
        with pytest.raises(InvalidValue, match=f"must be {words}; .* is outside"):
            make(**{field: outside})


@pytest.mark.parametrize(
    ("kind", "low", "high", "words"),
    [
        (enums.Kind.RATING, 0, 1_000, "from 0 to 10;"),
        (enums.Kind.MINUTES, 0, 144_000, "from 0 to 1,440 min"),
        (enums.Kind.HOURS, 0, 2_400, "from 0 to 24 h"),
        (enums.Kind.COUNT, 0, 1_000_000, "from 0 to 10,000;"),
        (enums.Kind.YES_NO, 0, 100, "from 0 to 1;"),
    ],
)
def test_each_kind_of_tracked_value_has_its_range(kind: enums.Kind, low: int, high: int, words: str):
    limits = v.KIND_RANGES[kind]
    limits.check(low)
    limits.check(high)
    for outside in (low - 1, high + 1):
        with pytest.raises(InvalidValue, match=words):
            limits.check(outside)


@pytest.mark.parametrize("number", [1.5, True, "3"])
def test_only_whole_stored_numbers_are_taken(number: Any):
    with pytest.raises(InvalidValue, match="must be a number"):
        session(dose_mg=number)


@pytest.mark.parametrize(("systolic", "diastolic"), [(120, 120), (80, 120), (41, 200)])
def test_the_higher_pressure_comes_first(systolic: int, diastolic: int):
    with pytest.raises(InvalidValue, match=f"the higher one; {systolic}/{diastolic} is not"):
        r.Vital(systolic=systolic, diastolic=diastolic)
    assert r.Vital(systolic=diastolic + 1, diastolic=diastolic)


def test_days_begin_in_1900_and_end_tomorrow():
    assert session(day=date(1900, 1, 1))
    with pytest.raises(InvalidValue, match="1900 or later; 1899-12-31 is earlier"):
        session(day=date(1899, 12, 31))
    v.check_not_future(date(2026, 3, 3), today=DAY)
    with pytest.raises(InvalidValue, match="not be later than tomorrow; 2026-03-04 is"):
        v.check_not_future(date(2026, 3, 4), today=DAY)
    with pytest.raises(InvalidValue, match="not be later than 2026-03-12"):
        v.check_not_future(date(2026, 3, 13), today=DAY, ahead=10)


@pytest.mark.parametrize("minutes", [-840, 0, 330, 840])
def test_offsets_that_exist(minutes: int):
    assert session(utc_offset_minutes=minutes).utc_offset_minutes == minutes


@pytest.mark.parametrize("minutes", [-841, 841])
def test_offsets_that_no_place_has(minutes: int):
    with pytest.raises(InvalidValue, match="from -14 to \\+14 hours"):
        session(utc_offset_minutes=minutes)


def test_notes_hold_a_million_characters_and_no_nul():
    assert len(r.CheckIn(day=DAY, note="n" * 1_000_000).note) == 1_000_000
    with pytest.raises(InvalidValue, match="up to 1,000,000 characters; this has 1,000,001"):
        r.CheckIn(day=DAY, note="n" * 1_000_001)
    with pytest.raises(InvalidValue, match="NUL"):
        session(notes="a\x00b")


def test_a_check_in_has_one_value_each_and_tells_absent_from_zero():
    one, other = uuid4(), uuid4()
    entry = r.CheckIn(day=DAY, values=(r.Value(tracked_id=one, hundredths=0),))
    assert (entry.value(one), entry.value(other)) == (0, None)
    with pytest.raises(InvalidValue, match="one value for each"):
        r.CheckIn(day=DAY, values=(r.Value(tracked_id=one, hundredths=0), r.Value(tracked_id=one, hundredths=1)))


def test_answers_hold_together():
    assert answers(items=(1,) * 9, total=9, unscored=3)
    for wrong, words in [
        ({"items": (1,) * 9, "total": 8}, "add up to 9"),
        ({"items": (1,) * 8, "total": 8}, "needs all 9 answers; 8 are there"),
        ({"unscored": 4}, "no such answer to its last question"),
        ({"instrument": "gad7", "unscored": 0}, "no such answer to its last question"),
        ({"total": 28}, "from 0 to 27; 28 is outside"),
        ({"instrument": "bdi"}, "no questionnaire called bdi"),
    ]:
        with pytest.raises(InvalidValue, match=words):
            answers(**wrong)


def test_what_is_tracked_needs_a_name_and_a_measure_is_a_rating():
    made = {"key": "k", "name": "Cramps", "kind": enums.Kind.RATING, "is_measure": True}
    assert r.Tracked(**made)
    with pytest.raises(InvalidValue, match="needs a name"):
        r.Tracked(**{**made, "name": "  "})
    with pytest.raises(InvalidValue, match="rating from 0 to 10"):
        r.Tracked(**{**made, "kind": enums.Kind.MINUTES})


def test_baselines_rules_and_drafts_know_their_moment():
    base = {"measure": "pain", "source": enums.BaselineSource.TYPED, "recorded_at": NOW}
    assert r.Baseline(value=Fraction(100), **base).value == 100
    for outside in (Fraction(-1, 3), Fraction(301, 3)):
        with pytest.raises(InvalidValue, match="score that the measure can have"):
            r.Baseline(value=outside, **base)
    naive = NOW.replace(tzinfo=None)
    for make in (
        lambda: r.Baseline(**{**base, "value": Fraction(1), "recorded_at": naive}),
        lambda: rule(recorded_at=naive),
        lambda: r.Draft(kind="answers:phq9", saved_at=naive),
    ):
        with pytest.raises(InvalidValue):
            make()


def test_a_limit_belongs_to_the_rule_at_most_only():
    with pytest.raises(InvalidValue, match="belongs to the rule"):
        rule(value=None)
    with pytest.raises(InvalidValue, match="belongs to the rule"):
        rule(kind=enums.RuleKind.HALF)
    assert rule(kind=enums.RuleKind.HALF, value=None)


def test_contacts_profile_and_appointments():
    with pytest.raises(InvalidValue, match="contact needs a name"):
        r.Contact(name=" ")
    with pytest.raises(InvalidValue, match="birth date must be in 1900 or later"):
        r.Profile(birth_date=date(1899, 1, 1))
    with pytest.raises(InvalidValue, match="from -14 to"):
        r.Appointment(kind=enums.AppointmentKind.VISIT, day=DAY, utc_offset_minutes=900)
    assert r.Profile(name="Alex").birth_date is None
    assert r.Appointment(kind=enums.AppointmentKind.VISIT, day=DAY, utc_offset_minutes=60)
    assert r.Settings(instruments=("phq9", "peg")).instruments == ("phq9", "peg")
    with pytest.raises(InvalidValue, match="no questionnaire"):
        r.Settings(instruments=("phq10",))


@pytest.mark.parametrize(
    ("start", "minutes", "days"),
    [
        (time(10, 30), 45, 0),
        (time(23, 30), 60, 0),
        (time(3, 0), 59, 0),
        (time(3, 0), 60, 1),
        (time(4, 0), 1_439, 0),
        (time(4, 0), 1_440, 1),
        (time(22, 0), 3 * 1_440, 3),
        (None, 1_440, 0),
        (time(22, 0), None, 0),
    ],
)
def test_a_session_ends_on_a_diary_day_cut_at_four(start: time | None, minutes: int | None, days: int):
    assert (session(local_time=start, duration_minutes=minutes).ends_on - DAY).days == days


def test_dose_by_weight_is_exact_and_the_highest_pressure_is_found():
    treated = session(
        dose_mg=4_200,
        weight_kg=7_000,
        vitals=(r.Vital(systolic=130, diastolic=80), r.Vital(systolic=150, diastolic=70), r.Vital(pulse=80)),
    )
    assert treated.mg_per_kg == Fraction(3, 5)
    assert treated.peak_pressure == (150, 70)
    assert (session(dose_mg=4_200).mg_per_kg, session().peak_pressure) == (None, None)


def test_a_name_typed_in_two_ways_is_one_name():
    assert r.normalised("Ame\u0301lie") == "Am\u00e9lie"


def test_a_form_can_ask_for_the_range_of_a_field():
    assert v.range_of(r.Vital, "pulse").words(300) == "300"


def test_records_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        session().day = DAY  # type: ignore[misc]


@given(st.integers(-2_000_000, 2_000_000))
def test_hundredths_read_back_from_their_words(stored: int):
    words = v.Range("x", -2_000_000, 2_000_000, "", 100).words(stored)
    assert Fraction(words.replace(",", "")) == Fraction(stored, 100)
    assert not words.endswith(".")
