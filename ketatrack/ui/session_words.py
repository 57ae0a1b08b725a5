"""The words for what a session is made of: routes, reasons, phases, places and moments of reading."""

from collections.abc import Iterable

from ketatrack.i18n import translate
from ketatrack.models.records import Session
from ketatrack.models.values import Drug, Phase, Place, Reason, Route, VitalMoment


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


def phases_in_words(sessions: Iterable[Session]) -> dict[object, str]:
    """The phase of each session by its id: "Booster 8", "Series 1, 3 of 6"; sessions oldest first."""
    listed = list(sessions)
    series: dict[int | None, list[Session]] = {}
    for session in listed:
        if session.phase is Phase.SERIES:
            series.setdefault(session.phase_number, []).append(session)
    found: dict[object, str] = {}
    for session in listed:
        words = " ".join(str(part) for part in (phase_words(session.phase), session.phase_number) if part)
        if session.phase is Phase.SERIES and session.phase_number is not None:
            run = series[session.phase_number]
            at = tr("{n} of {of}").format(n=run.index(session) + 1, of=len(run))
            words = f"{words}, {at}"
        found[session.id] = words
    return found
