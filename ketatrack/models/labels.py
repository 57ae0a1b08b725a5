"""The words for what is stored as a code: every label of an enum, long, short, and as it stands inside a sentence."""

from collections.abc import Iterable, Mapping

from ketatrack.i18n import _, language, ngettext, pgettext
from ketatrack.models.enums import (
    AppointmentKind,
    Drug,
    Kind,
    Medicine,
    Period,
    Phase,
    Place,
    Reason,
    Route,
    RuleKind,
    Section,
    SideEffect,
    VitalMoment,
)
from ketatrack.models.instruments import REMISSION_BELOW
from ketatrack.models.records import Session, Tracked

# What a kind is counted in, in the heads of exported tables: part of their format, so never translated.
_FILE_UNITS = {Kind.RATING: "0-10", Kind.MINUTES: "min", Kind.HOURS: "h", Kind.YES_NO: "yes/no"}


def in_a_sentence(name: str) -> str:
    """Return a name as it stands inside a sentence: English begins it small, other languages may not."""
    return name[0].lower() + name[1:] if language().startswith("en") and name[1:].islower() else name


def route(route: Route) -> str:
    """Intravenous (IV)."""
    return {
        Route.INTRAVENOUS: _("Intravenous (IV)"),
        Route.INTRAMUSCULAR: _("Intramuscular (IM)"),
        Route.SUBCUTANEOUS: _("Subcutaneous (SC)"),
        Route.SUBLINGUAL: _("Sublingual"),
        Route.ORAL: _("Oral"),
        Route.NASAL: _("Nasal"),
    }[route]


def short_route(route: Route) -> str:
    """IV, or Sublingual: where room is scarce."""
    return (
        _abbreviation(route)
        or {Route.SUBLINGUAL: _("Sublingual"), Route.ORAL: _("Oral"), Route.NASAL: _("Nasal")}[route]
    )


def route_in_text(route: Route) -> str:
    """IV, or sublingual: before a dose or inside a sentence."""
    return (
        _abbreviation(route)
        or {Route.SUBLINGUAL: _("sublingual"), Route.ORAL: _("oral"), Route.NASAL: _("nasal")}[route]
    )


def _abbreviation(route: Route) -> str:
    return {Route.INTRAVENOUS: _("IV"), Route.INTRAMUSCULAR: _("IM"), Route.SUBCUTANEOUS: _("SC")}.get(route, "")


def drug(drug: Drug | None) -> str:
    """Ketamine or esketamine, as inside a sentence; empty where it is not said."""
    return "" if drug is None else {Drug.KETAMINE: _("ketamine"), Drug.ESKETAMINE: _("esketamine")}[drug]


def reason(reason: Reason | None) -> str:
    """Why a session was on that day, in a table; "" where none came."""
    return (
        ""
        if reason is None
        else {
            Reason.PLANNED: _("Planned date"),
            Reason.SYMPTOMS: _("Symptoms back"),
            Reason.CLINIC: _("Clinic or travel"),
            Reason.OTHER: pgettext("reason of a session", "Other"),
            Reason.NOT_SAID: _("Not said"),
        }[reason]
    )


def short_reason(reason_: Reason) -> str:
    """Return the same on a button."""
    return {Reason.PLANNED: _("Planned"), Reason.CLINIC: _("Clinic, travel")}.get(reason_) or reason(reason_)


def reason_in_text(reason: Reason | None) -> str:
    """Why the next session came, inside a sentence; "" where none came."""
    if reason is None:
        return ""
    return {
        Reason.PLANNED: _("planned date"),
        Reason.SYMPTOMS: _("symptoms were coming back"),
        Reason.CLINIC: _("clinic or travel"),
        Reason.OTHER: pgettext("reason of a session", "other"),
        Reason.NOT_SAID: _("not said"),
    }[reason]


def phase(phase: Phase | None) -> str:
    """Series or Booster; empty where it is not said."""
    return "" if phase is None else {Phase.SERIES: _("Series"), Phase.BOOSTER: _("Booster")}[phase]


def phase_word(phase: Phase | None) -> str:
    """Return the same inside a sentence; empty where it is not said."""
    return "" if phase is None else {Phase.SERIES: _("series"), Phase.BOOSTER: _("booster")}[phase]


def phase_in_text(session: Session) -> str:
    """Return the phase of a session with its number: "booster 8"; empty where it is not said."""
    name = phase_word(session.phase)
    if session.phase is None or session.phase_number is None:
        return name
    text = {Phase.SERIES: _("series {n}"), Phase.BOOSTER: _("booster {n}")}[session.phase]
    return text.format(n=session.phase_number)


def place(place: Place) -> str:
    """Clinic or Home."""
    return {Place.CLINIC: _("Clinic"), Place.HOME: _("Home")}[place]


def place_in_text(place: Place | None) -> str:
    """Return the same inside a sentence; empty where it is not said."""
    return "" if place is None else {Place.CLINIC: _("clinic"), Place.HOME: _("home")}[place]


def moment(moment: VitalMoment) -> str:
    """When a reading was taken, before its fields."""
    return {
        VitalMoment.BEFORE: _("Before"),
        VitalMoment.FORTY_MINUTES: _("40 min"),
        VitalMoment.BEFORE_LEAVING: _("Before leaving"),
        VitalMoment.OTHER: _("Reading"),
    }[moment]


def moment_in_text(moment: VitalMoment) -> str:
    """When a reading was taken, beside its numbers."""
    return {
        VitalMoment.BEFORE: _("before"),
        VitalMoment.FORTY_MINUTES: _("40 min"),
        VitalMoment.BEFORE_LEAVING: _("before leaving"),
        VitalMoment.OTHER: pgettext("moment of a reading", "other"),
    }[moment]


def moment_of(moment: VitalMoment, treatment: str) -> str:
    """When a reading was taken, with what was given: "40 min after IV 55 mg"."""
    words = {
        VitalMoment.BEFORE: _("before {what}"),
        VitalMoment.FORTY_MINUTES: _("40 min after {what}"),
        VitalMoment.BEFORE_LEAVING: _("leaving, {what}"),
        VitalMoment.OTHER: _("with {what}"),
    }
    return words[moment].format(what=treatment)


def side_effect(effect: SideEffect) -> str:
    """Return a side effect."""
    return {
        SideEffect.DIZZY: _("Dizzy"),
        SideEffect.HEADACHE: _("Headache"),
        SideEffect.BLURRED_SIGHT: _("Blurred sight"),
        SideEffect.ANXIOUS: _("Anxious"),
        SideEffect.VOMITED: _("Vomited"),
        SideEffect.BLADDER_DISCOMFORT: _("Bladder discomfort"),
    }[effect]


def medicine(medicine: Medicine) -> str:
    """Return a kind of medicine taken on the day of a session."""
    return {
        Medicine.BENZODIAZEPINE: _("Benzodiazepine"),
        Medicine.OTHER_SLEEP_AID: _("Other sleep aid"),
        Medicine.STIMULANT: _("Stimulant"),
        Medicine.MAOI: _("MAOI"),
        Medicine.OPIOID: _("Opioid"),
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
        Kind.RATING: _("0 to 10"),
        Kind.MINUTES: _("minutes"),
        Kind.HOURS: _("hours"),
        Kind.COUNT: _("a count"),
        Kind.YES_NO: _("yes or no"),
    }[kind]


def kind_a_day(kind: Kind) -> str:
    """How a day of something is counted; empty where its name says it."""
    return {Kind.MINUTES: _("minutes a day"), Kind.HOURS: _("hours a day"), Kind.RATING: _("0 to 10")}.get(kind, "")


def rating_ends(higher_is_better: bool) -> tuple[str, str]:
    """Return what 0 and 10 of a measure mean, where room is scarce."""
    return pgettext("end of a scale", "none"), _("plenty") if higher_is_better else _("worst")


def rule(kind: RuleKind, higher_is_better: bool = False) -> str:
    """Return when a reading is in relief, for the control "In relief when"."""
    if kind is RuleKind.AT_MOST:
        return _("at least a number you choose") if higher_is_better else _("at most a number you choose")
    if higher_is_better and kind is not RuleKind.REMISSION:
        half = _("at least halfway up to 10")
        return half if kind is RuleKind.HALF else _("at least 30 % of the way up to 10")
    return {
        RuleKind.HALF: _("at most half of baseline"),
        RuleKind.THIRTY_PERCENT: _("at least 30 % below baseline"),
        RuleKind.REMISSION: _("below {n} (remission)").format(n=REMISSION_BELOW),
    }[kind]


def goal(kind: RuleKind) -> str:
    """Return what a rule's limit is called, with a place for it."""
    return {RuleKind.REMISSION: _("remission: {limit}"), RuleKind.AT_MOST: _("own limit: {limit}")}.get(
        kind, _("response: {limit}")
    )


def kind_a_week(kind: Kind) -> str:
    """Return what a bar of a week shows: the sum of its days, or their mean."""
    return {
        Kind.MINUTES: _("minutes per week"),
        Kind.HOURS: _("hours, mean of the week"),
        Kind.RATING: _("mean of the week"),
    }.get(kind, _("per week"))


def file_unit(tracked: Tracked) -> str:
    """Return the unit in the head of a column of an exported file."""
    return _FILE_UNITS.get(tracked.kind, "") or tracked.unit


def paper_unit(tracked: Tracked) -> str:
    """Return the unit in the head of a printed column of numbers; a measure's says what both ends mean."""
    if tracked.is_measure:
        low, high = rating_ends(tracked.higher_is_better)
        return _("0 {low}, 10 {high}").format(low=low, high=high)
    return {Kind.RATING: _("0–10"), Kind.YES_NO: _("1 = yes")}.get(tracked.kind, tracked.unit)


def appointment(kind: AppointmentKind) -> str:
    """Return what is planned."""
    return {AppointmentKind.SESSION: _("Session"), AppointmentKind.VISIT: _("Visit")}[kind]


def period(period: Period) -> str:
    """Which days are shared."""
    return {
        Period.SINCE_VISIT: _("Since the last visit"),
        Period.MONTHS_3: _("Last 3 months"),
        Period.MONTHS_6: _("Last 6 months"),
        Period.MONTHS_12: _("Last 12 months"),
        Period.ALL: _("Everything"),
        Period.OWN: _("My own dates"),
    }[period]


def section(section: Section) -> str:
    """Return a part of the report that can be left out."""
    return {
        Section.SUMMARY: _("Summary"),
        Section.CURVES: _("Curves and outcome per route"),
        Section.SESSIONS: _("Every session"),
        Section.HABITS: _("Habits"),
        Section.ITEMS: _("Questionnaires, item by item"),
        Section.READINGS: _("Table of all readings"),
    }[section]


def entry_counts(counts: Mapping[str, int]) -> str:
    """Return how much a diary holds (`reading.counts`): 12 sessions, 1 check-in, 0 questionnaires."""
    words = (
        ngettext("{n} session", "{n} sessions", counts["sessions"]),
        ngettext("{n} check-in", "{n} check-ins", counts["check-ins"]),
        ngettext("{n} questionnaire", "{n} questionnaires", counts["questionnaires"]),
    )
    return ", ".join(text.format(n=n) for text, n in zip(words, counts.values(), strict=True))
