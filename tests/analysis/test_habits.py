"""Patterns: worked numbers, agreement with scipy, the gates, and calm over noise."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from ketatrack.analysis.habits import (
    DayPair,
    autocorrelation,
    day_patterns,
    detectable,
    holm,
    rank_correlation,
    session_patterns,
)


def test_spearman_with_its_exact_probability():
    r, p = rank_correlation((5.5, 6, 6.2, 6.8, 7, 7.3, 7.9, 8.1), (9, 12, 10, 15, 14, 19, 17, 22), [True] * 8)
    assert r == pytest.approx(0.928571, abs=1e-6)
    assert p == pytest.approx(90 / 40320)


@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(1, 30)), min_size=9, max_size=20).filter(
        lambda d: len(set(d)) > 3
    )
)
@settings(max_examples=40, deadline=None)
def test_without_censoring_it_is_spearman(data):
    x, times = [a for a, _ in data], [b for _, b in data]
    if len(set(x)) < 2 or len(set(times)) < 2:
        return
    assert rank_correlation(x, times, [True] * len(x))[0] == pytest.approx(stats.spearmanr(x, times).statistic)


def test_holm():
    assert holm((0.004, 0.03, 0.04, 0.20)) == pytest.approx((0.016, 0.09, 0.09, 0.20))
    assert holm((0.04, 0.004)) == pytest.approx((0.04, 0.008))
    assert holm(()) == ()


@pytest.mark.parametrize(("n", "r"), [(10, 0.79), (20, 0.59), (30, 0.49), (60, 0.35)])
def test_what_n_could_show(n, r):
    assert detectable(n) == pytest.approx(r, abs=0.006)


def made(n, effect, seed=1):
    rng = np.random.default_rng(seed)
    x = rng.uniform(0, 40, n)
    return list(x), list(10 + effect * x + rng.normal(0, 2, n))


def test_a_clear_pattern():
    x, remaining = made(24, 0.5)
    (found,) = session_patterns({"mindfulness": x}, remaining, [n % 5 != 0 for n in range(24)])
    assert found.r > 0.6
    assert found.p < 0.05
    assert found.lower < found.difference < found.upper
    assert found.lower > 0


@pytest.mark.parametrize(("n", "ends", "words"), [(7, 7, "7 of 12 sessions"), (12, 7, "7 of 8 ends")])
def test_the_gates(n, ends, words):
    x, remaining = made(n, 0.5)
    (found,) = session_patterns({"a": x}, remaining, [place < ends for place in range(n)])
    assert found.r is None
    assert words in "".join(found.reason)


def test_a_habit_that_never_changes_or_changes_slowly():
    _, remaining = made(14, 0)
    same, slow = session_patterns({"same": [3.0] * 14, "slow": [float(n) for n in range(14)]}, remaining, [True] * 14)
    assert "the same" in "".join(same.reason)
    assert "14 of 20 sessions" in "".join(slow.reason)
    assert autocorrelation(np.arange(14.0)) > 0.3


def test_holm_is_taken_over_the_habits():
    x, remaining = made(20, 0.4)
    noise = list(np.random.default_rng(9).uniform(0, 10, 20))
    alone = session_patterns({"a": x}, remaining, [True] * 20)[0]
    among = session_patterns({"a": x, "b": noise, "c": noise[::-1]}, remaining, [True] * 20)[0]
    assert among.p == pytest.approx(min(1, alone.p * 3))
    with pytest.raises(ValueError, match="at most 3"):
        session_patterns(dict.fromkeys("abcd", x), remaining, [True] * 20)
    with pytest.raises(ValueError, match="every session"):
        session_patterns({"a": x[1:]}, remaining, [True] * 20)


def days(effect, sessions=6, length=20, seed=2):
    rng = np.random.default_rng(seed)
    found = []
    for session in range(sessions):
        score = 3.0
        for day in range(length):
            habit = float(rng.integers(0, 60))
            following = 1 + 0.6 * score + effect * (habit > 30) + 0.02 * day + rng.normal(0, 0.4)
            found.append(DayPair(session, day, (session + day) % 7, score, habit, following))
            score = following
    return found


def test_the_next_day():
    found = day_patterns(days(-0.6), 30)
    assert (found.pairs, found.sessions) == (120, 6)
    assert found.effect == pytest.approx(-0.6, abs=0.2)
    assert found.lower < found.effect < found.upper < 0
    nothing = day_patterns(days(0, sessions=20), 30)
    assert nothing.lower < 0 < nothing.upper


@pytest.mark.parametrize(
    ("pairs", "words"),
    [(days(0)[:59], "59 of 60 days"), (days(0, sessions=3, length=30), "3 of 4 sessions")],
)
def test_the_gates_of_the_next_day(pairs, words):
    assert words in "".join(day_patterns(pairs, 30).reason)


def test_a_limit_that_divides_nothing():
    assert "same side" in "".join(day_patterns(days(0), 1000).reason)


def test_a_habit_that_changes_slowly_is_compared_with_its_own_shifts():
    """Of 24 shifts only the order that was seen is as strong: p is 1/24, and nothing finer can be said."""
    slow = [float(n) for n in range(24)]
    (pattern,) = session_patterns({"slow": slow}, [10 + n for n in slow], [True] * 24)
    assert pattern.r == pytest.approx(1)
    assert pattern.p == pytest.approx(1 / 24)
