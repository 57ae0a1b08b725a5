"""Side by side: the gates, the counts, and Wilson's interval."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from ketatrack.analysis.comparisons import comparisons, wilson
from ketatrack.analysis.episodes import Span, Status


def span(number: int, group: int, lower: int | None, upper: int | None, status: Status) -> Span:
    day = date(2026, 1, 1) + timedelta(days=30 * number)
    return Span(day, (UUID(int=group),), status, lower, upper, "", None, 30)


def group_of(each: Span) -> int | None:
    return each.session_ids[0].int or None


def test_two_groups_that_are_enough():
    spans = [span(n, 1, 10 + n, 12 + n, Status.ENDED) for n in range(5)]
    spans += [span(n, 2, 20, 21, Status.ENDED) for n in range(4)] + [span(9, 2, 25, None, Status.CENSORED)]
    spans += [span(20, 2, None, None, Status.NO_RESPONSE), span(21, 2, None, None, Status.NOT_ASSESSED)]
    first, second = comparisons(spans, group_of)
    assert (first.key, first.followed, first.ends, first.responded, first.assessed) == (1, 5, 5, 5, 5)
    assert (second.followed, second.ends, second.responded, second.assessed) == (5, 4, 5, 6)
    assert first.is_enough
    assert second.is_enough
    assert first.good_days == pytest.approx(13)
    assert second.good_days > first.good_days


def test_a_group_that_is_too_small_keeps_its_row_without_a_number():
    spans = [span(n, 1, 10, 12, Status.ENDED) for n in range(3)] + [span(8, 0, 10, 12, Status.ENDED)]
    (only,) = comparisons(spans, group_of)
    assert not only.is_enough
    assert only.good_days is None


def test_wilson():
    assert wilson(7, 9) == pytest.approx((0.4526, 0.9368), abs=5e-5)
    assert wilson(0, 0) == (0, 1)


@given(st.integers(1, 200), st.data())
def test_wilson_agrees_with_scipy(n, data):
    successes = data.draw(st.integers(0, n))
    theirs = stats.binomtest(successes, n).proportion_ci(method="wilson")
    assert wilson(successes, n) == pytest.approx((theirs.low, theirs.high), abs=1e-6)
