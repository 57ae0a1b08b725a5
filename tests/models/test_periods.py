"""A period of months, by the calendar."""

from datetime import date

import pytest

from ketatrack.models.periods import months_before


@pytest.mark.parametrize(
    ("last", "months", "first"),
    [
        (date(2026, 11, 23), 3, date(2026, 8, 24)),
        (date(2026, 11, 23), 12, date(2025, 11, 24)),
        (date(2026, 3, 31), 1, date(2026, 3, 1)),
        (date(2024, 3, 30), 1, date(2024, 3, 1)),
        (date(2026, 12, 31), 1, date(2026, 12, 1)),
    ],
)
def test_the_first_day_of_a_period(last, months, first):
    assert months_before(last, months) == first
