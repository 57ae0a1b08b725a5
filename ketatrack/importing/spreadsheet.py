"""Our own CSV export read back: good rows come in, bad ones are named with file, line and reason.

An id in a row is the entry's own, so importing again adds nothing; a row that someone added by hand gets one.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from ketatrack.errors import ImportRefused, InvalidValue
from ketatrack.importing.merging import Bad, Merge, add, is_untouched
from ketatrack.importing.own_tables import Row, Table, own_tables, rows
from ketatrack.models import earlier, sheet_cells, sheets
from ketatrack.models.instruments import instrument
from ketatrack.models.records import NAMESPACE, Answers, CheckIn, Record, Session, Tracked, Value, Vital
from ketatrack.models.tracked import built_in
from ketatrack.models.values import check_not_future, check_value
from ketatrack.models.whole import WholeDiary


def plan(path: Path, present: WholeDiary, today: date, also: Iterable[Path] = ()) -> Merge:
    """What the tables in a folder, a zip or a single file would bring to the diary that is `present`.

    `also` are other files whose tables are wanted with it. A row of vital signs counts with its session, unless it is
    bad. `today` is the diary day, for the upper limit of dates. Raises ImportRefused where nothing can be read.
    """
    tables, others = own_tables(path, also)
    if not tables:
        raise ImportRefused(f"{path.name} holds no table that KetaTrack exports, so there is nothing to bring in.")
    reader = _Reader(present, today)
    for table in tables:
        reader.read(table)
    strangers = [Bad(name, 1, "This is none of the tables that KetaTrack writes, so it stays out.") for name in others]
    found, made = reader.records(), Merge(skipped=[*strangers, *reader.skipped])
    add(made, found, present)
    made.read = len(found) + len(made.skipped)
    return made


class _Reader:
    """Turns rows into records; the tables come measures first, and sessions before their vital signs."""

    def __init__(self, present: WholeDiary, today: date) -> None:
        self.today = today
        self.skipped: list[Bad] = []
        self.tracked = {each.id: each for each in present.tracked}
        self._own: list[Tracked] = []
        self._sessions: list[Session] = []
        self._others: list[Record] = []
        self._vitals: dict[UUID, list[tuple[int, Vital, Bad]]] = defaultdict(list)
        self._columns = {sheets.header_of(each): each.id for each in built_in()}

    def read(self, table: Table) -> None:
        known = {*sheets.head(table.kind), *(self._columns if table.kind == sheets.CHECK_INS else ())}
        for header in table.headers:
            if header not in known and not (table.kind == sheets.CHECK_INS and sheets.own_column(header)):
                reason = f"The column “{header[:40]}” is none that KetaTrack writes, so it stays out."
                self.skipped.append(Bad(table.name, 1, reason))
        for row in rows(table):
            try:
                self._take(table, row)
            except InvalidValue as error:
                self.skipped.append(Bad(table.name, row.line, f"{str(error).removesuffix('.')}."))

    def records(self) -> list[Record]:
        """Everything that was good: what is tracked first, sessions with their vital signs in order."""
        sessions = []
        for session in self._sessions:
            vitals = sorted(self._vitals.get(session.id, ()), key=lambda each: each[0])
            sessions.append(replace(session, vitals=tuple(vital for _, vital, _ in vitals)))
        with_session = {session.id for session in sessions}
        lost = (taken for key, taken in self._vitals.items() if key not in with_session)
        self.skipped.extend(place for _, _, place in chain.from_iterable(lost))
        return [*self._own, *sessions, *self._others]

    def _take(self, table: Table, row: Row) -> None:
        if not row.whole:
            raise InvalidValue("The row does not have as many cells as the first row.")
        if table.kind == sheets.MEASURES:
            self._take_tracked(row)
        elif table.kind == sheets.SESSIONS:
            self._sessions.append(self._session(row))
        elif table.kind == sheets.VITALS:
            self._take_vital(table, row)
        else:
            self._others.append(self._check_in(row) if table.kind == sheets.CHECK_INS else self._answers(row))

    def _take_tracked(self, row: Row) -> None:
        found = Tracked(**sheets.read_cells(Tracked, sheets.TRACKED_COLUMNS, row.cells))
        if any(each.key == found.key and each.id != found.id for each in self.tracked.values()):
            raise InvalidValue("Something else is tracked under this key.")
        kept = self.tracked.get(found.id)
        if kept is None or is_untouched(kept):
            self.tracked[found.id] = found
        self._own.append(found)

    def _session(self, row: Row) -> Session:
        fields = sheets.read_cells(Session, sheets.SESSION_COLUMNS, row.cells)
        # Tables of earlier versions, and people who add a row, name side effects and medicines in words.
        coded = earlier.with_codes(fields)
        return Session(id=_identity(sheets.SESSIONS, row), **self._when(row), **coded)

    def _take_vital(self, table: Table, row: Row) -> None:
        session = sheet_cells.identity(row.cells.get("session_id", ""), "session_id")
        number = sheet_cells.whole(row.cells.get("number", ""), "number")
        vital = Vital(**sheets.read_cells(Vital, (sheets.LOCAL_TIME, *sheets.VITAL_COLUMNS), row.cells))
        alone = Bad(table.name, row.line, "The session that these vital signs belong to is not among those read.")
        self._vitals[session].append((number, vital, alone))

    def _check_in(self, row: Row) -> CheckIn:
        note = sheet_cells.unguarded(row.cells.get("note", ""))
        values = []
        for header, cell in row.cells.items():
            tracked = self._tracked_in(header) if cell else None
            if tracked is not None:
                hundredths = sheet_cells.read_value(tracked.kind, cell, header)
                check_value(tracked.kind, hundredths)
                values.append(Value(tracked_id=tracked.id, hundredths=hundredths))
        return CheckIn(id=_identity(sheets.CHECK_INS, row), **self._when(row), note=note, values=tuple(values))

    def _tracked_in(self, header: str) -> Tracked | None:
        """What a column of the check-ins holds values of; None for a column that is something else."""
        key = self._columns.get(header) or sheets.own_column(header)
        if key is None:
            return None
        if key not in self.tracked:
            raise InvalidValue(
                "A value is of something that is not tracked here; bring in measures.csv with this file."
            )
        return self.tracked[key]

    def _answers(self, row: Row) -> Answers:
        cells = row.cells
        form = instrument(cells.get("questionnaire", "").strip())
        given = {name: cells.get(name, "") for name in sheets.item_columns()}
        items = [sheet_cells.whole(cell, name) for name, cell in given.items() if cell]
        last, total = (cells.get(name, "") for name in sheets.TOTALS)
        return Answers(
            id=_identity(sheets.QUESTIONNAIRES, row),
            instrument=form.key,
            **self._when(row),
            items=tuple(items) or None,
            unscored=sheet_cells.whole(last, sheets.TOTALS[0]) if last else None,
            total=sheet_cells.whole(total, sheets.TOTALS[1]),
            note=sheet_cells.unguarded(cells.get("note", "")),
        )

    def _when(self, row: Row) -> dict[str, Any]:
        found = sheets.read_when(row.cells)
        check_not_future(found["day"], self.today)
        return found


def _identity(kind: str, row: Row) -> UUID:
    """The id in the row; where someone added a row by hand, one that is the same at each import."""
    cell = row.cells.get("id", "")
    return (
        sheet_cells.identity(cell, "id") if cell.strip() else uuid5(NAMESPACE, "\x1f".join((kind, *row.cells.values())))
    )
