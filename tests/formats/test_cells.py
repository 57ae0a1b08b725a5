"""Cells are read exactly, or refused with a reason; scales keep their ends, their middle and their order."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketatrack.errors import InvalidValue
from ketatrack.formats.foreign.reader import (
    Scale,
    likely_decimal,
    likely_orders,
    read_date,
    read_offset,
    read_time,
    read_yes_no,
)
from ketatrack.models.typed import DateOrder

PATTERNS = {DateOrder.YEAR_FIRST: "%Y-%m-%d", DateOrder.DAY_FIRST: "%d.%m.%Y", DateOrder.MONTH_FIRST: "%m/%d/%Y"}
days = st.dates(date(1900, 1, 1), date(2100, 1, 1))


@given(days, st.sampled_from(DateOrder))
def test_dates_round_trip(day, order):
    written = f"{day.year:04d}-{day.month:02d}-{day.day:02d}" if order is DateOrder.YEAR_FIRST else ""
    written = written or day.strftime(PATTERNS[order]).replace(str(day.year).lstrip("0"), f"{day.year:04d}")
    assert read_date(written, order) == day
    assert read_date(f"  {written} 10:30", order) == day


@pytest.mark.parametrize(
    ("cell", "order", "day"),
    [
        ("13/08/12", "dmy", date(2012, 8, 13)),
        ("8/13/68", "mdy", date(2068, 8, 13)),
        ("13-8-69", "dmy", date(1969, 8, 13)),
        ("2024-02-29T08:00:00Z", "ymd", date(2024, 2, 29)),
    ],
)
def test_two_digit_years_and_iso(cell, order, day):
    assert read_date(cell, DateOrder(order)) == day


@pytest.mark.parametrize("cell", ["", "yesterday", "2023-02-29", "13/13/12", "123/1/12", "1/1/123", "20120813", "1/1"])
def test_what_is_no_date(cell):
    for order in DateOrder:
        with pytest.raises(InvalidValue, match="is not a date"):
            read_date(cell, order)


@given(st.times())
def test_times_round_trip(at):
    at = at.replace(microsecond=0, tzinfo=None)
    assert read_time(at.strftime("%H:%M:%S")) == at
    assert read_time(at.strftime("%I:%M:%S %p")) == at
    assert read_time(f"2024-01-01T{at.strftime('%H:%M:%S')}+01:00") == at


@pytest.mark.parametrize("cell", ["24:00", "7", "10:60", "13:00 pm", "0:10 am", "noon", "", "10:00:61"])
def test_what_is_no_time(cell):
    with pytest.raises(InvalidValue, match="is not a time of day"):
        read_time(cell)


@given(st.integers(-20, 20), st.integers(1, 30), st.data())
def test_a_scale_keeps_ends_and_order(low, width, data):
    plain = Scale(Fraction(low), Fraction(low + width))
    turned = Scale(Fraction(low), Fraction(low + width), reverse=True)
    first, second = sorted(data.draw(st.lists(st.integers(low, low + width), min_size=2, max_size=2)))
    assert (plain.hundredths(Fraction(low)), plain.hundredths(Fraction(low + width))) == (0, 1000)
    assert (turned.hundredths(Fraction(low)), turned.hundredths(Fraction(low + width))) == (1000, 0)
    assert plain.hundredths(Fraction(first)) <= plain.hundredths(Fraction(second))
    assert abs(plain.hundredths(Fraction(first)) + turned.hundredths(Fraction(first)) - 1000) <= 1
    with pytest.raises(InvalidValue, match="is outside"):
        plain.hundredths(Fraction(low + width + 1))


@pytest.mark.parametrize(("value", "hundredths"), [(-3, 0), (-2, 167), (-1, 333), (0, 500), (1, 667), (3, 1000)])
def test_seven_points_around_zero(value, hundredths):
    assert Scale(Fraction(-3), Fraction(3)).hundredths(Fraction(value)) == hundredths


def test_halves_are_rounded_to_even():
    scale = Scale(Fraction(0), Fraction(2000))
    assert [scale.hundredths(Fraction(n)) for n in (1, 3, 5)] == [0, 2, 2]


def test_yes_and_no():
    assert [read_yes_no(cell) for cell in ("Yes", "x", "1", "no", "FALSE")] == [100, 100, 100, 0, 0]
    with pytest.raises(InvalidValue):
        read_yes_no("perhaps")


def test_the_order_of_dates_is_found_or_left_open():
    assert likely_orders(["2021-09-28", "2021-09-27"])[0] is DateOrder.YEAR_FIRST
    assert likely_orders(["13/08/12", "14/08/12"])[0] is DateOrder.DAY_FIRST
    assert likely_orders(["01/02/2024", "02/02/2024", "13/02/2024"]) == (DateOrder.DAY_FIRST,)
    assert likely_orders(["01/31/2024"]) == (DateOrder.MONTH_FIRST,)
    assert set(likely_orders(["01/02/2024"])) == {DateOrder.DAY_FIRST, DateOrder.MONTH_FIRST}
    assert likely_orders(["11/01/2024", "12/01/2024", "01/02/2024", "02/02/2024"])[0] is DateOrder.DAY_FIRST
    assert likely_orders(["soon"]) == ()


def test_the_decimal_sign_is_found():
    assert likely_decimal(["a", "3,5"]) == ","
    assert likely_decimal(["1,000", "3.5"]) == "."


@pytest.mark.parametrize(
    ("cell", "minutes"),
    [("8:58", None), ("2024-02-29T08:00:00+05:30", 330), ("08:00Z", 0), ("08:00-0330", -210), ("10:00 pm", None)],
)
def test_a_zone_is_kept_where_there_is_one(cell, minutes):
    assert read_offset(cell) == minutes
