"""How long a report takes from the choice to its file, how long a preview takes to follow, and the memory they need."""

import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from benchmarks.reference import typst_seconds
from benchmarks.statistics import TODAY
from benchmarks.table import Figure, against
from ketatrack import demo
from ketatrack.formats.export_data import Consent, share
from ketatrack.formats.saving import save
from ketatrack.models.diary_data import KINDS, DiaryData
from ketatrack.models.enums import Paper, Period, Section
from ketatrack.models.records import SharingChoices
from ketatrack.report import pdf
from ketatrack.report.build import prepare
from ketatrack.report.cache import ReportCache
from ketatrack.report.pdf import attachments, pages

if TYPE_CHECKING:  # the process whose memory is measured must not load Qt
    from benchmarks.start import Start

# How many times the bare thing each may be.
REACH_REPORT_1 = 65
REACH_REPORT_10 = 220
REACH_PREVIEW = 22
REACH_REPORT_MB = 6.6

SCREEN_INCH = 96.0
WHOLE = SharingChoices(period=Period.ALL)
# What a person changes while looking at the pages, one after the other.
CHANGES = (
    SharingChoices(),
    SharingChoices(paper=Paper.LETTER),
    SharingChoices(grey=True),
    SharingChoices(hide_name=True),
    SharingChoices(period=Period.MONTHS_3),
    WHOLE,
    SharingChoices(sections=(Section.SUMMARY, Section.CURVES)),
)
_MEMORY = "import sys; from benchmarks import report; print(report.peak_memory(int(sys.argv[1]), sys.argv[2]))"


def figures(folder: Path, bare: "Start") -> list[Figure]:
    """Seconds and megabytes on this machine; `folder` takes the files."""
    first, later = _refreshes(10)
    times = ", ".join(f"{each:.2f}" for each in later)
    times += f"; the very first {first:.2f}"
    most, one_year = _peak(10, folder), f"one year {_peak(1, folder):.0f} MB"
    return [
        _to_file(1, REACH_REPORT_1, folder),
        _to_file(10, REACH_REPORT_10, folder),
        against(
            "preview refresh, ten years, bare Typst page", median(later), typst_seconds(), REACH_PREVIEW, "s", times
        ),
        against("peak memory, report of ten years, bare window", most, bare.megabytes, REACH_REPORT_MB, "MB", one_year),
    ]


@cache
def _diary(years: int) -> DiaryData:
    found = demo.records(years, demo.SEED, TODAY)
    kept: dict[str, Any] = {name: tuple(each for each in found if type(each) is kind) for name, kind in KINDS.items()}
    return DiaryData(**kept)


def _now() -> datetime:
    return datetime.now().astimezone()


def _write(years: int, file: Path, choices: SharingChoices = WHOLE) -> None:
    """Do what `ketatrack report` does once the diary is read, its data put inside."""
    shared = share(_diary(years), choices, Consent(), TODAY, _now())
    inside = attachments(shared)
    save(file, pdf.pdf(prepare(shared, "en_GB"), inside).content)


def _to_file(years: int, reach: float, folder: Path) -> Figure:
    file, every = folder / f"report-{years}.pdf", replace(WHOLE, sections=tuple(Section))
    _diary(years)
    with_all = _seconds(lambda: _write(years, folder / "all.pdf", every))
    taken = min(_seconds(lambda: _write(years, file)) for _ in range(2))
    what = f"report of {years} year{'' if years == 1 else 's'}, choice to file, bare Typst page"
    return against(
        what, taken, typst_seconds(), reach, "s", f"{file.stat().st_size / 1e6:.1f} MB; every section {with_all:.2f} s"
    )


def _seconds(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def _refreshes(years: int) -> tuple[float, list[float]]:
    """Seconds of the first preview and of each one after a change, until the page that is looked at is there."""
    kept, whole = ReportCache(), _diary(years)
    taken = []
    for choices in (SharingChoices(), *CHANGES):
        begin = time.perf_counter()
        shown = pages(prepare(kept.share(whole, choices, Consent(), TODAY, _now()), "en_GB", kept))
        shown.picture(1, SCREEN_INCH)
        taken.append(time.perf_counter() - begin)
    return taken[0], taken[1:]


def peak_memory(years: int, folder: str) -> float:
    """Return the most memory this process ever had (MB), after writing one report; Linux only."""
    _write(years, Path(folder) / "memory.pdf")
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return float(status.partition("VmHWM:")[2].split()[0]) / 1024


def _peak(years: int, folder: Path) -> float:
    call = [sys.executable, "-c", _MEMORY, str(years), str(folder)]
    return float(subprocess.run(call, capture_output=True, text=True, check=True).stdout)
