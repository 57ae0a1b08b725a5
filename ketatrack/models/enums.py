"""The words a record is made of: routes, reasons, phases, kinds."""

from enum import StrEnum


class Route(StrEnum):
    """Route of administration."""

    INTRAVENOUS = "intravenous"
    INTRAMUSCULAR = "intramuscular"
    SUBCUTANEOUS = "subcutaneous"
    SUBLINGUAL = "sublingual"
    ORAL = "oral"
    NASAL = "nasal"


class Drug(StrEnum):
    """Ketamine (racemic) or esketamine."""

    KETAMINE = "ketamine"
    ESKETAMINE = "esketamine"


class Reason(StrEnum):
    """The answer to "Why this session now?"; it decides whether relief ended or was cut short (censored)."""

    PLANNED = "planned"
    SYMPTOMS = "symptoms"
    CLINIC = "clinic"
    OTHER = "other"
    NOT_SAID = "not_said"


class Phase(StrEnum):
    """Part of a series (induction), or a single booster (maintenance)."""

    SERIES = "series"
    BOOSTER = "booster"


class Place(StrEnum):
    """Where the session was."""

    CLINIC = "clinic"
    HOME = "home"


class VitalMoment(StrEnum):
    """When a reading of blood pressure, pulse and SpO2 was taken."""

    BEFORE = "before"
    FORTY_MINUTES = "40_min"
    BEFORE_LEAVING = "before_leaving"
    OTHER = "other"


class SideEffect(StrEnum):
    """A side effect that the session sheet asks about; others are kept in the person's words."""

    DIZZY = "dizzy"
    HEADACHE = "headache"
    BLURRED_SIGHT = "blurred_sight"
    ANXIOUS = "anxious"
    VOMITED = "vomited"
    BLADDER_DISCOMFORT = "bladder_discomfort"


class Medicine(StrEnum):
    """A kind of medicine that may change how a session works; others are kept in the person's words."""

    BENZODIAZEPINE = "benzodiazepine"
    OTHER_SLEEP_AID = "other_sleep_aid"
    STIMULANT = "stimulant"
    MAOI = "maoi"
    OPIOID = "opioid"


class Kind(StrEnum):
    """How a tracked measure or habit is counted."""

    RATING = "rating"
    MINUTES = "minutes"
    HOURS = "hours"
    COUNT = "count"
    YES_NO = "yes_no"


class RuleKind(StrEnum):
    """When a person counts as in relief (relief.md, "In relief")."""

    HALF = "half"
    THIRTY_PERCENT = "thirty_percent"
    AT_MOST = "at_most"
    REMISSION = "remission"


class BaselineSource(StrEnum):
    """Typed in by the person, or computed from their readings before the first course."""

    TYPED = "typed"
    COMPUTED = "computed"


class AppointmentKind(StrEnum):
    """What the person planned: a session, or a visit to the doctor."""

    SESSION = "session"
    VISIT = "visit"


class Period(StrEnum):
    """Which days a report or an export covers; `OWN` is a first and a last day of the person's choice."""

    SINCE_VISIT = "since_visit"
    MONTHS_3 = "months_3"
    MONTHS_6 = "months_6"
    MONTHS_12 = "months_12"
    ALL = "all"
    OWN = "own"


class Paper(StrEnum):
    """The paper a report is laid out for."""

    A4 = "a4"
    LETTER = "letter"


class Section(StrEnum):
    """A part of the report that can be left out."""

    SUMMARY = "summary"
    CURVES = "curves"
    SESSIONS = "sessions"
    HABITS = "habits"
    ITEMS = "items"
    READINGS = "readings"


# Consent for with every record that is read: the fields of each class that have a range, or a label and a length.
