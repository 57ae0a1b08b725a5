"""The words for what is stored as a code: every label of an enum, long, short, and as it stands inside a sentence."""

from collections.abc import Iterable

from ketatrack.i18n import translate
from ketatrack.models.records import Session, Tracked
from ketatrack.models.values import (
    AppointmentKind,
    Drug,
    Kind,
    Medicine,
    Period,
    Phase,
    Place,
    Reason,
    Route,
    Section,
    SideEffect,
    VitalMoment,
)

# What a kind is counted in, in the heads of exported tables: part of their format, so never translated.
_FILE_UNITS = {Kind.RATING: "0-10", Kind.MINUTES: "min", Kind.HOURS: "h", Kind.YES_NO: "yes/no"}


def tr(text: str, n: int = -1) -> str:
    """`text` in the person's language."""
    return translate("Labels", text, n)


def route(route: Route) -> str:
    """Intravenous (IV)."""
    return {
        Route.INTRAVENOUS: tr("Intravenous (IV)"),
        Route.INTRAMUSCULAR: tr("Intramuscular (IM)"),
        Route.SUBCUTANEOUS: tr("Subcutaneous (SC)"),
        Route.SUBLINGUAL: tr("Sublingual"),
        Route.ORAL: tr("Oral"),
        Route.NASAL: tr("Nasal"),
    }[route]


def short_route(route: Route) -> str:
    """IV, or Sublingual: where room is scarce."""
    return _abbreviation(route) or {
        Route.SUBLINGUAL: tr("Sublingual"),
        Route.ORAL: tr("Oral"),
        Route.NASAL: tr("Nasal"),
    }[route]  # fmt: skip


def route_in_text(route: Route) -> str:
    """IV, or sublingual: before a dose or inside a sentence."""
    return _abbreviation(route) or {
        Route.SUBLINGUAL: tr("sublingual"),
        Route.ORAL: tr("oral"),
        Route.NASAL: tr("nasal"),
    }[route]  # fmt: skip


def _abbreviation(route: Route) -> str:
    return {Route.INTRAVENOUS: tr("IV"), Route.INTRAMUSCULAR: tr("IM"), Route.SUBCUTANEOUS: tr("SC")}.get(route, "")


def drug(drug: Drug | None) -> str:
    """Ketamine or esketamine, as inside a sentence; empty where it is not said."""
    return "" if drug is None else {Drug.KETAMINE: tr("ketamine"), Drug.ESKETAMINE: tr("esketamine")}[drug]


def reason(reason: Reason | None) -> str:
    """Why a session was on that day, in a table; "" where none came."""
    return (
        ""
        if reason is None
        else {
            Reason.PLANNED: tr("Planned date"),
            Reason.SYMPTOMS: tr("Symptoms back"),
            Reason.CLINIC: tr("Clinic or travel"),
            Reason.OTHER: tr("Other"),
            Reason.NOT_SAID: tr("Not said"),
        }[reason]
    )


def short_reason(reason_: Reason) -> str:
    """The same on a button."""
    return {Reason.PLANNED: tr("Planned"), Reason.CLINIC: tr("Clinic, travel")}.get(reason_) or reason(reason_)


def reason_in_text(reason: Reason | None) -> str:
    """Why the next session came, inside a sentence; "" where none came."""
    if reason is None:
        return ""
    return {
        Reason.PLANNED: tr("planned date"),
        Reason.SYMPTOMS: tr("symptoms were coming back"),
        Reason.CLINIC: tr("clinic or travel"),
        Reason.OTHER: tr("other"),
        Reason.NOT_SAID: tr("not said"),
    }[reason]


def phase(phase: Phase | None) -> str:
    """Series or Booster; empty where it is not said."""
    return "" if phase is None else {Phase.SERIES: tr("Series"), Phase.BOOSTER: tr("Booster")}[phase]


def phase_in_text(session: Session) -> str:
    """The phase of a session with its number: "booster 8"; empty where it is not said."""
    if session.phase is None:
        return ""
    name = {Phase.SERIES: tr("series"), Phase.BOOSTER: tr("booster")}[session.phase]
    return f"{name} {session.phase_number}" if session.phase_number else name


def place(place: Place) -> str:
    """Clinic or Home."""
    return {Place.CLINIC: tr("Clinic"), Place.HOME: tr("Home")}[place]


def place_in_text(place: Place | None) -> str:
    """The same inside a sentence; empty where it is not said."""
    return "" if place is None else {Place.CLINIC: tr("clinic"), Place.HOME: tr("home")}[place]


def moment(moment: VitalMoment) -> str:
    """When a reading was taken, before its fields."""
    return {
        VitalMoment.BEFORE: tr("Before"),
        VitalMoment.FORTY_MINUTES: tr("40 min"),
        VitalMoment.BEFORE_LEAVING: tr("Before leaving"),
        VitalMoment.OTHER: tr("Reading"),
    }[moment]


def moment_in_text(moment: VitalMoment) -> str:
    """When a reading was taken, beside its numbers."""
    return {
        VitalMoment.BEFORE: tr("before"),
        VitalMoment.FORTY_MINUTES: tr("40 min"),
        VitalMoment.BEFORE_LEAVING: tr("before leaving"),
        VitalMoment.OTHER: tr("other"),
    }[moment]


def moment_of(moment: VitalMoment, treatment: str) -> str:
    """When a reading was taken, with what was given: "40 min after IV 55 mg"."""
    words = {
        VitalMoment.BEFORE: tr("before {what}"),
        VitalMoment.FORTY_MINUTES: tr("40 min after {what}"),
        VitalMoment.BEFORE_LEAVING: tr("leaving, {what}"),
        VitalMoment.OTHER: tr("with {what}"),
    }
    return words[moment].format(what=treatment)


def side_effect(effect: SideEffect) -> str:
    """A side effect."""
    return {
        SideEffect.DIZZY: tr("Dizzy"),
        SideEffect.HEADACHE: tr("Headache"),
        SideEffect.BLURRED_SIGHT: tr("Blurred sight"),
        SideEffect.ANXIOUS: tr("Anxious"),
        SideEffect.VOMITED: tr("Vomited"),
        SideEffect.BLADDER_DISCOMFORT: tr("Bladder discomfort"),
    }[effect]


def medicine(medicine: Medicine) -> str:
    """A kind of medicine taken on the day of a session."""
    return {
        Medicine.BENZODIAZEPINE: tr("Benzodiazepine"),
        Medicine.OTHER_SLEEP_AID: tr("Other sleep aid"),
        Medicine.STIMULANT: tr("Stimulant"),
        Medicine.MAOI: tr("MAOI"),
        Medicine.OPIOID: tr("Opioid"),
    }[medicine]


def side_effects(session: Session) -> tuple[str, ...]:
    """All side effects of a session, the person's own words last."""
    return _with_own(map(side_effect, session.side_effects), session.other_side_effects)


def medicines(session: Session) -> tuple[str, ...]:
    """All other medicines of the day of a session, the person's own words last."""
    return _with_own(map(medicine, session.medicines), session.other_medicines)


def _with_own(known: Iterable[str], own: Iterable[str]) -> tuple[str, ...]:
    return (*known, *(words for words in own if words.strip()))


def kind(kind: Kind) -> str:
    """How something is counted."""
    return {
        Kind.RATING: tr("0 to 10"),
        Kind.MINUTES: tr("minutes"),
        Kind.HOURS: tr("hours"),
        Kind.COUNT: tr("a count"),
        Kind.YES_NO: tr("yes or no"),
    }[kind]


def kind_a_day(kind: Kind) -> str:
    """How a day of something is counted; empty where its name says it."""
    return {Kind.MINUTES: tr("minutes a day"), Kind.HOURS: tr("hours a day"), Kind.RATING: tr("0 to 10")}.get(kind, "")


def file_unit(tracked: Tracked) -> str:
    """The unit in the head of a column of an exported file."""
    return _FILE_UNITS.get(tracked.kind, "") or tracked.unit


def paper_unit(tracked: Tracked) -> str:
    """The unit in the head of a printed column of numbers."""
    return {Kind.RATING: tr("0–10"), Kind.YES_NO: tr("1 = yes")}.get(tracked.kind, tracked.unit)


def appointment(kind: AppointmentKind) -> str:
    """What is planned."""
    return {AppointmentKind.SESSION: tr("Session"), AppointmentKind.VISIT: tr("Visit")}[kind]


def period(period: Period) -> str:
    """Which days are shared."""
    return {
        Period.SINCE_VISIT: tr("Since the last visit"),
        Period.MONTHS_3: tr("Last 3 months"),
        Period.MONTHS_6: tr("Last 6 months"),
        Period.MONTHS_12: tr("Last 12 months"),
        Period.ALL: tr("Everything"),
        Period.OWN: tr("My own dates"),
    }[period]


def section(section: Section) -> str:
    """A part of the report that can be left out."""
    return {
        Section.SUMMARY: tr("Summary"),
        Section.CURVES: tr("Curves and outcome per route"),
        Section.SESSIONS: tr("Every session"),
        Section.HABITS: tr("Habits"),
        Section.ITEMS: tr("Questionnaires, item by item"),
        Section.READINGS: tr("Table of all readings"),
    }[section]
