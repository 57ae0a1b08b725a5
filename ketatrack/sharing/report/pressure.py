"""Blood pressure over the sessions of a period: highest reading, largest rise, medians, readings above 140/90."""

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from ketatrack.models.records import Session, Vital
from ketatrack.models.safety_words import pressure_note
from ketatrack.models.values import VitalMoment

Pressure = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Peak:
    """The highest reading of one session (mmHg), its moment, and the rise from before the session, if known."""

    session: Session
    moment: VitalMoment
    pressure: Pressure
    rise: Pressure | None


def pressure_of(vital: Vital) -> Pressure | None:
    """Systolic and diastolic of a reading that has both."""
    if vital.systolic is None or vital.diastolic is None:
        return None
    return vital.systolic, vital.diastolic


def at(session: Session, moment: VitalMoment) -> Pressure | None:
    """The first reading of a session at that moment."""
    return next((found for v in session.vitals if v.moment is moment and (found := pressure_of(v))), None)


def peak(session: Session) -> Peak | None:
    """The reading with the highest systolic pressure after the session began; before it where there is no other."""
    read = [(found, v.moment) for v in session.vitals if (found := pressure_of(v))]
    after = [each for each in read if each[1] is not VitalMoment.BEFORE] or read
    if not after:
        return None
    highest, moment = max(after, key=lambda each: each[0])
    before = at(session, VitalMoment.BEFORE)
    known = before is not None and moment is not VitalMoment.BEFORE
    rise = (highest[0] - before[0], highest[1] - before[1]) if before is not None and known else None
    return Peak(session, moment, highest, rise)


def highest(sessions: Iterable[Session]) -> Peak | None:
    """The highest reading of all sessions."""
    peaks = [
        Peak(session, vital.moment, found, None)
        for session in sessions for vital in session.vitals if (found := pressure_of(vital))
    ]  # fmt: skip
    top = max(peaks, key=lambda each: each.pressure, default=None)
    own = peak(top.session) if top is not None else None
    return own if top is not None and own is not None and own.pressure == top.pressure else top


def largest_rise(sessions: Iterable[Session]) -> Peak | None:
    """The session with the largest systolic rise."""
    peaks = (peak(each) for each in sessions)
    risen = [each for each in peaks if each is not None and each.rise is not None]
    return max(risen, key=lambda each: each.rise or (0, 0), default=None)


def middle(pressures: Iterable[Pressure]) -> Pressure | None:
    """The median of both numbers, rounded to whole mmHg, halves up."""
    found = list(pressures)
    if not found:
        return None
    return int(median(high for high, _ in found) + 0.5), int(median(low for _, low in found) + 0.5)


def above_before(sessions: Iterable[Session]) -> int:
    """Before how many sessions the pressure was above the level at which clinics often wait (140/90)."""
    before = (at(each, VitalMoment.BEFORE) for each in sessions)
    return sum(bool(pressure_note(*found, True)) for found in before if found)


def written(pressure: Pressure) -> str:
    """148/90."""
    return f"{pressure[0]}/{pressure[1]}"


def rise_written(rise: Pressure) -> str:
    """+34/+19."""
    return "/".join(f"{each:+d}".replace("-", "−") for each in rise)
