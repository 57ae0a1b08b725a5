"""A habit month by month: means of the days noted, few days told apart, the same in words and numbers."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketatrack.charts.base import DARK, GREY, LIGHT, PRINT
from ketatrack.charts.months import months
from ketatrack.models.enums import Kind
from ketatrack.models.tracked import built_in

HABITS = {item.key: item for item in built_in()}


def made(values):
    return months(HABITS["exercise"], values)


def days(first: date, count: int, value: float) -> dict[date, float]:
    return {first + timedelta(days=n): value for n in range(count)}


@given(st.dictionaries(st.dates(date(2020, 1, 1), date(2026, 1, 1)), st.floats(0, 1440), min_size=1))
def test_every_day_counts_in_its_month(values):
    chart = made(values)
    assert sum(month.days for month in chart.months) == len(values)
    assert sum(month.mean * month.days for month in chart.months) == pytest.approx(sum(values.values()), abs=1e-6)
    assert [month.first for month in chart.months] == sorted({day.replace(day=1) for day in values})


def test_gaps_keep_their_place_and_few_days_are_hatched():
    chart = made(days(date(2025, 11, 1), 30, 20.0) | days(date(2026, 2, 3), 4, 50.0))
    assert [chart.place(month) for month in chart.months] == [0, 3]
    figure = chart.draw(LIGHT, 918, 190)
    bars = {
        group.get_label(): [round(path.get_extents().y1, 6) for path in group.get_paths()]
        for group in figure.axes[0].collections
    }
    assert bars == {"months": [20.0], "few days": [50.0]}
    texts = [text.get_text() for text in figure.axes[0].texts]
    assert texts[texts.index("Nov") + 1] == "2025"
    assert "/// under 10\ndays noted" in texts


def test_words_numbers_and_the_median_are_those_of_the_bars():
    values = {}
    for month, value in ((1, 10.0), (2, 30.0), (3, 20.0), (4, 500.0)):
        values |= days(date(2026, month, 1), 28 if month < 4 else 3, value)
    chart = made(values)
    assert chart.middle == 20  # April has too few days
    assert chart.numbers().rows[0] == ("2026-04", "500", "3")
    assert chart.points(LIGHT, 918, 190)[1].words == "Feb 2026: 30 min, from 28 days"
    assert chart.spoken().endswith("Apr 2026: 500 min, from 3 days. Median month 20 min.")


def test_yes_and_no_are_a_share_of_days():
    habit = next(item for item in built_in() if item.kind is Kind.MINUTES)
    asked = type(habit)(key="walk", name="Walk", kind=Kind.YES_NO, is_measure=False)
    chart = months(asked, {date(2026, 1, n): float(n <= 3) for n in range(1, 13)})
    assert chart.months[0].mean == 25
    assert "25 %" in chart.spoken()


@pytest.mark.parametrize("style", [LIGHT, DARK, PRINT, GREY, LIGHT.scaled(2)])
@pytest.mark.parametrize("count", [0, 1, 40, 3650])
def test_it_draws_in_every_style_and_length(style, count):
    chart = made(days(date(2016, 11, 23), count, 12.0))
    chart.draw(style, 918 * style.k, 190 * style.k).canvas.draw()
    assert len(chart.points(style, 918, 190)) == len(chart.months)
