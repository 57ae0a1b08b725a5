"""KetaTrack's own CSV tables: written, found beside each other, and read back.

Good rows come in; bad ones are named with file, line and reason.
"""

import csv
import io
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from itertools import chain, islice
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID, uuid5

from ketatrack.analysis import sentences
from ketatrack.analysis.measures import day_values
from ketatrack.analysis.result import Relief
from ketatrack.errors import ImportRefused, InvalidValue
from ketatrack.formats import csv_columns
from ketatrack.formats.csv_columns import guarded, write_value
from ketatrack.formats.export_data import ExportData
from ketatrack.formats.foreign.reader import CsvText, Source, encoding_of, lines
from ketatrack.formats.plan import Bad, Merge, add, is_untouched
from ketatrack.i18n import _
from ketatrack.models import earlier_versions, labels
from ketatrack.models.diary_data import DiaryData
from ketatrack.models.enums import Kind
from ketatrack.models.fields import check_not_future, check_value
from ketatrack.models.instruments import instrument
from ketatrack.models.records import NAMESPACE, Answers, CheckIn, Record, Session, Settings, Tracked, Value, Vital
from ketatrack.models.tracked import built_in

_BYTE_ORDER_MARK = "\ufeff"
_OF_THE_DAY = {Kind.RATING: "mean", Kind.HOURS: "last", Kind.YES_NO: "any", Kind.MINUTES: "sum", Kind.COUNT: "sum"}
_RELIEF_HEAD = (
    "measure",
    "measure_name",
    "baseline",
    "baseline_source",
    "in_relief_when",
    "date",
    "session_ids",
    "lower (days)",
    "upper (days)",
    "status",
    "status_in_words",
    "note",
    "next_session_reason",
)
LARGEST_ZIP = 512 * 1024 * 1024
# Two notes of full length in one line, each of quotation marks alone, which are written twice; and the other cells.
_LONGEST_LINE = 5_000_000
_ZIP_BEGINS = (b"PK\x03\x04", b"PK\x05\x06")  # with files, and empty
_DELIMITERS = ",;\t"
_TELLING = {
    csv_columns.MEASURES: {"id", "key", "kind", "is_measure"},
    csv_columns.SESSIONS: {"id", "date", "route", "dose (mg)"},
    csv_columns.VITALS: {"session_id", "number", "systolic (mmHg)"},
    csv_columns.CHECK_INS: {"id", "date", "utc_offset (min)", "note", "low_mood (0-10)"},
    csv_columns.QUESTIONNAIRES: {"id", "date", "questionnaire", "total"},
}
_WORKED_OUT = frozenset({csv_columns.HABITS, csv_columns.RELIEF})
# What zipfile raises, depending on where the damage is.
_DAMAGED_ZIP = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError)


def csv_files(shared: ExportData) -> dict[str, bytes]:
    """Every table by the name of its file; the same bytes for the same diary."""
    data = shared.diary
    certain_from = csv_columns.certain_from(next(iter(data.settings), Settings()))
    return {
        csv_columns.SESSIONS: _file(_sessions(data, certain_from)),
        csv_columns.VITALS: _file(_vitals(data, certain_from)),
        csv_columns.CHECK_INS: _file(_check_ins(data, certain_from)),
        csv_columns.QUESTIONNAIRES: _file(_questionnaires(data, certain_from)),
        csv_columns.MEASURES: _file(_measures(data.tracked)),
        csv_columns.HABITS: _file(_habits(data)),
        csv_columns.RELIEF: _file(_relief_results(shared)),
    }


def csv_zip(shared: ExportData) -> bytes:
    """Return the same tables in one zip; the same bytes for the same diary."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, table in csv_files(shared).items():
            # The date that ZipInfo starts with stands still: 1980-01-01.
            archive.writestr(zipfile.ZipInfo(name), table, zipfile.ZIP_DEFLATED)
    return content.getvalue()


def _file(rows: Iterable[Sequence[str]]) -> bytes:
    written = io.StringIO(newline="")
    csv.writer(written, lineterminator="\r\n").writerows(rows)
    return (_BYTE_ORDER_MARK + written.getvalue()).encode()


def _when(entry: Session | CheckIn | Answers, certain_from: time) -> list[str]:
    return [str(entry.id), *csv_columns.write_when(entry.day, entry.local_time, entry.utc_offset_minutes, certain_from)]


def _sessions(data: DiaryData, certain_from: time) -> Iterable[Sequence[str]]:
    yield csv_columns.head(csv_columns.SESSIONS)
    for session in data.sessions:
        yield [*_when(session, certain_from), *csv_columns.write_cells(session, csv_columns.SESSION_COLUMNS)]


def _vitals(data: DiaryData, certain_from: time) -> Iterable[Sequence[str]]:
    yield csv_columns.head(csv_columns.VITALS)
    for session in data.sessions:
        for number, vital in enumerate(session.vitals, start=1):
            when = csv_columns.write_when(session.day, vital.local_time, session.utc_offset_minutes, certain_from)
            yield [str(session.id), str(number), *when, *csv_columns.write_cells(vital, csv_columns.VITAL_COLUMNS)]


def _check_ins(data: DiaryData, certain_from: time) -> Iterable[Sequence[str]]:
    yield (*csv_columns.head(csv_columns.CHECK_INS), *(csv_columns.header_of(item) for item in data.tracked))
    for entry in data.check_ins:
        by_id = {value.tracked_id: value.hundredths for value in entry.values}
        values = (
            write_value(tracked.kind, by_id[tracked.id]) if tracked.id in by_id else "" for tracked in data.tracked
        )
        yield [*_when(entry, certain_from), guarded(entry.note), *values]


def _questionnaires(data: DiaryData, certain_from: time) -> Iterable[Sequence[str]]:
    yield csv_columns.head(csv_columns.QUESTIONNAIRES)
    for entry in data.answers:
        form = instrument(entry.instrument)
        item_cells = [str(answer) for answer in entry.items or ()]
        blank = [""] * (len(csv_columns.item_columns()) - len(item_cells))
        band = form.band(entry.total)
        yield [
            *_when(entry, certain_from),
            entry.instrument,
            *item_cells,
            *blank,
            "" if entry.unscored is None else str(entry.unscored),
            str(entry.total),
            form.words(entry.total),
            band.name if band else "",
            guarded(entry.note),
        ]


def _measures(tracked: Iterable[Tracked]) -> Iterable[Sequence[str]]:
    yield csv_columns.head(csv_columns.MEASURES)
    for item in tracked:
        yield [*csv_columns.write_cells(item, csv_columns.TRACKED_COLUMNS), csv_columns.header_of(item)]


def _habits(data: DiaryData) -> Iterable[Sequence[str]]:
    """One row a day: what each habit amounted to. Made from the check-ins, so it is not brought in again."""
    habits = [item for item in data.tracked if not item.is_measure]
    yield ("date", *(f"{csv_columns.header_of(habit)} {_OF_THE_DAY[habit.kind]} of the day" for habit in habits))
    days = [day_values(habit, data.check_ins) for habit in habits]
    for day in sorted(set().union(*days)):
        # A mean of three ratings has no end as a decimal: rounded to hundredths, half to even.
        cells = (
            write_value(habit.kind, round(result[day] * 100)) if day in result else ""
            for habit, result in zip(habits, days, strict=True)
        )
        yield [day.isoformat(), *cells]


def _relief_results(shared: ExportData) -> Iterable[Sequence[str]]:
    """One row for each measure and course of the period. Worked out, so it is not brought in again."""
    yield _RELIEF_HEAD
    for result in shared.relief_results:
        head = _head(result)
        for span in result.spans:
            if not shared.first <= span.day <= shared.last:
                continue
            yield [
                *head,
                span.day.isoformat(),
                ";".join(map(str, span.session_ids)),
                _days(span.lower),
                _days(span.upper),
                str(span.status),
                sentences.how_it_ended(span),
                span.note,
                labels.reason_in_text(span.next_reason),
            ]


def _head(relief: Relief) -> list[str]:
    measure, baseline = relief.measure, relief.baseline
    level = "" if baseline is None else measure.words(measure.worse(baseline.value))
    limit = sentences.limit_words(relief)
    source = "" if baseline is None else str(baseline.source)
    return [guarded(measure.key), guarded(measure.name), level, source, limit]


def _days(days: int | None) -> str:
    return "" if days is None else str(days)


@dataclass(frozen=True, slots=True)
class CsvTable:
    """One file that holds a table of ours: which, and how it is written."""

    kind: str
    source: Source
    text: CsvText
    headers: tuple[str, ...]

    @property
    def name(self) -> str:
        """The name of the file."""
        return self.source.name


@dataclass(frozen=True, slots=True)
class CsvRow:
    """The cells of a row by their headers, and the number of its first line; `complete` says that none is missing."""

    line: int
    cells: dict[str, str]
    complete: bool


class FoundTables(NamedTuple):
    """The tables that come in, measures first, and the names of CSV files beside them that are none of ours."""

    tables: tuple[CsvTable, ...]
    others: tuple[str, ...]


def own_tables(path: Path, also: Iterable[Path] = ()) -> FoundTables:
    """Return the tables in a folder, a zip, or a single file, and in the files that are wanted `also`.

    Those that were worked out from the others, habits and relief, are passed over.

    Raises ImportRefused for what cannot be read, or is a zip that no export is.
    """
    try:
        sources = [*_sources(path), *also]
        result = [(source.name, _table(source)) for source in sources if source.name not in _WORKED_OUT]
    except OSError as error:
        raise ImportRefused(
            _("{name} cannot be read: {strerror}.").format(name=path.name, strerror=error.strerror)
        ) from error
    except _DAMAGED_ZIP as error:
        raise _damaged(path.name) from error
    tables = sorted(
        (table for _unused, table in result if table), key=lambda table: (list(_TELLING).index(table.kind), table.name)
    )
    return FoundTables(tuple(tables), tuple(name for name, table in result if table is None))


def beside(path: Path) -> tuple[Path, ...]:
    """Return the other files with tables of ours in the folder of a single one, those that are worked out left out.

    Raises ImportRefused where the folder cannot be read.
    """
    try:
        if path.is_dir() or is_zip(path):
            return ()
        others = [source for source in _sources(path.parent) if isinstance(source, Path) and not source.samefile(path)]
        return tuple(other for other in others if other.name not in _WORKED_OUT and _table(other) is not None)
    except OSError as error:
        raise ImportRefused(
            _("The folder of {name} cannot be read: {strerror}.").format(name=path.name, strerror=error.strerror)
        ) from error


def rows(table: CsvTable) -> Iterator[CsvRow]:
    """Every row below the first.

    Raises ImportRefused where the text cannot be split into rows.
    """
    try:
        source = lines(table.source, table.text, longest=_LONGEST_LINE)
        next(source)
        for line in source:
            cells = dict(zip(table.headers, line.cells, strict=False))
            yield CsvRow(line.number, cells, complete=len(line.cells) == len(table.headers))
    except _DAMAGED_ZIP as error:
        raise _damaged(table.name) from error


def _damaged(name: str) -> ImportRefused:
    return ImportRefused(
        _("{name} is a damaged zip file. Nothing was brought in; take an unchanged copy of it.").format(name=name)
    )


def is_zip(path: Path) -> bool:
    """Whether a file begins as a zip does."""
    with path.open("rb") as file:
        return file.read(4) in _ZIP_BEGINS


def _sources(path: Path) -> Sequence[Source]:
    if path.is_dir():
        return sorted(entry for entry in path.iterdir() if entry.suffix.lower() == ".csv" and entry.is_file())
    if not is_zip(path):
        return [path]
    archive = zipfile.ZipFile(path)
    tables = [entry for entry in archive.infolist() if entry.filename.lower().endswith(".csv")]
    if any(table.flag_bits & 1 for table in tables):
        raise ImportRefused(
            _("{name} is a zip with a password. Unpack it first, then bring in the folder.").format(name=path.name)
        )
    if sum(table.file_size for table in tables) > LARGEST_ZIP:
        raise ImportRefused(
            _("{name} unpacks to more than {value} MB, more than any diary. Nothing was brought in.").format(
                name=path.name, value=LARGEST_ZIP // 1024**2
            )
        )
    return [zipfile.Path(archive, table.filename) for table in tables]


def _table(source: Source) -> CsvTable | None:
    """Return the table that a file holds; None where its first row is not one of ours."""
    try:
        encoding = encoding_of(source)
        for delimiter in _DELIMITERS:
            text = CsvText(encoding, delimiter)
            first = next(islice(lines(source, text, trying=True, longest=_LONGEST_LINE), 1), None)
            headers = tuple(header.strip() for header in first.cells) if first else ()
            for kind, telling in _TELLING.items():
                if telling <= set(headers):
                    return CsvTable(kind, source, text, headers)
    except ImportRefused:
        pass  # no table at all, so none of ours
    return None


def plan(path: Path, present: DiaryData, today: date, also: Iterable[Path] = ()) -> Merge:
    """Return what the tables in a folder, a zip or a single file would bring to the diary that is `present`.

    `also` are other files whose tables are wanted with it. A row of vital signs counts with its session, unless it is
    bad. `today` is the diary day, for the upper limit of dates. Raises ImportRefused where nothing can be read.
    """
    tables, others = own_tables(path, also)
    if not tables:
        raise ImportRefused(
            _("{name} holds no table that KetaTrack exports, so there is nothing to bring in.").format(name=path.name)
        )
    reader = _DiaryReader(present, today)
    for table in tables:
        reader.read(table)
    unknown = _("This is none of the tables that KetaTrack writes, so it stays out.")
    strangers = [Bad(name, 1, unknown) for name in others]
    result, merge = reader.records(), Merge(skipped=[*strangers, *reader.skipped])
    add(merge, result, present)
    merge.read = len(result) + len(merge.skipped)
    return merge


class _DiaryReader:
    """Turns rows into records; the tables come measures first, and sessions before their vital signs."""

    def __init__(self, present: DiaryData, today: date) -> None:
        self.today = today
        self.skipped: list[Bad] = []
        self.tracked = {item.id: item for item in present.tracked}
        self._own: list[Tracked] = []
        self._sessions: list[Session] = []
        self._others: list[Record] = []
        self._vitals: dict[UUID, list[tuple[int, Vital, Bad]]] = defaultdict(list)
        self._columns = {csv_columns.header_of(item): item.id for item in built_in()}

    def read(self, table: CsvTable) -> None:
        known = {*csv_columns.head(table.kind), *(self._columns if table.kind == csv_columns.CHECK_INS else ())}
        for header in table.headers:
            if header not in known and not (table.kind == csv_columns.CHECK_INS and csv_columns.own_column(header)):
                reason = _("The column “{header}” is none that KetaTrack writes, so it stays out.")
                self.skipped.append(Bad(table.name, 1, reason.format(header=header[:40])))
        for row in rows(table):
            try:
                self._take(table, row)
            except InvalidValue as error:
                self.skipped.append(Bad(table.name, row.line, str(error)))

    def records(self) -> list[Record]:
        """Everything that was good: what is tracked first, sessions with their vital signs in order."""
        sessions = []
        for session in self._sessions:
            vitals = sorted(self._vitals.get(session.id, ()), key=lambda numbered: numbered[0])
            sessions.append(replace(session, vitals=tuple(vital for _position, vital, _place in vitals)))
        with_session = {session.id for session in sessions}
        lost = (taken for key, taken in self._vitals.items() if key not in with_session)
        self.skipped.extend(place for _position, _vital, place in chain.from_iterable(lost))
        return [*self._own, *sessions, *self._others]

    def _take(self, table: CsvTable, row: CsvRow) -> None:
        if not row.complete:
            raise InvalidValue(_("The row does not have as many cells as the first row."))
        if table.kind == csv_columns.MEASURES:
            self._take_tracked(row)
        elif table.kind == csv_columns.SESSIONS:
            self._sessions.append(self._session(row))
        elif table.kind == csv_columns.VITALS:
            self._take_vital(table, row)
        else:
            self._others.append(self._check_in(row) if table.kind == csv_columns.CHECK_INS else self._answers(row))

    def _take_tracked(self, row: CsvRow) -> None:
        result = Tracked(**csv_columns.read_cells(Tracked, csv_columns.TRACKED_COLUMNS, row.cells))
        if any(item.key == result.key and item.id != result.id for item in self.tracked.values()):
            raise InvalidValue(_("Something else is tracked under this key."))
        present = self.tracked.get(result.id)
        if present is None or is_untouched(present):
            self.tracked[result.id] = result
        self._own.append(result)

    def _session(self, row: CsvRow) -> Session:
        fields = csv_columns.read_cells(Session, csv_columns.SESSION_COLUMNS, row.cells)
        # Tables of earlier versions, and people who add a row, name side effects and medicines in words.
        coded = earlier_versions.with_codes(fields)
        return Session(id=_identity(csv_columns.SESSIONS, row), **self._when(row), **coded)

    def _take_vital(self, table: CsvTable, row: CsvRow) -> None:
        session = csv_columns.identity(row.cells.get("session_id", ""), "session_id")
        number = csv_columns.read_whole_number(row.cells.get("number", ""), "number")
        vital = Vital(**csv_columns.read_cells(Vital, (csv_columns.LOCAL_TIME, *csv_columns.VITAL_COLUMNS), row.cells))
        reason = _("The session that these vital signs belong to is not among those read.")
        alone = Bad(table.name, row.line, reason)
        self._vitals[session].append((number, vital, alone))

    def _check_in(self, row: CsvRow) -> CheckIn:
        note = csv_columns.unguarded(row.cells.get("note", ""))
        values = []
        for header, cell in row.cells.items():
            tracked = self._tracked_in(header) if cell else None
            if tracked is not None:
                hundredths = csv_columns.read_value(tracked.kind, cell, header)
                check_value(tracked.kind, hundredths)
                values.append(Value(tracked_id=tracked.id, hundredths=hundredths))
        return CheckIn(id=_identity(csv_columns.CHECK_INS, row), **self._when(row), note=note, values=tuple(values))

    def _tracked_in(self, header: str) -> Tracked | None:
        """Return what a column of the check-ins holds values of; None for a column that is something else."""
        key = self._columns.get(header) or csv_columns.own_column(header)
        if key is None:
            return None
        if key not in self.tracked:
            raise InvalidValue(
                _("A value is of something that is not tracked here; bring in measures.csv with this file.")
            )
        return self.tracked[key]

    def _answers(self, row: CsvRow) -> Answers:
        cells = row.cells
        form = instrument(cells.get("questionnaire", "").strip())
        answer_cells = {name: cells.get(name, "") for name in csv_columns.item_columns()}
        items = [csv_columns.read_whole_number(cell, name) for name, cell in answer_cells.items() if cell]
        last, total = (cells.get(name, "") for name in csv_columns.TOTALS)
        return Answers(
            id=_identity(csv_columns.QUESTIONNAIRES, row),
            instrument=form.key,
            **self._when(row),
            items=tuple(items) or None,
            unscored=csv_columns.read_whole_number(last, csv_columns.TOTALS[0]) if last else None,
            total=csv_columns.read_whole_number(total, csv_columns.TOTALS[1]),
            note=csv_columns.unguarded(cells.get("note", "")),
        )

    def _when(self, row: CsvRow) -> dict[str, Any]:
        result = csv_columns.read_when(row.cells)
        check_not_future(result["day"], self.today)
        return result


def _identity(kind: str, row: CsvRow) -> UUID:
    """Return the id in the row; where someone added a row by hand, one that is the same at each import."""
    cell = row.cells.get("id", "")
    return (
        csv_columns.identity(cell, "id") if cell.strip() else uuid5(NAMESPACE, "\x1f".join((kind, *row.cells.values())))
    )
