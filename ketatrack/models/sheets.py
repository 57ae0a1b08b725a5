"""The tables of a CSV export: their columns, and each cell's text in both directions.

Exporting and importing share this, so that what goes out comes back as it was. The headers are stable English.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import date, datetime, time, timedelta, timezone
from typing import Any
from uuid import UUID

from ketatrack.errors import InvalidValue
from ketatrack.models import labels, records, sheet_cells
from ketatrack.models.instruments import instruments
from ketatrack.models.plain import shapes


@dataclass(frozen=True, slots=True)
class Column:
    """One field of a record under the header it has in the table."""

    header: str
    field: str


SESSIONS, VITALS, CHECK_INS = "sessions.csv", "vitals.csv", "check_ins.csv"
QUESTIONNAIRES, MEASURES = "questionnaires.csv", "measures.csv"
HABITS, RELIEF = "habits.csv", "relief.csv"
TOTALS = ("not_scored", "total")
WHEN = ("date", "moment", "local_time", "utc_offset (min)")
LOCAL_TIME = Column("local_time", "local_time")
_WHEN_COLUMNS = (Column("date", "day"), LOCAL_TIME, Column(WHEN[3], "utc_offset_minutes"))
_COLUMN_OF = re.compile(r"\[([0-9a-f-]{36})\]$")


def _columns(headers: str) -> tuple[Column, ...]:
    """Headers, a comma between them; the field's name is what stands before the unit."""
    named = {"dose (mg)": "dose_mg", "weight (kg)": "weight_kg", "duration (min)": "duration_minutes"}
    names = [header.strip() for header in headers.split(",")]
    return tuple(Column(header, named.get(header, header.partition(" ")[0])) for header in names)


SESSION_COLUMNS = _columns(
    "duration (min), route, drug, dose (mg), weight (kg), phase, phase_number, reason, place, provider, "
    "mood_before (0-10), mood_after (0-10), detached (0-10), sleepy (0-10), nausea (0-10), side_effects, "
    "other_side_effects, medicines, other_medicines, psychotherapy, taken_home, taken_home_by, talked_through, "
    "intention, notes"
)
VITAL_COLUMNS = (
    Column("taken", "moment"),
    *_columns("systolic (mmHg), diastolic (mmHg), pulse (per minute), spo2 (%)"),
)
TRACKED_COLUMNS = _columns("id, key, name, kind, unit, is_measure, higher_is_better, archived, position")


def write_cells(record: Any, columns: Iterable[Column]) -> list[str]:
    """The cells of a record under these columns."""
    held = {shape.name: shape for shape in shapes(type(record))}
    return [sheet_cells.write(held[column.field], getattr(record, column.field)) for column in columns]


def read_cells(kind: type[Any], columns: Iterable[Column], row: Mapping[str, str]) -> dict[str, Any]:
    """The fields that a row's cells stand for; a column that is not there counts as empty.

    Raises InvalidValue, naming the column, for a cell that is not what its column holds.
    """
    held = {shape.name: shape for shape in shapes(kind)}
    needed = {each.name for each in fields(kind) if each.default is MISSING and each.default_factory is MISSING}
    found = {}
    for column in columns:
        cell = row.get(column.header, "")
        if cell or held[column.field].base is str:
            found[column.field] = sheet_cells.read(held[column.field], cell, column.header)
        elif column.field in needed:
            raise InvalidValue(f"{column.header}: The cell is empty.")
    return found


def write_when(day: date, at: time | None, offset_minutes: int | None, certain_from: time) -> list[str]:
    """The cells of `WHEN`.

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


def _text(held: int | None) -> str:
    return "" if held is None else str(held)


def read_when(row: Mapping[str, str]) -> dict[str, Any]:
    """`day`, `local_time` and `utc_offset_minutes` of a row; the column "moment" follows from them.

    Raises InvalidValue, naming the column.
    """
    return read_cells(records.CheckIn, _WHEN_COLUMNS, row)


def header_of(tracked: records.Tracked) -> str:
    """The header of a measure or habit among the check-ins.

    Built-in ones have a fixed name; the person's own bear their name and, as names change and repeat, their id.
    """
    words = labels.file_unit(tracked)
    unit = f" ({words})" if words else ""
    if tracked.id == records.built_in_id(tracked.key):
        return f"{tracked.key}{unit}"
    return sheet_cells.guarded(f"{tracked.name}{unit} [{tracked.id}]")


def own_column(header: str) -> UUID | None:
    """The id at the end of the header of a measure or habit that the person added; None for any other column."""
    found = _COLUMN_OF.search(header)
    try:
        return UUID(found[1]) if found else None
    except ValueError:
        return None


def item_columns() -> list[str]:
    """The headers of a questionnaire's answers: as many as the longest one has questions."""
    return [f"item_{number}" for number in range(1, max(len(form.items) for form in instruments()) + 1)]


def head(name: str) -> tuple[str, ...]:
    """The first row of a table that comes back; among the check-ins, what is tracked follows."""
    if name == SESSIONS:
        return ("id", *WHEN, *(column.header for column in SESSION_COLUMNS))
    if name == VITALS:
        return ("session_id", "number", *WHEN, *(column.header for column in VITAL_COLUMNS))
    if name == MEASURES:
        return (*(column.header for column in TRACKED_COLUMNS), "column_in_check_ins")
    if name == QUESTIONNAIRES:
        return ("id", *WHEN, "questionnaire", *item_columns(), *TOTALS, "score", "severity", "note")
    return ("id", *WHEN, "note")
