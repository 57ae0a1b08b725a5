"""Safety in a few lines: blood pressure, side effects, other medicines, as noted in the sessions of the period."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from ketatrack.i18n import _, ngettext
from ketatrack.models import labels
from ketatrack.models.enums import SideEffect, VitalMoment
from ketatrack.models.records import Session, Vital
from ketatrack.models.safety import pressure_note
from ketatrack.report.context import Passage, ReportContext

Pressure = tuple[int, int]
MOST_NAMED = 12
# Worth saying that they were never ticked.
WATCHED = (SideEffect.VOMITED, SideEffect.BLADDER_DISCOMFORT)


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
    """Return the first reading of a session at that moment."""
    return next((pressure for v in session.vitals if v.moment is moment and (pressure := pressure_of(v))), None)


def peak(session: Session) -> Peak | None:
    """Return reading with the highest systolic pressure after the session began; before it where there is no other."""
    read = [(pressure, v.moment) for v in session.vitals if (pressure := pressure_of(v))]
    after = [reading for reading in read if reading[1] is not VitalMoment.BEFORE] or read
    if not after:
        return None
    highest, moment = max(after, key=lambda reading: reading[0])
    before = at(session, VitalMoment.BEFORE)
    known = before is not None and moment is not VitalMoment.BEFORE
    rise = (highest[0] - before[0], highest[1] - before[1]) if before is not None and known else None
    return Peak(session, moment, highest, rise)


def highest(sessions: Iterable[Session]) -> Peak | None:
    """Return the highest reading of all sessions."""
    peaks = [
        Peak(session, vital.moment, pressure, None)
        for session in sessions
        for vital in session.vitals
        if (pressure := pressure_of(vital))
    ]
    top = max(peaks, key=lambda item: item.pressure, default=None)
    own = peak(top.session) if top is not None else None
    return own if top is not None and own is not None and own.pressure == top.pressure else top


def largest_rise(sessions: Iterable[Session]) -> Peak | None:
    """Return the session with the largest systolic rise."""
    peaks = (peak(session) for session in sessions)
    risen = [item for item in peaks if item is not None and item.rise is not None]
    return max(risen, key=lambda item: item.rise or (0, 0), default=None)


def middle(pressures: Iterable[Pressure]) -> Pressure | None:
    """Return the median of both numbers, rounded to whole mmHg, halves up."""
    result = list(pressures)
    if not result:
        return None
    return int(median(high for high, _ in result) + 0.5), int(median(low for _, low in result) + 0.5)


def above_before(sessions: Iterable[Session]) -> int:
    """Before how many sessions the pressure was above the level at which clinics often wait (140/90)."""
    before = (at(session, VitalMoment.BEFORE) for session in sessions)
    return sum(bool(pressure_note(*result, True)) for result in before if result)


def written(pressure: Pressure) -> str:
    """148/90."""
    return f"{pressure[0]}/{pressure[1]}"


def rise_written(rise: Pressure) -> str:
    """+34/+19."""
    return "/".join(f"{difference:+d}".replace("-", "−") for difference in rise)


def safety(basis: ReportContext) -> tuple[Passage, ...]:
    """Return what page 1 says of safety."""
    return _pressure(basis), _side_effects(basis.sessions), _medicines(basis.sessions)


def _pressure(basis: ReportContext) -> Passage:
    sessions = basis.sessions
    read = [session for session in sessions if any(pressure_of(vital) for vital in session.vitals)]
    if not read:
        return Passage(_("Blood pressure:"), _("not noted in this period."))
    lead = _("Blood pressure, {n} of {all} sessions:").format(n=len(read), all=len(sessions))
    before, later = (
        middle(pressure for reading in read if (pressure := at(reading, moment)))
        for moment in (VitalMoment.BEFORE, VitalMoment.FORTY_MINUTES)
    )
    sentences = []
    if before and later:
        sentences.append(_("before {a}, at 40 min {b} (medians).").format(a=written(before), b=written(later)))
    elif before:
        sentences.append(_("before {a} (median).").format(a=written(before)))
    elif later:
        sentences.append(_("at 40 min {b} (median).").format(b=written(later)))
    if before:
        sentences.append(_above(above_before(sessions)))
    rise = largest_rise(sessions)
    if rise is not None and rise.rise is not None:
        day = basis.formats.day(rise.session.day)
        sentences.append(_("Largest rise {rise}, {day}.").format(rise=rise_written(rise.rise), day=day))
    return Passage(lead, " ".join(sentences))


def _above(times: int) -> str:
    if not times:
        return _("Above 140/90 before a session: never.")
    text = ngettext("Above 140/90 before a session: {n} time.", "Above 140/90 before a session: {n} times.", times)
    return text.format(n=times)


def counts_of(words: Iterable[tuple[str, ...]], most: int = MOST_NAMED) -> str:
    """In how many sessions each was noted, the `most` frequent first: "dizzy 14, headache 6"; "" for none."""
    counter = Counter(session.strip() for noted in words for session in dict.fromkeys(noted) if session.strip())
    ordered = sorted(counter.items(), key=lambda item: (-item[1], item[0]))
    named = [f"{labels.in_a_sentence(word)} {n}" for word, n in ordered[:most]]
    more = len(ordered) - len(named)
    if more > 0:
        named.append(ngettext("{n} other kind", "{n} other kinds", more).format(n=more))
    return ", ".join(named)


def _side_effects(sessions: Iterable[Session]) -> Passage:
    noted = list(sessions)
    text = counts_of(map(labels.side_effects, noted))
    if not text:
        return Passage(_("Side effects:"), _("none noted."))
    values = {effect for session in noted for effect in session.side_effects}
    never = [
        _("{effect}: none noted.").format(effect=labels.side_effect(effect))
        for effect in WATCHED
        if effect not in values
    ]
    return Passage(_("Side effects, sessions with:"), " ".join((f"{text}.", *never)))


def _medicines(sessions: Iterable[Session]) -> Passage:
    text = counts_of(map(labels.medicines, sessions))
    if not text:
        return Passage(_("Other medicines on session days:"), _("none noted."))
    return Passage(_("Other medicines, session days with:"), f"{text}.")
