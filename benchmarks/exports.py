"""How long ten years take as tables and as an archive, and how long the way back takes."""

import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from benchmarks.fhir import TODAY, shared
from benchmarks.table import Figure
from ketatrack.importing import archive as archives
from ketatrack.importing import spreadsheet
from ketatrack.models.tracked import built_in
from ketatrack.models.whole import WholeDiary
from ketatrack.sharing.archive import archive
from ketatrack.sharing.csv_files import csv_files
from ketatrack.sharing.saving import save, save_all

RUNS = 5


def figures() -> list[Figure]:
    """Seconds from the choice to files that are safe on the disk; and from those to records that could be written."""
    given, fresh = shared(10), WholeDiary(tracked=built_in())
    with tempfile.TemporaryDirectory(prefix="ketatrack-bench-") as name:
        folder, file = Path(name) / "tables", Path(name) / "archive.json"
        tables = _seconds(lambda: save_all(folder, csv_files(given)))
        whole = _seconds(lambda: save(file, archive(given.diary)))
        size = sum(each.stat().st_size for each in folder.iterdir())
        back = _seconds(lambda: spreadsheet.plan(folder, fresh, TODAY))
        archived = _seconds(lambda: archives.plan(file, fresh))
        return [
            Figure("CSV of ten years", tables, 1, "s", f"{size / 1e6:.1f} MB; read back {back:.2f} s"),
            Figure(
                "archive of ten years", whole, 1, "s",
                f"{file.stat().st_size / 1e6:.1f} MB; read back {archived:.2f} s",
            ),
        ]  # fmt: skip


def _seconds(work: Callable[[], object]) -> float:
    taken = []
    for _ in range(RUNS):
        begin = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begin)
    return median(taken)
