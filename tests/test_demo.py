"""The made-up diary: the same for the same seed, as full as the figures ask, and true to the literature."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from random import Random
from statistics import median
from typing import TypeVar

import pytest

from ketatrack import demo
from ketatrack.analysis import measures
from ketatrack.analysis.result import Relief, newest, relief
from ketatrack.diary import database, reading
from ketatrack.diary.database import Diary
from ketatrack.errors import WrongUsage
from ketatrack.models.enums import Phase, Reason
from ketatrack.models.records import Answers, Baseline, CheckIn, Record, Session, Tracked

TODAY = date(2026, 11, 23)
R = TypeVar("R", bound=Record)


def of(kind: type[R], records: Sequence[Record]) -> list[R]:
    return [record for record in records if isinstance(record, kind)]


@pytest.fixture(scope="module")
def two_years() -> tuple[Record, ...]:
    return demo.records(demo.YEARS, demo.SEED, TODAY)


@pytest.fixture(scope="module")
def truth() -> list[demo.Episode]:
    """What truly happened to forty made-up people in ten years, without each one's unfinished last course."""
    return [episode for seed in range(40) for episode in demo.episodes(Random(seed), 3600)[:-1]]


def mood(records: Sequence[Record]) -> Relief:
    measure = measures.measure_of("low_mood", of(Tracked, records))
    (identity,) = (each.id for each in of(Tracked, records) if each.key == "low_mood")
    rated = [(each.day, each.local_time, each.value(identity)) for each in of(CheckIn, records)]
    scores = [(day, clock, value) for day, clock, value in rated if value is not None]
    baseline = newest(of(Baseline, records), "low_mood")
    return relief(measure, scores, of(Session, records), baseline=baseline, rule=None, today=TODAY)


def test_the_same_seed_makes_the_same_records(two_years: tuple[Record, ...]) -> None:
    assert demo.records(demo.YEARS, demo.SEED, TODAY) == two_years
    other = demo.records(demo.YEARS, demo.SEED + 1, TODAY)
    assert {each.id for each in of(CheckIn, other)}.isdisjoint(each.id for each in of(CheckIn, two_years))


def test_every_id_is_there_once(two_years: tuple[Record, ...]) -> None:
    assert max(Counter(two_year.id for two_year in two_years).values()) == 1


@pytest.mark.parametrize("seed", [1, 2, demo.SEED])
def test_ten_years_are_as_full_as_the_figures_ask(seed: int) -> None:
    records = demo.records(10, seed, TODAY)
    assert len(of(CheckIn, records)) >= 3650
    assert len(of(Session, records)) >= 150
    forms = Counter(each.instrument for each in of(Answers, records))
    assert set(forms) == {"phq9", "gad7", "peg"}
    assert min(forms.values()) >= 500


def test_relief_is_the_weibull_of_the_literature(truth: list[demo.Episode]) -> None:
    after_single = [each for each in truth if len(each.days) == 1]
    lasted = [each.relief for each in truth if each.relief]
    share = sum(each.relief > 0 for each in after_single) / len(after_single)
    assert share == pytest.approx(0.70, abs=0.03)
    assert median(lasted) == pytest.approx(18, abs=0.8)
    for day, expected in ((7, 0.845), (14, 0.622), (28, 0.261)):
        assert sum(each > day for each in lasted) / len(lasted) == pytest.approx(expected, abs=0.03)


def test_a_series_of_six_then_one_every_two_to_six_weeks(truth: list[demo.Episode]) -> None:
    for seed in range(5):
        found = demo.episodes(Random(seed), 1000)
        assert len(found[0].days) == 6
        assert 14 <= found[0].days[-1] <= 21
        assert all(14 <= after.days[0] - before.end <= 42 for before, after in pairwise(found))
        assert found[-1].relief > demo.DAYS_SINCE_LAST
    reasons = Counter(each.reason for each in truth)
    assert reasons[Reason.SYMPTOMS] > reasons.total() / 2
    assert set(reasons) == set(Reason)


def test_the_diary_reads_back_what_truly_happened(two_years: tuple[Record, ...]) -> None:
    result = mood(two_years)
    assert result.since == demo.DAYS_SINCE_LAST
    assert result.spans[-1].running
    assert result.estimate.median is not None
    assert 10 <= float(result.estimate.median.value or 0) <= 30
    assert 0.5 <= result.estimate.followed / len(result.spans) <= 0.9


def test_baselines_are_those_the_diary_computes(two_years: tuple[Record, ...]) -> None:
    found = {each.measure: float(each.value) for each in of(Baseline, two_years)}
    assert set(found) == {"low_mood", "anxiety", "pain", "energy", "phq9", "gad7", "peg"}
    assert 16 <= found["phq9"] <= 20


def test_days_are_missing_and_some_have_two_check_ins(two_years: tuple[Record, ...]) -> None:
    a_day = Counter(each.day for each in of(CheckIn, two_years))
    lived = (TODAY - min(a_day)).days + 1
    assert 0.85 * lived < len(a_day) < lived
    assert max(a_day.values()) == 2
    assert a_day[TODAY] == 1
    assert max(each.day for each in of(Answers, two_years)) == TODAY - timedelta(days=7)


def test_notes_vary_and_nobody_is_in_a_made_up_crisis(two_years: tuple[Record, ...]) -> None:
    notes = [each.note for each in of(CheckIn, two_years) if each.note]
    assert len(set(notes)) > 0.7 * len(notes)
    assert all((each.items or ())[8] == 0 for each in of(Answers, two_years) if each.instrument == "phq9")


def test_sessions_are_numbered_and_filled_in(two_years: tuple[Record, ...]) -> None:
    sessions = of(Session, two_years)
    assert [session.phase_number for session in sessions] == [*range(1, 7), *range(1, len(sessions) - 5)]
    assert [session.phase for session in sessions[:7]] == [Phase.SERIES] * 6 + [Phase.BOOSTER]
    assert all(session.peak_pressure and session.mg_per_kg and session.intention for session in sessions)


def test_an_own_habit_stands_beside_the_built_in_ones(two_years: tuple[Record, ...]) -> None:
    piano = of(Tracked, two_years)[-1]
    assert piano.name == "Piano"
    assert any(each.value(piano.id) for each in of(CheckIn, two_years))


@pytest.mark.parametrize("years", [0, -1, 31])
def test_a_length_that_makes_no_sense_is_refused(years: int) -> None:
    with pytest.raises(WrongUsage, match="from 1 to 30"):
        demo.records(years, 1, TODAY)


def test_a_single_year_is_enough() -> None:
    assert mood(demo.records(1, 3, TODAY)).estimate.followed >= 8


def test_it_goes_into_a_real_file_and_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "demo.ketatrack"
    diary: Diary = database.create(path, "correct horse battery staple")
    try:
        demo.fill(diary, 1, 4, TODAY)
        made = demo.records(1, 4, TODAY)
        with diary.read() as connection:
            assert set(reading.check_ins(connection)) == set(of(CheckIn, made))
            assert set(reading.sessions(connection)) == set(of(Session, made))
            assert set(reading.answers(connection)) == set(of(Answers, made))
            assert set(reading.baselines(connection)) == set(of(Baseline, made))
    finally:
        diary.close()
