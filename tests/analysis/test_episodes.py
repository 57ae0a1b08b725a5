"""The episode cases of the design, word for word, and the rules around them."""

from collections.abc import Sequence
from datetime import date, time, timedelta
from fractions import Fraction
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketatrack.analysis.episodes import Span, Status, courses, readings_of, relief_spans
from ketatrack.analysis.measures import Criterion, Reading
from ketatrack.models.enums import Reason, Route
from ketatrack.models.records import Session

DAY_0 = date(2025, 3, 1)
TODAY = DAY_0 + timedelta(days=60)
WEEKLY = Criterion(Fraction(10), below=False, window=14, confirm_after=5)
DAILY = Criterion(Fraction(10), below=False, window=3, confirm_after=1)


def session(day: int, reason: Reason = Reason.PLANNED, clock: time | None = time(10), **more: Any) -> Session:
    more.setdefault("id", UUID(int=10_000 + day))
    return Session(day=DAY_0 + timedelta(days=day), local_time=clock, route=Route.INTRAVENOUS, reason=reason, **more)


def reading(day: int, value: int | Fraction, clock: time | None = None) -> Reading:
    return Reading(DAY_0 + timedelta(days=day), clock, Fraction(value))


def read(words: str) -> list[Reading]:
    """Readings from "7:8 14:6"."""
    return [reading(*map(int, part.split(":"))) for part in words.split()]


def spans(
    words: str, *following: Session, rule: Criterion | None = WEEKLY, today: date = TODAY, **more: Any
) -> tuple[Span, ...]:
    return relief_spans(read(words), [session(0), *following], rule, today=today, **more)


def first(words: str, *following: Session, **more: Any) -> tuple[str, int | None, int | None]:
    span = spans(words, *following, **more)[0]
    return str(span.status), span.lower, span.upper


SYMPTOMS = Reason.SYMPTOMS
CASES = [
    (1, "7:8 14:6 21:9 28:13 35:15", (), ("ended", 21, 28)),
    (2, "7:8 14:12 21:9 28:7", ((30, Reason.PLANNED),), ("censored", 28, None)),
    (3, "7:9 14:11", ((16, SYMPTOMS),), ("ended", 7, 14)),
    (4, "7:9", ((18, SYMPTOMS),), ("ended", 7, 18)),
    (5, "7:15 14:14", (), ("no_response", None, None)),
    (6, "20:6", (), ("not_assessed", None, None)),
    (7, "7:9 14:11", (), ("unconfirmed", 7, None)),
    (8, "7:9 14:11 18:12", ((21, Reason.PLANNED),), ("unconfirmed", 7, None)),
]


@pytest.mark.parametrize(("number", "words", "following", "expected"), CASES)
def test_the_weekly_cases_of_the_design(
    number: int, words: str, following: Sequence[tuple[int, Reason]], expected: object
) -> None:
    assert first(words, *(session(*each) for each in following)) == expected, number


def test_case_9_half_of_an_odd_baseline_is_exact() -> None:
    rule = Criterion(Fraction(15, 2), below=False, window=14, confirm_after=5)
    assert first("7:8 10:7", session(12), rule=rule) == ("censored", 10, None)


def test_case_10_peg_sums_at_thirty_percent() -> None:
    rule = Criterion(Fraction(21 * 7, 10), below=False, window=10, confirm_after=5)
    assert first("3:14 10:15 17:16", rule=rule) == ("ended", 3, 10)
    assert first("3:15 9:15", rule=rule) == ("no_response", None, None)


def test_the_reason_wins_over_a_reading_in_relief_on_the_day_itself() -> None:
    own = [*read("7:8 10:12"), reading(16, 8, time(8))]
    (span, _) = relief_spans(own, [session(0), session(16, SYMPTOMS)], WEEKLY, today=TODAY)
    assert (span.status, span.lower, span.upper) == (Status.ENDED, 7, 16)


def test_only_that_days_reading_in_relief_ends_from_day_0() -> None:
    own = [reading(9, 8, time(8))]
    (span, _) = relief_spans(own, [session(0), session(9, SYMPTOMS)], WEEKLY, today=TODAY)
    assert (span.lower, span.upper) == (0, 9)


@pytest.mark.parametrize("reason", [Reason.PLANNED, Reason.CLINIC, Reason.OTHER, Reason.NOT_SAID])
def test_every_other_reason_censors_at_the_last_reading_in_relief(reason: Reason) -> None:
    span = spans("7:8 14:9", session(20, reason))[0]
    assert (span.status, span.lower, span.upper) == (Status.CENSORED, 14, None)
    assert (span.next_reason, span.next_day, span.running) == (reason, 20, False)


def test_a_reason_not_said_counts_as_symptoms_in_the_sensitivity_result() -> None:
    next_session = session(20, Reason.NOT_SAID)
    assert first("7:8 14:9", next_session, not_said=SYMPTOMS) == ("ended", 14, 20)


def test_a_confirmed_loss_counts_before_the_next_session_does() -> None:
    assert first("7:8 14:12 19:13", session(30)) == ("ended", 7, 14)
    assert first("7:8 14:12 19:13 21:5", session(30)) == ("ended", 7, 14)


def test_a_reading_in_relief_between_makes_the_loss_start_anew() -> None:
    assert first("7:8 14:12 18:9 20:12 24:13", session(30)) == ("unconfirmed", 18, None)


def test_daily_readings_confirm_after_one_day() -> None:
    assert first("1:5 2:12 3:12", rule=DAILY) == ("ended", 1, 2)
    assert first("1:5 2:12", rule=DAILY) == ("unconfirmed", 1, None)


def test_a_running_session_is_censored_at_its_last_reading_in_relief() -> None:
    (span,) = spans("7:8 14:8")
    assert (span.status, span.lower, span.running, span.followed) == (Status.CENSORED, 14, True, True)


@pytest.mark.parametrize(
    ("words", "following", "today", "status", "said"),
    [
        ("7:15", (9,), 60, "not_assessed", "day 9"),
        ("", (9,), 60, "not_assessed", "day 9"),
        ("7:15", (14,), 60, "not_assessed", "day 14"),
        ("7:15 12:15", (15,), 60, "no_response", "first 14 days"),
        ("7:15", (), 13, "not_assessed", "not over yet"),
        ("7:15", (), 14, "not_assessed", "not over yet"),
        ("7:15 14:15", (), 14, "no_response", "first 14 days"),
        ("7:15", (), 15, "no_response", "first 14 days"),
        ("", (), 15, "not_assessed", "no entry"),
        ("15:4", (), 30, "not_assessed", "no entry"),
        ("7:15 15:4 22:4", (), 30, "no_response", "first 14 days"),
    ],
)
def test_the_response_window(words: str, following: tuple[int, ...], today: int, status: str, said: str) -> None:
    span = spans(words, *(session(day) for day in following), today=DAY_0 + timedelta(days=today))[0]
    assert (str(span.status), span.lower, span.upper, span.followed) == (status, None, None, False)
    assert said in span.note


def test_a_reading_before_the_next_session_closes_the_window_on_its_last_day() -> None:
    own = [reading(7, 15), reading(14, 15, time(8))]
    span = relief_spans(own, [session(0), session(14)], WEEKLY, today=TODAY)[0]
    assert span.status is Status.NO_RESPONSE


def test_day_0_counts_for_nothing() -> None:
    assert first("0:2 7:15", rule=WEEKLY) == ("no_response", None, None)


@pytest.mark.parametrize(
    ("clock", "next_clock", "lower"),
    [
        (time(9, 59), time(10), 20),
        (time(10), time(10), 7),
        (time(10, 1), time(10), 7),
        (None, time(10), 7),
        (time(8), None, 7),
        (time(1, 30), time(10), 7),
        (time(23), time(1, 30), 20),
    ],
)
def test_readings_on_the_day_of_the_next_course(clock: time | None, next_clock: time | None, lower: int) -> None:
    own = [*read("7:8"), reading(20, 8, clock)]
    span = relief_spans(own, [session(0), session(20, clock=next_clock)], WEEKLY, today=TODAY)[0]
    assert span.lower == lower


def test_a_reading_after_the_next_course_began_is_never_of_the_one_before_however_early_its_clock() -> None:
    old, new = courses([session(0), session(20)], TODAY)
    late = reading(22, 8, time(8))
    assert readings_of(old, new, [late]) == []
    assert readings_of(new, None, [late]) == [late]


def test_a_day_is_split_by_course_before_its_mean_is_taken() -> None:
    own = [*read("7:8"), reading(20, 8, time(8)), reading(20, 20, time(12)), reading(22, 8)]
    old, new = relief_spans(own, [session(0), session(20)], WEEKLY, today=TODAY)
    assert (old.lower, new.lower) == (20, 2)


def test_several_readings_a_day_count_as_their_exact_mean() -> None:
    third = Criterion(Fraction(10, 3), below=False, window=14, confirm_after=5)
    own = [reading(7, 3), reading(7, 3), reading(7, 4)]
    (span,) = relief_spans(own, [session(0)], third, today=TODAY)
    assert span.lower == 7


def test_a_series_is_one_course_and_weekly_maintenance_is_not() -> None:
    days = [0, 3, 7, 10, 14, 17, 24, 31]
    runs = courses([session(day) for day in days], TODAY)
    assert [len(run.sessions) for run in runs] == [6, 1, 1]
    assert courses([session(0), session(5)], TODAY)[0].end == DAY_0 + timedelta(days=5)
    assert len(courses([session(0), session(6)], TODAY)) == 2


def test_days_count_from_the_day_the_last_session_ended() -> None:
    late = session(0, clock=time(23), duration_minutes=6 * 60)
    (span,) = relief_spans(read("8:8"), [late], WEEKLY, today=TODAY)
    assert (span.lower, span.day) == (7, DAY_0 + timedelta(days=1))


def test_a_session_of_days_begins_no_second_course_while_it_lasts() -> None:
    infusion = session(0, duration_minutes=4 * 1440)
    assert len(courses([infusion, session(9, clock=time(9))], TODAY)) == 1
    assert len(courses([infusion, session(1), session(10)], TODAY)) == 2


def test_daily_lozenges_have_no_span_but_end_the_one_before() -> None:
    lozenges = [session(day, SYMPTOMS) for day in range(20, 56)]
    found = relief_spans(read("7:8 14:9"), [session(0), *lozenges], WEEKLY, today=TODAY)
    assert [(span.status, span.lower, span.upper) for span in found] == [(Status.ENDED, 14, 20)]
    assert courses(lozenges, TODAY)[0].too_long


def test_a_course_of_exactly_30_days_still_has_a_span() -> None:
    found = relief_spans(read("35:8"), [session(day) for day in range(0, 31, 5)], WEEKLY, today=TODAY)
    assert [span.lower for span in found] == [5]


def test_the_first_session_of_the_next_course_says_why_it_came() -> None:
    found = spans("7:8", session(20, SYMPTOMS), session(23, Reason.PLANNED))
    assert found[0].next_reason is SYMPTOMS
    assert found[1].session_ids == (UUID(int=10_020), UUID(int=10_023))


def test_without_a_rule_nothing_is_assessed() -> None:
    (span,) = spans("7:8", rule=None, without_rule="There is no baseline yet.")
    assert (span.status, span.note) == (Status.NOT_ASSESSED, "There is no baseline yet.")


def test_what_lies_in_the_future_does_not_count_yet() -> None:
    before = spans("7:8 14:8", today=DAY_0 + timedelta(days=14))
    assert spans("7:8 14:8 21:9", session(25), today=DAY_0 + timedelta(days=14)) == before


def test_no_sessions_no_spans() -> None:
    assert relief_spans(read("7:8"), [], WEEKLY, today=TODAY) == ()


def test_readings_before_the_first_session_belong_to_nothing() -> None:
    assert spans("-9:4 -1:4 7:8") == spans("7:8")


def test_sessions_in_the_same_minute_are_one_course_in_a_fixed_order() -> None:
    twins = [session(0, id=UUID(int=2)), session(0, id=UUID(int=1))]
    found = relief_spans([], twins, WEEKLY, today=TODAY)
    assert found == relief_spans([], twins[::-1], WEEKLY, today=TODAY)
    assert found[0].session_ids == (UUID(int=1), UUID(int=2))


CLOCKS = st.none() | st.times().map(lambda each: each.replace(second=0, microsecond=0))
READINGS = st.lists(st.builds(reading, st.integers(-10, 70), st.integers(0, 27), CLOCKS), max_size=40)
SESSIONS = st.dictionaries(st.integers(0, 65), st.tuples(st.sampled_from(Reason), CLOCKS), max_size=8).map(
    lambda found: [session(day, reason, clock) for day, (reason, clock) in found.items()]
)
RULES = st.sampled_from([WEEKLY, DAILY])


@given(READINGS, SESSIONS, RULES, st.randoms(use_true_random=False))
def test_the_order_of_readings_and_sessions_changes_nothing(
    own: list[Reading], attended: list[Session], rule: Criterion, random: Any
) -> None:
    before = relief_spans(own, attended, rule, today=TODAY)
    random.shuffle(own)
    random.shuffle(attended)
    assert relief_spans(own, attended, rule, today=TODAY) == before


@given(READINGS, SESSIONS, RULES)
def test_every_span_is_an_interval_that_can_be(own: list[Reading], attended: list[Session], rule: Criterion) -> None:
    found = relief_spans(own, attended, rule, today=TODAY)
    for span in found:
        assert (span.status is Status.ENDED) == (span.upper is not None)
        assert span.followed == (span.status in {Status.ENDED, Status.CENSORED, Status.UNCONFIRMED})
        assert span.lower is None or span.lower >= (0 if span.next_reason is SYMPTOMS else 1)
        assert span.upper is None or (span.lower or 0) < span.upper <= (span.next_day or 60)
        assert span.note
    assert sum(span.running for span in found) <= 1
    assert list(found) == sorted(found, key=lambda span: span.day)


@given(READINGS, SESSIONS, RULES)
def test_planning_one_more_session_never_creates_an_end(
    own: list[Reading], attended: list[Session], rule: Criterion
) -> None:
    before = relief_spans(own, attended, rule, today=TODAY)
    after = relief_spans(own, [*attended, session(60, clock=None)], rule, today=TODAY)
    ends = [span.day for span in before if span.status is Status.ENDED]
    assert {span.day for span in after if span.status is Status.ENDED} <= set(ends)


@given(READINGS, SESSIONS, RULES)
def test_reasons_not_said_as_symptoms_only_add_ends(
    own: list[Reading], attended: list[Session], rule: Criterion
) -> None:
    plain = relief_spans(own, attended, rule, today=TODAY)
    other = relief_spans(own, attended, rule, today=TODAY, not_said=SYMPTOMS)
    for one, two in zip(plain, other, strict=True):
        changed = one.next_reason is Reason.NOT_SAID and one.followed and one.status is not Status.ENDED
        assert (two.status is Status.ENDED) if changed else one == two


def test_without_a_today_the_last_day_written_down_counts() -> None:
    sessions = [session(0), session(30)]
    given = [reading(day, 8 if day <= 10 else 15) for day in (2, 5, 10, 17, 24)]
    assert relief_spans(given, sessions, WEEKLY) == relief_spans(
        given, sessions, WEEKLY, today=DAY_0 + timedelta(days=30)
    )
    assert relief_spans([], [], WEEKLY) == ()
