"""Changed records as rows, through SQLAlchemy; only changes.py calls this, inside its transaction."""

from collections import defaultdict
from typing import Any

from sqlalchemy import Connection, delete, insert, update

from ketatrack.diary import queries
from ketatrack.errors import DiaryChanged
from ketatrack.models import mapping, tables
from ketatrack.models.records import Record


def write(connection: Connection, pairs: list[tuple[Record | None, Record | None]]) -> None:
    """Write checked (before, after) pairs and count the change.

    Raises DiaryChanged where the diary does not hold what a pair says it holds.
    """
    reading = connection.connection.driver_connection
    adds: dict[type[Any], list[Any]] = defaultdict(list)
    for before, after in pairs:
        if before is None:
            adds[type(after)].append(after)
            continue
        if queries.get(reading, type(before), before.id) != before:
            raise DiaryChanged("This entry has changed since it was shown. Nothing was written; look at it again.")
        _replace(connection, before, after)
    for kind, added in adds.items():
        if queries.existing_ids(reading, kind, [record.id for record in added]):
            raise DiaryChanged("This entry is in the diary already. Nothing was written.")
        connection.execute(insert(tables.TABLES[kind]), [mapping.to_row(record) for record in added])
        _add_children(connection, added)
    counter = tables.meta.c.key == "changes"
    connection.execute(update(tables.meta).where(counter).values(value=str(queries.change_count(reading) + 1)))


def _replace(connection: Connection, before: Record, after: Record | None) -> None:
    """Edit one record, or delete it where there is no `after`."""
    _remove_children(connection, before)
    table = tables.TABLES[type(before)]
    which = table.c.id == str(before.id)
    if after is None:
        connection.execute(delete(table).where(which))
    else:
        connection.execute(update(table).where(which).values(mapping.to_row(after)))
        _add_children(connection, [after])


def _add_children(connection: Connection, added: list[Any]) -> None:
    rows = [row for record in added for row in mapping.child_rows(record)]
    if rows:
        connection.execute(insert(tables.CHILD_TABLES[type(added[0])]), rows)


def _remove_children(connection: Connection, record: Any) -> None:
    child = mapping.CHILDREN.get(type(record))
    if child is not None:
        table = tables.CHILD_TABLES[type(record)]
        connection.execute(delete(table).where(table.c[child.parent] == str(record.id)))
