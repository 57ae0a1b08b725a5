"""One cell of a foreign table as a day, a time or an exact number; or one sentence why not.

Nothing is guessed here: the order of dates and the decimal sign are given, after the person saw them.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from typing import Final

_DATE = re.compile(r"(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})(?=$|[T ])", re.ASCII)
_TIME = re.compile(
    r"(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(am|pm)?(?:(Z)|([+-])(\d{2}):?(\d{2}))?", re.ASCII | re.IGNORECASE
)
_NUMBER = re.compile(r"[+-]?\d{1,9}([.,]\d{1,9})?", re.ASCII)
_YES: Final = frozenset({"1", "yes", "y", "true", "x"})
_NO: Final = frozenset({"0", "no", "n", "false"})


class BadCell(Exception):
    """A cell that cannot be what it is mapped to; the sentence says why."""


class DateOrder(StrEnum):
    """The order of day, month and year in a date."""

    YEAR_FIRST = "ymd"
    DAY_FIRST = "dmy"
    MONTH_FIRST = "mdy"


@dataclass(frozen=True, slots=True)
class Scale:
    """A foreign scale from `low` to `high`, turned to 0-10; `reverse` where its high end is our low end."""

    low: Fraction
    high: Fraction
    reverse: bool = False

    def hundredths(self, value: Fraction) -> int:
        """`value` on 0-10 in hundredths, rounded half to even; BadCell where it is off the scale."""
        if not self.low <= value <= self.high:
            raise BadCell(f"{plain_number(value)} is outside {plain_number(self.low)} to {plain_number(self.high)}")
        share = (value - self.low) / (self.high - self.low)
        return round((1 - share if self.reverse else share) * 1000)


def plain_number(value: Fraction) -> str:
    """A number as a person writes it: -3, 7.5."""
    return str(value) if value.denominator == 1 else f"{float(value):g}"


def read_date(cell: str, order: DateOrder) -> date:
    """The day a cell names, with a four- or two-digit year (69 and later are 19xx, as in POSIX)."""
    found = _DATE.match(cell.strip())
    if found is None:
        raise BadCell(f"“{cell[:40]}” is not a date")
    parts = dict(zip(order, (int(part) for part in found.groups()), strict=True))
    digits = dict(zip(order, (len(part) for part in found.groups()), strict=True))
    if digits["y"] not in (2, 4) or digits["d"] > 2 or digits["m"] > 2:
        raise BadCell(f"“{cell[:40]}” is not a date in the order {order_words(order)}")
    year = parts["y"] if digits["y"] == 4 else parts["y"] + (1900 if parts["y"] >= 69 else 2000)
    try:
        return date(year, parts["m"], parts["d"])
    except ValueError as error:
        raise BadCell(f"“{cell[:40]}” is not a date in the order {order_words(order)}") from error


def order_words(order: DateOrder) -> str:
    """For people: "day, month, year"."""
    names = {"d": "day", "m": "month", "y": "year"}
    return ", ".join(names[letter] for letter in order)


def read_time(cell: str) -> time:
    """The wall clock time at the end of a cell: 08:58:56, 8:58 or 10:00 pm, after a date or alone."""
    found = _clock(cell)
    hour, minute, second = int(found[1]), int(found[2]), int(found[3] or 0)
    if found[4] is not None:
        if not 1 <= hour <= 12:
            raise BadCell(f"“{cell[:40]}” is not a time of day")
        hour = hour % 12 + (12 if found[4].lower() == "pm" else 0)
    try:
        return time(hour, minute, second)
    except ValueError as error:
        raise BadCell(f"“{cell[:40]}” is not a time of day") from error


def read_offset(cell: str) -> int | None:
    """The offset from UTC, in minutes, that stands after a time of day (Z, +05:30); None where there is none."""
    zulu, sign, hours, minutes = _clock(cell).groups()[4:]
    if sign is None:
        return 0 if zulu else None
    return (int(hours) * 60 + int(minutes)) * (-1 if sign == "-" else 1)


def _clock(cell: str) -> re.Match[str]:
    stripped = cell.strip()
    found = _TIME.fullmatch(re.split(r"[T ]", stripped, maxsplit=1)[-1] if _DATE.match(stripped) else stripped)
    if found is None:
        raise BadCell(f"“{cell[:40]}” is not a time of day")
    return found


def has_time(cell: str) -> bool:
    """Whether a date cell also tells a time."""
    return bool(_DATE.match(cell.strip())) and len(re.split(r"[T ]", cell.strip(), maxsplit=1)) == 2


def read_number(cell: str, decimal: str) -> Fraction:
    """The exact number a cell holds, with the given decimal sign and nothing between thousands."""
    stripped = cell.strip()
    other = "," if decimal == "." else "."
    if not _NUMBER.fullmatch(stripped) or other in stripped:
        raise BadCell(f"“{cell[:40]}” is not a number")
    return Fraction(Decimal(stripped.replace(decimal, ".")))


def read_yes_no(cell: str) -> int:
    """100 for yes, 0 for no (hundredths, like every value)."""
    word = cell.strip().lower()
    if word in _YES:
        return 100
    if word in _NO:
        return 0
    raise BadCell(f"“{cell[:40]}” is neither yes nor no")


def likely_orders(cells: Iterable[str]) -> tuple[DateOrder, ...]:
    """The orders in which all these dates are dates, the most likely first; several mean: ask the person.

    Between day first and month first, the one in which the file's rows run forward in time is the likelier.
    """
    samples = [cell for cell in cells if cell.strip()]
    possible: list[tuple[int, DateOrder]] = []
    for order in DateOrder:
        try:
            days = [read_date(cell, order) for cell in samples]
        except BadCell:
            continue
        steps_back = sum(later < earlier for earlier, later in pairwise(days))
        steps_on = sum(later > earlier for earlier, later in pairwise(days))
        four_digits = order is DateOrder.YEAR_FIRST and all(re.match(r"\d{4}", cell.strip()) for cell in samples)
        rank = 0 if four_digits else 1 + min(steps_back, steps_on)
        possible.append((rank + (1 if order is DateOrder.YEAR_FIRST and not four_digits else 0), order))
    return tuple(order for _, order in sorted(possible, key=lambda pair: pair[0]))


def likely_decimal(cells: Iterable[str]) -> str:
    """The decimal sign: a comma where some cell is a number only that way."""
    return "," if any(re.fullmatch(r"[+-]?\d+,\d{1,2}", cell.strip()) for cell in cells) else "."
