"""How long one check-in takes until it is safe on the disk: 1,000 of them on the ten-year diary."""

import time
from datetime import timedelta
from statistics import median, quantiles
from uuid import uuid4

from benchmarks.material import Material, today
from benchmarks.reference import slowest_commit
from benchmarks.table import Figure, against
from ketatrack.diary import reading, writing
from ketatrack.models.records import CheckIn, Tracked, Value

# How many times the bare thing each may be.
REACH_SAVE = 20

COUNT = 1000


def figures(material: Material) -> list[Figure]:
    """Return the 99th percentile; the check-ins are taken back afterwards, so that other figures see the same diary."""
    diary = material.open()
    with diary.read() as connection:
        tracked = reading.tracked(connection)
    added = [_check_in(number, tracked) for number in range(COUNT)]
    taken = []
    for entry in added:
        began = time.perf_counter()
        writing.apply(diary, [(None, entry)], today())
        taken.append(1000 * (time.perf_counter() - began))
    writing.apply(diary, [(entry, None) for entry in added], today())
    diary.close()
    slow = quantiles(taken, n=100)[98]
    bare = slowest_commit(material.folder)
    beside = f"median {median(taken):.2f} ms"
    return [against("one check-in saved, 99th percentile, bare SQLite commit", slow, bare, REACH_SAVE, "ms", beside)]


def _check_in(number: int, tracked: tuple[Tracked, ...]) -> CheckIn:
    values = tuple(Value(tracked_id=item.id, hundredths=100 * (number % 11)) for item in tracked if item.is_measure)
    return CheckIn(id=uuid4(), day=today() - timedelta(days=number), note="Slept well, walked a little.", values=values)
