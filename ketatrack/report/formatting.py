"""How the report writes: numbers and dates by the chosen locale, counts, and typed text that paper can take."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache, lru_cache

from babel.core import Locale, UnknownLocaleError, default_locale
from babel.dates import format_date, format_skeleton, format_time
from babel.numbers import format_decimal

from ketatrack.errors import WrongUsage
from ketatrack.i18n import _
from ketatrack.paths import resource

FALLBACK_LOCALE = "en_GB"
LONGEST_WORD = 40
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufff9-\uffff\ud800-\udfff]")
_LONG = re.compile(rf"\S{{{LONGEST_WORD},}}")
_BREAK = "\u200b"


def shortened(words: str, longest: int) -> str:
    """Return the beginning of `words` with "…" where they are longer, for places that have one line."""
    return words if len(words) <= longest else f"{words[: longest - 1].rstrip()}…"


def locale_of(name: str | None) -> str:
    """Return the locale whose formats are used: `name`, else the system's, else British English.

    Raises WrongUsage for a name that is no locale.
    """
    if name:
        try:
            return str(Locale.parse(name.replace("-", "_")))
        except (UnknownLocaleError, ValueError):
            raise WrongUsage(
                _("There is no locale called {name}; en_GB, en_US and de_DE are examples.").format(name=name)
            ) from None
    try:
        return str(Locale.parse(default_locale("LC_TIME") or FALLBACK_LOCALE))
    except (UnknownLocaleError, ValueError):
        return FALLBACK_LOCALE


@dataclass(frozen=True, slots=True)
class Formats:
    """How one locale (as Babel names it: en_GB) writes days, clock times and numbers."""

    locale: str

    def day(self, day: date) -> str:
        """29 Jul 2026."""
        return _day(day, self.locale)

    def month(self, day: date) -> str:
        """March 2025."""
        return format_skeleton("yMMMM", datetime.combine(day, time()), locale=self.locale)

    def clock(self, at: time) -> str:
        """14:02."""
        return _clock(at, self.locale)

    def moment(self, at: datetime) -> str:
        """29 Jul 2026 14:02, on the clock that `at` carries."""
        return f"{self.day(at.date())} {self.clock(at.time())}"

    def number(self, value: float | Decimal, decimals: int = 1) -> str:
        """Return a number with at most so many decimals: 7, 6.9."""
        return _number(Decimal(value), decimals, self.locale)

    def score(self, value: Decimal) -> str:
        """Return a score or a limit, which has two decimals at most: 7, 6.9, 3.25."""
        return _number(value, 2, self.locale)

    def fixed(self, value: float, decimals: int = 1) -> str:
        """Return a number with just so many decimals, also where they are 0: 3.0."""
        return format_decimal(Decimal(value), "#,##0." + "0" * decimals, locale=self.locale)

    def hundredths(self, stored: int, decimals: int = 2) -> str:
        """Return a number that is kept in integer hundredths."""
        return _number(Decimal(stored) / 100, decimals, self.locale)


@lru_cache(maxsize=8192)
def _day(day: date, locale: str) -> str:
    return format_date(day, "medium", locale=locale)


@lru_cache(maxsize=2048)
def _clock(at: time, locale: str) -> str:
    return format_time(at, "short", locale=locale)


@lru_cache(maxsize=8192)
def _number(value: Decimal, decimals: int, locale: str) -> str:
    return format_decimal(value, "#,##0." + "#" * decimals if decimals else "#,##0", locale=locale)


def printable(words: str) -> str:
    """`words` without control characters, tabs as spaces, and places to break inside very long words."""
    if words.isascii() and words.isprintable() and len(words) < LONGEST_WORD:
        return words
    lines = words.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return _LONG.sub(_broken, _CONTROLS.sub("", lines))


def has_all(*texts: bytes) -> bool:
    """Whether the bundled font has every character of these UTF-8 texts."""
    known = _characters()
    return all({ord(item) for item in set(text.decode("utf-8"))} <= known for text in texts)


@cache
def _characters() -> frozenset[int]:
    from matplotlib.font_manager import get_font

    # A line break is no glyph, and Typst draws nothing for a place to break.
    return frozenset(get_font(resource("fonts/Inter-Regular.otf")).get_charmap()) | {0x0A, ord(_BREAK)}


def _broken(match: re.Match[str]) -> str:
    word = match.group()
    return _BREAK.join(word[at : at + LONGEST_WORD] for at in range(0, len(word), LONGEST_WORD))
