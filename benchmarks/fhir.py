"""How long ten years take as a FHIR document, and the most memory held meanwhile, in a process of its own."""

import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from benchmarks.reference import json_seconds
from benchmarks.table import Figure, against
from ketatrack import demo
from ketatrack.formats.archive import archive
from ketatrack.formats.export_data import Consent, ExportData, share
from ketatrack.models.diary_data import KINDS, DiaryData
from ketatrack.models.enums import Period
from ketatrack.models.records import SharingChoices

if TYPE_CHECKING:  # the process whose memory is measured must not load Qt
    from benchmarks.start import Start

# How many times the bare thing each may be.
REACH_FHIR = 80
REACH_FHIR_MB = 6.6

TODAY = date(2026, 11, 23)


@dataclass(frozen=True, slots=True)
class Run:
    """Seconds from the choice to the bytes, megabytes held at most, and the size of the document in bytes."""

    seconds: float
    megabytes: float
    size: int


def figures(bare: "Start") -> list[Figure]:
    """Both figures of ten years, and the time of one year beside."""
    ten, one = _run(10), _run(1)
    plain = json_seconds(archive(shared(10).diary))
    beside = f"{ten.size / 1e6:.0f} MB; one year {one.seconds:.2f} s, {one.size / 1e6:.1f} MB"
    peak = f"one year {one.megabytes:.0f} MB"
    return [
        against("FHIR document of ten years, bare json.dumps", ten.seconds, plain, REACH_FHIR, "s", beside),
        against("peak memory while making it, bare window", ten.megabytes, bare.megabytes, REACH_FHIR_MB, "MB", peak),
    ]


def shared(years: int) -> ExportData:
    """Return the made-up person's diary of that many years, with everything in it."""
    held = demo.records(years, demo.SEED, TODAY)
    kept: dict[str, Any] = {name: tuple(each for each in held if type(each) is of) for name, of in KINDS.items()}
    whole = DiaryData(**kept)
    choices = SharingChoices(period=Period.ALL)
    return share(whole, choices, Consent(safety_answers=True, notes=True), TODAY, datetime(2026, 11, 23, tzinfo=UTC))


def _run(years: int) -> Run:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.fhir", str(years)], capture_output=True, text=True, check=True
    )
    seconds, kilobytes, size = done.stdout.split()
    return Run(float(seconds), float(kilobytes) / 1000, int(size))


def _measured(years: int) -> str:
    given = shared(years)
    begin = time.perf_counter()
    from ketatrack.formats.fhir.document import document

    size = len(document(given))
    taken = time.perf_counter() - begin
    return f"{taken} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss} {size}"


if __name__ == "__main__":
    print(_measured(int(sys.argv[1])))
