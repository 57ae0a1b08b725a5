from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.backends.backend_agg import FigureCanvasAgg

from ketatrack.charts.axes import ROOM, draw_dates, ticks
from ketatrack.charts.base import LIGHT, Frame, add_plot, new_figure
from ketatrack.charts.months import months
from ketatrack.models.tracked import built_in


def shown(first: date, last: date, width: float = 760) -> list[tuple[str, str]]:
    return [(tick.label, tick.year) for tick in ticks(first, last, width)]


def test_twelve_months_get_a_label_each_with_the_year_first_and_under_january():
    labels = shown(date(2025, 8, 15), date(2026, 8, 15))
    assert labels[0] == ("Sep", "2025")
    assert ("Jan", "2026") in labels
    assert len(labels) == 12
    assert [year for _, year in labels if year] == ["2025", "2026"]


@pytest.mark.parametrize(
    ("days", "months"), [(3 * 365, {"Jan", "Apr", "Jul", "Oct"}), (6 * 365, {"Jan", "Jul"}), (3650, {"Jan"})]
)
def test_longer_periods_name_fewer_months(days: int, months: set[str]):
    first = date(2016, 8, 15)
    labels = shown(first, first + timedelta(days=days))
    assert {label for label, _ in labels} == months


def test_short_periods_name_days():
    assert shown(date(2026, 3, 2), date(2026, 3, 16))[:3] == [("2 Mar", "2026"), ("3 Mar", ""), ("4 Mar", "")]
    mondays = ticks(date(2026, 3, 4), date(2026, 5, 20), 600)
    assert {tick.day.weekday() for tick in mondays} == {0}


@given(
    st.dates(date(1950, 1, 1), date(2050, 1, 1)),
    st.integers(14, 20_000),
    st.floats(150, 3_000),
)
def test_labels_stay_inside_and_apart(first: date, days: int, width: float):
    last = first + timedelta(days=days)
    found = ticks(first, last, width)
    assert all(first <= tick.day <= last for tick in found)
    apart = [(b.day - a.day).days * width / days for a, b in pairwise(found)]
    assert all(gap >= ROOM * 0.9 for gap in apart)  # months are not equally long


def tops(figure, names) -> dict[str, int]:
    """The highest row of pixels of each of these words, which begin with a capital: they share a line where it does."""
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    dark = np.asarray(canvas.buffer_rgba())[:, :, :3].min(axis=2) < 160
    found = {}
    for text in (each for axes in figure.axes for each in axes.texts if each.get_text() in names):
        box = text.get_window_extent()
        top = len(dark) - round(box.y1) - 4
        rows = dark[top : top + 20, round(box.x0) : round(box.x1)].any(axis=1)
        found[text.get_text()] = top + int(rows.argmax())
    return found


def test_months_share_a_line_whatever_letters_they_have():
    values = {date(2026, 1, 1) + timedelta(days=n): 20.0 for n in range(330)}
    habit = months({item.key: item for item in built_in()}["exercise"], values).draw(LIGHT, 918, 190)
    journey = new_figure(LIGHT, 918, 250)
    frame = Frame(918, 250, 46, 14, 84, 42, date(2026, 1, 1).toordinal(), date(2026, 12, 31).toordinal(), 0, 1)
    draw_dates(add_plot(journey, frame, LIGHT), frame, LIGHT, date(2026, 1, 1), date(2026, 12, 31))
    for figure in (habit, journey):
        found = tops(figure, ("Jan", "Mar", "Apr", "May", "Jun", "Aug", "Sep", "Nov"))
        assert len(found) == 8
        assert len(set(found.values())) == 1, found
