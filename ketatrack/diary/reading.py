"""Reads: rows of the diary as records, oldest first. Each takes a connection from `Diary.read()`.

Plain statements on SQLite's own connection: reading waits for no library, and a start is mostly reading.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, time
from functools import cache
from typing import Any, TypeVar
from uuid import UUID

from sqlcipher3.dbapi2 import Connection

from ketatrack.models import records, row_mapping
from ketatrack.models.diary_data import KINDS, DiaryData
from ketatrack.models.instruments import KEYS
from ketatrack.models.relief_records import ReliefRecords, Score

R = TypeVar("R", bound=records.Record)
# By when it was; entries without a time come first on their day.
_ORDER = ("position", "day", "local_time", "recorded_at", "saved_at", "shown_at", "id")
_day = cache(date.fromisoformat)
_time = cache(time.fromisoformat)


def load(
    connection: Connection, kind: type[R], where: str = "", *parameters: object, with_children: bool = True
) -> tuple[R, ...]:
    """All records of one class, oldest first; `where` is a condition in SQL with a ? for each of the `parameters`.

    Without `with_children` the records lack what is kept in a table of its own: never to be written back.
    """
    table, names = row_mapping.TABLES[kind], row_mapping.columns(kind)
    condition = f" WHERE {where}" if where else ""
    order = ", ".join(name for name in _ORDER if name in names)
    result = connection.execute(f"SELECT {', '.join(names)} FROM {table}{condition} ORDER BY {order}", parameters)
    rows, children = result.fetchall(), _children(connection, kind, condition, parameters) if with_children else {}
    at = names.index("id")
    return tuple(row_mapping.from_row(kind, row, children.get(row[at], ())) for row in rows)


def _children(
    connection: Connection, kind: type[Any], condition: str, parameters: tuple[object, ...]
) -> dict[str, list[Any]]:
    child = row_mapping.CHILDREN.get(kind)
    if child is None:
        return {}
    names = ", ".join((child.parent, *row_mapping.columns(child.record)))
    owned = f" WHERE {child.parent} IN (SELECT id FROM {row_mapping.TABLES[kind]}{condition})" if condition else ""
    order = f"{child.parent}, {child.order}"
    result = defaultdict(list)
    for parent, *row in connection.execute(f"SELECT {names} FROM {child.table}{owned} ORDER BY {order}", parameters):
        result[parent].append(row_mapping.from_row(child.record, row))
    return result


def get(connection: Connection, kind: type[R], identity: UUID) -> R | None:
    """Return the record of that class and id, if the diary has it."""
    result = load(connection, kind, "id = ?", str(identity))
    return result[0] if result else None


def sessions(connection: Connection) -> tuple[records.Session, ...]:
    """All sessions."""
    return load(connection, records.Session)


def sessions_without_vitals(connection: Connection) -> tuple[records.Session, ...]:
    """All sessions for what needs no vitals, in half the time; never to be shown in full or written back."""
    return load(connection, records.Session, with_children=False)


def check_ins(
    connection: Connection, first_day: date | None = None, last_day: date | None = None
) -> tuple[records.CheckIn, ...]:
    """Return the check-ins of a span of diary days, both ends included."""
    bounds = [("day >= ?", first_day), ("day <= ?", last_day)]
    where = " AND ".join(words for words, day in bounds if day)
    return load(connection, records.CheckIn, where, *(day.isoformat() for _, day in bounds if day))


def answers(connection: Connection, instrument: str | None = None) -> tuple[records.Answers, ...]:
    """Filled-in questionnaires, of one kind or all."""
    if instrument is None:
        return load(connection, records.Answers)
    return load(connection, records.Answers, "instrument = ?", instrument)


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


def early_signs(connection: Connection) -> tuple[records.EarlySign, ...]:
    """Return what the person wrote down while well, in their order."""
    return load(connection, records.EarlySign)


def habit_choices(connection: Connection) -> tuple[records.HabitChoice, ...]:
    """Every choice of habits ever made, oldest first; the newest applies."""
    return load(connection, records.HabitChoice)


def drafts(connection: Connection) -> tuple[records.Draft, ...]:
    """Unfinished sheets and questionnaires."""
    return load(connection, records.Draft)


def visit_questions(connection: Connection) -> tuple[records.VisitQuestion, ...]:
    """Return what to ask at the next visit, in the person's order."""
    return load(connection, records.VisitQuestion)


def sharing_choices(connection: Connection) -> records.SharingChoices | None:
    """How the person last chose to share; None until they chose."""
    return get(connection, records.SharingChoices, records.SHARING_ID)


def diary_data(connection: Connection) -> DiaryData:
    """Everything that the diary holds."""
    return DiaryData(**{name: load(connection, kind) for name, kind in KINDS.items()})  # type: ignore[arg-type]


def profile(connection: Connection) -> records.Profile | None:
    """Who the diary is about; None until something was typed in."""
    return get(connection, records.Profile, records.PROFILE_ID)


def settings(connection: Connection) -> records.Settings:
    """Return the person's settings; the defaults until one was changed."""
    return stored_settings(connection) or records.Settings()


def relief_records(connection: Connection) -> ReliefRecords:
    """Return what relief is worked out from, for use while the connection is open; the sessions lack their vitals."""
    rows = tracked(connection)
    return ReliefRecords(
        tracked=rows,
        sessions=sessions_without_vitals(connection),
        baselines=baselines(connection),
        rules=rules(connection),
        settings=settings(connection),
        scores=_ScoresInFile(connection, rows),
    )


class _ScoresInFile(Mapping[str, tuple[Score, ...]]):
    """Scores by the key of their measure, each read when it is first asked for: most pages need one of many."""

    _RATINGS = (
        "SELECT day, local_time, hundredths FROM check_in JOIN value ON entry_id = id WHERE tracked_id = ? "
        "ORDER BY day, local_time, id"
    )
    _TOTALS = "SELECT day, local_time, total FROM answers WHERE instrument = ? ORDER BY day, local_time, id"

    def __init__(self, connection: Connection, rows: Iterable[records.Tracked]) -> None:
        self._connection = connection
        self._statements = {row.key: (self._RATINGS, str(row.id)) for row in rows if row.is_measure}
        self._statements |= {key: (self._TOTALS, key) for key in KEYS}
        self._read: dict[str, tuple[Score, ...]] = {}

    def __getitem__(self, key: str) -> tuple[Score, ...]:
        if key not in self._read:
            statement, wanted = self._statements[key]
            rows = self._connection.execute(statement, (wanted,))
            self._read[key] = tuple((_day(day), None if at is None else _time(at), stored) for day, at, stored in rows)
        if not self._read[key]:
            raise KeyError(key)
        return self._read[key]

    def __iter__(self) -> Iterator[str]:
        return (key for key in self._statements if key in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def existing_ids(connection: Connection, kind: type[records.Record], ids: Iterable[UUID]) -> set[UUID]:
    """Which of these ids the diary already has."""
    wanted = [str(identity) for identity in ids]
    identities: set[UUID] = set()
    for start in range(0, len(wanted), 500):
        some = wanted[start : start + 500]
        marks = ", ".join("?" * len(some))
        rows = connection.execute(f"SELECT id FROM {row_mapping.TABLES[kind]} WHERE id IN ({marks})", some)
        identities |= {UUID(row[0]) for row in rows}
    return identities


def counts(connection: Connection) -> dict[str, int]:
    """How many sessions, check-ins and questionnaires the diary holds."""
    kinds = {"sessions": "session", "check-ins": "check_in", "questionnaires": "answers"}
    return {name: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for name, table in kinds.items()}


def period(connection: Connection) -> tuple[date, date] | None:
    """Return the first and last day with an entry; None in an empty diary."""
    days: list[str] = []
    for table in ("session", "check_in", "answers"):
        result = connection.execute(f"SELECT min(day), max(day) FROM {table}").fetchone()
        days += [day for day in result if day is not None]
    return (_day(min(days)), _day(max(days))) if days else None


def change_count(connection: Connection) -> int:
    """How many transactions have changed the diary; a backup with the same count holds the same."""
    (count,) = connection.execute("SELECT value FROM meta WHERE key = 'changes'").fetchone()
    return int(count)


def diary_id(connection: Connection) -> str | None:
    """Return what a diary and its backups have in common; None where an earlier version wrote the file."""
    row = connection.execute("SELECT value FROM meta WHERE key = 'id'").fetchone()
    return None if row is None else str(row[0])


def latest_answers(connection: Connection) -> tuple[records.Answers, ...]:
    """Return the newest filled-in questionnaire of each kind."""
    newest = "(instrument, day) IN (SELECT instrument, max(day) FROM answers GROUP BY instrument)"
    return load(connection, records.Answers, newest)


def stored_settings(connection: Connection) -> records.Settings | None:
    """Return the settings record itself, which a change must name; None while the defaults apply."""
    return get(connection, records.Settings, records.SETTINGS_ID)


def ids(connection: Connection, kind: type[records.Record]) -> set[UUID]:
    """Return the ids of all records of one class."""
    return {UUID(row[0]) for row in connection.execute(f"SELECT id FROM {row_mapping.TABLES[kind]}")}
