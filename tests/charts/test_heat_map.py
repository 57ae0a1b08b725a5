"""The year of a habit: every day in its place, fixed steps, weekly totals, and words for each day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from people import sessions

from ketatrack.charts.base import DARK, GREY, LIGHT, PRINT
from ketatrack.charts.heat_map import WEEKS, heat_map
from ketatrack.models.tracked import built_in

HABITS = {item.key: item for item in built_in()}
LAST = date(2026, 8, 12)


def made(key="exercise", values=None):
    days = {LAST - timedelta(days=n): float(n * 7 % 80) for n in range(0, 300, 2)} if values is None else values
    return heat_map(HABITS[key], days, tuple(sessions(4)), LAST)


def texts(figure):
    return [text.get_text() for axes in figure.axes for text in axes.texts]


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)))
def test_every_day_has_its_place(last):
    chart = heat_map(HABITS["meals"], {}, (), last)
    places = [chart.place(day) for day in chart.days()]
    assert places[0] == (0, 0)
    assert places[-1] == (WEEKS - 1, last.weekday())
    assert len(set(places)) == len(places)
    assert all(0 <= week < WEEKS and 0 <= row < 7 for week, row in places)


@pytest.mark.parametrize(("value", "step"), [(0, 0), (1, 1), (14.9, 1), (15, 2), (30, 3), (45, 4), (60, 5), (500, 5)])
def test_the_steps_are_fixed(value, step):
    assert made().step(value) == step


def test_weekly_totals_and_their_median():
    monday = LAST - timedelta(days=LAST.weekday())
    days = {monday - timedelta(weeks=1) + timedelta(days=n): 10.0 for n in range(7)} | {monday: 30.0}
    chart = made(values=days)
    assert [(week.value, week.days) for week in chart.weeks[-2:]] == [(70.0, 7), (30.0, 1)]
    assert chart.middle == 70
    assert made("sleep_quality", days).weeks[-2].value == 10


def test_one_entry_is_not_entries():
    chart = made(values={LAST: 20.0})
    assert chart.points(LIGHT, 918, 290)[-1].words.endswith("week 20 min from 1 entry")


def test_a_day_says_itself_and_its_week():
    monday = LAST - timedelta(days=LAST.weekday())
    chart = made(values={monday: 45.0, monday + timedelta(days=1): 20.0})
    points = chart.points(LIGHT, 918, 290)
    assert len(points) == len(chart.days())
    assert points[-3].words == "Mon 10 Aug 2026: 45 min · week 65 min from 2 entries"
    assert points[-1].words == "Wed 12 Aug 2026: no entry · week 65 min from 2 entries"
    frame = chart.frame(918, 290, 1)
    assert (points[-3].x, points[-3].y) == (frame.x(52), frame.y(0))
    assert [point.x for point in points] == sorted(point.x for point in points)


def test_what_is_drawn_is_what_was_noted():
    chart = made()
    figure = chart.draw(LIGHT, 918, 290)
    drawn = {
        c.get_label(): len(c.get_offsets()) for axes in figure.axes for c in axes.collections if c.get_label()[0] != "_"
    }
    noted = [chart.values[day] for day in chart.days() if day in chart.values]
    assert drawn["zero"] == sum(value == 0 for value in noted)
    assert sum(n for label, n in drawn.items() if label.startswith("step")) == sum(value > 0 for value in noted)
    assert drawn["no entry"] == len(chart.days()) - len(noted)
    assert {"Mon", "Sun", "sessions", "minutes per week", "60+", "no entry"} <= set(texts(figure))


@pytest.mark.parametrize("style", [DARK, PRINT, GREY, LIGHT.scaled(2)])
@pytest.mark.parametrize("key", ["exercise", "sleep_hours", "meals"])
def test_every_style_and_kind_is_drawn(style, key):
    chart = made(key, {LAST: 5.0})
    assert texts(chart.draw(style, 918 * style.k, 290 * style.k))


def test_an_empty_year_says_so():
    chart = made(values={})
    assert chart.subtitle.startswith("entries on 0 of ")
    assert chart.middle is None
    assert chart.spoken() == f"Exercise over 53 weeks, noted on 0 of {len(chart.days())} days."
    assert texts(chart.draw(LIGHT, 918, 290))
