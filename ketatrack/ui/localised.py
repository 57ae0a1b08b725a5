"""How days, times and numbers are written and read in the window, by the person's locale where Qt knows it."""

import re
from datetime import date, time, timedelta
from fractions import Fraction

from PySide6.QtCore import QDate, QLocale

from ketatrack.errors import InvalidValue
from ketatrack.i18n import _
from ketatrack.models.fields import Range
from ketatrack.models.typed import DateOrder, NumberTooLarge, read_number, read_numeric_day, shortened, time_of_day

_FORMATS = ("d MMM yyyy", "d MMMM yyyy", "d MMM", "d MMMM", "MMM d yyyy", "MMM d, yyyy", "MMMM d, yyyy")
_TIME = re.compile(r"(\d{1,2})(?:[:.h ]?(\d{2}))?\s*([ap])?\.?m?\.?")


def short_day(day: date) -> str:
    """Write a day as 6 Nov 2026."""
    return QLocale().toString(_qdate(day), "d MMM yyyy")


def day_and_month(day: date) -> str:
    """Write a day as 6 Nov."""
    return QLocale().toString(_qdate(day), "d MMM")


def long_day(day: date, year: bool = True) -> str:
    """Write a day as Friday 6 November 2026."""
    return QLocale().toString(_qdate(day), "dddd d MMMM yyyy" if year else "dddd d MMMM")


def full_day(day: date, year: bool = True) -> str:
    """Write a day as 6 November 2026."""
    return QLocale().toString(_qdate(day), "d MMMM yyyy" if year else "d MMMM")


def weekday(day: date) -> str:
    """Return the name of the weekday, Friday."""
    return QLocale().toString(_qdate(day), "dddd")


def clock(moment: time) -> str:
    """Write a time of day as 08:10."""
    return moment.strftime("%H:%M")


def parse_day(words: str, today: date, coming: bool = False) -> date:
    """Return the day that `words` name: 6 Nov 2026, 6 Nov, 2026-11-06, 6.11.2026, today, yesterday, tomorrow.

    Raises InvalidValue for anything else. Without a year the last such day up to tomorrow is meant, or, where what
    is asked for is still `coming`, the next one from today on.
    """
    text = words.strip()
    for name, later in ((_("today"), 0), (_("yesterday"), -1), (_("tomorrow"), 1)):
        if text.casefold() == name.casefold():
            return today + timedelta(days=later)
    result = _numeric_day(text) or _named_day(text, today, coming)
    if result is None:
        raise InvalidValue(_("“{words}” is not a date; 6 Nov 2026 would be one.").format(words=shortened(text)))
    return result


def parse_time(words: str) -> time:
    """Return time of day that `words` name: 10:30, 1030, 9, 9.05, 2:15 pm. Raises InvalidValue for anything else."""
    match = _TIME.fullmatch(_plain_digits(words.strip().lower()))
    result = time_of_day(int(match[1]), int(match[2] or 0), half=match[3]) if match else None
    if result is None:
        raise InvalidValue(_("“{words}” is not a time of day.").format(words=shortened(words.strip())))
    return result


def parse_number(words: str, of: Range, suffix: str = "") -> int:
    """Return the stored integer of a typed number; `7.5`, `7,5`, `1,500 mg` and, for hours, `7:30` are understood.

    Raises InvalidValue when it is no number or lies outside `of`, with the range in the sentence.
    """
    text = _plain_digits(words.strip())
    if suffix and text.casefold().endswith(suffix.casefold()):
        text = text[: -len(suffix)].strip()
    if of.unit == "h" and (match := re.fullmatch(r"(\d{1,2}):([0-5]\d)", text)):
        return _checked(round((int(match[1]) + Fraction(int(match[2]), 60)) * of.scale), of)
    try:
        number = read_number(_without_thousands(text))
    except NumberTooLarge:
        raise
    except InvalidValue as error:
        raise InvalidValue(_("“{words}” is not a number.").format(words=words.strip())) from error
    stored = number * of.scale
    if stored.denominator != 1:
        kind = _("a whole number") if of.scale == 1 else _("a number with up to two decimals")
        raise InvalidValue(_("{label} must be {kind}.").format(label=_(of.label), kind=kind))
    return _checked(int(stored), of)


def _without_thousands(text: str) -> str:
    """Return a number with a point before its decimals and nothing else between its digits: 1,500 and 7,5 and .5."""
    plain = re.sub(r"\s", "", text)
    plain = plain.replace(",", "") if re.fullmatch(r"-?\d{1,3}(,\d{3})+(\.\d*)?", plain) else plain.replace(",", ".")
    plain = plain.removesuffix(".")
    return f"0{plain}" if plain.startswith(".") else plain


def _plain_digits(text: str) -> str:
    """Return the text with the digits of every script as 0 to 9."""
    return re.sub(r"\d", lambda digit: str(int(digit[0])), text)


def _checked(stored: int, of: Range) -> int:
    of.check(stored)
    return stored


def _numeric_day(text: str) -> date | None:
    plain = _plain_digits(text)
    first = re.match(r"\d+", plain)
    if first and int(first[0][:5]) > 31:
        order = DateOrder.YEAR_FIRST
    elif "/" in text and QLocale().dateFormat(QLocale.FormatType.ShortFormat).upper().startswith("M"):
        order = DateOrder.MONTH_FIRST
    else:
        order = DateOrder.DAY_FIRST
    return read_numeric_day(plain, order)


def _named_day(text: str, today: date, coming: bool) -> date | None:
    tidy = re.sub(r"\s+", " ", text)
    for form in _FORMATS:
        if "yyyy" in form:
            read = QLocale().toDate(tidy, form)
            if read.isValid():
                return date(read.year(), read.month(), read.day())
        else:  # read in a leap year, so that 29 February is a day
            read = QLocale().toDate(f"{tidy} 2024", f"{form} yyyy")
            if read.isValid():
                return _nearest(read.month(), read.day(), today, coming)
    return None


def _nearest(month: int, day: int, today: date, coming: bool) -> date | None:
    """Return the last such day up to tomorrow, or the next one from today on; 29 February can be years away."""
    years = range(today.year, today.year + 9) if coming else range(today.year + 1, today.year - 9, -1)
    for year in years:
        try:
            result = date(year, month, day)
        except ValueError:
            continue
        if result >= today if coming else result <= today + timedelta(days=1):
            return result
    return None


def _qdate(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)
