"""Days and clock times as FHIR's dateTime, never more exact than what was written down.

Without an offset from UTC a clock time cannot be written, so then it is the day alone.
"""

from datetime import date, datetime, time, timedelta, timezone

from ketatrack.models.records import DEFAULT_DAY_START_MINUTES, Session


def moment(day: date, clock: time | None, offset_minutes: int | None) -> datetime | None:
    """When something happened, in the entry's own offset; None where only its diary day is certain.

    A clock time in the small hours may be of that calendar date or of the next, so it is not certain.
    """
    if clock is None or offset_minutes is None or clock.hour * 60 + clock.minute < DEFAULT_DAY_START_MINUTES:
        return None
    return datetime.combine(day, clock, timezone(timedelta(minutes=offset_minutes)))


def when(day: date, clock: time | None, offset_minutes: int | None) -> str:
    """A FHIR dateTime: with time and offset where both are known, else the day."""
    exact = moment(day, clock, offset_minutes)
    return written(exact) if exact else day.isoformat()


def written(exact: datetime) -> str:
    """An aware moment as FHIR writes it, to the second."""
    return exact.isoformat(timespec="seconds")


def of_session(session: Session) -> dict[str, str | dict[str, str]]:
    """When a session was: from its start to its end where both are known."""
    start = moment(session.day, session.local_time, session.utc_offset_minutes)
    if start is None or not session.duration_minutes:
        return {"effectiveDateTime": when(session.day, session.local_time, session.utc_offset_minutes)}
    end = start + timedelta(minutes=session.duration_minutes)
    return {"effectivePeriod": {"start": written(start), "end": written(end)}}


def in_words(day: date, clock: time | None) -> str:
    """A day and, where there is one, a clock time, for a table that people read."""
    return f"{day.isoformat()} {clock:%H:%M}" if clock else day.isoformat()
