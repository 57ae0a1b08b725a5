"""The JSON Schema of the archive, made from the records, so that it can never say something else than they do.

The published copy is resources/archive/ketatrack-archive-2.schema.json; a test holds the two together.
"""

from dataclasses import is_dataclass
from datetime import date, datetime, time
from enum import StrEnum
from fractions import Fraction
from typing import Any
from uuid import UUID

from ketatrack.models import records
from ketatrack.models.instruments import KEYS, instruments
from ketatrack.models.plain import ARCHIVE_FORMAT, ARCHIVE_VERSION, FRACTION, Shape, shapes
from ketatrack.models.values import Range
from ketatrack.models.whole import KINDS

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_DAY = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_DAY_FROM_1900 = "^(19|[2-9][0-9])[0-9]{2}-[0-9]{2}-[0-9]{2}$"
_TEXTS: dict[type[Any], dict[str, Any]] = {
    UUID: {"type": "string", "format": "uuid"},
    date: {"type": "string", "format": "date", "pattern": _DAY},
    time: {"type": "string", "pattern": "^[0-2][0-9]:[0-5][0-9]:[0-5][0-9](\\.[0-9]{6})?$"},
    datetime: {"type": "string", "format": "date-time"},
    Fraction: {"type": "string", "pattern": FRACTION, "description": "An exact fraction, from 0 to 100"},
    bool: {"type": "boolean"},
    str: {"type": "string"},
}
_CHECKED_DAYS = frozenset({"day", "birth_date"})


def schema() -> dict[str, Any]:
    """The schema (draft 2020-12) of what `archive` writes."""
    lists = {name: {"type": "array", "items": {"$ref": f"#/$defs/{kind.__name__}"}} for name, kind in KINDS.items()}
    kinds = (*records.RECORD_TYPES, records.Vital, records.Value)
    return {
        "$schema": _DIALECT,
        "$id": f"urn:ketatrack:archive:{ARCHIVE_VERSION}",
        "title": f"A KetaTrack diary, version {ARCHIVE_VERSION}",
        "description": "Everything in one diary. Absent is null; numbers are exact, in the unit that is named.",
        **_object({"format": {"const": ARCHIVE_FORMAT}, "version": {"const": ARCHIVE_VERSION}} | lists),
        "$defs": {kind.__name__: _record(kind) for kind in kinds},
    }


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object", "properties": properties, "required": list(properties), "additionalProperties": False
    }  # fmt: skip


def _record(kind: type[Any]) -> dict[str, Any]:
    said = " ".join((kind.__doc__ or "").split())
    return {"description": said} | _object({shape.key: _field(kind, shape) for shape in shapes(kind)})


def _field(kind: type[Any], shape: Shape) -> dict[str, Any]:
    one = _one(kind, shape)
    whole = {"type": "array", "items": one} if shape.many else one
    return {"anyOf": [whole, {"type": "null"}]} if shape.optional else whole


def _one(kind: type[Any], shape: Shape) -> dict[str, Any]:
    if is_dataclass(shape.base):
        return {"$ref": f"#/$defs/{shape.base.__name__}"}
    if issubclass(shape.base, StrEnum):
        return {"enum": [str(each) for each in shape.base]}
    if shape.name in ("instrument", "instruments"):
        return {"enum": list(KEYS)}
    if shape.base is int:
        return _number(_answers_limits().get(shape.name, shape.limits) if kind is records.Answers else shape.limits)
    if shape.base is date and shape.name in _CHECKED_DAYS:
        return _TEXTS[date] | {"pattern": _DAY_FROM_1900}
    return _TEXTS[shape.base] | ({} if shape.longest is None else {"maxLength": shape.longest})


def _number(limits: Range | None) -> dict[str, Any]:
    assert limits is not None, "every whole number of a record has limits"
    said = f"{limits.label}, {limits.unit}" if limits.unit else limits.label
    if limits.scale == 1:
        return {"type": "integer", "minimum": limits.low, "maximum": limits.high, "description": said}
    low, high = (_plain_number(end, limits.scale) for end in (limits.low, limits.high))
    return {"type": "number", "minimum": low, "maximum": high, "description": f"{said}, with up to two decimals"}


def _plain_number(stored: int, scale: int) -> int | float:
    return stored // scale if stored % scale == 0 else stored / scale


def _answers_limits() -> dict[str, Range]:
    forms = instruments()
    scores = [option.score for form in forms for item in form.items for option in item.options]
    last = [option.score for form in forms if form.unscored for option in form.unscored.options]
    return {
        "items": Range("An answer", min(scores), max(scores)),
        "unscored": Range("The answer to the last question, which is not scored", min(last), max(last)),
        "total": Range("The sum of all answers", 0, max(form.maximum for form in forms)),
    }
