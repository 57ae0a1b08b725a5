"""A record as plain JSON values and back, strictly: what an archive is made of, whoever wrote it.

How each type is written stands in mapping.py; only what JSON can say better than a row is said here: a number stands
in the unit that its field names, 42.5 mg and not 4250 hundredths.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from types import NoneType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints
from uuid import UUID

from ketatrack.errors import InvalidValue
from ketatrack.i18n import N_, _
from ketatrack.models.fields import Range
from ketatrack.models.row_mapping import converter

R = TypeVar("R")

ARCHIVE_FORMAT = "ketatrack-archive"
ARCHIVE_VERSION = 2
FRACTION = "^[0-9]{1,40}/[1-9][0-9]{0,39}$"
LARGEST = 2**53 - 1
HUNDREDTHS = 100
_WHOLE = Range(N_("A whole number"), -LARGEST, LARGEST)
_OFFSET = Range(N_("The offset from UTC"), -14 * 60, 14 * 60, "min")
_WORDS: dict[type, str] = {
    str: N_("text"),
    int: N_("a whole number"),
    Decimal: N_("a number with up to two decimals"),
    bool: N_("true or false"),
    UUID: N_("an id"),
    date: N_("a day"),
    time: N_("a time of day"),
    datetime: N_("a moment"),
    Fraction: N_("a fraction"),
}


@dataclass(frozen=True, slots=True)
class Shape:
    """One field of a record: the type of what it holds, whether it may be empty, whether it holds several.

    `key` is its name in an archive.
    """

    name: str
    key: str
    base: type[Any]
    optional: bool
    many: bool
    limits: Range | None
    longest: int | None

    @property
    def in_hundredths(self) -> bool:
        """Whether a record holds hundredths of the unit."""
        return self.limits is not None and self.limits.scale == HUNDREDTHS


_known: dict[type[Any], tuple[Shape, ...]] = {}


def shapes(kind: type[Any]) -> tuple[Shape, ...]:
    """Return the fields of a record class, in its order."""
    if kind not in _known:
        hints = get_type_hints(kind)
        _known[kind] = tuple(_shape(spec, hints[spec.name]) for spec in fields(kind))
    return _known[kind]


def _shape(field: Any, hint: Any) -> Shape:
    parts = get_args(hint)
    optional = NoneType in parts
    inner = next(part for part in parts if part is not NoneType) if optional else hint
    many = get_origin(inner) is tuple
    base = get_args(inner)[0] if many else inner
    limits = field.metadata.get("range")
    if base is int:
        limits = limits or (_OFFSET if field.name == "utc_offset_minutes" else _WHOLE)
    words = field.metadata.get("text")
    key = field.metadata.get("archived_as", field.name)
    return Shape(field.name, key, base, optional, many, limits, words[1] if words else None)


def to_plain(record: Any) -> dict[str, Any]:
    """Return the record as JSON can hold it: every field by its key, absent is null, numbers in their unit."""
    result: dict[str, Any] = {}
    for shape in shapes(type(record)):
        held = getattr(record, shape.name)
        if held is None:
            result[shape.key] = None
        elif shape.many:
            result[shape.key] = [_write(shape, item) for item in held]
        else:
            result[shape.key] = _write(shape, held)
    return result


def _write(shape: Shape, held: Any) -> Any:
    base: type[Any] = shape.base
    if base is int and shape.in_hundredths:
        # The shortest decimal of this float is exact: far fewer digits than a float holds.
        return held // HUNDREDTHS if held % HUNDREDTHS == 0 else held / HUNDREDTHS
    if base in (int, bool, str):
        return held
    return to_plain(held) if is_dataclass(base) else converter(base).to_row(held)


def from_plain(kind: type[R], data: Any) -> R:
    """Return the record that JSON holds, its numbers with decimals read as Decimal.

    Raises InvalidValue, naming the field, for anything that `to_plain` does not write. What was typed is not quoted.
    """
    if not isinstance(data, Mapping):
        raise InvalidValue(_("An entry must stand in curly brackets."))
    known = shapes(kind)
    names = {shape.key for shape in known}
    if data.keys() != names:
        lacking = sorted(names - data.keys())
        if lacking:
            raise InvalidValue(_("“{key}” is missing.").format(key=lacking[0]))
        raise InvalidValue(_("There is a field that is not known."))
    return kind(**{shape.name: _field(shape, data[shape.key]) for shape in known})


def _field(shape: Shape, given: Any) -> Any:
    if given is None and shape.optional:
        return None
    if not shape.many:
        return _read(shape, given)
    if not isinstance(given, list):
        raise InvalidValue(_("“{key}” must be a list.").format(key=shape.key))
    return tuple(_read(shape, item) for item in given)


def _read(shape: Shape, given: Any) -> Any:
    base: type[Any] = shape.base
    if is_dataclass(base):
        return from_plain(base, given)
    if base is int and shape.in_hundredths:
        return _hundredths(shape, given)
    wanted = base if base in (int, bool) else str
    # A bool is an int in Python, but true is no number in a diary.
    if type(given) is not wanted or (wanted is str and not _storable(given)):
        raise InvalidValue(_("“{key}” must be {words}.").format(key=shape.key, words=_words(base)))
    if shape.limits is not None and isinstance(given, int):
        shape.limits.check(given)
    if base is Fraction and not re.fullmatch(FRACTION, given):
        raise InvalidValue(_("“{key}” must be a fraction like 27/4.").format(key=shape.key))
    try:
        return given if base in (int, bool, str) else from_words(base, given)
    except (ValueError, OverflowError):
        raise InvalidValue(_("“{key}” must be {words}.").format(key=shape.key, words=_words(base))) from None


def _hundredths(shape: Shape, given: Any) -> int:
    """Return the hundredths that a number in the field's unit stands for, exactly."""
    hundredths = given * HUNDREDTHS if type(given) in (int, Decimal) else None
    if hundredths is None or hundredths != int(hundredths):
        raise InvalidValue(_("“{key}” must be {value}.").format(key=shape.key, value=_(_WORDS[Decimal])))
    if shape.limits is not None:
        shape.limits.check(int(hundredths))
    return int(hundredths)


def from_words(base: type[Any], words: str) -> Any:
    """Return what a text stands for: an id, a day, a wall clock, a moment, a fraction or a word of a list.

    Raises ValueError (or OverflowError) where it stands for none.
    """
    result = converter(base).from_row(words)
    if isinstance(result, time) and result.tzinfo is not None:
        raise ValueError("a wall clock has no offset of its own")
    return result


def _storable(words: str) -> bool:
    """Whether a diary can keep this text: no NUL, and no half of a character."""
    return "\x00" not in words and not any("\ud800" <= letter <= "\udfff" for letter in words)


def _words(base: type[Any]) -> str:
    if issubclass(base, StrEnum):
        return _("one of {names}").format(names=", ".join(base))
    return _(_WORDS[base])
