"""How days, times and numbers are written and read in the window, by the person's locale where Qt knows it."""

import re
from datetime import date, time, timedelta
from decimal import Decimal

from PySide6.QtCore import QDate, QLocale

from ketatrack.errors import InvalidValue
from ketatrack.i18n import _
from ketatrack.models.fields import Range

_FORMATS = ("d MMM yyyy", "d MMMM yyyy", "d MMM", "d MMMM", "MMM d yyyy", "MMM d, yyyy", "MMMM d, yyyy")


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
        raise InvalidValue(_("“{words}” is not a date; 6 Nov 2026 would be one.").format(words=text))
    return result


def parse_time(words: str) -> time:
    """Return time of day that `words` name: 10:30, 1030, 9, 9.05, 2:15 pm. Raises InvalidValue for anything else."""
    text = words.strip().lower()
    match = re.fullmatch(r"(\d{1,2})(?:[:.h ]?(\d{2}))?\s*([ap])?\.?m?\.?", text)
    wrong = InvalidValue(_("{words} is not a time of day.").format(words=words.strip()))
    if match is None:
        raise wrong
    hour, minute, half = int(match[1]), int(match[2] or 0), match[3]
    if half:
        if not 1 <= hour <= 12:
            raise wrong
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 23 or minute > 59:
        raise wrong
    return time(hour, minute)


def parse_number(words: str, of: Range, suffix: str = "") -> int:
    """Return the stored integer of a typed number; `7.5`, `7,5`, `1,500 mg` and, for hours, `7:30` are understood.

    Raises InvalidValue when it is no number or lies outside `of`, with the range in the sentence.
    """
    text = words.strip()
    if suffix and text.casefold().endswith(suffix.casefold()):
        text = text[: -len(suffix)].strip()
    if of.unit == "h" and (match := re.fullmatch(r"(\d{1,2}):([0-5]\d)", text)):
        stored = (Decimal(match[1]) + Decimal(match[2]) / 60) * of.scale
        return _checked(int(stored.to_integral_value()), of)
    plain = re.sub(r"[\s\u202f\u00a0]", "", text)
    plain = plain.replace(",", "") if re.fullmatch(r"-?\d{1,3}(,\d{3})+(\.\d*)?", plain) else plain.replace(",", ".")
    if not re.fullmatch(r"-?(\d{1,12}\.?\d{0,12}|\.\d{1,12})", plain):
        raise InvalidValue(_("“{words}” is not a number.").format(words=words.strip()))
    stored = Decimal(plain) * of.scale
    scaled = int(stored)
    if stored != scaled:
        kind = _("a whole number") if of.scale == 1 else _("a number with up to two decimals")
        raise InvalidValue(_("{label} must be {kind}.").format(label=_(of.label), kind=kind))
    return _checked(scaled, of)


def _checked(stored: int, of: Range) -> int:
    of.check(stored)
    return stored


def _numeric_day(text: str) -> date | None:
    parts = [int(part) for part in re.split(r"[./ -]", text) if part.isdigit()]
    if len(parts) != 3 or re.fullmatch(r"\d+[./ -]\d+[./ -]\d+", text) is None:
        return None
    if parts[0] > 31:
        year, month, day = parts
    elif "/" in text and QLocale().dateFormat(QLocale.FormatType.ShortFormat).upper().startswith("M"):
        month, day, year = parts
    else:
        day, month, year = parts
    try:
        return date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return None


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
