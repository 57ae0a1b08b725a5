"""How long ten years take as a FHIR document, and the most memory held meanwhile, in a process of its own."""

import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from benchmarks.table import Figure
from ketatrack import demo
from ketatrack.models.records import SharingChoices
from ketatrack.models.values import Period
from ketatrack.models.whole import KINDS, WholeDiary
from ketatrack.sharing.shared import Asked, Shared, share

TODAY = date(2026, 11, 23)


@dataclass(frozen=True, slots=True)
class Run:
    """Seconds from the choice to the bytes, megabytes held at most, and the size of the document in bytes."""

    seconds: float
    megabytes: float
    size: int


def figures() -> list[Figure]:
    """Both figures of ten years, and the time of one year beside."""
    ten, one = _run(10), _run(1)
    return [
        Figure(
            "FHIR document of ten years", ten.seconds, 5, "s",
            f"{ten.size / 1e6:.0f} MB; one year {one.seconds:.2f} s, {one.size / 1e6:.1f} MB",
        ),
        Figure("peak memory while making it", ten.megabytes, 350, "MB", f"one year {one.megabytes:.0f} MB"),
    ]  # fmt: skip


def shared(years: int) -> Shared:
    """The made-up person's diary of that many years, with everything in it."""
    held = demo.records(years, demo.SEED, TODAY)
    kept: dict[str, Any] = {name: tuple(each for each in held if type(each) is of) for name, of in KINDS.items()}
    whole = WholeDiary(**kept)
    choices = SharingChoices(period=Period.ALL)
    return share(whole, choices, Asked(safety_answers=True, notes=True), TODAY, datetime(2026, 11, 23, tzinfo=UTC))


def _run(years: int) -> Run:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.fhir", str(years)], capture_output=True, text=True, check=True
    )
    seconds, kilobytes, size = done.stdout.split()
    return Run(float(seconds), float(kilobytes) / 1000, int(size))


def _measured(years: int) -> str:
    given = shared(years)
    begin = time.perf_counter()
    from ketatrack.sharing.fhir.bundle import document

    size = len(document(given))
    taken = time.perf_counter() - begin
    return f"{taken} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss} {size}"


if __name__ == "__main__":
    print(_measured(int(sys.argv[1])))
