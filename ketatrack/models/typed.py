"""Days, times of day and numbers as people and their programs write them: the reading that window and import share."""

import re
from datetime import date, time
from enum import StrEnum
from fractions import Fraction

from ketatrack.errors import InvalidValue
from ketatrack.i18n import _

MOST_DIGITS = 16  # before the decimals: as many as the largest number that a diary holds has
_DAY = re.compile(r"(\d{1,4})[./ -](\d{1,2})[./ -](\d{1,4})", re.ASCII)
_NUMBERS = {sign: re.compile(rf"[+-]?(\d+)(?:{re.escape(sign)}\d{{1,30}})?", re.ASCII) for sign in (".", ",")}


class DateOrder(StrEnum):
    """The order of day, month and year in a date."""

    YEAR_FIRST = "ymd"
    DAY_FIRST = "dmy"
    MONTH_FIRST = "mdy"


class NumberTooLarge(InvalidValue):
    """A number larger than anything that KetaTrack holds."""


def read_numeric_day(text: str, order: DateOrder) -> date | None:
    """Return the day that three numbers in this order name, None where there is none.

    A year has four digits or two, of which 69 and later are 19xx, as in POSIX.
    """
    match = _DAY.fullmatch(text)
    if match is None:
        return None
    year, month, day = (match[1 + order.index(letter)] for letter in "ymd")
    if len(year) not in (2, 4) or len(month) > 2 or len(day) > 2:
        return None
    century = 0 if len(year) == 4 else 1900 if int(year) >= 69 else 2000
    try:
        return date(century + int(year), int(month), int(day))
    except ValueError:
        return None


def time_of_day(hour: int, minute: int, second: int = 0, half: str | None = None) -> time | None:
    """Return the time of day that these numbers name, None where there is none; `half` is am or pm, or their letter."""
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half.lower().startswith("p") else 0)
    try:
        return time(hour, minute, second)
    except ValueError:
        return None


def read_number(text: str, decimal: str = ".") -> Fraction:
    """Return the exact number that a text is, with this decimal sign and nothing between thousands.

    Raises InvalidValue where it is none, NumberTooLarge where it is larger than anything that KetaTrack holds.
    """
    match = _NUMBERS[decimal].fullmatch(text)
    if match is None:
        raise InvalidValue(_("“{words}” is not a number.").format(words=shortened(text)))
    if len(match[1].lstrip("0")) > MOST_DIGITS:
        raise NumberTooLarge(_("“{words}” is too large a number.").format(words=shortened(text)))
    return Fraction(text.replace(decimal, "."))


def shortened(text: str) -> str:
    """Return the beginning of a text, as long as a sentence can quote it."""
    return text if len(text) <= 40 else f"{text[:39]}…"
