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
from benchmarks.table import Figure

TURNS = 9
QUIET = 2.0


@dataclass(frozen=True, slots=True)
class Start:
    """Seconds until the screen came to rest, and MB resident then."""

    seconds: float
    megabytes: float


def figures(screen: Screen, material: Material, picture: Path) -> list[Figure]:
    """Both figures; `picture` keeps what the measured window showed."""
    ours = python("-m", "ketatrack", "--diary", str(material.diary), "--passphrase-file", str(material.passphrase))
    bare = python(str(Path(__file__).with_name("bare.py")))
    # Once each before it counts: byte code is compiled, and the day's backup made.
    _start(screen, ours, picture)
    _start(screen, bare)
    pairs = [(_start(screen, ours), _start(screen, bare)) for _ in range(TURNS)]
    seconds = [median(start.seconds for start in starts) for starts in zip(*pairs, strict=True)]
    memory = [median(start.megabytes for start in starts) for starts in zip(*pairs, strict=True)]
    return [
        Figure(
            "start until Today is complete, against a bare window",
            seconds[0] / seconds[1], 3.5, "x", f"{seconds[0]:.3f} s against {seconds[1]:.3f} s, medians of {TURNS}",
        ),
        Figure(
            "memory resident then, against a bare window",
            memory[0] / memory[1], 2.2, "x", f"{memory[0]:.0f} MB against {memory[1]:.0f} MB",
        ),
    ]  # fmt: skip


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
    """The MB of memory that a process holds."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS:")).split()[1]) / 1024
