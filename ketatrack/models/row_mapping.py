"""The one mapper between a row and a record: which table a record is kept in, and how each field is written and read.

It needs no library, so that reading the diary waits for none; the tables themselves stand in tables.py.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, time
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from types import NoneType
from typing import Any, NamedTuple, TypeVar, get_args, get_origin, get_type_hints
from uuid import UUID

from ketatrack.models import records

R = TypeVar("R")

TABLES: dict[type[Any], str] = {
    records.Session: "session",
    records.CheckIn: "check_in",
    records.Answers: "answers",
    records.Tracked: "tracked",
    records.Baseline: "baseline",
    records.Rule: "rule",
    records.Appointment: "appointment",
    records.Profile: "profile",
    records.Contact: "contact",
    records.Settings: "settings",
    records.Draft: "draft",
    records.CardShown: "card_shown",
    records.HabitChoice: "habit_choice",
    records.EarlySign: "early_sign",
    records.VisitQuestion: "visit_question",
    records.SharingChoices: "sharing_choices",
}


@dataclass(frozen=True, slots=True)
class Children:
    """A record's field that is kept in a table of its own: which, keyed by which column, in the order of which."""

    field: str
    record: type[Any]
    table: str
    parent: str
    order: str


CHILDREN: dict[type[Any], Children] = {
    records.Session: Children("vitals", records.Vital, "vital", "session_id", "position"),
    records.CheckIn: Children("values", records.Value, "value", "entry_id", "tracked_id"),
}


class Converter(NamedTuple):
    """How one field is written as a plain value, and read back."""

    to_row: Callable[[Any], Any]
    from_row: Callable[[Any], Any]


def _same(stored: Any) -> Any:
    return stored


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()


_uuid = lru_cache(maxsize=1024)(UUID)

_CONVERTERS: dict[Any, Converter] = {
    UUID: Converter(str, _uuid),
    date: Converter(date.isoformat, date.fromisoformat),
    time: Converter(time.isoformat, time.fromisoformat),
    datetime: Converter(_utc, datetime.fromisoformat),
    Fraction: Converter(lambda value: f"{value.numerator}/{value.denominator}", Fraction),
    bool: Converter(int, bool),
    tuple: Converter(lambda items: json.dumps(items, ensure_ascii=False), lambda stored: tuple(json.loads(stored))),
}


def converter(hint: Any) -> Converter:
    """How a field of this type is written and read; None is left to the caller."""
    kind = next((arg for arg in get_args(hint) if arg is not NoneType), hint) if NoneType in get_args(hint) else hint
    items = get_args(kind)
    kind = get_origin(kind) or kind
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return Converter(str, kind)
    if kind is tuple and issubclass(items[0], StrEnum):
        return Converter(_CONVERTERS[tuple].to_row, lambda stored: tuple(map(items[0], json.loads(stored))))
    return _CONVERTERS.get(kind, Converter(_same, _same))


def _columns(kind: type[Any]) -> tuple[tuple[str, Converter], ...]:
    """Return the fields of a record class that are columns of its own table, with how each is written and read."""
    if kind not in _known:
        hints = get_type_hints(kind)
        child = CHILDREN.get(kind)
        own = [f.name for f in fields(kind) if child is None or f.name != child.field]
        _known[kind] = tuple((name, converter(hints[name])) for name in own)
    return _known[kind]


_known: dict[type[Any], tuple[tuple[str, Converter], ...]] = {}


def columns(kind: type[Any]) -> tuple[str, ...]:
    """Return the columns of a record class's own table, in the order in which `from_row` takes them."""
    return tuple(name for name, _ in _columns(kind))


def to_row(record: Any) -> dict[str, Any]:
    """Return the columns of a record's own table; children are left to `child_rows`."""
    row = {}
    for name, written in _columns(type(record)):
        held = getattr(record, name)
        row[name] = None if held is None else written.to_row(held)
    return row


def child_rows(record: Any) -> list[dict[str, Any]]:
    """Return the rows of a record's child table (a session's vitals, a check-in's values), in order."""
    child = CHILDREN.get(type(record))
    if child is None:
        return []
    parent = {child.parent: str(record.id)}
    rows = [parent | to_row(item) for item in getattr(record, child.field)]
    if child.order == "position":
        rows = [row | {"position": number} for number, row in enumerate(rows)]
    return rows


def from_row(kind: type[R], row: Sequence[Any], children: Iterable[Any] = ()) -> R:
    """Return the record that a row (of `columns`, in this order) and its children stand for.

    Raises InvalidValue, ValueError or TypeError where the row does not hold a valid record.
    """
    held: dict[str, Any] = {
        name: None if stored is None else written.from_row(stored)
        for (name, written), stored in zip(_columns(kind), row, strict=True)
    }
    child = CHILDREN.get(kind)
    if child is not None:
        held[child.field] = tuple(children)
    return kind(**held)
