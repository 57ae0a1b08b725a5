"""How long the Relief page takes until it stands on the screen, and how long the window ever stops answering."""

import json
import subprocess
import time
from collections import defaultdict
from statistics import median
from typing import Any

from benchmarks.material import Material
from benchmarks.screen import Screen, python
from benchmarks.start import Start
from benchmarks.table import Figure, against

# How many times the bare thing each may be.
REACH_FIRST = 6
REACH_LATER = 1
REACH_BLOCK = 0.5

TURNS = 3
LATER = ("measure", "rule", "period", "data")


def figures(screen: Screen, material: Material, bare: Start) -> list[Figure]:
    """Return the first visit to Relief, its later refreshes, and the longest block of the GUI thread."""
    seconds: dict[str, list[float]] = defaultdict(list)
    blocked: dict[str, list[float]] = defaultdict(list)
    for _ in range(TURNS):
        for step in _visit(screen, material, "relief"):
            last = screen.last_change(step["began"], step["ended"])
            seconds[step["step"]].append((last or step["began"]) - step["began"])
        for step in _visit(screen, material, "pages"):
            blocked[step["step"]].append(step["blocked"])
    medians = {name: median(taken) for name, taken in seconds.items()}
    blocks = {name: median(each) for name, each in blocked.items() if name != "relief, first visit"}
    slowest, longest = max(LATER, key=lambda name: medians[name]), max(blocks, key=lambda name: blocks[name])
    beside = ", ".join(f"{name} {medians[name]:.2f} s" for name in LATER)
    others = ", ".join(f"{name} {block:.0f}" for name, block in sorted(blocks.items(), key=lambda each: -each[1])[1:4])
    return [
        against("first visit to Relief, bare window", medians["first visit"], bare.seconds, REACH_FIRST),
        against("each later refresh of Relief, bare window", medians[slowest], bare.seconds, REACH_LATER, "s", beside),
        against(
            "longest block of the window, bare window",
            blocks[longest],
            1000 * bare.seconds,
            REACH_BLOCK,
            "ms",
            f"{longest}; then {others}",
        ),
    ]


def _visit(screen: Screen, material: Material, way: str) -> list[dict[str, Any]]:
    call = python("-m", "benchmarks.visitor", str(material.diary), way)
    done = subprocess.run(call, env=screen.environment(), text=True, stdout=subprocess.PIPE, check=True)
    time.sleep(0.5)
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
