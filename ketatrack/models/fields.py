"""What each field of a record may hold: ranges with their units, lengths, days; each with its sentence.

Numbers with decimals are integer hundredths (exact, never floats); `Range` turns them into words.
"""

from dataclasses import dataclass, field, fields
from datetime import date, timedelta
from typing import Any

from ketatrack.errors import InvalidValue
from ketatrack.i18n import N_, _
from ketatrack.models.enums import Kind

FIRST_DAY = date(1900, 1, 1)
NOTE_LENGTH = 1_000_000
NAME_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Range:
    """Smallest and largest stored integer of a field; `scale` of them make one unit."""

    label: str
    low: int
    high: int
    unit: str = ""
    scale: int = 1

    def words(self, stored: int) -> str:
        """Return `stored` as a person writes it: 4250 hundredths of a mg -> "42.5"."""
        if self.scale == 1:
            return f"{stored:,}"
        sign, (whole, rest) = "-" if stored < 0 else "", divmod(abs(stored), self.scale)
        return f"{sign}{whole:,}" + (f".{rest:02d}".rstrip("0") if rest else "")

    def check(self, stored: int) -> None:
        """Raise InvalidValue, naming the range, when `stored` is outside it."""
        if not isinstance(stored, int) or isinstance(stored, bool):
            raise InvalidValue(_("{label} must be a number.").format(label=_(self.label)))
        if not self.low <= stored <= self.high:
            unit = f" {_(self.unit)}" if self.unit else ""
            raise InvalidValue(
                _("{label} must be from {low} to {high}{unit}; {stored}{unit} is outside.").format(
                    label=_(self.label),
                    low=self.words(self.low),
                    high=self.words(self.high),
                    unit=unit,
                    stored=self.words(stored),
                )
            )


RATING = Range(N_("A rating"), 0, 1000, scale=100)
KIND_RANGES = {
    Kind.RATING: RATING,
    Kind.MINUTES: Range(N_("Minutes a day"), 0, 144_000, "min", 100),
    Kind.HOURS: Range(N_("Hours a day"), 0, 2400, "h", 100),
    Kind.COUNT: Range(N_("A count"), 0, 1_000_000, "", 100),
    Kind.YES_NO: Range(N_("Yes or no"), 0, 100, "", 100),
}


def check_value(kind: Kind, hundredths: int) -> None:
    """Raise InvalidValue, naming the range, for a check-in's value that something of this kind cannot have."""
    KIND_RANGES[kind].check(hundredths)


def ranged(label: str, low: int, high: int, unit: str = "", scale: int = 1) -> Any:
    """Return a dataclass field for an optional integer that must lie in a range; empty (None) is allowed."""
    return field(default=None, metadata={"range": Range(label, low, high, unit, scale)})


def rating(label: str) -> Any:
    """Return a dataclass field for an optional 0-10 rating in hundredths."""
    return ranged(label, 0, 1000, "", 100)


def text(label: str, longest: int = NOTE_LENGTH) -> Any:
    """Return a dataclass field for text; empty by default."""
    return field(default="", metadata={"text": (label, longest)})


def range_of(record: Any, name: str) -> Range:
    """Return the range of one field of a record class, for a form that asks for it."""
    result: Range = next(f.metadata["range"] for f in fields(record) if f.name == name)
    return result


def check_fields(record: Any) -> None:
    """Raise InvalidValue for the first field of `record` that is outside its range."""
    kind = type(record)
    if kind not in _limited:
        result = ((spec.name, spec.metadata.get("range"), spec.metadata.get("text")) for spec in fields(kind))
        _limited[kind] = tuple(each for each in result if each[1] or each[2])
    for name, span, words in _limited[kind]:
        value = getattr(record, name)
        if value is None:
            continue
        if span is not None:
            span.check(value)
        elif words is not None:
            _check_text(value, *words)


# Consent for with every record that is read: the fields of each class that have a range, or a label and a length.
_limited: dict[type[Any], tuple[tuple[str, Range | None, tuple[str, int] | None], ...]] = {}


def check_day(day: date, label: str = N_("The date")) -> None:
    """Raise InvalidValue for a day before 1900."""
    if day < FIRST_DAY:
        raise InvalidValue(
            _("{label} must be in 1900 or later; {day} is earlier.").format(label=_(label), day=day.isoformat())
        )


def check_not_future(day: date, today: date, ahead: int = 1, label: str = N_("The date")) -> None:
    """Raise InvalidValue when `day` is more than `ahead` days after `today`."""
    if day > today + timedelta(days=ahead):
        until = _("tomorrow") if ahead == 1 else (today + timedelta(days=ahead)).isoformat()
        raise InvalidValue(
            _("{label} must not be later than {until}; {day} is.").format(
                label=_(label), until=until, day=day.isoformat()
            )
        )


def check_offset(minutes: int | None) -> None:
    """Raise InvalidValue for an offset from UTC that no place on earth has."""
    if minutes is not None and not -14 * 60 <= minutes <= 14 * 60:
        raise InvalidValue(_("The offset from UTC must be from -14 to +14 hours."))


def _check_text(value: str, label: str, longest: int) -> None:
    if "\x00" in value:
        raise InvalidValue(_("{label} holds a character that cannot be stored (NUL).").format(label=_(label)))
    if len(value) > longest:
        raise InvalidValue(
            _("{label} may have up to {longest:,} characters; this has {n:,}.").format(
                label=_(label), longest=longest, n=len(value)
            )
        )
