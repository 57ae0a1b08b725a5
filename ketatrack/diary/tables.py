"""The tables that records are kept in, and the statements that write them: the one place that uses SQLAlchemy.

The columns are the fields of the records; which of them are keys is said by the schema alone (migrations.py).
"""

from collections import defaultdict
from typing import Any

from sqlalchemy import Column, Connection, Integer, MetaData, Table, Text, delete, insert, update

from ketatrack.diary import reading as queries
from ketatrack.errors import DiaryChanged
from ketatrack.i18n import _
from ketatrack.models import row_mapping
from ketatrack.models.fields import Field
from ketatrack.models.records import Record

metadata = MetaData()


def _table(name: str, kind: type[Any], *keys: Column[Any]) -> Table:
    """Return the table of a record class: a column for each field, after the `keys` that its records do not have."""
    columns = (Column(item.name, _type(item), nullable=item.optional) for item in row_mapping.own_fields(kind))
    return Table(name, metadata, *keys, *columns)


def _type(field: Field) -> type[Integer | Text]:
    return Integer if field.base in (int, bool) and not field.many else Text


def _child_table(child: row_mapping.Children) -> Table:
    keys: list[Column[Any]] = [Column(child.parent, Text, nullable=False)]
    if child.numbered:
        keys.append(Column(child.order, Integer, nullable=False))
    return _table(child.table, child.record, *keys)


TABLES = {kind: _table(name, kind) for kind, name in row_mapping.TABLES.items()}
CHILD_TABLES = {kind: _child_table(child) for kind, child in row_mapping.CHILDREN.items()}
meta = Table("meta", metadata, Column("key", Text, nullable=False), Column("value", Text, nullable=False))


def write_pairs(connection: Connection, pairs: list[tuple[Record | None, Record | None]]) -> None:
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
            raise DiaryChanged(_("This entry has changed since it was shown. Nothing was written; look at it again."))
        _replace(connection, before, after)
    for kind, added in adds.items():
        if queries.existing_ids(reading, kind, [record.id for record in added]):
            raise DiaryChanged(_("This entry is in the diary already. Nothing was written."))
        connection.execute(insert(TABLES[kind]), [row_mapping.to_row(record) for record in added])
        _add_children(connection, added)
    counter = meta.c.key == "changes"
    connection.execute(update(meta).where(counter).values(value=str(queries.change_count(reading) + 1)))


def _replace(connection: Connection, before: Record, after: Record | None) -> None:
    """Edit one record, or delete it where there is no `after`."""
    _remove_children(connection, before)
    table = TABLES[type(before)]
    which = table.c.id == str(before.id)
    if after is None:
        connection.execute(delete(table).where(which))
    else:
        connection.execute(update(table).where(which).values(row_mapping.to_row(after)))
        _add_children(connection, [after])


def _add_children(connection: Connection, added: list[Any]) -> None:
    rows = [row for record in added for row in row_mapping.child_rows(record)]
    if rows:
        connection.execute(insert(CHILD_TABLES[type(added[0])]), rows)


def _remove_children(connection: Connection, record: Any) -> None:
    child = row_mapping.CHILDREN.get(type(record))
    if child is not None:
        table = CHILD_TABLES[type(record)]
        connection.execute(delete(table).where(table.c[child.parent] == str(record.id)))
