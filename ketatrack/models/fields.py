"""What each field of a record may hold, and how it is written: the one description that everything else follows.

Checks, rows and tables of the diary, the archive and its schema, CSV and drafts are all driven by `describe`.
Numbers with decimals are integer hundredths (exact, never floats); `Range` turns them into words.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from fractions import Fraction
from functools import cache, cached_property, lru_cache
from types import NoneType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints
from uuid import UUID

from ketatrack.errors import InvalidValue
from ketatrack.i18n import N_, _
from ketatrack.models.enums import Kind

T = TypeVar("T")
FIRST_DAY = date(1900, 1, 1)
NOTE_LENGTH = 1_000_000
NAME_LENGTH = 200
LARGEST = 2**53 - 1
HUNDREDTHS = 100


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
        sign, (units, rest) = "-" if stored < 0 else "", divmod(abs(stored), self.scale)
        return f"{sign}{units:,}" + (f".{rest:02d}".rstrip("0") if rest else "")

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


WHOLE_NUMBER = Range(N_("A whole number"), -LARGEST, LARGEST)
OFFSET = Range(N_("The offset from UTC"), -14 * 60, 14 * 60, "min")


def _same(value: Any) -> Any:
    return value


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()


# How one item of each type is written as text, and read back; numbers, texts and true or false stay as they are.
_WRITERS: dict[type[Any], Callable[[Any], Any]] = {
    UUID: str,
    date: date.isoformat,
    time: time.isoformat,
    datetime: _utc,
    Fraction: lambda value: f"{value.numerator}/{value.denominator}",
}
_READERS: dict[type[Any], Callable[[Any], Any]] = {
    UUID: lru_cache(maxsize=1024)(UUID),
    date: date.fromisoformat,
    time: time.fromisoformat,
    datetime: datetime.fromisoformat,
    Fraction: Fraction,
}


@dataclass(frozen=True)
class Field:
    """One field of a record: the type of what it holds, whether it may be empty (None), whether it holds several.

    `key` is its name in an archive, `label` and `longest` are those of a text. `write` and `read` turn one item into
    plain text or number and back; `to_row` and `from_row` do so with all that one column of a table holds.
    """

    name: str
    key: str
    base: type[Any]
    optional: bool
    many: bool
    limits: Range | None
    label: str
    longest: int | None
    write: Callable[[Any], Any]
    read: Callable[[Any], Any]

    @cached_property
    def in_hundredths(self) -> bool:
        """Whether a record holds hundredths of the unit."""
        return self.limits is not None and self.limits.scale == HUNDREDTHS

    @cached_property
    def is_child(self) -> bool:
        """Whether it holds records of their own, which have a table of their own."""
        return is_dataclass(self.base)

    @cached_property
    def to_row(self) -> Callable[[Any], Any]:
        """How the field's value is written into a column; several items are one JSON list."""
        if self.many:
            return lambda items: json.dumps(items, ensure_ascii=False)
        return int if self.base is bool else self.write

    @cached_property
    def from_row(self) -> Callable[[Any], Any]:
        """How the field's value is read from a column."""
        if self.many:
            return lambda stored: tuple(map(self.read, json.loads(stored)))
        return bool if self.base is bool else self.read


def once_a_class(function: Callable[[type[Any]], T]) -> Callable[[type[Any]], T]:
    """Remember what `function` returns for each class, for what happens with every record that is read."""
    return cache(function)  # type: ignore[return-value]  # a class is hashable, whatever mypy makes of type[Any]


@once_a_class
def describe(kind: type[Any]) -> tuple[Field, ...]:
    """Return the description of every field of a record class, in its order."""
    hints = get_type_hints(kind)
    return tuple(_described(spec.name, hints[spec.name], spec.metadata) for spec in fields(kind))


def _described(name: str, hint: Any, metadata: Any) -> Field:
    inner, optional = _without_none(hint)
    many = get_origin(inner) is tuple
    base = _without_none(get_args(inner)[0])[0] if many else inner
    label, longest = metadata.get("text", ("", None))
    limits = metadata.get("range")
    if base is int and limits is None:
        limits = OFFSET if name == "utc_offset_minutes" else WHOLE_NUMBER
    is_word = issubclass(base, StrEnum)
    return Field(
        name=name,
        key=metadata.get("archived_as", name),
        base=base,
        optional=optional,
        many=many,
        limits=limits,
        label=label,
        longest=longest,
        write=str if is_word else _WRITERS.get(base, _same),
        read=base if is_word else _READERS.get(base, _same),
    )


def _without_none(hint: Any) -> tuple[Any, bool]:
    """Return a type without its None, and whether it had one."""
    parts = get_args(hint)
    return (next(part for part in parts if part is not NoneType), True) if NoneType in parts else (hint, False)


def range_of(record: Any, name: str) -> Range:
    """Return the range of one field of a record class, for a form that asks for it."""
    limits = next(item.limits for item in describe(record) if item.name == name)
    assert limits is not None, "only numbers have a range"
    return limits


def check_fields(record: Any) -> None:
    """Raise InvalidValue for the first field of `record` that is outside its range."""
    for item in _limited(type(record)):
        value = getattr(record, item.name)
        if value is None:
            continue
        if item.limits is not None:
            item.limits.check(value)
        else:
            assert item.longest is not None, "_limited has no other fields"
            _check_text(value, item.label, item.longest)


@once_a_class
def _limited(kind: type[Any]) -> tuple[Field, ...]:
    """Return the fields of a record class that have a range, or a label and a length."""
    return tuple(item for item in describe(kind) if not item.many and (item.limits or item.longest))


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
    if minutes is not None and not OFFSET.low <= minutes <= OFFSET.high:
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
