"""The one mapper between a row and a record: which table a record is kept in, and its row there.

How each field is written stands in fields.py. No library is needed, so that reading the diary waits for none.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from ketatrack.models import records
from ketatrack.models.fields import Field, describe, once_a_class

R = TypeVar("R")
Codec = Callable[[Any], Any]

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
    """A record's field that is kept in a table of its own: which, keyed by which column, in the order of which.

    `numbered` where that order is the children's own number, a column that their records do not have.
    """

    field: str
    record: type[Any]
    table: str
    parent: str
    order: str
    numbered: bool


CHILDREN: dict[type[Any], Children] = {
    records.Session: Children("vitals", records.Vital, "vital", "session_id", "position", numbered=True),
    records.CheckIn: Children("values", records.Value, "value", "entry_id", "tracked_id", numbered=False),
}


@once_a_class
def own_fields(kind: type[Any]) -> tuple[Field, ...]:
    """Return the fields of a record class that are columns of its own table."""
    return tuple(item for item in describe(kind) if not item.is_child)


@once_a_class
def _codecs(kind: type[Any]) -> tuple[tuple[str, Codec, Codec], ...]:
    """Return each column's name, how it is written and how it is read, ready to be called for every row."""
    return tuple((item.name, item.to_row, item.from_row) for item in own_fields(kind))


def columns(kind: type[Any]) -> tuple[str, ...]:
    """Return the columns of a record class's own table, in the order in which `from_row` takes them."""
    return tuple(item.name for item in own_fields(kind))


def to_row(record: Any) -> dict[str, Any]:
    """Return the columns of a record's own table; children are left to `child_rows`."""
    row = {}
    for name, write, _read in _codecs(type(record)):
        value = getattr(record, name)
        row[name] = None if value is None else write(value)
    return row


def child_rows(record: Any) -> list[dict[str, Any]]:
    """Return the rows of a record's child table (a session's vitals, a check-in's values), in order."""
    child = CHILDREN.get(type(record))
    if child is None:
        return []
    parent = {child.parent: str(record.id)}
    rows = [parent | to_row(item) for item in getattr(record, child.field)]
    if child.numbered:
        rows = [row | {child.order: number} for number, row in enumerate(rows)]
    return rows


def from_row(kind: type[R], row: Sequence[Any], children: Iterable[Any] = ()) -> R:
    """Return the record that a row (of `columns`, in this order) and its children stand for.

    Raises InvalidValue, ValueError or TypeError where the row does not hold a valid record.
    """
    values: dict[str, Any] = {
        name: None if stored is None else read(stored)
        for (name, _write, read), stored in zip(_codecs(kind), row, strict=True)
    }
    child = CHILDREN.get(kind)
    if child is not None:
        values[child.field] = tuple(children)
    return kind(**values)
