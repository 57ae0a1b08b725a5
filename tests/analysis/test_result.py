"""Which measure tells how long relief lasted, and against which baseline."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest

from ketatrack.analysis.episodes import Span, Status
from ketatrack.analysis.result import automatic_measure, faded_now, known_measures, main_measure, relief_of, reliefs_of
from ketatrack.errors import InvalidValue
from ketatrack.models.enums import BaselineSource, Route, RuleKind
from ketatrack.models.records import Baseline, Rule, Session, Settings
from ketatrack.models.relief_records import ReliefRecords, Score
from ketatrack.models.tracked import built_in

TODAY = date(2026, 11, 23)
SESSION = Session(day=TODAY - timedelta(days=20), route=Route.ORAL)
WRITTEN = datetime(2026, 11, 1, 9, tzinfo=UTC)
AFTER: tuple[Score, ...] = ((TODAY - timedelta(days=10), None, 3),)
DURING: tuple[Score, ...] = ((SESSION.day, None, 3),)
BEFORE: tuple[Score, ...] = ((SESSION.day - timedelta(days=2), None, 18),)


def diary(archived: tuple[str, ...] = (), **given) -> ReliefRecords:
    rows = tuple(replace(item, archived=item.key in archived) for item in built_in())
    return ReliefRecords(**({"tracked": rows, "sessions": (SESSION,)} | given))


def typed(measure: str, value: int, hours: int = 0) -> Baseline:
    at = WRITTEN + timedelta(hours=hours)
    return Baseline(measure=measure, value=Fraction(value), source=BaselineSource.TYPED, recorded_at=at)


@pytest.mark.parametrize(
    ("records", "key"),
    [
        (diary(), "low_mood"),
        (diary(scores={"anxiety": DURING}), "anxiety"),
        (diary(scores={"low_mood": AFTER, "anxiety": AFTER}, baselines=(typed("anxiety", 8),)), "anxiety"),
        (diary(scores={"low_mood": AFTER, "phq9": AFTER}, baselines=(typed("phq9", 18),)), "phq9"),
        (diary(scores={"low_mood": AFTER, "phq9": (*BEFORE, *AFTER)}), "phq9"),
        (
            diary(scores={"low_mood": DURING, "phq9": AFTER}, baselines=(typed("low_mood", 8), typed("phq9", 18))),
            "phq9",
        ),
        (diary(scores={"low_mood": AFTER, "phq9": AFTER}, baselines=(typed("low_mood", 2), typed("phq9", 18))), "phq9"),
        (
            diary(
                scores={"phq9": AFTER, "peg": AFTER},
                baselines=(typed("phq9", 18), typed("peg", 18)),
                settings=Settings(instruments=("peg",)),
            ),
            "peg",
        ),
        (
            diary(
                scores={"phq9": AFTER, "peg": AFTER},
                baselines=(typed("phq9", 18), typed("peg", 18)),
                settings=Settings(instruments=("peg", "phq9")),
            ),
            "phq9",
        ),
        (
            diary(
                scores={"low_mood": AFTER, "phq9": AFTER},
                rules=(Rule(measure="phq9", kind=RuleKind.REMISSION, recorded_at=WRITTEN),),
            ),
            "phq9",
        ),
        (
            diary(archived=("low_mood",), scores={"low_mood": AFTER, "pain": AFTER}, baselines=(typed("low_mood", 8),)),
            "pain",
        ),
        (
            diary(archived=("low_mood",), scores={"pain": AFTER}, settings=Settings(relief_measure="low_mood")),
            "low_mood",
        ),
        (diary(scores={"low_mood": AFTER}, settings=Settings(relief_measure="gad7")), "gad7"),
        (diary(scores={"anxiety": AFTER}, settings=Settings(relief_measure="long gone")), "anxiety"),
    ],
)
def test_the_main_measure(records, key):
    assert main_measure(records, TODAY).key == key


def test_a_choice_stands_beside_what_would_be_taken_without_it():
    records = diary(archived=("low_mood",), scores={"pain": AFTER}, settings=Settings(relief_measure="low_mood"))
    assert automatic_measure(records, TODAY).key == "pain"
    assert [known_measure.key for known_measure in known_measures(records, TODAY)][:2] == ["low_mood", "anxiety"]


def test_the_newest_stored_baseline_applies_else_the_computed_one():
    records = diary(scores={"phq9": (*BEFORE, *AFTER)})
    computed = relief_of(records, TODAY).baseline
    assert computed is not None
    assert (computed.value, computed.source, computed.readings) == (18, BaselineSource.COMPUTED, 1)
    stored = replace(records, baselines=(typed("phq9", 20, hours=1), typed("phq9", 16)))
    assert relief_of(stored, TODAY).baseline == stored.baselines[0]


def test_the_main_measure_comes_first_of_all_that_have_readings():
    records = diary(scores={"low_mood": AFTER, "pain": AFTER, "phq9": (*BEFORE, *AFTER)})
    assert [each.measure.key for each in reliefs_of(records, TODAY)] == ["phq9", "low_mood", "pain"]
    assert relief_of(records, TODAY, "pain").measure.key == "pain"
    with pytest.raises(InvalidValue):
        relief_of(records, TODAY, "exercise")


def test_relief_has_faded_now_only_after_the_latest_session():
    ended = Span(date(2026, 1, 1), (), Status.ENDED, 5, 6, "", None, None)
    nothing = relief_of(diary(), date(2026, 1, 20))
    for spans, faded in (
        ((), False),
        ((ended,), True),
        ((replace(ended, upper=None),), False),
        ((replace(ended, next_day=14),), False),
    ):
        assert faded_now(replace(nothing, spans=spans)) is faded
