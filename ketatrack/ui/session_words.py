"""The words for what a session is made of: routes, reasons, phases, places and moments of reading."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from ketatrack.i18n import translate
from ketatrack.models.records import Session
from ketatrack.models.values import Drug, Phase, Place, Reason, Route, VitalMoment

SERIES_GAP = timedelta(days=30)


def tr(text: str, n: int = -1) -> str:
    """`text` in the person's language."""
    return translate("SessionWords", text, n)


def route_words(route: Route, short: bool = False) -> str:
    """Intravenous (IV), or IV where room is scarce."""
    long, brief = {
        Route.INTRAVENOUS: (tr("Intravenous (IV)"), tr("IV")),
        Route.INTRAMUSCULAR: (tr("Intramuscular (IM)"), tr("IM")),
        Route.SUBCUTANEOUS: (tr("Subcutaneous (SC)"), tr("SC")),
        Route.SUBLINGUAL: (tr("Sublingual"), tr("Sublingual")),
        Route.ORAL: (tr("Oral"), tr("Oral")),
        Route.NASAL: (tr("Nasal"), tr("Nasal")),
    }[route]
    return brief if short else long


def route_in_text(route: Route) -> str:
    """The route inside a sentence: intravenous (IV), sublingual."""
    words = route_words(route)
    return words[0].lower() + words[1:]


def drug_words(drug: Drug | None) -> str:
    """Ketamine or esketamine; empty where it is not said."""
    return "" if drug is None else {Drug.KETAMINE: tr("ketamine"), Drug.ESKETAMINE: tr("esketamine")}[drug]


def reason_words(reason: Reason) -> str:
    """Why a session was on that day, as the table says it."""
    return {
        Reason.PLANNED: tr("Planned date"),
        Reason.SYMPTOMS: tr("Symptoms back"),
        Reason.CLINIC: tr("Clinic or travel"),
        Reason.OTHER: tr("Other"),
        Reason.NOT_SAID: tr("Not said"),
    }[reason]


def short_reason_words(reason: Reason) -> str:
    """The same as a button of the sheet."""
    return {Reason.PLANNED: tr("Planned"), Reason.CLINIC: tr("Clinic, travel")}.get(reason) or reason_words(reason)


def phase_words(phase: Phase | None) -> str:
    """Series or booster."""
    return "" if phase is None else {Phase.SERIES: tr("Series"), Phase.BOOSTER: tr("Booster")}[phase]


def place_words(place: Place) -> str:
    """Clinic or home."""
    return {Place.CLINIC: tr("Clinic"), Place.HOME: tr("Home")}[place]


def moment_words(moment: VitalMoment) -> str:
    """When a reading was taken."""
    return {
        VitalMoment.BEFORE: tr("Before"),
        VitalMoment.FORTY_MINUTES: tr("40 min"),
        VitalMoment.BEFORE_LEAVING: tr("Before leaving"),
        VitalMoment.OTHER: tr("Reading"),
    }[moment]


def phases_in_words(sessions: Iterable[Session]) -> dict[UUID, str]:
    """The phase of each session by its id: "Booster 8", "Series 1, 3 of 6"; sessions oldest first."""
    found: dict[UUID, str] = {}
    series: list[list[Session]] = []
    before: Session | None = None
    for session in sessions:
        if session.phase is Phase.SERIES:
            if before is None or _begins_series(before, session):
                series.append([])
            series[-1].append(session)
        else:
            words = (phase_words(session.phase), session.phase_number)
            found[session.id] = " ".join(str(part) for part in words if part)
        before = session
    for nth, run in enumerate(series, start=1):
        for at, session in enumerate(run, start=1):
            n = session.phase_number or at
            of = max(len(run), *(each.phase_number or 0 for each in run))
            found[session.id] = tr("Series {nth}, {n} of {of}").format(nth=nth, n=n, of=of)
    return found


def _begins_series(before: Session, session: Session) -> bool:
    """After another phase, a long gap, or where the numbers begin anew."""
    if before.phase is not Phase.SERIES or session.day - before.day > SERIES_GAP:
        return True
    return before.phase_number is not None and session.phase_number == 1
