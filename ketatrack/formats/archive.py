"""The archive, everything in one JSON file: its schema, made from the records, writing and reading."""

import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import fields
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from pathlib import Path
from typing import Any, NoReturn
from uuid import UUID

from ketatrack.errors import ImportRefused, InvalidValue
from ketatrack.formats.plan import Merge, add, instead_of
from ketatrack.i18n import _
from ketatrack.models import earlier_versions, records
from ketatrack.models.diary_data import KINDS, DiaryData
from ketatrack.models.fields import Field, Range, check_value, describe
from ketatrack.models.instruments import KEYS, instruments
from ketatrack.models.record_json import ARCHIVE_FORMAT, ARCHIVE_VERSION, FRACTION, from_plain, to_plain
from ketatrack.models.records import Record

LARGEST_FILE = 256 * 1024 * 1024
_LONGEST_NUMBER = 20
_BEGINNING = 512
_FHIR = re.compile(rb'"resourceType"\s*:')
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


def archive(data: DiaryData) -> bytes:
    """Return the JSON of a whole diary, UTF-8, one record a line, each kind in the order of the diary."""
    kinds = [f"{json.dumps(spec.name)}: {_lines(getattr(data, spec.name))}" for spec in fields(data)]
    head = [f'"format": {json.dumps(ARCHIVE_FORMAT)}', f'"version": {ARCHIVE_VERSION}']
    return ("{\n" + ",\n".join((*head, *kinds)) + "\n}\n").encode()


def _lines(records: tuple[object, ...]) -> str:
    if not records:
        return "[]"
    written = (json.dumps(to_plain(record), ensure_ascii=False, allow_nan=False) for record in records)
    return "[\n" + ",\n".join(written) + "\n]"


class _NotOurs(ValueError):
    """JSON that an archive never holds; the sentence says what."""


def plan(path: Path, present: DiaryData) -> Merge:
    """Return what an archive would bring to the diary that is `present`; nothing is written.

    A diary that holds nothing but defaults becomes the archived one. Raises ImportRefused as `read` does.
    """
    result, merge = read(path), Merge()
    _check_keys(path.name, result, present)
    merge.read = len(result.records)
    add(merge, result.records, present)
    merge.pairs.extend(instead_of(result, present))
    return merge


def read(path: Path) -> DiaryData:
    """Return the diary that an archive holds.

    Raises ImportRefused where it was written by a newer KetaTrack, is not whole, or holds what no diary can.
    """
    data = _document(path)
    if not isinstance(data, dict) or data.get("format") != ARCHIVE_FORMAT:
        raise ImportRefused(
            _("{name} is JSON, but not an archive of KetaTrack. Nothing was brought in.").format(name=path.name)
        )
    version = data.get("version")
    if type(version) is not int or version < 1:
        raise _damaged(path.name, _("it does not say its version"))
    if version > ARCHIVE_VERSION:
        raise ImportRefused(
            _(
                "{name} was written by a newer KetaTrack (version {version} of the archive; this one "
                "knows up to {archive_version}). Install the newer KetaTrack to bring it in. Nothing "
                "was changed."
            ).format(name=path.name, version=version, archive_version=ARCHIVE_VERSION)
        )
    if version == 1:
        data = earlier_versions.archive_of_version_1(data)
    if data.keys() != {"format", "version", *KINDS}:
        raise _damaged(path.name, _("whole kinds of entries are missing, or there are some that are not known"))
    diary_data = DiaryData(**{name: _records(path.name, name, kind, data[name]) for name, kind in KINDS.items()})
    _check_values(path.name, diary_data)
    return diary_data


def _document(path: Path) -> Any:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise ImportRefused(
                _("{name} is larger than {value} MB, more than any diary's archive. Nothing was brought in.").format(
                    name=path.name, value=LARGEST_FILE // 1024**2
                )
            )
        content = path.read_bytes()
    except OSError as error:
        raise ImportRefused(
            _("{name} cannot be read: {strerror}.").format(name=path.name, strerror=error.strerror)
        ) from error
    if _FHIR.search(content[:_BEGINNING]):
        raise ImportRefused(
            _(
                "{name} is a FHIR document, made for a clinic’s system, which KetaTrack cannot bring "
                "in. Export the archive (JSON) or the tables (CSV) from the same diary and bring "
                "those in. Nothing was changed."
            ).format(name=path.name)
        )
    try:
        return json.loads(
            content.decode("utf-8-sig"),
            object_pairs_hook=_object,
            parse_float=_decimal,
            parse_constant=_no_number,
            parse_int=_integer,
        )
    except json.JSONDecodeError as error:
        raise _damaged(path.name, _("it stops being JSON in line {number}").format(number=error.lineno)) from None
    except UnicodeDecodeError:
        raise _damaged(path.name, _("it is not text in UTF-8")) from None
    except RecursionError:
        raise _damaged(path.name, _("lists stand in lists without end")) from None
    except _NotOurs as error:
        raise _damaged(path.name, str(error)) from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        raise _NotOurs(_("one of its entries has the same field twice"))
    return result


def _no_number(_digits: str) -> NoReturn:
    raise _NotOurs(_("it holds something in the place of a number that is none"))


def _decimal(digits: str) -> Decimal:
    if len(digits) > _LONGEST_NUMBER or "e" in digits.lower():
        raise _NotOurs(_("it holds a number in a form that KetaTrack does not write"))
    return Decimal(digits)


def _integer(digits: str) -> int:
    if len(digits) > _LONGEST_NUMBER:
        raise _NotOurs(_("it holds a number that is far too large"))
    return int(digits)


def _damaged(name: str, what: str) -> ImportRefused:
    return ImportRefused(
        _(
            "{name} is not a whole archive: {what}. Nothing was brought in; take an unchanged copy, or export it again."
        ).format(name=name, what=what)
    )


def _in_entry(name: str, number: int, what: str) -> str:
    return _("{name}, entry {number}: {what}").format(name=name, number=number, what=what.removesuffix("."))


def _records(file: str, name: str, kind: type[Record], rows: Any) -> tuple[Any, ...]:
    if not isinstance(rows, list):
        raise _damaged(file, _("“{name}” is no list").format(name=name))
    result = []
    for number, row in enumerate(rows, start=1):
        try:
            result.append(from_plain(kind, row))
        except InvalidValue as error:
            raise _damaged(file, _in_entry(name, number, str(error))) from None
    repeated = _repeated(record.id for record in result)
    if repeated:
        raise _damaged(file, _("{name}: two entries have the id {id}").format(name=name, id=repeated))
    return tuple(result)


def _repeated(things: Iterable[object]) -> object | None:
    return next((thing for thing, times in Counter(things).items() if times > 1), None)


def _check_values(file: str, data: DiaryData) -> None:
    """Refuse a check-in's value of something that is not tracked, or outside its range."""
    if _repeated(item.key for item in data.tracked):
        raise _damaged(file, _("{name}: two entries have the same key").format(name="tracked"))
    kinds = {item.id: item.kind for item in data.tracked}
    for number, entry in enumerate(data.check_ins, start=1):
        for value in entry.values:
            if value.tracked_id not in kinds:
                raise _damaged(
                    file, _in_entry("check_ins", number, _("it rates something that the archive does not track"))
                )
            try:
                check_value(kinds[value.tracked_id], value.hundredths)
            except InvalidValue as error:
                raise _damaged(file, _in_entry("check_ins", number, str(error))) from None


def _check_keys(file: str, data: DiaryData, present: DiaryData) -> None:
    """Refuse the same key under two ids: it would be one measure in two places."""
    ids = {item.key: item.id for item in present.tracked}
    for item in data.tracked:
        if ids.get(item.key, item.id) != item.id:
            raise ImportRefused(
                _(
                    "{file} and this diary know the same measure under two ids, so their entries cannot "
                    "be put together. Bring it into a new diary instead."
                ).format(file=file)
            )


def schema() -> dict[str, Any]:
    """Return the schema (draft 2020-12) of what `archive` writes."""
    lists = {name: {"type": "array", "items": {"$ref": f"#/$defs/{kind.__name__}"}} for name, kind in KINDS.items()}
    kinds = (*records.RECORD_TYPES, records.Vital, records.Value)
    return {
        "$schema": _DIALECT,
        "$id": f"urn:ketatrack:archive:{ARCHIVE_VERSION}",
        "title": f"A KetaTrack diary, version {ARCHIVE_VERSION}",
        "description": "Everything in one diary. Absent is null; numbers are exact, in the unit that is named.",
        **_object_schema({"format": {"const": ARCHIVE_FORMAT}, "version": {"const": ARCHIVE_VERSION}} | lists),
        "$defs": {kind.__name__: _record(kind) for kind in kinds},
    }


def _object_schema(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def _record(kind: type[Any]) -> dict[str, Any]:
    description = " ".join((kind.__doc__ or "").split())
    return {"description": description} | _object_schema({field.key: _field(kind, field) for field in describe(kind)})


def _field(kind: type[Any], field: Field) -> dict[str, Any]:
    item = _item(kind, field)
    value = {"type": "array", "items": item} if field.many else item
    return {"anyOf": [value, {"type": "null"}]} if field.optional else value


def _item(kind: type[Any], field: Field) -> dict[str, Any]:
    if field.is_child:
        return {"$ref": f"#/$defs/{field.base.__name__}"}
    if issubclass(field.base, StrEnum):
        return {"enum": [str(word) for word in field.base]}
    if field.name in ("instrument", "instruments"):
        return {"enum": list(KEYS)}
    if field.base is int:
        return _number(_answers_limits().get(field.name, field.limits) if kind is records.Answers else field.limits)
    if field.base is date and field.name in _CHECKED_DAYS:
        return _TEXTS[date] | {"pattern": _DAY_FROM_1900}
    return _TEXTS[field.base] | ({} if field.longest is None else {"maxLength": field.longest})


def _number(limits: Range | None) -> dict[str, Any]:
    assert limits is not None, "every whole number of a record has limits"
    text = f"{limits.label}, {limits.unit}" if limits.unit else limits.label
    if limits.scale == 1:
        return {"type": "integer", "minimum": limits.low, "maximum": limits.high, "description": text}
    low, high = (_plain_number(end, limits.scale) for end in (limits.low, limits.high))
    return {"type": "number", "minimum": low, "maximum": high, "description": f"{text}, with up to two decimals"}


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
