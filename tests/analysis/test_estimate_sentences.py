"""How the numbers were worked out: every session is accounted for, and nothing is told that was not computed."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from test_estimates import EIGHT, START, lived

from ketatrack.analysis import estimate_sentences
from ketatrack.analysis.estimates import estimates
from ketatrack.analysis.measures import measure_of
from ketatrack.analysis.result import Gate, relief
from ketatrack.models.enums import BaselineSource, Reason, Route
from ketatrack.models.records import Session
from ketatrack.models.tracked import built_in


def told(result) -> dict[str, tuple[str, ...]]:
    return {part.heading: part.lines for part in estimate_sentences.parts(result, estimates(result), date.isoformat)}


def test_every_session_is_used_or_left_out_with_its_reason():
    days = [START, START + timedelta(days=30), START + timedelta(days=60), START + timedelta(days=62)]
    attended = [Session(day=day, route=Route.ORAL, reason=Reason.PLANNED) for day in days]
    attended += [Session(day=START + timedelta(days=n), route=Route.ORAL) for n in (100, 130)]
    scores = [(START + timedelta(days=n), None, 200 if n < 12 else 800) for n in range(1, 60)]
    scores += [(START + timedelta(days=62 + n), None, 200) for n in range(1, 20)]
    result = relief(
        measure_of("low_mood", built_in()),
        scores,
        attended,
        baseline=EIGHT,
        rule=None,
        today=START + timedelta(days=150),
    )
    parts = told(result)
    assert parts["Sessions used"] == (
        "2 followed, 1 end, 2026-01-01 to 2026-03-04.",
        "Not seen to fade, so each counts only as at least that long: 2026-03-04.",
        "Sessions at most 5 days apart count together, as one: the last of them on 2026-03-04.",
    )
    assert parts["Left out, or counted otherwise"] == (
        "No response, so in the response rate and not in the curve: 2026-01-31.",
        "Not assessed: 2026-04-11, 2026-05-11. There is no entry in the first 3 days.",
    )


def test_the_method_tells_only_what_was_computed():
    few = told(lived([12, 29, 29]))
    assert len(few["Method"]) == 1
    assert "What was found" in few
    early = " ".join(told(lived([12, 14, 16]))["Method"])
    assert "Weibull" in early
    assert "half faded by day 18; 90 % of people between 5 and 67" in early
    assert "Curve" not in early
    enough = " ".join(told(lived([9, 12, 14, 16, 20, 29]))["Method"])
    assert "Kaplan-Meier" in enough
    assert "Peterson" in enough
    assert "Turnbull" in " ".join(told(lived([9, 12, 14, 16, 20, 29], step=3))["Method"])


def test_pain_starts_from_its_own_studies():
    assert "half faded by day 21" in " ".join(told(lived([12, 14, 16], key="pain"))["Method"])


def test_many_days_are_counted_not_listed():
    parts = told(lived([29] * 14))
    assert parts["Sessions used"][1].startswith(
        "Not seen to fade, so each counts only as at least that long: 6 earlier"
    )


def test_the_limits_are_always_told():
    for lengths in ([], [12], [12, 14, 16, 18, 20]):
        assert told(lived(lengths))["What this cannot say"] == estimate_sentences.limits()


@pytest.mark.parametrize("baseline", [None, replace(EIGHT, value=EIGHT.value / 4)])
def test_without_a_rule_the_reason_is_told(baseline):
    result = lived([12, 14])
    without = relief(result.measure, [], result.sessions, baseline=baseline, rule=None, today=result.today)
    assert told(without)["Sessions used"] == ("None yet.",)
    assert "aseline" in " ".join(told(without)["Left out, or counted otherwise"])


@pytest.mark.parametrize(
    ("lengths", "expected"),
    [
        ([9, 9, 12, 12, 15, 15, 18, 29], "somewhere between day"),
        ([9, 9, 12, 12, 15, *[29] * 8], ""),
    ],
)
def test_with_boxes_the_median_is_a_box_or_silent(lengths, expected):
    result = lived(lengths, step=3)
    numbers = estimates(result)
    assert numbers.gate is Gate.MEDIAN
    assert numbers.turnbull is not None
    sentence = estimate_sentences.half_faded(result, numbers)
    assert expected in sentence
    assert bool(sentence) is bool(expected)


def test_a_computed_baseline_is_told_with_its_days():
    computed = replace(
        EIGHT, source=BaselineSource.COMPUTED, readings=7, from_day=START - timedelta(days=7), to_day=START
    )
    rule = told(replace(lived([12, 14, 16]), baseline=computed))["When it counts as relief"]
    assert rule[0] == "Baseline 8, computed from 7 readings, 2025-12-25 to 2026-01-01."
