"""From the start of the process until the screen no longer changes, and the memory held then.

KetaTrack on the ten-year diary and a bare window, in turn.
"""

import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.material import Material
from benchmarks.screen import Screen, python, stop
from benchmarks.table import Figure, against

TURNS = 9
QUIET = 2.0


@dataclass(frozen=True, slots=True)
class Start:
    """Seconds until the screen came to rest, and MB resident then."""

    seconds: float
    megabytes: float


@dataclass(frozen=True, slots=True)
class Started:
    """The figures of the start, and the bare window that other figures are measured against."""

    figures: tuple[Figure, ...]
    bare: Start


def figures(screen: Screen, material: Material, picture: Path) -> Started:
    """Measure both in turn; `picture` keeps what the measured window showed."""
    ours = python("-m", "ketatrack", "--diary", str(material.diary), "--passphrase-file", str(material.passphrase))
    bare = python(str(Path(__file__).with_name("bare.py")))
    # Once each before it counts: byte code is compiled, and the day's backup made.
    _start(screen, ours, picture)
    _start(screen, bare)
    pairs = [(_start(screen, ours), _start(screen, bare)) for _ in range(TURNS)]
    seconds = [median(start.seconds for start in starts) for starts in zip(*pairs, strict=True)]
    memory = [median(start.megabytes for start in starts) for starts in zip(*pairs, strict=True)]
    window = Start(seconds[1], memory[1])
    medians = f"medians of {TURNS}"
    return Started(
        (
            against("start until Today is complete, bare window", seconds[0], window.seconds, 3.5, "s", medians),
            against("memory resident then, bare window", memory[0], window.megabytes, 2.2, "MB"),
        ),
        window,
    )


def _start(screen: Screen, call: list[str], picture: Path | None = None) -> Start:
    environment = screen.environment()
    began = time.monotonic()
    process = subprocess.Popen(call, env=environment, text=True)
    try:
        rest = screen.wait_until_quiet(began, QUIET)
        if process.poll() is not None:
            raise RuntimeError(f"{call} ended before it was measured.")
        memory = resident(process.pid)
        if picture is not None:
            screen.save(picture)
    finally:
        stop(process)
        screen.wait_until_quiet(began, 0.2)
    return Start(rest - began, memory)


def resident(pid: int) -> float:
    """Return the MB of memory that a process holds."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS:")).split()[1]) / 1024
