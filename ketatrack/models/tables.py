"""The tables that records are kept in, and the one mapper between a row and a record.

A field is stated once in records.py and once here; a test holds the two, and the migrated schema, together.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, time
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from types import NoneType
from typing import Any, NamedTuple, TypeVar, get_args, get_origin, get_type_hints
from uuid import UUID

from sqlalchemy import Column, ForeignKey, Integer, MetaData, Table, Text

from ketatrack.models import records

metadata = MetaData()
R = TypeVar("R")


def _table(name: str, integers: str = "", *columns: Column[Any], texts: str = "", optional: str = "") -> Table:
    """A table keyed by a UUID; columns named in `optional` may be null, all others may not."""
    may_be_null = set(optional.split())
    plain: list[Column[Any]] = [Column(n, Text, nullable=n in may_be_null) for n in texts.split()]
    plain += [Column(n, Integer, nullable=n in may_be_null) for n in integers.split()]
    return Table(name, metadata, Column("id", Text, primary_key=True), *plain, *columns)


WHEN = "day local_time utc_offset_minutes"

session = _table(
    "session",
    "utc_offset_minutes duration_minutes dose_mg weight_kg phase_number detached sleepy nausea mood_before mood_after "
    "taken_home talked_through psychotherapy",
    texts="day local_time route drug phase reason place provider side_effects medicines intention notes taken_home_by",
    optional="local_time utc_offset_minutes duration_minutes drug dose_mg weight_kg phase phase_number place detached "
    "sleepy nausea mood_before mood_after taken_home talked_through psychotherapy",
)
vital = Table(
    "vital",
    metadata,
    Column("session_id", Text, ForeignKey("session.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("moment", Text, nullable=False),
    Column("local_time", Text),
    *(Column(name, Integer) for name in ("systolic", "diastolic", "pulse", "spo2")),
)
check_in = _table(
    "check_in", "utc_offset_minutes", texts="day local_time note", optional="local_time utc_offset_minutes"
)
value = Table(
    "value",
    metadata,
    Column("entry_id", Text, ForeignKey("check_in.id"), primary_key=True),
    Column("tracked_id", Text, ForeignKey("tracked.id"), primary_key=True),
    Column("hundredths", Integer, nullable=False),
)
answers = _table(
    "answers",
    "utc_offset_minutes unscored total",
    texts="instrument day local_time items note",
    optional="local_time utc_offset_minutes items unscored",
)
tracked = _table("tracked", "is_measure higher_is_better archived position", texts="key name kind unit")
baseline = _table(
    "baseline",
    "readings",
    texts="measure value source recorded_at from_day to_day",
    optional="from_day to_day readings",
)
rule = _table("rule", "value", texts="measure kind recorded_at", optional="value")
appointment = _table(
    "appointment",
    "utc_offset_minutes",
    texts="kind day local_time place provider note",
    optional="local_time utc_offset_minutes",
)
profile = _table("profile", texts="name birth_date", optional="birth_date")
contact = _table("contact", "treatment_team position", texts="name phone")
settings = _table(
    "settings",
    "day_start_minutes lock_after_minutes planned_sessions",
    texts="instruments",
    optional="lock_after_minutes planned_sessions",
)
draft = _table("draft", texts="kind payload saved_at")
card_shown = _table("card_shown", texts="shown_at answers_id", optional="answers_id")
meta = Table("meta", metadata, Column("key", Text, primary_key=True), Column("value", Text, nullable=False))

TABLES: dict[type[Any], Table] = {
    records.Session: session,
    records.CheckIn: check_in,
    records.Answers: answers,
    records.Tracked: tracked,
    records.Baseline: baseline,
    records.Rule: rule,
    records.Appointment: appointment,
    records.Profile: profile,
    records.Contact: contact,
    records.Settings: settings,
    records.Draft: draft,
    records.CardShown: card_shown,
}


@dataclass(frozen=True, slots=True)
class Children:
    """A record's field that is kept in a table of its own: which, keyed by what, in which order."""

    field: str
    record: type[Any]
    table: Table
    parent: Column[Any]
    order: Column[Any]


CHILDREN: dict[type[Any], Children] = {
    records.Session: Children("vitals", records.Vital, vital, vital.c.session_id, vital.c.position),
    records.CheckIn: Children("values", records.Value, value, value.c.entry_id, value.c.tracked_id),
}


class _Converter(NamedTuple):
    to_row: Callable[[Any], Any]
    from_row: Callable[[Any], Any]


def _same(stored: Any) -> Any:
    return stored


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()


_uuid = lru_cache(maxsize=1024)(UUID)

_CONVERTERS: dict[Any, _Converter] = {
    UUID: _Converter(str, _uuid),
    date: _Converter(date.isoformat, date.fromisoformat),
    time: _Converter(time.isoformat, time.fromisoformat),
    datetime: _Converter(_utc, datetime.fromisoformat),
    Fraction: _Converter(lambda value: f"{value.numerator}/{value.denominator}", Fraction),
    bool: _Converter(int, bool),
    tuple: _Converter(lambda items: json.dumps(items, ensure_ascii=False), lambda stored: tuple(json.loads(stored))),
}


def _converter(hint: Any) -> _Converter:
    kind = next((arg for arg in get_args(hint) if arg is not NoneType), hint) if NoneType in get_args(hint) else hint
    kind = get_origin(kind) or kind
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return _Converter(str, kind)
    return _CONVERTERS.get(kind, _Converter(_same, _same))


def _columns(kind: type[Any]) -> tuple[tuple[str, _Converter], ...]:
    """The fields of a record class that are columns of its own table, with how each is written and read."""
    if kind not in _known:
        hints = get_type_hints(kind)
        child = CHILDREN.get(kind)
        own = [f.name for f in fields(kind) if child is None or f.name != child.field]
        _known[kind] = tuple((name, _converter(hints[name])) for name in own)
    return _known[kind]


_known: dict[type[Any], tuple[tuple[str, _Converter], ...]] = {}


def to_row(record: Any) -> dict[str, Any]:
    """The columns of a record's own table; children are left to `child_rows`."""
    row = {}
    for name, converter in _columns(type(record)):
        held = getattr(record, name)
        row[name] = None if held is None else converter.to_row(held)
    return row


def child_rows(record: Any) -> list[dict[str, Any]]:
    """The rows of a record's child table (a session's vitals, a check-in's values), in order."""
    child = CHILDREN.get(type(record))
    if child is None:
        return []
    parent = {child.parent.name: str(record.id)}
    rows = [parent | to_row(item) for item in getattr(record, child.field)]
    if child.order.name == "position":
        rows = [row | {"position": number} for number, row in enumerate(rows)]
    return rows


def from_row(kind: type[R], row: Mapping[Any, Any], children: Iterable[Any] = ()) -> R:
    """The record that a row and its children stand for.

    Raises InvalidValue, ValueError or TypeError where the row does not hold a valid record.
    """
    held = {name: None if row[name] is None else converter.from_row(row[name]) for name, converter in _columns(kind)}
    child = CHILDREN.get(kind)
    if child is not None:
        held[child.field] = tuple(children)
    return kind(**held)
