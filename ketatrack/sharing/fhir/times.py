"""Days and clock times as FHIR's dateTime, never more exact than what was written down.

Without an offset from UTC a clock time cannot be written, so then it is the day alone.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from typing import Protocol

from ketatrack.models.records import Session


class Timed(Protocol):
    """Any entry of the diary."""

    @property
    def day(self) -> date:
        """The diary day."""

    @property
    def local_time(self) -> time | None:
        """The clock time, where it was noted."""

    @property
    def utc_offset_minutes(self) -> int | None:
        """The offset from UTC, where it is known."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """When entries were, in their own offset. A clock time from `certain_from` on is of its diary day's own date.

    An earlier one may be of that date or, being written before the diary's next day began, of the date after it.
    """

    certain_from: time

    def when(self, entry: Timed, clock: time | None) -> str:
        """`clock` on the day of an entry as a FHIR dateTime: with time and offset where certain, else the day."""
        exact = self._moment(entry, clock)
        return written(exact) if exact else entry.day.isoformat()

    def entry(self, entry: Timed) -> str:
        """When an entry was, as a FHIR dateTime."""
        return self.when(entry, entry.local_time)

    def session(self, session: Session) -> dict[str, str | dict[str, str]]:
        """When a session was: from its start to its end where both are known."""
        start = self._moment(session, session.local_time)
        if start is None or not session.duration_minutes:
            return {"effectiveDateTime": self.entry(session)}
        end = start + timedelta(minutes=session.duration_minutes)
        return {"effectivePeriod": {"start": written(start), "end": written(end)}}

    def _moment(self, entry: Timed, clock: time | None) -> datetime | None:
        if clock is None or entry.utc_offset_minutes is None or clock < self.certain_from:
            return None
        return datetime.combine(entry.day, clock, timezone(timedelta(minutes=entry.utc_offset_minutes)))


def written(exact: datetime) -> str:
    """An aware moment as FHIR writes it, to the second."""
    return exact.isoformat(timespec="seconds")


def in_words(day: date, clock: time | None) -> str:
    """A day and, where there is one, a clock time, for a table that people read."""
    return f"{day.isoformat()} {clock:%H:%M}" if clock else day.isoformat()
