"""The tables that records are kept in, and the statements that write them: the one place that uses SQLAlchemy.

A field is stated once as a record's field and once as a column here; a test holds the two and the schema together.
"""

from collections import defaultdict
from typing import Any

from sqlalchemy import Column, Connection, ForeignKey, Integer, MetaData, Table, Text, delete, insert, update

from ketatrack.diary import reading as queries
from ketatrack.errors import DiaryChanged
from ketatrack.i18n import _
from ketatrack.models import row_mapping
from ketatrack.models.records import Record

metadata = MetaData()


def _table(name: str, integers: str = "", *columns: Column[Any], texts: str = "", optional: str = "") -> Table:
    """Return a table keyed by a UUID; columns named in `optional` may be null, all others may not."""
    may_be_null = set(optional.split())
    plain: list[Column[Any]] = [Column(n, Text, nullable=n in may_be_null) for n in texts.split()]
    plain += [Column(n, Integer, nullable=n in may_be_null) for n in integers.split()]
    return Table(name, metadata, Column("id", Text, primary_key=True), *plain, *columns)


WHEN = "day local_time utc_offset_minutes"

session = _table(
    "session",
    "utc_offset_minutes duration_minutes dose_mg weight_kg phase_number detached sleepy nausea mood_before mood_after "
    "taken_home talked_through psychotherapy",
    texts="day local_time route drug phase reason place provider side_effects other_side_effects medicines "
    "other_medicines intention notes taken_home_by",
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
    texts="instruments relief_measure",
    optional="lock_after_minutes planned_sessions relief_measure",
)
draft = _table("draft", texts="kind payload saved_at")
card_shown = _table("card_shown", texts="shown_at answers_id", optional="answers_id")
habit_choice = _table("habit_choice", texts="habits recorded_at")
early_sign = _table("early_sign", "position", texts="sign helps")
visit_question = _table("visit_question", "position", texts="words")
sharing_choices = _table(
    "sharing_choices",
    "hide_name grey attach",
    texts="period from_day to_day paper locale sections",
    optional="from_day to_day",
)
meta = Table("meta", metadata, Column("key", Text, primary_key=True), Column("value", Text, nullable=False))

TABLES: dict[type[Any], Table] = {kind: metadata.tables[name] for kind, name in row_mapping.TABLES.items()}
CHILD_TABLES: dict[type[Any], Table] = {
    kind: metadata.tables[child.table] for kind, child in row_mapping.CHILDREN.items()
}


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
