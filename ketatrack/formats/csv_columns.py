"""The tables of KetaTrack's own CSV: their columns, and each cell's text in both directions."""

import csv
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from typing import Any
from uuid import UUID

from ketatrack.errors import InvalidValue
from ketatrack.i18n import _
from ketatrack.models import labels, records
from ketatrack.models.enums import Kind
from ketatrack.models.fields import Field, describe
from ketatrack.models.instruments import instruments
from ketatrack.models.record_json import from_words
from ketatrack.models.typed import NumberTooLarge, read_number, shortened

_GUARD = "'"
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
SESSIONS, VITALS, CHECK_INS = "sessions.csv", "vitals.csv", "check_ins.csv"
QUESTIONNAIRES, MEASURES = "questionnaires.csv", "measures.csv"
HABITS, RELIEF = "habits.csv", "relief.csv"
TOTALS = ("not_scored", "total")
WHEN = ("date", "moment", "local_time", "utc_offset (min)")
_ID = describe(records.Session)[0]
_COLUMN_OF = re.compile(r"\[([0-9a-f-]{36})\]$")


def write(field: Field, value: Any) -> str:
    """Return the cell of one field; absent is empty."""
    if value is None:
        return ""
    if field.many:
        return guarded(_joined(value))
    if field.base is bool:
        return "yes" if value else "no"
    if field.base is int:
        return decimal(value) if field.in_hundredths else str(value)
    return guarded(value) if field.base is str else str(field.write(value))


def read(field: Field, cell: str, header: str) -> Any:
    """Return what a cell holds; InvalidValue, naming the column, where that is not what the field can hold."""
    if field.many:
        return _split(unguarded(cell), header)
    if field.base is str:
        return unguarded(cell)
    if field.base is bool:
        return _yes_no(cell, header)
    if field.base is int:
        return read_hundredths(cell, header) if field.in_hundredths else read_whole_number(cell, header)
    return _from_words(field, cell, header)


def _from_words(field: Field, cell: str, header: str) -> Any:
    try:
        return from_words(field, cell.strip())
    except ValueError:
        if issubclass(field.base, StrEnum):
            wanted = _("one of {names}").format(names=", ".join(field.base))
        else:
            wanted = {date: _("a day like 2026-11-23"), time: _("a time like 08:30:00"), UUID: _("an id")}[field.base]
        raise InvalidValue(
            _("{header}: “{value}” is not {wanted}.").format(header=header, value=shortened(cell), wanted=wanted)
        ) from None


def identity(cell: str, header: str) -> UUID:
    """Return the id in a cell; InvalidValue where there is none."""
    result: UUID = _from_words(_ID, cell, header)
    return result


def guarded(words: str) -> str:
    """Typed words as a cell that no spreadsheet takes for a formula: where they could be one, an apostrophe first.

    Words that begin with an apostrophe get another, so that `unguarded` gives back exactly what was typed.
    """
    return _GUARD + words if words.startswith((*_FORMULA_STARTS, _GUARD)) else words


def unguarded(cell: str) -> str:
    """Return what was typed, from a cell that `guarded` wrote."""
    return cell.removeprefix(_GUARD)


@lru_cache(maxsize=4096)
def decimal(hundredths: int) -> str:
    """Hundredths as an exact decimal: 750 -> "7.5"."""
    return format((Decimal(hundredths) / 100).normalize(), "f")


def read_hundredths(cell: str, header: str) -> int:
    """Return the hundredths that a cell holds; InvalidValue where it is no number, or has more than two decimals."""
    hundredths = _number(cell, header) * 100
    if hundredths.denominator != 1:
        raise InvalidValue(
            _("{header}: “{value}” has more than two decimals.").format(header=header, value=shortened(cell))
        )
    return int(hundredths)


def read_whole_number(cell: str, header: str) -> int:
    """Return the whole number that a cell holds; InvalidValue where it is none."""
    result = _number(cell, header)
    if result.denominator != 1:
        raise InvalidValue(_("{header}: “{value}” is not a whole number.").format(header=header, value=shortened(cell)))
    return int(result)


def _number(cell: str, header: str) -> Fraction:
    try:
        return read_number(cell.strip())
    except NumberTooLarge:
        sentence = _("{header}: “{value}” is too large.")
    except InvalidValue:
        sentence = _("{header}: “{value}” is not a number with a point before its decimals.")
    raise InvalidValue(sentence.format(header=header, value=shortened(cell)))


def _yes_no(cell: str, header: str) -> bool:
    word = cell.strip().lower()
    if word not in ("yes", "no"):
        raise InvalidValue(_("{header}: “{value}” is neither yes nor no.").format(header=header, value=shortened(cell)))
    return word == "yes"


def _joined(items: tuple[str, ...]) -> str:
    """Several words in one cell, a semicolon between them, quoted as in a CSV where one holds a semicolon."""
    if not items:
        return ""
    written = io.StringIO()
    csv.writer(written, delimiter=";").writerow(items)
    return written.getvalue().removesuffix("\r\n")


def _split(cell: str, header: str) -> tuple[str, ...]:
    try:
        rows = list(csv.reader(io.StringIO(cell, newline=""), delimiter=";"))
    except csv.Error:
        rows = [[], []]
    if len(rows) > 1:
        raise InvalidValue(
            _("{header}: several things in this cell need semicolons between them.").format(header=header)
        )
    return tuple(rows[0]) if rows else ()


def write_value(kind: Kind, hundredths: int) -> str:
    """Return a value of something tracked: yes or no, or an exact decimal."""
    if kind is Kind.YES_NO and hundredths in (0, 100):
        return "yes" if hundredths else "no"
    return decimal(hundredths)


def read_value(kind: Kind, cell: str, header: str) -> int:
    """Return the hundredths of such a value; InvalidValue where it is none."""
    if kind is Kind.YES_NO and cell.strip().lower() in ("yes", "no"):
        return 100 * _yes_no(cell, header)
    return read_hundredths(cell, header)


@dataclass(frozen=True, slots=True)
class CsvColumn:
    """One field of a record under the header it has in the table."""

    header: str
    field: str


LOCAL_TIME = CsvColumn("local_time", "local_time")
_WHEN_COLUMNS = (CsvColumn("date", "day"), LOCAL_TIME, CsvColumn(WHEN[3], "utc_offset_minutes"))


def _columns(headers: str) -> tuple[CsvColumn, ...]:
    """Headers, a comma between them; the field's name is what stands before the unit."""
    named = {"dose (mg)": "dose_mg", "weight (kg)": "weight_kg", "duration (min)": "duration_minutes"}
    names = [header.strip() for header in headers.split(",")]
    return tuple(CsvColumn(header, named.get(header, header.partition(" ")[0])) for header in names)


SESSION_COLUMNS = _columns(
    "duration (min), route, drug, dose (mg), weight (kg), phase, phase_number, reason, place, provider, "
    "mood_before (0-10), mood_after (0-10), detached (0-10), sleepy (0-10), nausea (0-10), side_effects, "
    "other_side_effects, medicines, other_medicines, psychotherapy, taken_home, taken_home_by, talked_through, "
    "intention, notes"
)
VITAL_COLUMNS = (
    CsvColumn("taken", "moment"),
    *_columns("systolic (mmHg), diastolic (mmHg), pulse (per minute), spo2 (%)"),
)
TRACKED_COLUMNS = _columns("id, key, name, kind, unit, is_measure, higher_is_better, archived, position")


def write_cells(record: Any, columns: Iterable[CsvColumn]) -> list[str]:
    """Return the cells of a record under these columns."""
    known = {field.name: field for field in describe(type(record))}
    return [write(known[column.field], getattr(record, column.field)) for column in columns]


def read_cells(kind: type[Any], columns: Iterable[CsvColumn], row: Mapping[str, str]) -> dict[str, Any]:
    """Return the fields that a row's cells stand for; a column that is not there counts as empty.

    Raises InvalidValue, naming the column, for a cell that is not what its column holds.
    """
    known = {field.name: field for field in describe(kind)}
    needed = {spec.name for spec in fields(kind) if spec.default is MISSING and spec.default_factory is MISSING}
    result = {}
    for column in columns:
        cell = row.get(column.header, "")
        if cell or known[column.field].base is str:
            result[column.field] = read(known[column.field], cell, column.header)
        elif column.field in needed:
            raise InvalidValue(_("{header}: The cell is empty.").format(header=column.header))
    return result


def write_when(day: date, at: time | None, offset_minutes: int | None, certain_from: time) -> list[str]:
    """Return the cells of `WHEN`.

    The moment, ISO 8601, stands where it is certain, else the day alone: a clock time before `certain_from` may belong
    to the diary day before, and without an offset from UTC a wall clock is no moment.
    """
    exact = day.isoformat()
    if at is not None and at >= certain_from and offset_minutes is not None:
        exact = datetime.combine(day, at, timezone(timedelta(minutes=offset_minutes))).isoformat()
    return [day.isoformat(), exact, at.isoformat() if at else "", _text(offset_minutes)]


def certain_from(settings: records.Settings) -> time:
    """From which clock time on a diary day is surely the date of the same name, whenever it was written down."""
    hour, minute = divmod(max(settings.day_start_minutes, records.DEFAULT_DAY_START_MINUTES), 60)
    return time(hour, minute)


def _text(minutes: int | None) -> str:
    return "" if minutes is None else str(minutes)


def read_when(row: Mapping[str, str]) -> dict[str, Any]:
    """`day`, `local_time` and `utc_offset_minutes` of a row; the column "moment" follows from them.

    Raises InvalidValue, naming the column.
    """
    return read_cells(records.CheckIn, _WHEN_COLUMNS, row)


def header_of(tracked: records.Tracked) -> str:
    """Return the header of a measure or habit among the check-ins.

    Built-in ones have a fixed name; the person's own bear their name and, as names change and repeat, their id.
    """
    words = labels.file_unit(tracked)
    unit = f" ({words})" if words else ""
    if tracked.id == records.built_in_id(tracked.key):
        return f"{tracked.key}{unit}"
    return guarded(f"{tracked.name}{unit} [{tracked.id}]")


def own_column(header: str) -> UUID | None:
    """Return the id at the end of the header of a measure or habit that the person added; None for any other column."""
    result = _COLUMN_OF.search(header)
    try:
        return UUID(result[1]) if result else None
    except ValueError:
        return None


def item_columns() -> list[str]:
    """Return the headers of a questionnaire's answers: as many as the longest one has questions."""
    return [f"item_{number}" for number in range(1, max(len(form.items) for form in instruments()) + 1)]


def head(name: str) -> tuple[str, ...]:
    """Return the first row of a table that comes back; among the check-ins, what is tracked follows."""
    if name == SESSIONS:
        return ("id", *WHEN, *(column.header for column in SESSION_COLUMNS))
    if name == VITALS:
        return ("session_id", "number", *WHEN, *(column.header for column in VITAL_COLUMNS))
    if name == MEASURES:
        return (*(column.header for column in TRACKED_COLUMNS), "column_in_check_ins")
    if name == QUESTIONNAIRES:
        return ("id", *WHEN, "questionnaire", *item_columns(), *TOTALS, "score", "severity", "note")
    return ("id", *WHEN, "note")
