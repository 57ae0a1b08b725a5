"""The sentences that many diaries never come to."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, cast

import pytest
from test_relief import lived

from ketatrack.analysis import estimate_sentences, sentences
from ketatrack.analysis.estimates import estimates
from ketatrack.analysis.habit_patterns import limit_words
from ketatrack.analysis.kaplan_meier import Median
from ketatrack.models.enums import BaselineSource, Kind, Reason
from ketatrack.models.records import Tracked

TWELVE = [5, 9, 12, 8, 14, 11, 7, 10, 13, 6, 9, 12]


def test_the_median_is_silent_or_not_reached():
    result = lived(TWELVE, Reason.SYMPTOMS)
    without = replace(result, estimate=replace(result.estimate, median=None))
    assert sentences.median_sentence(without) == ""
    open_ended = replace(result, estimate=replace(result.estimate, median=Median(None, Decimal(3), None)))
    said = sentences.median_sentence(cast(Any, open_ended))
    assert said == "More than half of the sessions were still in relief at the last entry about them."


def test_a_pattern_unlike_published_averages_is_said():
    known = estimates(lived(TWELVE, Reason.SYMPTOMS), look_for_drift=False)
    assert known.posterior is not None
    words = "Your pattern differs from published averages."
    for differs in (False, True):
        changed = replace(known, posterior=replace(known.posterior, differs=differs))
        assert (words in " ".join(estimate_sentences.behind(lived(TWELVE, Reason.SYMPTOMS), changed))) is differs


def test_sessions_too_close_together_are_named():
    result = replace(lived(TWELVE), too_close=((date(2025, 1, 6), date(2025, 2, 20)),))
    lines = [
        line for part in estimate_sentences.parts(result, estimates(result), date.isoformat) for line in part.lines
    ]
    assert "2025-01-06 to 2025-02-20: sessions too close together to time relief." in lines


@pytest.mark.parametrize(
    ("kind", "unit", "expected"),
    [
        (Kind.YES_NO, "", "a yes to piano"),
        (Kind.COUNT, "", "any piano"),
        (Kind.MINUTES, "min", "more than 30 min of piano"),
    ],
)
def test_the_limit_of_a_habit_in_words(kind, unit, expected):
    habit = Tracked(key="piano", name="Piano", kind=kind, unit=unit, is_measure=False)
    assert limit_words(habit) == expected


def test_before_the_first_session_nothing_has_faded():
    result = lived([])
    assert result.since is None
    assert (sentences.now(result), sentences.faded_by_now(result)) == ("", "")


def test_what_relief_is_measured_by_names_a_baseline_that_was_computed():
    result = lived(TWELVE)
    assert result.baseline is not None
    computed = replace(result, baseline=replace(result.baseline, source=BaselineSource.COMPUTED))
    assert sentences.measured_by(result) == "Measured by Low mood."
    assert sentences.measured_by(computed) == "Measured by Low mood (baseline computed)."


def test_a_limit_of_the_median_that_is_not_reached_is_said():
    result = lived(TWELVE, Reason.SYMPTOMS)
    half = replace(result, estimate=replace(result.estimate, median=Median(9, 1, None)))
    assert sentences.median_sentence(half) == (
        "In half of the sessions relief had faded by day 9 (95 % range 1 day to not reached)."
    )
