"""The honesty band: the worked set, what it is without a running session, and that the curve lies inside it."""

from fractions import Fraction
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st
from intervals import D4

from ketatrack.analysis.bounds import peterson_bounds, restricted_mean_bounds
from ketatrack.analysis.kaplan_meier import kaplan_meier

TIMES = [Fraction(low + high, 2) if high != inf else Fraction(low) for low, high in D4]
ENDED = [high != inf for _, high in D4]


def at(rows, t):
    found = [row for row in rows if row.t <= t]
    return (found[-1].lower, found[-1].upper) if found else (Fraction(1), Fraction(1))


def test_the_worked_set():
    rows = peterson_bounds(TIMES, ENDED)
    assert at(rows, 21) == (Fraction(3, 10), Fraction(4, 10))
    lower, upper = restricted_mean_bounds(rows, 28)
    assert (float(lower), float(upper)) == pytest.approx((17.45, 19.35))


days = st.lists(st.tuples(st.integers(1, 40), st.booleans()), min_size=1, max_size=30)


@given(days, st.integers(0, 45))
def test_without_a_running_session_it_is_counting(data, t):
    times, ended = [day for day, _ in data], [end for _, end in data]
    lower, upper = at(peterson_bounds(times, ended), t)
    assert lower == Fraction(sum(x > t for x in times), len(times))
    assert upper == 1 - Fraction(sum(x <= t and e for x, e in data), len(times))


@given(days, st.integers(0, 45), st.data())
def test_the_curve_lies_inside(data, t, more):
    times, ended = [day for day, _ in data], [end for _, end in data]
    running = [False if end else more.draw(st.booleans()) for end in ended]
    lower, upper = at(peterson_bounds(times, ended, running), t)
    rows = [row for row in kaplan_meier(times, ended) if row.t <= t]
    survival = rows[-1].survival if rows else Fraction(1)
    assert 0 <= lower <= survival <= upper <= 1


def test_a_running_session_that_ended_is_refused():
    with pytest.raises(ValueError, match="still running"):
        peterson_bounds([3], [True], [True])
