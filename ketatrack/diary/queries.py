"""Reads: rows of the diary as records, oldest first. Each takes a connection from `Diary.read()`."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, time
from functools import cache
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Table, func, select

from ketatrack.models import records, tables
from ketatrack.models.instruments import KEYS

R = TypeVar("R", bound=records.Record)
_day = cache(date.fromisoformat)
_time = cache(time.fromisoformat)


def _order(table: Table) -> list[Any]:
    """By when it was; entries without a time come first on their day."""
    names = ("position", "day", "local_time", "recorded_at", "saved_at", "shown_at", "id")
    return [table.c[name] for name in names if name in table.c]


def load(connection: Connection, kind: type[R], *where: ColumnElement[bool]) -> tuple[R, ...]:
    """All records of one class that meet the conditions, oldest first."""
    table = tables.TABLES[kind]
    rows = connection.execute(select(table).where(*where).order_by(*_order(table))).mappings().all()
    children = _children(connection, kind, table, where)
    return tuple(tables.from_row(kind, row, children.get(row["id"], ())) for row in rows)


def _children(
    connection: Connection, kind: type[Any], table: Table, where: Iterable[ColumnElement[bool]]
) -> dict[str, list[Any]]:
    child = tables.CHILDREN.get(kind)
    if child is None:
        return {}
    query = select(child.table).order_by(child.parent, child.order)
    conditions = tuple(where)
    if conditions:
        query = query.where(child.parent.in_(select(table.c.id).where(*conditions)))
    found = defaultdict(list)
    for row in connection.execute(query).mappings().all():
        found[row[child.parent.name]].append(tables.from_row(child.record, row))
    return found


def get(connection: Connection, kind: type[R], identity: UUID) -> R | None:
    """The record of that class and id, if the diary has it."""
    found = load(connection, kind, tables.TABLES[kind].c.id == str(identity))
    return found[0] if found else None


def sessions(connection: Connection) -> tuple[records.Session, ...]:
    """All sessions."""
    return load(connection, records.Session)


def check_ins(
    connection: Connection, first_day: date | None = None, last_day: date | None = None
) -> tuple[records.CheckIn, ...]:
    """The check-ins of a span of diary days, both ends included."""
    day = tables.check_in.c.day
    where = [day >= first_day.isoformat()] if first_day else []
    where += [day <= last_day.isoformat()] if last_day else []
    return load(connection, records.CheckIn, *where)


def answers(connection: Connection, instrument: str | None = None) -> tuple[records.Answers, ...]:
    """Filled-in questionnaires, of one kind or all."""
    where = [tables.answers.c.instrument == instrument] if instrument else []
    return load(connection, records.Answers, *where)


def tracked(connection: Connection) -> tuple[records.Tracked, ...]:
    """All measures and habits, archived ones too, in the person's order."""
    return load(connection, records.Tracked)


def baselines(connection: Connection) -> tuple[records.Baseline, ...]:
    """Every baseline ever recorded; the newest of a measure applies."""
    return load(connection, records.Baseline)


def rules(connection: Connection) -> tuple[records.Rule, ...]:
    """Every rule ever chosen; the newest of a measure applies."""
    return load(connection, records.Rule)


def appointments(connection: Connection) -> tuple[records.Appointment, ...]:
    """All appointments, past ones too."""
    return load(connection, records.Appointment)


def contacts(connection: Connection) -> tuple[records.Contact, ...]:
    """Everyone to call, in the person's order."""
    return load(connection, records.Contact)


def drafts(connection: Connection) -> tuple[records.Draft, ...]:
    """Unfinished sheets and questionnaires."""
    return load(connection, records.Draft)


def profile(connection: Connection) -> records.Profile | None:
    """Who the diary is about; None until something was typed in."""
    return get(connection, records.Profile, records.PROFILE_ID)


def settings(connection: Connection) -> records.Settings:
    """The person's settings; the defaults until one was changed."""
    return kept_settings(connection) or records.Settings()


def ratings(connection: Connection, tracked_id: UUID) -> tuple[tuple[date, time | None, int], ...]:
    """(day, local time, hundredths) of one measure or habit: the short way for charts and relief."""
    entry, value = tables.check_in, tables.value
    rows = connection.execute(
        select(entry.c.day, entry.c.local_time, value.c.hundredths)
        .join(value, value.c.entry_id == entry.c.id)
        .where(value.c.tracked_id == str(tracked_id))
        .order_by(entry.c.day, entry.c.local_time, entry.c.id)
    ).all()
    return tuple((_day(day), None if at is None else _time(at), hundredths) for day, at, hundredths in rows)


def scores(connection: Connection, measure: str) -> tuple[tuple[date, time | None, int], ...]:
    """(day, local time, stored score) of a questionnaire or a daily rating, by its key: what relief is timed by."""
    form = tables.answers
    if measure not in KEYS:
        found = connection.execute(select(tables.tracked.c.id).where(tables.tracked.c.key == measure)).scalar()
        return () if found is None else ratings(connection, UUID(found))
    rows = connection.execute(
        select(form.c.day, form.c.local_time, form.c.total)
        .where(form.c.instrument == measure)
        .order_by(form.c.day, form.c.local_time, form.c.id)
    )
    return tuple((_day(day), None if at is None else _time(at), total) for day, at, total in rows)


def existing_ids(connection: Connection, kind: type[records.Record], ids: Iterable[UUID]) -> set[UUID]:
    """Which of these ids the diary already has."""
    wanted = [str(each) for each in ids]
    column = tables.TABLES[kind].c.id
    found: set[UUID] = set()
    for start in range(0, len(wanted), 500):
        rows = connection.execute(select(column).where(column.in_(wanted[start : start + 500])))
        found |= {UUID(row[0]) for row in rows}
    return found


def counts(connection: Connection) -> dict[str, int]:
    """How many sessions, check-ins and questionnaires the diary holds."""
    kinds = {"sessions": tables.session, "check-ins": tables.check_in, "questionnaires": tables.answers}
    return {
        name: connection.execute(select(func.count()).select_from(table)).scalar_one() for name, table in kinds.items()
    }


def period(connection: Connection) -> tuple[date, date] | None:
    """The first and last day with an entry; None in an empty diary."""
    days: list[str] = []
    for table in (tables.session, tables.check_in, tables.answers):
        found = connection.execute(select(func.min(table.c.day), func.max(table.c.day))).one()
        days += [day for day in found if day is not None]
    return (_day(min(days)), _day(max(days))) if days else None


def change_count(connection: Connection) -> int:
    """How many transactions have changed the diary; a backup with the same count holds the same."""
    return int(connection.execute(select(tables.meta.c.value).where(tables.meta.c.key == "changes")).scalar_one())


def latest_answers(connection: Connection) -> tuple[records.Answers, ...]:
    """The newest filled-in questionnaire of each kind."""
    table = tables.answers
    each = table.alias("each")
    newest = select(func.max(each.c.day)).where(each.c.instrument == table.c.instrument).scalar_subquery()
    return load(connection, records.Answers, table.c.day == newest)


def kept_settings(connection: Connection) -> records.Settings | None:
    """The settings record itself, which a change must name; None while the defaults apply."""
    return get(connection, records.Settings, records.SETTINGS_ID)


def ids(connection: Connection, kind: type[records.Record]) -> set[UUID]:
    """The ids of all records of one class."""
    return {UUID(row[0]) for row in connection.execute(select(tables.TABLES[kind].c.id)).all()}
