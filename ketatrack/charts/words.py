"""Dates, numbers and treatments as charts write and say them."""

from collections.abc import Callable
from datetime import date

from ketatrack.i18n import translate
from ketatrack.models import labels
from ketatrack.models.records import Session
from ketatrack.models.values import Range

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MILLIGRAMS = Range("Dose", 0, 1_000_000, "mg", 100)


def tr(text: str, n: int = -1) -> str:
    """Words of the charts in the person's language."""
    return translate("Charts", text, n)


def day_words(day: date) -> str:
    """27 Mar 2026."""
    return f"{day.day} {tr(MONTHS[day.month - 1])} {day.year}"


def weekday_words(day: date) -> str:
    """Fri 27 Mar 2026."""
    return f"{tr(WEEKDAYS[day.weekday()])} {day_words(day)}"


def number(value: float) -> str:
    """A value with at most one decimal: 7, 6.9."""
    return f"{value:.1f}".removesuffix(".0")


def regimen(session: Session) -> str:
    """Route and dose: IV 55 mg."""
    route = labels.route_in_text(session.route)
    if session.dose_mg is None:
        return route
    return f"{route} {_MILLIGRAMS.words(session.dose_mg)} mg"


def filled(text: str, **values: object) -> str:
    """Translated `text` with its {names} filled in."""
    fill: Callable[..., str] = tr(text).format
    return fill(**values)


def counted(n: int, one: str, many: str) -> str:
    """1 session, 2 sessions."""
    return f"{n} {tr(one if n == 1 else many)}"
