"""`python -m benchmarks`: measure everything and print one table; exit code 1 where a figure is over its reach."""

import sys
import tempfile
from pathlib import Path

from benchmarks import disk, exports, fhir, material, paging, report, saving, simulation, start, statistics
from benchmarks.screen import screen
from benchmarks.table import table

PICTURE = Path("build/bench-today.png")


def main() -> int:
    """Measure, print, and say by the exit code whether all is within reach."""
    PICTURE.parent.mkdir(exist_ok=True)
    material.compile_sources()
    with tempfile.TemporaryDirectory(prefix="ketatrack-bench-") as folder, screen(Path(folder)) as shown:
        made = material.make(Path(folder))
        started = start.figures(shown, made, PICTURE)
        figures = [
            *started.figures,
            *paging.figures(shown, made, started.bare),
            *saving.figures(made),
            *disk.figures(made),
            *statistics.figures(),
            *exports.figures(),
            *fhir.figures(started.bare),
            *report.figures(Path(folder), started.bare),
        ]
    print(table(figures))
    print("\n" + "\n".join(simulation.rows()))
    print(f"\nThe screen as it was measured is in {PICTURE}.")
    return 0 if all(figure.ok for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main())
