"""The one write path: `apply` puts (before, after) records into one transaction; nothing else writes.

Add is (None, r), edit (r, r'), delete (r, None).
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from ketatrack.diary.database import Diary
from ketatrack.errors import InvalidValue
from ketatrack.i18n import _
from ketatrack.models import records
from ketatrack.models.enums import Kind
from ketatrack.models.fields import check_not_future, check_value
from ketatrack.models.records import Record

Pair = tuple[Record | None, Record | None]
_APPOINTMENT_AHEAD = 3653


def apply(diary: Diary, pairs: Iterable[Pair], today: date, *, stood_before: bool = False) -> None:
    """Write all pairs durably, or none of them. `today` is the diary day, for the upper limit of dates.

    What `stood_before` and is written again has no such limit: the clock may have been set back since.

    Raises InvalidValue for a date in the future or a value its habit cannot have, DiaryChanged where `before`
    is not what the diary holds, StorageFull and the other kinds of DiaryError where it cannot be written, NotConfirmed
    where it is written but the disk did not confirm that.
    """
    wanted = [pair for pair in pairs if pair[0] != pair[1]]
    if not wanted:
        return
    for before, after in wanted:
        _check(before, after, today, stood_before)
    from ketatrack.diary import tables

    with diary.write() as connection:
        _check_values(connection.connection.driver_connection, wanted)
        tables.write_pairs(connection, wanted)


def inverse(pairs: Iterable[Pair]) -> tuple[Pair, ...]:
    """Return the pairs that take `pairs` back."""
    return tuple((after, before) for before, after in reversed(tuple(pairs)))


def _check(before: Record | None, after: Record | None, today: date, stood_before: bool) -> None:
    if before is not None and after is not None and (type(before) is not type(after) or before.id != after.id):
        raise InvalidValue(_("A change keeps the kind and the identity of what it changes."))
    day = getattr(after, "day", None)
    # A day that already stands may stay.
    if day is not None and not stood_before and (before is None or before.day != day):  # type: ignore[union-attr]
        ahead = _APPOINTMENT_AHEAD if isinstance(after, records.Appointment) else 1
        check_not_future(day, today, ahead)


def _check_values(connection: Any, pairs: list[Pair]) -> None:
    """Raise InvalidValue for what the kind of a tracked thing cannot have: no 30 hours of sleep, no rating of 12."""
    entries = [after for _unused, after in pairs if isinstance(after, records.CheckIn) and after.values]
    if not entries:
        return
    rows = connection.execute("SELECT id, kind FROM tracked").fetchall()
    kinds = {identity: Kind(kind) for identity, kind in rows}
    kinds |= {str(after.id): after.kind for _unused, after in pairs if isinstance(after, records.Tracked)}
    for entry in entries:
        for value in entry.values:
            kind = kinds.get(str(value.tracked_id))
            if kind is None:
                raise InvalidValue(_("This check-in names a habit that the diary does not track."))
            check_value(kind, value.hundredths)
