"""The words and ranges a record is made of: routes, reasons, phases, and what each number may be.

Numbers with decimals are integer hundredths (exact, never floats); `Range` turns them into words.
"""

from dataclasses import dataclass, field, fields
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from ketatrack.errors import InvalidValue

FIRST_DAY = date(1900, 1, 1)
NOTE_LENGTH = 1_000_000
NAME_LENGTH = 200


class Route(StrEnum):
    """Route of administration."""

    INTRAVENOUS = "intravenous"
    INTRAMUSCULAR = "intramuscular"
    SUBCUTANEOUS = "subcutaneous"
    SUBLINGUAL = "sublingual"
    ORAL = "oral"
    NASAL = "nasal"


class Drug(StrEnum):
    """Ketamine (racemic) or esketamine."""

    KETAMINE = "ketamine"
    ESKETAMINE = "esketamine"


class Reason(StrEnum):
    """The answer to "Why this session now?"; it decides whether relief ended or was cut short (censored)."""

    PLANNED = "planned"
    SYMPTOMS = "symptoms"
    CLINIC = "clinic"
    OTHER = "other"
    NOT_SAID = "not_said"


class Phase(StrEnum):
    """Part of a series (induction), or a single booster (maintenance)."""

    SERIES = "series"
    BOOSTER = "booster"


class Place(StrEnum):
    """Where the session was."""

    CLINIC = "clinic"
    HOME = "home"


class VitalMoment(StrEnum):
    """When a reading of blood pressure, pulse and SpO2 was taken."""

    BEFORE = "before"
    FORTY_MINUTES = "40_min"
    BEFORE_LEAVING = "before_leaving"
    OTHER = "other"


class SideEffect(StrEnum):
    """A side effect that the session sheet asks about; others are kept in the person's words."""

    DIZZY = "dizzy"
    HEADACHE = "headache"
    BLURRED_SIGHT = "blurred_sight"
    ANXIOUS = "anxious"
    VOMITED = "vomited"
    BLADDER_DISCOMFORT = "bladder_discomfort"


class Medicine(StrEnum):
    """A kind of medicine that may change how a session works; others are kept in the person's words."""

    BENZODIAZEPINE = "benzodiazepine"
    OTHER_SLEEP_AID = "other_sleep_aid"
    STIMULANT = "stimulant"
    MAOI = "maoi"
    OPIOID = "opioid"


class Kind(StrEnum):
    """How a tracked measure or habit is counted."""

    RATING = "rating"
    MINUTES = "minutes"
    HOURS = "hours"
    COUNT = "count"
    YES_NO = "yes_no"


class RuleKind(StrEnum):
    """When a person counts as in relief (relief.md, "In relief")."""

    HALF = "half"
    THIRTY_PERCENT = "thirty_percent"
    AT_MOST = "at_most"
    REMISSION = "remission"


class BaselineSource(StrEnum):
    """Typed in by the person, or computed from their readings before the first course."""

    TYPED = "typed"
    COMPUTED = "computed"


class AppointmentKind(StrEnum):
    """What the person planned: a session, or a visit to the doctor."""

    SESSION = "session"
    VISIT = "visit"


class Period(StrEnum):
    """Which days a report or an export covers; `OWN` is a first and a last day of the person's choice."""

    SINCE_VISIT = "since_visit"
    MONTHS_3 = "months_3"
    MONTHS_6 = "months_6"
    MONTHS_12 = "months_12"
    ALL = "all"
    OWN = "own"


class Paper(StrEnum):
    """The paper a report is laid out for."""

    A4 = "a4"
    LETTER = "letter"


class Section(StrEnum):
    """A part of the report that can be left out."""

    SUMMARY = "summary"
    CURVES = "curves"
    SESSIONS = "sessions"
    HABITS = "habits"
    ITEMS = "items"
    READINGS = "readings"


@dataclass(frozen=True, slots=True)
class Range:
    """Smallest and largest stored integer of a field; `scale` of them make one unit."""

    label: str
    low: int
    high: int
    unit: str = ""
    scale: int = 1

    def words(self, stored: int) -> str:
        """`stored` as a person writes it: 4250 hundredths of a mg -> "42.5"."""
        if self.scale == 1:
            return f"{stored:,}"
        sign, (whole, rest) = "-" if stored < 0 else "", divmod(abs(stored), self.scale)
        return f"{sign}{whole:,}" + (f".{rest:02d}".rstrip("0") if rest else "")

    def check(self, stored: int) -> None:
        """Raise InvalidValue, naming the range, when `stored` is outside it."""
        if not isinstance(stored, int) or isinstance(stored, bool):
            raise InvalidValue(f"{self.label} must be a number.")
        if not self.low <= stored <= self.high:
            unit = {"": "", "%": " %"}.get(self.unit, f" {self.unit}")
            raise InvalidValue(
                f"{self.label} must be from {self.words(self.low)} to {self.words(self.high)}{unit}; "
                f"{self.words(stored)}{unit} is outside."
            )


RATING = Range("A rating", 0, 1000, scale=100)
KIND_RANGES = {
    Kind.RATING: RATING,
    Kind.MINUTES: Range("Minutes a day", 0, 144_000, "min", 100),
    Kind.HOURS: Range("Hours a day", 0, 2400, "h", 100),
    Kind.COUNT: Range("A count", 0, 1_000_000, "", 100),
    Kind.YES_NO: Range("Yes or no", 0, 100, "", 100),
}


def check_value(kind: Kind, hundredths: int) -> None:
    """Raise InvalidValue, naming the range, for a check-in's value that something of this kind cannot have."""
    KIND_RANGES[kind].check(hundredths)


def ranged(label: str, low: int, high: int, unit: str = "", scale: int = 1) -> Any:
    """A dataclass field for an optional integer that must lie in a range; empty (None) is allowed."""
    return field(default=None, metadata={"range": Range(label, low, high, unit, scale)})


def rating(label: str) -> Any:
    """A dataclass field for an optional 0-10 rating in hundredths."""
    return ranged(label, 0, 1000, "", 100)


def text(label: str, longest: int = NOTE_LENGTH) -> Any:
    """A dataclass field for text; empty by default."""
    return field(default="", metadata={"text": (label, longest)})


def range_of(record: Any, name: str) -> Range:
    """The range of one field of a record class, for a form that asks for it."""
    found: Range = next(f.metadata["range"] for f in fields(record) if f.name == name)
    return found


def check_fields(record: Any) -> None:
    """Raise InvalidValue for the first field of `record` that is outside its range."""
    kind = type(record)
    if kind not in _limited:
        found = ((each.name, each.metadata.get("range"), each.metadata.get("text")) for each in fields(kind))
        _limited[kind] = tuple(each for each in found if each[1] or each[2])
    for name, span, words in _limited[kind]:
        value = getattr(record, name)
        if value is None:
            continue
        if span is not None:
            span.check(value)
        elif words is not None:
            _check_text(value, *words)


# Asked for with every record that is read: the fields of each class that have a range, or a label and a length.
_limited: dict[type[Any], tuple[tuple[str, Range | None, tuple[str, int] | None], ...]] = {}


def check_day(day: date, label: str = "The date") -> None:
    """Raise InvalidValue for a day before 1900."""
    if day < FIRST_DAY:
        raise InvalidValue(f"{label} must be in 1900 or later; {day.isoformat()} is earlier.")


def check_not_future(day: date, today: date, ahead: int = 1, label: str = "The date") -> None:
    """Raise InvalidValue when `day` is more than `ahead` days after `today`."""
    if day > today + timedelta(days=ahead):
        until = "tomorrow" if ahead == 1 else (today + timedelta(days=ahead)).isoformat()
        raise InvalidValue(f"{label} must not be later than {until}; {day.isoformat()} is.")


def check_offset(minutes: int | None) -> None:
    """Raise InvalidValue for an offset from UTC that no place on earth has."""
    if minutes is not None and not -14 * 60 <= minutes <= 14 * 60:
        raise InvalidValue("The offset from UTC must be from -14 to +14 hours.")


def _check_text(value: str, label: str, longest: int) -> None:
    if "\x00" in value:
        raise InvalidValue(f"{label} holds a character that cannot be stored (NUL).")
    if len(value) > longest:
        raise InvalidValue(f"{label} may have up to {longest:,} characters; this has {len(value):,}.")
