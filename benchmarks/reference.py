"""What this machine needs for something bare, measured in the same run: the other half of every ratio.

A bare Qt window (bare.py) is measured by start.py, which needs the screen.
"""

import json
import sqlite3
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from statistics import median, quantiles

import typst

RUNS = 5
COMMITS = 1000


def seconds(work: Callable[[], object], runs: int = RUNS) -> float:
    """Return the median time of `work` in seconds, after one run that does not count."""
    work()
    taken = []
    for _ in range(runs):
        begin = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begin)
    return median(taken)


def json_seconds(archive: bytes) -> float:
    """Return how long a bare `json.dumps` of everything in an archive takes."""
    data = json.loads(archive)
    return seconds(lambda: json.dumps(data))


@cache
def typst_seconds() -> float:
    """Return how long Typst takes for an empty page as a PDF."""
    return seconds(lambda: typst.compile(b"#pagebreak()"))


@cache
def loop_seconds() -> float:
    """Return how long a bare loop of Python takes over 200,000 numbers."""
    return seconds(lambda: sum(number * number for number in range(200_000)))


def slowest_commit(folder: Path) -> float:
    """Return the 99th percentile, in ms, of a bare SQLite insert that is as durable as the diary's."""
    connection = sqlite3.connect(folder / "bare.sqlite", isolation_level=None)
    connection.execute("PRAGMA synchronous = EXTRA")
    connection.execute("CREATE TABLE entry (id INTEGER PRIMARY KEY, note TEXT)")
    taken = []
    for _ in range(COMMITS):
        begin = time.perf_counter()
        connection.execute("INSERT INTO entry (note) VALUES ('Slept well, walked a little.')")
        taken.append(1000 * (time.perf_counter() - begin))
    connection.close()
    return quantiles(taken, n=100)[98]
