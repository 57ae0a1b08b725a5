"""How long ten years take as tables and as an archive, and how long the way back takes."""

import tempfile
from pathlib import Path

from benchmarks.fhir import TODAY, shared
from benchmarks.reference import json_seconds
from benchmarks.reference import seconds as seconds_of
from benchmarks.table import Figure, against
from ketatrack.formats import archive as archives
from ketatrack.formats import csv_tables
from ketatrack.formats.archive import archive
from ketatrack.formats.csv_tables import csv_files
from ketatrack.formats.saving import save, save_all
from ketatrack.models.diary_data import DiaryData
from ketatrack.models.tracked import built_in

# How many times the bare thing each may be.
REACH_CSV = 28
REACH_ARCHIVE = 28


def figures() -> list[Figure]:
    """Seconds from the choice to files that are safe on the disk; and from those to records that could be written."""
    given, fresh = shared(10), DiaryData(tracked=built_in())
    with tempfile.TemporaryDirectory(prefix="ketatrack-bench-") as name:
        folder, file = Path(name) / "tables", Path(name) / "archive.json"
        tables = seconds_of(lambda: save_all(folder, csv_files(given)))
        whole = seconds_of(lambda: save(file, archive(given.diary)))
        size = sum(path.stat().st_size for path in folder.iterdir())
        back = seconds_of(lambda: csv_tables.plan(folder, fresh, TODAY))
        archived = seconds_of(lambda: archives.plan(file, fresh))
        bare = json_seconds(file.read_bytes())
        csv_words = f"{size / 1e6:.1f} MB; read back {back:.2f} s"
        archive_words = f"{file.stat().st_size / 1e6:.1f} MB; read back {archived:.2f} s"
        return [
            against("CSV of ten years, bare json.dumps", tables, bare, REACH_CSV, "s", csv_words),
            against("archive of ten years, bare json.dumps", whole, bare, REACH_ARCHIVE, "s", archive_words),
        ]
