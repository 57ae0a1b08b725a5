"""Days, times of day and numbers are read exactly, or not at all."""

from datetime import date, time
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketatrack.errors import InvalidValue
from ketatrack.models.typed import DateOrder, read_number, read_numeric_day, shortened, time_of_day


@given(st.dates(), st.sampled_from(DateOrder), st.sampled_from("./- "))
def test_every_day_comes_back_in_its_order(day, order, sign):
    parts = {"y": f"{day.year:04d}", "m": str(day.month), "d": f"{day.day:02d}"}
    assert read_numeric_day(sign.join(parts[letter] for letter in order), order) == day


@given(st.dates(date(1969, 1, 1), date(2068, 12, 31)), st.sampled_from(DateOrder))
def test_two_digits_name_a_year_of_the_hundred_from_1969(day, order):
    parts = {"y": f"{day.year % 100:02d}", "m": f"{day.month:02d}", "d": str(day.day)}
    assert read_numeric_day("/".join(parts[letter] for letter in order), order) == day


@pytest.mark.parametrize(
    "text", ["", "today", "31.2.2026", "1.1", "1.1.026", "1.1.6", "001.1.2026", "1.1.2026 ", "١.١.٢٠٢٦"]
)
def test_what_is_no_day(text):
    assert read_numeric_day(text, DateOrder.DAY_FIRST) is None


@given(st.times().map(lambda moment: moment.replace(microsecond=0)))
def test_every_time_comes_back_on_both_clocks(moment):
    half = "pm" if moment.hour >= 12 else "AM"
    assert time_of_day(moment.hour, moment.minute, moment.second) == moment
    assert time_of_day((moment.hour - 1) % 12 + 1, moment.minute, moment.second, half) == moment


@pytest.mark.parametrize("numbers", [(24, 0), (10, 60), (10, 0, 61), (13, 0, 0, "pm"), (0, 10, 0, "am")])
def test_what_is_no_time(numbers):
    assert time_of_day(*numbers) is None


def test_noon_and_midnight():
    assert time_of_day(12, 0, half="p") == time(12)
    assert time_of_day(12, 0, half="a") == time(0)


@given(st.decimals(-(10**16) + 1, 10**16 - 1, places=2), st.sampled_from(".,"))
def test_numbers_are_exact(number, decimal):
    assert read_number(f"{number:f}".replace(".", decimal), decimal) == Fraction(number)


def test_many_decimals_are_all_read():
    assert read_number("7.300000000000000266") == 7 + Fraction(3 * 10**17 + 266, 10**18)


@pytest.mark.parametrize("text", ["1,000.5", "1e5", "nan", "inf", "٣", "--1", "", "1.", ".5", "0x10", "1 000", "3,5"])
def test_what_is_no_number(text):
    with pytest.raises(InvalidValue, match="is not a number"):
        read_number(text)


def test_the_other_decimal_sign_is_refused_not_guessed():
    assert read_number("3,5", ",") == Fraction(7, 2)
    with pytest.raises(InvalidValue, match="is not a number"):
        read_number("3.5", ",")


@pytest.mark.parametrize("text", ["1" * 17, "-" + "9" * 5000, "10000000000000000.5"])
def test_a_number_too_large_is_called_so(text):
    with pytest.raises(InvalidValue, match="is too large a number"):
        read_number(text)
    assert read_number("0" * 50 + "12") == 12


def test_a_long_text_is_quoted_in_part():
    assert shortened("a" * 40) == "a" * 40
    assert shortened("a" * 41) == "a" * 39 + "…"
