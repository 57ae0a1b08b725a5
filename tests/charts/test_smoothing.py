from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketatrack.charts.smoothing import day_means, smooth, thinned

DAY = date(2026, 3, 1)


def on(*pairs: tuple[int, float]) -> list[tuple[date, float]]:
    return [(DAY + timedelta(days=day), value) for day, value in pairs]


def pieces(readings: list[tuple[date, float]], sessions: list[date]) -> list[list[float]]:
    x, y = smooth(readings, sessions)
    found: list[list[float]] = [[]]
    for day, value in zip(x, y, strict=True):
        if np.isnan(day):
            found.append([])
        else:
            found[-1].append(float(value))
    return [piece for piece in found if piece]


def test_several_readings_of_a_day_become_their_mean():
    days, means = day_means(on((0, 2), (0, 5), (1, 4)))
    assert means.tolist() == [3.5, 4.0]
    assert days.tolist() == [DAY.toordinal(), DAY.toordinal() + 1]


def test_weights_fall_with_the_distance():
    [line] = pieces(on((0, 0), (1, 8), (2, 0)), [])
    assert line == [pytest.approx(8 * 3 / 9), pytest.approx(8 * 4 / 10), pytest.approx(8 * 3 / 9)]


def test_the_line_never_crosses_a_session():
    before_and_after = pieces(on((0, 7), (1, 7), (2, 1), (3, 1)), [DAY + timedelta(days=1)])
    assert before_and_after == [[7, 7], [1, 1]]


def test_the_line_breaks_over_a_gap_of_four_days():
    assert len(pieces(on((0, 1), (3, 1)), [])) == 1
    assert len(pieces(on((0, 1), (4, 1)), [])) == 2


def test_nothing_stays_nothing():
    assert [len(each) for each in smooth([], [DAY])] == [0, 0]


@given(st.lists(st.tuples(st.integers(0, 400), st.floats(0, 10)), max_size=80), st.sets(st.integers(0, 400)))
def test_the_line_stays_within_the_readings_of_its_piece(pairs: list[tuple[int, float]], cut: set[int]):
    x, y = smooth(on(*pairs), [DAY + timedelta(days=day) for day in cut])
    drawn = x[~np.isnan(x)]
    assert drawn.tolist() == sorted({(DAY + timedelta(days=day)).toordinal() for day, _ in pairs})
    if pairs:
        values = [value for _, value in pairs]
        assert min(values) - 1e-9 <= np.nanmin(y)
        assert np.nanmax(y) <= max(values) + 1e-9
    for a, b in pairwise(x.tolist()):
        if not np.isnan(a) and not np.isnan(b):
            assert b - a < 4
            assert not any(a <= (DAY + timedelta(days=day)).toordinal() < b for day in cut)


def test_thinning_keeps_the_lowest_and_highest_of_each_column():
    x = np.arange(20_000, dtype=float)
    y = np.sin(x / 50) * 5
    kept_x, kept_y = thinned((x, y), 700)
    assert len(kept_x) <= 1_402
    assert (kept_y.min(), kept_y.max()) == (y.min(), y.max())
    assert (np.diff(kept_x) > 0).all()
    few = (x[:15_000], y[:15_000])
    assert thinned(few, 700) is few
