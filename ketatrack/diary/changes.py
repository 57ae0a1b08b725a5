"""The one write path: `apply` puts (before, after) records into one transaction; nothing else writes.

Add is (None, r), edit (r, r'), delete (r, None).
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from ketatrack.diary import queries
from ketatrack.diary.database import Diary
from ketatrack.errors import DiaryChanged, InvalidValue
from ketatrack.models import records, tables
from ketatrack.models.records import Record
from ketatrack.models.values import KIND_RANGES, Kind, check_not_future

Pair = tuple[Record | None, Record | None]
_APPOINTMENT_AHEAD = 3653


def apply(diary: Diary, pairs: Iterable[Pair], today: date) -> None:
    """Write all pairs durably, or none of them. `today` is the diary day, for the upper limit of dates.

    Raises InvalidValue for a date in the future or a value its habit cannot have, DiaryChanged where `before`
    is not what the diary holds, StorageFull and the other kinds of DiaryError where it cannot be written.
    """
    wanted = [pair for pair in pairs if pair[0] != pair[1]]
    if not wanted:
        return
    for before, after in wanted:
        _check(before, after, today)
    with diary.write() as connection:
        _write(connection, wanted)


def inverse(pairs: Iterable[Pair]) -> tuple[Pair, ...]:
    """The pairs that take `pairs` back."""
    return tuple((after, before) for before, after in reversed(tuple(pairs)))


def _check(before: Record | None, after: Record | None, today: date) -> None:
    if before is not None and after is not None and (type(before) is not type(after) or before.id != after.id):
        raise InvalidValue("A change keeps the kind and the identity of what it changes.")
    day = getattr(after, "day", None)
    # A day that already stands may stay: taking a deletion back must never be refused.
    if day is not None and (before is None or before.day != day):  # type: ignore[union-attr]
        ahead = _APPOINTMENT_AHEAD if isinstance(after, records.Appointment) else 1
        check_not_future(day, today, ahead)


def _write(connection: Connection, pairs: list[Pair]) -> None:
    _check_values(connection, pairs)
    adds: dict[type[Any], list[Any]] = defaultdict(list)
    for before, after in pairs:
        if before is None:
            adds[type(after)].append(after)
            continue
        _expect(connection, before)
        _remove_children(connection, before)
        table = tables.TABLES[type(before)]
        if after is None:
            connection.execute(delete(table).where(table.c.id == str(before.id)))
        else:
            connection.execute(update(table).where(table.c.id == str(after.id)).values(tables.to_row(after)))
            _add_children(connection, [after])
    for kind, added in adds.items():
        _refuse_existing(connection, kind, added)
        connection.execute(insert(tables.TABLES[kind]), [tables.to_row(record) for record in added])
        _add_children(connection, added)
    counter = tables.meta.c.key == "changes"
    connection.execute(update(tables.meta).where(counter).values(value=str(queries.change_count(connection) + 1)))


def _expect(connection: Connection, before: Record) -> None:
    if queries.get(connection, type(before), before.id) != before:
        raise DiaryChanged("This entry has changed since it was shown. Nothing was written; look at it again.")


def _refuse_existing(connection: Connection, kind: type[Any], added: list[Any]) -> None:
    if queries.existing_ids(connection, kind, [record.id for record in added]):
        raise DiaryChanged("This entry is in the diary already. Nothing was written.")


def _add_children(connection: Connection, added: list[Any]) -> None:
    rows = [row for record in added for row in tables.child_rows(record)]
    if rows:
        connection.execute(insert(tables.CHILDREN[type(added[0])].table), rows)


def _remove_children(connection: Connection, record: Any) -> None:
    child = tables.CHILDREN.get(type(record))
    if child is not None:
        connection.execute(delete(child.table).where(child.parent == str(record.id)))


def _check_values(connection: Connection, pairs: list[Pair]) -> None:
    """What a check-in says must fit the kind of what is tracked: no 30 hours of sleep, no rating of 12."""
    entries = [after for _, after in pairs if isinstance(after, records.CheckIn) and after.values]
    if not entries:
        return
    rows = connection.execute(select(tables.tracked.c.id, tables.tracked.c.kind)).all()
    kinds = {identity: Kind(kind) for identity, kind in rows}
    kinds |= {str(after.id): after.kind for _, after in pairs if isinstance(after, records.Tracked)}
    for entry in entries:
        for value in entry.values:
            kind = kinds.get(str(value.tracked_id))
            if kind is None:
                raise InvalidValue("This check-in names a habit that the diary does not track.")
            KIND_RANGES[kind].check(value.hundredths)
