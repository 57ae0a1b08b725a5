"""What may be said with how much data, in which words, and the JSON of the command line."""

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from typing import Any
from uuid import UUID

import pytest

from ketatrack.analysis import sentences as words
from ketatrack.analysis.episodes import Span, Status
from ketatrack.analysis.measures import measure_of
from ketatrack.analysis.result import Relief, as_json, computed_baseline, estimate, newest, relief
from ketatrack.models.enums import BaselineSource, Reason, Route, RuleKind
from ketatrack.models.records import Baseline, Rule, Session
from ketatrack.models.relief_records import Score
from ketatrack.models.tracked import built_in

START = date(2025, 1, 6)
NOON = datetime(2025, 1, 1, 12, tzinfo=UTC)
MOOD = measure_of("low_mood", built_in())
PHQ9 = measure_of("phq9")
EIGHT = Baseline(measure="low_mood", value=Fraction(8), source=BaselineSource.TYPED, recorded_at=NOON)


def session(day: int, reason: Reason = Reason.PLANNED, **more: Any) -> Session:
    return Session(
        id=UUID(int=day + 1),
        day=START + timedelta(days=day),
        local_time=time(10),
        route=Route.NASAL,
        reason=reason,
        **more,
    )


def daily(lengths: Sequence[int], every: int = 30, level: int = 2) -> list[Score]:
    """A rating a day: `level` for each length after its session, then 8."""
    days = range(1, every * len(lengths))
    return [
        (START + timedelta(days=day), time(20), 100 * (level if day % every <= lengths[day // every] else 8))
        for day in days
        if day % every
    ]


def lived(lengths: Sequence[int], reason: Reason = Reason.PLANNED, every: int = 30, **more: Any) -> Relief:
    sessions = [session(every * n, reason) for n in range(len(lengths))]
    more.setdefault("today", START + timedelta(days=every * len(lengths) - 1))
    more = {"baseline": EIGHT, "rule": None, **more}
    return relief(MOOD, daily(lengths, every), sessions, **more)


def span(lower: int | None, upper: int | None, next_day: int | None = 40) -> Span:
    status = Status.NO_RESPONSE if lower is None else Status.CENSORED if upper is None else Status.ENDED
    return Span(START, (), status, lower, upper, "note", None, next_day)


@pytest.mark.parametrize(
    ("ended", "cut", "curve", "median"),
    [
        (2, 3, False, False),
        (3, 1, False, False),
        (3, 2, True, False),
        (4, 4, True, False),
        (5, 2, True, False),
        (5, 3, True, True),
    ],
)
def test_the_curve_needs_five_and_three_the_median_eight_and_five(
    ended: int, cut: int, curve: bool, median: bool
) -> None:
    found = estimate([span(10 + n, 11 + n) for n in range(ended)] + [span(20, None)] * cut)
    assert (found.followed, found.ends) == (ended + cut, ended)
    assert (bool(found.curve), found.median is not None) == (curve, median)


def test_no_response_and_not_assessed_are_not_in_the_curve() -> None:
    found = estimate([span(None, None), *[span(10, 11)] * 5])
    assert found.followed == 5
    assert found.curve[0].at_risk == 5


def test_entries_too_far_apart_give_no_curve() -> None:
    found = estimate([span(7, 14)] * 8)
    assert (found.apart, found.curve, found.median) == (True, (), None)


def test_the_sentence_of_entries_too_far_apart() -> None:
    weekly = [
        (START + timedelta(days=30 * n + day), None, score)
        for n in range(6)
        for day, score in ((7, 8), (14, 15), (21, 15))
    ]
    base = Baseline(measure="phq9", value=Fraction(18), source=BaselineSource.TYPED, recorded_at=NOON)
    result = relief(
        PHQ9, weekly, [session(30 * n) for n in range(6)], baseline=base, rule=None, today=START + timedelta(days=180)
    )
    assert result.estimate.apart
    assert "With weekly scores alone" in words.cautions(result)[0]
    assert as_json(result)["kaplan_meier"] == []


def test_where_am_i_now_speaks_from_three_known_sessions_on() -> None:
    assert words.now(lived([12, 14, 29], today=START + timedelta(days=77))) == "Day 17 since your last session."
    known = lived([12, 14, 29, 29], today=START + timedelta(days=107))
    assert words.now(known) == (
        "Day 17 since your last session. In your sessions so far, relief had faded by day 17 in 2 of 3."
    )
    assert words.now(relief(MOOD, [], [], baseline=None, rule=None, today=START)) == ""


def test_one_end_is_said_in_the_singular() -> None:
    assert words.counts(lived([12, 29])) == "2 followed, 1 end"
    assert words.days_words(1.2) == "about 1 day"


def test_what_cannot_be_told_is_counted() -> None:
    sparse = [score for score in daily([12, 14, 29, 16, 29]) if score[0] != START + timedelta(days=90 + 17)]
    result = relief(
        MOOD, sparse, [session(30 * n) for n in range(5)], baseline=EIGHT, rule=None, today=START + timedelta(days=137)
    )
    assert result.faded_by_now == (2, 1, 1)
    assert words.now(result).endswith("in 2 of 3 (1 more cannot be told).")


def test_sessions_without_a_reason_are_counted_and_tried_as_symptoms() -> None:
    result = lived([12, 29, 29], Reason.NOT_SAID)
    assert result.not_said == 2
    assert result.if_symptoms is not None
    assert (result.estimate.ends, result.if_symptoms.ends) == (1, 2)
    cautions = words.cautions(result)
    assert cautions == (
        "Gaps in your notes make this less certain.",
        "Sessions without a reason noted, counted as planned: 2. As symptoms coming back: 2 ends, not 1.",
    )
    assert words.cautions(lived([12, 29, 29])) == ()
    same = lived([12, 13, 29], Reason.NOT_SAID)
    assert words.cautions(same)[1] == "Sessions without a reason noted, counted as planned: 2."


def test_no_reading_before_the_next_session_is_a_gap() -> None:
    early = [score for score in daily([29] * 4) if (score[0] - START).days % 30 < 15]
    result = relief(
        MOOD, early, [session(30 * n) for n in range(4)], baseline=EIGHT, rule=None, today=START + timedelta(days=119)
    )
    assert result.gaps
    assert not lived([29] * 4).gaps


def test_a_baseline_that_is_missing_or_too_low_is_said() -> None:
    missing = lived([12, 14], baseline=None)
    assert {each.status for each in missing.spans} == {Status.NOT_ASSESSED}
    assert missing.spans[0].note == "There is no baseline yet."
    assert words.cautions(missing)[0].startswith("No baseline yet")
    low = lived(
        [12, 14],
        baseline=Baseline(measure="low_mood", value=Fraction(7, 2), source=BaselineSource.TYPED, recorded_at=NOON),
    )
    assert low.spans[0].note == "The baseline is too low for a percentage."
    assert (
        words.cautions(low)[0]
        == "Your baseline of 3.5 is too low for a percentage, so the scores are shown as they are."
    )
    assert words.baseline_words(MOOD, low.baseline) == "Baseline 3.5, typed in"
    assert words.baseline_words(MOOD, None) == "No baseline yet"
    assert words.limit_words(low) == ""


def test_a_limit_of_ones_own_needs_no_baseline() -> None:
    rule = Rule(measure="low_mood", kind=RuleKind.AT_MOST, value=250, recorded_at=NOON)
    result = lived([12, 14], baseline=None, rule=rule)
    assert [each.lower for each in result.spans] == [12, 14]
    assert as_json(result)["rule"] == {"kind": "at_most", "value": 2.5}


def test_daily_lozenges_are_named_with_their_days() -> None:
    result = relief(
        MOOD, [], [session(day) for day in range(40)], baseline=EIGHT, rule=None, today=START + timedelta(days=50)
    )
    assert result.spans == ()
    assert words.cautions(result) == ("2025-01-06 – 2025-02-14: sessions too close together to time relief.",)


def test_the_newest_baseline_applies() -> None:
    later = Baseline(
        measure="low_mood", value=Fraction(7), source=BaselineSource.TYPED, recorded_at=NOON + timedelta(days=1)
    )
    other = Baseline(
        measure="phq9", value=Fraction(20), source=BaselineSource.TYPED, recorded_at=NOON + timedelta(days=2)
    )
    assert newest([later, EIGHT, other], "low_mood") == later
    assert newest([EIGHT], "phq9") is None


def test_a_computed_baseline_tells_where_it_comes_from() -> None:
    scores: list[Score] = [(START - timedelta(days=n), None, 700) for n in range(1, 8)]
    found = computed_baseline(MOOD, scores, [session(0)], START, NOON)
    assert found is not None
    result = relief(MOOD, scores, [session(0)], baseline=found, rule=None, today=START)
    assert as_json(result)["baseline"] == {
        "value": 7,
        "source": "computed",
        "from": "2024-12-30",
        "to": "2025-01-05",
        "readings": 7,
    }
    assert words.baseline_words(MOOD, found) == "Baseline 7, computed from 7 readings"
    assert computed_baseline(MOOD, scores, [], START, NOON) is None
    assert computed_baseline(MOOD, [], [session(0)], START, NOON) is None


def test_the_json_of_the_command_line() -> None:
    found = json.loads(
        json.dumps(
            as_json(
                lived([9, 12, 13, 15, 18, 18, 20, 22, 25], Reason.SYMPTOMS),
            ),
            allow_nan=False,
        )
    )
    assert list(found) == ["measure", "baseline", "rule", "spans", "kaplan_meier", "median"]
    assert found["baseline"] == {"value": 8, "source": "typed", "from": None, "to": None, "readings": None}
    assert found["rule"] == {"kind": "half", "value": None}
    assert found["spans"][0] == {
        "date": "2025-01-06",
        "session_ids": [str(UUID(int=1))],
        "status": "ended",
        "lower": 9,
        "upper": 10,
        "note": "Faded between day 9 and day 10.",
        "next_reason": "symptoms",
    }
    assert found["spans"][-1]["next_reason"] is None
    assert found["kaplan_meier"][0]["t"] == 9.5
    assert found["kaplan_meier"][-1] == {
        "t": 25.5,
        "at_risk": 1,
        "events": 1,
        "survival": 0.0,
        "standard_error": None,
        "lower": None,
        "upper": None,
    }
    assert found["median"] == {"value": 18.5, "lower": 9.5, "upper": 22.5}


def test_an_empty_diary_has_an_empty_result() -> None:
    found = as_json(relief(MOOD, [], [], baseline=None, rule=None, today=START))
    assert found["spans"] == found["kaplan_meier"] == []
    assert found["median"] == {"value": None, "lower": None, "upper": None}


@pytest.mark.parametrize(
    ("lower", "upper", "next_day", "short", "cell", "sentence"),
    [
        (20, 21, 30, "20–21", "20–21 d", "20–21 days"),
        (9, 12, 30, "9–12", "9–12 d", "9–12 days"),
        (0, 1, 30, "0–1", "0–1 d", "0–1 days"),
        (17, None, 30, "17+", "17 d or longer", "at least 17 days"),
        (17, None, None, "17+", "17 d so far", "17 days so far"),
        (1, None, None, "1+", "1 d so far", "1 day so far"),
        (1, None, 30, "1+", "1 d or longer", "at least 1 day"),
        (None, None, 30, "", "", ""),
    ],
)
def test_the_days_of_a_span_at_three_lengths(lower, upper, next_day, short, cell, sentence) -> None:
    made = span(lower, upper, next_day)
    assert [words.span_days(made, each) for each in words.Length] == [short, cell, sentence]


def test_how_each_span_ended() -> None:
    told = [words.days_and_end(each) for each in (span(9, 10), span(9, None), span(9, None, None), span(None, None))]
    assert told == ["9–10 days, faded", "at least 9 days, in relief at next session", "9 days so far", "no response"]
    assert words.how_it_ended(span(9, None, None)) == "in relief so far"
    assert words.relief_and_end(span(9, 10)) == "relief 9–10 days, faded"
    assert words.relief_and_end(span(None, None)) == "no response"


@pytest.mark.parametrize(
    ("key", "kind", "value", "said"),
    [
        ("low_mood", RuleKind.HALF, None, "4 or lower"),
        ("energy", RuleKind.AT_MOST, 650, "6.5 or higher"),
        ("phq9", RuleKind.REMISSION, None, "below 5"),
        ("peg", RuleKind.AT_MOST, 1200, "4 or lower"),
    ],
)
def test_where_the_relief_line_lies(key: str, kind: RuleKind, value: int | None, said: str) -> None:
    measure, rule = measure_of(key, built_in()), Rule(measure=key, kind=kind, value=value, recorded_at=NOON)
    result = relief(measure, [], [], baseline=EIGHT, rule=rule, today=START)
    assert words.limit_words(result) == said
