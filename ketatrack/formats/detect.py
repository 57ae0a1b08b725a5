"""What a file is, told from what is in it and never from its name."""

import codecs
from collections.abc import Iterable
from datetime import date
from enum import Enum, auto
from pathlib import Path

from ketatrack.errors import ImportRefused
from ketatrack.formats import archive, csv_tables
from ketatrack.formats.csv_tables import is_zip, own_tables
from ketatrack.formats.plan import Merge
from ketatrack.i18n import _
from ketatrack.models.diary_data import DiaryData

_BEGINNING = 512


class Origin(Enum):
    """Where notes come from, as far as their form tells."""

    ARCHIVE = auto()
    TABLES = auto()
    FOREIGN_CSV = auto()


def origin_of(path: Path) -> Origin:
    """Whether a file or folder is our archive, our own tables, or else a CSV of somebody's.

    Raises ImportRefused where it cannot be read.
    """
    try:
        if path.is_dir() or is_zip(path):
            return Origin.TABLES
        with path.open("rb") as file:
            begin = file.read(_BEGINNING).removeprefix(codecs.BOM_UTF8).lstrip()
    except OSError as error:
        raise ImportRefused(
            _("{name} cannot be read: {strerror}.").format(name=path.name, strerror=error.strerror)
        ) from error
    if begin.startswith((b"{", b"[")):
        return Origin.ARCHIVE
    return Origin.TABLES if own_tables(path).tables else Origin.FOREIGN_CSV


def plan_own(path: Path, origin: Origin, present: DiaryData, today: date, also: Iterable[Path] = ()) -> Merge:
    """Return what a file of our own would bring to the diary that is `present`; `today` is the diary day.

    `also` are other tables that are wanted with it. Raises ImportRefused as the reader of that kind does.
    """
    return archive.plan(path, present) if origin is Origin.ARCHIVE else csv_tables.plan(path, present, today, also)
