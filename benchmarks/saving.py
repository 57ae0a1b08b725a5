"""How long one check-in takes until it is safe on the disk: 1,000 of them on the ten-year diary."""

import time
from datetime import timedelta
from statistics import median, quantiles
from uuid import uuid4

from benchmarks.material import Material, today
from benchmarks.table import Figure
from ketatrack.diary import changes, queries
from ketatrack.models.records import CheckIn, Tracked, Value

COUNT = 1000


def figures(material: Material) -> list[Figure]:
    """The 99th percentile; the check-ins are taken back again afterwards, so that other figures see the same diary."""
    diary = material.open()
    with diary.read() as connection:
        tracked = queries.tracked(connection)
    added = [_check_in(number, tracked) for number in range(COUNT)]
    taken = []
    for entry in added:
        began = time.perf_counter()
        changes.apply(diary, [(None, entry)], today())
        taken.append(1000 * (time.perf_counter() - began))
    changes.apply(diary, [(entry, None) for entry in added], today())
    diary.close()
    slow = quantiles(taken, n=100)[98]
    return [Figure("one check-in saved durably, 99th percentile", slow, 20, "ms", f"median {median(taken):.2f} ms")]


def _check_in(number: int, tracked: tuple[Tracked, ...]) -> CheckIn:
    values = tuple(Value(tracked_id=each.id, hundredths=100 * (number % 11)) for each in tracked if each.is_measure)
    return CheckIn(id=uuid4(), day=today() - timedelta(days=number), note="Slept well, walked a little.", values=values)
