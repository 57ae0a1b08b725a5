"""A record as plain JSON values and back, strictly: what an archive is made of, whoever wrote it.

How each field is written stands in fields.py. In an archive a number stands in the unit that its field names, 42.5 mg
and not 4250 hundredths; in the draft of an unfinished sheet it stands as it is stored.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any, TypeVar
from uuid import UUID

from ketatrack.errors import InvalidValue
from ketatrack.i18n import N_, _
from ketatrack.models.fields import HUNDREDTHS, Field, describe

R = TypeVar("R")

ARCHIVE_FORMAT = "ketatrack-archive"
ARCHIVE_VERSION = 2
# A diary keeps neither a NUL nor half of a character.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
FRACTION = "^[0-9]{1,40}/[1-9][0-9]{0,39}$"
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


def to_plain(record: Any) -> dict[str, Any]:
    """Return the record as JSON can hold it: every field by its key, absent is null, numbers in their unit."""
    return {item.key: _written(item, getattr(record, item.name), _in_unit) for item in describe(type(record))}


def _in_unit(field: Field, item: Any) -> Any:
    if field.in_hundredths:
        # The shortest decimal of this float is exact: far fewer digits than a float holds.
        return item // HUNDREDTHS if item % HUNDREDTHS == 0 else item / HUNDREDTHS
    return to_plain(item) if field.is_child else field.write(item)


def _written(field: Field, value: Any, write: Callable[[Field, Any], Any]) -> Any:
    if value is None:
        return None
    return [write(field, item) for item in value] if field.many else write(field, value)


def to_draft(kind: type[Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """Return some fields of a record that is not complete yet as JSON can hold them, numbers as they are stored."""
    known = {item.name: item for item in describe(kind)}
    return {name: _written(known[name], value, _as_stored) for name, value in values.items()}


def _as_stored(field: Field, item: Any) -> Any:
    if field.is_child:
        return to_draft(field.base, {part.name: getattr(item, part.name) for part in describe(field.base)})
    return field.write(item)


def from_draft(kind: type[Any], data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields that `to_draft` wrote; names that the record does not have are left out.

    Raises ValueError or TypeError for what it does not write.
    """
    return {item.name: _restored(item, data[item.name]) for item in describe(kind) if item.name in data}


def _restored(field: Field, stored: Any) -> Any:
    if stored is None:
        return None
    return tuple(_restored_item(field, item) for item in stored) if field.many else _restored_item(field, stored)


def _restored_item(field: Field, stored: Any) -> Any:
    return field.base(**from_draft(field.base, stored)) if field.is_child else field.read(stored)


def from_plain(kind: type[R], data: Any) -> R:
    """Return the record that JSON holds, its numbers with decimals read as Decimal.

    Raises InvalidValue, naming the field, for anything that `to_plain` does not write. What was typed is not quoted.
    """
    if not isinstance(data, Mapping):
        raise InvalidValue(_("An entry must stand in curly brackets."))
    known = describe(kind)
    names = {item.key for item in known}
    if data.keys() != names:
        lacking = sorted(names - data.keys())
        if lacking:
            raise InvalidValue(_("“{key}” is missing.").format(key=lacking[0]))
        raise InvalidValue(_("There is a field that is not known."))
    return kind(**{item.name: _field(item, data[item.key]) for item in known})


def _field(field: Field, plain: Any) -> Any:
    if plain is None and field.optional:
        return None
    if not field.many:
        return _read(field, plain)
    if not isinstance(plain, list):
        raise InvalidValue(_("“{key}” must be a list.").format(key=field.key))
    return tuple(_read(field, item) for item in plain)


def _read(field: Field, plain: Any) -> Any:
    base: type[Any] = field.base
    if field.is_child:
        return from_plain(base, plain)
    if base is int and field.in_hundredths:
        return _hundredths(field, plain)
    wanted = base if base in (int, bool) else str
    # A bool is an int in Python, but true is no number in a diary.
    if type(plain) is not wanted or (wanted is str and _UNSTORABLE.search(plain)):
        raise InvalidValue(_("“{key}” must be {words}.").format(key=field.key, words=_words(base)))
    if field.limits is not None and isinstance(plain, int):
        field.limits.check(plain)
    if base is Fraction and not re.fullmatch(FRACTION, plain):
        raise InvalidValue(_("“{key}” must be a fraction like 27/4.").format(key=field.key))
    try:
        return plain if base in (int, bool, str) else from_words(field, plain)
    except (ValueError, OverflowError):
        raise InvalidValue(_("“{key}” must be {words}.").format(key=field.key, words=_words(base))) from None


def _hundredths(field: Field, plain: Any) -> int:
    """Return the hundredths that a number in the field's unit stands for, exactly."""
    hundredths = plain * HUNDREDTHS if type(plain) in (int, Decimal) else None
    if hundredths is None or hundredths != int(hundredths):
        raise InvalidValue(_("“{key}” must be {value}.").format(key=field.key, value=_(_WORDS[Decimal])))
    assert field.limits is not None, "only a number with a range is in hundredths"
    field.limits.check(int(hundredths))
    return int(hundredths)


def from_words(field: Field, words: str) -> Any:
    """Return what a text stands for: an id, a day, a wall clock, a moment, a fraction or a word of a list.

    Raises ValueError (or OverflowError) where it stands for none.
    """
    result = field.read(words)
    if isinstance(result, time) and result.tzinfo is not None:
        raise ValueError("a wall clock has no offset of its own")
    return result


def _words(base: type[Any]) -> str:
    if issubclass(base, StrEnum):
        return _("one of {names}").format(names=", ".join(base))
    return _(_WORDS[base])
