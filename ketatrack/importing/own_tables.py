"""Which files are tables that KetaTrack itself exported, told by their first row; and their rows by column.

They may lie in a folder, in a zip, or alone; a spreadsheet program may have written them again in its own way.
"""

import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from ketatrack.errors import ImportRefused
from ketatrack.importing.csv_text import CsvText, Source, encoding_of, lines
from ketatrack.models import sheets

LARGEST_ZIP = 512 * 1024 * 1024
# Two notes of full length in one line, each of quotation marks alone, which are written twice; and the other cells.
_LONGEST_LINE = 5_000_000
_ZIP_BEGINS = (b"PK\x03\x04", b"PK\x05\x06")  # with files, and empty
_DELIMITERS = ",;\t"
_TELLING = {
    sheets.MEASURES: {"id", "key", "kind", "is_measure"},
    sheets.SESSIONS: {"id", "date", "route", "dose (mg)"},
    sheets.VITALS: {"session_id", "number", "systolic (mmHg)"},
    sheets.CHECK_INS: {"id", "date", "utc_offset (min)", "note", "low_mood (0-10)"},
    sheets.QUESTIONNAIRES: {"id", "date", "questionnaire", "total"},
}

_WORKED_OUT = frozenset({sheets.HABITS, sheets.RELIEF})


@dataclass(frozen=True, slots=True)
class Table:
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
class Row:
    """The cells of a row by their headers, and the number of its first line; `whole` says that none is missing."""

    line: int
    cells: dict[str, str]
    whole: bool


class Found(NamedTuple):
    """The tables that come in, measures first, and the names of CSV files beside them that are none of ours."""

    tables: tuple[Table, ...]
    others: tuple[str, ...]


def own_tables(path: Path, also: Iterable[Path] = ()) -> Found:
    """The tables in a folder, a zip, or a single file, and in the files that are wanted `also`.

    Those that were worked out from the others, habits and relief, are passed over.

    Raises ImportRefused for what cannot be read, or is a zip that no export is.
    """
    try:
        sources = [*_sources(path), *also]
        found = [(source.name, _table(source)) for source in sources if source.name not in _WORKED_OUT]
    except OSError as error:
        raise ImportRefused(f"{path.name} cannot be read: {error.strerror}.") from error
    except _DAMAGED_ZIP as error:
        raise _damaged(path.name) from error
    tables = sorted(
        (table for _, table in found if table), key=lambda table: (list(_TELLING).index(table.kind), table.name)
    )
    return Found(tuple(tables), tuple(name for name, table in found if table is None))


def beside(path: Path) -> tuple[Path, ...]:
    """The other files with tables of ours in the folder of a single one, those that are worked out left out.

    Raises ImportRefused where the folder cannot be read.
    """
    try:
        if path.is_dir() or is_zip(path):
            return ()
        others = [each for each in _sources(path.parent) if isinstance(each, Path) and not each.samefile(path)]
        return tuple(each for each in others if each.name not in _WORKED_OUT and _table(each) is not None)
    except OSError as error:
        raise ImportRefused(f"The folder of {path.name} cannot be read: {error.strerror}.") from error


def rows(table: Table) -> Iterator[Row]:
    """Every row below the first.

    Raises ImportRefused where the text cannot be split into rows.
    """
    try:
        source = lines(table.source, table.text, longest=_LONGEST_LINE)
        next(source)
        for line in source:
            cells = dict(zip(table.headers, line.cells, strict=False))
            yield Row(line.number, cells, whole=len(line.cells) == len(table.headers))
    except _DAMAGED_ZIP as error:
        raise _damaged(table.name) from error


# What zipfile raises, depending on where the damage is.
_DAMAGED_ZIP = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError)


def _damaged(name: str) -> ImportRefused:
    return ImportRefused(f"{name} is a damaged zip file. Nothing was brought in; take an unchanged copy of it.")


def is_zip(path: Path) -> bool:
    """Whether a file begins as a zip does."""
    with path.open("rb") as file:
        return file.read(4) in _ZIP_BEGINS


def _sources(path: Path) -> Sequence[Source]:
    if path.is_dir():
        return sorted(each for each in path.iterdir() if each.suffix.lower() == ".csv" and each.is_file())
    if not is_zip(path):
        return [path]
    archive = zipfile.ZipFile(path)
    tables = [each for each in archive.infolist() if each.filename.lower().endswith(".csv")]
    if any(each.flag_bits & 1 for each in tables):
        raise ImportRefused(f"{path.name} is a zip with a password. Unpack it first, then bring in the folder.")
    if sum(each.file_size for each in tables) > LARGEST_ZIP:
        raise ImportRefused(
            f"{path.name} unpacks to more than {LARGEST_ZIP // 1024**2} MB, more than any diary. "
            "Nothing was brought in."
        )
    return [zipfile.Path(archive, each.filename) for each in tables]


def _table(source: Source) -> Table | None:
    """The table that a file holds; None where its first row is not one of ours."""
    try:
        encoding = encoding_of(source)
        for delimiter in _DELIMITERS:
            text = CsvText(encoding, delimiter)
            first = next(islice(lines(source, text, trying=True, longest=_LONGEST_LINE), 1), None)
            headers = tuple(header.strip() for header in first.cells) if first else ()
            for kind, telling in _TELLING.items():
                if telling <= set(headers):
                    return Table(kind, source, text, headers)
    except ImportRefused:
        pass  # no table at all, so none of ours
    return None
